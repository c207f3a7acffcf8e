"""Scorecards whose headings are levels, with what each level means for one dimension after another below them. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from rubrics.blueprints.levels import read_levels
from rubrics.blueprints.line_kinds import BELOW_ALL, cut_at_label, level_label
from rubrics.blueprints.lines import Line, in_one_line
from rubrics.blueprints.rated_rows import ReadTable, cell_wording
from rubrics.blueprints.reading import Read
from rubrics.blueprints.sections import Block, acts_as_heading
from rubrics.blueprints.turned import Described, as_table, is_generic, name_of


@dataclass(frozen=True)
class LevelsAbove:
    """The dimensions, and the numbers of the blocks that they were read from."""

    table: Read[ReadTable]
    numbers: frozenset[int]


@dataclass
class _Level:
    """A level while it is read: its heading and that one's level, and the texts below it by the dimension's name."""

    label: str
    level: int
    texts: dict[str, list[str]] = field(default_factory=dict)
    numbers: set[int] = field(default_factory=set)
    open: str = ""

    def name(self, text: str, wording: str = "") -> None:
        self.open = name_of(text)
        self.texts.setdefault(self.open, [])
        self.go_on(wording)

    def go_on(self, wording: str) -> None:
        """More of what the level means for the dimension that was named last."""
        if wording and self.open:
            self.texts[self.open].append(wording)


def read_levels_above(blocks: Iterable[Block]) -> LevelsAbove | None:
    """The dimensions that are named below headings of levels; None where it is not the same ones below each.

    Two headings and two names are needed at least, and each name stands below two of the headings or more.
    """
    found = _gathered(blocks)
    if not _are_different_levels(found):
        return None
    counted = Counter(name for entry in found for name in entry.texts)
    if len(counted) < 2 or min(counted.values()) < 2 or any(map(level_label, counted)):
        return None
    described = [_described(name, found) for name in counted]
    numbers = frozenset(number for entry in found for number in entry.numbers)
    return LevelsAbove(as_table(described, described[0].name), numbers)


def _are_different_levels(found: list[_Level]) -> bool:
    """Whether there are two headings at least, of a level each that no other has, with names below each."""
    labels = {entry.label.casefold() for entry in found}
    if len(found) < 2 or len(labels) < len(found) or not all(entry.texts for entry in found):
        return False
    return read_levels({index: entry.label for index, entry in enumerate(found)}).distinct >= len(found)


def _described(name: str, levels: Iterable[_Level]) -> Described:
    entry = Described(name)
    for level in levels:
        if name in level.texts:
            entry.add(level.label, in_one_line(level.texts[name]))
    return entry


def _gathered(blocks: Iterable[Block]) -> list[_Level]:
    """The headings of levels with what stands below each, to the next heading of its rank or above."""
    found: list[_Level] = []
    current: _Level | None = None
    for block in blocks:
        text, rank = _heading(block)
        if text and level_label(text) and (current is None or rank <= current.level):
            current = _Level(text, rank)
            found.append(current)
        elif text and current is not None and rank <= current.level and rank < BELOW_ALL:
            current = None
        elif current is not None:
            _take(block, text, current)
        if current is not None:
            current.numbers.add(block.number)
    return found


def _heading(block: Block) -> tuple[str, int]:
    """What a heading or a bold line says, and its rank; empty for any other block."""
    if block.is_heading:
        return block.text, block.level
    if acts_as_heading(block):
        return block.lines[0].text.rstrip(": "), BELOW_ALL
    return "", 0


def _take(block: Block, heading: str, current: _Level) -> None:
    if heading:
        current.name(heading)
    elif block.kind == "table":
        _take_rows(block, current)
    else:
        for line in block.lines:
            _take_line(line, current)


def _take_line(line: Line, current: _Level) -> None:
    name, text = cut_at_label(line)
    is_sentence = len(name.split()) > MOST_WORDS
    if text and not is_sentence:
        current.name(name, text)
    else:
        current.go_on(line.text)


MOST_WORDS = 8  # of a dimension's name


def _take_rows(block: Block, current: _Level) -> None:
    """A table of names and wordings, with or without a row that heads them."""
    for row in block.rows:
        heads_columns = all(is_generic(cell) for cell in row[1:])
        if len(row) == 2 and row[0].text and not heads_columns:
            current.name(row[0].text, cell_wording(row[1]))
