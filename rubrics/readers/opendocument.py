"""OpenDocument text and spreadsheets (ODT, ODS): cells as they are shown, headings, lists and tables with spans."""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from rubrics.readers.archives import DAMAGED, Archive
from rubrics.readers.fonts import points
from rubrics.readers.headings import with_bold_headings
from rubrics.readers.macros import macros_in
from rubrics.readers.page import Page, UnusableBlueprint
from rubrics.readers.sheets import Sheet, page_of_sheets
from rubrics.readers.tables import MOST_COLUMNS, MOST_ROWS, GridCell, is_bold_as_a_whole, table_markup
from rubrics.readers.xml_nodes import whole

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
ENCRYPTED = "encryption-data"
SILENT = {
    TEXT + "tracked-changes",
    TEXT + "note",
    TEXT + "table-of-content",
    TEXT + "illustration-index",
    TEXT + "bookmark",
    OFFICE + "annotation",
    OFFICE + "annotation-end",
    OFFICE + "forms",
    TEXT + "sequence-decls",
    TEXT + "ruby-text",
}
DEEPEST = 60
USUAL_SIZE = 10.0  # points


@dataclass
class _Styles:
    """What the styles of a document say: how letters look, what is hidden, and which level of heading they are."""

    bold: set[str] = field(default_factory=set)
    struck: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    parent: dict[str, str] = field(default_factory=dict)
    level: dict[str, int] = field(default_factory=dict)
    size: dict[str, float] = field(default_factory=dict)
    has_title: bool = False

    def add(self, root: Element | None) -> None:
        for style in root.iter(STYLE + "style") if root is not None else ():
            self._add(style)

    def _add(self, style: Element) -> None:
        name = style.get(STYLE + "name", "")
        self.parent[name] = style.get(STYLE + "parent-style-name", "")
        if (stated := style.get(STYLE + "default-outline-level", "")).isdigit():
            self.level[name] = min(int(stated), 6)
        for properties in style:
            if properties.get(FO + "font-weight", "") in {"bold", "600", "700", "800", "900"}:
                self.bold.add(name)
            if size := points(properties.get(FO + "font-size", "")):
                self.size[name] = size
            if properties.get(STYLE + "text-line-through-style", "none") != "none":
                self.struck.add(name)
            if properties.get(TABLE + "display") == "false" or properties.get(TEXT + "display") == "none":
                self.hidden.add(name)

    def is_any(self, names: set[str], style: str) -> bool:
        """Whether the style, or one that it comes from, is among the names."""
        return any(name in names for name in self._line(style))

    def is_title(self, style: str) -> bool:
        """Whether a paragraph of this style is the document's title."""
        return "Title" in self._line(style)

    def heading(self, style: str) -> int:
        """The level of heading that a paragraph of this style is, 1 to 6, or 0."""
        if self.is_title(style):
            return 1
        return next((self.level[name] for name in self._line(style) if name in self.level), 0)

    def size_of(self, style: str) -> float:
        """The size of letters in this style, in points; that of an unchanged spreadsheet where none is stated."""
        return next((self.size[name] for name in self._line(style) if name in self.size), USUAL_SIZE)

    def _line(self, style: str) -> Iterator[str]:
        for _ in range(10):
            if not style:
                return
            yield style
            style = self.parent.get(style, "")


def read_text(data: bytes) -> Page:
    """The page of an ODT file. Raises UnusableBlueprint where it is damaged or protected."""
    content, styles = _opened(data)
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnusableBlueprint(DAMAGED)
    named = (node.get(TEXT + "style-name", "") for node in body.iter(TEXT + "p"))
    styles.has_title = any(map(styles.is_title, named))
    markup = "".join(with_bold_headings(list(_blocks(body, styles, 0))))
    return Page(markup, warnings=tuple(macros_in(Archive(data))))


def read_spreadsheet(data: bytes) -> Page:
    """The page of an ODS file. Raises UnusableBlueprint where it is damaged, protected or has no small sheet."""
    page = page_of_sheets(sheets_of(data))
    return replace(page, warnings=(*page.warnings, *macros_in(Archive(data))))


def sheets_of(data: bytes, *, most: int = MOST_ROWS) -> list[Sheet]:
    """The sheets of an ODS file, each of `most` rows at most.

    Raises UnusableBlueprint where it is damaged or protected.
    """
    content, styles = _opened(data)
    body = content.find(f"{OFFICE}body/{OFFICE}spreadsheet")
    if body is None:
        raise UnusableBlueprint(DAMAGED)
    return [_sheet(table, styles, most) for table in body.findall(TABLE + "table")]


def _opened(data: bytes) -> tuple[Element, _Styles]:
    archive = Archive(data)
    if "META-INF/manifest.xml" in archive.names and ENCRYPTED.encode() in archive.read("META-INF/manifest.xml"):
        raise UnusableBlueprint("this file is protected by a password: save a copy without one")
    content = archive.xml("content.xml")
    styles = _Styles()
    styles.add(archive.xml_or_none("styles.xml"))
    styles.add(content)
    return content, styles


# --- text ---


def _blocks(node: Element, styles: _Styles, depth: int) -> Iterator[str]:
    """The markup of each block inside; sections, frames and text boxes are entered."""
    if depth > DEEPEST:
        raise UnusableBlueprint("the document is nested too deeply to be read")
    for child in node:
        yield from _block(child, styles, depth + 1)


def _block(node: Element, styles: _Styles, depth: int) -> Iterator[str]:
    if node.tag in SILENT:
        return
    if node.tag in {TEXT + "h", TEXT + "p"}:
        yield from _paragraph(node, styles, depth)
    elif node.tag == TEXT + "list":
        yield f"<ul>{''.join(_items(node, styles, depth))}</ul>"
    elif node.tag == TABLE + "table":
        yield _table(node, styles, depth)
    else:
        yield from _blocks(node, styles, depth)


def _paragraph(node: Element, styles: _Styles, depth: int) -> Iterator[str]:
    style = node.get(TEXT + "style-name", "")
    written = _inline(node, styles)
    if styles.is_any(styles.bold, style) and written.strip():
        written = f"<strong>{written}</strong>"
    level = _level(node, styles, style)
    if written.strip():
        tag = f"h{level}" if level else "p"
        yield f"<{tag}>{written}</{tag}>"
    for box in node.iter(DRAW + "text-box"):
        yield from _blocks(box, styles, depth)


def _level(node: Element, styles: _Styles, style: str) -> int:
    level = styles.heading(style)
    if node.tag == TEXT + "h":
        level = min(max(whole(node.get(TEXT + "outline-level", "1"), 1), 1), 6)
    below_title = styles.has_title and level and not styles.is_title(style)
    return min(level + 1, 6) if below_title else level


def _items(node: Element, styles: _Styles, depth: int) -> Iterator[str]:
    for item in node:
        if item.tag in {TEXT + "list-item", TEXT + "list-header"}:
            blocks = list(_blocks(item, styles, depth + 1))
            yield f"<li>{''.join(_without_first_paragraph(blocks))}</li>"


def _without_first_paragraph(blocks: list[str]) -> list[str]:
    """An item's own line is its text; what follows it, such as a list, stays as it is."""
    one_line = blocks[:1] and blocks[0].startswith("<p>") and not any(block.startswith("<p>") for block in blocks[1:])
    if not one_line:
        return blocks
    return [blocks[0].removeprefix("<p>").removesuffix("</p>"), *blocks[1:]]


def _inline(node: Element, styles: _Styles) -> str:
    """The text inside a paragraph, as markup; what is struck out, hidden or a note is left out."""
    parts = [html.escape(node.text or "")]
    for child in node:
        parts.append(_span(child, styles))
        parts.append(html.escape(child.tail or ""))
    return "".join(parts)


def _span(node: Element, styles: _Styles) -> str:
    if node.tag in SILENT or node.tag.startswith(DRAW):
        return ""
    if node.tag == TEXT + "s":
        return " " * _blanks(node)
    if node.tag == TEXT + "tab":
        return " "
    if node.tag == TEXT + "line-break":
        return "<br>"
    style = node.get(TEXT + "style-name", "")
    if styles.is_any(styles.struck | styles.hidden, style):
        return ""
    written = _inline(node, styles)
    if written.strip() and styles.is_any(styles.bold, style):
        return f"<strong>{written}</strong>"
    return written


def _blanks(node: Element) -> int:
    """How many blanks `text:s` stands for; one where it states no small number."""
    count = node.get(TEXT + "c", "1")
    if count.isdigit() and len(count) < 4:
        return int(count)
    return 1


# --- tables ---


def _table(node: Element, styles: _Styles, depth: int) -> str:
    heads = [_row(row, styles, depth) for row in _rows(node, head=True)]
    rows = [_row(row, styles, depth) for row in _rows(node, head=False)]
    return table_markup([*heads, *rows], heads=len(heads))


def _rows(table: Element, *, head: bool) -> Iterator[Element]:
    """The rows that head the table, or all others; not those of tables inside its cells."""
    for child in table:
        if child.tag == TABLE + "table-row" and not head:
            yield child
        elif child.tag == TABLE + "table-header-rows":
            yield from child.findall(TABLE + "table-row") if head else ()
        elif child.tag in {TABLE + "table-rows", TABLE + "table-row-group"}:
            yield from _rows(child, head=head)


def _row(row: Element, styles: _Styles, depth: int) -> list[GridCell]:
    return [_text_cell(cell, styles, depth) for cell in row if cell.tag == TABLE + "table-cell"]


def _text_cell(cell: Element, styles: _Styles, depth: int) -> GridCell:
    markup = "".join(_blocks(cell, styles, depth))
    return GridCell(markup, _count(cell, "columns-spanned"), _count(cell, "rows-spanned"))


def _count(node: Element, name: str) -> int:
    stated = node.get(f"{TABLE}number-{name}", "1")
    if stated.isdigit() and len(stated) < 8:
        return max(int(stated), 1)
    return 1


# --- sheets ---


def _sheet(table: Element, styles: _Styles, most: int) -> Sheet:
    """A sheet's rows as shown: repeated ones as often as they are, but for empty ones at the end."""
    name = table.get(TABLE + "name", "")
    if styles.is_any(styles.hidden, table.get(TABLE + "style-name", "")):
        return Sheet(name, hidden=True)
    columns = _hidden_columns(table)
    rows: list[list[GridCell]] = []
    numbers: list[int] = []
    number, empty, left_out = 1, 0, 0
    for row in _sheet_rows(table):
        times = _count(row, "rows-repeated")
        first, number = number, number + times
        if row.get(TABLE + "visibility", "visible") != "visible":
            left_out += min(times, most)
            continue
        cells = list(_sheet_cells(row, columns, styles))
        if all(cell.is_empty for cell in cells):
            empty += times
            continue
        if empty:
            rows.append([])
            numbers.append(first)
        empty = 0
        shown = min(times, most + 1)
        rows.extend([cells] * shown)
        numbers.extend(range(first, first + shown))
        if len(rows) > most:
            return Sheet(name, too_long=True)
    return Sheet(name, rows, hidden_rows=left_out, hidden_columns=len(columns), numbers=numbers)


def _sheet_rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == TABLE + "table-row":
            yield child
        elif child.tag in {TABLE + "table-header-rows", TABLE + "table-rows", TABLE + "table-row-group"}:
            yield from _sheet_rows(child)


def _hidden_columns(table: Element) -> set[int]:
    """Which of its first columns are hidden."""
    hidden: set[int] = set()
    index = 0
    for column in table.iter(TABLE + "table-column"):
        times = _count(column, "columns-repeated")
        if column.get(TABLE + "visibility", "visible") != "visible":
            hidden |= set(range(index, min(index + times, MOST_COLUMNS)))
        index += times
    return hidden


def _sheet_cells(row: Element, hidden: set[int], styles: _Styles) -> Iterator[GridCell]:
    index = 0
    for cell in row:
        covered = cell.tag == TABLE + "covered-table-cell"
        if not covered and cell.tag != TABLE + "table-cell":
            continue
        shown = GridCell(covered=True) if covered else _grid_cell(cell, styles)
        for _ in range(_count(cell, "columns-repeated")):
            if index >= MOST_COLUMNS:
                return
            if index not in hidden:
                yield shown
            index += 1


def _grid_cell(cell: Element, styles: _Styles) -> GridCell:
    error = cell.get("{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type") == "error"
    markup = ""
    if not error:
        lines = [_inline(line, styles) for line in cell.findall(TEXT + "p")]
        markup = "<br>".join(line for line in lines if line.strip())
    columns = min(_count(cell, "columns-spanned"), MOST_COLUMNS)
    style = cell.get(TABLE + "style-name", "")
    bold = is_bold_as_a_whole(markup, by_style=styles.is_any(styles.bold, style))
    return GridCell(markup, columns, _count(cell, "rows-spanned"), bold=bold, size=styles.size_of(style))
