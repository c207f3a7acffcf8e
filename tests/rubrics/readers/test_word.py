"""Word files: as they read after all changes, with lists, boxes, head rows and merged cells."""

import pytest

from rubrics.readers.page import UnusableBlueprint
from rubrics.readers.word import read
from tests.rubrics.office_files import W, docx, docx_of, word_paragraph, word_runs, word_table, zipped

P = word_paragraph


def item(text: str, level: int = 0) -> str:
    return P(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{P(text)}</w:tc>"


def test_list_paragraphs_are_lists_of_their_depth():
    page = read(docx_of(item("a") + item("b", 1) + item("*c* d") + P("e")))

    assert page.markup == "<ul><li>a</li><ul><li>b</li></ul><li><strong>c</strong> d</li></ul><p>e</p>"


def test_it_is_read_as_if_all_changes_were_accepted():
    body = f"<w:p><w:del>{word_runs('old')}</w:del><w:ins>{word_runs('new')}</w:ins></w:p>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('x')}</w:tr>"

    page = read(docx_of(body + f"<w:tbl>{gone}<w:tr>{cell('y')}</w:tr></w:tbl>"))

    assert page.markup == "<p>new</p><table><tr><td><p>y</p></td></tr></table>"
    assert [warning.code for warning in page.warnings] == ["tracked_changes"]


def test_struck_out_and_hidden_text_and_notes_are_left_out():
    run = "<w:r><w:rPr><w:{}/></w:rPr><w:t>gone</w:t></w:r>"
    body = f"<w:p>{word_runs('a')}{run.format('strike')}{run.format('vanish')}<w:r><w:footnoteReference/></w:r></w:p>"

    assert read(docx_of(body)).markup == "<p>a</p>"


def test_raised_text_breaks_and_tabs_are_kept():
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>6</w:t></w:r>'
    body = f"<w:p>{word_runs('10')}{raised}<w:r><w:br/><w:t>b</w:t><w:tab/><w:t>&lt;c&gt;</w:t></w:r></w:p>"

    assert read(docx_of(body)).markup == "<p>10<sup>6</sup><br>b &lt;c&gt;</p>"


def test_signs_are_kept_without_the_reading_above_them_and_formulas_as_their_signs():
    reading, base = word_runs("さとう"), word_runs("佐藤")
    ruby = f"<w:r><w:ruby><w:rt>{reading}</w:rt><w:rubyBase>{base}</w:rubyBase></w:ruby></w:r>"
    space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = f'<m:oMath xmlns:m="{space}"><m:r><m:t>x&lt;7</m:t></m:r></m:oMath>'
    body = f"<w:p>{word_runs('Asked by ')}{ruby}{word_runs(', ')}{formula}</w:p>"

    assert read(docx_of(body)).markup == "<p>Asked by 佐藤, x&lt;7</p>"


def test_a_text_box_follows_its_paragraph_once():
    box = f"<w:txbxContent>{P('boxed')}</w:txbxContent>"
    drawn = f"<mc:AlternateContent xmlns:mc='m'><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
    drawn += f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"

    assert read(docx_of(f"<w:p>{word_runs('a')}<w:r>{drawn}</w:r></w:p>")).markup == "<p>a</p><p>boxed</p>"


def test_content_controls_are_entered_and_a_table_of_contents_is_not():
    contents = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = f"{contents}<w:sdtContent>{P('1 Hiring 7')}</w:sdtContent></w:sdt>"
    body += f"<w:sdt><w:sdtContent>{P('kept')}</w:sdtContent></w:sdt>"

    assert read(docx_of(body)).markup == "<p>kept</p>"


def test_a_heading_has_the_number_that_its_list_gives():
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="5">'
    numbering += '<w:abstractNumId w:val="0"/></w:num>'
    heading = '<w:pStyle w:val="H2"/><w:numPr><w:numId w:val="5"/></w:numPr>'

    page = read(docx_of(P("Role", heading) + P("Hiring", heading), numbering=numbering))

    assert page.markup == "<h2>1) Role</h2><h2>2) Hiring</h2>"


def test_a_second_head_row_and_merged_cells_are_kept():
    head = "<w:trPr><w:tblHeader/></w:trPr>"
    rows = [
        head + cell("Name", '<w:vMerge w:val="restart"/>') + cell("Levels", '<w:gridSpan w:val="2"/>'),
        cell("", "<w:vMerge/>") + cell("1") + cell("5"),
        cell("Calm") + cell("no") + cell("yes"),
    ]

    page = read(docx_of("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"))

    assert page.markup.replace("<p>", "").replace("</p>", "") == (
        '<table><tr><th rowspan="2">Name</th><th colspan="2">Levels</th></tr><tr><th>1</th><th>5</th></tr>'
        "<tr><td>Calm</td><td>no</td><td>yes</td></tr></table>"
    )


def test_below_a_title_headings_stand_one_level_lower():
    styles = '<w:style w:styleId="T"><w:name w:val="Title"/></w:style>'
    styles += '<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    body = P("Smith", '<w:pStyle w:val="T"/>') + P("Role", '<w:pStyle w:val="H1"/>')

    assert read(docx_of(body, styles=styles)).markup == "<h1>Smith</h1><h2>Role</h2>"


def test_a_style_of_word_s_own_says_how_deep_an_item_stands():
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:styleId="L"><w:name w:val="List Bullet 2"/>{numbered}</w:style>'

    page = read(docx_of(item("a") + P("b", '<w:pStyle w:val="L"/>'), styles=styles))

    assert page.markup == "<ul><li>a</li><ul><li>b</li></ul></ul>"


def test_macros_stay_where_they_are():
    assert read(docx([("p", "a")], **{"word/vbaProject.bin": b"x"})).warnings[0].code == "macros_left_out"


def test_pictures_from_elsewhere_are_not_looked_at():
    relations = '<Relationships><Relationship Id="r1" TargetMode="External" Target="http://127.0.0.1:1/a.png"/>'
    body = "<w:p><w:r><w:drawing><a:blip xmlns:a='a' xmlns:r='r' r:link='r1'/></w:drawing></w:r></w:p>" + P("a")

    page = read(docx_of(body, **{"word/_rels/document.xml.rels": f"{relations}</Relationships>"}))

    assert page.markup == "<p>a</p>"


def test_tables_nested_too_deeply_are_refused():
    with pytest.raises(UnusableBlueprint, match="nested too deeply"):
        read(docx_of("<w:tbl><w:tr><w:tc>" * 100 + "</w:tc></w:tr></w:tbl>" * 100))


def test_a_table_without_a_head_has_none():
    table = word_table([["Role title", "Smith"], ["Level", "2"]]).replace("<w:tblHeader/>", "")

    assert "<th>" not in read(docx_of(table)).markup


# --- what a paragraph says of itself, and pieces that are rare --------------------------
@pytest.mark.parametrize(
    ("properties", "markup"),
    [
        ('<w:outlineLvl w:val="1"/>', "<h2>Care</h2>"),
        ('<w:pStyle w:val="H2"/><w:outlineLvl w:val="9"/>', "<p>Care</p>"),
        ('<w:pStyle w:val="H2"/><w:outlineLvl w:val="3"/>', "<h4>Care</h4>"),
        ('<w:numPr><w:numId w:val="0"/></w:numPr>', "<p>Care</p>"),
        ('<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>', "<ul><ul><li>Care</li></ul></ul>"),
    ],
)
def test_a_paragraph_s_own_properties_go_before_its_style(properties, markup):
    assert read(docx_of(P("Care", properties))).markup == markup


def test_an_empty_paragraph_is_none_and_ends_no_list():
    assert read(docx_of(item("a") + P("  ") + item("b"))).markup == "<ul><li>a</li><li>b</li></ul>"


def test_headings_below_a_title_end_at_six():
    styles = '<w:style w:styleId="T"><w:name w:val="Title"/></w:style>'
    styles += '<w:style w:styleId="H6"><w:name w:val="heading 6"/></w:style>'

    page = read(docx_of(P("Smith", '<w:pStyle w:val="T"/>') + P("Role", '<w:pStyle w:val="H6"/>'), styles=styles))

    assert page.markup == "<h1>Smith</h1><h6>Role</h6>"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ('<w:sym w:font="Wingdings" w:char="F0FC"/>', "✓"),
        ('<w:sym w:font="Wingdings" w:char="f0a8"/>', "☐"),
        ('<w:sym w:font="Wingdings" w:char="F000"/>', ""),
        ("<w:t>a</w:t><w:cr/><w:t>b</w:t>", "a<br>b"),
        ('<w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t>', "ab"),
        ('<w:t>a</w:t><w:br w:type="column"/><w:t>b</w:t>', "ab"),
        ('<w:t>a</w:t><w:br w:type="textWrapping"/><w:t>b</w:t>', "a<br>b"),
        ("<w:t>a</w:t><w:ptab/><w:t>b</w:t>", "a b"),
        ("<w:t>well</w:t><w:noBreakHyphen/><w:t>known</w:t>", "well-known"),
        ("<w:t>a</w:t><w:softHyphen/><w:t>b</w:t>", "ab"),
        ("<w:t>a</w:t><w:instrText>PAGE</w:instrText>", "a"),
    ],
)
def test_signs_and_breaks_of_a_run(inside, text):
    assert read(docx_of(f"<w:p><w:r>{inside}</w:r>{word_runs('.')}</w:p>")).markup == f"<p>{text}.</p>"


@pytest.mark.parametrize(("stated", "bold"), [("<w:b/>", True), ('<w:b w:val="0"/>', False), ("", True)])
def test_a_run_s_own_weight_goes_before_that_of_its_styles(stated, bold):
    styles = '<w:style w:styleId="S"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    run = f'<w:r><w:rPr><w:rStyle w:val="S"/>{stated}</w:rPr><w:t>Care</w:t></w:r>'

    page = read(docx_of(f"<w:p>{run}{word_runs(' of maps')}</w:p>", styles=styles))

    assert ("<strong>Care</strong>" in page.markup) is bold


def test_a_lowered_sign_is_kept_and_a_blank_is_neither_bold_nor_raised():
    lowered = '<w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r>'
    blank = '<w:r><w:rPr><w:b/><w:vertAlign w:val="superscript"/></w:rPr><w:t xml:space="preserve"> </w:t></w:r>'
    level = '<w:r><w:rPr><w:vertAlign w:val="baseline"/></w:rPr><w:t>O</w:t></w:r>'

    body = f"<w:p>{word_runs('H')}{lowered}{blank}{level}</w:p>"

    assert read(docx_of(body)).markup == "<p>H<sub>2</sub> O</p>"


@pytest.mark.parametrize("around", ["hyperlink", "smartTag", "fldSimple", "ins", "moveTo"])
def test_text_is_read_inside_links_fields_and_what_was_added(around):
    page = read(docx_of(f"<w:p><w:{around}>{word_runs('a')}</w:{around}>{word_runs('b')}</w:p>"))

    assert page.markup == "<p>ab</p>"


def test_what_was_moved_away_is_gone_and_where_it_went_is_told():
    body = f"<w:p><w:moveFrom>{word_runs('old')}</w:moveFrom><w:moveTo>{word_runs('new')}</w:moveTo></w:p>"

    page = read(docx_of(body))

    assert (page.markup, [warning.code for warning in page.warnings]) == ("<p>new</p>", ["tracked_changes"])


def test_content_for_new_programs_goes_before_that_for_old_ones_and_may_be_missing():
    both = "<mc:AlternateContent xmlns:mc='m'>{}<mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    chosen = both.format(f"<mc:Choice>{word_runs('new')}</mc:Choice>", word_runs("old"))
    fallen = both.format("", word_runs("old"))
    empty = "<mc:AlternateContent xmlns:mc='m'/>"

    assert read(docx_of(f"<w:p>{chosen}</w:p><w:p>{fallen}</w:p><w:p>{empty}</w:p>")).markup == "<p>new</p><p>old</p>"


def test_a_row_may_begin_and_end_beside_the_first_column():
    rows = [cell("Name") + cell("1") + cell("5"), '<w:trPr><w:gridBefore w:val="2"/></w:trPr>' + cell("yes")]

    page = read(docx_of("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"))

    assert '<tr><td colspan="2"></td><td><p>yes</p></td></tr>' in page.markup


@pytest.mark.parametrize(("written", "span"), [("3", 3), ("0", 1), ("-2", 1), ("x", 1), ("1000", 60)])
def test_a_span_that_no_table_has_is_bounded(written, span):
    table = f"<w:tbl><w:tr>{cell('a', f'<w:gridSpan w:val={written!r}/>')}{cell('b')}</w:tr></w:tbl>"

    markup = read(docx_of(table)).markup

    assert (f'colspan="{span}"' in markup) is (span > 1)


def test_a_cell_that_goes_on_below_nothing_is_a_cell():
    table = f"<w:tbl><w:tr>{cell('', '<w:vMerge/>')}{cell('b')}</w:tr><w:tr>{cell('c')}{cell('d')}</w:tr></w:tbl>"

    assert read(docx_of(table)).markup.count("<td>") == 4


def test_a_table_of_nothing_but_heads_has_one():
    head = "<w:trPr><w:tblHeader/></w:trPr>"

    page = read(docx_of(f"<w:tbl><w:tr>{head}{cell('a')}</w:tr><w:tr>{head}{cell('b')}</w:tr></w:tbl>"))

    assert page.markup.replace("<p>", "").replace("</p>", "") == (
        "<table><tr><th>a</th></tr><tr><td>b</td></tr></table>"
    )


def test_a_main_part_of_another_name_is_found_by_its_relation():
    body = f"<w:document {W}><w:body>{P('a')}</w:body></w:document>"
    relation = '<Relationship Type="http://x/officeDocument" Target="/docs/main.xml"/>'

    assert read(zipped({"_rels/.rels": f"<R>{relation}</R>", "docs/main.xml": body})).markup == "<p>a</p>"
    with pytest.raises(UnusableBlueprint, match="damaged"):
        read(zipped({"_rels/.rels": "<R/>", "docs/main.xml": body}))
    with pytest.raises(UnusableBlueprint, match="damaged"):
        read(zipped({"word/document.xml": f"<w:document {W}/>"}))


BOLD_STYLES = '<w:style w:styleId="B"><w:name w:val="Body"/><w:rPr><w:b/></w:rPr></w:style>'
BOLD_STYLES += '<w:style w:styleId="H"><w:name w:val="heading 3"/><w:rPr><w:b/></w:rPr></w:style>'
BOLD_STYLES += '<w:style w:styleId="X"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>'


def test_a_bold_style_makes_its_text_bold_and_a_heading_s_is_no_more_than_a_heading():
    light = '<w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t> of it.</w:t></w:r>'
    heavy = "<w:r><w:t>All</w:t></w:r>"
    body = f'<w:p><w:pPr><w:pStyle w:val="B"/></w:pPr>{heavy}{light}</w:p>' + P("Role", '<w:pStyle w:val="H"/>')
    body += "<w:p><w:r><w:t>Seen.</w:t></w:r></w:p>"

    assert read(docx_of(body, styles=BOLD_STYLES)).markup == (
        "<p><strong>All</strong> of it.</p><h3>Role</h3><p>Seen.</p>"
    )


def test_hidden_styles_hide_a_paragraph_and_a_run():
    run = '<w:r><w:rPr><w:rStyle w:val="X"/></w:rPr><w:t>gone</w:t></w:r>'
    body = P("gone too", '<w:pStyle w:val="X"/>') + f"<w:p>{word_runs('a')}{run}</w:p>"

    assert read(docx_of(body, styles=BOLD_STYLES)).markup == "<p>a</p>"


def test_rows_and_cells_in_content_controls_are_of_the_table():
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    row = control.format(f"<w:tr>{cell('a')}{control.format(cell('b'))}</w:tr>")

    markup = read(docx_of(f"<w:tbl>{row}</w:tbl>")).markup

    assert markup == "<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>"


def test_a_box_that_was_deleted_is_gone_and_an_empty_paragraph_s_box_stays():
    box = f"<w:r><w:pict><w:txbxContent>{P('boxed')}</w:txbxContent></w:pict></w:r>"

    assert read(docx_of(f"<w:p><w:del>{box}</w:del>{word_runs('a')}</w:p>")).markup == "<p>a</p>"
    assert read(docx_of(f"<w:p>{box}</w:p>")).markup == "<p>boxed</p>"


def test_boxes_inside_boxes_are_refused_where_they_are_too_deep():
    body = "<w:p><w:r><w:txbxContent>" * 70 + "</w:txbxContent></w:r></w:p>" * 70

    assert read(docx_of(body)).markup == ""


def test_a_cell_that_goes_on_shows_nothing_of_its_own():
    rows = [
        cell("a", '<w:vMerge w:val="restart"/>') + cell("b"),
        cell("hidden", '<w:vMerge w:val="continue"/>') + cell("c"),
    ]

    markup = read(docx_of("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")).markup

    assert "hidden" not in markup
    assert 'rowspan="2"' in markup
