"""A candidate's files, links and notes for those who run the opening; files for the
panel as well."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.limits import costly, costly_to_send
from accounts.once import once
from accounts.refusals import add_errors, tell_refusal
from candidates.http import application_to_run, run_application
from candidates.models import Application, Opening, Panelist
from files import services
from files.forms import FileForm, LinkForm, NoteForm
from files.kinds import FORMATS, Kind
from files.models import CandidateNote, Material
from files.policies import may_add, shown_to_panelist
from packets.views.downloads import attachment
from scorecards.models import blind

# Nothing that a stranger wrote is run or shown as a page of ours, should a browser open
# it after all.
SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox"


# --- the page ----------------------------------------------------------------
def application_files(request: SignedInRequest, pk: int) -> HttpResponse:
    return _page(request, run_application(request, pk))


def _page(request: SignedInRequest, application: Application, refused: forms.Form | None = None) -> HttpResponse:
    """The page, with the form that was refused instead of an empty one; 422 with it."""
    blank: list[forms.Form] = [FileForm(), LinkForm(), NoteForm()]
    offered = {str(form.prefix): form for form in blank}
    if refused is not None:
        offered[str(refused.prefix)] = refused
    notes = CandidateNote.objects.visible_to(request.user).filter(application=application)
    context = {
        "application": application,
        "opening": application.opening,
        "materials": application.materials.select_related("added_by"),
        "notes": notes.select_related("by"),
        "is_blind": Application.objects.filter(blind(request.user), pk=application.pk).exists(),
        "may_add": may_add(request.user, application),
        "file_form": offered["file"],
        "link_form": offered["link"],
        "note_form": offered["note"],
        "refused": refused,
    }
    return render(request, "files/application.html", context, status=422 if refused else 200)


# --- adding ------------------------------------------------------------------
@require_POST
@costly_to_send
def file_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Not `once`: what was sent is the file's bytes, of which no application keeps two
    alike."""
    return _added(request, pk, FileForm(request.POST, request.FILES), services.add_file, "File added.")


@require_POST
@once
def link_add(request: SignedInRequest, pk: int) -> HttpResponse:
    return _added(request, pk, LinkForm(request.POST), services.add_link, "Link added.")


@require_POST
@once
def note_add(request: SignedInRequest, pk: int) -> HttpResponse:
    return _added(request, pk, NoteForm(request.POST), services.add_note, "Note added.")


def _added(request: SignedInRequest, pk: int, form: forms.Form, add: Callable[..., object], said: str) -> HttpResponse:
    """Add what the form holds, and say so; the page with the form where it is
    refused.
    """
    application = application_to_run(request, pk)
    if form.is_valid():
        try:
            add(application, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, said)
            return redirect("application_files", pk)
    return _page(request, application, form)


# --- removing ----------------------------------------------------------------
@require_POST
def material_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    material = _material(request, pk)
    try:
        services.remove_material(material, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
    else:
        messages.success(request, "Removed.")
    return redirect("application_files", material.application_id)


@require_POST
def note_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    notes = CandidateNote.objects.visible_to(request.user)
    note = get_object_or_404(notes.select_related("application__candidate", "application__opening"), pk=pk)
    try:
        services.remove_note(note, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
    else:
        messages.success(request, "Note removed.")
    return redirect("application_files", note.application_id)


@require_POST
def opening_files(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whether the opening's interviewers see files and links."""
    opening = get_object_or_404(Opening.objects.visible_to(request.user), pk=pk)
    shown = request.POST.get("shown") == "yes"
    services.show_files_to_panel(opening, shown=shown, by=request.user)
    words = "Interviewers now see files and links." if shown else "Interviewers no longer see files and links."
    messages.success(request, words)
    return redirect("opening_settings", pk)


# --- downloads ---------------------------------------------------------------
def _material(request: SignedInRequest, pk: int) -> Material:
    materials = Material.objects.visible_to(request.user)
    return get_object_or_404(materials.select_related("application__candidate", "application__opening"), pk=pk)


@costly
def material_download(request: SignedInRequest, pk: int) -> HttpResponseBase:
    return _handed_out(request, _material(request, pk))


@costly
def panelist_file(request: SignedInRequest, pk: int, material_id: int) -> HttpResponseBase:
    """The file for an interviewer of this panel, external ones as well."""
    panelists = Panelist.objects.visible_to(request.user)
    found = panelists.select_related("scorecard", "interview__application__opening")
    panelist = get_object_or_404(found, pk=pk)
    shown = shown_to_panelist(panelist, request.user).select_related("application")
    return _handed_out(request, get_object_or_404(shown, pk=material_id))


def _handed_out(request: SignedInRequest, material: Material) -> HttpResponseBase:
    """The file as an attachment, never as a page; 404 for a link and where the storage
    lost it."""
    if material.token is None:
        raise Http404("This is a link.")
    try:
        file = material.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("This file is no longer in storage.") from error
    services.note_download(material, by=request.user)
    content = FORMATS[Kind(material.kind)].content
    response = attachment(request, file, name=material.name, content=content, etag=material.sha256)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
