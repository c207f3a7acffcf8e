"""The debrief of one application: its agenda, its meeting and its decision."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest, changes_page
from accounts.models import User
from candidates.forms import add_errors
from candidates.models import Application
from scorecards import changes, meetings, policies, services
from scorecards.aggregate import aggregate
from scorecards.debrief_forms import AttendanceForm, DecisionForm, MeetingNoteForm, ReopenForm, ReRatingForm
from scorecards.forms import PacketForm
from scorecards.gathering import NAMED, card_facts, debrief_facts
from scorecards.models import Attendee, Packet, Scorecard, Sighting
from scorecards.packets.redaction import redact
from scorecards.queries import debrief_mark
from scorecards.sheets import DebriefSheet


def readable_application(request: SignedInRequest, pk: int) -> Any:
    """The application with its reader's rights, if visible (else 404) and its debrief may be read (else 403)."""
    applications = Application.objects.visible_to(request.user)
    applications = applications.select_related(*NAMED)
    application = get_object_or_404(policies.with_rights(applications, request.user), pk=pk)
    if not application.sees:
        raise PermissionDenied(policies.why_no_debrief(request.user, application))
    if application.candidate.erased_at:
        application.runs = application.decides = False
    return application


def readable_sheet(application: Any) -> DebriefSheet:
    """The sheet as this reader may know it: without the candidate's name where that is hidden from them."""
    facts = debrief_facts(application)
    if not application.nameless:
        return aggregate(facts)
    sheet = redact(aggregate(facts), Packet.Profile.NO_CANDIDATE)
    return replace(sheet, facts=replace(sheet.facts, candidate_name=application.called, candidate_email=""))


def debrief(request: SignedInRequest, pk: int) -> HttpResponse:
    return _page(request, readable_application(request, pk))


def summary(request: SignedInRequest, pk: int) -> HttpResponse:
    """Figures and pictures alone, large enough for a room."""
    application = readable_application(request, pk)
    services.note_sightings(application, by=request.user, way=Sighting.Way.DEBRIEF)
    sheet = readable_sheet(application)
    return render(request, "scorecards/debrief_summary.html", {"application": application, "sheet": sheet})


def decision_changes(request: SignedInRequest, pk: int) -> HttpResponse:
    application = readable_application(request, pk)
    return changes_page(request, "Changes of the decision", changes.decision_changes(application))


def news(request: SignedInRequest, pk: int) -> HttpResponse:
    """For an open page: nothing (204) while the debrief is as it was, else the offer to reload."""
    application = readable_application(request, pk)
    known, now = request.GET.get("mark", ""), debrief_mark(application)
    if known == now:
        return HttpResponse(status=204)
    before, after = known.partition(".")[0], now.partition(".")[0]
    more = int(after) - int(before) if before.isascii() and before.isdigit() and len(before) < 10 else 0
    return render(request, "scorecards/_debrief_news.html", {"application": application, "more_cards": more})


def _page(
    request: SignedInRequest, application: Any, refused: BaseForm | None = None, status: int = 200
) -> HttpResponse:
    """The page with the forms that its reader may use; a `refused` form takes the place of its empty kin."""
    services.note_sightings(application, by=request.user, way=Sighting.Way.DEBRIEF)
    sheet = readable_sheet(application)
    open_now = sheet.facts.meeting is not None and sheet.facts.decision is None
    context = {
        "application": application,
        "sheet": sheet,
        "mark": sheet.mark,
        "open_now": open_now,
        "own": {card.scorecard_id for card in sheet.submitted if card.interviewer_id == request.user.pk},
        "decision_form": _decision_form(sheet, refused) if application.decides else None,
        "reopen_form": _or_refused(ReopenForm, refused) if application.decides and sheet.facts.decision else None,
        "packet_form": PacketForm() if application.runs else None,
        "packets": Packet.objects.visible_to(request.user).filter(application=application)[:10],
    }
    if open_now and application.runs:
        context |= _meeting_forms(application, refused)
    return render(request, "scorecards/debrief.html", context, status=status)


def _or_refused(kind: type[Any], refused: BaseForm | None, **kwargs: Any) -> Any:
    return refused if isinstance(refused, kind) else kind(**kwargs)


def _decision_form(sheet: DebriefSheet, refused: BaseForm | None) -> DecisionForm | None:
    if sheet.facts.decision and not isinstance(refused, DecisionForm):
        return None  # a refused form stays, with all that was typed, though another decided meanwhile
    form: DecisionForm = _or_refused(
        DecisionForm, refused, must_haves={row.key: row.name for row in sheet.dimensions if row.must_have}
    )
    return form


def _must_haves(application: Any) -> dict[str, str]:
    rows = application.opening.rubric_version.dimensions.filter(must_have=True)
    return dict(rows.values_list("key", "name"))


def _meeting_forms(application: Any, refused: BaseForm | None) -> dict[str, Any]:
    """Notes and attendance, for those who run the meeting."""
    dimensions = application.opening.rubric_version.dimensions
    return {
        "note_form": _or_refused(MeetingNoteForm, refused, dimensions=dimensions.all()),
        "attendance_form": _or_refused(AttendanceForm, refused, people=_company(application)),
    }


def _company(application: Application) -> Any:
    """Whom a meeting is likely to hold: the panel and those with a role on the opening, who are not listed yet."""
    near = Q(panels__interview__application=application) | Q(memberships__opening=application.opening_id)
    there = Attendee.objects.filter(meeting__application=application, user__isnull=False).values("user")
    return User.objects.filter(near, is_active=True).exclude(pk__in=there).distinct().order_by("name", "email")


def _act(
    request: SignedInRequest,
    application: Any,
    form: BaseForm,
    act: Callable[[dict[str, Any]], object],
    done: str,
) -> HttpResponse:
    """Do what the form asks and go back to the page, or show it again with what is wrong and all that was typed."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, done, extra_tags=request.POST.get("keep", ""))
            return redirect("debrief", application.pk)
    return _page(request, application, form, status=422)


def _run(request: SignedInRequest, pk: int) -> Any:
    application = readable_application(request, pk)
    if not application.runs:
        raise PermissionDenied
    return application


def _do(request: SignedInRequest, pk: int, act: Callable[[], object], done: str = "") -> HttpResponse:
    """A button's act, its refusal or what was done told on the page it leads back to."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if done:
            messages.success(request, done)
    return redirect("debrief", pk)


@require_POST
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    application = _run(request, pk)
    done = "The debrief is open. The initial ratings stay as they are from now on."
    return _do(request, pk, lambda: meetings.open_debrief(application, by=request.user), done)


@require_POST
def note(request: SignedInRequest, pk: int) -> HttpResponse:
    application = _run(request, pk)
    dimensions = application.opening.rubric_version.dimensions.all()
    data = request.POST.copy()
    if key := data.get("key"):  # a form beside its dimension names that by its key
        data["dimension"] = str(dimensions.filter(key=key).values_list("pk", flat=True).first() or key)
    form = MeetingNoteForm(data, dimensions=dimensions)
    return _act(
        request,
        application,
        form,
        lambda data: meetings.add_note(application, by=request.user, **data),
        "Noted.",
    )


@require_POST
def attendance(request: SignedInRequest, pk: int) -> HttpResponse:
    application = _run(request, pk)
    form = AttendanceForm(request.POST, people=_company(application))

    def act(data: dict[str, Any]) -> object:
        names = data["names"].splitlines()
        return meetings.note_attendance(application, users=list(data["users"]), names=names, by=request.user)

    return _act(request, application, form, act, "Written down who attended.")


@require_POST
def attendee_remove(request: SignedInRequest, pk: int, attendee_id: int) -> HttpResponse:
    application = _run(request, pk)
    attendee = get_object_or_404(Attendee.objects.filter(meeting__application=application), pk=attendee_id)
    return _do(request, pk, lambda: meetings.remove_attendee(attendee, by=request.user))


def re_rate(request: SignedInRequest, pk: int, card_id: int, key: str) -> HttpResponse:
    """Change one's own rating in the meeting, on a page of its own beside the wording of the levels.

    Another's scorecard, one of another debrief, or a dimension of another rubric is 404.
    """
    application = readable_application(request, pk)
    cards = Scorecard.objects.filter(panelist__interview__application=application, panelist__user=request.user)
    cards = cards.select_related("panelist__interview__round__opening", "panelist__interview__application__opening")
    card = get_object_or_404(cards, pk=card_id)
    dimensions = application.opening.rubric_version.dimensions.prefetch_related("anchors")
    dimension = get_object_or_404(dimensions, key=key)
    if not policies.may_re_rate(request.user, card):
        raise PermissionDenied
    form = ReRatingForm(request.POST or None, dimension=dimension)
    if request.method == "POST" and form.is_valid():
        try:
            meetings.re_rate(card, dimension, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Your new rating stands beside the first.", extra_tags=f"rating-{card_id}-{key}")
            return redirect("debrief", pk)
    [fact] = card_facts([card])
    context = {
        "application": application,
        "card": card,
        "dimension": dimension,
        "form": form,
        "given": next((row for row in fact.ratings if row.dimension == key), None),
    }
    return render(request, "scorecards/re_rate.html", context, status=422 if form.errors else 200)


@require_POST
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    application = readable_application(request, pk)
    if not application.decides:
        raise PermissionDenied
    form = DecisionForm(request.POST, must_haves=_must_haves(application))
    return _act(
        request,
        application,
        form,
        lambda _: meetings.record_decision(application, by=request.user, **form.decided()),
        "The decision is recorded.",
    )


@require_POST
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    application = readable_application(request, pk)
    if not application.decides:
        raise PermissionDenied
    return _act(
        request,
        application,
        ReopenForm(request.POST),
        lambda data: meetings.reopen_debrief(application, by=request.user, **data),
        "The debrief is open again. The earlier decision stays in its history.",
    )
