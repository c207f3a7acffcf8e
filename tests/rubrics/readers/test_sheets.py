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
