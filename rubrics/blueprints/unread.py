"""What a document says of interviews and its rubric does not. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import filterfalse

from rubrics.blueprints import words
from rubrics.blueprints.labels import says_not_rated
from rubrics.blueprints.line_kinds import (
    cut_at_label,
    is_asked,
    is_room,
    is_to_write_on,
    level_label,
    names_levels_alone,
    pairs_numbers_with_levels,
)
from rubrics.blueprints.lines import Cell, is_placeholder
from rubrics.blueprints.names_to_rate import ABOUT_PEOPLE
from rubrics.blueprints.reading import PlanWarning
from rubrics.blueprints.rubric_json import RubricJson
from rubrics.blueprints.sections import Block, heading_of

MOST_PLACES = 5  # that a warning names
MOST_TEXTS = 2  # of one place
LONGEST_QUOTE = 60  # characters of a text


def about_unread_texts(blocks: Iterable[Block], rubric: RubricJson) -> tuple[PlanWarning, ...]:
    """One warning on the texts that stand nowhere in the rubric, with their places, or none.

    Cells, list items, labelled lines and questions are told. Plain prose, what is there to be filled in,
    and what explains the scale are no part of a rubric. What another warning quotes is not told again.
    """
    said = _fragments_of(_texts_in(rubric))
    told = {text for row in rubric["warnings"] for text in QUOTED.findall(row["message"])}
    places = [place for place in _places(blocks, said, told) if place.texts]
    if not places:
        return ()
    named = "; ".join(place.in_words() for place in places[:MOST_PLACES])
    more = f"; and in {len(places) - MOST_PLACES} more places" if len(places) > MOST_PLACES else ""
    message = f"No part of the draft says what stands {named}{more}. Add what matters of it."
    return (PlanWarning("texts_unread", message),)


QUOTED = re.compile("“([^”]*)”")


# --- What the rubric says ---


def _texts_in(value: object) -> Iterator[str]:
    """Every text of a rubric, but for its warnings and the titles of sections."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inside in value.items():
            if key not in NOT_READ:
                yield from _texts_in(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _texts_in(inside)


NOT_READ = frozenset({"warnings", "sections", "source", "format", "language"})


def _fragments(text: str) -> list[str]:
    """The runs of words between signs, as they are compared."""
    return [" ".join(run.split()) for run in SIGNS.split(text.casefold()) if run.strip()]


SIGNS = re.compile(r"[^\w\s]+|_+")


def _fragments_of(texts: Iterable[str]) -> set[str]:
    return {fragment for text in texts for fragment in _fragments(text)}


def _is_said(text: str, *, said: Collection[str]) -> bool:
    """Whether the longest fragment of a text is one of the rubric's.

    Labels and signs around it may have gone.
    """
    fragments = _fragments(text)
    return not fragments or max(fragments, key=len) in said


# --- What the document says ---


@dataclass
class _Place:
    """Texts that stand nowhere in the rubric, and the heading above them."""

    name: str
    texts: list[str] = field(default_factory=list)

    def in_words(self) -> str:
        quoted = ", ".join(f"“{_short(text)}”" for text in self.texts[:MOST_TEXTS])
        more = f" and {len(self.texts) - MOST_TEXTS} more" if len(self.texts) > MOST_TEXTS else ""
        where = f"below “{_short(self.name)}”" if self.name else "at the top"
        return f"{where}: {quoted}{more}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE].rstrip()}…"


def _places(blocks: Iterable[Block], said: Collection[str], told: Collection[str]) -> Iterator[_Place]:
    place = _Place("")
    for block in blocks:
        heading = heading_of(block)
        if heading:
            yield place
            place = _Place(heading.rstrip(": "))
        elif not _is_passed(place.name) and not names_levels_alone(block):
            texts = _cells(block, told) if block.kind == "table" else _lines(block)
            left = [text for text in texts if text not in told]
            place.texts += filterfalse(partial(_is_said, said=said), left)
    yield place


def _is_passed(heading: str) -> bool:
    """Whether what stands below a heading is no part of a rubric.

    That is the scale, questions of readers, or a summary.
    """
    return any(pattern.search(heading) for pattern in (words.LEGEND, words.FREQUENT_QUESTIONS, words.CLOSING))


def _cells(block: Block, told: Collection[str]) -> Iterator[str]:
    """The texts of cells below the head, but for columns that a warning names."""
    head = block.rows[0] if block.rows else ()
    passed = {index for index, cell in enumerate(head) if cell.text in told}
    for row in block.rows[1:]:
        is_head = all(cell.header for cell in row)
        if is_head or not row or _is_about_the_form(row[0].text):
            continue
        for index, cell in enumerate(row):
            if index not in passed:
                yield from filter(_says_something, _lines_of(cell))


def _lines_of(cell: Cell) -> list[str]:
    if not cell.lines:
        return [cell.text]
    return [line.text for line in cell.lines]


def _lines(block: Block) -> Iterator[str]:
    """The items of a list; of a text the lines that begin with a label, or ask."""
    for line in block.lines:
        label, text = cut_at_label(line)
        written = text or line.text
        is_part = line.depth > 0 or bool(text) or is_asked(line.text)
        if is_part and _says_something(line.text) and _says_something(written) and not _is_about_the_form(label):
            yield written


def _says_something(text: str) -> bool:
    """Whether a text has words.

    Room for some, a choice to tick and a level's word alone do not count.
    """
    if text.endswith(":") or is_placeholder(text) or level_label(text) or says_not_rated(text):
        return False
    if BLANK.search(text) or is_room(text) or is_to_write_on(text) or CHOICE.match(text):
        return False
    return WORD.search(text) is not None and not pairs_numbers_with_levels(text)


def _is_about_the_form(label: str) -> bool:
    return any(pattern.search(label) for pattern in (words.ABOUT_THE_FORM, words.TOTAL, ABOUT_PEOPLE))


CHOICE = re.compile(r"\s*(?:[☐□○◯⬜]|\[\s?\]|\(\s?\))\s*(?:\S+\s*){1,3}$|(?:.*?(?:[☐□○◯⬜]|\[\s?\])){2}", re.DOTALL)
BLANK = re.compile(r"_{3}")
WORD = re.compile(r"[^\W\d_]{2}")
