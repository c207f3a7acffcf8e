"""Rows of cells as markup: headings above tables, spans, head rows over which a cell still spans."""

import pytest

from rubrics.readers.tables import GridCell, nested_list, sheet_markup, table_markup, text_cell, title_of


def row(*texts: str) -> list[GridCell]:
    return [text_cell(text) for text in texts]


def test_a_lone_line_heads_the_table_below_it_and_empty_rows_part_tables():
    markup = sheet_markup([row("Scale"), row("Level", "Word"), row("1", "low"), [], row("Strong signals"), row("Kind")])

    assert markup == (
        "<h3>Scale</h3><table><tr><th>Level</th><th>Word</th></tr><tr><td>1</td><td>low</td></tr></table>"
        "<h3>Strong signals</h3><ul><li>Kind</li></ul>"
    )


def test_columns_without_a_word_are_left_away():
    assert sheet_markup([row("", "A", "", "B"), row("", "1", "", "2")]) == (
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
    )


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([row("Smith & <b>"), row("A", "B"), row("1", "2")], "Smith & <b>"),
        ([row("Smith"), [], row("A", "B")], "Smith"),
        ([row("A", "B"), row("1", "2")], ""),
        ([row("Words", ""), row("more", "")], ""),
        ([row("Smith")], ""),
    ],
)
def test_a_first_line_by_itself_is_the_title(rows, title):
    assert title_of(rows) == title


def test_a_sentence_above_a_table_is_a_paragraph():
    assert sheet_markup([row("Score each row."), row("A", "B"), row("1", "2")]).startswith("<p>Score each row.</p>")


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
