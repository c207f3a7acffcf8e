"""The scale that a document states, in words or by its numbered columns."""

import re
from collections.abc import Iterable, Iterator

from rubrics.blueprints.reading import PlanWarning, Read
from rubrics.blueprints.rubric_json import ScaleJson
from rubrics.blueprints.scorecard import Scorecard
from rubrics.blueprints.sections import Block

Bounds = tuple[int, int]
SCALE = re.compile(
    r"(?<![\d.])(?P<low>[01])\s*(?:\([^()]{1,40}\)\s*)?(?:[-–—]|to|and|bis|à|through)\s*(?P<high>\d{1,3})"
    r"(?!\d|\.\d|\s*(?:min|hour|day|week|month|year|%))"
    r"|(?<![\d.])1\s*=[^=]{1,60}?[,;]\s*(?P<last>\d{1,2})\s*=(?!.{0,200}=)"
    r"|(?P<points>[2-9]|\d\d|three|four|five|ten)[- ]point(?!s)"
    r"|out of (?P<top>\d{1,3})\b",
    re.IGNORECASE,
)
SCALE_WORDS = re.compile(
    r"\b(rubric|scale|score|scores|scored|scoring|scorecard|rate|rated|ratings?|points?|marks?|bewert|skala|note|échelle|escala)"
    r"|\b1\s*=",
    re.IGNORECASE,
)
POINTS = {"three": 3, "four": 4, "five": 5, "ten": 10}


def read_scale(blocks: Iterable[Block], scorecard: Scorecard) -> Read[ScaleJson | None]:
    """The scale that the text in these blocks states, else the one that the scorecard's columns do.

    None where neither states one for certain; any other than 1 to 5 comes with a warning, unless somebody said which
    columns are the levels.
    """
    bounds = _stated(blocks) or _of_columns(scorecard)
    if bounds is None:
        return Read(None)
    low, high = bounds
    scale: ScaleJson = {"min": low, "max": high}
    if bounds == (1, 5) or scorecard.levels_told:
        return Read(scale)
    message = (
        f"The document states a scale of {low} to {high}; Evenhand scores from 1 to 5, so check the wording of each level."
        f"{_what_was_kept(scorecard)}"
    )
    return Read(scale, (PlanWarning("scale_unsupported", message),))


def _what_was_kept(scorecard: Scorecard) -> str:
    """What became of numbers that are levels of ours too; any other mapping has a warning of its own."""
    kept = [str(level) for level in scorecard.levels if level > 0]
    if scorecard.levels_assumed or not kept or not any(row.anchors for row in scorecard.dimensions):
        return ""
    return f" The texts of {', '.join(kept)} were kept at the levels of the same number."


def _of_columns(scorecard: Scorecard) -> Bounds | None:
    """Three or more unbroken columns from 0 or 1 state a scale.

    Other numberings state none for certain.
    """
    levels = scorecard.numbers
    if not levels and not scorecard.levels_assumed:
        levels = scorecard.levels
    if len(levels) < 3 or not 0 <= levels[0] <= 1:
        return None
    low, high = levels[0], levels[-1]
    return (low, high) if high - low == len(levels) - 1 else None


def _stated(blocks: Iterable[Block]) -> Bounds | None:
    for text in _texts(blocks):
        bounds = bounds_in(text)
        if bounds is not None:
            return bounds
    return None


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Headings, captions, the first row of each table, and lines."""
    for block in blocks:
        yield block.text
        if block.rows:
            yield from (cell.text for cell in block.rows[0])
        yield from (line.text for line in block.lines)


def bounds_in(text: str) -> Bounds | None:
    """The lowest and the highest score that a text states.

    None where it does not speak of scores.
    """
    if not SCALE_WORDS.search(text):
        return None
    found = SCALE.search(text)
    return None if found is None else _bounds(found)


def _bounds(found: re.Match[str]) -> Bounds | None:
    if found["points"]:
        return 1, POINTS.get(found["points"].lower()) or int(found["points"])
    if found["top"]:
        return (1 if found["top"] == "5" else 0), int(found["top"])
    low = int(found["low"] or 1)
    high = int(found["high"] or found["last"])
    return (low, high) if low < high else None
