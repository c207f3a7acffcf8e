"""The sheets of a workbook as one page, and what is said of those that were left out."""

import pytest

from rubrics.readers.page import UnusableBlueprint
from rubrics.readers.sheets import Sheet, page_of_sheets
from rubrics.readers.tables import GridCell, text_cell

ROWS = [[text_cell("A"), text_cell("B")], [text_cell("1"), text_cell("2")]]


@pytest.mark.parametrize(
    ("name", "heading", "assumed"),
    [
        ("Sheet1", "Interview scorecard", True),
        ("Tabelle 2", "Interview scorecard", True),
        ("Anchors & more", "Anchors &amp; more", False),
    ],
)
def test_a_sheet_is_headed_by_its_name_where_somebody_named_it(name, heading, assumed):
    page = page_of_sheets([Sheet(name, ROWS)])

    assert page.markup.startswith(f"<h2>{heading}</h2><table>")
    assert page.assumed is assumed


def test_a_title_across_all_columns_heads_the_table():
    title = [GridCell("Scores", columns=2), GridCell(covered=True)]

    assert "<h3>Scores</h3><table>" in page_of_sheets([Sheet("A", [title, *ROWS])]).markup


def test_what_was_left_out_is_named():
    sheets = [
        Sheet("Rubric", ROWS, hidden_rows=2, uncalculated=["B2"], errors=["C3"]),
        Sheet("Old", hidden=True),
        Sheet("Log", too_long=True),
    ]

    assert [warning.code for warning in page_of_sheets(sheets).warnings] == [
        "hidden_sheets",
        "sheets_too_long",
        "hidden_cells",
        "formula_without_value",
        "cell_errors",
    ]


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        ([], "is empty"),
        ([Sheet("A", hidden=True)], "hidden"),
        ([Sheet("A", too_long=True)], "more than 2,000 rows"),
        ([Sheet("A", uncalculated=["A1"])], "have no values"),
    ],
)
def test_a_workbook_without_a_word_says_why(sheets, words):
    with pytest.raises(UnusableBlueprint, match=words):
        page_of_sheets(sheets)


@pytest.mark.parametrize("name", ["Sheet", "SHEET 12", "Feuil2", "Feuille 1", "Hoja1", "Лист1", "シート1", " List "])
def test_what_programs_call_a_sheet_is_no_name(name):
    assert page_of_sheets([Sheet(name, ROWS)]).assumed


@pytest.mark.parametrize("name", ["Sheet music", "Listing", "2 Sheet", "Hojas", "1"])
def test_a_name_that_begins_like_it_is_one(name):
    page = page_of_sheets([Sheet(name, ROWS)])

    assert page.markup.startswith(f"<h2>{name}</h2>")
    assert not page.assumed


def test_several_sheets_are_headed_by_their_names_whatever_these_are():
    page = page_of_sheets([Sheet("Sheet1", ROWS), Sheet(" ", ROWS), Sheet("Empty", [[text_cell(" ")]])])

    assert page.markup.count("<h2>") == 2
    assert page.markup.startswith("<h2>Sheet1</h2><table>")
    assert "<h2>Sheet</h2><table>" in page.markup
    assert not page.assumed


def test_a_sheet_that_nobody_named_may_hold_a_whole_document():
    lines = [
        ("Ranger", True, 22),
        ("Calm", True, 16),
        ("Stays so.", False, 10),
        ("Care", True, 16),
        ("Mends.", False, 10),
    ]
    rows = [[GridCell(text, bold=bold, size=size)] for text, bold, size in lines]

    page = page_of_sheets([Sheet("Sheet1", rows)])
    named = page_of_sheets([Sheet("Rangers", rows)])

    assert page.markup.startswith("<h1>Ranger</h1><h2>Calm</h2><p>Stays so.</p>")
    assert (page.title, page.assumed) == ("Ranger", False)
    assert named.markup.startswith("<h2>Rangers</h2><h3>Ranger</h3>")


def test_a_group_s_name_inside_a_table_stays_as_wide_as_it_is():
    group = [GridCell("Craft", columns=2), GridCell(covered=True)]

    markup = page_of_sheets([Sheet("A", [*ROWS, group, [text_cell("3"), text_cell("4")]])]).markup

    assert '<td colspan="2">Craft</td>' in markup


def test_a_sheet_of_too_many_cells_is_left_out_and_the_others_are_read():
    wide = [[text_cell("x")] * 60] * 334  # 20,040 cells; the limit is 20,000
    fits = [[text_cell("x")] * 50] * 400

    page = page_of_sheets([Sheet("Log", wide), Sheet("Rubric", ROWS)])

    assert [warning.code for warning in page.warnings] == ["sheets_too_long"]
    assert "Log" in page.warnings[0].message
    assert "x" not in page.markup.replace("<h2>Rubric</h2>", "")
    assert page_of_sheets([Sheet("Log", fits)]).warnings == ()


def test_hidden_columns_alone_are_told_and_eight_places_of_many():
    places = [f"A{number}" for number in range(1, 11)]

    warnings = page_of_sheets([Sheet("A", ROWS, hidden_columns=3, errors=places)]).warnings

    assert [warning.message for warning in warnings] == [
        "Hidden rows (0) and columns (3) of “A” were not read.",
        "Cells of “A” hold an error and were left empty: A1, A2, A3, A4, A5, A6, A7, A8.",
    ]


def test_one_hidden_sheet_of_two_empty_ones_is_not_the_reason():
    with pytest.raises(UnusableBlueprint, match="is empty"):
        page_of_sheets([Sheet("A", hidden=True), Sheet("B")])
