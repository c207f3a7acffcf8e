"""The scorecard table: dimensions, weights and the wording of levels."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rubrics.blueprints import words
from rubrics.blueprints.documents import Block, Cell


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


@dataclass(frozen=True)
class Found:
    dimensions: tuple[PlannedDimension, ...] = ()
    levels_assumed: bool = False


DIGIT = re.compile(r"(?<![\d.,])([1-9]|10)(?![\d.,%])")
RANGE = re.compile(r"\d\s*(?:[-–—]|to)\s*\d")


def read_scorecard(blocks: Iterable[Block], warnings: list[PlanWarning]) -> Found:
    """The dimensions of the first table whose header has level columns, or a dimension column and a weight."""
    for block in blocks:
        if block.kind != "table" or len(block.rows) < 2:
            continue
        header, body = _header_and_body(block.rows)
        columns = _columns(header)
        if columns is None:
            continue
        rows = _in_percent(_without_sum(_dimension_rows(body, columns)))
        dimensions = keyed(rows, warnings)
        if dimensions:
            _check_weights(dimensions, warnings)
            return Found(dimensions, columns.assumed)
    return Found()


Row = tuple[Cell, ...]


def _header_and_body(rows: tuple[Row, ...]) -> tuple[Row, tuple[Row, ...]]:
    """The row that names the columns (title rows above it span the table; a second header row names levels)."""
    at = next((n for n, row in enumerate(rows[:-1]) if sum(bool(cell.text) for cell in row) > 1), 0)
    header, body = rows[at], rows[at + 1 :]
    if any(cell.span > 1 for cell in header) and body and all(cell.header for cell in body[0]):
        pairs = zip(header, body[0], strict=False)
        return tuple(low if low.text else high for high, low in pairs), body[1:]
    return header, body


def _columns(header: tuple[Cell, ...]) -> Columns | None:
    levels: dict[int, int] = {}
    weight = None
    assumed = False
    for index, cell in enumerate(header):
        level, by_words = _level(cell.text)
        if words.WEIGHT_HEAD.search(cell.text):
            weight = index
        elif level is not None and level not in levels:
            levels[level] = index
            assumed = assumed or by_words
    taken = {*levels.values(), weight}
    names = [index for index in range(len(header)) if index not in taken]
    named = [index for index in names if words.DIMENSION_NAME.search(header[index].text)]
    named = named or [index for index in names if words.DIMENSION_HEAD.search(header[index].text)]
    if not names or not (levels or (weight is not None and named)):
        return None
    return Columns((named or names)[0], weight, levels, assumed)


def _level(text: str) -> tuple[int | None, bool]:
    """The level that a column's heading names, and whether by words instead of a digit."""
    digit = DIGIT.search(text)
    if digit and not RANGE.search(text):
        number = int(digit.group(1))
        return (number, False) if number <= 5 else (None, False)
    for pattern, level in ((words.EXCEEDS, 5), (words.BELOW, 1), (words.MEETS, 3)):
        if pattern.search(text):
            return level, True
    return None, False


Rows = list[tuple[str, float | None, dict[int, str]]]


def _dimension_rows(rows: Iterable[tuple[Cell, ...]], columns: Columns) -> Rows:
    out: Rows = []
    for row in rows:
        if len(row) <= columns.name or row[columns.name].span > 1 or _is_group(row, columns):
            continue
        name = row[columns.name].text
        if not name or words.TOTAL.search(name):
            continue
        weight = _weight(row, columns.weight)
        anchors = {level: row[at].text for level, at in columns.levels.items() if at < len(row) and row[at].text}
        out.append((name, weight, anchors))
    return out


def _without_sum(rows: Rows) -> Rows:
    """Without a last row that has no anchors and the sum of the others' weights, in whatever language."""
    if len(rows) > 2 and not rows[-1][2] and rows[-1][1]:
        others = sum(weight or 0 for _, weight, _ in rows[:-1])
        if abs(others - (rows[-1][1] or 0)) < 0.01:
            return rows[:-1]
    return rows


def _in_percent(rows: Rows) -> Rows:
    """Weights that are written as shares of one, as percentages."""
    weights = [weight for _, weight, _ in rows if weight is not None]
    if len(weights) < 2 or abs(sum(weights) - 1) > 0.001:
        return rows
    return [(name, None if weight is None else round(weight * 100, 3), text) for name, weight, text in rows]


def names_levels_by_digit(rows: tuple[Row, ...]) -> bool:
    """Whether the table's columns are numbered levels, which says scorecard in any language."""
    columns = _columns(_header_and_body(rows)[0]) if len(rows) > 1 else None
    return columns is not None and not columns.assumed and len(columns.levels) > 1


def scale_of_columns(found: Found, warnings: list[PlanWarning]) -> dict[str, int] | None:
    """The scale that columns numbered 1 to 3 or 1 to 4 imply; other numberings imply none for certain."""
    levels = sorted({level for row in found.dimensions for level in row.anchors})
    if found.levels_assumed or levels not in ([1, 2, 3], [1, 2, 3, 4]):
        return None
    return _scale(1, levels[-1], warnings)


def _is_group(row: tuple[Cell, ...], columns: Columns) -> bool:
    """A row that has a name and nothing else heads a group."""
    others = [cell.text for index, cell in enumerate(row) if index != columns.name]
    return not any(others)


def _weight(row: tuple[Cell, ...], at: int | None) -> float | None:
    if at is None or at >= len(row):
        return None
    number = re.search(r"\d+(?:[.,]\d+)?", row[at].text)
    if number is None:
        return None
    value = float(number.group().replace(",", "."))
    return value


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


SCALE = re.compile(
    r"(?<![\d.])(\d{1,2})\s*(?:[-–—]|to)\s*(\d{1,3})(?!\d|\.\d|\s*(?:min|hour|day|week|month|year|%))",
    re.IGNORECASE,
)
SCALE_WORDS = re.compile(
    r"\b(rubric|scale|score|scored|scoring|rate|rated|rating|points?|bewert|skala|note|échelle|escala)",
    re.IGNORECASE,
)


def stated_scale(blocks: Iterable[Block], warnings: list[PlanWarning]) -> dict[str, int] | None:
    """The scale that the text around the scorecard states, else None; any other than 1-5 is a warning."""
    for block in blocks:
        for line in block.lines:
            found = SCALE.search(line.text) if SCALE_WORDS.search(line.text) else None
            if found and int(found.group(1)) < int(found.group(2)):
                return _scale(int(found.group(1)), int(found.group(2)), warnings)
    return None


def _scale(low: int, high: int, warnings: list[PlanWarning]) -> dict[str, int]:
    if (low, high) != (1, 5):
        text = f"The document states a scale of {low} to {high}; Evenhand scores 1 to 5, so its wording needs a look."
        warnings.append(PlanWarning("scale_unsupported", text))
    return {"min": low, "max": high}
