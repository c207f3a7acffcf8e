"""Writes small Office files from the same blocks: what Word, Writer, Excel and Calc would save, no more than is read.

A block is a pair: ("h1".."h6", text), ("p", text), ("ul", items) or ("table", rows of texts). Bold text stands
between asterisks.
"""

import html
import re
import zipfile
from collections.abc import Sequence
from io import BytesIO

Block = tuple[str, object]

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{OFFICE}"'
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")),
        *(("fo", "xsl-fo-compatible"), ("draw", "drawing")),
    )
)


def zipped(members: dict[str, str | bytes]) -> bytes:
    """An archive of these members."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def runs(text: str) -> list[tuple[str, bool]]:
    """The parts of a text, and whether each is bold."""
    parts = re.split(r"\*([^*]+)\*", text)
    return [(part, bool(index % 2)) for index, part in enumerate(parts) if part]


# --- HTML, for comparison ---


def html_file(blocks: Sequence[Block]) -> bytes:
    return "".join(_html(*block) for block in blocks).encode()


def _html(kind: str, content) -> str:
    if kind == "ul":
        return "<ul>" + "".join(f"<li>{_html_text(item)}</li>" for item in content) + "</ul>"
    if kind == "table":
        return (
            "<table>"
            + "".join(_html_row(row, "td" if index else "th") for index, row in enumerate(content))
            + "</table>"
        )
    return f"<{kind}>{_html_text(content)}</{kind}>"


def _html_row(row: Sequence[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{_html_text(cell)}</{tag}>" for cell in row) + "</tr>"


def _html_text(text: str) -> str:
    return "".join(f"<b>{html.escape(part)}</b>" if bold else html.escape(part) for part, bold in runs(text))


# --- Word ---

WORD_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="H{level}"><w:name w:val="heading {level}"/></w:style>'
    for level in range(1, 7)
)
BULLETS = """<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>"""


def docx(blocks: Sequence[Block], **members: str | bytes) -> bytes:
    """A Word file of these blocks."""
    return docx_of("".join(_word(*block) for block in blocks), **members)


def docx_of(body: str, *, styles: str = WORD_STYLES, numbering: str = BULLETS, **members: str | bytes) -> bytes:
    """A Word file with this body, as Word's own markup."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
            "word/numbering.xml": f"<w:numbering {W}>{numbering}</w:numbering>",
            **members,
        }
    )


def word_paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{word_runs(text)}</w:p>"


def word_runs(text: str) -> str:
    return "".join(
        f'<w:r><w:rPr>{"<w:b/>" * bold}</w:rPr><w:t xml:space="preserve">{html.escape(part)}</w:t></w:r>'
        for part, bold in runs(text)
    )


def _word(kind: str, content) -> str:
    if kind == "ul":
        numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        return "".join(word_paragraph(item, numbered) for item in content)
    if kind == "table":
        return word_table(content)
    return word_paragraph(content, "" if kind == "p" else f'<w:pStyle w:val="H{kind[1]}"/>')


def word_table(rows: Sequence[Sequence[str]]) -> str:
    head = "<w:trPr><w:tblHeader/></w:trPr>"
    lines = [
        f"<w:tr>{'' if index else head}" + "".join(f"<w:tc>{word_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for index, row in enumerate(rows)
    ]
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


# --- OpenDocument ---

BOLD = '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'


def odt(blocks: Sequence[Block]) -> bytes:
    """An OpenDocument text of these blocks."""
    return odt_of("".join(_open(*block) for block in blocks))


def odt_of(body: str, styles: str = BOLD, **members: str) -> bytes:
    """An OpenDocument text with this body, as its own markup."""
    return _open_document("text", body, styles, members)


def _open_document(kind: str, body: str, styles: str, members: dict[str, str]) -> bytes:
    content = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:{kind}>{body}"
    content += f"</office:{kind}></office:body>"
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {ODF}>{content}</office:document-content>",
            **members,
        }
    )


def _open(kind: str, content) -> str:
    if kind == "ul":
        items = "".join(f"<text:list-item>{open_paragraph(item)}</text:list-item>" for item in content)
        return f"<text:list>{items}</text:list>"
    if kind == "table":
        head, *rest = (_open_row(row) for row in content)
        rows = f"<table:table-header-rows>{head}</table:table-header-rows>{''.join(rest)}"
        return f"<table:table>{rows}</table:table>"
    if kind == "p":
        return open_paragraph(content)
    return f'<text:h text:outline-level="{kind[1]}">{html.escape(content)}</text:h>'


def open_paragraph(text: str) -> str:
    parts = (
        f'<text:span text:style-name="B">{html.escape(part)}</text:span>' if bold else html.escape(part)
        for part, bold in runs(text)
    )
    return f"<text:p>{''.join(parts)}</text:p>"


def _open_row(row: Sequence[str]) -> str:
    return (
        "<table:table-row>"
        + "".join(f"<table:table-cell>{open_paragraph(c)}</table:table-cell>" for c in row)
        + "</table:table-row>"
    )


def ods(sheets: dict[str, Sequence[Sequence[str]]]) -> bytes:
    """An OpenDocument spreadsheet of these sheets."""
    return ods_of("".join(open_sheet(name, "".join(map(_open_row, rows))) for name, rows in sheets.items()))


def ods_of(body: str, styles: str = BOLD, **members: str) -> bytes:
    """An OpenDocument spreadsheet with these tables, as its own markup."""
    return _open_document("spreadsheet", body, styles, members)


def open_sheet(name: str, rows: str, style: str = "") -> str:
    return f'<table:table table:name="{html.escape(name)}" table:style-name="{style}">{rows}</table:table>'


# --- Excel ---


def xlsx(sheets: dict[str, Sequence[Sequence[str]]]) -> bytes:
    """A workbook of these sheets; all cells are texts."""
    return xlsx_of({name: sheet_data(rows) for name, rows in sheets.items()})


def sheet_data(rows: Sequence[Sequence[str]]) -> str:
    lines = (
        f'<row r="{number}">'
        + "".join(text_cell(f"{chr(65 + index)}{number}", text) for index, text in enumerate(row) if text)
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    return f"<sheetData>{''.join(lines)}</sheetData>"


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{html.escape(text)}</t></is></c>'


def xlsx_of(
    sheets: dict[str, str], *, states: dict[str, str] | None = None, styles: str = "", **members: str | bytes
) -> bytes:
    """A workbook of these sheets, as Excel's own markup; `states` hides some, `styles` are formats of cells."""
    listed, relations, parts = [], [], {}
    for number, (name, data) in enumerate(sheets.items(), 1):
        state = (states or {}).get(name, "visible")
        listed.append(f'<sheet name="{html.escape(name)}" sheetId="{number}" state="{state}" r:id="rId{number}"/>')
        target = f"worksheets/sheet{number}.xml"
        relations.append(f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="{target}"/>')
        parts[f"xl/{target}"] = f"<worksheet {S}>{data}</worksheet>"
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f"<workbook {S}><sheets>{''.join(listed)}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f"<Relationships>{''.join(relations)}</Relationships>",
            "xl/styles.xml": f"<styleSheet {S}>{styles}</styleSheet>",
            **parts,
            **members,
        }
    )
