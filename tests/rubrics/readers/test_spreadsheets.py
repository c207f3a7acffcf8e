"""Workbooks of Excel: cells as shown, merged ones as spans, and what has no value."""

import pytest

from rubrics.readers.page import UnusableBlueprint
from rubrics.readers.sheets import Sheet
from rubrics.readers.spreadsheets import read, sheets_of
from tests.rubrics.office_files import OFFICE, S, sheet_data, text_cell, xlsx, xlsx_of, zipped

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


# --- cells and rows as the file has them -------------------------------------------------
def sheet_of(data: str, **members: str) -> Sheet:
    [sheet] = sheets_of(xlsx_of({"A": data}, **members))
    return sheet


def texts(sheet: Sheet) -> list[list[str]]:
    return [["" if cell.covered else cell.markup for cell in row] for row in sheet.rows]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="A1" t="b"><v>0</v></c>', "FALSE"),
        ('<c r="A1" t="str"><f>A2</f><v>a &lt; b</v></c>', "a &lt; b"),
        ('<c r="A1" t="d"><v>2026-05-04</v></c>', "2026-05-04"),
        ('<c r="A1"><v>4</v></c>', "4"),
        ('<c r="A1" t="n"><f>2+2</f><v>4</v></c>', "4"),
        (
            '<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>Ca</t></r><r><t>re</t></r></is></c>',
            "<strong>Ca</strong>re",
        ),
        ('<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t> </t></r><r><t>a</t></r></is></c>', " a"),
        ('<c r="A1" t="inlineStr"><is><t>a_x0041__x000d_&#10;b&#13;c&#10;</t></is></c>', "aA<br>b<br>c"),
    ],
)
def test_a_cell_is_shown_by_its_kind(cell, shown):
    assert texts(sheet_of(rows(cell))) == [[shown]]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" t="s"><v>7</v></c>',
        '<c r="A1" t="inlineStr"/>',
        '<c r="A1"><v/></c>',
        '<c r="A1" t="str"><f>B9</f></c>',
        '<c r="A1"/>',
    ],
)
def test_a_cell_without_a_text_is_empty_and_nothing_is_said_of_it(cell):
    sheet = sheet_of(rows(cell + text_cell("B1", "b")))

    assert (texts(sheet), sheet.uncalculated, sheet.errors) == ([["", "b"]], [], [])


def test_cells_and_rows_without_a_place_follow_each_other():
    unplaced = "<row>{}</row>".format('<c t="inlineStr"><is><t>x</t></is></c>' * 2)
    placed = f'<row r="4">{text_cell("C4", "c")}<c t="inlineStr"><is><t>d</t></is></c></row>'

    sheet = sheet_of(f"<sheetData>{unplaced}{unplaced}{placed}{unplaced}</sheetData>")

    assert texts(sheet) == [["x", "x"], ["x", "x"], [], ["", "", "c", "d"], ["x", "x"]]
    assert sheet.numbers == [1, 2, 4, 4, 5]


def test_columns_are_counted_by_letters_and_those_beyond_sixty_left_out():
    cells = text_cell("$A$1", "a") + text_cell("AA1", "aa") + text_cell("BH1", "bh") + text_cell("BI1", "bi")

    [line] = texts(sheet_of(rows(cells)))

    assert (line[0], line[26], line[59], len(line)) == ("a", "aa", "bh", 60)


def test_rows_without_a_word_part_what_stands_around_them_but_for_merged_and_hidden_ones():
    apart = f'<row r="1">{text_cell("A1", "a")}</row><row r="3">{text_cell("A3", "b")}</row>'
    merged = '<mergeCells><mergeCell ref="A1:A3"/></mergeCells>'
    hidden = apart.replace('<row r="3">', f'<row r="2" hidden="1">{text_cell("A2", "x")}</row><row r="3">')

    assert texts(sheet_of(f"<sheetData>{apart}</sheetData>")) == [["a"], [], ["b"]]
    assert texts(sheet_of(f"<sheetData>{apart}</sheetData>{merged}")) == [["a"], [""]]
    assert texts(sheet_of(f"<sheetData>{hidden}</sheetData>")) == [["a"], ["b"]]
    assert sheet_of(f"<sheetData>{hidden}</sheetData>").hidden_rows == 1


def test_a_hidden_row_without_a_word_is_not_counted():
    data = f'<row r="1">{text_cell("A1", "a")}</row><row r="2" hidden="1"><c r="A2"/></row>'

    assert sheet_of(f"<sheetData>{data}</sheetData>").hidden_rows == 0


def test_a_merged_cell_is_as_wide_and_high_as_what_is_seen_of_it():
    data = '<cols><col min="2" max="2" hidden="true"/></cols>' + rows(
        text_cell("A1", "wide"), text_cell("A2", "x") + text_cell("C2", "y")
    )

    sheet = sheet_of(data + '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>')

    assert (sheet.rows[0][0].columns, sheet.rows[0][0].rows) == (2, 1)
    assert [cell.covered for cell in sheet.rows[0]] == [False, True]
    assert sheet.hidden_columns == 1


@pytest.mark.parametrize("reference", ["A1", "A1:", "C3:A1", "x:y", ""])
def test_a_merged_place_that_is_none_is_passed_over(reference):
    data = rows(text_cell("A1", "a"), text_cell("A2", "b")) + f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>'

    assert texts(sheet_of(data)) == [["a"], ["b"]]


def test_a_hidden_column_is_one_that_says_so():
    data = '<cols><col min="1" max="1" hidden="0"/><col min="2" max="16384" hidden="1"/></cols>'

    sheet = sheet_of(data + rows(text_cell("A1", "a") + text_cell("B1", "b")))

    assert texts(sheet) == [["a"]]


@pytest.mark.parametrize(("state", "hidden"), [("hidden", True), ("veryHidden", True), ("visible", False)])
def test_a_sheet_is_hidden_by_its_state(state, hidden):
    [sheet] = sheets_of(xlsx_of({"A": sheet_data([["a"]])}, states={"A": state}))

    assert sheet.hidden is hidden


def test_a_sheet_of_as_many_rows_as_the_limit_is_read():
    assert [sheet.too_long for sheet in sheets_of(xlsx({"A": [["a"]] * 3}), most=3)] == [False]
    assert [sheet.too_long for sheet in sheets_of(xlsx({"A": [["a"]] * 4}), most=3)] == [True]


def test_days_are_counted_from_1904_where_the_workbook_says_so():
    book = (
        f'<workbook {S}><workbookPr date1904="1"/><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    dated = rows('<c r="A1" s="0"><v>43830</v></c>')

    data = xlsx_of({"A": dated}, styles='<cellXfs><xf numFmtId="14"/></cellXfs>', **{"xl/workbook.xml": book})

    assert [texts(sheet) for sheet in sheets_of(data)] == [[["2024-01-01"]]]


def test_a_workbook_of_another_name_is_found_by_its_relation():
    book = f'<workbook {S}><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
    members = {
        "_rels/.rels": '<R><Relationship Type="x/officeDocument" Target="/book/main.xml"/></R>',
        "book/main.xml": book,
        "book/_rels/main.xml.rels": '<R><Relationship Id="r1" Type="x/worksheet" Target="../one.xml"/></R>',
        "one.xml": f"<worksheet {S}>{sheet_data([['a', 'b']])}</worksheet>",
    }

    assert [texts(sheet) for sheet in sheets_of(zipped(members))] == [[["a", "b"]]]
    with pytest.raises(UnusableBlueprint, match="damaged"):
        sheets_of(zipped(members | {"_rels/.rels": "<R/>"}))


def test_a_sheet_of_charts_or_one_that_is_missing_has_no_rows():
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="{target}"/>'
        for number, target in enumerate(("chartsheets/sheet1.xml", "worksheets/none.xml"), 1)
    )
    members = {"xl/_rels/workbook.xml.rels": f"<R>{relations}</R>", "xl/chartsheets/sheet1.xml": f"<chartsheet {S}/>"}

    sheets = sheets_of(xlsx_of({"A": sheet_data([["a"]]), "B": sheet_data([["b"]])}, **members))

    assert [(sheet.name, list(sheet.rows)) for sheet in sheets] == [("A", []), ("B", [])]


def test_rows_that_were_made_high_by_merging_their_cells_are_one_table():
    lines = {1: ("Skill", "1", "5"), 2: ("Care", "loses", "keeps"), 4: ("Order", "heaps", "maps")}
    cells = ""
    for number, words in lines.items():
        written = [text_cell(f"{column}{number}", text) for column, text in zip("ABC", words, strict=True)]
        cells += f'<row r="{number}">{"".join(written)}</row>'
    merged = "".join(f'<mergeCell ref="{column}{row}:{column}{row + 1}"/>' for column in "ABC" for row in (2, 4))

    sheet = sheet_of(f"<sheetData>{cells}</sheetData><mergeCells>{merged}</mergeCells>")

    assert texts(sheet) == [list(words) for words in lines.values()]
    assert {cell.rows for row in sheet.rows for cell in row} == {1}
