"""Rubric pages: list, read, start a new draft, discard it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest, changes_page
from accounts.listing import Choice, Column, Filter, Listing, View, listed
from accounts.once import once
from accounts.refusals import tell_refusal
from accounts.replica import reads_lists
from rubrics import changes, services
from rubrics.blueprints.language import LANGUAGES
from rubrics.checklist import hindrances
from rubrics.contents import contents, wording
from rubrics.drafts import PUBLISHED
from rubrics.export import signals_by_kind
from rubrics.levels import LEVEL_NAMES, LEVELS
from rubrics.models import Dimension, RubricVersion
from rubrics.shares import explained, shares

VERSIONS = Listing(
    one="version",
    noun="versions",
    columns=(
        Column("title", "Rubric", order="rubric__sort_key", fixed=True),
        Column("number", "Version", order="number", falls=True),
        Column("state", "State", order="state"),
        Column("language", "Language", order="language", chosen=False),
    ),
    order="title",
    filters=(
        Filter(
            "state",
            "State",
            tuple(Choice(value, label, Q(state=value)) for value, label in RubricVersion.State.choices),
            "Any",
        ),
    ),
    views=(
        View("All"),
        View("Published", {"state": "published"}),
        View("Drafts", {"state": "draft"}),
    ),
    way="rubric__",
    sought="Title",
    newest_of_alike=True,
)


@reads_lists
def rubric_list(request: SignedInRequest) -> HttpResponse:
    """Every version that this person may see."""
    versions = RubricVersion.objects.visible_to(request.user).select_related("rubric")
    return render(request, "rubrics/list.html", {"versions": listed(request, versions, VERSIONS)})


def version_of(request: SignedInRequest, pk: int) -> RubricVersion:
    """The version if this person may see it; else the answer is 404."""
    versions = RubricVersion.objects.visible_to(request.user).select_related("rubric", "blueprint")
    return get_object_or_404(versions, pk=pk)


def refuse_others(request: SignedInRequest) -> None:
    """Raises PermissionDenied (403) for whoever does not manage rubrics."""
    if not request.user.manages_rubrics:
        raise PermissionDenied


def version_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """All that a version holds.

    A draft with its warnings and ways to change it for those who manage rubrics.
    """
    return version_page(request, version_of(request, pk))


def version_page(request: SignedInRequest, version: RubricVersion, status: int = 200) -> HttpResponse:
    """The page of a version: 409 where a form was sent for a draft that it is no more."""
    found = contents(version)
    weights = [dimension.weight for dimension in found.dimensions]
    levels = map(_levels, found.dimensions)
    visible = RubricVersion.objects.visible_to(request.user).filter(rubric=version.rubric_id)
    siblings = list(visible.select_related("rubric").order_by("-number"))
    drafts = [sibling for sibling in siblings if sibling.is_draft]
    context = {
        "version": version,
        "contents": found,
        "dimensions": list(zip(found.dimensions, levels, shares(weights), strict=True)),
        "weighing": explained(weights),
        "hindrances": hindrances(found) if version.is_draft else [],
        "versions": siblings,
        "draft": drafts[0] if drafts else None,
        "signals": signals_by_kind(version.signals.order_by("order")),
        "language_name": LANGUAGES.get(version.language, version.language),
    }
    return render(request, "rubrics/version.html", context, status=status)


def published_page(request: SignedInRequest, version: RubricVersion, unsaved: str = "") -> HttpResponse:
    """Where somebody comes to change what is no draft any more; `unsaved` quotes the words that were sent."""
    if request.method != "POST":
        messages.info(request, PUBLISHED)
        return redirect("rubric_version", version.pk)
    messages.error(request, f"{PUBLISHED} Not saved: {unsaved}" if unsaved else PUBLISHED)
    return version_page(request, version, status=409)


def version_changes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who changed the version, for those who manage rubrics."""
    version = version_of(request, pk)
    refuse_others(request)
    return changes_page(request, f"Changes: {version}", changes.version_changes(version))


def _levels(dimension: Dimension) -> list[tuple[int, str, str]]:
    """Number (1 to 5), name and wording of each level.

    The wording is empty where the rubric has none.
    """
    given = wording(dimension)
    return [(level, LEVEL_NAMES[level], given[level]) for level in LEVELS]


def blueprint_read(request: SignedInRequest, pk: int) -> HttpResponse:
    """The document that the version came from, section by section."""
    version = version_of(request, pk)
    sections = version.blueprint.sections.all() if version.blueprint else []
    return render(request, "rubrics/blueprint.html", {"version": version, "sections": sections})


@require_POST
@once
def version_fork(request: SignedInRequest, pk: int) -> HttpResponse:
    version = version_of(request, pk)
    refuse_others(request)
    try:
        version = services.fork_version(version, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
    else:
        return redirect("rubric_edit", version.pk)
    return redirect("rubric_version", pk)


@require_POST
def version_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    version = version_of(request, pk)
    refuse_others(request)
    try:
        services.discard_draft(version, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
        return redirect("rubric_version", pk)
    messages.success(request, "Draft discarded. You can import the same document again.")
    return redirect("rubric_list")
