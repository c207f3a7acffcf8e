"""A file of historic scorecards, CSV or a workbook, as rows, each with its line, and what is wrong with the others."""

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from rubrics.readers.choice import read_rows
from rubrics.readers.kinds import kind_of_bytes
from rubrics.readers.page import UnusableBlueprint
from scorecards.import_rows import (
    CARD_COLUMNS,
    Card,
    NotOnceInZone,
    Row,
    card_of,
    column_of,
    known_names,
    problems_of,
    raw_of,
    row_of,
    with_zone,
)

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
MARKED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


class BadRows(Exception):
    """Every problem found, each with its line number; nothing was stored."""

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        super().__init__(f"{len(problems)} bad rows")
        self.problems = sorted(problems)


@dataclass
class Reading:
    """The usable rows of a file, and what is wrong with the others.

    `problems` are pairs of line and words; `incomplete` the scorecards that lack a row;
    `sha256` is that of the file's bytes; `notes` say what of it was not read.
    Times without a zone are by the clocks of `zone`, and `is_zoned` says that there are some; without one they are
    problems.
    """

    rows: list[Row] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    incomplete: set[Card] = field(default_factory=set)
    sha256: str = ""
    notes: tuple[str, ...] = ()
    zone: ZoneInfo | None = None
    is_zoned: bool = False


def read(data: bytes, *, zone: ZoneInfo | None = None) -> Reading:
    """The rows of the file, good and bad.

    An Excel or OpenDocument workbook, or lines separated by commas, semicolons, tabs or bars, in UTF-8 or UTF-16.
    Raises BadRows where it is no such file with our header at all.
    """
    try:
        kind = kind_of_bytes(data)
        return _of_text(data, zone) if kind is None else _of_workbook(data, zone)
    except UnusableBlueprint as error:
        raise BadRows([(1, str(error))]) from error


# --- workbooks ---------------------------------------------------------------
LOOKED_AT = 12  # rows in which the header is sought


def _of_workbook(data: bytes, zone: ZoneInfo | None) -> Reading:
    """The rows of the first sheet with any, below the row that names most columns. Raises UnusableBlueprint."""
    sheet = read_rows(data, filename="")
    reading = Reading(sha256=hashlib.sha256(data).hexdigest(), notes=sheet.notes, zone=zone)
    beginning = sheet.rows[:LOOKED_AT]
    heads = [known_names(cells) for _, cells in beginning]
    at = heads.index(max(heads))
    line, names = beginning[at]
    header = _header(names, line, "")
    for number, cells in sheet.rows[at + 1 :]:
        _read_row(number, header, _as_wide(cells, len(header)), reading)
    return reading


def _as_wide(cells: Sequence[str], width: int) -> list[str]:
    """The cells as many as the header's; a sheet ends each row with its last written cell."""
    missing = max(width - len(cells), 0)
    beyond = [cell for cell in cells[width:] if cell]
    return [*cells[:width], *beyond, *[""] * missing]


# --- text --------------------------------------------------------------------
def _of_text(data: bytes, zone: ZoneInfo | None) -> Reading:
    text = _decoded(data)
    text, separator, line = _separated(text)
    reading = Reading(sha256=hashlib.sha256(data).hexdigest(), zone=zone)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    before = line - 1  # lines that the reader does not see
    try:
        header = _header(next(reader, []), line, separator)
        line = before + reader.line_num + 1
        for fields in reader:
            if any(text.strip() for text in fields):
                _read_row(line, header, fields, reading)
            line = before + reader.line_num + 1
    except csv.Error as error:
        reading.problems.append((line, f"not readable as CSV: {error}"))
    return reading


def _decoded(data: bytes) -> str:
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = 1 + data[: error.start].count(b"\n")
        words = "the file is not UTF-8: save it as “CSV UTF-8” in your spreadsheet program"
        raise BadRows([(line, words)]) from error
    before, nul, _ = text.partition("\x00")
    if nul:
        raise BadRows([(1 + before.count("\n"), "the file contains a NUL character")])
    return text


def _encoding(data: bytes) -> str:
    """UTF-16 by its mark, or by every other byte of its beginning; else UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[:40]
    if len(head) >= 8 and not any(head[1::2]):
        return "utf-16-le"
    if len(head) >= 8 and not any(head[::2]):
        return "utf-16-be"
    return "utf-8-sig"


def _separated(text: str) -> tuple[str, str, int]:
    """The text from its header on, its separator, and the header's line."""
    marked = MARKED.match(text)
    if marked is not None:
        return text[marked.end() :], marked[1], 2
    first = text.partition("\n")[0]
    found = {separator: known_names(first.split(separator)) for separator in SEPARATORS}
    return text, max(found, key=lambda separator: found[separator]), 1


def _header(fields: Sequence[str], line: int, separator: str) -> list[str]:
    """The names of the columns: each of CARD_COLUMNS once, in any order, and others."""
    header = [column_of(name) for name in fields]
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        raise BadRows([(line, f"the header names {', '.join(twice)} twice")])
    lacking = [name for name in CARD_COLUMNS if name not in header]
    if lacking:
        raise BadRows([(line, f"the header is missing {', '.join(lacking)}{_found(fields, separator)}")])
    return header


def _found(fields: Sequence[str], separator: str) -> str:
    """What stands there instead; `separator` is empty where cells are those of a sheet."""
    names = [name.strip()[:40] for name in fields if name.strip()]
    if not names:
        return ": the file has no header row"
    shown = ", ".join(names[:12])
    if not separator:
        return f" (found: {shown})"
    apart = SEPARATORS.get(separator, f"“{separator}”")
    return f" (found, separated by {apart}: {shown})"


def _read_row(line: int, header: list[str], fields: list[str], reading: Reading) -> None:
    if known_names(fields) == len(CARD_COLUMNS):
        reading.notes += (f"Line {line} repeats the header and was skipped.",)
        return
    if len(fields) != len(header):
        than = "more" if len(fields) > len(header) else "fewer"
        reading.problems.append((line, f"has {than} fields than the header"))
        return
    raw = raw_of(header, fields)
    written = raw["submitted_at"]
    try:
        raw["submitted_at"] = with_zone(written, reading.zone)
    except NotOnceInZone as error:
        reading.problems.append((line, str(error)))
        reading.incomplete.add(card_of(raw))
        return
    reading.is_zoned |= raw["submitted_at"] != written
    problems = [(line, problem) for problem in problems_of(raw)]
    reading.problems.extend(problems)
    if problems:
        reading.incomplete.add(card_of(raw))
    else:
        reading.rows.append(row_of(line, raw))
