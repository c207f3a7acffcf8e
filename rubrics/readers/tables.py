"""Rows of cells as markup: where a sheet's headings, lists and tables begin and end."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_ROWS = 2_000
MOST_COLUMNS = 60
MOST_CELLS = 20_000
LONGEST_HEADING = 90


@dataclass(frozen=True)
class GridCell:
    """A cell as shown: clean markup, the columns and rows that it takes; `covered` by another one takes none."""

    markup: str = ""
    columns: int = 1
    rows: int = 1
    covered: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.markup.strip() and not self.covered


GridRow = Sequence[GridCell]


def text_cell(text: str) -> GridCell:
    """A cell that shows a plain text, line by line."""
    lines = [html.escape(line.strip()) for line in text.strip().splitlines()]
    return GridCell("<br>".join(lines))


def sheet_markup(rows: Sequence[GridRow]) -> str:
    """The markup of a sheet: rows that stand together are one table, under a line of their own as its heading."""
    return "".join(_group_markup(group) for group in _groups(rows))


TAG = re.compile(r"<[^>]*>")


def title_of(rows: Sequence[GridRow]) -> str:
    """The text of a first line that stands by itself above a table; empty where there is none."""
    group = next(_groups(rows), [])
    if len(group) < 2 or not _is_alone(group[0]) or not any(len(_written(row)) > 1 for row in group):
        return _title_above(rows, group)
    return _plain(_written(group[0])[0])


def _title_above(rows: Sequence[GridRow], group: list[GridRow]) -> str:
    """The text of a first line with an empty one below it, where more follows."""
    if len(group) != 1 or not _is_alone(group[0]):
        return ""
    more_follows = len(list(_groups(rows))) > 1
    return _plain(_written(group[0])[0]) if more_follows else ""


def _plain(cell: GridCell) -> str:
    text = html.unescape(TAG.sub(" ", cell.markup))
    return " ".join(text.split()) if len(text) <= LONGEST_HEADING else ""


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


def _group_markup(group: list[GridRow]) -> str:
    above = 0
    while above < len(group) and _is_alone(group[above]):
        above += 1
    lone = [_written(row)[0] for row in group[:above]]
    table = _table(group[above:]) if above < len(group) else ""
    if table:
        return "".join(map(_line, lone)) + table
    return _list(lone)


def _is_alone(row: GridRow) -> bool:
    return len(_written(row)) == 1


def _written(row: GridRow) -> list[GridCell]:
    return [cell for cell in row if cell.markup.strip()]


def _line(cell: GridCell) -> str:
    """A line above a table: its heading where it is short."""
    short = len(cell.markup) <= LONGEST_HEADING and "<br>" not in cell.markup
    if short and not cell.markup.rstrip().endswith("."):
        return f"<h3>{cell.markup}</h3>"
    return f"<p>{cell.markup}</p>"


def _list(cells: list[GridCell]) -> str:
    """Lines of one cell each: a heading and its items, or a paragraph."""
    if len(cells) == 1:
        return _line(cells[0])
    first = _line(cells[0])
    if first.startswith("<p>"):
        return "".join(f"<p>{cell.markup}</p>" for cell in cells)
    items = "".join(f"<li>{cell.markup}</li>" for cell in cells[1:])
    return f"{first}<ul>{items}</ul>"


def _table(rows: list[GridRow]) -> str:
    """A table whose first row heads its columns; columns without a single word are left away."""
    used = _used_columns(rows)
    return table_markup([_only(row, used) for row in rows], heads=1)


def _used_columns(rows: list[GridRow]) -> list[int]:
    width = max(len(row) for row in rows)
    return [column for column in range(width) if any(_fills(row, column) for row in rows)]


def _fills(row: GridRow, column: int) -> bool:
    return column < len(row) and not row[column].is_empty


def _only(row: GridRow, used: list[int]) -> GridRow:
    return [row[column] if column < len(row) else GridCell() for column in used]


MOST_HEADS = 3


def table_markup(rows: Sequence[GridRow], *, heads: int) -> str:
    """A table whose first `heads` rows head the columns, and so does a row that a cell of theirs still spans."""
    heads = _all_heads(rows, heads)
    lines = [_row(row, "th") for row in rows[:heads]]
    lines += [_row(row, "td") for row in rows[heads:]]
    return f"<table>{''.join(lines)}</table>"


def _all_heads(rows: Sequence[GridRow], heads: int) -> int:
    """How many rows head the columns: one with a cell over several columns goes on in the row below it."""
    if heads == 0 and rows and _spans_columns(rows[0]):
        heads = 1
    while 0 < heads < min(len(rows) - 1, MOST_HEADS) and _goes_on_below(rows, heads):
        heads += 1
    return heads


def _goes_on_below(rows: Sequence[GridRow], heads: int) -> bool:
    reaches = any(index + cell.rows > heads for index in range(heads) for cell in rows[index] if cell.rows > 1)
    return reaches or _spans_columns(rows[heads - 1])


def _spans_columns(row: GridRow) -> bool:
    """Whether one of several written cells takes more than one column."""
    written = [cell for cell in row if cell.markup.strip()]
    if len(written) < 2:
        return False
    return any(cell.columns > 1 for cell in written)


def _row(row: GridRow, tag: str) -> str:
    return "<tr>" + "".join(_cell(cell, tag) for cell in row if not cell.covered) + "</tr>"


def _cell(cell: GridCell, tag: str) -> str:
    spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f"<{tag}{spans}>{cell.markup}</{tag}>"


def nested_list(items: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Items as lists inside lists; each has its depth, from 1, and its markup."""
    depth = 0
    for level, markup in items:
        yield "<ul>" * (level - depth) + "</ul>" * (depth - level)
        yield f"<li>{markup}</li>"
        depth = level
    yield "</ul>" * depth
