"""OpenDocument: headings by outline and style, nested lists, tables with spans, sheets as they are shown."""

import pytest

from rubrics.readers.opendocument import read_spreadsheet, read_text
from rubrics.readers.page import UnusableBlueprint
from tests.rubrics.office_files import BOLD, ods, ods_of, odt, odt_of, open_paragraph, open_sheet

P = open_paragraph


def test_lists_stand_in_lists_and_bold_is_kept():
    items = f"<text:list-item>{P('*One* thing')}<text:list><text:list-item>{P('below')}</text:list-item></text:list>"

    page = read_text(odt_of(f"<text:list>{items}</text:list-item></text:list>"))

    assert page.markup == "<ul><li><strong>One</strong> thing<ul><li>below</li></ul></li></ul>"


def test_a_style_may_make_a_heading():
    styles = '<style:style style:name="Chapter" style:default-outline-level="2"/>'
    styles += '<style:style style:name="P1" style:parent-style-name="Chapter"/>'

    assert read_text(odt_of('<text:p text:style-name="P1">Hiring</text:p>', styles)).markup == "<h2>Hiring</h2>"


def test_below_a_title_headings_stand_one_level_lower():
    styles = '<style:style style:name="P7" style:parent-style-name="Title"/>'
    body = '<text:p text:style-name="P7">Smith</text:p><text:h text:outline-level="1">Role</text:h>'

    assert read_text(odt_of(body, styles)).markup == "<h1>Smith</h1><h2>Role</h2>"


def test_notes_deleted_and_hidden_text_are_left_out():
    styles = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    body = "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
    body += "<text:p>a<text:note><text:p>foot</text:p></text:note>"
    body += '<text:span text:style-name="H">hidden</text:span> b<text:s text:c="2"/>c<text:line-break/>d</text:p>'

    assert read_text(odt_of(body, styles)).markup == "<p>a b  c<br>d</p>"


def test_text_boxes_follow_their_paragraph():
    body = f"<text:p>a<draw:frame><draw:text-box>{P('boxed')}</draw:text-box></draw:frame></text:p>"

    assert read_text(odt_of(body)).markup == "<p>a</p><p>boxed</p>"


def test_cells_keep_their_spans():
    rows = f'<table:table-row><table:table-cell table:number-columns-spanned="2">{P("wide")}</table:table-cell>'
    rows += (
        f"<table:covered-table-cell/></table:table-row><table:table-row><table:table-cell>{P('a')}</table:table-cell>"
    )

    page = read_text(odt_of(f"<table:table>{rows}</table:table-row></table:table>"))

    assert page.markup == '<table><tr><td colspan="2"><p>wide</p></td></tr><tr><td><p>a</p></td></tr></table>'


def test_sheets_show_what_is_shown_and_repeat_what_is_repeated():
    row = '<table:table-row><table:table-cell office:value="0.2"><text:p>20%</text:p></table:table-cell>'
    row += '<table:table-cell table:number-columns-repeated="2"><text:p>x</text:p></table:table-cell></table:table-row>'
    tail = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'

    markup = read_spreadsheet(ods_of(open_sheet("Weights", row + row + tail))).markup

    assert markup.endswith("<tr><td>20%</td><td>x</td><td>x</td></tr></table>")
    assert markup.count("<tr>") == 2


def test_bold_cells_by_style_are_headings_by_their_size():
    large = '<style:text-properties fo:font-weight="bold" fo:font-size="22pt"/>'
    small = '<style:text-properties fo:font-weight="bold" fo:font-size="12pt"/>'
    styles = f'<style:style style:name="c1">{large}</style:style><style:style style:name="c2">{small}</style:style>'
    lines = [("c1", "Driver"), ("c2", "Calm"), ("", "1: shouts"), ("", "5: steadies")]
    rows = "".join(
        f'<table:table-row><table:table-cell table:style-name="{style}">{P(text)}</table:table-cell></table:table-row>'
        for style, text in lines
    )

    markup = read_spreadsheet(ods_of(open_sheet("Levels", rows), styles)).markup

    assert markup == "<h2>Levels</h2><h3>Driver</h3><h4>Calm</h4><ul><li>1: shouts</li><li>5: steadies</li></ul>"


def test_macros_are_named_and_stay_where_they_are():
    program = {"Basic/Standard/Module1.xml": "<x/>"}
    cell = "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"

    for page in (read_text(odt_of(P("a"), **program)), read_spreadsheet(ods_of(open_sheet("A", cell), **program))):
        assert [warning.code for warning in page.warnings] == ["macros_left_out"]


def test_an_item_of_one_paragraph_is_its_text():
    inner = f"<text:list><text:list-item>{P('b')}</text:list-item></text:list>"
    items = f"<text:list-item>{P('a')}{inner}</text:list-item><text:list-item>{P('c')}{P('d')}</text:list-item>"

    markup = read_text(odt_of(f"<text:list>{items}</text:list>")).markup

    assert markup == "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul>"


def test_hidden_sheets_and_rows_are_left_out_with_a_warning():
    style = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    row = f"<table:table-row>{'<table:table-cell><text:p>a</text:p></table:table-cell>' * 2}</table:table-row>"
    hidden = row.replace("<table:table-row>", '<table:table-row table:visibility="collapse">')
    sheets = open_sheet("Shown", row + hidden + row) + open_sheet("Old", row, "ta2")

    page = read_spreadsheet(ods_of(sheets, style))

    assert page.markup.count("<tr>") == 2
    assert [warning.code for warning in page.warnings] == ["hidden_sheets", "hidden_cells"]


def test_a_long_sheet_is_refused():
    with pytest.raises(UnusableBlueprint, match="more than 2,000 rows"):
        read_spreadsheet(ods({"Log": [["a", "b"]] * 2_100}))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (odt_of("", **{"META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}), "password"),
        (ods_of("", BOLD), "damaged"),
        (odt_of("<text:section>" * 80 + "</text:section>" * 80), "nested too deeply"),
    ],
)
def test_what_cannot_be_read_says_why(data, words):
    with pytest.raises(UnusableBlueprint, match=words):
        read_text(data)


def test_blocks_are_read_in_their_order():
    page = read_text(odt([("h1", "Title"), ("p", "Text"), ("h2", "Part")]))

    assert page.markup == "<h1>Title</h1><p>Text</p><h2>Part</h2>"
