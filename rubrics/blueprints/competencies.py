"""Dimensions that stand under headings or in lists: with levels below them, with weights, or to be rated. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from rubrics.blueprints import words
from rubrics.blueprints.levels import quoted
from rubrics.blueprints.levels_below import with_levels
from rubrics.blueprints.names_to_rate import (
    below_their_heading,
    sections_to_rate,
    to_fill_in,
    to_rate,
    with_points,
    with_weights,
)
from rubrics.blueprints.rated_rows import DimensionRow, ReadTable
from rubrics.blueprints.reading import PlanWarning, Read
from rubrics.blueprints.sections import Block
from rubrics.blueprints.tellings import DIMENSION
from rubrics.blueprints.turned import as_table, name_of


def read_competencies(blocks: Iterable[Block], *, titled: bool) -> Read[ReadTable] | None:
    """The dimensions that stand outside tables of their own; None where there are none.

    The first way that finds some is taken. Below a heading that says scorecard (`titled`), weights or a request to
    rate make dimensions of a list. A heading that was told to be a dimension is one in any case.
    """
    blocks = list(blocks)
    described = with_levels(blocks, titled=titled)
    told = {name_of(block.text) for block in blocks if block.told == DIMENSION}
    found = as_table(described, described[0].name) if described else None
    if found is not None and words.SHEET.search(described[0].name):
        found = replace(found, warnings=(*found.warnings, _named_like_the_sheet(described[0].name)))
    if found is not None and any(entry.name not in told for entry in described):
        return found
    pointed = with_points(blocks) if titled and found is None else Read([])
    if pointed.value:
        table = ReadTable(tuple(pointed.value), (), False, pointed.value[0].name)
        return Read(table, pointed.warnings)
    for find in (sections_to_rate, with_weights, to_fill_in, to_rate, below_their_heading) if titled else (to_fill_in,):
        rows = [row for row in find(blocks) if row.name not in told]
        if rows and found is not None:
            return replace(found, value=replace(found.value, rows=found.value.rows + tuple(rows)))
        if rows:
            guessed = () if find is with_weights else (_read_from_layout(rows),)
            return Read(ReadTable(tuple(rows), (), False, rows[0].name), guessed)
    return found


def _named_like_the_sheet(name: str) -> PlanWarning:
    """Says that levels right below a title were read as those of one dimension."""
    message = f"Levels stand right below “{name}”, so they were read as those of one dimension. This is our reading, so check it."
    return PlanWarning("dimensions_from_layout", message)


def _read_from_layout(rows: Iterable[DimensionRow]) -> PlanWarning:
    """Says that names alone, outside any table, were taken for dimensions."""
    names = quoted(row.name for row in rows)
    message = f"No table names what is rated, so these lines were read as dimensions: {names}. This is our reading, so check it."
    return PlanWarning("dimensions_from_layout", message)
