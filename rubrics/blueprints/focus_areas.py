"""Focus areas: what to assess, each with a detail and the topics in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rubrics.blueprints.lines import (
    ORDINAL,
    Line,
    Row,
    is_bold_line,
    opens_bold,
    outside_brackets,
    split_name,
    unnumbered,
)
from rubrics.blueprints.reading import Read
from rubrics.blueprints.rubric_json import FocusAreaJson
from rubrics.blueprints.sections import Block, hand_to


@dataclass(frozen=True)
class PlannedFocusArea:
    """`topics` are the parts of `detail`."""

    name: str
    detail: str
    topics: tuple[str, ...]

    def as_json(self) -> FocusAreaJson:
        return {"name": self.name, "detail": self.detail, "topics": list(self.topics)}


@dataclass
class _Area:
    """A focus area while it is read."""

    name: str
    lines: list[Line] = field(default_factory=list)


def focus_areas(blocks: Iterable[Block]) -> Read[tuple[PlannedFocusArea, ...]]:
    """Areas as headings, as bold beginnings of paragraphs and items, as items of a list, or as rows of a table."""
    reader = _Reader()
    hand_to(reader, blocks)
    return Read(tuple(_planned(area) for area in reader.areas if area.name))


@dataclass
class _Reader:
    """Gathers the areas of a part, block by block.

    `below_a_name` says that the area before stood alone, so that a plain list below it is its detail.
    """

    areas: list[_Area] = field(default_factory=list)
    below_a_name: bool = False

    def heading(self, block: Block) -> None:
        self.areas.append(_Area(unnumbered(block.text)))
        self.below_a_name = True

    def table(self, block: Block) -> None:
        self.areas.extend(_areas_of_table(block))
        self.below_a_name = False

    def lines(self, block: Block) -> None:
        listed = not self._names_are_elsewhere(block)
        for line in block.lines:
            if _names_an_area(line, listed=listed):
                self._open(line)
            elif self.areas and (line.depth or not listed):
                self.areas[-1].lines.append(line)
        self.below_a_name = self.below_a_name or self._ends_in_a_bare_name(block)

    def _names_are_elsewhere(self, block: Block) -> bool:
        """Whether the items of a list are no areas: bold lines are, or the name above is."""
        if any(line.depth == 0 and opens_bold(line) for line in block.lines):
            return True
        if any(line.bold for line in block.lines):
            return False
        return self.below_a_name

    def _open(self, line: Line) -> None:
        name, detail = split_name(line)
        self.areas.append(_Area(name, [Line(detail)] if detail else []))

    def _ends_in_a_bare_name(self, block: Block) -> bool:
        if not block.lines or not self.areas:
            return False
        return is_bold_line(block.lines[-1]) and not self.areas[-1].lines


def _names_an_area(line: Line, *, listed: bool) -> bool:
    if line.depth == 0 and opens_bold(line):
        return True
    if not listed:
        return False
    return line.depth == 1 or ORDINAL.match(line.text) is not None


def _areas_of_table(block: Block) -> list[_Area]:
    """One area per row, its detail in the next column.

    A column of numbers or letters before it is skipped.
    """
    rows = block.rows[1:] if len(block.rows) > 1 else block.rows
    first = 1 if _are_numbered(rows) else 0
    areas: list[_Area] = []
    for row in rows:
        if len(row) > first + 1 and row[first].text:
            name, detail = row[first : first + 2]
            areas.append(_Area(unnumbered(name.text), list(detail.lines)))
    return areas


def _are_numbered(rows: tuple[Row, ...]) -> bool:
    return all(NUMBER.fullmatch(row[0].text) for row in rows)


NUMBER = re.compile(r"\W*\w{0,2}\W*")


def _planned(area: _Area) -> PlannedFocusArea:
    """The lines of a list are told apart by commas, so that each is a topic of its own."""
    parts: list[str] = []
    for line in area.lines:
        if parts and line.depth and not parts[-1].endswith((":", ",", ";")):
            parts[-1] = parts[-1].rstrip(".") + ","
        parts.append(line.text)
    detail = " ".join(parts)
    return PlannedFocusArea(area.name, detail, tuple(topics(detail)))


def topics(detail: str) -> list[str]:
    """The detail cut at commas outside brackets, its final full stop dropped.

    No topic is empty.
    """
    text = detail.strip()
    if text.endswith((".", "。")):
        text = text[:-1]
    parts = [part.strip() for part in outside_brackets(text, ",，、")]
    return [part for part in parts if part]
