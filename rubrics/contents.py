"""Rows of one rubric version, all or those that are named, and their texts by the names
of the editor's fields."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from rubrics.fields import PARTS, SHOWS, TICKED, FieldName, is_shows, level_of, part_of, shown_dimension
from rubrics.levels import LEVELS
from rubrics.models import (
    Dimension,
    Exercise,
    FocusArea,
    Question,
    RubricVersion,
    Signal,
    Skill,
    SoftSkill,
)

Row = Dimension | Question | Exercise | FocusArea | Signal | Skill | SoftSkill
ROWS: dict[str, type[Row]] = {
    "dimension": Dimension,
    "question": Question,
    "exercise": Exercise,
    "area": FocusArea,
    "signal": Signal,
    "skill": Skill,
    "soft": SoftSkill,
}


class Stored(ABC):
    """Rows of a version as they are stored, by the editor's fields.

    They may be changed and saved.
    """

    version: RubricVersion

    @abstractmethod
    def row(self, field: FieldName) -> RubricVersion | Row | None:
        """The row that the field belongs to: the version itself for one of the rubric's.

        None where it is gone.
        """

    @abstractmethod
    def dimension_key(self, pk: int) -> str:
        """The key of a dimension; empty where the version has none of this id."""

    def text(self, field: FieldName) -> str:
        """What is stored under the field; empty where its row is gone."""
        row = self.row(field)
        if row is None:
            return ""
        if field.part == "title" and not field.kind:
            return str(self.version.rubric.title)
        if isinstance(row, Exercise) and is_shows(field):
            key = self.dimension_key(shown_dimension(field))
            return TICKED if key in row.dimension_keys else ""
        level = level_of(field.part)
        if level and isinstance(row, RubricVersion | Dimension):
            return _of_level(row, level)
        return part_of(field).shown(getattr(row, field.part))


@dataclass(frozen=True)
class Contents(Stored):
    """A version with its rows in their order."""

    version: RubricVersion
    dimensions: list[Dimension]
    exercises: list[Exercise]
    areas: list[FocusArea]
    signals: list[Signal]
    skills: list[Skill]
    soft_skills: list[SoftSkill]

    @cached_property
    def questions(self) -> list[Question]:
        return [question for dimension in self.dimensions for question in dimension.questions.all()]

    @cached_property
    def by_kind(self) -> dict[str, Sequence[Row]]:
        """The rows of each kind that has fields."""
        return {
            "dimension": self.dimensions,
            "question": self.questions,
            "exercise": self.exercises,
            "area": self.areas,
            "signal": self.signals,
            "skill": self.skills,
            "soft": self.soft_skills,
        }

    @cached_property
    def _rows(self) -> dict[tuple[str, int], Row]:
        return {(kind, row.pk): row for kind, rows in self.by_kind.items() for row in rows}

    def row(self, field: FieldName) -> RubricVersion | Row | None:
        if not field.kind:
            return self.version
        return self._rows.get((field.kind, field.row))

    def dimension_key(self, pk: int) -> str:
        return next((row.key for row in self.dimensions if row.pk == pk), "")

    @property
    def outline(self) -> str:
        """Which rows there are, in which order: what changes where one is added, removed or moved."""
        kinds: list[str] = []
        for kind, rows in self.by_kind.items():
            pks = " ".join(str(row.pk) for row in rows)
            kinds.append(f"{kind} {pks}")
        return ", ".join(kinds)

    def texts(self) -> dict[str, str]:
        """Every field of the editor with its text as stored."""
        return {str(field): self.text(field) for field in self.fields()}

    def fields(self) -> Iterator[FieldName]:
        for part in PARTS[""]:
            yield FieldName("", 0, part)
        for kind, rows in self.by_kind.items():
            for row in rows:
                yield from (FieldName(kind, row.pk, part) for part in PARTS[kind])
        for exercise in self.exercises:
            yield from (FieldName("exercise", exercise.pk, f"{SHOWS}{row.pk}") for row in self.dimensions)


@dataclass(frozen=True)
class Named(Stored):
    """A version with those of its rows that some fields name, by kind and id."""

    version: RubricVersion
    rows: Mapping[tuple[str, int], Row]
    keys: Mapping[int, str]

    def row(self, field: FieldName) -> RubricVersion | Row | None:
        return self.rows.get((field.kind, field.row)) if field.kind else self.version

    def dimension_key(self, pk: int) -> str:
        return self.keys.get(pk, "")


def _of_level(row: RubricVersion | Dimension, level: int) -> str:
    """Whether a level needs evidence, of a version; its wording, of a dimension."""
    if isinstance(row, RubricVersion):
        return TICKED if level in row.evidence_levels else ""
    return wording(row)[level]


def wording(dimension: Dimension) -> dict[int, str]:
    """The wording of each level, 1 to 5; empty where the rubric has none."""
    given = {anchor.level: anchor.text for anchor in dimension.anchors.all()}
    return {level: given.get(level, "") for level in LEVELS}


def contents(version: RubricVersion) -> Contents:
    """What the version holds now. Eight queries, however much it is."""
    return Contents(
        version=version,
        dimensions=list(version.dimensions.prefetch_related("anchors", "questions")),
        exercises=list(version.exercises.all()),
        areas=list(version.focus_areas.all()),
        signals=list(version.signals.all()),
        skills=list(version.skills.all()),
        soft_skills=list(version.soft_skills.all()),
    )


def named(version: RubricVersion, fields: Iterable[FieldName]) -> Named:
    """What the version holds now of these fields.

    One query for each kind of row among them, and one more for the wording of levels
    and for what exercises show.
    """
    fields = list(fields)
    wanted: dict[str, set[int]] = {}
    for field in fields:
        if field.kind:
            wanted.setdefault(field.kind, set()).add(field.row)
    rows: dict[tuple[str, int], Row] = {}
    for kind, pks in wanted.items():
        found = _rows_of(version, kind).filter(pk__in=pks)
        if kind == "dimension" and any(level_of(field.part) for field in fields):
            found = found.prefetch_related("anchors")
        rows |= {(kind, row.pk): row for row in found}
    shown = {shown_dimension(field) for field in fields if is_shows(field)}
    keys = dict(version.dimensions.filter(pk__in=shown).values_list("pk", "key")) if shown else {}
    return Named(version, rows, keys)


def _rows_of(version: RubricVersion, kind: str) -> QuerySet[Row]:
    """All of the kind."""
    rows: QuerySet[Row] = ROWS[kind]._default_manager.all()
    if kind == "question":
        return rows.filter(dimension__version=version)
    return rows.filter(version=version)


def renumbered(rows: Iterable[Row]) -> list[Row]:
    """Those of the rows whose `order` is not their place, from 0, with it set and not saved."""
    moved = []
    for place, row in enumerate(rows):
        if row.order != place:
            row.order = place
            moved.append(row)
    return moved
