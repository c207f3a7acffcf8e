"""Values as cells of a CSV that somebody opens in a spreadsheet, and back. Pure."""

import csv
import io
from collections.abc import Iterable

FORMULA = frozenset("=+-@\t\r")


def cell(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula; None is empty.

    `text_of` gives the same text again, also where it began with an apostrophe.
    """
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip("'")[:1] in FORMULA else text


def line(values: Iterable[object]) -> str:
    """The values as one line of a CSV, with its end."""
    written = io.StringIO(newline="")
    csv.writer(written).writerow(map(cell, values))
    return written.getvalue()


def text_of(cell: str) -> str:
    """What `cell` was made of; an apostrophe that escapes nothing stays."""
    is_escaped = cell[:1] == "'" and cell.lstrip("'")[:1] in FORMULA
    return cell[1:] if is_escaped else cell
