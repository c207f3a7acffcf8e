"""The debrief of one application: its agenda, its meeting and its decision."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.compiled import compiled
from accounts.http import SignedInRequest, changes_page, posted
from accounts.models import User
from accounts.once import once
from accounts.refusals import add_errors, tell_refusal
from candidates.models import Application
from debriefs import changes, meetings, policies
from debriefs.aggregate import aggregate
from debriefs.forms import AttendanceForm, DecisionForm, MeetingNoteForm, ReopenForm, ReRatingForm
from debriefs.gathering import NAMED, debrief_facts
from debriefs.models import Attendee
from debriefs.policies import DebriefReader
from debriefs.profiles import Profile
from debriefs.queries import DebriefCounts, debrief_counts, debrief_revision
from debriefs.redaction import redacted_sheet
from debriefs.sheets import DebriefSheet
from scorecards import services
from scorecards.gathering import card_facts
from scorecards.models import Scorecard, Sighting

FormOf = TypeVar("FormOf", bound=BaseForm)


def readable(request: SignedInRequest, pk: int) -> DebriefReader:
    """The reader of that debrief. Raises Http404 where it is not visible, and
    PermissionDenied, which says why, where it is not readable."""
    row = _visible.first(request.user, pk)
    if row is None:
        raise Http404("There is no such application.")
    reader = policies.reader_of(row)
    if not reader.sees:
        raise PermissionDenied(policies.why_no_debrief(request.user, reader.application))
    return reader


@compiled
def _visible(user: User, pk: int) -> QuerySet[Any]:
    applications = Application.objects.visible_to(user).filter(pk=pk)
    return policies.with_rights(applications.select_related(*NAMED), user)


def readable_sheet(reader: DebriefReader, counts: DebriefCounts | None = None) -> DebriefSheet:
    """The sheet as this reader may know it: without the candidate's name where that is
    hidden from them."""
    facts = debrief_facts(reader.application, exercises=False, counts=counts)
    if not reader.nameless:
        return aggregate(facts)
    sheet = redacted_sheet(facts, Profile.NO_CANDIDATE)
    return replace(sheet, facts=replace(sheet.facts, candidate_name=reader.called, candidate_email=""))


def debrief(request: SignedInRequest, pk: int) -> HttpResponse:
    return _page(request, readable(request, pk))


def summary(request: SignedInRequest, pk: int) -> HttpResponse:
    """Figures and pictures alone, large enough for a room."""
    reader = readable(request, pk)
    services.note_sightings(reader.application, by=request.user, way=Sighting.Way.DEBRIEF)
    context = {"application": reader.application, "reader": reader, "sheet": readable_sheet(reader)}
    return render(request, "debriefs/debrief_summary.html", context)


def decision_changes(request: SignedInRequest, pk: int) -> HttpResponse:
    application = readable(request, pk).application
    return changes_page(request, "Changes to the decision", changes.decision_changes(application))


def news(request: SignedInRequest, pk: int) -> HttpResponse:
    """For an open page: nothing (204) while the debrief is as it was, else the offer to
    reload."""
    application = readable(request, pk).application
    known, now = request.GET.get("revision", ""), debrief_revision(application)
    if known == now:
        return HttpResponse(status=204)
    context = {"application": application, "more_cards": _more_cards(known, now)}
    return render(request, "debriefs/_debrief_news.html", context)


def _more_cards(known: str, now: str) -> int:
    """How many scorecards came in between two revisions; 0 where the first is none of
    ours."""
    before, after = known.partition(".")[0], now.partition(".")[0]
    if before.isascii() and before.isdigit() and len(before) < 10:
        return int(after) - int(before)
    return 0


def _page(
    request: SignedInRequest, reader: DebriefReader, refused: BaseForm | None = None, status: int = 200
) -> HttpResponse:
    """The page with its reader's forms; a `refused` one takes the place of the empty
    one."""
    application = reader.application
    services.note_sightings(application, by=request.user, way=Sighting.Way.DEBRIEF)
    counts = debrief_counts(application)
    sheet = readable_sheet(reader, counts)
    open_now = sheet.facts.meeting is not None and sheet.facts.decision is None
    own = {card.scorecard_id for card in sheet.submitted if card.interviewer_id == request.user.pk}
    context = {
        "application": application,
        "reader": reader,
        "sheet": sheet,
        "revision": counts.revision,
        "open_now": open_now,
        "changeable": own if open_now else (),
        "decision_form": None,
        "reopen_form": None,
        "refused": refused,  # told at the top even where the page has no place for the form any more
    }
    if reader.decides:
        context |= _decision_forms(sheet, refused)
    if open_now and reader.runs:
        context |= _meeting_forms(application, refused)
    return render(request, "debriefs/debrief.html", context, status=status)


def _or_refused(kind: type[FormOf], refused: BaseForm | None, **kwargs: Any) -> FormOf:
    return refused if isinstance(refused, kind) else kind(**kwargs)


def _decision_forms(sheet: DebriefSheet, refused: BaseForm | None) -> dict[str, BaseForm]:
    """To decide, or, where a decision is in force, to reopen it.

    A refused decision stays, with all that was typed, though another decided meanwhile.
    """
    forms: dict[str, BaseForm] = {}
    if sheet.facts.decision:
        forms["reopen_form"] = _or_refused(ReopenForm, refused)
    if not sheet.facts.decision or isinstance(refused, DecisionForm):
        must_haves = {row.key: row.name for row in sheet.dimensions if row.must_have}
        forms["decision_form"] = _or_refused(DecisionForm, refused, must_haves=must_haves)
    return forms


def _must_haves(application: Application) -> dict[str, str]:
    rows = application.opening.rubric_version.dimensions.filter(must_have=True)
    return dict(rows.values_list("key", "name"))


def _meeting_forms(application: Application, refused: BaseForm | None) -> dict[str, Any]:
    """Notes and attendance, for those who run the meeting."""
    dimensions = application.opening.rubric_version.dimensions
    return {
        "note_form": _or_refused(MeetingNoteForm, refused, dimensions=dimensions.all()),
        "attendance_form": _or_refused(AttendanceForm, refused, people=_company(application)),
    }


def _company(application: Application) -> QuerySet[User]:
    """The panel and those with a role on the opening, less who is listed already."""
    near = Q(panels__interview__application=application) | Q(memberships__opening=application.opening_id)
    there = Attendee.objects.filter(meeting__application=application, user__isnull=False).values("user")
    return User.objects.filter(near, is_active=True).exclude(pk__in=there).distinct()


def _act(
    request: SignedInRequest,
    reader: DebriefReader,
    form: BaseForm,
    act: Callable[[dict[str, Any]], object],
    done: str,
) -> HttpResponse:
    """Do what the form asks and go back; where refused show it again with all that was
    typed."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, done, extra_tags=request.POST.get("keep", ""))
            return redirect("debrief", reader.application.pk)
    return _page(request, reader, form, status=422)


def _run(request: SignedInRequest, pk: int) -> DebriefReader:
    reader = readable(request, pk)
    if not reader.runs:
        raise PermissionDenied
    return reader


def _do(request: SignedInRequest, pk: int, act: Callable[[], object], done: str = "") -> HttpResponse:
    """A button's act, its refusal or what was done told on the page it leads back
    to.
    """
    try:
        act()
    except ValidationError as error:
        tell_refusal(request, error)
    else:
        if done:
            messages.success(request, done)
    return redirect("debrief", pk)


@require_POST
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    reader = _run(request, pk)
    done = "Debrief opened. The initial ratings are now fixed."
    return _do(request, pk, lambda: meetings.open_debrief(reader.application, by=request.user), done)


@require_POST
@once
def note(request: SignedInRequest, pk: int) -> HttpResponse:
    reader = _run(request, pk)
    dimensions = reader.application.opening.rubric_version.dimensions.all()
    data = request.POST.copy()
    if key := data.get("key"):  # a form beside its dimension names that by its key
        data["dimension"] = str(dimensions.filter(key=key).values_list("pk", flat=True).first() or key)
    form = MeetingNoteForm(data, dimensions=dimensions)
    return _act(
        request,
        reader,
        form,
        lambda data: meetings.add_note(reader.application, by=request.user, **data),
        "Noted.",
    )


@require_POST
@once
def attendance(request: SignedInRequest, pk: int) -> HttpResponse:
    reader = _run(request, pk)
    application = reader.application
    form = AttendanceForm(request.POST, people=_company(application))

    def act(data: dict[str, Any]) -> object:
        names = data["names"].splitlines()
        return meetings.note_attendance(application, users=list(data["users"]), names=names, by=request.user)

    return _act(request, reader, form, act, "Attendance saved.")


@require_POST
def attendee_remove(request: SignedInRequest, pk: int, attendee_id: int) -> HttpResponse:
    application = _run(request, pk).application
    attendee = get_object_or_404(Attendee.objects.filter(meeting__application=application), pk=attendee_id)
    return _do(request, pk, lambda: meetings.remove_attendee(attendee, by=request.user))


@once
def re_rate(request: SignedInRequest, pk: int, scorecard_id: int, key: str) -> HttpResponse:
    """Change one's own rating in the meeting, on a page of its own beside the wording
    of the levels.

    Another's scorecard, one of another debrief, or a dimension of another rubric is
    404.
    """
    reader = readable(request, pk)
    application = reader.application
    cards = Scorecard.objects.filter(panelist__interview__application=application, panelist__user=request.user)
    cards = cards.select_related("panelist__interview__round__opening", "panelist__interview__application__opening")
    card = get_object_or_404(cards, pk=scorecard_id)
    dimensions = application.opening.rubric_version.dimensions.prefetch_related("anchors")
    dimension = get_object_or_404(dimensions, key=key)
    if not policies.may_re_rate(request.user, card):
        raise PermissionDenied
    form = ReRatingForm(posted(request), dimension=dimension)
    if form.is_valid():
        try:
            meetings.re_rate(card, dimension, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(
                request, "New rating saved next to your first one.", extra_tags=f"rating-{scorecard_id}-{key}"
            )
            return redirect("debrief", pk)
    [fact] = card_facts([card])
    context = {
        "application": application,
        "reader": reader,
        "card": card,
        "dimension": dimension,
        "language": application.opening.rubric_version.language,
        "form": form,
        "given": next((row for row in fact.ratings if row.dimension == key), None),
    }
    return render(request, "debriefs/re_rate.html", context, status=422 if form.errors else 200)


def _decider(request: SignedInRequest, pk: int) -> DebriefReader:
    reader = readable(request, pk)
    if not reader.decides:
        raise PermissionDenied
    return reader


@require_POST
@once
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    reader = _decider(request, pk)
    form = DecisionForm(request.POST, must_haves=_must_haves(reader.application))
    return _act(
        request,
        reader,
        form,
        lambda _: meetings.record_decision(reader.application, by=request.user, **form.decided()),
        "Decision recorded.",
    )


@require_POST
@once
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    reader = _decider(request, pk)
    return _act(
        request,
        reader,
        ReopenForm(request.POST),
        lambda data: meetings.reopen_debrief(reader.application, by=request.user, **data),
        "Debrief reopened. The earlier decision stays in its history.",
    )
