"""What to look at before a draft is published: what hinders it, and what is only worth a second look."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from rubrics.contents import Contents, Row, wording
from rubrics.fields import PARTS, FieldName
from rubrics.models import Dimension
from rubrics.shares import obstacle

ALIKE = 0.85  # of 1, for names with the same letters in the same order
BAR = (3, 5)  # “meets the bar” and “exceeds the bar”
EMPTY = {
    "question": "A question",
    "exercise": "An exercise",
    "area": "A focus area",
    "signal": "A signal",
    "skill": "A skill",
    "soft": "A soft skill",
}


@dataclass(frozen=True)
class Finding:
    """Something to mend: `text` says what and how, `where` is the id in the editor where that is done.

    One that `hinders` keeps the draft from being published.
    """

    text: str
    where: str
    hinders: bool = False


def checklist(found: Contents) -> list[Finding]:
    """All findings, those that hinder first."""
    findings = [*_hindrances(found), *_advice(found)]
    return sorted(findings, key=lambda finding: not finding.hinders)


def hindrances(found: Contents) -> list[str]:
    """Why the draft cannot be published yet; empty where it can."""
    return [finding.text for finding in _hindrances(found)]


# --- what hinders ------------------------------------------------------------
def _hindrances(found: Contents) -> Iterator[Finding]:
    if not found.dimensions:
        yield Finding("Add at least one dimension before you publish.", "dimensions", hinders=True)
    for number, dimension in enumerate(found.dimensions, 1):
        yield from _of_a_dimension(number, dimension)
    yield from _same_names(found.dimensions)
    weights = {dimension.name: dimension.weight for dimension in found.dimensions}
    if reason := obstacle(weights):
        yield Finding(reason, "dimensions", hinders=True)
    for kind, called in EMPTY.items():
        yield from _empty(kind, called, found.by_kind[kind])


def _of_a_dimension(number: int, dimension: Dimension) -> Iterator[Finding]:
    if not dimension.name:
        text = f"Dimension {number} has no name. Name it, or remove it."
        yield Finding(text, _control("dimension", dimension, "name"), hinders=True)
    if dimension.weight is not None and not dimension.weight_reason:
        text = f"The weight of {_named(number, dimension)} has no reason. Give one, or clear the weight."
        yield Finding(text, _control("dimension", dimension, "weight_reason"), hinders=True)


def _same_names(dimensions: list[Dimension]) -> Iterator[Finding]:
    first: dict[str, Dimension] = {}
    for dimension in dimensions:
        folded = " ".join(dimension.name.casefold().split())
        if folded and first.setdefault(folded, dimension) is not dimension:
            text = f"Two dimensions are called “{dimension.name}”. Rename one of them, or remove it."
            yield Finding(text, _control("dimension", dimension, "name"), hinders=True)


def _empty(kind: str, called: str, rows: Sequence[Row]) -> Iterator[Finding]:
    parts = [part for part in PARTS[kind] if part != "group"]
    for row in rows:
        if not any(getattr(row, part) for part in parts):
            yield Finding(f"{called} is empty. Write it, or remove it.", _control(kind, row, parts[0]), hinders=True)


# --- what is worth a second look ---------------------------------------------
def _advice(found: Contents) -> Iterator[Finding]:
    for number, dimension in enumerate(found.dimensions, 1):
        yield from _unworded(number, dimension)
    for one, other in combinations(found.dimensions, 2):
        yield from _alike(one, other)
    keys = {dimension.key for dimension in found.dimensions}
    for exercise in found.exercises:
        if keys.isdisjoint(exercise.dimension_keys):
            text = f"The exercise “{exercise}” shows no dimension. Tick what it shows."
            yield Finding(text, f"exercise_{exercise.pk}")
    if found.version.warnings:
        yield Finding("The import left warnings that nobody has settled yet.", "warnings")


def _unworded(number: int, dimension: Dimension) -> Iterator[Finding]:
    """Levels 3 and 5 are what interviewers measure by."""
    given = wording(dimension)
    missing = [level for level in BAR if not given[level]]
    if missing:
        levels = " and ".join(str(level) for level in missing)
        plural = "levels" if len(missing) > 1 else "level"
        text = f"{_named(number, dimension)} has no wording for {plural} {levels}."
        yield Finding(text, _control("dimension", dimension, f"level_{missing[0]}"))


def _alike(one: Dimension, other: Dimension) -> Iterator[Finding]:
    names = one.name.casefold(), other.name.casefold()
    if all(names) and names[0] != names[1] and SequenceMatcher(None, *names).ratio() >= ALIKE:
        text = f"“{one.name}” and “{other.name}” have nearly the same name. Do both judge the same?"
        yield Finding(text, _control("dimension", other, "name"))
    worded = [(level, text) for level, text in wording(one).items() if text]
    for level, text in worded:
        if text.casefold() == wording(other)[level].casefold():
            said = f"“{one.name}” and “{other.name}” have the same wording for level {level}."
            yield Finding(said, _control("dimension", other, f"level_{level}"))


def _named(number: int, dimension: Dimension) -> str:
    return f"“{dimension.name}”" if dimension.name else f"Dimension {number}"


def _control(kind: str, row: Row, part: str) -> str:
    return f"id_{FieldName(kind, row.pk, part)}"
