"""Cells and their rows as the markup of a table, and items as that of a list."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_ROWS = 2_000
MOST_COLUMNS = 60
MOST_CELLS = 20_000


@dataclass(frozen=True)
class GridCell:
    """A cell as shown: clean markup, the columns and rows that it takes; `covered` by another one takes none.

    `bold` and `size`, in points, are those of the cell's own style; 0 where none is stated.
    """

    markup: str = ""
    columns: int = 1
    rows: int = 1
    covered: bool = False
    bold: bool = False
    size: float = 0.0

    @property
    def is_written(self) -> bool:
        return bool(self.markup.strip())

    @property
    def is_empty(self) -> bool:
        return not self.is_written and not self.covered


GridRow = Sequence[GridCell]


def is_bold_as_a_whole(markup: str, *, by_style: bool) -> bool:
    """Whether a cell shows one piece of bold text: by its markup, else by its style."""
    if "<strong>" not in markup:
        return by_style
    return markup.startswith("<strong>") and markup.find("</strong>") == len(markup) - len("</strong>")


def text_cell(text: str) -> GridCell:
    """A cell that shows a plain text, line by line."""
    lines = [html.escape(line.strip()) for line in text.strip().splitlines()]
    return GridCell("<br>".join(lines))


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
