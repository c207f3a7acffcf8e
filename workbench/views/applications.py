"""One application as those who run it see it: panels, what is late, the way to the
debrief."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.http import SignedInRequest, posted
from accounts.listing import listed
from accounts.models import User
from accounts.once import once
from accounts.refusals import add_errors
from candidates import states
from candidates.forms import StateForm
from candidates.http import application_to_run, run_application
from candidates.models import Application, StateChange, Status
from candidates.policies import may_edit_candidate, may_run, runnable
from candidates.services import ERASED
from packets.models import Packet
from privacy.policies import may_answer_access, may_erase
from scorecards import policies
from scorecards.forms import OverrideForm
from scorecards.queries import panel_overview
from scorecards.views.panels import panel_of
from workbench.coverage import coverage_of
from workbench.timeline import TIMELINE, entries, timeline
from workbench.waiting import some

EVENTS, PACKETS = 6, 20


def application_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """404 for whoever does not run the opening; once the candidate is erased, nothing can
    be done any more."""
    application = run_application(request, pk)
    erased = application.candidate.erased_at is not None
    overview = panel_overview(application, request.user)
    may_erase_it = may_erase(request.user, application.candidate)  # and so they see every application
    override_form = None
    if not erased and policies.may_override(request.user, application):
        override_form = OverrideForm(people=panel_of(application))
    packets = Packet.objects.visible_to(request.user).filter(application=application)
    events = timeline(application, request.user, blind=overview.blind).order_by("-at", "-pk")
    latest = some(events, EVENTS)
    context = {
        "application": application,
        "opening": application.opening,
        "status": Status(application.state) if overview.blind else states.status_of(application),
        "change": _change_shown(application),
        "moved_to": _moved_to(application, request.user),
        "overview": overview,
        "may_run": not erased and may_run(request.user, application.opening),
        "may_edit": not erased and (may_erase_it or may_edit_candidate(request.user, application.candidate)),
        "may_erase": may_erase_it,
        "may_answer_access": may_answer_access(request.user, application.candidate),
        "packets": some(packets, PACKETS),
        "packets_query": urlencode({"q": application.candidate.name}),
        "events": latest,
        "entries": entries(latest.rows, application),
        "others": _other_applications(application, request.user),
        "override_form": override_form,
    }
    return render(request, "workbench/application.html", context)


def _other_applications(application: Application, reader: User) -> list[Any]:
    """The candidate's other applications that the reader runs, each with `shown_status`."""
    others = Application.objects.run_by(reader).filter(candidate=application.candidate_id).exclude(pk=application.pk)
    found: list[Any] = list(others.annotate(status=policies.shown_status(reader)).select_related("opening"))
    for row in found:
        row.shown_status = Status(row.status)
    return found


def application_timeline(request: SignedInRequest, pk: int) -> HttpResponse:
    """All that became of the application, as far as its reader may know."""
    application = run_application(request, pk)
    sees_debrief = policies.may_see_debrief(request.user, application)
    events = listed(request, timeline(application, request.user, blind=not sees_debrief), TIMELINE)
    context = {
        "application": application,
        "sees_debrief": sees_debrief,
        "events": events,
        "entries": entries(events, application),
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
    shown = policies.status_shown(request.user, application)
    form = StateForm(
        posted(request),
        application=application,
        decided=shown in states.DECIDED,
        openings=runnable(request.user).filter(closed_at=None),
    )
    if form.is_valid():
        try:
            done = _set_state(application, form, request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, done)
            return redirect("application", pk)
    untouched = not application.interviews.exists() and not application.state_changes.exists()
    context = {"form": form, "application": application, "status": shown, "is_untouched": untouched}
    return render(request, "workbench/application_state.html", context, status=422 if form.is_bound else 200)


def _set_state(application: Application, form: StateForm, by: User) -> str:
    """The words for what was done. Raises ValidationError."""
    wanted = form.cleaned_data
    if wanted["state"] == Application.State.MOVED:
        states.move_application(application, to=wanted["to"], reason=wanted["reason"], by=by)
        return f"Moved to {wanted['to'].title}."
    states.set_state(application, state=wanted["state"], reason=wanted["reason"], by=by)
    return f"Status set to “{application.get_state_display()}”."
