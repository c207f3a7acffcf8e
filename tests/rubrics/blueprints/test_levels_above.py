"""Headings of levels with the dimensions below each: when they are read, and when not."""

import pytest

from rubrics.blueprints.levels_above import read_levels_above
from tests.rubrics.role_documents import blocks_of, table

BELOW = "<p>Care: drops</p><p>Order: heaps</p>"
ABOVE = "<p>Care: mends</p><p>Order: maps</p>"


def test_dimensions_below_headings_of_levels():
    found = read_levels_above(
        blocks_of(f"<p>Good luck.</p><h3>Poor</h3>{BELOW}<h3>Superb</h3>{ABOVE}<h3>Notes</h3><p>Care: x</p>")
    )

    assert found is not None
    assert {row.name: row.anchors for row in found.table.value.rows} == {
        "Care": {1: "drops", 5: "mends"},
        "Order": {1: "heaps", 5: "maps"},
    }
    assert len(found.numbers) == 6


def test_what_goes_on_below_a_name_is_its_wording():
    poor = "<h4>Care</h4><p>drops</p><p>tears</p><h4>Order</h4><p>heaps</p>"

    found = read_levels_above(blocks_of(f"<h3>Poor</h3>{poor}<h3>Superb</h3>{ABOVE}"))

    assert found is not None
    assert found.table.value.rows[0].anchors == {1: "drops; tears", 5: "mends"}


def test_tables_of_names_and_wordings():
    poor = table("Criterion|Description", "Care|drops", "Order|heaps")

    found = read_levels_above(blocks_of(f"<h3>Poor</h3>{poor}<h3>Superb</h3>{ABOVE}"))

    assert found is not None
    assert [row.name for row in found.table.value.rows] == ["Care", "Order"]


@pytest.mark.parametrize(
    "markup",
    [
        f"<h3>Poor</h3>{BELOW}",
        f"<h3>Poor</h3>{BELOW}<h3>Superb</h3><p>Tact: kind</p>",
        f"<h3>Poor</h3>{BELOW}<h3>Superb</h3><p>Well done.</p>",
        f"<h3>Poor</h3>{BELOW}<h3>Poor</h3>{ABOVE}",
        "<h3>A</h3><p>Poor: a</p><p>Superb: b</p><h3>B</h3><p>Poor: a</p><p>Superb: b</p>",
    ],
)
def test_other_headings_are_no_levels_above_dimensions(markup: str):
    assert read_levels_above(blocks_of(markup)) is None
