"""What every shape of scorecard is read into: dimensions with the wording of their levels. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rubrics.blueprints.lines import Cell, Row, in_one_line


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

    `title` names the table in a warning; `numbers` are those of its levels, as Scorecard has them.
    """

    rows: tuple[DimensionRow, ...]
    levels: tuple[int, ...]
    assumed: bool
    title: str
    numbers: tuple[int, ...] = ()
    levels_told: bool = False
    look_for: tuple[LookFor, ...] = ()

    @property
    def has_anchors(self) -> bool:
        return any(row.anchors for row in self.rows)


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


TO_TICK = re.compile(r"[☐☑☒□■◻◼▢○◯●◉⬜⬛✓✔✗✘✅❌_.…·‐-―/|()\[\]{}\s\d-]*")
