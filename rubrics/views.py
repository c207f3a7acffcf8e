"""Rubric pages: list, read, import with preview, edit a draft, publish."""

import base64
import zlib

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest, changes_page
from audit.limits import costly_to_send
from rubrics import changes, services
from rubrics.blueprints.documents import UnusableBlueprint, load
from rubrics.blueprints.plan import plan
from rubrics.export import signals_by_kind
from rubrics.forms import BlueprintUploadForm, DimensionForm, EvidenceLevelsForm
from rubrics.models import LEVEL_NAMES, LEVELS, Dimension, RubricVersion

PAGE = 200
PREVIEW_AGE = 3600


def rubric_list(request: SignedInRequest) -> HttpResponse:
    versions = RubricVersion.objects.visible_to(request.user).select_related("rubric")[:PAGE]
    return render(request, "rubrics/list.html", {"versions": versions})


def _version(request: SignedInRequest, pk: int) -> RubricVersion:
    versions = RubricVersion.objects.visible_to(request.user).select_related("rubric", "blueprint")
    return get_object_or_404(versions, pk=pk)


def _manages(request: SignedInRequest) -> None:
    if not request.user.manages_rubrics:
        raise PermissionDenied


def version_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    dimensions = [(dimension, _levels(dimension)) for dimension in version.dimensions.prefetch_related("anchors")]
    signals = signals_by_kind(version.signals.order_by("order"))
    context = {"version": version, "dimensions": dimensions, "signals": signals}
    if version.is_draft and request.user.manages_rubrics:
        context["evidence_form"] = EvidenceLevelsForm(initial={"levels": version.evidence_levels})
    return render(request, "rubrics/version.html", context)


def version_changes(request: SignedInRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    _manages(request)
    return changes_page(request, f"Changes: {version}", changes.version_changes(version))


def _levels(dimension: Dimension) -> list[tuple[int, str, str]]:
    given = {anchor.level: anchor.text for anchor in dimension.anchors.all()}
    return [(level, LEVEL_NAMES[level], given.get(level, "")) for level in LEVELS]


def blueprint_read(request: SignedInRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    sections = version.blueprint.sections.all() if version.blueprint else []
    return render(request, "rubrics/blueprint.html", {"version": version, "sections": sections})


@costly_to_send
def blueprint_import(request: SignedInRequest) -> HttpResponse:
    """Upload shows the preview; the preview's button sends the signed file back and stores it."""
    _manages(request)
    if "signed" in request.POST:
        return _store(request)
    form = BlueprintUploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read()
        try:
            found = plan(load(data, filename=file.name))
        except UnusableBlueprint as error:
            form.add_error("file", str(error))
        else:
            return render(
                request,
                "rubrics/preview.html",
                {"plan": found, "signed": _sign(data, file.name), "filename": file.name},
            )
    return render(request, "rubrics/import.html", {"form": form}, status=422 if form.is_bound else 200)


def _sign(data: bytes, filename: str) -> str:
    packed = base64.b85encode(zlib.compress(data)).decode()
    return signing.dumps({"name": filename, "data": packed}, salt="blueprint")


def _store(request: SignedInRequest) -> HttpResponse:
    try:
        sent = signing.loads(request.POST["signed"], salt="blueprint", max_age=PREVIEW_AGE)
    except signing.BadSignature:
        messages.error(request, "The preview is older than an hour: upload the file again. Nothing was stored.")
        return redirect("blueprint_import")
    found = plan(load(zlib.decompress(base64.b85decode(sent["data"])), filename=sent["name"]))
    try:
        version, stored = services.import_plan(found, filename=sent["name"], by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("rubric_list")
    text = "The draft is stored: read it, then publish it." if stored else "This very file was imported before."
    messages.success(request, text)
    return redirect("rubric_version", version.pk)


@require_POST
def version_publish(request: SignedInRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    _manages(request)
    try:
        services.publish_version(version, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "The version is published and will never change.")
    return redirect("rubric_version", pk)


@require_POST
def version_fork(request: SignedInRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    _manages(request)
    try:
        version = services.fork_version(version, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("rubric_version", version.pk)


@require_POST
def version_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    _manages(request)
    try:
        services.discard_draft(version, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("rubric_version", pk)
    messages.success(request, "The draft is discarded. The same document can be imported again.")
    return redirect("rubric_list")


@require_POST
def evidence_levels(request: SignedInRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    _manages(request)
    form = EvidenceLevelsForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError("Choose levels from 1 to 5.")
        services.require_evidence(version, levels=form.cleaned_data["levels"], by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "The draft says now which scores need evidence.")
    return redirect("rubric_version", pk)


def dimension_new(request: SignedInRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    _manages(request)
    if not version.is_draft:
        raise PermissionDenied
    form = DimensionForm(request.POST or None, instance=Dimension())
    if form.is_valid():
        try:
            services.add_dimension(version, anchors=form.anchors(), by=request.user, **form.own_fields())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("rubric_version", pk)
    return _dimension_page(request, form, version)


def _dimension_page(
    request: SignedInRequest, form: DimensionForm, version: RubricVersion, dimension: Dimension | None = None
) -> HttpResponse:
    context = {"form": form, "version": version, "dimension": dimension}
    return render(request, "rubrics/dimension.html", context, status=422 if form.is_bound else 200)


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
    dimension = _draft_dimension(request, pk)
    form = DimensionForm(request.POST or None, instance=dimension)
    if form.is_valid():
        try:
            services.edit_dimension(dimension, anchors=form.anchors(), by=request.user, **form.own_fields())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("rubric_version", dimension.version_id)
    return _dimension_page(request, form, dimension.version, dimension)


@require_POST
def dimension_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    dimension = _draft_dimension(request, pk)
    services.remove_dimension(dimension, by=request.user)
    messages.success(request, f"“{dimension.name}” is no longer in the draft.")
    return redirect("rubric_version", dimension.version_id)
