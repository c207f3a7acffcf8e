"""Tables as markup: spans, head rows over which a cell still spans; and lists."""

import pytest

from rubrics.readers.tables import GridCell, is_bold_as_a_whole, nested_list, table_markup, text_cell


def row(*texts: str) -> list[GridCell]:
    return [text_cell(text) for text in texts]


def test_the_row_below_a_head_over_several_columns_is_a_head_too():
    rows = [
        [GridCell("Name", rows=2), GridCell("Levels", columns=2)],
        [GridCell(covered=True), GridCell("1"), GridCell("5")],
        row("Calm", "no", "yes"),
    ]

    markup = table_markup(rows, heads=0)

    assert markup == (
        '<table><tr><th rowspan="2">Name</th><th colspan="2">Levels</th></tr><tr><th>1</th><th>5</th></tr>'
        "<tr><td>Calm</td><td>no</td><td>yes</td></tr></table>"
    )


def test_a_text_s_lines_stay_apart_and_its_markup_is_text():
    assert text_cell(" a <b>\n\nc ").markup == "a &lt;b&gt;<br><br>c"


def test_items_stand_in_lists_of_their_depth():
    items = [(1, "a"), (3, "b"), (1, "c")]

    assert "".join(nested_list(items)) == "<ul><li>a</li><ul><ul><li>b</li></ul></ul><li>c</li></ul>"


def heads_of(rows: list[list[GridCell]], heads: int) -> int:
    """How many rows head the columns in the markup."""
    return sum("<th" in line for line in table_markup(rows, heads=heads).split("</tr>"))


@pytest.mark.parametrize(("heads", "shown"), [(0, 0), (1, 1), (2, 2)])
def test_rows_without_spans_head_the_columns_as_they_are_counted(heads, shown):
    assert heads_of([row("a", "b"), row("c", "d"), row("e", "f"), row("g", "h")], heads) == shown


def test_a_head_that_reaches_down_takes_the_rows_beside_it_and_three_at_most():
    tall = [GridCell("Name", rows=4), GridCell("Levels")]
    below = [[GridCell(covered=True), GridCell(text)] for text in ("1", "low", "bad")]

    assert heads_of([tall, *below, row("Calm", "no")], 1) == 3
    assert heads_of([tall, *below, row("Calm", "no")], 0) == 0


def test_the_last_row_is_never_a_head():
    wide = [GridCell("Name"), GridCell("Levels", columns=2)]

    assert heads_of([wide, row("Calm", "no", "yes")], 1) == 1
    assert heads_of([wide], 1) == 1


def test_a_title_over_all_columns_heads_nothing_below_it():
    title = [GridCell("Scores", columns=3), GridCell(covered=True), GridCell(covered=True)]

    assert heads_of([title, row("a", "b", "c"), row("d", "e", "f")], 0) == 0


def test_a_head_over_several_columns_may_stand_in_the_second_row():
    rows = [
        row("", "", ""),
        [GridCell("Name"), GridCell("Levels", columns=2)],
        row("", "1", "5"),
        row("Calm", "n", "y"),
    ]

    assert heads_of(rows, 1) == 1
    assert heads_of(rows, 2) == 3


@pytest.mark.parametrize(
    ("markup", "by_style", "bold"),
    [
        ("Care", True, True),
        ("Care", False, False),
        ("<strong>Care</strong>", False, True),
        ("<strong>Care</strong> for all", True, False),
        ("For <strong>all</strong>", True, False),
        ("<strong>Care</strong> and <strong>tact</strong>", True, False),
    ],
)
def test_a_cell_is_bold_as_a_whole_by_its_markup_and_else_by_its_style(markup, by_style, bold):
    assert is_bold_as_a_whole(markup, by_style=by_style) is bold


def test_a_cell_of_blanks_is_empty_and_a_covered_one_is_not():
    assert GridCell("  ").is_empty
    assert not GridCell("  ").is_written
    assert not GridCell(covered=True).is_empty


def test_lists_that_begin_deeper_and_end_deeper_are_closed():
    assert "".join(nested_list([(2, "a"), (1, "b"), (2, "c")])) == (
        "<ul><ul><li>a</li></ul><li>b</li><ul><li>c</li></ul></ul>"
    )
    assert "".join(nested_list([])) == ""
