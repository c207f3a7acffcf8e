"""Starting, importing, copying, publishing and forking rubrics. Each is atomic and audited; the actor is `by`."""

import re
from collections.abc import Iterable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from accounts.folding import composed
from accounts.models import User
from audit.frozen import frozen
from audit.services import record
from rubrics.blueprints.keys import free_key, numbered
from rubrics.blueprints.plan import ImportPlan
from rubrics.blueprints.planned_dimensions import PlannedDimension
from rubrics.blueprints.rubric_json import as_json_rows
from rubrics.checklist import hindrances
from rubrics.contents import contents
from rubrics.levels import LEVELS
from rubrics.library.entries import entries_of
from rubrics.models import (
    Anchor,
    Blueprint,
    BlueprintSection,
    Dimension,
    Exercise,
    FocusArea,
    LibraryEntry,
    Question,
    Rubric,
    RubricVersion,
    Signal,
    Skill,
    SoftSkill,
)
from rubrics.shares import Weight, obstacle
from rubrics.titles import new_rubric, slug_of

STATED = "As stated in the blueprint"
PLACEHOLDER = re.compile(r"dimension-\d+", re.ASCII)
COPIED = ("summary", "language", "scale_min", "scale_max", "levels_assumed", "evidence_levels")
Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def import_plan(
    plan: ImportPlan,
    *,
    filename: str,
    by: User | None,
    publish: bool = False,
) -> tuple[RubricVersion, bool]:
    """Store the plan as the rubric's draft version; returns it and whether anything was stored.

    A file whose bytes were imported before changes nothing (but is published if asked and still a draft).
    Raises ValidationError where the rubric already has another draft or the version cannot be published.
    """
    known = _imported_before(plan)
    if known is not None:
        return _known(known, by=by, publish=publish), False
    rubric = _rubric_for(plan.title)
    known = _imported_before(plan)  # by another import, while this one waited for the rubric
    if known is not None:
        return _known(known, by=by, publish=publish), False
    if rubric.versions.filter(state=RubricVersion.State.DRAFT).exists():
        message = f"“{rubric.title}” already has an unpublished draft. Publish or discard it first."
        raise ValidationError(message)
    version = _store_version(rubric, plan, _store_blueprint(plan, filename, by), by)
    record("rubric.imported", by=by, subject=version)
    if publish:
        publish_version(version, by=by)
    return version, True


def _imported_before(plan: ImportPlan) -> RubricVersion | None:
    versions = RubricVersion.objects.filter(blueprint__sha256=plan.sha256)
    return versions.order_by("-number").first()


def _known(version: RubricVersion, *, by: User | None, publish: bool) -> RubricVersion:
    if publish and version.is_draft:
        return publish_version(version, by=by)
    return version


def _rubric_for(title: str) -> Rubric:
    """The rubric of this title, locked until the transaction ends: one import at a time adds a version to it.

    C++ and C# give one slug and are two roles: the second one gets the next free slug.
    """
    title = composed(title)[:300]
    for slug in numbered(slug_of(title)):
        rubric, _ = Rubric.objects.get_or_create(slug=slug, defaults={"title": title})
        if rubric.title.casefold() == title.casefold():
            break
    locked = Rubric.objects.select_for_update(no_key=True).filter(pk=rubric.pk).first()
    return locked or _rubric_for(title)  # it went with its only draft meanwhile


def _store_blueprint(plan: ImportPlan, filename: str, by: User | None) -> Blueprint:
    """The document and its sections; texts that are too long for their column are cut."""
    title = plan.source_title
    if plan.source and not title:
        title = plan.title
    blueprint = Blueprint.objects.create(
        title=title[:500],
        url=plan.source_url[:2000],
        sha256=plan.sha256,
        filename=filename[:255],
        source=plan.source,
        imported_by=by,
    )
    BlueprintSection.objects.bulk_create(
        BlueprintSection(
            blueprint=blueprint,
            order=order,
            number=row.number,
            title=row.title[:500],
            html=row.html,
        )
        for order, row in enumerate(plan.sections)
    )
    return blueprint


def _store_version(rubric: Rubric, plan: ImportPlan, blueprint: Blueprint, by: User | None) -> RubricVersion:
    version = RubricVersion(
        rubric=rubric,
        number=_next_number(rubric),
        blueprint=blueprint,
        summary=plan.summary,
        language=plan.language,
        levels_assumed=plan.levels_assumed,
        warnings=as_json_rows(plan.warnings),
        evidence_levels=list(plan.evidence_levels),
        created_by=by,
    )
    if plan.scale is not None:
        version.scale_min, version.scale_max = plan.scale["min"], plan.scale["max"]
    version.save()
    _store_dimensions(version, plan)
    _store_exercises(version, plan)
    _store_focus_areas(version, plan)
    for kind, texts in plan.signals.items():
        _store_signals(version, kind, texts)
    _store_skills(version, plan)
    _store_soft_skills(version, plan)
    current = rubric.versions.published().first()
    if current is not None:
        _keep_local(version, current)
    return version


def _keep_local(version: RubricVersion, current: RubricVersion) -> None:
    """Take over from the rubric's version of now what no document says: what was set here and nowhere else.

    Must-haves, questions and weights with a reason of their own go by the dimension's key, what an exercise shows by
    its label and title. Weights stay behind where the document states some, or where they would not add up; so do
    must-haves and the levels that need evidence where a rubric's own JSON states some.
    """
    if not version.evidence_levels:
        version.evidence_levels = current.evidence_levels
        version.save(update_fields=["evidence_levels"])
    earlier = {row.key: row for row in current.dimensions.prefetch_related("questions")}
    dimensions = list(version.dimensions.all())
    states_must_haves = any(dimension.must_have for dimension in dimensions)
    for dimension in dimensions:
        if dimension.key not in earlier:
            continue
        _keep_questions(dimension, earlier[dimension.key])
        if not states_must_haves:
            dimension.must_have = earlier[dimension.key].must_have
            dimension.save(update_fields=["must_have"])
    _keep_weights(dimensions, earlier)
    shown = {(row.label, row.title): row.dimension_keys for row in current.exercises.all()}
    for exercise in version.exercises.all():
        if not exercise.dimension_keys:
            exercise.dimension_keys = shown.get((exercise.label, exercise.title), [])
            exercise.save(update_fields=["dimension_keys"])


def _keep_questions(dimension: Dimension, earlier: Dimension) -> None:
    if dimension.questions.exists():
        return
    for question in list(earlier.questions.all()):
        _copy(question, dimension=dimension)


def _keep_weights(dimensions: list[Dimension], earlier: dict[str, Dimension]) -> None:
    if any(dimension.weight is not None for dimension in dimensions):
        return
    weighted = {key: row for key, row in earlier.items() if row.weight is not None}
    own = {key: row for key, row in weighted.items() if row.weight_reason != STATED}
    weights: dict[str, Weight] = {}
    for dimension in dimensions:
        kept = own.get(dimension.key)
        weights[dimension.name] = kept.weight if kept else None
    if obstacle(weights):
        return
    for dimension in dimensions:
        if dimension.key in own:
            dimension.weight, dimension.weight_reason = own[dimension.key].weight, own[dimension.key].weight_reason
            dimension.save(update_fields=["weight", "weight_reason"])


def _next_number(rubric: Rubric) -> int:
    """The number of the rubric's next version, from 1."""
    return 1 + max(rubric.versions.values_list("number", flat=True), default=0)


def _store_dimensions(version: RubricVersion, plan: ImportPlan) -> None:
    for order, row in enumerate(plan.dimensions):
        dimension = Dimension.objects.create(
            version=version,
            order=order,
            key=row.key[:120],
            name=row.name[:300],
            weight=row.weight,
            weight_reason=_reason(row),
            must_have=row.must_have,
            origin=row.origin,
        )
        Anchor.objects.bulk_create(
            Anchor(dimension=dimension, level=level, text=text)
            for level, text in row.anchors.items()
            if level in LEVELS
        )
        Question.objects.bulk_create(
            Question(dimension=dimension, order=place, **question.as_json())
            for place, question in enumerate(row.questions)
        )


def _reason(row: PlannedDimension) -> str:
    if row.weight is None or row.weight_reason:
        return row.weight_reason
    return STATED


def _store_exercises(version: RubricVersion, plan: ImportPlan) -> None:
    rows: list[Exercise] = []
    for order, row in enumerate(plan.exercises):
        exercise = Exercise(version=version, order=order, prompt=row.prompt)
        exercise.label = (row.label or "")[:20]
        exercise.title = row.title[:500]
        exercise.duration = (row.duration or "")[:100]
        exercise.look_for = list(row.look_for)
        exercise.dimension_keys = list(row.dimensions)
        exercise.origin = dict(row.origin)
        rows.append(exercise)
    Exercise.objects.bulk_create(rows)


def _store_focus_areas(version: RubricVersion, plan: ImportPlan) -> None:
    FocusArea.objects.bulk_create(
        FocusArea(
            version=version,
            order=order,
            name=row.name[:500],
            detail=row.detail,
            topics=list(row.topics),
        )
        for order, row in enumerate(plan.focus_areas)
    )


def _store_signals(version: RubricVersion, kind: str, texts: Iterable[str]) -> None:
    Signal.objects.bulk_create(
        Signal(version=version, order=order, kind=kind, text=text) for order, text in enumerate(texts)
    )


def _store_skills(version: RubricVersion, plan: ImportPlan) -> None:
    Skill.objects.bulk_create(
        Skill(version=version, order=order, **row.as_json()) for order, row in enumerate(plan.skills)
    )


def _store_soft_skills(version: RubricVersion, plan: ImportPlan) -> None:
    SoftSkill.objects.bulk_create(
        SoftSkill(version=version, order=order, **row.as_json()) for order, row in enumerate(plan.soft_skills)
    )


@transaction.atomic
def publish_version(version: RubricVersion, *, by: User | None) -> RubricVersion:
    """Freeze a draft for good and retire the version published before.

    Raises ValidationError where it is no draft, or for what hinders it (`rubrics.checklist`).
    """
    version = _held(version)
    if not version.is_draft:
        raise ValidationError("This version has already been published.")
    if reasons := hindrances(contents(version)):
        raise ValidationError(reasons)
    _name_keys(version)
    published = version.rubric.versions.filter(state=RubricVersion.State.PUBLISHED)
    published.update(state=RubricVersion.State.RETIRED)
    version.state = RubricVersion.State.PUBLISHED
    version.published_at = timezone.now()
    version.published_by = by
    version.removed, version.field_edits = [], {}
    version.save(update_fields=["state", "published_at", "published_by", "removed", "field_edits"])
    LibraryEntry.objects.bulk_create(entries_of(contents(version)))
    record("rubric.published", by=by, subject=version, **frozen("version", version.pk))
    return version


def _held(version: RubricVersion) -> RubricVersion:
    """The version as it is now; it and its rubric are locked."""
    versions = RubricVersion.objects.select_related("rubric", "blueprint")
    return versions.select_for_update(of=("rubric", "self"), no_key=True).get(pk=version.pk)


def _name_keys(version: RubricVersion) -> None:
    """Give dimensions that were added without a name, and so without a key of their own, one after their name.

    A key that another version has stays: scorecards and files go by it.
    """
    others = Dimension.objects.filter(version__rubric=version.rubric_id).exclude(version=version)
    known = set(others.values_list("key", flat=True))
    dimensions = list(version.dimensions.all())
    renamed: dict[str, str] = {}
    for dimension in dimensions:
        if not PLACEHOLDER.fullmatch(dimension.key) or dimension.key in known:
            continue
        key = free_key(dimension.name, {row.key for row in dimensions})
        if not PLACEHOLDER.fullmatch(key):
            renamed[dimension.key] = dimension.key = key
            dimension.save(update_fields=["key"])
    for exercise in version.exercises.all() if renamed else ():
        exercise.dimension_keys = [renamed.get(key, key) for key in exercise.dimension_keys]
        exercise.save(update_fields=["dimension_keys"])


@transaction.atomic
def start_rubric(title: str, *, language: str, by: User) -> RubricVersion:
    """A new rubric with an empty draft; `language` is a code of LANGUAGES.

    Raises ValidationError at `title` where another rubric has it.
    """
    rubric = new_rubric(title)
    rubric.save()
    version = RubricVersion.objects.create(rubric=rubric, number=1, language=language, created_by=by)
    record("rubric.started", by=by, subject=version)
    return version


@transaction.atomic
def copy_version(version: RubricVersion, title: str, *, by: User) -> RubricVersion:
    """A new rubric whose draft has the content of this version, without the document that it came from.

    Raises ValidationError at `title` where another rubric has it.
    """
    rubric = new_rubric(title)
    rubric.save()
    draft = _as_new_draft(version, rubric=rubric, by=by)
    record("rubric.copied", by=by, subject=draft, version=version.pk)
    return draft


@transaction.atomic
def discard_draft(version: RubricVersion, *, by: User) -> None:
    """Delete a draft, with its blueprint where no other version came from it, so that it can be imported anew.

    Raises ValidationError where it was published meanwhile.
    """
    version = _held(version)
    if not version.is_draft:
        raise ValidationError("This version is published and cannot be discarded.")
    record("rubric.discarded", by=by, subject=version)
    blueprint, rubric = version.blueprint, version.rubric
    version.delete()
    if blueprint is not None and not blueprint.versions.exists():
        blueprint.delete()
    if not rubric.versions.exists():
        rubric.delete()


@transaction.atomic
def fork_version(version: RubricVersion, *, by: User) -> RubricVersion:
    """A new draft with the content of this version.

    Raises ValidationError where the rubric has a draft.
    """
    Rubric.objects.select_for_update(no_key=True).get(pk=version.rubric_id)
    if version.rubric.versions.filter(state=RubricVersion.State.DRAFT).exists():
        raise ValidationError("This rubric already has a draft. Edit that one.")
    draft = _as_new_draft(version, rubric=version.rubric, by=by)
    record("rubric.forked", by=by, subject=draft)
    return draft


def _as_new_draft(version: RubricVersion, *, rubric: Rubric, by: User) -> RubricVersion:
    """The next version of the rubric, with all that this version holds."""
    version = RubricVersion.objects.select_related("blueprint").get(pk=version.pk)
    draft = RubricVersion(rubric=rubric, number=_next_number(rubric), created_by=by)
    for name in COPIED:
        setattr(draft, name, getattr(version, name))
    if rubric.pk == version.rubric_id:
        draft.blueprint, draft.warnings = version.blueprint, version.warnings
    draft.save()
    _copy_rows(version, draft)
    return draft


def _copy_rows(version: RubricVersion, draft: RubricVersion) -> None:
    for dimension in version.dimensions.prefetch_related("anchors", "questions"):
        anchors = list(dimension.anchors.all())
        questions = list(dimension.questions.all())
        copy = _copy(dimension, version=draft)
        for anchor in anchors:
            _copy(anchor, dimension=copy)
        for question in questions:
            _copy(question, dimension=copy)
    for related in ("exercises", "focus_areas", "signals", "skills", "soft_skills"):
        for row in getattr(version, related).all():
            _copy(row, version=draft)


def _copy(row: Row, **parents: models.Model) -> Row:
    """The row stored once more, below other parents; `row` itself becomes the copy."""
    row.pk = None
    row._state.adding = True
    for name, parent in parents.items():
        setattr(row, name, parent)
    row.save()
    return row
