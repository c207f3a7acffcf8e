"""The editor of a draft: a rubric that starts empty or as a copy, its page, and what is
saved at each pause."""

import re
from collections.abc import Callable, Mapping
from operator import itemgetter

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.autosave import (
    Stale,
    edit_seen,
    finished_answer,
    present_answer,
    refused_answer,
    saved_answer,
    sent_changes,
    stale_answer,
)
from accounts.http import SignedInRequest, posted
from accounts.once import once
from accounts.refusals import add_errors, tell_refusal
from rubrics import drafts, rows, services
from rubrics.blueprints.language import ENGLISH, LANGUAGES
from rubrics.contents import contents
from rubrics.editor import Editor, outline_of, shares_of, unwritten, weighing_of
from rubrics.fields import PARTS, SKILL_GROUPS
from rubrics.forms import CopyForm, DraftForm, NewRubricForm
from rubrics.models import RubricVersion
from rubrics.views.rubrics import published_page, refuse_others, version_of

BUTTON = "do"
BUTTONS = [BUTTON, "save"]
ACT = re.compile(r"(?P<verb>[a-z]+)(?: (?P<kind>[a-z]+))?(?: (?P<of>\w{1,18}))?(?: (?P<to>\d{1,4}))?", re.ASCII)
STALE = (
    "Another tab or device has saved this draft since you opened it. Your version is below and not saved yet: "
    "compare the two, then save again."
)
NOT_KNOWN = "This page no longer has that button. Reload it."


@once
def rubric_new(request: SignedInRequest) -> HttpResponse:
    """A rubric that starts empty."""
    refuse_others(request)
    form = NewRubricForm(posted(request), initial={"language": ENGLISH})
    if form.is_valid():
        try:
            version = services.start_rubric(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("rubric_edit", version.pk)
    status = 422 if form.is_bound else 200
    return render(request, "rubrics/new.html", {"form": form}, status=status)


@once
def rubric_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """A rubric that starts as a copy of the version `pk`."""
    version = version_of(request, pk)
    refuse_others(request)
    form = CopyForm(posted(request))
    if form.is_valid():
        try:
            copy = services.copy_version(version, form.cleaned_data["title"], by=request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("rubric_edit", copy.pk)
    status = 422 if form.is_bound else 200
    return render(request, "rubrics/copy.html", {"form": form, "version": version}, status=status)


@once
def rubric_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The editor of the draft `pk`. POST saves what it is sent, then does what its
    button says."""
    version = version_of(request, pk)
    refuse_others(request)
    if not version.is_draft:
        return published_page(request, version, _unsaved(request, version))
    if request.method == "POST":
        return _posted(request, version)
    return _page(request, Editor(contents(version)))


def _page(request: SignedInRequest, editor: Editor, form: DraftForm | None = None, status: int = 200) -> HttpResponse:
    context = {
        "editor": editor,
        "version": editor.contents.version,
        "form": form,
        "languages": sorted(LANGUAGES.items(), key=itemgetter(1)),
        "groups": SKILL_GROUPS.items(),
    }
    return render(request, "rubrics/edit.html", context, status=status)


def _posted(request: SignedInRequest, version: RubricVersion) -> HttpResponse:
    sent = sent_changes(request, besides=BUTTONS)
    changes: dict[str, str] = {}
    try:
        with transaction.atomic():
            stored = contents(drafts.locked_draft(version, by=request.user))
            changes = {name: text for name, text in sent.items() if not drafts.is_gone(stored, name)}
            drafts.write(stored, changes, edit=edit_seen(request), by=request.user)
    except drafts.Finished:
        return published_page(request, version_of(request, version.pk), unwritten(sent.values()))
    except Stale as stale:
        told = {name: _saved_elsewhere(text) for name, text in stale.theirs.items()}
        return _refused(request, version, changes, told, lead=STALE, status=409)
    except ValidationError as error:
        return _refused(request, version, changes, _by_field(error), status=422)
    if lost := unwritten(text for name, text in sent.items() if name not in changes):
        messages.warning(request, f"{drafts.GONE} {lost}")
    return redirect(_done(request, version))


def _unsaved(request: SignedInRequest, version: RubricVersion) -> str:
    """The words that were sent and differ from what was published, quoted."""
    stored = contents(version).texts()
    sent = sent_changes(request, besides=BUTTONS)
    return unwritten(text for name, text in sent.items() if stored.get(name, "") != text)


def _saved_elsewhere(text: str) -> str:
    return f"Saved elsewhere: {text or '(empty)'}"


def _by_field(error: ValidationError) -> dict[str, str]:
    """Why each field was refused; under an empty name what no field is to blame for."""
    if hasattr(error, "error_dict"):
        return {name: " ".join(texts) for name, texts in error.message_dict.items()}
    return {"": " ".join(error.messages)}


def _refused(
    request: SignedInRequest,
    version: RubricVersion,
    texts: Mapping[str, str],
    refusals: Mapping[str, str],
    *,
    status: int,
    lead: str = "",
) -> HttpResponse:
    """The editor with what was sent, and why it is not saved. Its next save knows what
    it was shown."""
    version.refresh_from_db()
    return _page(request, Editor(contents(version), texts, refusals), DraftForm(refusals, lead=lead), status)


# --- buttons -----------------------------------------------------------------
def _done(request: SignedInRequest, version: RubricVersion) -> str:
    """Do what the button says; the address where its writer goes on."""
    page = reverse("rubric_edit", args=[version.pk])
    words = request.POST.get(BUTTON, "")
    if words == "publish":
        return reverse("rubric_publish", args=[version.pk])
    if not words:
        messages.success(request, "Draft saved.")
        return page
    try:
        return page + _acted(request, version, words)
    except ValidationError as error:
        tell_refusal(request, error)
        return page


def _acted(request: SignedInRequest, version: RubricVersion, words: str) -> str:
    """Where in the page the writer goes on, as `#id`. Raises ValidationError for what
    cannot be done."""
    act = ACT.fullmatch(words)
    do = ACTS.get(act["verb"]) if act else None
    if act is None or do is None:
        raise ValidationError(NOT_KNOWN)
    return do(request, version, act)


def _add(request: SignedInRequest, version: RubricVersion, act: re.Match[str]) -> str:
    kind = _kind(act)
    row = rows.add_row(version, kind, among=act["of"] or "", by=request.user)
    first = next(part for part in PARTS[kind] if part not in {"label", "group"})
    return f"#id_{kind}_{row.pk}_{first}"


def _remove(request: SignedInRequest, version: RubricVersion, act: re.Match[str]) -> str:
    called = rows.remove_row(version, _kind(act), _number(act["of"]), by=request.user)
    messages.success(request, f"Removed: {called}. “Undo” at the foot of the page puts it back.")
    return ""


def _up(request: SignedInRequest, version: RubricVersion, act: re.Match[str]) -> str:
    return _move(request, version, act, -1)


def _down(request: SignedInRequest, version: RubricVersion, act: re.Match[str]) -> str:
    return _move(request, version, act, 1)


def _move(request: SignedInRequest, version: RubricVersion, act: re.Match[str], step: int) -> str:
    kind, pk = _kind(act), _number(act["of"])
    rows.shift_row(version, kind, pk, by_places=step, by=request.user)
    return f"#{act['verb']}_{kind}_{pk}"


def _place(request: SignedInRequest, version: RubricVersion, act: re.Match[str]) -> str:
    kind, pk = _kind(act), _number(act["of"])
    rows.move_row(version, kind, pk, to=_number(act["to"]), by=request.user)
    return f"#{kind}_{pk}"


def _settle(request: SignedInRequest, version: RubricVersion, act: re.Match[str]) -> str:
    rows.settle_warning(version, _number(act["of"]), by=request.user)
    return "#warnings"


def _undo(request: SignedInRequest, version: RubricVersion, act: re.Match[str]) -> str:
    called = rows.undo(version, by=request.user)
    messages.success(request, f"Put back: {called}.")
    return ""


def _kind(act: re.Match[str]) -> str:
    """Raises ValidationError where the button names no kind of row."""
    kind: str | None = act["kind"]
    if kind not in rows.CALLED:
        raise ValidationError(NOT_KNOWN)
    return kind


def _number(text: str | None) -> int:
    """Raises ValidationError where it is none."""
    if not (text and text.isdecimal()):
        raise ValidationError(NOT_KNOWN)
    return int(text)


ACTS: dict[str, Callable[[SignedInRequest, RubricVersion, "re.Match[str]"], str]] = {
    "add": _add,
    "remove": _remove,
    "up": _up,
    "down": _down,
    "place": _place,
    "settle": _settle,
    "undo": _undo,
}


# --- at each pause -----------------------------------------------------------
@transaction.non_atomic_requests  # a save is one transaction and needs none around it
def rubric_draft(request: SignedInRequest, pk: int) -> JsonResponse:
    """POST stores what changed: 200 with the count, 409 with both texts or finished,
    422.

    The answer to 200 says which rows there are and how they weigh where the writer may
    not know. GET gives a page that was signed out meanwhile a fresh token to send again
    with.
    """
    if request.method != "POST" or not request.user.manages_rubrics:
        return _present(request, pk)
    changes = sent_changes(request, besides=BUTTONS)
    try:
        saved = drafts.save_draft(RubricVersion(pk=pk), changes, edit=edit_seen(request), by=request.user)
    except drafts.Finished:
        _stored_version(request, pk)
        return finished_answer(drafts.PUBLISHED)
    except Stale as stale:
        return stale_answer(stale, changes)
    except ValidationError as error:
        return refused_answer(" ".join(error.messages))
    return _saved(saved)


def _present(request: SignedInRequest, pk: int) -> JsonResponse:
    """Raises Http404 for a version that is hidden from its reader, PermissionDenied for
    who manages no rubrics."""
    version = _stored_version(request, pk)
    if not request.user.manages_rubrics:
        raise PermissionDenied
    return present_answer(request, edit=version.edit, finished=not version.is_draft)


def _stored_version(request: SignedInRequest, pk: int) -> RubricVersion:
    """Raises Http404 where there is none, or it is hidden from its reader."""
    versions = RubricVersion.objects.visible_to(request.user).only("edit", "state")
    return get_object_or_404(versions, pk=pk)


def _saved(saved: drafts.Saved) -> JsonResponse:
    more: dict[str, object] = {}
    if not saved.is_known:
        found = saved.contents
        more["shares"], more["weighing"] = shares_of(found), weighing_of(found)
        more["outline"] = outline_of(found)
    return saved_answer(saved.version.edit, saved.version.saved_at, saved.others, **more)
