"""OpenDocument: headings by outline and style, nested lists, tables with spans, sheets as they are shown."""

import pytest

from rubrics.readers.opendocument import read_spreadsheet, read_text, sheets_of
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


# --- styles, levels and pieces of a text ------------------------------------------------
@pytest.mark.parametrize(
    ("style", "markup"),
    [
        ('<style:text-properties fo:font-weight="bold"/>', "<p><strong>a</strong>.</p>"),
        ('<style:text-properties fo:font-weight="700"/>', "<p><strong>a</strong>.</p>"),
        ('<style:text-properties fo:font-weight="500"/>', "<p>a.</p>"),
        ('<style:text-properties style:text-line-through-style="none"/>', "<p>a.</p>"),
        ('<style:text-properties style:text-line-through-style="solid"/>', "<p>.</p>"),
    ],
)
def test_a_style_says_how_its_letters_look_also_where_another_is_based_on_it(style, markup):
    styles = f'<style:style style:name="A">{style}</style:style>'
    styles += '<style:style style:name="B" style:parent-style-name="A"/>'

    for name in ("A", "B"):
        span = f'<text:p><text:span text:style-name="{name}">a</text:span>.</text:p>'
        assert read_text(odt_of(span, styles)).markup == markup


@pytest.mark.parametrize(("stated", "level"), [("1", 1), ("6", 6), ("9", 6), ("0", 1), ("x", 1)])
def test_a_heading_s_level_is_one_to_six(stated, level):
    assert read_text(odt_of(f'<text:h text:outline-level="{stated}">a</text:h>')).markup == f"<h{level}>a</h{level}>"


def test_a_bold_paragraph_by_style_is_bold_and_an_empty_one_is_none():
    styles = '<style:style style:name="S"><style:text-properties fo:font-weight="bold"/></style:style>'

    page = read_text(odt_of('<text:p text:style-name="S">a b</text:p><text:p text:style-name="S"> </text:p>', styles))

    assert "a b" in page.markup
    assert page.markup.count("<strong>") + page.markup.count("<h") == 1


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("a<text:s/>b", "a b"),
        ('a<text:s text:c="3"/>b', "a   b"),
        ('a<text:s text:c="9999"/>b', "a b"),
        ('a<text:s text:c="x"/>b', "a b"),
        ("a<text:tab/>b", "a b"),
        ("a<text:a>link</text:a>b", "alinkb"),
        ("a<office:annotation><text:p>note</text:p></office:annotation>b", "ab"),
        ("a<text:ruby><text:ruby-base>佐</text:ruby-base><text:ruby-text>さ</text:ruby-text></text:ruby>", "a佐"),
        ("a &lt;b&gt;", "a &lt;b&gt;"),
    ],
)
def test_pieces_of_a_line(inside, text):
    assert read_text(odt_of(f"<text:p>{inside}</text:p>")).markup == f"<p>{text}</p>"


def test_sections_are_entered_and_contents_are_not():
    body = f"<text:section>{P('a')}</text:section><text:table-of-content>{P('1 Role')}</text:table-of-content>"

    assert read_text(odt_of(body)).markup == "<p>a</p>"


def test_rows_in_groups_are_rows_and_those_of_a_table_in_a_cell_are_its_own():
    row = "<table:table-row><table:table-cell>{}</table:table-cell></table:table-row>"
    inner = f"<table:table>{row.format(P('in'))}</table:table>"
    head = f"<table:table-header-rows>{row.format(P('h'))}</table:table-header-rows>"
    body = f"<table:table>{head}<table:table-row-group>{row.format(inner)}</table:table-row-group></table:table>"

    markup = read_text(odt_of(body)).markup

    assert markup.replace("<p>", "").replace("</p>", "") == (
        "<table><tr><th>h</th></tr><tr><td><table><tr><td>in</td></tr></table></td></tr></table>"
    )


# --- sheets ------------------------------------------------------------------------------
def cells(*texts: str, of_row: str = "", of_cell: str = "") -> str:
    line = "".join(f"<table:table-cell {of_cell}><text:p>{text}</text:p></table:table-cell>" for text in texts)
    return f"<table:table-row {of_row}>{line}</table:table-row>"


def grid(rows: str, *, most: int = 2_000):
    [sheet] = sheets_of(ods_of(open_sheet("A", rows)), most=most)
    return sheet


def texts(sheet) -> list[list[str]]:
    return [[cell.markup for cell in row] for row in sheet.rows]


def test_empty_rows_part_what_stands_around_them_once_and_count_on():
    empty = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'

    sheet = grid(cells("a") + empty + empty + cells("b") + empty)

    assert texts(sheet) == [["a"], [], ["b"]]
    assert sheet.numbers == [1, 8, 8]


def test_rows_that_repeat_are_as_many_and_up_to_the_limit():
    twice = 'table:number-rows-repeated="2"'

    assert grid(cells("a", of_row=twice) + cells("b")).numbers == [1, 2, 3]
    assert not grid(cells("a", of_row=twice), most=2).too_long
    assert grid(cells("a", of_row=twice), most=1).too_long


def test_hidden_columns_are_left_out_and_repeated_ones_counted():
    columns = '<table:table-column table:number-columns-repeated="2"/>'
    columns += (
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/><table:table-column/>'
    )

    sheet = grid(columns + cells("a", "b", "c", "d", "e"))

    assert (texts(sheet), sheet.hidden_columns) == ([["a", "b", "e"]], 2)


def test_filtered_rows_are_counted_as_hidden():
    filtered = cells("x", of_row='table:visibility="filter" table:number-rows-repeated="4"')

    sheet = grid(cells("a") + filtered + cells("b"))

    assert (texts(sheet), sheet.hidden_rows, sheet.numbers) == ([["a"], ["b"]], 4, [1, 6])


def test_columns_beyond_sixty_are_left_out():
    assert len(grid(cells("a", of_cell='table:number-columns-repeated="1000"')).rows[0]) == 60


def test_lines_of_a_cell_stand_apart_and_covered_cells_hold_their_place():
    lines = "<text:p>a</text:p><text:p/><text:p>b</text:p>"
    row = f'<table:table-row><table:table-cell table:number-columns-spanned="2">{lines}</table:table-cell>'
    row += "<table:covered-table-cell/></table:table-row>"

    [[first, second]] = grid(row).rows

    assert (first.markup, first.columns, second.covered) == ("a<br>b", 2, True)


def test_a_cell_that_holds_an_error_is_empty():
    calc = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    error = f'xmlns:calcext="{calc}" calcext:value-type="error"'

    assert texts(grid(cells("a") + cells("#REF!", of_cell=error) + cells("b"))) == [["a"], [], ["b"]]
