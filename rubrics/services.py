"""Importing, publishing and forking rubrics. Each is atomic and audited; the actor is `by`."""

from itertools import chain, count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from audit.services import record
from rubrics.blueprints.plan import ImportPlan
from rubrics.blueprints.scorecard import free_key
from rubrics.models import (
    LEVELS,
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

STATED = "As stated in the blueprint"


@transaction.atomic
def import_plan(
    plan: ImportPlan, *, filename: str, by: User | None, publish: bool = False
) -> tuple[RubricVersion, bool]:
    """Store the plan as the rubric's draft version; returns it and whether anything was stored.

    A file whose bytes were imported before changes nothing (but is published if asked and still a draft).
    Raises ValidationError where the rubric already has another draft or the version cannot be published.
    """
    if (known := _imported_before(plan)) is not None:
        return _known(known, by=by, publish=publish), False
    rubric = _rubric_for(plan.title)
    if (known := _imported_before(plan)) is not None:  # by another import, while this one waited for the rubric
        return _known(known, by=by, publish=publish), False
    if rubric.versions.filter(state=RubricVersion.State.DRAFT).exists():
        raise ValidationError(f"“{rubric.title}” has an unpublished draft already: publish or discard it first.")
    version = _store_version(rubric, plan, _store_blueprint(plan, filename, by), by)
    record("rubric.imported", by=by, subject=version)
    if publish:
        publish_version(version, by=by)
    return version, True


def _imported_before(plan: ImportPlan) -> RubricVersion | None:
    return RubricVersion.objects.filter(blueprint__sha256=plan.sha256).order_by("-number").first()


def _known(version: RubricVersion, *, by: User | None, publish: bool) -> RubricVersion:
    return publish_version(version, by=by) if publish and version.is_draft else version


def _rubric_for(title: str) -> Rubric:
    """The rubric of this title, locked until the transaction ends: one import at a time adds a version to it."""
    title = title[:300]
    stem = slugify(title)[:100] or slugify(title, allow_unicode=True)[:100] or "rubric"
    for slug in chain([stem], (f"{stem}-{number}" for number in count(2))):
        rubric, _ = Rubric.objects.get_or_create(slug=slug, defaults={"title": title})
        if rubric.title.casefold() == title.casefold():  # C++ and C# give one slug and are two roles
            break
    return Rubric.objects.select_for_update().get(pk=rubric.pk)


def _store_blueprint(plan: ImportPlan, filename: str, by: User | None) -> Blueprint:
    blueprint = Blueprint.objects.create(
        title=plan.source_title[:500],
        url=(plan.source_url or "")[:2000],
        sha256=plan.sha256,
        filename=filename[:255],
        imported_by=by,
    )
    BlueprintSection.objects.bulk_create(
        BlueprintSection(blueprint=blueprint, order=order, number=row.number, title=row.title[:500], html=row.html)
        for order, row in enumerate(plan.sections)
    )
    return blueprint


def _store_version(rubric: Rubric, plan: ImportPlan, blueprint: Blueprint, by: User | None) -> RubricVersion:
    version = RubricVersion.objects.create(
        rubric=rubric,
        number=1 + max(rubric.versions.values_list("number", flat=True), default=0),
        blueprint=blueprint,
        summary=plan.summary,
        scale_min=plan.scale["min"] if plan.scale else None,
        scale_max=plan.scale["max"] if plan.scale else None,
        levels_assumed=plan.levels_assumed,
        warnings=[{"code": row.code, "message": row.message} for row in plan.warnings],
        created_by=by,
    )
    _store_dimensions(version, plan)
    _store_hiring(version, plan)
    return version


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
            if 1 <= level <= 5
        )


def _store_hiring(version: RubricVersion, plan: ImportPlan) -> None:
    Exercise.objects.bulk_create(
        Exercise(
            version=version,
            order=order,
            label=(row.label or "")[:20],
            title=row.title[:500],
            duration=(row.duration or "")[:100],
            prompt=row.prompt,
            look_for=list(row.look_for),
        )
        for order, row in enumerate(plan.exercises)
    )
    FocusArea.objects.bulk_create(
        FocusArea(version=version, order=order, name=row.name[:500], detail=row.detail, topics=list(row.topics))
        for order, row in enumerate(plan.focus_areas)
    )
    kinds = {"strong": plan.strong, "weak": plan.weak, "red_flag": plan.red_flag}
    Signal.objects.bulk_create(
        Signal(version=version, order=order, kind=kind, text=text)
        for kind, texts in kinds.items()
        for order, text in enumerate(texts)
    )
    Skill.objects.bulk_create(
        Skill(
            version=version,
            order=order,
            group=row.group,
            name=row.name,
            description=row.description,
            use=row.use,
            importance=row.importance,
        )
        for order, row in enumerate(plan.skills)
    )
    SoftSkill.objects.bulk_create(
        SoftSkill(version=version, order=order, name=row.name, why=row.why, how=row.how, strong=row.strong)
        for order, row in enumerate(plan.soft_skills)
    )


@transaction.atomic
def publish_version(version: RubricVersion, *, by: User | None) -> RubricVersion:
    """Freeze a draft for good and retire the version published before.

    Raises ValidationError where it is no draft or has no dimension.
    """
    version = RubricVersion.objects.select_for_update().get(pk=version.pk)
    if not version.is_draft:
        raise ValidationError("This version was published already.")
    if not version.dimensions.exists():
        raise ValidationError("A rubric needs at least one dimension before it can be published.")
    version.rubric.versions.filter(state=RubricVersion.State.PUBLISHED).update(state=RubricVersion.State.RETIRED)
    version.state = RubricVersion.State.PUBLISHED
    version.published_at = timezone.now()
    version.published_by = by
    version.save(update_fields=["state", "published_at", "published_by"])
    record("rubric.published", by=by, subject=version)
    return version


@transaction.atomic
def edit_dimension(dimension: Dimension, *, anchors: dict[int, str], by: User, **fields: Any) -> Dimension:
    """Change a draft's dimension and the wording of its levels; an empty wording removes the level's anchor.

    Raises ValidationError where another dimension of the draft has that name, whatever its case.
    """
    if fields:
        others = dimension.version.dimensions.exclude(pk=dimension.pk)
        _check_name(fields["name"], set(others.values_list("name", flat=True)))
        for name, value in fields.items():
            setattr(dimension, name, value)
        dimension.save(update_fields=[*fields])
    dimension.anchors.exclude(level__in=[level for level, text in anchors.items() if text]).delete()
    for level, text in anchors.items():
        if text:
            Anchor.objects.update_or_create(dimension=dimension, level=level, defaults={"text": text})
    record("rubric.edited", by=by, subject=dimension.version)
    return dimension


@transaction.atomic
def require_evidence(version: RubricVersion, *, levels: list[int], by: User) -> RubricVersion:
    """Make evidence obligatory for these scores. Raises ValidationError where the version is no draft."""
    version = RubricVersion.objects.select_for_update().get(pk=version.pk)
    if not version.is_draft:
        raise ValidationError("This version was published: start a new draft from it.")
    version.evidence_levels = sorted(set(levels) & set(LEVELS))
    version.save(update_fields=["evidence_levels"])
    record("rubric.edited", by=by, subject=version, evidence_levels=version.evidence_levels)
    return version


def _check_name(name: str, others: set[str]) -> None:
    if " ".join(name.casefold().split()) in {" ".join(other.casefold().split()) for other in others}:
        raise ValidationError({"name": "This draft has a dimension with this name already."})


@transaction.atomic
def add_dimension(version: RubricVersion, *, anchors: dict[int, str], by: User, **fields: Any) -> Dimension:
    """A further dimension at the end of a draft, with a key of its own.

    Raises ValidationError where the version is no draft or has a dimension of that name.
    """
    version = RubricVersion.objects.select_for_update().get(pk=version.pk)
    if not version.is_draft:
        raise ValidationError("This version was published: start a new draft from it.")
    taken = list(version.dimensions.values_list("order", "key", "name"))
    _check_name(fields["name"], {name for _, _, name in taken})
    order = 1 + max((order for order, _, _ in taken), default=-1)
    key = free_key(fields["name"], {key for _, key, _ in taken})
    dimension = Dimension.objects.create(version=version, order=order, key=key, **fields)
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
    version = (
        RubricVersion.objects.select_for_update(of=("self",)).select_related("blueprint", "rubric").get(pk=version.pk)
    )
    if not version.is_draft:
        raise ValidationError("This version was published and stays.")
    record("rubric.discarded", by=by, subject=version)
    blueprint, rubric = version.blueprint, version.rubric
    version.delete()
    if blueprint is not None and not blueprint.versions.exists():
        blueprint.delete()
    if not rubric.versions.exists():
        rubric.delete()


@transaction.atomic
def fork_version(version: RubricVersion, *, by: User) -> RubricVersion:
    """A new draft with the content of this version. Raises ValidationError where the rubric has a draft."""
    Rubric.objects.select_for_update().get(pk=version.rubric_id)
    if version.rubric.versions.filter(state=RubricVersion.State.DRAFT).exists():
        raise ValidationError("This rubric has a draft already: edit that one.")
    draft = RubricVersion.objects.get(pk=version.pk)
    draft.pk, draft.state, draft.published_at, draft.published_by = (
        None,
        RubricVersion.State.DRAFT,
        None,
        None,
    )
    draft.number = 1 + max(version.rubric.versions.values_list("number", flat=True))
    draft.created_by = by
    draft._state.adding = True
    draft.save()
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


def _copy(row: Any, **parents: Any) -> Any:
    row.pk = None
    row._state.adding = True
    for name, parent in parents.items():
        setattr(row, name, parent)
    row._prefetched_objects_cache = {}
    row.save()
    return row
