"""One application as those who run it see it: panels, what is late, the way to the
debrief."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.http import SignedInRequest, posted
from accounts.models import User
from accounts.once import once
from accounts.refusals import add_errors
from candidates import states
from candidates.forms import StateForm
from candidates.models import Application, StateChange, Status
from candidates.policies import may_run, runnable
from candidates.services import ERASED
from packets.models import Packet
from privacy.policies import may_answer_access, may_erase
from scorecards import policies
from scorecards.forms import OverrideForm
from scorecards.queries import panel_overview
from scorecards.views.panels import application_to_run, panel_of


def application_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """404 for whoever does not run the opening; once the candidate is erased, nothing can
    be done any more."""
    application = application_to_run(request, pk)
    erased = application.candidate.erased_at is not None
    overview = panel_overview(application, request.user)
    override_form = None
    if not erased and policies.may_override(request.user, application):
        override_form = OverrideForm(people=panel_of(application))
    packets = Packet.objects.visible_to(request.user).filter(application=application)
    context = {
        "application": application,
        "opening": application.opening,
        "status": Status(application.state) if overview.blind else states.status_of(application),
        "change": _change_shown(application),
        "moved_to": _moved_to(application, request.user),
        "overview": overview,
        "may_run": not erased and may_run(request.user, application.opening),
        "may_erase": may_erase(request.user, application.candidate),
        "may_answer_access": may_answer_access(request.user, application.candidate),
        "packets": packets[:20],
        "override_form": override_form,
    }
    return render(request, "workbench/application.html", context)


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


@once
def application_state(request: SignedInRequest, pk: int) -> HttpResponse:
    """Set how an application stands, or move it to another opening."""
    application = application_to_run(request, pk)
    if not may_run(request.user, application.opening):
        raise PermissionDenied
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
