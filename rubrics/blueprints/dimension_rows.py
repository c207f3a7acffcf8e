"""Which rows of a scorecard's table are dimensions, and not groups, headers that come again or totals. Pure."""

import re
from collections.abc import Collection, Iterable
from itertools import pairwise

from rubrics.blueprints import words
from rubrics.blueprints.columns import Columns
from rubrics.blueprints.levels import quoted
from rubrics.blueprints.lines import Cell, Row, is_bold_line, is_placeholder, unnumbered
from rubrics.blueprints.reading import PlanWarning, Read

Rows = tuple[Row, ...]


def rows_of_dimensions(columns: Columns, header: Row, body: Rows) -> Read[list[tuple[int, Row]]]:
    """The rows that may be dimensions, each with its number from 1.

    Rows of an empty form that stand out as names of groups are left out, with a warning.
    """
    groups = _columns_of_groups(columns, body)
    to_fill_in = not any(_has_content(row, columns, groups) for row in body)
    heads = _heads_of_groups(columns, body) if to_fill_in else []
    left_out = set(map(id, heads))
    found: list[tuple[int, Row]] = []
    for number, row in enumerate(body, start=1):
        if id(row) in left_out or _repeats_the_header(row, columns, header):
            continue
        if may_be_a_dimension(row, columns, to_fill_in=to_fill_in, groups=groups):
            found.append((number, row))
    warnings = [_groups_left_out(row[columns.name].text for row in heads)] if heads else []
    return Read(found, tuple(warnings))


def may_be_a_dimension(row: Row, columns: Columns, *, to_fill_in: bool, groups: Collection[int] = ()) -> bool:
    """Neither too short, nor spanning columns, nor a group's heading (a name and nothing else), nor a total.

    In a form that is empty (`to_fill_in`), rows are names and nothing else; `groups` are columns before the names.
    """
    if len(row) <= columns.name or row[columns.name].span > 1:
        return False
    if not to_fill_in and not _has_content(row, columns, groups):
        return False
    if to_fill_in and len(row) == 1:
        return False
    name = unnumbered(row[columns.name].text)
    return not (words.TOTAL.search(name) or words.ABOUT_THE_FORM.search(name))


def _has_content(row: Row, columns: Columns, groups: Collection[int]) -> bool:
    """Whether a row says anything beside its name and its group, were it a box to tick."""
    passed = {columns.name, *groups}
    return any(cell.text for index, cell in enumerate(row) if index not in passed)


# --- Groups ---


def _columns_of_groups(columns: Columns, body: Rows) -> frozenset[int]:
    """The columns before the names, of no use otherwise, that name groups: once for several rows, as merged cells do."""
    before = [index for index in range(columns.name) if index not in columns.taken]
    worded = [index for index in before if has_words(body, index)]
    return frozenset(index for index in worded if _has_gaps(body, index))


def _has_gaps(rows: Rows, index: int) -> bool:
    cells = [row[index] for row in rows if index < len(row)]
    return not all(cell.text for cell in cells)


def _heads_of_groups(columns: Columns, body: Rows) -> list[Row]:
    """The rows of an empty form that stand out, in bold or capitals, above others that do not.

    The first row is one of them and the last is none; where two follow each other, none is.
    """
    rows = [row for row in body if may_be_a_dimension(row, columns, to_fill_in=True)]
    outstanding = [_stands_out(row[columns.name]) for row in rows]
    if not outstanding or not outstanding[0] or outstanding[-1]:
        return []
    if any(map(all, pairwise(outstanding))):
        return []
    return [row for row, stands_out in zip(rows, outstanding, strict=True) if stands_out]


def _stands_out(cell: Cell) -> bool:
    if cell.lines and all(map(is_bold_line, cell.lines)):
        return True
    return cell.text.isupper() and len(cell.text) > LONGEST_ABBREVIATION


LONGEST_ABBREVIATION = 4  # “SQL” and “HTML” are names in capitals


def _groups_left_out(names: Iterable[str]) -> PlanWarning:
    message = (
        f"These rows of the form stand out above others, so they were read as the names of groups: {quoted(names)}."
        " This is our reading, so check it."
    )
    return PlanWarning("groups_left_out", message)


def _repeats_the_header(row: Row, columns: Columns, header: Row) -> bool:
    """Whether a row says behind its name what the header says there: on a further page, or above a further group."""
    behind = [index for index in range(len(header)) if index != columns.name]
    titles = [_folded(text) for text in texts_in(header, behind)]
    if sum(map(bool, titles)) < 2:
        return False
    return titles == [_folded(text) for text in texts_in(row, behind)]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


# --- What cells hold ---


def text_in(row: Row, index: int) -> str:
    return row[index].text if index < len(row) else ""


def texts_in(row: Row, indexes: Iterable[int]) -> list[str]:
    return [text_in(row, index) for index in indexes]


def has_numbers(rows: Rows, index: int) -> bool:
    """Whether a column has a number of up to four digits in a cell of its own."""
    cells = [row[index] for row in rows if index < len(row)]
    return any(NUMBER.fullmatch(cell.text) for cell in cells if cell.span == 1)


def are_numbers(texts: Iterable[str]) -> bool:
    return all(map(NUMBER.fullmatch, texts))


NUMBER = re.compile(r"\s*\d{1,4}(?:[.,]\d{1,3})?\s*")


def has_words(rows: Rows, index: int) -> bool:
    """Whether a column has a letter in a cell of its own, but for what only says that something is to be filled in."""
    cells = [row[index] for row in rows if index < len(row)]
    texts = [cell.text for cell in cells if cell.span == 1 and not is_placeholder(cell.text)]
    return any(LETTER.search(text) for text in texts)


LETTER = re.compile(r"[^\W\d_]")
