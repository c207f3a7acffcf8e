"""The scorecard table: dimensions, weights and the wording of levels."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from rubrics.blueprints import words
from rubrics.blueprints.lines import Cell, unnumbered
from rubrics.blueprints.sections import Block


@dataclass(frozen=True)
class PlanWarning:
    code: str
    message: str


@dataclass(frozen=True)
class PlannedDimension:
    """`weight` in percent or None; `draft` where a focus area stands in for a missing scorecard table."""

    key: str
    name: str
    weight: float | None
    anchors: dict[int, str] = field(default_factory=dict)
    draft: bool = False

    def as_json(self) -> dict[str, Any]:
        weight = int(self.weight) if self.weight is not None and self.weight.is_integer() else self.weight
        anchors = {str(level): text for level, text in sorted(self.anchors.items())}
        row: dict[str, Any] = {"key": self.key, "name": self.name, "weight": weight, "anchors": anchors}
        return row | ({"draft": True} if self.draft else {})


@dataclass(frozen=True)
class Columns:
    name: int
    weight: int | None
    levels: dict[int, int]
    assumed: bool
    title: str = ""

    @property
    def shape(self) -> tuple[str, bool, tuple[int, ...]]:
        return self.title.casefold(), self.weight is None, tuple(sorted(self.levels))


@dataclass(frozen=True)
class Found:
    dimensions: tuple[PlannedDimension, ...] = ()
    levels_assumed: bool = False
    levels: tuple[int, ...] = ()


Row = tuple[Cell, ...]
Rows = list[tuple[str, float | None, dict[int, str]]]
DIGIT = re.compile(r"(?<![\d.,])(\d|10)(?![\d.,%])")
RANGE = re.compile(r"\d\s*(?:[-–—]|to)\s*\d")


def read_scorecard(blocks: Iterable[Block], warnings: list[PlanWarning], *, titled: bool = True) -> Found:
    """The dimensions of the first table with level columns or weights, and of those after it with the same columns.

    Below a heading that says scorecard (`titled`), a column of dimensions is enough.
    """
    rows: Rows = []
    first: Columns | None = None
    for block in blocks:
        table = _table(block, titled=titled)
        if table is None or (first and table[0].shape != first.shape):
            continue
        columns, header, body = table
        found = _without_sums(_dimension_rows(body, columns, warnings), columns)
        if found:
            first = first or columns
            rows += found
            _warn_unread(header, body, columns, warnings)
    if first is None:
        return Found()
    dimensions = keyed(_in_percent(rows), warnings)
    _check_weights(dimensions, warnings)
    return Found(dimensions, first.assumed, tuple(sorted(first.levels)))


def _table(block: Block, *, titled: bool) -> tuple[Columns, Row, tuple[Row, ...]] | None:
    if block.kind != "table" or len(block.rows) < 2:
        return None
    header, body = _header_and_body(block.rows)
    columns = _columns(header)
    if columns is None or not (columns.levels or columns.weight is not None or titled):
        return None
    return columns, header, body


def _warn_unread(header: Row, body: tuple[Row, ...], columns: Columns, warnings: list[PlanWarning]) -> None:
    """Names each column whose text has no place in a rubric."""
    taken = {columns.name, columns.weight, *columns.levels.values()}
    for at, cell in enumerate(header):
        texts = [row[at].text for row in body if at < len(row) and row[at].span == 1]
        if at not in taken and any(re.search(r"[^\W\d_]", text) for text in texts):
            text = f"The scorecard's column “{cell.text or at + 1}” is no level, weight or name and was not read."
            warnings.append(PlanWarning("scorecard_column_unread", text))


def _header_and_body(rows: tuple[Row, ...]) -> tuple[Row, tuple[Row, ...]]:
    """The row that names the columns (title rows above it span the table; a second header row names levels)."""
    at = next((n for n, row in enumerate(rows[:-1]) if sum(bool(cell.text) for cell in row) > 1), 0)
    header, body = rows[at], rows[at + 1 :]
    if any(cell.span > 1 for cell in header) and body and all(cell.header for cell in body[0]):
        pairs = zip(header, body[0], strict=False)
        return tuple(low if low.text else high for high, low in pairs), body[1:]
    return header, body


def _columns(header: Row) -> Columns | None:
    weights = [at for at, cell in enumerate(header) if words.WEIGHT_HEAD.search(cell.text)]
    weight = next((at for at in weights if not words.DIMENSION_NAME.search(header[at].text)), None)
    levels, assumed = _level_columns(header, weight)
    taken = {*levels.values(), weight}
    names = [index for index in range(len(header)) if index not in taken]
    named = [index for index in names if words.DIMENSION_NAME.search(header[index].text)]
    titled = bool(named)
    named = named or [index for index in names if words.DIMENSION_HEAD.search(header[index].text)]
    if not names or not (levels or titled or (weight is not None and named)):
        return None
    name = (named or [index for index in names if not ORDINAL_HEAD.match(header[index].text)] or names)[0]
    return Columns(name, weight, levels, assumed, header[name].text)


ORDINAL_HEAD = re.compile(r"^\s*(#|no\.?|nr\.?|№|s\.?no\.?)\s*$", re.IGNORECASE)


def _level_columns(header: Row, weight: int | None) -> tuple[dict[int, int], bool]:
    """Each level's column, and whether words instead of digits name one; the stronger word wins level 5."""
    levels: dict[int, int] = {}
    assumed = False
    strong = words.ABOVE_EXCEEDS if any(words.EXCEEDS_BAR.search(cell.text) for cell in header) else None
    order = sorted(enumerate(header), key=lambda entry: bool(strong and not strong.search(entry[1].text)))
    for index, cell in order:
        level, by_words = _level(cell.text) if index != weight else (None, False)
        if level is not None and level not in levels:
            levels[level] = index
            assumed = assumed or by_words
    return levels, assumed


def _level(text: str) -> tuple[int | None, bool]:
    """The level that a column's heading names, and whether by words instead of a digit."""
    text = unicodedata.normalize("NFKC", text)
    digit = DIGIT.search(OF_FIVE.sub("", text))
    if digit and not RANGE.search(text):
        number = int(digit.group(1))
        return (number, False) if number <= 5 else (None, False)
    if words.PARTLY.search(text) or RANGE.search(text):
        return None, False
    for pattern, level in ((words.EXCEEDS, 5), (words.BELOW, 1), (words.MEETS, 3)):
        if pattern.search(text):
            return level, True
    return None, False


OF_FIVE = re.compile(r"(?<=\d)\s*(?:/|of|out of)\s*5\b", re.IGNORECASE)


def _dimension_rows(rows: Iterable[Row], columns: Columns, warnings: list[PlanWarning]) -> Rows:
    out: Rows = []
    for at, row in enumerate(rows, start=1):
        if len(row) <= columns.name or row[columns.name].span > 1 or _is_group(row, columns):
            continue
        name = unnumbered(row[columns.name].text)
        anchors = {
            level: row[at].text for level, at in columns.levels.items() if level and at < len(row) and row[at].text
        }
        if words.TOTAL.search(name):
            continue
        if name:
            name, within = _weight_within(name) if columns.weight is None else (name, None)
            out.append((name, within or _weight(name, row, columns.weight, warnings), anchors))
        elif anchors:
            text = f"Row {at} of the scorecard has no name in column “{columns.title}” and was left out."
            warnings.append(PlanWarning("dimension_unnamed", text))
    return out


def _without_sums(rows: Rows, columns: Columns) -> Rows:
    """Without rows that have no anchors and the sum of other rows' weights: totals, groups and subtotals."""
    plain_rows = [bool(anchors) or not columns.levels for _, _, anchors in rows]
    return [
        row
        for at, row in enumerate(rows)
        if row[2] or row[1] is None or not any(_same(row[1], total) for total in _sums(rows, plain_rows, at))
    ]


def _sums(rows: Rows, counted: list[bool], at: int) -> list[float]:
    """The sums that a row without anchors may state: of all others, of the run below it, of the run above it."""
    if not any(counted) or (at < len(rows) - 1 and all(counted)):
        return []
    below = list(takewhile(lambda n: counted[n] and rows[n][2], range(at + 1, len(rows))))
    above = list(takewhile(lambda n: counted[n] and rows[n][2], range(at - 1, -1, -1)))
    others = [n for n in range(len(rows)) if n != at and counted[n]]
    return [sum(rows[n][1] or 0 for n in run) for run in (others, below, above) if run and len(rows) > 2]


def _same(one: float, other: float) -> bool:
    return abs(one - other) < 0.01


def _in_percent(rows: Rows) -> Rows:
    """Weights that are written as shares of one, as percentages."""
    weights = [weight for _, weight, _ in rows if weight is not None]
    if len(weights) < 2 or max(weights) > 1 or min(weights) == 1 or sum(weights) > 1.01:
        return rows
    return [(name, None if weight is None else round(weight * 100, 3), text) for name, weight, text in rows]


def names_levels_by_digit(rows: tuple[Row, ...]) -> bool:
    """Whether the table's columns are numbered levels, which says scorecard in any language."""
    columns = _columns(_header_and_body(rows)[0]) if len(rows) > 1 else None
    return columns is not None and not columns.assumed and len(columns.levels) > 1


def is_scorecard(block: Block) -> bool:
    """Whether a table is a scorecard wherever it stands: by its columns, or by its caption."""
    table = _table(block, titled=bool(words.SCORECARD.search(block.text)))
    if table is None:
        return False
    return len(table[0].levels) > 1 or bool(words.DIMENSION_NAME.search(table[0].title))


def _is_group(row: tuple[Cell, ...], columns: Columns) -> bool:
    """A row that has a name and nothing else heads a group."""
    others = [cell.text for index, cell in enumerate(row) if index != columns.name]
    return not any(others)


def _weight_within(name: str) -> tuple[str, float | None]:
    """A name without the percentage in brackets at its end, and that percentage."""
    found = re.search(r"\s*[(\[](?:weight:?\s*)?(\d{1,3}(?:[.,]\d+)?)\s*%[)\]]$", name, re.IGNORECASE)
    return (name[: found.start()], float(found.group(1).replace(",", "."))) if found else (name, None)


def _weight(name: str, row: Row, at: int | None, warnings: list[PlanWarning]) -> float | None:
    """The weight as written; a range, a negative or an impossible number is none, with a warning."""
    text = (
        unicodedata.normalize("NFKC", row[at].text).replace("\u2044", "/") if at is not None and at < len(row) else ""
    )
    found = WEIGHT.match(text)
    if not found:
        if text:
            warnings.append(PlanWarning("weight_unreadable", f"The weight of “{name}” (“{text}”) is no number."))
        return None
    value = float(found["number"].replace(",", ".")) / float(found["parts"] or 1)
    return value


WEIGHT = re.compile(
    r"^[^\d.,/–—-]*(?P<number>\d{0,3}[.,]\d{1,6}|\d{1,3})\s*(?:/\s*(?P<parts>[1-9]\d{0,2}))?\s*(?P<percent>%|percent|prozent)?"
    r"(?![\d.,]*\s*[-–—]\s*\d|\d|[.,]\d)[^\d]*$",
    re.IGNORECASE,
)


def _check_weights(dimensions: tuple[PlannedDimension, ...], warnings: list[PlanWarning]) -> None:
    weights = [row.weight for row in dimensions if row.weight is not None]
    if weights and abs(sum(weights) - 100) > 0.5:
        warnings.append(PlanWarning("weights_sum", f"The scorecard's weights add up to {sum(weights):g}, not 100."))
    if weights and len(weights) < len(dimensions):
        warnings.append(PlanWarning("weights_incomplete", "Some rows of the scorecard have no weight."))


def keyed(rows: Rows, warnings: list[PlanWarning], *, draft: bool = False) -> tuple[PlannedDimension, ...]:
    """Dimensions with unique keys; a name that differs only in case or white space is left out with a warning."""
    seen: set[str] = set()
    keys: set[str] = set()
    out: list[PlannedDimension] = []
    for name, weight, anchors in rows:
        folded = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
        if folded in seen:
            warnings.append(
                PlanWarning(
                    "dimension_duplicate",
                    f"“{name}” stands twice in the scorecard; the later row was left out.",
                )
            )
            continue
        seen.add(folded)
        key = free_key(name, keys)
        keys.add(key)
        out.append(PlannedDimension(key, name, weight, anchors, draft))
    return tuple(out)


def free_key(name: str, taken: set[str]) -> str:
    """A stable key for a dimension of this name that is not taken; of a name in another script, its place."""
    return _free(_slug(name) or f"dimension-{len(taken) + 1}", taken)


def _slug(name: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-")[:80]


def _free(stem: str, taken: set[str]) -> str:
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in [stem, *numbered] if key not in taken)
