"""Rubric pages: list, read, import with preview, edit a draft, publish."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest, changes_page, posted
from accounts.limits import costly_to_send
from accounts.once import once
from accounts.refusals import add_errors, tell_refusal
from accounts.searching import find
from rubrics import changes, services
from rubrics.blueprints.files import OpenedFile, open_file, plan_of
from rubrics.blueprints.language import LANGUAGES
from rubrics.blueprints.plan import ImportPlan
from rubrics.export import signals_by_kind
from rubrics.forms import BlueprintUploadForm, DimensionForm, EvidenceLevelsForm, LanguageForm
from rubrics.levels import LEVEL_NAMES, LEVELS
from rubrics.models import Dimension, RubricVersion
from rubrics.readers.choice import PASTED
from rubrics.readers.page import UnusableBlueprint
from rubrics.shares import Share, explained, shares

PAGE = 200
PREVIEW_AGE = 3600  # seconds
SALT = "opened file"
STORED = "Draft saved. Review it, then publish it."
KNOWN = "You have already imported this file."


def rubric_list(request: SignedInRequest) -> HttpResponse:
    """Every version that this person may see, 200 at most; `?q=` searches the titles."""
    found = find(request, RubricVersion.objects.visible_to(request.user), shown=PAGE, way="rubric__")
    versions = found.rows.select_related("rubric")
    return render(request, "rubrics/list.html", {"versions": versions[:PAGE], "found": found})


def _version(request: SignedInRequest, pk: int) -> RubricVersion:
    """The version if this person may see it; else the answer is 404."""
    versions = RubricVersion.objects.visible_to(request.user).select_related("rubric", "blueprint")
    return get_object_or_404(versions, pk=pk)


def _manages(request: SignedInRequest) -> None:
    """Raises PermissionDenied (403) for whoever does not manage rubrics."""
    if not request.user.manages_rubrics:
        raise PermissionDenied


def version_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """All that a version holds.

    A draft with its warnings and ways to change it for those who manage rubrics.
    """
    version = _version(request, pk)
    return _version_page(request, version)


def _version_page(
    request: SignedInRequest, version: RubricVersion, refused: dict[str, forms.Form] | None = None
) -> HttpResponse:
    """The page of a version; 422 with what was sent where one of its forms is refused."""
    rows = list(version.dimensions.prefetch_related("anchors"))
    weights = [dimension.weight for dimension in rows]
    levels = map(_levels, rows)
    published = version.rubric.versions.filter(state=RubricVersion.State.PUBLISHED)
    context = {
        "version": version,
        "dimensions": list(zip(rows, levels, shares(weights), strict=True)),
        "weighing": explained(weights),
        "unpublishable": services.unpublishable(rows),
        "replaced": published.first() if version.is_draft else None,
        "signals": signals_by_kind(version.signals.order_by("order")),
        "language_name": LANGUAGES.get(version.language, version.language),
    }
    if version.is_draft and request.user.manages_rubrics:
        context["language_form"] = LanguageForm(initial={"language": version.language})
        context["evidence_form"] = EvidenceLevelsForm(initial={"levels": version.evidence_levels})
    context |= refused or {}
    return render(request, "rubrics/version.html", context, status=422 if refused else 200)


def version_changes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who changed the version, for those who manage rubrics."""
    version = _version(request, pk)
    _manages(request)
    return changes_page(request, f"Changes: {version}", changes.version_changes(version))


def _levels(dimension: Dimension) -> list[tuple[int, str, str]]:
    """Number (1 to 5), name and wording of each level.

    The wording is empty where the rubric has none.
    """
    given = {anchor.level: anchor.text for anchor in dimension.anchors.all()}
    return [(level, LEVEL_NAMES[level], given.get(level, "")) for level in LEVELS]


def blueprint_read(request: SignedInRequest, pk: int) -> HttpResponse:
    """The document that the version came from, section by section."""
    version = _version(request, pk)
    sections = version.blueprint.sections.all() if version.blueprint else []
    return render(request, "rubrics/blueprint.html", {"version": version, "sections": sections})


@costly_to_send
def blueprint_import(request: SignedInRequest) -> HttpResponse:
    """A file or what was pasted shows the preview.

    The preview's button sends back what was read, signed, and stores it.
    """
    _manages(request)
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
    context = {"plan": found, "form": form, "signed": _sign(opened), "filename": shown_name}
    return render(request, "rubrics/preview.html", context, status=422 if form.errors else 200)


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
def version_publish(request: SignedInRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    _manages(request)
    try:
        services.publish_version(version, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
    else:
        messages.success(request, "Version published. It will never change.")
    return redirect("rubric_version", pk)


@require_POST
@once
def version_fork(request: SignedInRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    _manages(request)
    try:
        version = services.fork_version(version, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
    return redirect("rubric_version", version.pk)


@require_POST
def version_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    _manages(request)
    try:
        services.discard_draft(version, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
        return redirect("rubric_version", pk)
    messages.success(request, "Draft discarded. You can import the same document again.")
    return redirect("rubric_list")


@require_POST
def evidence_levels(request: SignedInRequest, pk: int) -> HttpResponse:
    return _saved(
        request,
        pk,
        "evidence_form",
        EvidenceLevelsForm(request.POST),
        services.require_evidence,
        "Evidence levels saved.",
    )


@require_POST
def rubric_language(request: SignedInRequest, pk: int) -> HttpResponse:
    return _saved(request, pk, "language_form", LanguageForm(request.POST), services.set_language, "Language saved.")


def _saved(
    request: SignedInRequest,
    pk: int,
    name: str,
    form: forms.Form,
    save: Callable[..., RubricVersion],
    words: str,
) -> HttpResponse:
    """What a form of the version's page asks for, whose `name` is that in the page's context."""
    version = _version(request, pk)
    _manages(request)
    if not form.is_valid():
        return _version_page(request, version, {name: form})
    try:
        save(version, **form.cleaned_data, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
    else:
        messages.success(request, words)
    return redirect("rubric_version", pk)


@once
def dimension_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """A further dimension for the draft `pk`; any other version has no such form (403)."""
    version = _version(request, pk)
    _manages(request)
    if not version.is_draft:
        raise PermissionDenied
    form = DimensionForm(posted(request), instance=Dimension())
    if form.is_valid():
        fields = form.own_fields()
        try:
            services.add_dimension(version, anchors=form.anchors(), by=request.user, **fields)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("rubric_version", pk)
    return _dimension_page(request, form, version)


def _dimension_page(
    request: SignedInRequest,
    form: DimensionForm,
    version: RubricVersion,
    dimension: Dimension | None = None,
) -> HttpResponse:
    """The form of one dimension, or of a new one; 422 where it was sent and not stored."""
    context = {"form": form, "version": version, "dimension": dimension, "share": _share_of(dimension)}
    return render(request, "rubrics/dimension.html", context, status=422 if form.is_bound else 200)


def _share_of(dimension: Dimension | None) -> Share | None:
    """Its share of the composite as the draft is stored; None for a dimension that is not stored yet."""
    if dimension is None:
        return None
    weights = dict(dimension.version.dimensions.values_list("pk", "weight"))
    return dict(zip(weights, shares(weights.values()), strict=True))[dimension.pk]


def _draft_dimension(request: SignedInRequest, pk: int) -> Dimension:
    """The dimension if its version is visible (else 404), a draft, and this person may edit it (else 403)."""
    versions = RubricVersion.objects.visible_to(request.user)
    dimensions = Dimension.objects.filter(version__in=versions).select_related("version__rubric")
    dimension = get_object_or_404(dimensions, pk=pk)
    _manages(request)
    if not dimension.version.is_draft:
        raise PermissionDenied
    return dimension


def dimension_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The dimension `pk` of a draft, and the wording of its levels."""
    dimension = _draft_dimension(request, pk)
    form = DimensionForm(posted(request), instance=dimension)
    if form.is_valid():
        fields = form.own_fields()
        try:
            services.edit_dimension(dimension, anchors=form.anchors(), by=request.user, **fields)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("rubric_version", dimension.version_id)
    return _dimension_page(request, form, dimension.version, dimension)


@require_POST
def dimension_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    dimension = _draft_dimension(request, pk)
    services.remove_dimension(dimension, by=request.user)
    messages.success(request, f"“{dimension.name}” removed from the draft.")
    return redirect("rubric_version", dimension.version_id)
