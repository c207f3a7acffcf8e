"""Importing, publishing and forking rubrics. Each is atomic and audited; the actor is `by`."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TypedDict, TypeVar, Unpack

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.folding import composed
from accounts.models import User
from audit.frozen import frozen
from audit.services import record
from rubrics.blueprints.keys import free_key, numbered
from rubrics.blueprints.plan import ImportPlan
from rubrics.blueprints.rubric_json import as_json_rows
from rubrics.levels import LEVELS
from rubrics.models import (
    Anchor,
    Blueprint,
    BlueprintSection,
    Dimension,
    Exercise,
    FocusArea,
    Rubric,
    RubricVersion,
    Signal,
    Skill,
    SoftSkill,
)
from rubrics.shares import obstacle

STATED = "As stated in the blueprint"
Row = TypeVar("Row", bound=models.Model)


class DimensionFields(TypedDict, total=False):
    """What a person writes of a dimension, besides the wording of its levels.

    `weight` in percent, 0 or more; None means an equal share of what the others leave,
    and a weight needs a reason.
    """

    name: str
    must_have: bool
    weight: Decimal | None
    weight_reason: str


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
    return publish_version(version, by=by) if publish and version.is_draft else version


def _rubric_for(title: str) -> Rubric:
    """The rubric of this title, locked until the transaction ends: one import at a time adds a version to it.

    C++ and C# give one slug and are two roles: the second one gets the next free slug.
    """
    title = composed(title)[:300]
    for slug in numbered(_slug(title)):
        rubric, _ = Rubric.objects.get_or_create(slug=slug, defaults={"title": title})
        if rubric.title.casefold() == title.casefold():
            break
    return Rubric.objects.select_for_update().get(pk=rubric.pk)


def _slug(title: str) -> str:
    """At most 100 characters of a title: ASCII, else its own letters, else “rubric”."""
    in_ascii, in_its_letters = slugify(title), slugify(title, allow_unicode=True)
    return in_ascii[:100] or in_its_letters[:100] or "rubric"


def _store_blueprint(plan: ImportPlan, filename: str, by: User | None) -> Blueprint:
    """The document and its sections; texts that are too long for their column are cut."""
    blueprint = Blueprint.objects.create(
        title=(plan.source_title or plan.title)[:500] if plan.source else plan.source_title[:500],
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
    return version


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
            weight_reason="" if row.weight is None else STATED,
        )
        Anchor.objects.bulk_create(
            Anchor(dimension=dimension, level=level, text=text)
            for level, text in row.anchors.items()
            if level in LEVELS
        )


def _store_exercises(version: RubricVersion, plan: ImportPlan) -> None:
    rows: list[Exercise] = []
    for order, row in enumerate(plan.exercises):
        exercise = Exercise(version=version, order=order, prompt=row.prompt)
        exercise.label = (row.label or "")[:20]
        exercise.title = row.title[:500]
        exercise.duration = (row.duration or "")[:100]
        exercise.look_for = list(row.look_for)
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


def unpublishable(dimensions: Iterable[Dimension]) -> str:
    """Why a draft of these dimensions cannot be published yet, and what to do; empty where it can."""
    weights = {dimension.name: dimension.weight for dimension in dimensions}
    if not weights:
        return "Add at least one dimension before you publish."
    return obstacle(weights)


@transaction.atomic
def publish_version(version: RubricVersion, *, by: User | None) -> RubricVersion:
    """Freeze a draft for good and retire the version published before.

    Raises ValidationError where it is no draft, has no dimension, or sets weights that
    cannot all be reached.
    """
    version = RubricVersion.objects.select_for_update().get(pk=version.pk)
    if not version.is_draft:
        raise ValidationError("This version has already been published.")
    if reason := unpublishable(version.dimensions.all()):
        raise ValidationError(reason)
    published = version.rubric.versions.filter(state=RubricVersion.State.PUBLISHED)
    published.update(state=RubricVersion.State.RETIRED)
    version.state = RubricVersion.State.PUBLISHED
    version.published_at = timezone.now()
    version.published_by = by
    version.save(update_fields=["state", "published_at", "published_by"])
    record("rubric.published", by=by, subject=version, **frozen("version", version.pk))
    return version


@transaction.atomic
def edit_dimension(
    dimension: Dimension,
    *,
    anchors: dict[int, str],
    by: User,
    **fields: Unpack[DimensionFields],
) -> Dimension:
    """Change a draft's dimension and the wording of its levels (1 to 5).

    Levels that `anchors` does not name, or names with an empty wording, lose their anchor. Fields are given all or not
    at all. Raises ValidationError where another dimension of the draft has that name, whatever its case.
    """
    if fields:
        others = dimension.version.dimensions.exclude(pk=dimension.pk)
        _check_name(fields["name"], others.values_list("name", flat=True))
        for name, value in fields.items():
            setattr(dimension, name, value)
        dimension.save(update_fields=[*fields])
    worded = {level: text for level, text in anchors.items() if text}
    dimension.anchors.exclude(level__in=list(worded)).delete()
    for level, text in worded.items():
        Anchor.objects.update_or_create(dimension=dimension, level=level, defaults={"text": text})
    record("rubric.edited", by=by, subject=dimension.version)
    return dimension


@transaction.atomic
def require_evidence(version: RubricVersion, *, levels: list[int], by: User) -> RubricVersion:
    """Make evidence obligatory for these scores (1 to 5; others are left out), and for no others.

    Raises ValidationError where the version is no draft.
    """
    version = _locked_draft(version)
    version.evidence_levels = sorted(set(levels) & set(LEVELS))
    version.save(update_fields=["evidence_levels"])
    record("rubric.edited", by=by, subject=version, evidence_levels=version.evidence_levels)
    return version


@transaction.atomic
def set_language(version: RubricVersion, *, language: str, by: User) -> RubricVersion:
    """Say which language a draft is written in, by a code of LANGUAGES.

    Raises ValidationError where the version is no draft.
    """
    version = _locked_draft(version)
    version.language = language
    version.save(update_fields=["language"])
    record("rubric.edited", by=by, subject=version, language=language)
    return version


def _locked_draft(version: RubricVersion) -> RubricVersion:
    """The version as it is now, locked. Raises ValidationError where it is no draft."""
    version = RubricVersion.objects.select_for_update().get(pk=version.pk)
    if not version.is_draft:
        raise ValidationError("This version is published and cannot change. Start a new draft from it.")
    return version


def _check_name(name: str, others: Iterable[str]) -> None:
    """Raises ValidationError where one of the others is the same but for case and white space."""
    if _folded(name) in {_folded(other) for other in others}:
        raise ValidationError({"name": "This draft already has a dimension with this name."})


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


@transaction.atomic
def add_dimension(
    version: RubricVersion,
    *,
    anchors: dict[int, str],
    by: User,
    **fields: Unpack[DimensionFields],
) -> Dimension:
    """A further dimension at the end of a draft, with a key of its own; a name is needed.

    Raises ValidationError where the version is no draft or has a dimension of that name.
    """
    version = _locked_draft(version)
    others = list(version.dimensions.all())
    _check_name(fields["name"], [other.name for other in others])
    dimension = Dimension.objects.create(
        version=version,
        order=1 + max((other.order for other in others), default=-1),
        key=free_key(fields["name"], {other.key for other in others}),
        **fields,
    )
    return edit_dimension(dimension, anchors=anchors, by=by)


@transaction.atomic
def remove_dimension(dimension: Dimension, *, by: User) -> None:
    """Take a dimension out of a draft; the database refuses it in any other version."""
    record("rubric.edited", by=by, subject=dimension.version)
    dimension.delete()


@transaction.atomic
def discard_draft(version: RubricVersion, *, by: User) -> None:
    """Delete a draft, with its blueprint where no other version came from it, so that it can be imported anew.

    Raises ValidationError where it was published meanwhile.
    """
    versions = RubricVersion.objects.select_related("blueprint", "rubric")
    version = versions.select_for_update(of=("self",)).get(pk=version.pk)
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
    Rubric.objects.select_for_update().get(pk=version.rubric_id)
    if version.rubric.versions.filter(state=RubricVersion.State.DRAFT).exists():
        raise ValidationError("This rubric already has a draft. Edit that one.")
    draft = _as_new_draft(version, by=by)
    for dimension in version.dimensions.prefetch_related("anchors"):
        anchors = list(dimension.anchors.all())
        copy = _copy(dimension, version=draft)
        for anchor in anchors:
            _copy(anchor, dimension=copy)
    for related in ("exercises", "focus_areas", "signals", "skills", "soft_skills"):
        for row in getattr(version, related).all():
            _copy(row, version=draft)
    record("rubric.forked", by=by, subject=draft)
    return draft


def _as_new_draft(version: RubricVersion, *, by: User) -> RubricVersion:
    """The next version of the rubric, with the fields of this one and nothing below it."""
    draft = RubricVersion.objects.get(pk=version.pk)
    draft.number = _next_number(version.rubric)
    draft.state = RubricVersion.State.DRAFT
    draft.created_by = by
    draft.published_at = draft.published_by = None
    return _copy(draft)


def _copy(row: Row, **parents: models.Model) -> Row:
    """The row stored once more, below other parents; `row` itself becomes the copy."""
    row.pk = None
    row._state.adding = True
    for name, parent in parents.items():
        setattr(row, name, parent)
    row.save()
    return row
