"""The debrief of one application, and its decision."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from candidates.models import Application
from candidates.policies import may_decide, may_run
from scorecards import policies, services
from scorecards.forms import DecisionForm, PacketForm
from scorecards.models import Decision, Packet
from scorecards.queries import debrief_sheet


def readable_application(request: SignedInRequest, pk: int) -> Application:
    """The application if visible (else 404) and its debrief may be read (else 403: submit first)."""
    applications = Application.objects.visible_to(request.user).prefetch_related(
        Prefetch("decisions", Decision.objects.select_related("decided_by"))
    )
    application = get_object_or_404(applications.select_related("candidate", "opening__rubric_version__rubric"), pk=pk)
    if not policies.may_see_debrief(request.user, application):
        raise PermissionDenied("Submit your own scorecard first: then the debrief opens for you.")
    return application


def debrief(request: SignedInRequest, pk: int) -> HttpResponse:
    application = readable_application(request, pk)
    decided = application.decisions.exists()
    # who reads a debrief needs only the role for the rest, so the policies' other half is not asked again
    form = DecisionForm(decided=decided) if may_decide(request.user, application.opening) else None
    return _page(request, application, form)


def _page(
    request: SignedInRequest, application: Application, form: DecisionForm | None, status: int = 200
) -> HttpResponse:
    services.note_sightings(application, by=request.user)
    may_request = may_run(request.user, application.opening)
    context = {
        "application": application,
        "sheet": debrief_sheet(application),
        "decisions": application.decisions.all(),
        "decision_form": form,
        "packet_form": PacketForm() if may_request else None,
        "packets": Packet.objects.visible_to(request.user).filter(application=application)[:10],
    }
    return render(request, "scorecards/debrief.html", context, status=status)


@require_POST
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    application = readable_application(request, pk)
    if not policies.may_record_decision(request.user, application):
        raise PermissionDenied
    form = DecisionForm(request.POST, decided=application.decisions.exists())
    if form.is_valid():
        try:
            services.record_decision(application, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            application = readable_application(request, pk)  # with a decision that is new meanwhile
            form = DecisionForm(request.POST, decided=application.decisions.exists())
            form.add_error(None, error)
        else:
            messages.success(request, "The decision is recorded.")
            return redirect("debrief", pk)
    return _page(request, application, form, status=422)
