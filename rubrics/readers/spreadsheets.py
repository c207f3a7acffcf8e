"""Excel workbooks (XLSX): cells as they are shown, with merged ones as spans; nothing is calculated or run."""

import html
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from rubrics.readers.archives import DAMAGED, Archive
from rubrics.readers.fonts import CellFonts, Font
from rubrics.readers.macros import macros_in
from rubrics.readers.numbers import NumberFormats
from rubrics.readers.page import Page, UnusableBlueprint
from rubrics.readers.sheets import Sheet, page_of_sheets
from rubrics.readers.tables import MOST_COLUMNS, MOST_ROWS, GridCell, is_bold_as_a_whole
from rubrics.readers.xml_nodes import attribute, child, children, is_on, local, whole

WORKBOOK = "xl/workbook.xml"
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
MOST_MERGED = 10_000


def read(data: bytes) -> Page:
    """The page of a workbook. Raises UnusableBlueprint where it is damaged, protected or has no small sheet."""
    page = page_of_sheets(sheets_of(data))
    return replace(page, warnings=(*page.warnings, *macros_in(Archive(data))))


def sheets_of(data: bytes, *, most: int = MOST_ROWS) -> list[Sheet]:
    """The sheets of a workbook, each of `most` rows at most.

    Raises UnusableBlueprint where it is damaged or protected.
    """
    archive = Archive(data)
    workbook = _Workbook.of(archive)
    return [_sheet(archive, workbook, entry, most) for entry in workbook.entries]


# --- the workbook ---


@dataclass(frozen=True)
class _Entry:
    """A sheet as the workbook lists it; `path` is its member of the archive."""

    name: str
    path: str
    hidden: bool


@dataclass(frozen=True)
class _Workbook:
    """What all sheets share: the list of them, the texts by number, how numbers and letters are shown."""

    entries: list[_Entry]
    strings: list[str]
    formats: NumberFormats
    fonts: CellFonts

    @classmethod
    def of(cls, archive: Archive) -> "_Workbook":
        path = WORKBOOK if WORKBOOK in archive.names else _main_part(archive)
        root = archive.xml(path)
        targets = _targets(archive, path)
        since_1904 = attribute(child(root, "workbookPr"), "date1904") in {"1", "true"}
        styles = archive.xml_or_none(targets.get("styles", "xl/styles.xml"))
        return cls(
            list(_entries(root, targets)),
            _strings(archive, targets.get("sharedStrings", "xl/sharedStrings.xml")),
            NumberFormats.of(styles, since_1904=since_1904),
            CellFonts.of(styles),
        )


def _main_part(archive: Archive) -> str:
    for relation in archive.xml("_rels/.rels"):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    raise UnusableBlueprint(DAMAGED)


def _targets(archive: Archive, path: str) -> dict[str, str]:
    """Members of the archive by the id of their relation, and by the last word of its type."""
    folder, name = posixpath.split(path)
    relations = archive.xml_or_none(f"{folder}/_rels/{name}.rels".lstrip("/"))
    found: dict[str, str] = {}
    for relation in relations if relations is not None else ():
        target = relation.get("Target", "")
        inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[relation.get("Id", "")] = inside
        found.setdefault(relation.get("Type", "").rpartition("/")[2], inside)
    return found


def _entries(root: Element, targets: dict[str, str]) -> Iterator[_Entry]:
    for sheet in children(child(root, "sheets"), "sheet"):
        hidden = sheet.get("state", "visible") != "visible"
        yield _Entry(sheet.get("name", ""), targets.get(attribute(sheet, "id"), ""), hidden)


def _strings(archive: Archive, path: str) -> list[str]:
    root = archive.xml_or_none(path)
    return [_rich_text(item) for item in children(root, "si")]


def _rich_text(item: Element) -> str:
    """A text with its bold runs, as markup; what is struck out or says how to pronounce is left out."""
    parts: list[str] = []
    for part in item:
        if local(part) == "t":
            parts.append(_escaped(part.text or ""))
        elif local(part) == "r":
            parts.append(_run(part))
    return "".join(parts)


def _run(run: Element) -> str:
    properties = child(run, "rPr")
    if is_on(child(properties, "strike")):
        return ""
    texts = [node.text or "" for node in children(run, "t")]
    text = _escaped("".join(texts))
    if text.strip() and is_on(child(properties, "b")):
        return f"<strong>{text}</strong>"
    return text


ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _escaped(text: str) -> str:
    """A text as markup, line by line. Office writes signs that XML lacks as _x000D_."""
    shown = ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text)
    lines = shown.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    return "<br>".join(map(html.escape, lines))


# --- a sheet ---


@dataclass
class _Reading:
    """A sheet while it is read: cells by row and column (from 0), and what there is to say about it."""

    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    fonts: dict[tuple[int, int], Font] = field(default_factory=dict)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncalculated: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def _sheet(archive: Archive, workbook: _Workbook, entry: _Entry, most: int) -> Sheet:
    if entry.hidden:
        return Sheet(entry.name, hidden=True)
    if entry.path not in archive.names or "chartsheet" in entry.path:
        return Sheet(entry.name)
    reading = _Reading()
    for event in _parts(archive.read(entry.path)):
        _take(event, reading, workbook)
        if len(reading.cells) > most:
            return Sheet(entry.name, too_long=True)
    hidden_rows = len(reading.hidden_rows & reading.cells.keys())
    numbered = list(_grid(reading))
    rows = [row for _, row in numbered]
    numbers = [index + 1 for index, _ in numbered]
    columns = len(reading.hidden_columns)
    return Sheet(entry.name, rows, False, False, hidden_rows, columns, reading.uncalculated, reading.errors, numbers)


def _parts(data: bytes) -> Iterator[Element]:
    """The rows of a sheet and what stands beside them, each let go once it was looked at."""
    try:
        for _, node in iterparse(BytesIO(data), forbid_dtd=True):
            if local(node) in {"row", "mergeCell", "col"}:
                yield node
                node.clear()
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise UnusableBlueprint(DAMAGED) from error


def _take(node: Element, reading: _Reading, workbook: _Workbook) -> None:
    if local(node) == "row":
        _take_row(node, reading, workbook)
    elif local(node) == "mergeCell" and len(reading.merged) < MOST_MERGED:
        _take_merged(node.get("ref", ""), reading)
    elif node.get("hidden") in {"1", "true"}:
        first, last = whole(node.get("min", "")), whole(node.get("max", ""))
        reading.hidden_columns |= set(range(first - 1, min(last, MOST_COLUMNS)))


def _take_row(node: Element, reading: _Reading, workbook: _Workbook) -> None:
    index = whole(node.get("r", "")) - 1
    if index < 0:
        index = max(reading.cells, default=-1) + 1
    texts: dict[int, str] = {}
    column = 0
    for cell in children(node, "c"):
        place = REFERENCE.fullmatch(cell.get("r", ""))
        column = _column(place.group(1)) if place else column
        if column < MOST_COLUMNS:
            texts[column] = _text(cell, cell.get("r", ""), reading, workbook)
            reading.fonts[index, column] = workbook.fonts.of_style(whole(cell.get("s", "")))
        column += 1
    if any(text.strip() for text in texts.values()):
        reading.cells[index] = texts
        if node.get("hidden") in {"1", "true"}:
            reading.hidden_rows.add(index)


def _column(letters: str) -> int:
    """The index of a column, from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _take_merged(reference: str, reading: _Reading) -> None:
    first, _, last = reference.partition(":")
    begin, end = REFERENCE.fullmatch(first), REFERENCE.fullmatch(last)
    if begin is None or end is None:
        return
    top, left = int(begin.group(2)) - 1, _column(begin.group(1))
    rows, columns = int(end.group(2)) - top, _column(end.group(1)) - left + 1
    if rows > 0 and columns > 0:
        reading.merged[top, left] = (min(rows, MOST_ROWS), min(columns, MOST_COLUMNS))


def _text(cell: Element, place: str, reading: _Reading, workbook: _Workbook) -> str:
    """What a cell shows, as markup."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _rich_text(child(cell, "is") or Element("is"))
    value = child(cell, "v")
    written = (value.text or "") if value is not None else ""
    if not written:
        if child(cell, "f") is not None and kind != "str":
            reading.uncalculated.append(place)
        return ""
    if kind == "e":
        reading.errors.append(place)
        return ""
    if kind == "s":
        return workbook.strings[whole(written)] if whole(written) < len(workbook.strings) else ""
    if kind == "b":
        return "TRUE" if written == "1" else "FALSE"
    if kind in {"str", "d"}:
        return _escaped(written)
    return html.escape(workbook.formats.shown(written, whole(cell.get("s", ""))))


# --- rows of cells ---


def _grid(reading: _Reading) -> Iterator[tuple[int, list[GridCell]]]:
    """The rows from the first to the last with a word, by their index from 0; those between without one are empty."""
    covered = _covered(reading)
    previous = None
    for index in sorted(reading.cells):
        if index in reading.hidden_rows:
            continue
        if previous is not None and index > previous + 1 and not _joined(reading, previous, index):
            yield index, []
        yield index, _grid_row(reading, index, covered.get(index, set()))
        previous = index


def _joined(reading: _Reading, above: int, below: int) -> bool:
    """Whether a merged cell, or hidden rows alone, fill what lies between two rows."""
    between = set(range(above + 1, below))
    if between <= reading.hidden_rows:
        return True
    merged = reading.merged.items()
    ends = [row + rows for (row, _), (rows, _) in merged if row <= above]
    return any(end >= below for end in ends)


def _covered(reading: _Reading) -> dict[int, set[int]]:
    """By row, the columns that a merged cell to the left or above takes."""
    covered: dict[int, set[int]] = {}
    for (top, left), (rows, columns) in reading.merged.items():
        for row in range(top, top + rows):
            if row in reading.cells:
                covered.setdefault(row, set()).update(range(left, left + columns))
    for top, left in reading.merged:
        covered.get(top, set()).discard(left)
    return covered


def _grid_row(reading: _Reading, index: int, covered: set[int]) -> list[GridCell]:
    width = max(*reading.cells[index], *covered, 0) + 1
    shown = [column for column in range(width) if column not in reading.hidden_columns]
    return [_grid_cell(reading, index, column, covered) for column in shown]


def _grid_cell(reading: _Reading, row: int, column: int, covered: set[int]) -> GridCell:
    if column in covered:
        return GridCell(covered=True)
    rows, columns = reading.merged.get((row, column), (1, 1))
    below = [index for index in range(row, row + rows) if index in reading.cells]
    seen_rows = sum(1 for index in below if index not in reading.hidden_rows)
    seen_columns = sum(1 for index in range(column, column + columns) if index not in reading.hidden_columns)
    text, font = reading.cells[row].get(column, ""), reading.fonts.get((row, column), Font())
    bold = is_bold_as_a_whole(text, by_style=font.bold)
    return GridCell(text, max(seen_columns, 1), max(seen_rows, 1), bold=bold, size=font.size)
