"""CSV as Excel, Numbers, LibreOffice and Google write it: any separator, found by columns that stay the same."""

import csv
import re
from collections import Counter
from io import StringIO
from itertools import islice

from rubrics.readers.page import ASSUMED_HEADING, Page, UnusableBlueprint
from rubrics.readers.sheet_rows import sheet_markup, title_of
from rubrics.readers.tables import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, GridCell, text_cell

SEPARATORS = ("\t", ";", "|", ",")  # where two give rows alike, the rarer sign in a text
STATED = re.compile(r"\A\ufeff?\"?sep=(.)\"?\r?\n", re.IGNORECASE)
SAMPLE = 200  # rows


def read(text: str) -> Page:
    """The page of a separated text, of which nothing but the table is known.

    Raises UnusableBlueprint where it has too many rows.
    """
    rows = rows_of(text)
    _refuse_above(MOST_ROWS, len(rows), "rows")
    _refuse_above(MOST_CELLS, sum(map(len, rows)), "cells")
    grid: list[list[GridCell]] = []
    for row in rows:
        cells = [text_cell(unescaped(value)) for value in row[:MOST_COLUMNS]]
        grid.append(cells)
    return Page(f"<h2>{ASSUMED_HEADING}</h2>{sheet_markup(grid)}", title_of(grid), assumed=True)


def _refuse_above(most: int, count: int, what: str) -> None:
    if count > most:
        message = f"the table has {count:,} {what}; a rubric's has at most {most:,}: keep the rubric's part alone"
        raise UnusableBlueprint(message)


def rows_of(text: str) -> list[list[str]]:
    """The rows, of the separator that a first line `sep=;` states or that parts the most rows alike."""
    stated = STATED.match(text)
    if stated:
        return _parsed(text[stated.end() :], stated.group(1))
    return _parsed(text, separator_of(text))


def separator_of(text: str) -> str:
    """The separator by which most rows have the same number of columns, two at least; a comma where none does."""
    scores = {separator: _evenness(text, separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: scores[separator])
    return best if scores[best] > 0 else ","


def looks_like_a_table(text: str) -> bool:
    """Whether a text without a name is a table: rows alike, by tabs as copied from a spreadsheet, or nearly all."""
    if STATED.match(text):
        return True
    if _evenness(text, "\t") > 0.6:
        return True
    return any(_evenness(text, separator, columns=3, rows=3) > 0.95 for separator in (",", ";", "|"))


def _evenness(text: str, separator: str, *, columns: int = 2, rows: int = 2) -> float:
    """Which share of the first rows has the commonest number of columns, 0 to 1.

    A little more where there are many; 0 where those are less than `columns`, or the rows less than `rows`.
    """
    try:
        parsed = _parsed(text, separator, SAMPLE)
    except UnusableBlueprint:
        return 0.0
    widths = Counter(len(row) for row in parsed if any(map(str.strip, row)))
    if sum(widths.values()) < rows:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    if width < columns:
        return 0.0
    return count / sum(widths.values()) + min(width, 20) / 1000


def _parsed(text: str, separator: str, most: int | None = None) -> list[list[str]]:
    """The rows, or the first `most` of them. Raises UnusableBlueprint for a cell as long as a book."""
    lines = StringIO(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), newline="")
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True)
    try:
        return list(islice(reader, most))
    except csv.Error as error:
        raise UnusableBlueprint("the table has a cell that never ends: look for a quotation mark too many") from error


FORMULA = re.compile(r"\A'(?=[=+@-])")


def unescaped(value: str) -> str:
    """A cell that was written with an apostrophe, so that no spreadsheet takes it for a formula, as it was."""
    return FORMULA.sub("", value)
