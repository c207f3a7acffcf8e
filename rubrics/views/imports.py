"""The import of a document: the form, the preview beside the document, and storing it."""

from dataclasses import replace
from pathlib import PurePath

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.http import SignedInRequest, posted
from accounts.limits import costly_to_send
from accounts.refusals import tell_refusal
from rubrics import services
from rubrics.blueprints.files import OpenedFile, Reading, open_file, reading_of
from rubrics.blueprints.plan import ImportPlan
from rubrics.blueprints.sources import groups_of
from rubrics.comparing import compared_with_plan
from rubrics.forms import BlueprintUploadForm, LanguageForm
from rubrics.models import RubricVersion
from rubrics.readers.choice import PASTED
from rubrics.readers.page import UnusableBlueprint
from rubrics.shown_document import shown_document
from rubrics.views.rubrics import refuse_others

PREVIEW_AGE = 3600  # seconds
SALT = "opened file"
STORED = "Draft saved. Review it, then publish it."
KNOWN = "You have already imported this file."


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
            found = reading_of(opened)
        except UnusableBlueprint as error:
            form.add_error(sent.field, str(error))
        else:
            return _preview(request, found, LanguageForm(initial={"language": found.plan.language}), opened)
    status = 422 if form.is_bound else 200
    return render(request, "rubrics/import.html", {"form": form}, status=status)


def _preview(
    request: SignedInRequest,
    found: Reading,
    form: LanguageForm,
    opened: OpenedFile,
) -> HttpResponse:
    """What would be stored, with the language to choose; 422 where none of those offered was chosen."""
    shown_name = "what you pasted" if PurePath(opened.filename).stem == PASTED else opened.filename
    groups = groups_of(found.plan, found.document)
    context: dict[str, object] = {
        "plan": found.plan,
        "groups": groups,
        "document": None if found.document is None else shown_document(found.document, groups),
        "form": form,
        "signed": _sign(opened),
        "filename": shown_name,
    }
    context |= _against(found.plan)
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
    found = reading_of(opened)
    form = LanguageForm({"language": request.POST.get("language", found.plan.language)})
    if not form.is_valid():
        return _preview(request, found, form, opened)
    plan = replace(found.plan, language=form.cleaned_data["language"])
    try:
        version, stored = services.import_plan(plan, filename=opened.filename, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
        return redirect("rubric_list")
    messages.success(request, STORED if stored else KNOWN)
    return redirect("rubric_version", version.pk)
