"""Workbooks of Excel: cells as shown, merged ones as spans, and what has no value."""

import pytest

from rubrics.readers.page import UnusableBlueprint
from rubrics.readers.spreadsheets import read
from tests.rubrics.office_files import OFFICE, S, sheet_data, text_cell, xlsx, xlsx_of

PERCENT = '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs>'


def rows(*cells: str, after: str = "", row: str = "") -> str:
    return "<sheetData>" + "".join(f"<row {row}>{line}</row>" for line in cells) + f"</sheetData>{after}"


def test_each_sheet_is_a_heading_and_a_table():
    page = read(xlsx({"Role": [["A", "B"], ["1", "2"]], "Hiring": [["C", "D"], ["3", "4"]]}))

    assert page.markup.count("<table>") == 2
    assert "<h2>Hiring</h2><table><tr><th>C</th>" in page.markup


def test_numbers_are_read_as_they_are_shown():
    data = rows(
        text_cell("A1", "Weight") + text_cell("B1", "On"),
        '<c r="A2" s="1"><v>0.2</v></c><c r="B2" t="b"><v>1</v></c>',
    )

    assert "<td>20%</td><td>TRUE</td>" in read(xlsx_of({"A": data}, styles=PERCENT)).markup


def test_shared_texts_keep_bold_and_lose_what_is_struck_out():
    data = rows('<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>', '<c r="A2" t="s"><v>1</v></c>')
    item = "<si><r><rPr><b/></rPr><t>Care</t></r><r><rPr><strike/></rPr><t>old</t></r><rPh><t>ke</t></rPh></si>"
    target = '<Relationship Id="s" Type="x/sharedStrings" Target="sharedStrings.xml"/>'
    sheet = f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
    members = {
        "xl/sharedStrings.xml": f"<sst {S}>{item}<si><t>a_x000D_&#10;b</t></si></sst>",
        "xl/_rels/workbook.xml.rels": f"<Relationships>{sheet}{target}</Relationships>",
    }

    markup = read(xlsx_of({"A": data}, **members)).markup

    assert "<th><strong>Care</strong></th><th>a<br>b</th>" in markup


def test_bold_cells_by_style_are_headings_by_their_size():
    fonts = '<fonts><font/><font><b/><sz val="22"/></font><font><b/><sz val="12"/></font></fonts>'
    styles = fonts + '<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs>'
    lines = [(1, "Driver"), (2, "Calm"), (0, "1: shouts"), (0, "5: steadies")]
    cells = [
        text_cell(f"A{number}", text).replace("<c ", f'<c s="{style}" ', 1)
        for number, (style, text) in enumerate(lines, 1)
    ]

    markup = read(xlsx_of({"Levels": rows(*cells)}, styles=styles)).markup

    assert markup == "<h2>Levels</h2><h3>Driver</h3><h4>Calm</h4><ul><li>1: shouts</li><li>5: steadies</li></ul>"


def test_merged_cells_are_spans():
    data = rows(
        text_cell("A1", "Name") + text_cell("B1", "Levels"),
        text_cell("B2", "1") + text_cell("C2", "5"),
        text_cell("A3", "Calm") + text_cell("B3", "no") + text_cell("C3", "yes"),
        after='<mergeCells><mergeCell ref="B1:C1"/><mergeCell ref="A1:A2"/></mergeCells>',
    )

    assert read(xlsx_of({"A": data})).markup.endswith(
        '<table><tr><th rowspan="2">Name</th><th colspan="2">Levels</th></tr><tr><th>1</th><th>5</th></tr>'
        "<tr><td>Calm</td><td>no</td><td>yes</td></tr></table>"
    )


def test_formulas_without_values_and_errors_are_named_by_their_cells():
    data = rows(
        text_cell("A1", "A") + text_cell("B1", "B"),
        '<c r="A2"><f>1+1</f></c><c r="B2" t="e"><v>#DIV/0!</v></c>' + text_cell("C2", "x"),
    )

    page = read(xlsx_of({"A": data}))

    assert [(warning.code, warning.message[-4:]) for warning in page.warnings] == [
        ("formula_without_value", " A2."),
        ("cell_errors", " B2."),
    ]


def test_hidden_sheets_rows_and_columns_are_left_out_with_a_warning():
    data = '<cols><col min="2" max="2" hidden="1"/></cols>' + rows(
        text_cell("A1", "A") + text_cell("B1", "secret") + text_cell("C1", "C"),
        text_cell("A2", "1") + text_cell("C2", "2"),
    )
    data = data.replace("</sheetData>", f'<row r="3" hidden="1">{text_cell("A3", "gone")}</row></sheetData>')

    page = read(xlsx_of({"A": data, "B": sheet_data([["b"]])}, states={"B": "veryHidden"}))

    assert "secret" not in page.markup
    assert "gone" not in page.markup
    assert [warning.code for warning in page.warnings] == ["hidden_sheets", "hidden_cells"]


def test_a_workbook_with_macros_is_read_and_says_that_none_was_run():
    page = read(xlsx_of({"A": sheet_data([["a", "b"], ["1", "2"]])}, **{"xl/vbaProject.bin": b"x"}))

    assert [warning.code for warning in page.warnings] == ["macros_left_out"]


def test_a_sheet_of_too_many_rows_is_refused_early():
    with pytest.raises(UnusableBlueprint, match="more than 2,000 rows"):
        read(xlsx({"Log": [["a", "b"]] * 2_100}))


@pytest.mark.parametrize("data", ["<sheetData>", "<!DOCTYPE a [<!ENTITY b 'c'>]><sheetData/>"])
def test_a_broken_sheet_is_refused(data):
    with pytest.raises(UnusableBlueprint, match="damaged"):
        read(xlsx_of({"A": data}))
