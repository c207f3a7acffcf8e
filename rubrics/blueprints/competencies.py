"""Dimensions that stand under headings or in lists: with levels below them, with weights, or to be rated. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from rubrics.blueprints import words
from rubrics.blueprints.levels import quoted
from rubrics.blueprints.levels_below import with_levels
from rubrics.blueprints.line_kinds import without_letters
from rubrics.blueprints.names_to_rate import (
    above_signals,
    below_their_heading,
    sections_to_rate,
    to_fill_in,
    to_rate,
    with_all_weights,
    with_points,
    with_weights,
    with_weights_in_headings,
)
from rubrics.blueprints.rated_rows import DimensionRow, ReadTable
from rubrics.blueprints.reading import PlanWarning, Read
from rubrics.blueprints.sections import Block
from rubrics.blueprints.tellings import DIMENSION
from rubrics.blueprints.turned import Described, as_table, name_of
from rubrics.blueprints.weights import weight_in_name


def read_competencies(blocks: Iterable[Block], *, titled: bool) -> Read[ReadTable] | None:
    """The dimensions that stand outside tables of their own; None where there are none.

    The first way that finds some is taken. Below a heading that says scorecard (`titled`), weights or a request to
    rate make dimensions of a list. A heading that was told to be a dimension is one in any case.
    """
    blocks = with_weights_in_headings(without_letters(blocks))
    told = {name_of(block.text) for block in blocks if block.told == DIMENSION}
    described = with_levels(blocks, titled=titled)
    if not described:
        return _without_levels(blocks, told, titled=titled)
    found = _with_points(_with_their_levels(described), blocks)
    if any(entry.name not in told for entry in described):
        return found
    beside = _names_alone(blocks, told, titled=titled)
    if beside is None:
        return found
    return replace(found, value=replace(found.value, rows=found.value.rows + beside.value.rows))


def _with_their_levels(described: list[Described]) -> Read[ReadTable]:
    """The table of names with levels below them; a first name that is the sheet's own is told."""
    first = described[0].name
    found = as_table(described, first)
    if words.SHEET.search(first):
        return replace(found, warnings=(*found.warnings, _named_like_the_sheet(first)))
    return found


def _with_points(found: Read[ReadTable], blocks: list[Block]) -> Read[ReadTable]:
    """The table whose dimensions have the points behind their names as weights, where none has another."""
    rows = found.value.rows
    pointed = with_points(blocks)
    points = {row.name: row.weight for row in pointed.value}
    if any(row.weight for row in rows) or points.keys() != {row.name for row in rows}:
        return found
    weighted = tuple(replace(row, weight=points[row.name]) for row in rows)
    return Read(replace(found.value, rows=weighted), found.warnings + pointed.warnings)


def _without_levels(blocks: list[Block], told: Collection[str], *, titled: bool) -> Read[ReadTable] | None:
    """The names without levels: below a heading that says scorecard those with points go before all others."""
    pointed = with_points(blocks) if titled else Read([])
    if pointed.value:
        return Read(_table_of(pointed.value), pointed.warnings)
    return _names_alone(blocks, told, titled=titled)


def _names_alone(blocks: list[Block], told: Collection[str], *, titled: bool) -> Read[ReadTable] | None:
    """The names that the first way to find some finds, without those that were told; None where each finds none."""
    for find in WAYS_IN_A_SCORECARD if titled else WAYS_ANYWHERE:
        rows = [row for row in find(blocks) if row.name not in told]
        if rows:
            guessed = () if find is with_weights else (_read_from_layout(rows),)
            return Read(_table_of(rows), guessed)
    return None


WAYS_IN_A_SCORECARD = (sections_to_rate, with_weights, to_fill_in, to_rate, below_their_heading, above_signals)
WAYS_ANYWHERE = (to_fill_in, with_all_weights)


def _table_of(rows: list[DimensionRow]) -> ReadTable:
    rows = [_with_weight_apart(row) for row in rows]
    return ReadTable(tuple(rows), (), False, rows[0].name)


def _with_weight_apart(row: DimensionRow) -> DimensionRow:
    """A row whose weight does not stand in its name: “Care (40 %)”."""
    name, weight = weight_in_name(row.name)
    return row if weight is None else replace(row, name=name, weight=weight)


def _named_like_the_sheet(name: str) -> PlanWarning:
    """Says that levels right below a title were read as those of one dimension."""
    message = f"Levels stand right below “{name}”, so they were read as those of one dimension. This is our reading, so check it."
    return PlanWarning("dimensions_from_layout", message)


def _read_from_layout(rows: Iterable[DimensionRow]) -> PlanWarning:
    """Says that names alone, outside any table, were taken for dimensions."""
    names = quoted(row.name for row in rows)
    message = f"No table names what is rated, so these lines were read as dimensions: {names}. This is our reading, so check it."
    return PlanWarning("dimensions_from_layout", message)
