"""Rows of a sheet as markup: where its headings, lists and tables begin and end."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile

from rubrics.blueprints import by_language
from rubrics.readers.tables import GridCell, GridRow, table_markup

LONGEST_HEADING = 90
HIGHEST = 3  # the level of a sheet's headings: its name stands above them
DEEPEST = 6
TAG = re.compile(r"<[^>]*>")
SAYS_SOMETHING = re.compile(r"(?:level\s*)?\d{1,2}\s*[=–—-]|.*?:\s", re.IGNORECASE)
RATING_REQUEST = re.compile(by_language.RATING_REQUESTS, re.IGNORECASE)
COUNTED_LEVEL = re.compile(r"\s*(?:level\s*)?\d{1,2}\s*[:.)=–—-]\s*\S", re.IGNORECASE)


def sheet_markup(rows: Sequence[GridRow], *, highest: int = HIGHEST) -> str:
    """The markup of a sheet: rows that stand together are one table, under lines of their own as its headings.

    Its largest headings have the level `highest`, 1 to 6.
    """
    parts = [part for group in _groups(rows) for part in _parts(group)]
    sizes = _sizes_of_headings(parts)
    return "".join(_part_markup(part, sizes, highest) for part in parts)


def title_of(rows: Sequence[GridRow]) -> str:
    """The text of a first line that stands by itself above a table or in larger letters; empty where none does.

    Of several such lines the one goes first that says scorecard, guide or the like: a company may stand above it.
    """
    first = _first_title(rows)
    if not first:
        return ""
    written = filter(_written, rows[:TOP])
    lines = [_short_text(_written(row)[0]) for row in takewhile(_is_alone, written)]
    return next(filter(SHEET.search, lines), first)


TOP = 6  # rows in which a title is looked for
SHEET = re.compile(by_language.SHEETS, re.IGNORECASE)


def _first_title(rows: Sequence[GridRow]) -> str:
    group = next(_groups(rows), [])
    if len(group) > 1 and _is_alone(group[0]):
        above_a_table = any(len(_written(row)) > 1 for row in group)
        if above_a_table or _is_larger(rows, group[0]) or _heads_levels(group):
            return _short_text(_written(group[0])[0])
    return _title_above(rows, group)


def is_a_document(rows: Sequence[GridRow]) -> bool:
    """Whether a sheet holds a whole document: a title in the largest letters, and two headings over lines of text."""
    parts = [part for group in _groups(rows) for part in _parts(group)]
    sizes = _sizes_of_headings(parts)
    if len(sizes) < 2 or not parts[0].lines:
        return False
    title, *others = [cell for part in parts for cell in part.lines]
    is_a_title = title.bold and title.size == sizes[0] and all(cell.size < title.size for cell in others)
    over_text = sum(_heads_text(part.lines) for part in parts)
    return is_a_title and over_text > 1


def _heads_text(lines: Sequence[GridCell]) -> int:
    """How many of a part's lines are bold and have one below that is not."""
    return sum(1 for line, below in pairwise(lines) if line.bold and not below.bold)


def _title_above(rows: Sequence[GridRow], group: list[GridRow]) -> str:
    """The text of a first line with an empty one below it, where more follows."""
    if len(group) != 1 or not _is_alone(group[0]):
        return ""
    more_follows = len(list(_groups(rows))) > 1
    return _short_text(_written(group[0])[0]) if more_follows else ""


def _is_larger(rows: Sequence[GridRow], first: GridRow) -> bool:
    """Whether a first line is bold and larger than every other."""
    title = _written(first)[0]
    others = [cell for row in rows if row is not first for cell in _written(row)]
    return title.bold and all(cell.size < title.size for cell in others)


def _heads_levels(group: list[GridRow]) -> bool:
    """Whether a group of lines, the first of them left aside, is lists of levels under headings."""
    return len(_runs_of_levels([_written(row)[0].markup for row in group[1:]])) > 1


def _short_text(cell: GridCell) -> str:
    text = _plain(cell)
    return text if len(text) <= LONGEST_HEADING else ""


def _plain(cell: GridCell) -> str:
    return " ".join(html.unescape(TAG.sub(" ", cell.markup)).split())


# --- parts ---


@dataclass(frozen=True)
class _Part:
    """Lines of one cell each, and the table that they stand above, if any."""

    lines: list[GridCell]
    table: list[GridRow]


def _groups(rows: Sequence[GridRow]) -> Iterator[list[GridRow]]:
    """Runs of rows with something in them, parted by empty rows."""
    group: list[GridRow] = []
    for row in rows:
        if all(cell.is_empty for cell in row):
            if group:
                yield group
            group = []
        else:
            group.append(row)
    if group:
        yield group


def _parts(group: list[GridRow]) -> Iterator[_Part]:
    """The tables of a group with the lines above each; one begins anew where its head comes again."""
    start = 0
    while start < len(group):
        head = _first_head(group, start)
        end = _next_part(group, head)
        yield _Part(_lines_of(group[start:head]), group[head:end])
        start = end


def _lines_of(rows: list[GridRow]) -> list[GridCell]:
    """The lines; of small bold ones, those that say something themselves are no headings, so not bold either."""
    lines = [_written(row)[0] for row in rows]
    smallest = min((cell.size for cell in lines), default=0.0)
    return [replace(cell, bold=cell.bold and not _says_something(cell, smallest)) for cell in lines]


def _says_something(cell: GridCell, smallest: float) -> bool:
    return cell.size == smallest and SAYS_SOMETHING.match(_plain(cell)) is not None


def _first_head(group: list[GridRow], start: int) -> int:
    head = start
    while head < len(group) and _is_alone(group[head]):
        head += 1
    return head


def _next_part(group: list[GridRow], head: int) -> int:
    """The index of the first row that is no longer of the table headed by row `head`."""
    for index in range(head + 2, len(group)):
        if _comes_again(group[head], group[index]) or _is_a_bold_head(group, head, index):
            return index - _lines_above(group, head, index)
    return len(group)


def _comes_again(head: GridRow, row: GridRow) -> bool:
    """Whether a row names the same columns as the head; what its first cell says may differ."""
    columns, again = _texts(head), _texts(row)
    if len(again) < 2 or len(again) != len(columns):
        return False
    alike = sum(1 for own, other in zip(columns, again, strict=True) if own == other)
    return again[1:] == columns[1:] and (alike > 1 or again[0] == columns[0])


def _texts(row: GridRow) -> list[str]:
    return [_plain(cell).casefold() for cell in _written(row)]


def _is_a_bold_head(group: list[GridRow], head: int, index: int) -> bool:
    """Whether a bold line, a row that is bold as a whole and one that is not stand below a row that is not."""
    if index + 1 >= len(group) or index < head + 3:
        return False
    line, row, below = group[index - 1 : index + 2]
    begins = _is_alone(line) and _is_bold(line) and not _is_alone(row) and _is_bold(row)
    return begins and not _is_bold(below) and not _is_bold(group[head + 1])


def _is_bold(row: GridRow) -> bool:
    return all(cell.bold for cell in _written(row))


def _lines_above(group: list[GridRow], head: int, index: int) -> int:
    """How many lines right above row `index` are the headings of the table that begins there.

    In a table to be filled in, whose rows are such lines too, it is one where the first table has a heading as well.
    """
    count = 0
    while index - count - 1 > head and _is_alone(group[index - count - 1]):
        count += 1
    filled_in = index - count - 1 > head
    if filled_in or not count:
        return count
    return min(head, 1)


def _is_alone(row: GridRow) -> bool:
    return len(_written(row)) == 1


def _written(row: GridRow) -> list[GridCell]:
    return [cell for cell in row if cell.is_written]


# --- markup ---


def _sizes_of_headings(parts: Sequence[_Part]) -> list[float]:
    """The sizes of the bold lines, the largest first."""
    return sorted({cell.size for part in parts for cell in part.lines if cell.bold}, reverse=True)


def _part_markup(part: _Part, sizes: list[float], highest: int) -> str:
    if any(cell.bold for cell in part.lines):
        return _ranked(part.lines, sizes, highest) + _table(part.table)
    if part.table:
        return "".join(map(_line, part.lines)) + _table(part.table)
    return _list(part.lines)


def _ranked(lines: Sequence[GridCell], sizes: list[float], highest: int) -> str:
    """Bold lines as headings by their size, the others between them as paragraphs and lists."""
    markup: list[str] = []
    for bold, run in groupby(lines, key=lambda cell: cell.bold):
        if bold:
            markup += [_heading(cell, sizes, highest) for cell in run]
        else:
            markup.append(_below_heading([cell.markup for cell in run]))
    return "".join(markup)


def _heading(cell: GridCell, sizes: list[float], highest: int) -> str:
    text = _plain(cell)
    if len(text) > LONGEST_HEADING:
        return f"<p>{cell.markup}</p>"
    level = min(highest + sizes.index(cell.size), DEEPEST)
    return f"<h{level}>{html.escape(text, quote=False)}</h{level}>"


def _below_heading(markups: list[str]) -> str:
    if len(markups) == 1:
        return f"<p>{markups[0]}</p>"
    return _items(markups)


def _items(markups: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{markup}</li>" for markup in markups) + "</ul>"


def _line(cell: GridCell) -> str:
    """A line above a table: its heading where it is short."""
    short = len(cell.markup) <= LONGEST_HEADING and "<br>" not in cell.markup
    if short and not cell.markup.rstrip().endswith("."):
        return f"<h{HIGHEST}>{cell.markup}</h{HIGHEST}>"
    return f"<p>{cell.markup}</p>"


def _list(cells: Sequence[GridCell]) -> str:
    """Lines of one cell each: a heading and its items, or a paragraph."""
    if len(cells) == 1:
        return _line(cells[0])
    first = _line(cells[0])
    if first.startswith("<p>"):
        return "".join(f"<p>{cell.markup}</p>" for cell in cells)
    below = [cell.markup for cell in cells[1:]]
    asked = list(takewhile(RATING_REQUEST.search, below))
    requests = "".join(f"<p>{markup}</p>" for markup in asked)
    return first + requests + _with_levels(below[len(asked) :])


def _with_levels(markups: list[str]) -> str:
    """Items; where lines count levels or ask, the line above each such run is the heading of its list."""
    runs = _runs_of_levels(markups)
    return "".join(map(_run_of_levels, runs)) if runs else _items(markups)


def _runs_of_levels(markups: list[str]) -> list[list[str]]:
    """Names, and the levels or questions below them, in turn; none unless two such lists have a name above them."""
    runs = [list(run) for _, run in groupby(markups, key=_stands_below_a_name)]
    lists = [run for run in runs if _is_a_list(run)]
    if len(lists) < 2 or _stands_below_a_name(markups[0]):
        return []
    return runs


def _is_a_list(run: list[str]) -> bool:
    """Whether two levels at least, or a question, stand here below a name."""
    if not _stands_below_a_name(run[0]):
        return False
    return len(run) > 1 or _ends_with_a_question_mark(run[0])


def _run_of_levels(run: list[str]) -> str:
    if _stands_below_a_name(run[0]):
        return _items(run)
    above = "".join(f"<p>{line}</p>" for line in run[:-1])
    return f"{above}<h{HIGHEST + 1}>{run[-1]}</h{HIGHEST + 1}>"


def _stands_below_a_name(markup: str) -> bool:
    return COUNTED_LEVEL.match(TAG.sub("", markup)) is not None or _ends_with_a_question_mark(markup)


def _ends_with_a_question_mark(markup: str) -> bool:
    return TAG.sub("", markup).rstrip().endswith("?")


def _table(rows: list[GridRow]) -> str:
    """A table whose first row heads its columns; columns without a single word are left away."""
    if not rows:
        return ""
    used = _used_columns(rows)
    return table_markup([_only(row, used) for row in rows], heads=1)


def _used_columns(rows: list[GridRow]) -> list[int]:
    width = max(len(row) for row in rows)
    return [column for column in range(width) if any(_fills(row, column) for row in rows)]


def _fills(row: GridRow, column: int) -> bool:
    return column < len(row) and not row[column].is_empty


def _only(row: GridRow, used: list[int]) -> GridRow:
    return [row[column] if column < len(row) else GridCell() for column in used]
