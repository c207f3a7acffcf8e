"""What every shape of scorecard is read into: dimensions with the wording of their levels. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rubrics.blueprints.lines import Cell, Line, Row, in_one_line, parted


@dataclass(frozen=True)
class DimensionRow:
    """A dimension as the document writes it; its weight is in percent or a share of one, `questions` one a line."""

    name: str
    weight: float | None = None
    anchors: dict[int, str] = field(default_factory=dict)
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class LookFor:
    """What a scorecard says to look for beside a dimension, item by item."""

    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class ReadTable:
    """The dimensions of one table, or of what stands for one, and what is told of its levels.

    `title` names the table in a warning; `numbers` are those of its levels, as Scorecard has them. `head` is what its
    header row says, in lower case; `relative` heads its weights, where they are on a scale of their own.
    """

    rows: tuple[DimensionRow, ...]
    levels: tuple[int, ...]
    assumed: bool
    title: str
    numbers: tuple[int, ...] = ()
    levels_told: bool = False
    look_for: tuple[LookFor, ...] = ()
    head: tuple[str, ...] = ()
    relative: str = ""

    @property
    def has_anchors(self) -> bool:
        return any(row.anchors for row in self.rows)


def named_in(cell: Cell) -> tuple[str, tuple[str, ...]]:
    """A dimension's name in its cell, and what the cell says of it: behind a bold name, or below a short first line."""
    if not cell.text or not cell.lines:
        return cell.text, ()
    first, *below = cell.lines
    rest = tuple(line.text for line in below)
    bold = _behind_a_bold_name(first, rest)
    if bold is not None:
        return bold
    if rest and is_short(first.text) and _defines(rest[0]):
        return first.text, rest
    name, behind = parted(cell.text[:LONGEST_NAME])
    if len(cell.text) < LONGEST_NAME and is_short(name) and is_a_sentence(behind):
        return name, (behind,)
    return cell.text, ()


def _behind_a_bold_name(first: Line, rest: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
    """The bold name that the first line begins with, and what stands behind and below it; None without both."""
    bold = first.bold.rstrip(" :–—-")
    if not bold or not first.text.startswith(bold):
        return None
    behind = first.text[len(bold) :].strip()
    if not behind:
        return (bold, rest) if rest else None
    if not PARTS.match(behind):
        return None
    defined = behind.strip(" :–—-")
    return bold, ((defined, *rest) if defined else rest)


def is_short(text: str) -> bool:
    """Whether a text has no more words than a dimension's name."""
    return len(text.split()) <= MOST_WORDS_OF_A_NAME


PARTS = re.compile(r"[:–—-]\s*\S")  # what parts a name from its definition
MOST_WORDS_OF_A_NAME = 5
LONGEST_NAME = 300  # characters of a name with its definition


def is_a_sentence(text: str) -> bool:
    """Whether a text of four words or more ends as a sentence does."""
    return text.endswith((".", "?")) and len(text.split()) > 3


def _defines(line: str) -> bool:
    """Whether a line below a name begins anew and is longer than the rest of a name would be."""
    return line[0].isupper() and len(line.split()) > 3


def anchors_of(texts: Iterable[tuple[int, str]]) -> dict[int, str]:
    """The texts of each level, those of one level after each other; empty ones are left out."""
    anchors: dict[int, str] = {}
    for level, text in texts:
        if text and level in anchors:
            anchors[level] = in_one_line([anchors[level], text])
        elif text:
            anchors[level] = text
    return anchors


def wording(row: Row, index: int) -> str:
    """What a cell says of a level, its items kept apart; empty for a box to tick and for a mere number."""
    return cell_wording(row[index]) if index < len(row) else ""


def cell_wording(cell: Cell) -> str:
    if not cell.text:
        return ""
    lines = [line.text for line in cell.lines]
    text = in_one_line(lines) or cell.text
    return "" if TO_TICK.fullmatch(text) else text


# A question mark is what an encoding without boxes leaves of one.
TO_TICK = re.compile(r"[?\ufffd☐☑☒□■◻◼▢○◯●◉⬜⬛✓✔✗✘✅❌_.…·‐-―/|()\[\]{}\s\d-]*")
