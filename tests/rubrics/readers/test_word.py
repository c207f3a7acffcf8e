"""Word files: as they read after all changes, with lists, boxes, head rows and merged cells."""

import pytest

from rubrics.readers.page import UnusableBlueprint
from rubrics.readers.word import read
from tests.rubrics.office_files import docx, docx_of, word_paragraph, word_runs, word_table

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
