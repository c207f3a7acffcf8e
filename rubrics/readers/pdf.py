"""PDF with a text layer: headings by size and weight, bullets, paragraphs and tables by their places. Our reading."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.layout import LTChar, LTItem
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.page import Page as PdfPage
from pdfplumber.table import Table as RuledTable
from pdfplumber.utils.exceptions import PdfminerException

from rubrics.blueprints.reading import PlanWarning
from rubrics.readers.page import Page, UnusableBlueprint
from rubrics.readers.pdf_columns import in_reading_order
from rubrics.readers.pdf_lines import (
    BULLET,
    FEWEST_BELOW,
    NUMBER,
    Dot,
    TextLine,
    Word,
    joined,
    lines_of,
    loose_table,
    marked,
)
from rubrics.readers.tables import GridCell, nested_list, table_markup, text_cell

MOST_PAGES = 60
LARGER = 1.12  # of the text's size
LONGEST_HEADING = 110
EDGE = 0.09  # of the page's height: where running heads and page numbers stand
PAGE_NUMBER = re.compile(r"^\W*(?:page|seite|p\.)?\s*\d{1,3}\s*(?:(?:of|/|von|de|sur)\s*\d{1,3})?\W*$", re.IGNORECASE)
LABELLED = re.compile(r"(?:Q|[A-ZÀ-Þ][\w’'-]{1,20})(?: \w{1,15}){0,2}\s?:\s\S")  # “Weak: waits”, on a line of its own
BARE_LEVEL = re.compile(r"\d{1,2} (?=[A-ZÀ-Þ])")
DAMAGED = "this PDF is damaged and cannot be opened: save it again from the program it came from, as Word or PDF"
LOCKED = "this PDF is protected by a password: save a copy without one"
SCANNED = "this PDF has no text, only pictures of it (a scan): run text recognition on it, or save the original as Word"
UNREADABLE = "the fonts of this PDF do not say which letters they show: save the original document as Word or HTML"
OUR_READING = PlanWarning(
    "pdf_reading",
    "A PDF does not say what is a heading, a list or a table. This is our reading of it: check each part.",
)


@dataclass(frozen=True)
class _Table:
    """A ruled table on a page: its rows of cells, and its edges in points."""

    rows: tuple[tuple[GridCell, ...], ...]
    page: int
    x0: float
    x1: float
    top: float
    bottom: float


_Block = TextLine | _Table
Box = tuple[float, float, float, float]


def read(data: bytes) -> Page:
    """The page of a PDF. Raises UnusableBlueprint where it is damaged, protected or a scan."""
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            return _read(document.pages)
    except (PdfminerException, PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise UnusableBlueprint(LOCKED if _is_locked(error) else DAMAGED) from error


def _is_locked(error: BaseException) -> bool:
    inner = [error, *error.args]
    return any(isinstance(part, PDFPasswordIncorrect | PDFEncryptionError) for part in inner)


class _LightPage(PdfPage):
    """A page whose letters have only what is asked of them here: a third of the time went into all else."""

    def process_object(self, item: LTItem) -> dict[str, Any]:
        if not isinstance(item, LTChar) or self.mediabox[0] or self.mediabox[1]:
            return super().process_object(item)
        top = self.height - item.y1
        return {
            "object_type": "char",
            "page_number": self.page_number,
            "text": item.get_text(),
            "fontname": _font_name(item),
            "size": item.size,
            "upright": item.upright,
            "matrix": item.matrix,
            "x0": item.x0,
            "x1": item.x1,
            "y0": item.y0,
            "y1": item.y1,
            "width": item.width,
            "height": item.height,
            "top": top,
            "bottom": self.height - item.y0,
            "doctop": self.initial_doctop + top,
        }


def _font_name(item: LTChar) -> str:
    """The name as text; some files give bytes."""
    name: str | bytes = item.fontname
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else name


def _read(pages: Sequence[PdfPage]) -> Page:
    blocks: list[_Block] = []
    without_text: list[int] = []
    for index, page in enumerate(pages[:MOST_PAGES]):
        page.__class__ = _LightPage
        found = _blocks(page, index)
        if not found and page.images:
            without_text.append(index + 1)
        blocks += found
        page.close()
    blocks = _without_running_heads(blocks, [float(page.height) for page in pages[:MOST_PAGES]])
    if not blocks:
        raise UnusableBlueprint(SCANNED)
    lines = [block for block in blocks if isinstance(block, TextLine)]
    if _is_unreadable(lines):
        raise UnusableBlueprint(UNREADABLE)
    return Page(_Assembly.of(lines).markup(blocks), warnings=tuple(_warnings(len(pages), without_text)))


def _warnings(pages: int, without_text: list[int]) -> Iterator[PlanWarning]:
    yield OUR_READING
    if pages > MOST_PAGES:
        message = f"The PDF has {pages} pages. Only the first {MOST_PAGES} were read."
        yield PlanWarning("pages_left_out", message)
    if without_text:
        numbers = ", ".join(map(str, without_text[:10]))
        yield PlanWarning("pages_without_text", f"Pages that are pictures could not be read: {numbers}.")


def _is_unreadable(lines: Sequence[TextLine]) -> bool:
    text = "".join(line.text for line in lines)
    unknown = text.count("(cid:") * 6 + text.count("\ufffd")
    return unknown * 4 > len(text) > 0


# --- a page's words and ruled tables ---


def _blocks(page: PdfPage, index: int) -> list[_Block]:
    """Lines and ruled tables from the top; words inside a table stand in it alone."""
    ruled = [_table(found, index) for found in page.find_tables()]
    tables = [table for table in ruled if _is_a_table(table)]
    rest = page.filter(lambda part: part["object_type"] != "char" or _is_outside(part, tables))
    words = rest.extract_words(extra_attrs=["fontname", "size"], x_tolerance_ratio=0.15, return_chars=True)
    upright = list(_words([word for word in words if word["upright"]]))
    dots = list(_dots(page))
    lines = lines_of(upright, index, dots)
    groups: list[list[_Block]] = [[table] for table in tables]
    groups += _in_order(lines, tables, dots)
    groups.sort(key=lambda group: group[0].top)
    return [block for group in groups for block in group]


def _in_order(lines: list[TextLine], tables: Sequence[_Table], dots: Sequence[Dot]) -> Iterator[list[_Block]]:
    """The lines in the order of reading; from the top where a table stands beside or between columns."""
    groups = in_reading_order(lines, dots)
    columns = [group for group in groups if len(group) > 1]
    beside = any(_is_beside(table, group) for table in tables for group in columns)
    for group in [[line] for line in lines] if beside else groups:
        yield list(group)


def _is_beside(table: _Table, lines: Sequence[TextLine]) -> bool:
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    return table.top < bottom and top < table.bottom


def _dots(page: PdfPage) -> Iterator[Dot]:
    """The small shapes as high as they are wide."""
    for shape in (*page.curves, *page.rects):
        width, height = float(shape["width"]), float(shape["height"])
        if 1.5 < width < 7 and abs(width - height) < 1:
            yield Dot(float(shape["x1"]), float(shape["top"]) + height / 2)


def _words(found: Sequence[dict[str, Any]]) -> Iterator[Word]:
    """The words of a page.

    Two whose cells touch are one for the library, and are cut where others begin.
    """
    begun = Counter(_half_points(word["x0"]) for word in found)
    for word in found:
        yield from _cut_at_columns(word, begun)


def _half_points(x: float) -> int:
    return round(x * 2)


def _cut_at_columns(found: dict[str, Any], begun: Counter[int]) -> Iterator[Word]:
    """A word, cut at capitals where two other words of the page begin.

    A small letter stands before each of them.
    """
    letters = found["chars"]
    first = 0
    for index in range(1, len(letters)):
        begins = letters[index - 1]["text"].islower() and letters[index]["text"].isupper()
        if begins and begun[_half_points(letters[index]["x0"])] >= FEWEST_BELOW:
            yield _word(found, letters[first:index])
            first = index
    yield _word(found, letters[first:] if first else ())


def _word(found: dict[str, Any], letters: Sequence[dict[str, Any]] = ()) -> Word:
    """A word as the library found it, or as some of its letters make it."""
    size, font = float(found["size"]), str(found["fontname"])
    top, bottom = float(found["top"]), float(found["bottom"])
    if not letters:
        return Word(str(found["text"]), float(found["x0"]), float(found["x1"]), top, bottom, size, font)
    text = "".join(letter["text"] for letter in letters)
    return Word(text, float(letters[0]["x0"]), float(letters[-1]["x1"]), top, bottom, size, font)


def _table(found: RuledTable, page: int) -> _Table:
    x0, top, x1, bottom = found.bbox
    columns = sorted({cell[0] for cell in found.cells})
    tops = sorted({cell[1] for cell in found.cells})
    texts = found.extract()
    rows: list[tuple[GridCell, ...]] = []
    for index, row in enumerate(found.rows):
        places = zip(row.cells, texts[index], strict=True)
        rows.append(tuple(_grid_cell(box, text, columns, tops) for box, text in places))
    return _Table(tuple(rows), page, x0, x1, top, bottom)


def _grid_cell(box: Box | None, text: str | None, columns: list[float], tops: list[float]) -> GridCell:
    """A cell by its edges; where there is none, one beside or above it reaches over."""
    if box is None:
        return GridCell(covered=True)
    x0, top, x1, bottom = box
    across = sum(1 for x in columns if x0 - 1 <= x < x1 - 1)
    down = sum(1 for y in tops if top - 1 <= y < bottom - 1)
    return GridCell(_lines_in(text or ""), max(across, 1), max(down, 1))


def _is_a_table(table: _Table) -> bool:
    """Whether it has two columns and two rows with words; a box around a paragraph is none."""
    width = max((len(row) for row in table.rows), default=0)
    written = [row for row in table.rows if any(cell.markup for cell in row)]
    return width > 1 and len(written) > 1


def _is_outside(part: dict[str, object], tables: Sequence[_Table]) -> bool:
    x = (float(str(part["x0"])) + float(str(part["x1"]))) / 2
    y = (float(str(part["top"])) + float(str(part["bottom"]))) / 2
    return not any(_is_inside(x, y, table) for table in tables)


def _is_inside(x: float, y: float, table: _Table) -> bool:
    return table.x0 <= x <= table.x1 and table.top <= y <= table.bottom


# --- running heads ---


def _without_running_heads(blocks: list[_Block], heights: list[float]) -> list[_Block]:
    """Without page numbers, and without lines that stand at the edge of several pages."""
    seen: Counter[str] = Counter()
    for block in blocks:
        if isinstance(block, TextLine) and _is_at_the_edge(block, heights):
            seen[_without_digits(block)] += 1
    return [block for block in blocks if not _runs(block, heights, seen)]


def _runs(block: _Block, heights: list[float], seen: Counter[str]) -> bool:
    if not isinstance(block, TextLine) or not _is_at_the_edge(block, heights):
        return False
    if PAGE_NUMBER.match(block.text):
        return True
    times = seen[_without_digits(block)]
    if times < 2 or len(heights) < 2:
        return False
    return times * 2 >= min(len(heights), 4)


def _is_at_the_edge(line: TextLine, heights: list[float]) -> bool:
    height = heights[line.page]
    return line.top < height * EDGE or line.bottom > height * (1 - EDGE)


def _without_digits(line: TextLine) -> str:
    return re.sub(r"\d+", "#", line.text)


# --- from lines to markup ---


@dataclass(frozen=True)
class _Assembly:
    """How the document is set: the size of its text, and the sizes that only headings have, the largest first."""

    text_size: float
    heading_sizes: tuple[float, ...]

    @classmethod
    def of(cls, lines: Sequence[TextLine]) -> "_Assembly":
        letters: Counter[float] = Counter()
        for line in lines:
            letters[line.size] += len(line.text)
        size = letters.most_common(1)[0][0] if letters else 10.0
        heads = [line for line in lines if _may_head(line)]
        large = {line.size for line in heads if line.size >= size * LARGER}
        return cls(size, tuple(sorted(large, reverse=True)))

    def markup(self, blocks: Sequence[_Block]) -> str:
        return "".join(self._pieces(blocks))

    def _pieces(self, blocks: Sequence[_Block]) -> Iterator[str]:
        index = 0
        while index < len(blocks):
            block = blocks[index]
            if isinstance(block, _Table):
                table, index = _with_next_pages(blocks, index)
                yield table_markup(table.rows, heads=1)
                continue
            run = _lines_from(blocks, index)
            loose = loose_table(run)
            if loose is not None:
                rows = [list(map(text_cell, row)) for row in loose.rows]
                yield table_markup(rows, heads=1)
                index += loose.lines
            else:
                markup, taken = self._text(run)
                yield markup
                index += taken

    def _text(self, lines: Sequence[TextLine]) -> tuple[str, int]:
        """The heading, list or paragraph that these lines begin with, and how many of them it takes."""
        level = self.level(lines[0])
        if level:
            taken = self._heading_lines(lines)
            return f"<h{level}>{html.escape(joined([line.text for line in lines[:taken]]))}</h{level}>", taken
        if lines[0].is_item:
            return self._list(lines)
        taken = 1
        while taken < len(lines) and self._goes_on(lines[taken - 1], lines[taken]):
            if _begins_a_level(lines[taken]) and _begins_a_level(lines[0]):
                break
            taken += 1
        return f"<p>{marked(lines[:taken])}</p>", taken

    def level(self, line: TextLine) -> int:
        """The level of heading that a line is, 1 to 6, or 0: by its size, and below those by its weight."""
        if line.size in self.heading_sizes and _may_head(line):
            return min(self.heading_sizes.index(line.size) + 1, 5)
        bold = line.is_bold and line.size >= self.text_size * 0.95
        if bold and _may_head(line) and not line.text.rstrip().endswith((".", ",", ";")):
            return min(len(self.heading_sizes) + 1, 6)
        return 0

    def _heading_lines(self, lines: Sequence[TextLine]) -> int:
        """How many lines a heading takes: the next one of its size and weight, near below it, goes on with it."""
        taken = 1
        while taken < min(len(lines), 3) and self._wraps(lines[taken - 1], lines[taken]):
            taken += 1
        return taken

    def _wraps(self, above: TextLine, below: TextLine) -> bool:
        alike = above.size == below.size and above.is_bold == below.is_bold and above.place == below.place
        near = below.top - above.bottom < above.size * 0.5
        goes_on = above.size in self.heading_sizes or below.text[:1].islower()
        return alike and near and goes_on and not NUMBER.match(below.text)

    def _list(self, lines: Sequence[TextLine]) -> tuple[str, int]:
        indents: list[float] = []
        items: list[tuple[int, list[TextLine]]] = []
        taken = 0
        while taken < len(lines):
            line = lines[taken]
            if line.is_item and not self.level(line):
                items.append((_depth(line.x0, indents), [line.without_bullet()]))
            elif taken and self._wraps_item(lines[taken - 1], line, indents[-1]):
                items[-1][1].append(line)
            else:
                break
            taken += 1
        return "".join(nested_list([(depth, marked(parts)) for depth, parts in items])), taken

    def _wraps_item(self, above: TextLine, line: TextLine, indent: float) -> bool:
        if self.level(line):
            return False
        near = line.place != above.place or line.top - above.bottom < line.size * 0.9
        return near and line.x0 > indent + 2

    def _goes_on(self, above: TextLine, below: TextLine) -> bool:
        """Whether a paragraph goes on: the next line is near, or a sentence runs over the page's end."""
        if self.level(below) or below.is_item or abs(above.size - below.size) > 1:
            return False
        if LABELLED.match(below.text):
            return False
        if above.place != below.place:
            return not above.text.rstrip().endswith((".", ":", "?", "!")) and below.text[:1].islower()
        return below.top - above.bottom < below.size * 0.6


def _begins_a_level(line: TextLine) -> bool:
    """Whether a line begins with a mere number and a capital, as levels below each other do: “1 Waits”."""
    return BARE_LEVEL.match(line.text) is not None


def _may_head(line: TextLine) -> bool:
    has_letters = sum(map(str.isalpha, line.text)) > 1
    return has_letters and len(line.text) <= LONGEST_HEADING and not line.has_bullet


def _depth(x0: float, indents: list[float]) -> int:
    """The depth of an item, from 1, by its indent; `indents` are those that are open."""
    while indents and x0 < indents[-1] - 2:
        indents.pop()
    if not indents or x0 > indents[-1] + 2:
        indents.append(x0)
    return len(indents)


def _lines_from(blocks: Sequence[_Block], index: int) -> list[TextLine]:
    lines: list[TextLine] = []
    for block in blocks[index : index + 400]:
        if not isinstance(block, TextLine):
            break
        lines.append(block)
    return lines


# --- tables ---


def _with_next_pages(blocks: Sequence[_Block], index: int) -> tuple[_Table, int]:
    """The table at `index` with what follows it on the next pages, and the index after it."""
    table = blocks[index]
    assert isinstance(table, _Table)
    index += 1
    page = table.page
    while index < len(blocks):
        below = blocks[index]
        if not isinstance(below, _Table) or below.page != page + 1 or not _same_columns(table, below):
            break
        rows = below.rows[1:] if below.rows[0] == table.rows[0] else below.rows
        table = replace(table, rows=(*table.rows, *rows))
        page, index = below.page, index + 1
    return table, index


def _same_columns(one: _Table, other: _Table) -> bool:
    same_edges = abs(one.x0 - other.x0) < 3 and abs(one.x1 - other.x1) < 3
    return same_edges and len(one.rows[0]) == len(other.rows[0])


def _lines_in(text: str) -> str:
    """The text of a cell: wrapped lines are one, bullets begin new ones."""
    parts: list[list[str]] = []
    for line in text.split("\n"):
        if not parts or BULLET.match(line):
            parts.append([line])
        else:
            parts[-1].append(line)
    return text_cell("\n".join(joined(part) for part in parts)).markup
