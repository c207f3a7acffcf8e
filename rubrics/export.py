"""A stored version as rubric JSON (`evenhand-rubric/1`), the mirror of ImportPlan.as_json."""

from collections.abc import Iterable

from rubrics.blueprints.rubric_json import (
    FORMAT,
    DimensionJson,
    ExerciseJson,
    FocusAreaJson,
    QuestionJson,
    RubricJson,
    ScaleJson,
    SectionJson,
    SkillJson,
    SoftSkillJson,
    SourceJson,
    dimension_json,
    portable_origin,
)
from rubrics.models import Blueprint, Dimension, Exercise, Question, RubricVersion, Signal
from rubrics.services import STATED


def rubric_json(version: RubricVersion) -> RubricJson:
    """The version in format evenhand-rubric/1, as rubrics/blueprints/rubric_json.py describes it."""
    found: RubricJson = {
        "format": FORMAT,
        "title": version.rubric.title,
        "language": version.language,
        "summary": version.summary,
        "source": _source(version.blueprint),
        "scale": _scale(version),
        "dimensions": _dimensions(version),
        "focus_areas": _focus_areas(version),
        "exercises": [_exercise(row) for row in version.exercises.all()],
        "signals": signals_by_kind(version.signals.order_by("order")),
        "skills": _skills(version),
        "soft_skills": _soft_skills(version),
        "sections": _sections(version.blueprint),
        "warnings": version.warnings,
    }
    if version.evidence_levels:
        found["evidence_levels"] = list(version.evidence_levels)
    return found


def _source(blueprint: Blueprint | None) -> SourceJson:
    if blueprint is None:
        return {"title": None, "url": None, "sha256": None}
    if blueprint.source is not None:
        named = blueprint.source
        return {"title": named["title"], "url": named["url"], "sha256": named["sha256"]}
    return {"title": blueprint.title, "url": blueprint.url or None, "sha256": blueprint.sha256}


def _scale(version: RubricVersion) -> ScaleJson | None:
    if version.scale_min is None or version.scale_max is None:
        return None
    return {"min": version.scale_min, "max": version.scale_max}


def _dimensions(version: RubricVersion) -> list[DimensionJson]:
    """The dimensions; all are drafts where the document had no scorecard."""
    draft = any(row["code"] == "scorecard_missing" for row in version.warnings)
    rows = version.dimensions.prefetch_related("anchors", "questions")
    return [_dimension(row, draft=draft) for row in rows]


def _dimension(row: Dimension, *, draft: bool) -> DimensionJson:
    weight = None if row.weight is None else float(row.weight)
    return dimension_json(
        row.key,
        row.name,
        weight,
        {anchor.level: anchor.text for anchor in row.anchors.all()},
        draft=draft,
        must_have=row.must_have,
        weight_reason="" if row.weight_reason == STATED else row.weight_reason,
        origin=row.origin,
        questions=[_question(question) for question in row.questions.all()],
    )


def _question(row: Question) -> QuestionJson:
    return {"text": row.text, "strong": row.strong, "weak": row.weak}


def _focus_areas(version: RubricVersion) -> list[FocusAreaJson]:
    rows = version.focus_areas.all()
    return [{"name": row.name, "detail": row.detail, "topics": row.topics} for row in rows]


def _exercise(row: Exercise) -> ExerciseJson:
    found: ExerciseJson = {
        "label": row.label or None,
        "title": row.title,
        "duration": row.duration or None,
        "prompt": row.prompt,
        "look_for": row.look_for,
    }
    if row.dimension_keys:
        found["dimensions"] = row.dimension_keys
    if origin := portable_origin(row.origin):
        found["origin"] = origin
    return found


def _skills(version: RubricVersion) -> list[SkillJson]:
    return list(version.skills.values("group", "name", "description", "use", "importance"))


def _soft_skills(version: RubricVersion) -> list[SoftSkillJson]:
    return list(version.soft_skills.values("name", "why", "how", "strong"))


def _sections(blueprint: Blueprint | None) -> list[SectionJson]:
    return [] if blueprint is None else list(blueprint.sections.values("number", "title"))


def signals_by_kind(signals: Iterable[Signal]) -> dict[str, list[str]]:
    """The signals' texts by kind, each kind present, in the order given."""
    grouped: dict[str, list[str]] = {kind: [] for kind in Signal.Kind.values}
    for row in signals:
        grouped[row.kind].append(row.text)
    return grouped
