"""A table of plain rows, as a list of people is one: the texts of its cells and the row's number in the file."""

import html
import re
from collections.abc import Iterator

from rubrics.readers import opendocument, spreadsheets
from rubrics.readers.page import Rows, UnusableBlueprint, shown_list
from rubrics.readers.separated import rows_of, unescaped
from rubrics.readers.sheets import Sheet
from rubrics.readers.tables import MOST_COLUMNS, GridCell, GridRow

MOST = 10_000
TAG = re.compile(r"<[^>]*>")


def of_workbook(data: bytes) -> Rows:
    """The rows of the first sheet with any. Raises UnusableBlueprint where none can be read, or one has too many."""
    return _of_sheets(spreadsheets.sheets_of(data, most=MOST))


def of_open_spreadsheet(data: bytes) -> Rows:
    """The same of an ODS file."""
    return _of_sheets(opendocument.sheets_of(data, most=MOST))


def of_text(text: str) -> Rows:
    """The rows of a text by its separator. Raises UnusableBlueprint for too many."""
    rows: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in enumerate(rows_of(text), 1):
        texts = tuple(unescaped(cell).strip() for cell in cells[:MOST_COLUMNS])
        if any(texts):
            rows.append((number, texts))
    _refuse_too_many(len(rows))
    return Rows(tuple(rows))


def _refuse_too_many(count: int) -> None:
    if count > MOST:
        raise UnusableBlueprint(f"the list has {count:,} rows, and {MOST:,} can be read at a time: split it")


def _of_sheets(sheets: list[Sheet]) -> Rows:
    shown = [sheet for sheet in sheets if not sheet.hidden]
    for sheet in shown:
        if sheet.too_long:
            name = shown_list([sheet.name])
            raise UnusableBlueprint(f"the sheet {name} has more than {MOST:,} rows, which are read at a time: split it")
        rows = tuple(_rows(sheet))
        if rows:
            return Rows(rows, tuple(_notes(sheet, _other_lists(shown, sheet))))
    if any(sheet.uncalculated for sheet in shown):
        raise UnusableBlueprint("the formulas have no values: open the file in its program, save it and try again")
    raise UnusableBlueprint("the workbook is empty" if shown else "every sheet of this workbook is hidden: show one")


def _other_lists(sheets: list[Sheet], read: Sheet) -> list[str]:
    """The names of the sheets that hold something and were not read."""
    found = []
    for sheet in sheets:
        holds_something = sheet.rows or sheet.too_long
        if sheet is not read and holds_something:
            found.append(sheet.name)
    return found


def _rows(sheet: Sheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        texts = tuple(_text(cell) for cell in row)
        if any(texts):
            yield number, texts


def _text(cell: GridCell) -> str:
    lines = cell.markup.replace("<br>", "\n")
    return html.unescape(TAG.sub("", lines)).strip()


def _notes(sheet: Sheet, others: list[str]) -> Iterator[str]:
    if others:
        yield f"Only the first sheet with a list was read. Not read: {shown_list(others)}."
    if sheet.hidden_rows or sheet.hidden_columns:
        yield f"Hidden rows ({sheet.hidden_rows}) and columns ({sheet.hidden_columns}) were not read."
    merged = [number for number, row in zip(sheet.numbers, sheet.rows, strict=True) if _is_merged(row)]
    if merged:
        places = ", ".join(map(str, merged[:8]))
        yield f"Merged cells count once, at their upper left. They begin in row {places}."
    if sheet.uncalculated:
        yield f"Formulas without a value were left empty: {', '.join(sheet.uncalculated[:8])}."
    if sheet.errors:
        yield f"Cells that hold an error were left empty: {', '.join(sheet.errors[:8])}."


def _is_merged(row: GridRow) -> bool:
    return any(max(cell.columns, cell.rows) > 1 for cell in row)
