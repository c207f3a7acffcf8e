"""One application as those who run it see it: panels, what is late, the way to the
debrief."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.compiled import compiled
from accounts.http import SignedInRequest, posted, sent_keys
from accounts.listing import listed
from accounts.meanwhile import as_it_is_now
from accounts.models import User
from accounts.once import once
from accounts.refusals import add_errors
from candidates import states
from candidates.forms import StateForm
from candidates.http import application_to_run, run_application
from candidates.locks import lock_openings
from candidates.models import Application, Opening, StateChange, Status
from candidates.policies import may_edit_candidate, runnable
from candidates.services import ERASED
from files.forms import AlongForm
from files.moving import Along, move_with
from packets.models import Packet
from scorecards import policies
from scorecards.queries import panel_overview
from scorecards.views.panels import unsent_override
from workbench.coverage import coverage_of
from workbench.reading import ApplicationReader, application_reader
from workbench.timeline import TIMELINE, entries, timeline
from workbench.waiting import first_of, some

EVENTS, PACKETS = 6, 20


def application_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """404 for whoever does not run the opening; once the candidate is erased, nothing can
    be done any more."""
    reader = application_reader(request.user, pk)
    if reader is None:
        raise Http404("There is no such application.")
    application = reader.application
    erased = application.candidate.erased_at is not None
    overview = panel_overview(application, request.user, sees_debrief=reader.sees_debrief)
    override_form = None
    if reader.may_override and not erased:
        override_form = unsent_override(application)
    told = _all_events if reader.sees_debrief else _open_events
    latest = some(told(request.user, pk, application.candidate_id))
    context = {
        "application": application,
        "opening": application.opening,
        "status": Status(application.state) if overview.blind else states.status_of(application),
        "change": _change_shown(application),
        "moved_to": _moved_to(application, request.user),
        "overview": overview,
        "may_run": reader.may_run and not erased,
        "may_edit": _may_edit(reader, request.user),
        "may_erase": reader.may_erase,
        "may_answer_access": reader.may_answer_access,
        "packets": some(_packets(request.user, pk)),
        "packets_query": urlencode({"q": application.candidate.name}),
        "events": latest,
        "entries": entries(latest.rows),
        "others": _other_applications(application, request.user),
        "override_form": override_form,
    }
    return render(request, "workbench/application.html", context)


def _other_applications(application: Application, reader: User) -> list[Any]:
    """The candidate's other applications that the reader runs, each with `shown_status`."""
    found = _others(reader, application.candidate_id, application.pk)
    for row in found:
        row.shown_status = Status(row.status)
    return found


@compiled
def _others(reader: User, candidate: int, application: int) -> QuerySet[Any]:
    others = Application.objects.run_by(reader).filter(candidate=candidate).exclude(pk=application)
    known: QuerySet[Any] = others.annotate(status=policies.shown_status(reader)).select_related("opening")
    return known


@compiled
def _packets(reader: User, application: int) -> QuerySet[Packet]:
    return first_of(Packet.objects.visible_to(reader).filter(application=application), PACKETS)


@compiled
def _all_events(reader: User, application: int, candidate: int) -> QuerySet[Any]:
    return _latest(reader, application, candidate, blind=False)


@compiled
def _open_events(reader: User, application: int, candidate: int) -> QuerySet[Any]:
    return _latest(reader, application, candidate, blind=True)


def _latest(reader: User, application: int, candidate: int, *, blind: bool) -> QuerySet[Any]:
    of = Application(pk=application, candidate_id=candidate)
    return first_of(timeline(of, reader, blind=blind).order_by("-at", "-pk"), EVENTS).only("at", "kind")


def _may_edit(reader: ApplicationReader, user: User) -> bool:
    """Whoever may erase the candidate sees every application, as who edits has to."""
    candidate = reader.application.candidate
    return candidate.erased_at is None and (reader.may_erase or may_edit_candidate(user, candidate))


def application_timeline(request: SignedInRequest, pk: int) -> HttpResponse:
    """All that became of the application, as far as its reader may know."""
    application = run_application(request, pk)
    sees_debrief = policies.may_see_debrief(request.user, application)
    events = listed(request, timeline(application, request.user, blind=not sees_debrief), TIMELINE)
    context = {
        "application": application,
        "sees_debrief": sees_debrief,
        "events": events,
        "entries": entries(events),
    }
    return render(request, "workbench/timeline.html", context)


def _change_shown(application: Application) -> StateChange | None:
    """Who set the present state by hand, when and why, where it is not plainly active."""
    if application.state == Application.State.ACTIVE:
        return None
    return application.state_changes.select_related("by").first()


def _moved_to(application: Application, reader: User) -> Application | None:
    """Where it was moved to, for whoever may know of that opening."""
    if application.moved_to_id is None:
        return None
    there = Application.objects.run_by(reader).select_related("opening")
    return there.filter(pk=application.moved_to_id).first()


def application_coverage(request: SignedInRequest, pk: int) -> HttpResponse:
    """What its interviews judge: as planned, and as it came in for whom the debrief is open."""
    application = run_application(request, pk)
    context = {"application": application, "coverage": coverage_of(application, request.user)}
    return render(request, "workbench/coverage.html", context)


@once
def application_state(request: SignedInRequest, pk: int) -> HttpResponse:
    """Set how an application stands, or move it to another opening."""
    application = application_to_run(request, pk)
    if application.candidate.erased_at:
        raise PermissionDenied(ERASED)
    if request.method == "POST":
        lock_openings([application.opening_id, *sent_keys(request.POST, "to")])
        as_it_is_now(request, application.candidate, application)
    shown = policies.status_shown(request.user, application)
    form = StateForm(
        posted(request),
        application=application,
        decided=shown in states.DECIDED,
        openings=runnable(request.user).filter(closed_at=None),
    )
    along = AlongForm(posted(request), application=application, by=request.user)
    if form.is_valid() and along.is_valid():
        try:
            done = _set_state(application, form, along, request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, done)
            return redirect("application", pk)
    untouched = not application.interviews.exists() and not application.state_changes.exists()
    context = {
        "form": form,
        "along": along,
        "application": application,
        "status": shown,
        "is_untouched": untouched,
        "coming": application.interviews.to_come().select_related("round"),
    }
    return render(request, "workbench/application_state.html", context, status=422 if form.is_bound else 200)


def _set_state(application: Application, form: StateForm, along: AlongForm, by: User) -> str:
    """The words for what was done. Raises ValidationError."""
    wanted = form.cleaned_data
    if wanted["state"] == Application.State.MOVED:
        taken = move_with(application, to=wanted["to"], reason=wanted["reason"], by=by, **along.cleaned_data)
        return told_of_move("Moved", wanted["to"], taken)
    states.set_state(application, state=wanted["state"], reason=wanted["reason"], by=by)
    return f"Status set to “{application.get_state_display()}”."


def told_of_move(what: str, to: Opening, taken: Along) -> str:
    """Such as “Moved to Night shift. 2 files went along. There, interviewers see files.”"""
    said = f"{what} to {to.title}."
    if not taken.words:
        return said
    seen = f" There, {to.who_sees_files}." if taken.files or taken.links else ""
    return f"{said} {taken.words} went along.{seen}"
