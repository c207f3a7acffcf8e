"""The fields of a draft's editor: which there are, and their texts as values and back.
Pure: no Django.

Names: `title`, `summary`, `language` and `needs_evidence_1` to `needs_evidence_5` of
the rubric itself; else `KIND_ID_PART`, such as `dimension_12_level_3`. What an exercise
shows is ticked in `exercise_ID_shows_DIMENSION`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from accounts.signs import says_something
from rubrics.blueprints.language import LANGUAGES
from rubrics.levels import LEVELS

TICKED = "on"
LINE = 300
PROSE = 20_000
LISTED = 200
FIELD = re.compile(r"(?:(?P<kind>[a-z]+)_(?P<row>\d{1,17})_)?(?P<part>[a-z][a-z_]*(?:_\d{1,17})?)", re.ASCII)
Value = str | bool | Decimal | list[str] | None


class NoSuchField(ValueError):
    """No editor has a field of this `name`."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NotTaken(ValueError):
    """A text that its field cannot hold; the message says why and what to do."""


@dataclass(frozen=True)
class Part:
    """How one part of a row is written: `read` makes a value of a text and raises NotTaken, `shown` the reverse."""

    read: Callable[[str], Value]
    shown: Callable[[Value], str]


@dataclass(frozen=True)
class FieldName:
    """A field's name taken apart: `kind` and `row` (its id) are empty and 0 for the rubric itself."""

    kind: str
    row: int
    part: str

    def __str__(self) -> str:
        return f"{self.kind}_{self.row}_{self.part}" if self.kind else self.part


# --- texts into values -------------------------------------------------------
def _line(limit: int) -> Part:
    """One line, its white space folded."""

    def read(text: str) -> str:
        return _limited(" ".join(text.split()), limit)

    return Part(read, _as_it_stands)


def _name(limit: int) -> Part:
    """One line that names something; empty, or with a letter or figure that can be seen."""

    def read(text: str) -> str:
        name = _limited(" ".join(text.split()), limit)
        if name and not says_something(name):
            raise NotTaken("Write at least one letter or figure.")
        return name

    return Part(read, _as_it_stands)


def _prose() -> Part:
    """Lines of text; what stands around them goes."""

    def read(text: str) -> str:
        lines = [" ".join(line.split()) for line in text.split("\n")]
        return _limited("\n".join(lines).strip(), PROSE)

    return Part(read, _as_it_stands)


def _list() -> Part:
    """A list with an entry in each line."""

    def read(text: str) -> list[str]:
        entries = [" ".join(line.split()) for line in _limited(text, PROSE).split("\n")]
        found = [entry for entry in entries if entry]
        if len(found) > LISTED:
            raise NotTaken(f"This list has {len(found)} lines; the limit is {LISTED}.")
        return found

    def shown(value: Value) -> str:
        assert isinstance(value, list)
        return "\n".join(value)

    return Part(read, shown)


def _tick() -> Part:
    def read(text: str) -> bool:
        return text == TICKED

    def shown(value: Value) -> str:
        return TICKED if value else ""

    return Part(read, shown)


def _choice(offered: Mapping[str, str]) -> Part:
    def read(text: str) -> str:
        if text not in offered:
            raise NotTaken("Choose one of the entries offered.")
        return text

    return Part(read, _as_it_stands)


def _percent() -> Part:
    """A number of percent from 0 to 1000, with a point or a comma; empty for none."""

    def read(text: str) -> Decimal | None:
        number = text.replace("%", "").replace(",", ".").strip()
        if not number:
            return None
        try:
            value = Decimal(number)
        except InvalidOperation:
            raise NotTaken("A weight is a number of percent, such as 20 or 12.5.") from None
        if not (value.is_finite() and 0 <= value <= 1000):
            raise NotTaken("A weight is a number of percent, from 0 to 100.")
        return round(value, 3)

    def shown(value: Value) -> str:
        return "" if value is None else f"{Decimal(str(value)).normalize():f}"

    return Part(read, shown)


def _as_it_stands(value: Value) -> str:
    return str(value or "")


def _limited(text: str, limit: int) -> str:
    if len(text) > limit:
        raise NotTaken(f"This text has {len(text):,} characters; the limit is {limit:,}. Shorten it.")
    return text


# --- the parts of each kind --------------------------------------------------
SKILL_GROUPS = {
    "must-have": "Must-have",
    "good-to-have": "Good to have",
    "advanced": "Advanced",
    "emerging": "Emerging",
}
OF_THE_RUBRIC: dict[str, Part] = {"title": _name(LINE), "summary": _prose(), "language": _choice(LANGUAGES)}
OF_THE_RUBRIC |= {f"needs_evidence_{level}": _tick() for level in LEVELS}
DIMENSION = {"name": _name(LINE), "must_have": _tick(), "weight": _percent(), "weight_reason": _line(500)}
DIMENSION |= {f"level_{level}": _prose() for level in LEVELS}
PARTS: dict[str, dict[str, Part]] = {
    "": OF_THE_RUBRIC,
    "dimension": DIMENSION,
    "question": {"text": _prose(), "strong": _prose(), "weak": _prose()},
    "exercise": {
        "label": _line(20),
        "title": _name(500),
        "duration": _line(100),
        "prompt": _prose(),
        "look_for": _list(),
    },
    "area": {"name": _name(500), "detail": _prose(), "topics": _list()},
    "signal": {"text": _prose()},
    "skill": {
        "group": _choice(SKILL_GROUPS),
        "name": _name(LINE),
        "description": _prose(),
        "use": _prose(),
        "importance": _line(LINE),
    },
    "soft": {"name": _name(LINE), "why": _prose(), "how": _prose(), "strong": _prose()},
}
SHOWS = "shows_"
TICK = _tick()


def parsed(name: str) -> FieldName:
    """The name taken apart. Raises NoSuchField where no editor has such a field."""
    match = FIELD.fullmatch(name)
    if not match:
        raise NoSuchField(name)
    kind = match["kind"] or ""
    row = int(match["row"] or 0)
    found = FieldName(kind, row, match["part"])
    if not (is_shows(found) or found.part in PARTS.get(found.kind, {})):
        raise NoSuchField(name)
    return found


def is_shows(field: FieldName) -> bool:
    """Whether it ticks a dimension that an exercise shows."""
    return field.kind == "exercise" and field.part.removeprefix(SHOWS).isdecimal()


def shown_dimension(field: FieldName) -> int:
    """The id of the dimension that the field ticks (see `is_shows`)."""
    return int(field.part.removeprefix(SHOWS))


def part_of(field: FieldName) -> Part:
    """How the field is written."""
    return TICK if is_shows(field) else PARTS[field.kind][field.part]


def level_of(part: str) -> int | None:
    """The level, 1 to 5, that a part words or makes need evidence; None for any other part."""
    head, _, level = part.rpartition("_")
    return int(level) if head in {"level", "needs_evidence"} else None
