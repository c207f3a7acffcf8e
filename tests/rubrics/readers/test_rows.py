"""Lists of people in files: which row of the file each stands in, and what is said of cells that are no plain text."""

import pytest

from rubrics.readers.choice import read_rows
from rubrics.readers.page import UnusableBlueprint
from rubrics.readers.rows import MOST, _of_sheets, of_text, of_workbook
from rubrics.readers.sheets import Sheet
from rubrics.readers.tables import text_cell as written
from tests.rubrics.office_files import docx_of, ods, sheet_data, text_cell, xlsx, xlsx_of


def numbered(rows) -> list[tuple[int, tuple[str, ...]]]:
    return list(rows.rows)


@pytest.mark.parametrize(
    "data",
    [
        b"Name;E-mail\r\nAlma;a@x.example\r\n;\r\n;;;\r\n",
        b"sep=;\nName;E-mail\nAlma;a@x.example\n",
        "Name\tE-mail\nAlma\ta@x.example\n".encode("utf-16"),
        b"\xef\xbb\xbfName,E-mail\nAlma,a@x.example\n",
    ],
)
def test_separated_texts_give_the_same_rows(data):
    assert numbered(read_rows(data, filename="list.csv")) == [(1, ("Name", "E-mail")), (2, ("Alma", "a@x.example"))]


def test_a_workbook_keeps_the_numbers_of_its_rows_and_names_what_was_merged_or_never_calculated():
    cells = [
        f'<row r="1">{text_cell("A1", "Name")}{text_cell("B1", "E-mail")}</row>',
        f'<row r="5">{text_cell("A5", "Alma & Co")}<c r="B5"><f>A1&amp;"@x"</f></c></row>',
    ]
    merged = '<mergeCells><mergeCell ref="C5:D5"/></mergeCells>'

    rows = of_workbook(xlsx_of({"People": f"<sheetData>{''.join(cells)}</sheetData>{merged}"}))

    assert numbered(rows) == [(1, ("Name", "E-mail")), (5, ("Alma & Co", "", "", ""))]
    assert any("row 5" in note for note in rows.notes)
    assert any("B5" in note for note in rows.notes)


def test_only_the_first_sheet_with_a_list_is_read_and_the_others_are_named():
    rows = read_rows(
        xlsx({"Notes": [], "People": [["Alma", "a@x.example"]], "Old": [["B", "b@x.example"]]}), filename="x"
    )

    assert numbered(rows) == [(1, ("Alma", "a@x.example"))]
    assert rows.notes == ("Only the first sheet with a list was read. Not read: “Old”.",)


def test_an_opendocument_spreadsheet_is_read_as_well():
    rows = read_rows(ods({"People": [["Name", "E-mail"], ["Alma", "a@x.example"]]}), filename="x.ods")

    assert numbered(rows) == [(1, ("Name", "E-mail")), (2, ("Alma", "a@x.example"))]


def test_too_many_rows_are_refused_with_the_limit():
    long = sheet_data([["A"]] * (MOST + 1))

    with pytest.raises(UnusableBlueprint, match="10,000 rows"):
        of_workbook(xlsx_of({"People": long}))
    with pytest.raises(UnusableBlueprint, match="10,001 rows"):
        of_text("A,B\n" * (MOST + 1))


def test_what_has_no_rows_says_what_to_do():
    with pytest.raises(UnusableBlueprint, match="save the list as Excel or CSV"):
        read_rows(docx_of("<w:p><w:r><w:t>Alma</w:t></w:r></w:p>"), filename="x.docx")
    with pytest.raises(UnusableBlueprint, match="empty"):
        read_rows(b"  ", filename="x.csv")


def sheet(name: str = "People", *texts: str, **said) -> Sheet:
    """A sheet with these texts in its first column."""
    rows = [[written(text)] for text in texts]
    return Sheet(name, rows, numbers=list(range(1, len(rows) + 1)), **said)


def test_all_that_was_not_read_of_a_sheet_is_told():
    notes = _of_sheets([sheet("People", "Alma", hidden_columns=2, errors=["B1"], uncalculated=["C1"])]).notes

    assert notes == (
        "Hidden rows (0) and columns (2) were not read.",
        "Formulas without a value were left empty: C1.",
        "Cells that hold an error were left empty: B1.",
    )


def test_hidden_sheets_are_passed_over_and_not_named():
    rows = _of_sheets([sheet("Old", "Bo", hidden=True), sheet("People", "Alma"), sheet("Log", too_long=True)])

    assert numbered(rows) == [(1, ("Alma",))]
    assert rows.notes == ("Only the first sheet with a list was read. Not read: “Log”.",)


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        ([sheet("Old", "Bo", hidden=True)], "every sheet of this workbook is hidden"),
        ([sheet("People")], "the workbook is empty"),
        ([sheet("People", uncalculated=["A1"])], "the formulas have no values"),
        ([sheet("Log", too_long=True), sheet("People", "Alma")], "the sheet “Log” has more than 10,000 rows"),
    ],
)
def test_a_workbook_without_a_list_says_why(sheets, words):
    with pytest.raises(UnusableBlueprint, match=words):
        _of_sheets(sheets)


def test_a_text_s_guarded_cells_wide_rows_and_lines_inside_cells():
    wide = ",".join(["x"] * 70)

    rows = numbered(of_text(f'\'=A, b \n\n"one\ntwo",c\n{wide}\n'))

    assert rows[:2] == [(1, ("=A", "b")), (3, ("one\ntwo", "c"))]
    assert len(rows[2][1]) == 60


def test_as_many_rows_as_the_limit_are_read():
    assert len(of_text("A,B\n" * MOST).rows) == MOST
