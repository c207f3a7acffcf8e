"""The sheets of a workbook as one page: a heading and its tables each, and a warning for whatever is left out."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rubrics.blueprints.reading import PlanWarning
from rubrics.readers.page import ASSUMED_HEADING, Page, UnusableBlueprint, shown_list
from rubrics.readers.sheet_rows import is_a_document, sheet_markup, title_of
from rubrics.readers.tables import MOST_CELLS, MOST_ROWS, GridRow

# What programs call a sheet that nobody named.
UNNAMED = re.compile(
    r"^(?:sheet|tabelle|blatt|feuil(?:le)?|hoja|foglio|planilha|folha|blad|ark|arkusz|list|лист|シート|工作表)\s*\d*$",
    re.IGNORECASE,
)


LIMITS = f"{MOST_ROWS:,} rows or {MOST_CELLS:,} cells"


@dataclass(frozen=True)
class Sheet:
    """A sheet's rows as shown, or why it has none: it is `hidden` or `too_long`.

    `numbers` are those of the rows in the file, from 1; of an empty row between others, that of the next.
    `uncalculated` and `errors` are the places of cells (as “B4”) that hold a formula without a value, or an error.
    """

    name: str
    rows: Sequence[GridRow] = ()
    hidden: bool = False
    too_long: bool = False
    hidden_rows: int = 0
    hidden_columns: int = 0
    uncalculated: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


def page_of_sheets(sheets: list[Sheet]) -> Page:
    """The page of a workbook. Raises UnusableBlueprint where no sheet has a word that can be read."""
    sheets = [_shortened(sheet) for sheet in sheets]
    written = [replace(sheet, rows=_unspanned(sheet.rows)) for sheet in sheets if _is_written(sheet)]
    if not written:
        raise UnusableBlueprint(_refusal(sheets))
    page = _page_of_one(written[0]) if len(written) == 1 else Page("".join(map(_named, written)))
    return replace(page, warnings=tuple(_warnings(sheets)))


def _is_written(sheet: Sheet) -> bool:
    return any(cell.is_written for row in sheet.rows for cell in row)


def _page_of_one(sheet: Sheet) -> Page:
    """The page of a workbook's only sheet, which may hold a whole document where nobody named it."""
    title = title_of(sheet.rows)
    if not UNNAMED.match(sheet.name.strip()):
        return Page(_named(sheet), title)
    if is_a_document(sheet.rows):
        return Page(sheet_markup(sheet.rows, highest=1), title)
    return Page(f"<h2>{ASSUMED_HEADING}</h2>{sheet_markup(sheet.rows)}", title, assumed=True)


def _named(sheet: Sheet) -> str:
    name = html.escape(sheet.name.strip() or "Sheet")
    return f"<h2>{name}</h2>{sheet_markup(sheet.rows)}"


def _shortened(sheet: Sheet) -> Sheet:
    """The sheet, without its rows where there are too many."""
    return replace(sheet, rows=(), too_long=True) if _is_too_long(sheet) else sheet


def _is_too_long(sheet: Sheet) -> bool:
    return sheet.too_long or sum(map(len, sheet.rows)) > MOST_CELLS


def _unspanned(rows: Sequence[GridRow]) -> list[GridRow]:
    """The rows; a title across all columns is a cell by itself, so that it heads the table below it.

    Right below a row of several cells it is a group's name inside their table, and stays as wide as it is.
    """
    shown: list[GridRow] = []
    inside = False
    for row in rows:
        written = sum(bool(cell.markup.strip()) for cell in row)
        inside = written > 1 or (inside and written == 1)
        shown.append(row if inside else _as_a_title(row))
    return shown


def _as_a_title(row: GridRow) -> GridRow:
    written = [cell for cell in row if cell.is_written]
    if len(written) != 1 or written[0].rows > 1:
        return row
    return [replace(written[0], columns=1)]


def _refusal(sheets: list[Sheet]) -> str:
    long = [sheet.name for sheet in sheets if sheet.too_long]
    if long:
        return f"the sheet {shown_list(long, 2)} has more than {LIMITS}: keep the rubric's part alone"
    if sheets and all(sheet.hidden for sheet in sheets):
        return "every sheet of this workbook is hidden: show the one with the rubric and save it"
    if any(sheet.uncalculated for sheet in sheets):
        return "the workbook's formulas have no values: open it in Excel or LibreOffice, save it and try again"
    return "the workbook is empty"


def _warnings(sheets: list[Sheet]) -> Iterator[PlanWarning]:
    hidden = [sheet.name for sheet in sheets if sheet.hidden]
    if hidden:
        yield PlanWarning("hidden_sheets", f"Hidden sheets were not read: {shown_list(hidden)}.")
    long = [sheet.name for sheet in sheets if sheet.too_long]
    if long:
        message = f"Sheets with more than {LIMITS} were not read: {shown_list(long)}."
        yield PlanWarning("sheets_too_long", message)
    for sheet in sheets:
        yield from _warnings_of(sheet)


def _warnings_of(sheet: Sheet) -> Iterator[PlanWarning]:
    if sheet.hidden_rows or sheet.hidden_columns:
        message = (
            f"Hidden rows ({sheet.hidden_rows}) and columns ({sheet.hidden_columns}) of “{sheet.name}” were not read."
        )
        yield PlanWarning("hidden_cells", message)
    if sheet.uncalculated:
        places = ", ".join(sheet.uncalculated[:8])
        message = f"Formulas of “{sheet.name}” have no stored value and were left empty: {places}."
        yield PlanWarning("formula_without_value", message)
    if sheet.errors:
        places = ", ".join(sheet.errors[:8])
        yield PlanWarning("cell_errors", f"Cells of “{sheet.name}” hold an error and were left empty: {places}.")
