"""Rubric pages: list, read, import with preview, start a new draft, discard it."""

from dataclasses import replace
from pathlib import PurePath

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest, changes_page, posted
from accounts.limits import costly_to_send
from accounts.listing import Choice, Column, Filter, Listing, View, listed
from accounts.once import once
from accounts.refusals import tell_refusal
from rubrics import changes, services
from rubrics.blueprints.files import OpenedFile, open_file, plan_of
from rubrics.blueprints.language import LANGUAGES
from rubrics.blueprints.plan import ImportPlan
from rubrics.checklist import hindrances
from rubrics.comparing import compared_with_plan
from rubrics.contents import contents, wording
from rubrics.drafts import PUBLISHED
from rubrics.export import signals_by_kind
from rubrics.forms import BlueprintUploadForm, LanguageForm
from rubrics.levels import LEVEL_NAMES, LEVELS
from rubrics.models import Dimension, RubricVersion
from rubrics.readers.choice import PASTED
from rubrics.readers.page import UnusableBlueprint
from rubrics.shares import explained, shares

PREVIEW_AGE = 3600  # seconds
SALT = "opened file"
STORED = "Draft saved. Review it, then publish it."
KNOWN = "You have already imported this file."


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


@costly_to_send
def blueprint_import(request: SignedInRequest) -> HttpResponse:
    """A file or what was pasted shows the preview.

    The preview's button sends back what was read, signed, and stores it.
    """
    refuse_others(request)
    if "signed" in request.POST:
        return _store(request)
    form = BlueprintUploadForm(posted(request), request.FILES or None)
    if form.is_valid():
        sent = form.document()
        try:
            opened = open_file(sent.data, filename=sent.filename)
            found = plan_of(opened)
        except UnusableBlueprint as error:
            form.add_error(sent.field, str(error))
        else:
            return _preview(request, found, LanguageForm(initial={"language": found.language}), opened)
    status = 422 if form.is_bound else 200
    return render(request, "rubrics/import.html", {"form": form}, status=status)


def _preview(
    request: SignedInRequest,
    found: ImportPlan,
    form: LanguageForm,
    opened: OpenedFile,
) -> HttpResponse:
    """What would be stored, with the language to choose; 422 where none of those offered was chosen."""
    shown_name = "what you pasted" if PurePath(opened.filename).stem == PASTED else opened.filename
    context: dict[str, object] = {"plan": found, "form": form, "signed": _sign(opened), "filename": shown_name}
    context |= _against(found)
    return render(request, "rubrics/preview.html", context, status=422 if form.errors else 200)


def _against(found: ImportPlan) -> dict[str, object]:
    """What the document says differently from the version that is published of its role; nothing without one."""
    current = RubricVersion.objects.published().filter(rubric__title__iexact=found.title).select_related("rubric")
    before = current.first()
    return {} if before is None else {"current": before, "sections": compared_with_plan(before, found)}


def _sign(opened: OpenedFile) -> str:
    """What was read for the preview's hidden field, signed so that what is stored is what was shown."""
    return signing.dumps(opened.as_json(), salt=SALT, compress=True)


def _store(request: SignedInRequest) -> HttpResponse:
    """Plans the import once more: a preview in the browser is no place to take a rubric from."""
    try:
        sent = signing.loads(request.POST["signed"], salt=SALT, max_age=PREVIEW_AGE)
    except signing.BadSignature:
        message = "This preview has expired and nothing was saved. Upload the file again."
        messages.error(request, message)
        return redirect("blueprint_import")
    opened = OpenedFile.from_json(sent)
    found = plan_of(opened)
    form = LanguageForm({"language": request.POST.get("language", found.language)})
    if not form.is_valid():
        return _preview(request, found, form, opened)
    found = replace(found, language=form.cleaned_data["language"])
    try:
        version, stored = services.import_plan(found, filename=opened.filename, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
        return redirect("rubric_list")
    messages.success(request, STORED if stored else KNOWN)
    return redirect("rubric_version", version.pk)


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
