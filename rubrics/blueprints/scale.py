"""The scale that a document states, in words or by its numbered columns."""

import re
from collections.abc import Iterable

from rubrics.blueprints.scorecard import Found, PlanWarning
from rubrics.blueprints.sections import Block


def scale_of_columns(found: Found, warnings: list[PlanWarning]) -> dict[str, int] | None:
    """The scale that three or more unbroken columns from 0 or 1 state; other numberings state none for certain."""
    levels = found.levels
    if found.levels_assumed or len(levels) < 3 or levels[0] > 1 or levels[-1] - levels[0] != len(levels) - 1:
        return None
    return _scale(levels[0], levels[-1], warnings)


SCALE = re.compile(
    r"(?<![\d.])(?P<low>[01])\s*(?:\([^()]{1,40}\)\s*)?(?:[-–—]|to|and|bis|à|through)\s*(?P<high>\d{1,3})"
    r"(?!\d|\.\d|\s*(?:min|hour|day|week|month|year|%))"
    r"|(?<![\d.])1\s*=[^=]{1,60}?[,;]\s*(?P<last>\d{1,2})\s*=(?!.{0,200}=)"
    r"|(?P<points>\d{1,2}|three|four|five|ten)[- ]point"
    r"|out of (?P<top>\d{1,3})\b",
    re.IGNORECASE,
)
SCALE_WORDS = re.compile(
    r"\b(rubric|scale|score|scores|scored|scoring|scorecard|rate|rated|ratings?|points?|bewert|skala|note|échelle|escala)"
    r"|\b1\s*=",
    re.IGNORECASE,
)
POINTS = {"three": 3, "four": 4, "five": 5, "ten": 10}


def stated_scale(blocks: Iterable[Block], warnings: list[PlanWarning]) -> dict[str, int] | None:
    """The scale that the text around the scorecard states, else None; any other than 1-5 is a warning."""
    for block in blocks:
        header = [cell.text for cell in block.rows[0]] if block.rows else []
        for text in [block.text, *header, *(line.text for line in block.lines)]:
            found = SCALE.search(text) if SCALE_WORDS.search(text) else None
            if found and (bounds := _bounds(found)):
                return _scale(*bounds, warnings)
    return None


def _bounds(found: re.Match[str]) -> tuple[int, int] | None:
    if found["points"]:
        return 1, POINTS.get(found["points"].lower()) or int(found["points"])
    if found["top"]:
        return (1 if found["top"] == "5" else 0), int(found["top"])
    low, high = int(found["low"] or 1), int(found["high"] or found["last"])
    return (low, high) if low < high else None


def _scale(low: int, high: int, warnings: list[PlanWarning]) -> dict[str, int]:
    if (low, high) != (1, 5):
        text = f"The document states a scale of {low} to {high}; Evenhand scores 1 to 5, so its wording needs a look."
        warnings.append(PlanWarning("scale_unsupported", text))
    return {"min": low, "max": high}
