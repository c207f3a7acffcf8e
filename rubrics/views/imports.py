"""The import of a document: the form, the preview that is told what its parts are, and
storing it."""

from dataclasses import dataclass, replace
from pathlib import PurePath

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest, posted
from accounts.limits import costly_to_send
from accounts.refusals import tell_refusal
from rubrics import remembering, services
from rubrics.blueprints.directions import UNTOLD, Directions, understood
from rubrics.blueprints.documents import Document
from rubrics.blueprints.files import OpenedFile, document_in, open_file, planned
from rubrics.blueprints.plan import ImportPlan
from rubrics.blueprints.sources import Group, groups_of
from rubrics.comparing import compared_with_plan
from rubrics.forms import BlueprintUploadForm, LanguageForm
from rubrics.models import RememberedReading, RubricVersion
from rubrics.readers.choice import PASTED
from rubrics.readers.page import UnusableBlueprint
from rubrics.remembering import Recalled
from rubrics.shown_document import ShownDocument, shown_document
from rubrics.views.rubrics import refuse_others

PREVIEW_AGE = 3600  # seconds
SALT = "opened file"
STORED = "Draft saved. Review it, then publish it."
KNOWN = "You have already imported this file."
NOT_USED = "What you told this time was not used: discard the draft first, and import the file again."
EXPIRED = "This preview has expired and nothing was saved. Upload the file again."
NOTHING_READ = "Nothing was read from this document yet, so there is nothing to save."
UNKNOWN = "Evenhand does not recognise a rubric here. Say what the headings and tables are, and it reads them so."


@dataclass(frozen=True)
class Reading:
    """A file with its document (None for a rubric's own JSON), what was told of it, and
    what it then says.

    `refusals` are sentences on what was told and could not be understood; `recalled` is
    what was told before.
    """

    opened: OpenedFile
    document: Document | None
    directions: Directions
    plan: ImportPlan
    refusals: tuple[str, ...] = ()
    recalled: Recalled | None = None


@costly_to_send
def blueprint_import(request: SignedInRequest) -> HttpResponse:
    """A file or what was pasted shows the preview.

    The preview sends back what was read, signed, with what was told of its parts: to be
    read again, or to be stored.
    """
    refuse_others(request)
    if "signed" in request.POST:
        return _sent_back(request)
    form = BlueprintUploadForm(posted(request), request.FILES or None)
    if form.is_valid():
        sent = form.document()
        try:
            found = _first_reading(open_file(sent.data, filename=sent.filename))
        except UnusableBlueprint as error:
            form.add_error(sent.field, str(error))
        else:
            return _preview(request, found, LanguageForm(initial={"language": found.plan.language}))
    status = 422 if form.is_bound else 200
    return render(request, "rubrics/import.html", {"form": form}, status=status)


@require_POST
@costly_to_send
def reading_forget(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forgets what was told of a shape of documents. The preview that asked for it
    stays as it was told."""
    refuse_others(request)
    reading = get_object_or_404(RememberedReading.objects.visible_to(request.user), pk=pk)
    remembering.forget(reading, by=request.user)
    messages.success(request, "Forgotten. The next document of this kind is read without what was told.")
    opened = _opened(request)
    if opened is None:
        return redirect("blueprint_import")
    return _preview(request, _told_reading(request, opened), _language_sent(request))


def _first_reading(opened: OpenedFile) -> Reading:
    """The file as it was told for the last one of its shape, else by the rules
    alone.
    """
    document = document_in(opened)
    recalled = None if document is None else remembering.recalled(document)
    directions = UNTOLD if recalled is None else recalled.directions
    return _reading(opened, document, directions, recalled=recalled)


def _told_reading(request: SignedInRequest, opened: OpenedFile) -> Reading:
    """The file as the preview's form tells it; without anything told where it asks for
    that."""
    document = document_in(opened)
    if document is None or "untold" in request.POST:
        return _reading(opened, document, UNTOLD)
    told = understood(request.POST.dict(), document.blocks)
    return _reading(opened, document, told.directions, refusals=told.refusals, recalled=remembering.recalled(document))


def _reading(
    opened: OpenedFile,
    document: Document | None,
    directions: Directions,
    *,
    refusals: tuple[str, ...] = (),
    recalled: Recalled | None = None,
) -> Reading:
    plan = planned(opened, document, directions, to_be_told=document is not None)
    return Reading(opened, document, directions, plan, refusals, recalled)


def _preview(request: SignedInRequest, found: Reading, form: LanguageForm) -> HttpResponse:
    """What would be stored, with the language to choose and the document to tell about.

    422 where the language is none of those offered, or where something told was not
    understood.
    """
    groups = groups_of(found.plan, found.document)
    context: dict[str, object] = {
        "plan": found.plan,
        "groups": groups,
        "form": form,
        "signed": _sign(found.opened),
        "filename": _shown_name(found.opened),
        "refusals": found.refusals,
    }
    context |= _against(found.plan)
    if found.document is not None:
        context |= _to_tell(found, shown_document(found.document, groups, found.directions))
    if request.htmx:
        context["said"] = _said(found, groups)
        return render(request, "rubrics/_preview_again.html", context)
    status = 422 if form.errors or found.refusals else 200
    return render(request, "rubrics/preview.html", context, status=status)


def _to_tell(found: Reading, document: ShownDocument) -> dict[str, object]:
    """The document and what was told of it; the reading that is remembered, while it is
    used."""
    recalled = found.recalled
    if recalled is not None and recalled.directions != found.directions:
        recalled = None
    return {
        "document": document,
        "told": bool(found.directions),
        "hidden": _hidden(found.directions, document),
        "recalled": None if recalled is None else recalled.reading,
        "unknown": UNKNOWN if found.plan.is_empty else "",
    }


def _said(found: Reading, groups: list[Group]) -> str:
    """What a screen reader says once the document was read again."""
    counts = [group.counted for group in groups if group.items]
    counts.append(f"{len(found.plan.warnings)} to check")
    return f"Read again: {', '.join(counts)}."


def _hidden(directions: Directions, document: ShownDocument) -> dict[str, str]:
    """What was told and has no control on the page, so that it is sent again with the
    others."""
    shown = document.fields
    return {name: telling for name, telling in directions.as_fields().items() if name not in shown}


def _shown_name(opened: OpenedFile) -> str:
    return "what you pasted" if PurePath(opened.filename).stem == PASTED else opened.filename


def _against(found: ImportPlan) -> dict[str, object]:
    """What the document says differently from the version that is published of its
    role; nothing without one."""
    current = RubricVersion.objects.published().filter(rubric__title__iexact=found.title).select_related("rubric")
    before = current.first()
    return {} if before is None else {"current": before, "sections": compared_with_plan(before, found)}


# --- What the preview sends back ---


def _sign(opened: OpenedFile) -> str:
    """What was read for the preview's hidden field, signed so that what is stored is
    what was shown."""
    return signing.dumps(opened.as_json(), salt=SALT, compress=True)


def _opened(request: SignedInRequest) -> OpenedFile | None:
    """What was read, as the preview sends it back; None where that is too old or was
    changed."""
    try:
        sent = signing.loads(request.POST.get("signed", ""), salt=SALT, max_age=PREVIEW_AGE)
    except signing.BadSignature:
        return None
    return OpenedFile.from_json(sent)


def _sent_back(request: SignedInRequest) -> HttpResponse:
    """Reads again as it was told, or stores: a preview in the browser is no place to
    take a rubric from."""
    opened = _opened(request)
    if opened is None:
        messages.error(request, EXPIRED)
        return _to_the_import(request)
    found = _told_reading(request, opened)
    if request.htmx or "again" in request.POST or "untold" in request.POST:
        return _preview(request, found, _language_sent(request))
    if found.plan.is_empty and not found.plan.summary:
        found = replace(found, refusals=(*found.refusals, NOTHING_READ))
    form = LanguageForm({"language": request.POST.get("language", found.plan.language)})
    if not form.is_valid() or found.refusals:
        return _preview(request, found, form)
    return _store(request, found, language=form.cleaned_data["language"])


def _to_the_import(request: SignedInRequest) -> HttpResponse:
    """The way back to the form, for a whole page and for a piece of one."""
    answer = redirect("blueprint_import")
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": answer.url})
    return answer


def _language_sent(request: SignedInRequest) -> LanguageForm:
    return LanguageForm(initial={"language": request.POST.get("language", "")})


def _store(request: SignedInRequest, found: Reading, *, language: str) -> HttpResponse:
    plan = replace(found.plan, language=language)
    try:
        version, stored = services.import_plan(plan, filename=found.opened.filename, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
        return redirect("rubric_list")
    if found.directions and found.document is not None:
        remembering.remember(found.document, found.directions, rubric=version.rubric, by=request.user)
    if stored:
        messages.success(request, STORED)
    else:
        messages.info(request, f"{KNOWN} {NOT_USED}" if found.directions and version.is_draft else KNOWN)
    return redirect("rubric_version", version.pk)
