"""Which rows of a table are dimensions: not groups, headers that come again or totals."""

import pytest

from rubrics.blueprints.columns import Columns
from rubrics.blueprints.dimension_rows import (
    are_numbers,
    has_numbers,
    has_words,
    may_be_a_dimension,
    rows_of_dimensions,
    text_in,
)
from rubrics.blueprints.lines import Row
from tests.rubrics.role_documents import blocks_of, codes, read_hiring, table

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


# --- one row at a time ---

COLUMNS = Columns(name=0, weight=None, levels={1: 1, 5: 2}, assumed=False)


def rows_of(*written: str) -> tuple[Row, ...]:
    (block,) = blocks_of("<table>" + "".join(f"<tr>{cells}</tr>" for cells in written) + "</table>")
    return block.rows


def row(*texts: str) -> Row:
    return rows_of("".join(f"<td>{text}</td>" for text in texts), "<td>x</td><td>y</td><td>z</td>")[0]


@pytest.mark.parametrize(
    ("texts", "is_one"),
    [
        (("Care", "a", "b"), True),
        (("Care", "", "b"), True),
        (("Care", "", ""), False),
        (("Care",), False),
        (("Total", "a", "b"), False),
        (("Total score", "a", "b"), False),
        (("Interviewer’s signature", "a", "b"), False),
        (("Would you hire this person?", "a", "b"), False),
        (("2. Care", "a", "b"), True),
    ],
)
def test_a_row_with_something_beside_a_name_may_be_a_dimension(texts, is_one):
    assert may_be_a_dimension(row(*texts), COLUMNS, to_fill_in=False) is is_one


@pytest.mark.parametrize(
    ("texts", "is_one"),
    [(("Care", "", ""), True), (("Care", ""), True), (("Care",), False), (("Total", "", ""), False)],
)
def test_in_an_empty_form_a_name_before_room_is_enough(texts, is_one):
    assert may_be_a_dimension(row(*texts), COLUMNS, to_fill_in=True) is is_one


def test_a_cell_that_spans_columns_is_a_group_s_and_a_row_without_a_name_s_place_is_none():
    across, _ = rows_of("<td colspan='2'>Hands</td><td>b</td>", "<td>x</td><td>y</td><td>z</td>")
    last = Columns(name=2, weight=None, levels={}, assumed=False)

    assert not may_be_a_dimension(across, COLUMNS, to_fill_in=False)
    assert not may_be_a_dimension(row("Care", "a"), last, to_fill_in=False)


def test_what_stands_in_a_column_of_groups_is_nothing_said_of_a_row():
    names_second = Columns(name=1, weight=None, levels={5: 2}, assumed=False)

    assert may_be_a_dimension(row("Hands", "Knots", ""), names_second, to_fill_in=False)
    assert not may_be_a_dimension(row("Hands", "Knots", ""), names_second, to_fill_in=False, groups=[0])


def test_rows_keep_the_numbers_that_they_have_in_the_table():
    header, *body = rows_of(
        "<td>Criterion</td><td>1</td><td>5</td>",
        "<td>Hands</td><td></td><td></td>",
        "<td>Care</td><td>a</td><td>b</td>",
        "<td>Criterion</td><td>1</td><td>5</td>",
        "<td>Order</td><td>c</td><td>d</td>",
    )

    found = rows_of_dimensions(COLUMNS, header, tuple(body))

    assert [(number, cells[0].text) for number, cells in found.value] == [(2, "Care"), (4, "Order")]
    assert found.warnings == ()


def test_a_header_of_one_title_comes_again_by_no_sign():
    """A name above the same single word may be a dimension whose score is that word."""
    header, *body = rows_of("<td>Criterion</td><td>Good</td>", "<td>Care</td><td>Good</td>")

    assert len(rows_of_dimensions(COLUMNS, header, tuple(body)).value) == 1


# --- what cells hold ---


@pytest.mark.parametrize(
    ("text", "numbers", "words"),
    [
        ("12", True, False),
        ("1.5", True, False),
        ("12345", False, False),
        ("12 %", False, False),
        ("twelve", False, True),
        ("B2", False, True),
        ("____", False, False),
        ("☐", False, False),
        ("", False, False),
    ],
)
def test_a_column_has_numbers_or_words_or_only_room(text, numbers, words):
    column = (row("x", text, "z"),)

    assert (has_numbers(column, 1), has_words(column, 1)) == (numbers, words)


def test_beyond_a_row_s_cells_nothing_stands():
    assert text_in(row("x", "y"), 7) == ""
    assert not has_words((row("x", "y"),), 7)
    assert not has_numbers((row("x", "y"),), 7)


def test_all_are_numbers_or_it_is_no_column_of_numbers():
    assert are_numbers(["1", "2,5"])
    assert not are_numbers(["1", "two"])


def test_two_rows_of_an_empty_form_that_stand_out_together_head_no_groups():
    rows = ("<b>Hands</b>||", "<b>Head</b>||", "Knots||", "Nets||")

    assert names(table("Criterion|1|2", *rows)) == ["Hands", "Head", "Knots", "Nets"]
