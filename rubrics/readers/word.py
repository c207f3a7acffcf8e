"""Word files (DOCX): headings by style, outline and number, lists, tables with spans; as it reads after all changes.

Fields, macros and pictures stay where they are: nothing is run, and nothing is fetched.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from rubrics.blueprints.reading import PlanWarning
from rubrics.readers.archives import DAMAGED, Archive
from rubrics.readers.headings import with_bold_headings
from rubrics.readers.macros import macros_in
from rubrics.readers.page import Page, UnusableBlueprint
from rubrics.readers.tables import GridCell, nested_list, table_markup
from rubrics.readers.word_styles import Numbering, Styles, bold_of, is_left_out, numbering_of, outline_level
from rubrics.readers.xml_nodes import attribute, child, is_on, local, whole

MAIN = "word/document.xml"
DELETED = frozenset({"del", "moveFrom", "pPrChange", "rPrChange", "tblPrChange", "trPrChange", "tcPrChange"})
ENTERED = frozenset(
    {"ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple", "dir", "bdo"}
)
FORMULAS = frozenset({"oMath", "oMathPara"})
DEEPEST = 60


def read(data: bytes) -> Page:
    """The page of a Word file. Raises UnusableBlueprint where it is damaged or protected."""
    archive = Archive(data)
    main = MAIN if MAIN in archive.names else _main_part(archive)
    folder = main.rpartition("/")[0]
    body = child(archive.xml(main), "body")
    if body is None:
        raise UnusableBlueprint(DAMAGED)
    styles = Styles.of(archive.xml_or_none(f"{folder}/styles.xml"))
    numbering = Numbering.of(archive.xml_or_none(f"{folder}/numbering.xml"))
    reader = _Reader(styles, numbering, _has_title(body, styles))
    markup = "".join(with_bold_headings(reader.pieces(body, 0)))
    return Page(markup, warnings=tuple(_warnings(archive, body)))


def _has_title(body: Element, styles: Styles) -> bool:
    named = (attribute(node, "val") for node in body.iter() if local(node) == "pStyle")
    return any(map(styles.is_title, named))


def _main_part(archive: Archive) -> str:
    for relation in archive.xml("_rels/.rels"):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    raise UnusableBlueprint(DAMAGED)


def _warnings(archive: Archive, body: Element) -> Iterator[PlanWarning]:
    yield from macros_in(archive)
    if any(local(node) in {"ins", "del", "moveTo"} and len(node) for node in body.iter()):
        message = "The document has tracked changes. It was read as if all of them were accepted."
        yield PlanWarning("tracked_changes", message)


@dataclass(frozen=True)
class _Piece:
    """A block's markup; `depth` is that of a list item, from 1, and 0 for anything else."""

    markup: str
    depth: int = 0


@dataclass
class _Reader:
    """Reads blocks with what the document's styles and lists say of them.

    Where it `has_title`, all other headings stand one level lower.
    """

    styles: Styles
    numbering: Numbering
    has_title: bool = False

    def blocks(self, node: Element, nesting: int) -> str:
        """The markup of all blocks inside, at most 60 deep in each other."""
        if nesting > DEEPEST:
            raise UnusableBlueprint("the document is nested too deeply to be read")
        return "".join(self.pieces(node, nesting))

    def pieces(self, node: Element, nesting: int) -> list[str]:
        """The markup of each block inside."""
        return list(_joined(list(self._pieces(node, nesting))))

    def _pieces(self, node: Element, nesting: int) -> Iterator[_Piece]:
        for part in node:
            name = local(part)
            if name == "p":
                yield from self._paragraph(part, nesting)
            elif name == "tbl":
                yield _Piece(self._table(part, nesting))
            elif name in ENTERED and not _is_contents(part):
                yield from self._pieces(part, nesting)
            elif name == "AlternateContent":
                yield from self._pieces(_chosen(part), nesting)

    # --- paragraphs ---

    def _paragraph(self, node: Element, nesting: int) -> Iterator[_Piece]:
        properties = child(node, "pPr")
        style = attribute(child(properties, "pStyle"), "val")
        if not self.styles.is_left_out(style):
            yield from self._written(node, properties, style)
        for box in _boxes(node):
            yield from self._pieces(box, nesting + 1)

    def _written(self, node: Element, properties: Element | None, style: str) -> Iterator[_Piece]:
        level = self._heading(properties, style)
        bold = self.styles.is_bold(style) and not level
        markup = "".join(self._inline(node, bold)).strip()
        if not markup:
            return
        numbered = numbering_of(properties) or self.styles.numbering(style)
        in_list = numbered is not None and numbered[0] != "0"
        number = ""
        if numbered and in_list:
            number = self.numbering.next_number(*numbered)
        if level:
            yield _Piece(f"<h{level}>{number} {markup}</h{level}>" if number else f"<h{level}>{markup}</h{level}>")
        elif numbered and in_list:
            yield _Piece(markup, max(numbered[1], self.styles.list_depth(style)) + 1)
        else:
            yield _Piece(f"<p>{markup}</p>")

    def _heading(self, properties: Element | None, style: str) -> int:
        stated = outline_level(child(properties, "outlineLvl"))
        level = self.styles.heading(style) if stated is None else stated
        below_title = self.has_title and level and not self.styles.is_title(style)
        return min(level + 1, 6) if below_title else level

    def _inline(self, node: Element, bold: bool) -> Iterator[str]:
        for part in node:
            name = local(part)
            if name == "r":
                yield self._run(part, bold)
            elif name in ENTERED:
                yield from self._inline(part, bold)
            elif name in FORMULAS:
                yield html.escape(_signs(part))
            elif name == "AlternateContent":
                yield from self._inline(_chosen(part), bold)

    def _run(self, run: Element, bold: bool) -> str:
        properties = child(run, "rPr")
        style = attribute(child(properties, "rStyle"), "val")
        if is_left_out(properties) or self.styles.is_left_out(style):
            return ""
        text = "".join(map(_text, run))
        stated = bold_of(properties)
        shown_bold = bold or self.styles.is_bold(style)
        if stated is not None:
            shown_bold = stated
        raised = attribute(child(properties, "vertAlign"), "val")
        if raised in {"superscript", "subscript"} and text.strip():
            text = f"<{raised[:3]}>{text}</{raised[:3]}>"
        if shown_bold and text.strip():
            return f"<strong>{text}</strong>"
        return text

    # --- tables ---

    def _table(self, node: Element, nesting: int) -> str:
        rows = [row for row in _rows(node) if not _is_deleted(row)]
        heads = 0
        while heads < len(rows) and is_on(child(rows[heads], "trPr", "tblHeader")):
            heads += 1
        grid = [list(self._cells(row, nesting)) for row in rows]
        return table_markup(_merged(grid), heads=heads if heads < len(rows) else min(heads, 1))

    def _cells(self, row: Element, nesting: int) -> Iterator["_Cell"]:
        before = whole(attribute(child(row, "trPr", "gridBefore"), "val"))
        if before:
            yield _Cell("", min(before, 60))
        for cell in _inside(row, "tc"):
            properties = child(cell, "tcPr")
            span = min(max(whole(attribute(child(properties, "gridSpan"), "val"), 1), 1), 60)
            merge = child(properties, "vMerge")
            goes_on = merge is not None and attribute(merge, "val", "continue") != "restart"
            yield _Cell("" if goes_on else self.blocks(cell, nesting + 1), span, goes_on)


@dataclass(frozen=True)
class _Cell:
    """A cell as written: over so many columns; one that `goes_on` belongs to the cell above it."""

    markup: str
    span: int
    goes_on: bool = False


def _merged(rows: list[list[_Cell]]) -> list[list[GridCell]]:
    """The rows with the number of rows that each cell takes."""
    starts = [_by_column(row) for row in rows]
    merged: list[list[GridCell]] = []
    for index, row in enumerate(starts):
        cells = [_grid_cell(starts, index, column) for column in row]
        merged.append(cells)
    return merged


def _by_column(row: list[_Cell]) -> dict[int, _Cell]:
    found: dict[int, _Cell] = {}
    column = 0
    for cell in row:
        found[column] = cell
        column += cell.span
    return found


def _grid_cell(rows: list[dict[int, _Cell]], index: int, column: int) -> GridCell:
    cell = rows[index][column]
    if cell.goes_on and index:
        return GridCell(covered=True)
    below = index + 1
    while below < len(rows) and column in rows[below] and rows[below][column].goes_on:
        below += 1
    return GridCell(cell.markup, cell.span, below - index)


def _rows(table: Element) -> Iterator[Element]:
    yield from _inside(table, "tr")


def _inside(node: Element, name: str) -> Iterator[Element]:
    """The child elements of this name, also those in content controls and insertions."""
    for part in node:
        if local(part) == name:
            yield part
        elif local(part) in ENTERED:
            yield from _inside(part, name)


def _is_deleted(row: Element) -> bool:
    return child(row, "trPr", "del") is not None


# --- pieces ---


def _joined(pieces: list[_Piece]) -> Iterator[str]:
    """The pieces' markup; list items that follow each other are one list."""
    items: list[tuple[int, str]] = []
    for piece in pieces:
        if piece.depth:
            items.append((piece.depth, piece.markup))
            continue
        yield from nested_list(items)
        items = []
        yield piece.markup
    yield from nested_list(items)


def _text(node: Element) -> str:
    """What an element inside a run shows, as markup."""
    name = local(node)
    if name == "t":
        return html.escape(node.text or "")
    if name in {"br", "cr"}:
        return "" if attribute(node, "type") in {"page", "column"} else "<br>"
    if name == "sym":
        return _symbol(node)
    if name == "ruby":  # signs with their reading above them
        return "".join(map(_text, _runs_of(child(node, "rubyBase"))))
    return {"tab": " ", "ptab": " ", "noBreakHyphen": "-"}.get(name, "")


def _signs(formula: Element) -> str:
    texts = (sign.text for sign in formula.iter() if local(sign) == "t")
    return "".join(filter(None, texts))


def _runs_of(node: Element | None) -> Iterator[Element]:
    """What stands in the runs of a ruby's base."""
    for run in _inside(node, "r") if node is not None else ():
        yield from run


SYMBOLS = {"F0B7": "•", "F0A7": "▪", "F0D8": "➤", "F0FC": "✓", "F0FE": "☑", "F0A8": "☐", "F06F": "☐", "F0E0": "→"}


def _symbol(node: Element) -> str:
    return SYMBOLS.get(attribute(node, "char").upper(), "")


def _chosen(node: Element) -> Element:
    """Of content that stands twice, for new and old programs, the one for new ones."""
    found = child(node, "Choice")
    if found is None:
        found = child(node, "Fallback")
    return found if found is not None else Element("none")


def _boxes(node: Element) -> Iterator[Element]:
    """The contents of text boxes that hang on a paragraph."""
    for part in node:
        name = local(part)
        if name == "txbxContent":
            yield part
        elif name == "AlternateContent":
            yield from _boxes(_chosen(part))
        elif name not in DELETED and name not in {"t", "pPr"}:
            yield from _boxes(part)


def _is_contents(node: Element) -> bool:
    """Whether a content control is the table of contents."""
    kind = child(node, "sdtPr", "docPartObj", "docPartGallery")
    return attribute(kind, "val") == "Table of Contents"
