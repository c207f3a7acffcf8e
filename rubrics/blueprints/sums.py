"""Rows of a scorecard that are sums of those above them, and no dimensions."""

from itertools import takewhile

from rubrics.blueprints.columns import Columns
from rubrics.blueprints.rated_rows import DimensionRow
from rubrics.blueprints.weights import TOLERANCE


def without_sums(rows: list[DimensionRow], columns: Columns) -> list[DimensionRow]:
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
    """Where no column holds anchors, only the last row may be a sum: that of all others, where they make a whole."""
    if index < len(rows) - 1:
        return []
    total = _total(rows[:-1])
    is_whole = abs(total - 100) <= TOLERANCE or abs(total - 1) <= TOLERANCE / 100
    return [total] if is_whole else []


def _total(rows: list[DimensionRow]) -> float:
    return sum(row.weight for row in rows if row.weight)


def _has_anchors(row: DimensionRow) -> bool:
    return bool(row.anchors)
