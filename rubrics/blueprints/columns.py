"""What the columns of a scorecard's table hold: the dimension's name, its weight, and the wording of levels."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from re import Pattern

from rubrics.blueprints import words
from rubrics.blueprints.lines import Cell, Row

HIGHEST = 5


@dataclass(frozen=True)
class Columns:
    """Indexes of columns, counted from 0.

    `levels` is the column of each level that the header names (0 to 5); `assumed` says that words name one of them;
    `title` heads the column of names.
    """

    name: int
    weight: int | None
    levels: dict[int, int]
    assumed: bool
    title: str = ""

    @property
    def shape(self) -> tuple[str, bool, tuple[int, ...]]:
        """What tables that belong together have in common."""
        return self.title.casefold(), self.weight is None, tuple(sorted(self.levels))

    @property
    def taken(self) -> set[int | None]:
        return {self.name, self.weight, *self.levels.values()}


def header_and_body(rows: tuple[Row, ...]) -> tuple[Row, tuple[Row, ...]]:
    """The row that names the columns, and the rows below it. At least one row is needed.

    Title rows above the header span the table; a second header row names the levels.
    """
    index = next((n for n, row in enumerate(rows[:-1]) if _is_no_title(row)), 0)
    header, body = rows[index], rows[index + 1 :]
    if body and _names_levels_below(header, body[0]):
        return _lower_where_named(header, body[0]), body[1:]
    return header, body


def _lower_where_named(upper: Row, lower: Row) -> Row:
    pairs = zip(upper, lower, strict=False)
    return tuple(low if low.text else high for high, low in pairs)


def _is_no_title(row: Row) -> bool:
    return sum(bool(cell.text) for cell in row) > 1


def _names_levels_below(header: Row, row: Row) -> bool:
    """Whether a row goes on with the header: that spans columns, and all of this are header cells."""
    if not any(cell.span > 1 for cell in header):
        return False
    return all(cell.header for cell in row)


def columns_of(header: Row) -> Columns | None:
    """The columns that a header row names; None where it is no scorecard's.

    A scorecard's header names a level or says dimension; or it has weights, and something that they may belong to.
    """
    weight = _weight_column(header)
    levels, assumed = _level_columns(header, weight)
    taken = {weight, *levels.values()}
    others = [index for index in range(len(header)) if index not in taken]
    dimensions = _headed(header, others, words.DIMENSION_NAME)
    named = dimensions or _headed(header, others, words.DIMENSION_HEAD)
    weighted = weight is not None and bool(named)
    if not others or not (levels or dimensions or weighted):
        return None
    name = (named or _without_ordinals(header, others))[0]
    return Columns(name, weight, levels, assumed, header[name].text)


def _weight_column(header: Row) -> int | None:
    """The first column of weights; “Dimension (weight)” is one of names."""
    for index, cell in enumerate(header):
        if words.WEIGHT_HEAD.search(cell.text) and not words.DIMENSION_NAME.search(cell.text):
            return index
    return None


def _headed(header: Row, indexes: Iterable[int], title: Pattern[str]) -> list[int]:
    return [index for index in indexes if title.search(header[index].text)]


def _without_ordinals(header: Row, indexes: list[int]) -> list[int]:
    """Without columns of row numbers, unless there is no other."""
    found = [index for index in indexes if not ORDINAL_HEAD.match(header[index].text)]
    return found or indexes


ORDINAL_HEAD = re.compile(r"^\s*(#|no\.?|nr\.?|№|s\.?no\.?)\s*$", re.IGNORECASE)


def _level_columns(header: Row, weight: int | None) -> tuple[dict[int, int], bool]:
    """Each level's column, and whether words instead of digits name one.

    The stronger word wins level 5.
    """
    levels: dict[int, int] = {}
    assumed = False
    for index, cell in _strongest_first(header):
        level, by_words = (None, False) if index == weight else level_of(cell.text)
        if level is not None and level not in levels:
            levels[level] = index
            assumed = assumed or by_words
    return levels, assumed


def _strongest_first(header: Row) -> list[tuple[int, Cell]]:
    """The columns in their order.

    Beside one that exceeds the bar, one that is exceptional comes first.
    """
    columns = list(enumerate(header))
    if not any(words.EXCEEDS_BAR.search(cell.text) for cell in header):
        return columns
    strongest = [column for column in columns if words.ABOVE_EXCEEDS.search(column[1].text)]
    return strongest + [column for column in columns if column not in strongest]


def level_of(heading: str) -> tuple[int | None, bool]:
    """The level (0 to 5) that a column's heading names, and whether by words instead of a digit.

    No level where it names a range, something in between, or a number above 5.
    """
    text = unicodedata.normalize("NFKC", heading)
    digit = DIGIT.search(OF_FIVE.sub("", text))
    if RANGE.search(text):
        return None, False
    if digit:
        level = int(digit.group(1))
        return (level if level <= HIGHEST else None), False
    return _level_in_words(text)


def _level_in_words(text: str) -> tuple[int | None, bool]:
    if words.PARTLY.search(text):
        return None, False
    for pattern, level in ((words.EXCEEDS, 5), (words.BELOW, 1), (words.MEETS, 3)):
        if pattern.search(text):
            return level, True
    return None, False


DIGIT = re.compile(r"(?<![\d.,])(\d|10)(?![\d.,%])")
RANGE = re.compile(r"\d\s*(?:[-–—]|to)\s*\d")
OF_FIVE = re.compile(r"(?<=\d)\s*(?:/|of|out of)\s*5\b", re.IGNORECASE)


def names_levels_by_digit(rows: tuple[Row, ...]) -> bool:
    """Whether the table's columns are numbered levels, at least two, which says scorecard in any language."""
    if len(rows) < 2:
        return False
    columns = columns_of(header_and_body(rows)[0])
    if columns is None or columns.assumed:
        return False
    return len(columns.levels) > 1
