"""Words with their places on a page, put together again: lines, their columns, and tables without ruling."""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from operator import itemgetter

from rubrics.readers.tables import MOST_COLUMNS

BOLD_FONT = re.compile(r"bold|black|heavy|semibold|demi|-bd\b", re.IGNORECASE)
BULLETS = "•‣◦▪·●○■▸➤\uf0b7\uf0a7\uf0d8\u25aa\u2023\u2043"
BULLET = re.compile(rf"^(?:[{BULLETS}]\s*|[-–—*]\s+|o\s+(?=[A-Z]))(?=\S)")
NUMBER = re.compile(r"^\(?\d{1,2}[.)]\s+(?=\S)")
COLUMN_GAP = 1.2  # of the letters' size: more than between two words
NARROW_GAP = 0.65  # of it: between the columns of a table whose lines all keep to them
LEAST_GAP = 0.36  # of it: more than a blank, where a word stands at a column's very beginning
SAME_PLACE = 4.0  # points
EXACT_PLACE = 1.0


@dataclass(frozen=True)
class Word:
    """A word and its place in points, from the page's upper left corner; `size` is that of its letters."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    font: str

    @property
    def is_bold(self) -> bool:
        return bool(BOLD_FONT.search(self.font))


@dataclass(frozen=True)
class TextLine:
    """The words of one line from left to right, at least one, and the page's number from 0.

    `dotted` says that a bullet is drawn before it; `column` is 1 in the right one of two.
    """

    words: tuple[Word, ...]
    page: int
    dotted: bool = False
    column: int = 0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def place(self) -> tuple[int, int]:
        """Page and column, in which lines stand below each other."""
        return self.page, self.column

    @property
    def size(self) -> float:
        """The size of most of its letters, in points."""
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[round(word.size * 2) / 2] += len(word.text)
        return sizes.most_common(1)[0][0]

    @property
    def is_bold(self) -> bool:
        return all(word.is_bold for word in self.words)

    @property
    def has_bullet(self) -> bool:
        return self.dotted or bool(BULLET.match(self.text))

    @property
    def is_item(self) -> bool:
        """Whether it begins an item of a list, by a bullet or by a number."""
        return self.has_bullet or bool(NUMBER.match(self.text))

    def without_bullet(self) -> "TextLine":
        """The line without the bullet or the number that it begins with."""
        text = self.text
        found = BULLET.match(text) or NUMBER.match(text)
        if found is None:
            return self
        rest = len(text) - found.end()
        words = list(self.words)
        while words and len(" ".join(word.text for word in words)) > rest:
            first = words.pop(0)
            kept = first.text.lstrip(BULLETS)
            if kept and kept != first.text:
                words.insert(0, replace(first, text=kept))
        return replace(self, words=tuple(words)) if words else self


@dataclass(frozen=True)
class Dot:
    """A small round or square shape on a page, as browsers draw their bullets."""

    x1: float
    middle: float


FARTHEST_DOT = 20.0  # points before the text


def lines_of(words: Sequence[Word], page: int, dots: Sequence[Dot] = ()) -> list[TextLine]:
    """The lines that the words of a page stand in, from the top."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.bottom, word.x0)):
        if lines and abs(lines[-1][0].bottom - word.bottom) <= min(word.size, lines[-1][0].size) * 0.4:
            lines[-1].append(word)
        else:
            lines.append([word])
    found = [TextLine(tuple(sorted(line, key=lambda word: word.x0)), page) for line in lines]
    return [replace(line, dotted=_is_dotted(line, dots)) for line in found]


def _is_dotted(line: TextLine, dots: Sequence[Dot]) -> bool:
    beside = (dot for dot in dots if line.top < dot.middle < line.bottom)
    return any(-1 <= line.x0 - dot.x1 <= FARTHEST_DOT for dot in beside)


# --- tables without ruling ---


@dataclass(frozen=True)
class Segment:
    """Words of a line that stand together, from `x0`."""

    x0: float
    x1: float
    text: str


def segments(line: TextLine, *, gap: float = COLUMN_GAP, starts: Sequence[float] = ()) -> list[Segment]:
    """The line cut where a gap is wider than `gap` times its letters, and at columns that begin at `starts`."""
    runs: list[list[Word]] = [[line.words[0]]]
    for word in line.words[1:]:
        apart = (word.x0 - runs[-1][-1].x1) / max(word.size, 6.0)
        if apart > gap or (apart > LEAST_GAP and _is_at(word.x0, starts)):
            runs.append([word])
        else:
            runs[-1].append(word)
    return list(map(_segment, runs))


def _segment(run: Sequence[Word]) -> Segment:
    return Segment(run[0].x0, run[-1].x1, " ".join(word.text for word in run))


def _is_at(x0: float, starts: Sequence[float]) -> bool:
    return any(abs(x0 - start) <= EXACT_PLACE for start in starts)


@dataclass
class LooseTable:
    """A table that only its columns make: rows of texts, and the number of lines that it takes."""

    rows: list[list[str]] = field(default_factory=list)
    lines: int = 0


Cells = dict[int, str]


def loose_table(lines: Sequence[TextLine]) -> LooseTable | None:
    """The table that begins with the first of these lines, or None.

    Its first line names three columns or more, and the lines below keep to them, two of them with several columns.
    """
    tables = [_loose_table(lines, gap) for gap in (COLUMN_GAP, NARROW_GAP)]
    found = [table for table in tables if table is not None]
    if not found:
        return _aligned_table(lines)
    return max(found, key=_extent)


def _aligned_table(lines: Sequence[TextLine]) -> LooseTable | None:
    """A table whose columns have hardly a gap between them.

    Words of its first lines begin at the same places.
    """
    head, *below = lines
    near = [line for line in below[:FEWEST_BELOW] if line.place == head.place]
    if len(near) < FEWEST_BELOW or head.is_item or head.text.endswith("."):
        return None
    starts = [head.x0, *(word.x0 for word in head.words[1:] if _is_column(word.x0, near))]
    if not 3 <= len(starts) <= MOST_COLUMNS or not all(_has_room(start, [head, *near]) for start in starts[1:]):
        return None
    names = _cut_at(head, starts)
    found = list(_lines_in_columns(below, starts, cut=_cut_at))
    if len(found) < FEWEST_BELOW or any(len(cells) < len(starts) for _, cells in found[:FEWEST_BELOW]):
        return None
    rows = _rows(head, found, len(starts))
    return LooseTable([[part.text for part in names], *rows], 1 + len(found))


FEWEST_BELOW = 2  # lines below each other that begin a word at one place are no accident


def _is_column(start: float, lines: Sequence[TextLine]) -> bool:
    """Whether each line has a word that begins at a place."""
    return all(_is_at(start, [word.x0 for word in line.words]) for line in lines)


def _has_room(start: float, lines: Sequence[TextLine]) -> bool:
    """Whether more than a blank stands before a place in one line at least.

    Words of prose are evenly spaced.
    """
    for line in lines:
        for before, word in pairwise(line.words):
            if abs(word.x0 - start) <= EXACT_PLACE and word.x0 - before.x1 > LEAST_GAP * max(word.size, 6.0):
                return True
    return False


def _cut_at(line: TextLine, starts: Sequence[float]) -> list[Segment]:
    """The line cut where a word begins at one of these places.

    The word before it may stand however near.
    """
    runs: list[list[Word]] = [[line.words[0]]]
    for word in line.words[1:]:
        if _is_at(word.x0, starts):
            runs.append([word])
        else:
            runs[-1].append(word)
    return list(map(_segment, runs))


def _extent(table: LooseTable) -> tuple[int, int]:
    return table.lines, len(table.rows[0])


def _loose_table(lines: Sequence[TextLine], gap: float) -> LooseTable | None:
    names = segments(lines[0], gap=gap)
    if not 3 <= len(names) <= MOST_COLUMNS or lines[0].is_item:
        return None
    starts = _starts(names, lines[1:], gap)
    found = list(_lines_in_columns(lines[1:], starts))
    body = found[_lines_of_head(lines[0], found) :]
    if sum(1 for _, cells in body if len(cells) > 1) < 2:
        return None
    head = [segment.text for segment in names]
    for _, cells in found[: len(found) - len(body)]:
        _add(head, cells)
    above = found[len(found) - len(body) - 1][0] if len(found) > len(body) else lines[0]
    rows = _rows(above, body, len(starts))
    return LooseTable([head, *rows], 1 + len(found))


def _lines_of_head(head: TextLine, found: Sequence[tuple[TextLine, Cells]]) -> int:
    """How many lines go on with the names of the columns: near below them, and as bold, or beginning further right."""
    count = 0
    above = head
    for line, cells in found:
        near = line.top - above.bottom < head.size * 0.5
        both_bold = head.is_bold and line.is_bold
        if not near or (0 in cells and not both_bold):
            break
        count += 1
        above = line
    return count


def _starts(head: list[Segment], lines: Sequence[TextLine], gap: float) -> list[float]:
    """Where each column begins: a name may be centred above it."""
    below = [segment for line in lines[:12] for segment in segments(line, gap=gap)]
    return [_start(segment, below) for segment in head]


def _start(name: Segment, below: list[Segment]) -> float:
    """Where most texts below a name begin, those at its own place first."""
    under: Counter[int] = Counter()
    for part in below:
        if part.x0 <= name.x1 and part.x1 >= name.x0:
            under[round(part.x0)] += 1
    if not under or any(abs(x0 - name.x0) <= EXACT_PLACE for x0 in under):
        return name.x0
    return float(under.most_common(1)[0][0])


def _lines_in_columns(
    lines: Sequence[TextLine],
    starts: list[float],
    cut: Callable[[TextLine, Sequence[float]], list[Segment]] | None = None,
) -> Iterator[tuple[TextLine, Cells]]:
    """The lines that keep to the columns, cut by gaps or by `cut`."""
    previous: TextLine | None = None
    for line in lines:
        cells = _cells(cut(line, starts) if cut else segments(line, starts=starts), starts)
        far = previous is not None and line.top - previous.bottom > 3 * line.size
        if cells is None or far or (previous is not None and line.place != previous.place):
            return
        yield line, cells
        previous = line


def _cells(parts: Sequence[Segment], starts: list[float]) -> Cells | None:
    """The texts of a line's parts by column.

    None where a text does not begin at one, or runs into the next.
    """
    found: Cells = {}
    for segment in parts:
        column = next((index for index, x0 in enumerate(starts) if abs(segment.x0 - x0) <= SAME_PLACE), None)
        if column is None:
            return None
        beyond = starts[column + 1] if column + 1 < len(starts) else float("inf")
        if segment.x1 > beyond + SAME_PLACE:
            return None
        found[column] = segment.text
    return found


def _rows(head: TextLine, body: Sequence[tuple[TextLine, Cells]], width: int) -> list[list[str]]:
    """The lines as rows; `head` is the last one that names the columns."""
    cells = [found for _, found in body]
    all_lines = [head]
    all_lines += [line for line, _ in body]
    gaps = [below.top - above.bottom for above, below in pairwise(all_lines)]
    begins = _begin_rows(gaps, cells, head.size)
    rows: list[list[str]] = []
    for found, is_first in zip(cells, begins, strict=True):
        if rows and not is_first:
            _add(rows[-1], found)
        else:
            rows.append([found.get(column, "") for column in range(width)])
    return rows


def _begin_rows(gaps: list[float], cells: list[Cells], size: float) -> list[bool]:
    """Whether each line begins a row; `gaps` are those above them.

    Where wrapped text is nearer than rows, the gap says so, else the first cell. A row may lack its first cell, which
    then reaches over it from above: its gap is that of other rows.
    """
    narrow = min(gaps)
    if _parts_rows(max(gaps[1:], default=narrow), narrow, size):
        return _begin_by_gap(gaps, cells, size)
    if narrow > size * FAR_GAP:
        return [True] * len(cells)
    named = [0 in found for found in cells]
    if narrow < size * NEAR_GAP and _parts_rows(gaps[0], narrow, size):
        for index, found in enumerate(cells):
            named[index] = named[index] and not _goes_on(found)
    return named


def _begin_by_gap(gaps: list[float], cells: list[Cells], size: float) -> list[bool]:
    narrow = min(gaps)

    def is_far(gap: float) -> bool:
        return _parts_rows(gap, narrow, size)

    named = [gap for gap, found in zip(gaps, cells, strict=True) if 0 in found]
    usual = min(filter(is_far, named), default=0.0) - size * 0.1
    begins: list[bool] = []
    for index, gap in enumerate(gaps):
        of_a_row = 0 in cells[index] or gap >= usual
        begins.append(of_a_row and is_far(gap))
    return begins


def _parts_rows(gap: float, narrow: float, size: float) -> bool:
    """Whether a gap is wider than the narrowest, which is between lines of wrapped text."""
    return gap - narrow > size * 0.25


NEAR_GAP = 0.3  # of the letters' size: no more than between the lines of wrapped text
FAR_GAP = 0.6  # of the letters' size: more than between the lines of wrapped text


def _goes_on(cells: Cells) -> bool:
    """Whether a cell goes on with a word that begins no sentence."""
    return any(text[:1].islower() for text in cells.values())


def _add(row: list[str], found: Cells) -> None:
    for column, text in found.items():
        row[column] = f"{row[column]} {text}".strip()


# --- lines as text ---

HYPHENS = ("\u2010", "\xad", "\u0002")


def joined(texts: Sequence[str]) -> str:
    """Lines of one paragraph as one text: a hyphen that the typesetting added goes, one that was written stays."""
    out = ""
    for text in texts:
        out = without_hyphen(out, text) + text
    return out


def without_hyphen(above: str, below: str) -> str:
    """What stands above the end of a line as it goes on below: without an added hyphen, or with a blank."""
    if above.endswith(HYPHENS) and below[:1].islower():
        return above[:-1]
    written = above.endswith(("-", "/")) and above[-2:-1].isalnum() and below[:1].isalnum()
    if written or not above:
        return above
    return f"{above} "


def marked(lines: Sequence[TextLine]) -> str:
    """The lines of a paragraph as markup, with its bold words."""
    pieces: list[tuple[str, bool]] = []
    for line in lines:
        for index, word in enumerate(line.words):
            pieces.append((word.text if index else f"\n{word.text}", word.is_bold))
    markup = ""
    for is_bold, run in groupby(pieces, key=itemgetter(1)):
        texts = [text for text, _ in run]
        markup += _marked(texts, is_bold)
    return _in_dash_lines(markup.strip())


NAMED_BY_BOLD = re.compile(r"<strong>[^<]*</strong>\s*[–—-]\s")
DASH_LINE = re.compile(r"\s+[–—-]\s+(?=(?:<strong>)?[^\Wa-z\d_])")
FEWEST_DASH_LINES = 3


def _in_dash_lines(markup: str) -> str:
    """Items that were written as lines with dashes, and that a browser ran together, on their lines again."""
    if not NAMED_BY_BOLD.match(markup) or len(DASH_LINE.findall(markup)) < FEWEST_DASH_LINES:
        return markup
    return DASH_LINE.sub("<br>– ", markup)


def _marked(words: list[str], bold: bool) -> str:
    """Words of one weight; those that a line feed begins stood first in their line."""
    text = joined([part.strip() for part in " ".join(words).split("\n")])
    shown = html.escape(" ".join(text.split()))
    return f"<strong>{shown}</strong> " if bold else f"{shown} "
