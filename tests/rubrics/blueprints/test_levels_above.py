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


def wordings(markup: str) -> dict[str, dict[int, str]] | None:
    found = read_levels_above(blocks_of(markup))
    return None if found is None else {row.name: row.anchors for row in found.table.value.rows}


BOTH = {"Care": {1: "drops", 5: "mends"}, "Order": {1: "heaps", 5: "maps"}}


@pytest.mark.parametrize(
    "markup",
    [
        f"<h3>Poor</h3>{BELOW}<h3>Superb</h3>{ABOVE}",
        f"<p><b>Poor</b></p>{BELOW}<p><b>Superb:</b></p>{ABOVE}",
        f"<h3>Poor</h3>{BELOW}<h3>Superb</h3>{ABOVE}<h3>Care</h3><p>Care: again</p>",
        f"<h3>Poor</h3>{BELOW}<h3>Superb</h3>{ABOVE}<h2>Annex</h2><p>Order: again</p>",
        f"<h3>Poor</h3>{table('Care|drops', 'Order|heaps')}<h3>Superb</h3>{table('Care|mends', 'Order|maps')}",
        f"<h3>Poor</h3>{table('Care|drops|x', 'Care|drops', 'Order|heaps')}<h3>Superb</h3>{ABOVE}",
    ],
)
def test_each_dimension_has_its_wording_from_below_every_level(markup):
    assert wordings(markup) == BOTH


def test_a_third_level_may_lack_a_dimension():
    found = wordings(f"<h3>Poor</h3>{BELOW}<h3>Average</h3><p>Care: keeps</p><h3>Superb</h3>{ABOVE}")

    assert found == {"Care": {1: "drops", 3: "keeps", 5: "mends"}, "Order": {1: "heaps", 5: "maps"}}


@pytest.mark.parametrize(
    ("before_the_colon", "is_a_name"),
    [("Care for what others have once torn", True), ("Whoever comes here has always said this one thing", False)],
)
def test_more_than_eight_words_before_a_colon_are_a_sentence(before_the_colon, is_a_name):
    line = f"<p>{before_the_colon}: yes</p>"

    found = wordings(f"<h3>Poor</h3>{BELOW}{line}<h3>Superb</h3>{ABOVE}{line}")

    assert found is not None
    assert (before_the_colon in found) is is_a_name


def test_one_dimension_alone_is_none_of_this_shape():
    assert wordings("<h3>Poor</h3><p>Care: drops</p><h3>Superb</h3><p>Care: mends</p>") is None
