"""Rows of a sheet as markup: headings above tables, tables that begin anew, lines by how they look."""

import pytest

from rubrics.readers.sheet_rows import is_a_document, sheet_markup, title_of
from rubrics.readers.tables import GridCell, GridRow, text_cell


def row(*texts: str) -> list[GridCell]:
    return [text_cell(text) for text in texts]


def bold(*texts: str, size: float = 10) -> list[GridCell]:
    return [GridCell(text, bold=True, size=size) for text in texts]


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
        (
            [row("Smith Ltd"), row("Interview scorecard: Smith"), row("A", "B"), row("1", "2")],
            "Interview scorecard: Smith",
        ),
        ([row("Smith Ltd"), [], row("Rubric for smiths"), [], row("A", "B"), row("1", "2")], "Rubric for smiths"),
        ([row("Smith Ltd"), row("Read well"), row("A", "B"), row("1", "2")], "Smith Ltd"),
    ],
)
def test_a_first_line_by_itself_is_the_title(rows, title):
    assert title_of(rows) == title


def test_a_sentence_above_a_table_is_a_paragraph():
    assert sheet_markup([row("Score each row."), row("A", "B"), row("1", "2")]).startswith("<p>Score each row.</p>")


def test_a_table_begins_anew_where_its_head_comes_again():
    rows = [row("Skills"), row("Skill", "1", "5"), row("Care", "loses", "keeps")]
    rows += [row("Values"), row("Value", "1", "5"), row("Tact", "shouts", "listens")]

    assert sheet_markup(rows) == (
        "<h3>Skills</h3><table><tr><th>Skill</th><th>1</th><th>5</th></tr>"
        "<tr><td>Care</td><td>loses</td><td>keeps</td></tr></table>"
        "<h3>Values</h3><table><tr><th>Value</th><th>1</th><th>5</th></tr>"
        "<tr><td>Tact</td><td>shouts</td><td>listens</td></tr></table>"
    )


def test_of_a_table_to_be_filled_in_the_last_line_above_a_head_is_a_heading_where_the_first_table_has_one():
    table = [row("Skill", "1", "5"), row("Care"), row("Order"), row("Values"), row("Value", "1", "5"), row("Tact")]

    assert "<h3>Values</h3><table><tr><th>Value</th>" in sheet_markup([row("Skills"), *table])
    assert "<td>Values</td>" in sheet_markup(table)


def test_a_row_alike_in_one_level_alone_is_no_head():
    markup = sheet_markup([row("Criterion", "Weight"), row("Care", "Weight"), row("Order", "40")])

    assert markup.count("<table>") == 1


def test_a_bold_line_above_a_bold_row_begins_another_table():
    rows: list[GridRow] = [bold("Skill", "Poor", "Good"), row("Care", "loses", "keeps"), row("Order", "heaps", "maps")]
    rows += [bold("Questions"), bold("Question", "Listen for"), row("Why here?", "a reason")]

    assert "<h3>Questions</h3><table><tr><th>Question</th><th>Listen for</th></tr>" in sheet_markup(rows)


def test_a_bold_line_inside_a_table_stays_in_it():
    rows: list[GridRow] = [bold("Skill", "Poor", "Good"), row("Care", "loses", "keeps"), bold("Values")]
    rows += [row("Tact", "shouts", "listens")]

    assert sheet_markup(rows).count("<table>") == 1


def test_bold_lines_are_headings_by_their_size_and_those_below_them_lists():
    rows = [bold("Ranger", size=22), bold("Calm", size=16), row("1: shouts"), row("5: steadies"), bold("Care", size=16)]
    rows += [row("Looks after paths.")]

    assert sheet_markup(rows) == (
        "<h3>Ranger</h3><h4>Calm</h4><ul><li>1: shouts</li><li>5: steadies</li></ul>"
        "<h4>Care</h4><p>Looks after paths.</p>"
    )
    assert title_of(rows) == "Ranger"
    assert is_a_document(rows)


def test_a_scorecard_with_titles_above_its_tables_is_no_document():
    rows: list[GridRow] = [bold("Ranger", size=22), bold("Skills", size=16), row("A", "B"), row("1", "2"), []]
    rows += [bold("Values", size=16), row("A", "B"), row("3", "4")]

    assert not is_a_document(rows)


def test_lines_without_a_look_are_lists_of_levels_below_their_headings():
    rows = [row("Driver"), row("Calm (40%)"), row("1: shouts"), row("5: steadies")]
    rows += [row("Rules"), row("1 - skips"), row("5 - explains")]

    assert sheet_markup(rows) == (
        "<h3>Driver</h3><h4>Calm (40%)</h4><ul><li>1: shouts</li><li>5: steadies</li></ul>"
        "<h4>Rules</h4><ul><li>1 - skips</li><li>5 - explains</li></ul>"
    )
    assert title_of(rows) == "Driver"


def test_lines_of_one_column_are_questions_below_their_names():
    markup = sheet_markup([row("Bank"), row("Care"), row("Why maps?"), row("Order"), row("Where?"), row("And when?")])

    assert markup == (
        "<h3>Bank</h3><h4>Care</h4><ul><li>Why maps?</li></ul><h4>Order</h4><ul><li>Where?</li><li>And when?</li></ul>"
    )


def test_a_request_to_rate_stands_above_what_is_rated():
    markup = sheet_markup([row("Scorecard"), row("Rate each from 1 to 5"), row("Care"), row("Order")])

    assert markup == "<h3>Scorecard</h3><p>Rate each from 1 to 5</p><ul><li>Care</li><li>Order</li></ul>"


# --- where a title, a heading and a table begin and end ---------------------------------
@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([row("x" * 90), row("A", "B"), row("1", "2")], "x" * 90),
        ([row("x" * 91), row("A", "B"), row("1", "2")], ""),
        ([row("x" * 91), [], row("A", "B")], ""),
        ([bold("Ranger", size=12), row("words"), row("more")], "Ranger"),
        ([bold("Ranger", size=12), *[bold("Calm", size=12)] * 2], ""),
        ([row("Ranger"), row("words")], ""),
        ([row("Ranger"), row("Forester"), [], row("A", "B")], ""),
        ([row("Ranger", "Forester"), [], row("A", "B")], ""),
        ([], ""),
        ([[], row("Smith"), [], row("A", "B")], "Smith"),
        ([row("Smith  of\n the\nnorth"), [], row("A", "B")], "Smith of the north"),
    ],
)
def test_a_title_is_short_and_stands_out(rows, title):
    assert title_of(rows) == title


@pytest.mark.parametrize(
    ("first", "second", "tables"),
    [
        (("Skill", "1", "5"), ("Skill", "1", "5"), 2),
        (("Skill", "1", "5"), ("Value", "1", "5"), 2),
        (("Skill", "1", "5"), ("SKILL", "1", "5"), 2),
        (("Skill", "1", "5"), ("Skill", "1", "4"), 1),
        (("Skill", "Weight"), ("Skill", "Weight"), 2),
        (("Skill", "Weight"), ("Value", "Weight"), 1),
        (("Skill", "1", "5"), ("Skill", "1"), 1),
    ],
)
def test_a_head_comes_again_where_its_columns_do(first, second, tables):
    fill = ["a", "b", "c"]
    rows = [row(*first), row(*fill[: len(first)]), row(*second), row(*fill[: len(second)])]

    assert sheet_markup(rows).count("<table>") == tables


def test_a_head_right_below_itself_is_a_row():
    assert sheet_markup([row("Skill", "1", "5"), row("Skill", "1", "5")]).count("<table>") == 1


def test_small_bold_lines_that_say_something_are_text():
    rows: list[GridRow] = [bold("Calm", size=14), bold("1 = shouts"), bold("Good: steadies all"), bold("Care", size=14)]
    rows.append([GridCell("words", size=10)])

    assert sheet_markup(rows) == (
        "<h3>Calm</h3><ul><li>1 = shouts</li><li>Good: steadies all</li></ul><h3>Care</h3><p>words</p>"
    )


def test_large_bold_lines_that_say_something_are_headings_and_the_deepest_level_is_six():
    sizes = (20, 18, 16, 14, 12, 11)
    rows = [bold(f"Part {size}: it", size=size) for size in sizes]

    markup = sheet_markup([*rows, [GridCell("words", size=11)]])

    assert [markup.count(f"<h{level}>") for level in range(3, 7)] == [1, 1, 1, 2]
    assert "<li>Part 11: it</li><li>words</li>" in markup


def test_a_bold_line_of_a_whole_sentence_is_a_paragraph():
    assert sheet_markup([bold("x" * 91), row("words")]).startswith(f"<p>{'x' * 91}</p>")


@pytest.mark.parametrize(
    ("text", "tag"), [("Scale", "h3"), ("Score each.", "p"), ("a\nb", "p"), ("x" * 90, "h3"), ("x" * 91, "p")]
)
def test_a_line_above_a_table_heads_it_where_it_is_short_and_no_sentence(text, tag):
    assert sheet_markup([row(text), row("A", "B"), row("1", "2")]).startswith(f"<{tag}>")


def test_lines_below_a_sentence_are_paragraphs():
    assert sheet_markup([row("Score each."), row("Care"), row("Order")]) == (
        "<p>Score each.</p><p>Care</p><p>Order</p>"
    )


def test_one_list_of_levels_is_no_run_of_headings():
    assert sheet_markup([row("Driver"), row("Calm"), row("1: shouts"), row("5: steadies")]) == (
        "<h3>Driver</h3><ul><li>Calm</li><li>1: shouts</li><li>5: steadies</li></ul>"
    )


def test_two_headings_over_text_make_a_document_and_one_does_not():
    one = [bold("Ranger", size=22), bold("Calm", size=16), row("Stays so.")]

    assert not is_a_document(one)
    assert is_a_document([*one, bold("Care", size=16), row("Mends.")])
    assert not is_a_document([row("A", "B"), row("1", "2")])


def test_columns_of_a_row_that_ends_early_are_empty():
    assert sheet_markup([row("A", "", "B"), row("1"), row("2", "", "3")]) == (
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td></td></tr><tr><td>2</td><td>3</td></tr></table>"
    )


def plain(text: str, size: float = 10) -> list[GridCell]:
    return [GridCell(text, size=size)]


@pytest.mark.parametrize(
    "rows",
    [
        [bold("Ranger", size=22), bold("Forester", size=22), plain("x"), bold("Calm", size=16), plain("y")],
        [bold("Ranger", size=22), bold("Calm", size=16), bold("Why", size=14), plain("x")],
        [bold("Ranger", size=22), bold("Calm", size=16), plain("x"), plain("y"), plain("z")],
        [
            row("A", "B"),
            row("1", "2"),
            [],
            bold("Ranger", size=22),
            bold("Calm"),
            plain("x", 9),
            bold("Care"),
            plain("y", 9),
        ],
        [bold("Calm", size=16), plain("x"), bold("Ranger", size=22), bold("Care", size=16), plain("y")],
    ],
)
def test_a_document_has_one_largest_title_first_and_two_headings_over_text(rows):
    assert not is_a_document(rows)


def test_a_larger_first_line_that_is_not_bold_is_no_title():
    assert title_of([plain("Ranger", 22), plain("x"), plain("y")]) == ""


@pytest.mark.parametrize(
    ("body", "below"),
    [
        ([row("Care", "a", "b"), row("Order", "a", "b")], [bold("Q"), bold("Tact"), row("x", "y", "z")]),
        (
            [row("Care", "a", "b"), row("Order", "a", "b")],
            [bold("Sum", "1", "2"), bold("Q", "L", "M"), row("x", "y", "z")],
        ),
        ([row("Care", "a", "b"), row("Order", "a", "b")], [bold("Q"), bold("Q", "L", "M"), bold("x", "y", "z")]),
        ([row("Care", "a", "b"), row("Order", "a", "b")], [row("Q"), bold("Q", "L", "M"), row("x", "y", "z")]),
        ([bold("Care", "a", "b"), row("Order", "a", "b")], [bold("Q"), bold("Q", "L", "M"), row("x", "y", "z")]),
        ([row("Care", "a", "b")], [bold("Q", "L", "M"), row("x", "y", "z")]),
    ],
)
def test_bold_rows_that_head_nothing_stay_in_their_table(body, below):
    assert sheet_markup([bold("Skill", "1", "5"), *body, *below]).count("<table>") == 1


def test_one_line_alone_is_a_heading_and_one_with_a_full_stop_a_paragraph():
    assert sheet_markup([row("Care")]) == "<h3>Care</h3>"
    assert sheet_markup([[GridCell("Score each. ")]]) == "<p>Score each. </p>"


def test_the_size_of_text_ranks_no_heading():
    assert sheet_markup([bold("Care", size=16), plain("text", 20)]) == "<h3>Care</h3><p>text</p>"
