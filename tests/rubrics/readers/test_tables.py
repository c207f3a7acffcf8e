"""Tables as markup: spans, head rows over which a cell still spans; and lists."""

from rubrics.readers.tables import GridCell, nested_list, table_markup, text_cell


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
