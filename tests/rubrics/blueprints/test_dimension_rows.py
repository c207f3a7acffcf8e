"""Which rows of a table are dimensions: not groups, headers that come again or totals."""

import pytest

from tests.rubrics.role_documents import codes, read_hiring, table

HEADING = "<h3>Scorecard dimensions</h3>"


def names(inner: str) -> list[str]:
    return [row["name"] for row in read_hiring(HEADING + inner)["dimensions"]]


def test_a_group_that_is_named_once_for_several_rows_leaves_their_names():
    rows = ("Group|Criterion|Score", "Hands|Knots|", "|Nets|", "Head|Charts|", "|Tides|", "Total||")

    assert names(table(*rows)) == ["Knots", "Nets", "Charts", "Tides"]


def test_a_name_without_a_number_of_its_own_is_a_group_s():
    rows = ("No.|Criterion|Score", "|Hands|", "1|Knots|", "2|Nets|", "|Head|", "3|Charts|")

    assert names(table(*rows)) == ["Knots", "Nets", "Charts"]


def test_a_header_that_comes_again_is_no_dimension():
    assert names(table("Hands|Poor|Good", "Knots|a|b", "Head|Poor|Good", "Tides|c|d")) == ["Knots", "Tides"]


@pytest.mark.parametrize("head", ["<b>Hands</b>", "HANDS ON"])
def test_rows_of_an_empty_form_that_stand_out_above_others_name_groups(head):
    found = read_hiring(HEADING + table("Criterion|1|2", f"{head}||", "Knots||", "Nets||", "<b>Head</b>||", "Tides||"))

    assert [row["name"] for row in found["dimensions"]] == ["Knots", "Nets", "Tides"]
    assert "groups_left_out" in codes(found)


@pytest.mark.parametrize(
    "rows", [("Knots||", "<b>Nets</b>||", "Tides||"), ("<b>Knots</b>||", "<b>Nets</b>||"), ("SQL||", "Nets||")]
)
def test_rows_that_stand_out_otherwise_are_dimensions(rows):
    assert len(names(table("Criterion|1|2", *rows))) == len(rows)
