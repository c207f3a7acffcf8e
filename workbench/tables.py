"""Rows of a table as a CSV or an Excel file, a part at a time, so that a million rows
need no more memory than one."""

import re
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import IO, cast

from scorecards.spreadsheets import cell, line

Row = Iterable[object]
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MARK = "\ufeff"  # by which Excel knows that a CSV is UTF-8
MOST_ROWS = 1_048_575  # of a sheet, below its head
LONGEST_CELL = 32_767  # characters
NO_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # XML cannot hold them, and openpyxl refuses them


class TooManyRows(ValueError):
    """More rows than a sheet can hold."""


def csv_lines(head: Row, rows: Iterable[Row]) -> Iterator[str]:
    """The table as lines of a CSV that spreadsheet programs read rightly."""
    yield MARK + line(head)
    for row in rows:
        yield line(_plain(value) for value in row)


def workbook(head: Row, rows: Iterable[Row]) -> IO[bytes]:
    """The table as an open Excel file, at its beginning, which is gone once it is
    closed.

    Raises TooManyRows beyond what a sheet holds.
    """
    from openpyxl import Workbook  # a tenth of what every process takes to start, and few of them write a sheet

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Evenhand")
    sheet.append([_in_sheet(value) for value in head])
    given = iter(rows)
    for row in islice(given, MOST_ROWS):
        sheet.append([_in_sheet(value) for value in row])
    file = tempfile.TemporaryFile(prefix="evenhand-table-")  # noqa: SIM115 - whoever sends it closes it
    book.save(file)  # an unfinished one would leave its parts behind
    if next(given, None) is not None:
        file.close()
        raise TooManyRows
    file.seek(0)
    return cast(IO[bytes], file)


def _plain(value: object) -> object:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value


def _in_sheet(value: object) -> object:
    """Numbers as they are; every text as one that is no formula."""
    if value is None or isinstance(value, int | float):
        return value
    return NO_CHARACTERS.sub("", cell(_plain(value)))[:LONGEST_CELL]
