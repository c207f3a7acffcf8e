"""The scorecard table: dimensions with their weights and the wording of their levels."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import takewhile

from rubrics.blueprints import words
from rubrics.blueprints.columns import Columns, columns_of, header_and_body
from rubrics.blueprints.keys import free_key
from rubrics.blueprints.lines import Row, unnumbered
from rubrics.blueprints.reading import PlanWarning, Read
from rubrics.blueprints.rubric_json import DimensionJson, dimension_json
from rubrics.blueprints.sections import Block
from rubrics.blueprints.weights import in_percent, weight_in_name, weight_of, weights_to_check


@dataclass(frozen=True)
class PlannedDimension:
    """A dimension: `weight` in percent or None, `anchors` by level (1 to 5).

    `draft` where a focus area stands in for it.
    """

    key: str
    name: str
    weight: float | None
    anchors: dict[int, str] = field(default_factory=dict)
    draft: bool = False

    def as_json(self) -> DimensionJson:
        return dimension_json(self.key, self.name, self.weight, self.anchors, draft=self.draft)


@dataclass(frozen=True)
class DimensionRow:
    """A dimension as the document writes it; its weight is in percent or a share of one."""

    name: str
    weight: float | None = None
    anchors: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scorecard:
    """What the tables say: `levels` (0 to 5, ascending) are those that the columns name.

    `levels_assumed` says that words name one of them.
    """

    dimensions: tuple[PlannedDimension, ...] = ()
    levels_assumed: bool = False
    levels: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Table:
    columns: Columns
    header: Row
    body: tuple[Row, ...]


def read_scorecard(blocks: Iterable[Block], *, titled: bool = True) -> Read[Scorecard]:
    """The dimensions of the first table with level columns or weights, and of those after it with the same columns.

    Below a heading that says scorecard (`titled`), a column of dimensions is enough.
    """
    rows: list[DimensionRow] = []
    warnings: list[PlanWarning] = []
    first: Columns | None = None
    for block in blocks:
        table = _table(block, titled=titled)
        if table is None or (first is not None and table.columns.shape != first.shape):
            continue
        found = _rows_of(table)
        rows.extend(found.value)
        warnings.extend(found.warnings)
        if found.value:
            first = first or table.columns
    if first is None:
        return Read(Scorecard(), tuple(warnings))
    dimensions = keyed(_with_percentages(rows))
    weights = [row.weight for row in dimensions.value]
    scorecard = Scorecard(dimensions.value, first.assumed, tuple(sorted(first.levels)))
    warnings.extend(dimensions.warnings)
    warnings.extend(weights_to_check(weights))
    return Read(scorecard, tuple(warnings))


def is_scorecard(block: Block) -> bool:
    """Whether a table is a scorecard wherever it stands: by its columns, or by its caption."""
    table = _table(block, titled=bool(words.SCORECARD.search(block.text)))
    if table is None:
        return False
    if len(table.columns.levels) > 1:
        return True
    return words.DIMENSION_NAME.search(table.columns.title) is not None


def _table(block: Block, *, titled: bool) -> _Table | None:
    if block.kind != "table" or len(block.rows) < 2:
        return None
    header, body = header_and_body(block.rows)
    columns = columns_of(header)
    if columns is None:
        return None
    if not columns.levels and columns.weight is None and not titled:
        return None
    return _Table(columns, header, body)


def _rows_of(table: _Table) -> Read[list[DimensionRow]]:
    """The table's dimensions.

    Where it has any, there is a warning for each column that has no place in a rubric.
    """
    rows: list[DimensionRow] = []
    warnings: list[PlanWarning] = []
    for number, row in enumerate(table.body, start=1):
        if not _may_be_a_dimension(row, table.columns):
            continue
        found = _dimension_row(number, row, table.columns)
        warnings.extend(found.warnings)
        if found.value is not None:
            rows.append(found.value)
    rows = _without_sums(rows, table.columns)
    if rows:
        warnings.extend(_unread_columns(table))
    return Read(rows, tuple(warnings))


def _may_be_a_dimension(row: Row, columns: Columns) -> bool:
    """Neither too short, nor spanning columns, nor a group's heading (a name and nothing else), nor a total."""
    if len(row) <= columns.name or row[columns.name].span > 1:
        return False
    if not any(cell.text for index, cell in enumerate(row) if index != columns.name):
        return False
    return not words.TOTAL.search(unnumbered(row[columns.name].text))


def _dimension_row(number: int, row: Row, columns: Columns) -> Read[DimensionRow | None]:
    """The dimension in a row, `number` from 1.

    One without a name is left out, with a warning if it has anchors.
    """
    name = unnumbered(row[columns.name].text)
    anchors = _anchors(row, columns)
    if not name and not anchors:
        return Read(None)
    if not name:
        message = f"Row {number} of the scorecard has no name in column “{columns.title}” and was left out."
        return Read(None, (PlanWarning("dimension_unnamed", message),))
    if columns.weight is None:
        name, within = weight_in_name(name)
        return Read(DimensionRow(name, within or None, anchors))
    weight = weight_of(name, _text(row, columns.weight))
    return Read(DimensionRow(name, weight.value, anchors), weight.warnings)


def _anchors(row: Row, columns: Columns) -> dict[int, str]:
    """The wording of each level that has one; level 0 has no place in a rubric."""
    texts = {level: _text(row, index) for level, index in columns.levels.items() if level > 0}
    return {level: text for level, text in texts.items() if text}


def _text(row: Row, index: int) -> str:
    return row[index].text if index < len(row) else ""


def _unread_columns(table: _Table) -> list[PlanWarning]:
    """A warning for each column with text that is no level, weight or name."""
    warnings: list[PlanWarning] = []
    for index, cell in enumerate(table.header):
        if index not in table.columns.taken and _has_words(table.body, index):
            title = cell.text or index + 1
            message = f"The scorecard's column “{title}” is not a level, weight or name, so it was left out."
            warnings.append(PlanWarning("scorecard_column_unread", message))
    return warnings


def _has_words(rows: tuple[Row, ...], index: int) -> bool:
    cells = [row[index] for row in rows if index < len(row)]
    return any(LETTER.search(cell.text) for cell in cells if cell.span == 1)


LETTER = re.compile(r"[^\W\d_]")


# --- Rows that are sums of others ---


def _without_sums(rows: list[DimensionRow], columns: Columns) -> list[DimensionRow]:
    """Without rows that have no anchors and the sum of other rows' weights."""
    return [row for index, row in enumerate(rows) if not _is_sum(rows, index, columns)]


def _is_sum(rows: list[DimensionRow], index: int, columns: Columns) -> bool:
    """Whether a row is a total, a group or a subtotal, among three rows at least."""
    weight = rows[index].weight
    if rows[index].anchors or weight is None or len(rows) < 3:
        return False
    sums = _sums(rows, index) if columns.levels else _sum_above(rows, index)
    return any(abs(weight - total) < 0.01 for total in sums)


def _sums(rows: list[DimensionRow], index: int) -> list[float]:
    """The sums that a row without anchors may state.

    That of all rows with anchors, of the run of them below it, and of the run above it.
    """
    every = [row for row in rows if row.anchors]
    below = list(takewhile(_has_anchors, rows[index + 1 :]))
    above = list(takewhile(_has_anchors, reversed(rows[:index])))
    return [_total(run) for run in (every, below, above) if run]


def _sum_above(rows: list[DimensionRow], index: int) -> list[float]:
    """Where no column holds anchors, only the last row may be a sum: that of all others."""
    return [_total(rows[:-1])] if index == len(rows) - 1 else []


def _total(rows: list[DimensionRow]) -> float:
    return sum(row.weight or 0 for row in rows)


def _has_anchors(row: DimensionRow) -> bool:
    return bool(row.anchors)


# --- Keys ---


def _with_percentages(rows: list[DimensionRow]) -> list[DimensionRow]:
    weights = in_percent([row.weight for row in rows])
    pairs = zip(rows, weights, strict=True)
    return [replace(row, weight=weight) for row, weight in pairs]


def keyed(rows: Iterable[DimensionRow], *, draft: bool = False) -> Read[tuple[PlannedDimension, ...]]:
    """Dimensions with unique keys.

    A name that differs only in case or white space is left out with a warning.
    """
    out: dict[str, PlannedDimension] = {}
    keys: set[str] = set()
    warnings: list[PlanWarning] = []
    for row in rows:
        name = folded(row.name)
        if name in out:
            message = f"“{row.name}” appears twice in the scorecard. The second row was left out."
            warnings.append(PlanWarning("dimension_duplicate", message))
            continue
        key = free_key(row.name, keys)
        keys.add(key)
        out[name] = PlannedDimension(key, row.name, row.weight, row.anchors, draft)
    return Read(tuple(out.values()), tuple(warnings))


def folded(name: str) -> str:
    """A name as it is compared: whatever its case, its white space and the form of its signs."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
