"""The debrief of one application, and its decision."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from audit.services import record
from candidates.models import Application
from scorecards import policies, services
from scorecards.forms import DecisionForm, PacketForm
from scorecards.models import Packet
from scorecards.queries import debrief_sheet


def readable_application(request: SignedInRequest, pk: int) -> Application:
    """The application if visible (else 404) and its debrief may be read (else 403: submit first)."""
    applications = Application.objects.visible_to(request.user)
    application = get_object_or_404(applications.select_related("candidate", "opening__rubric_version__rubric"), pk=pk)
    if not policies.may_see_debrief(request.user, application):
        raise PermissionDenied("Submit your own scorecard first: then the debrief opens for you.")
    return application


def debrief(request: SignedInRequest, pk: int) -> HttpResponse:
    application = readable_application(request, pk)
    decided = application.decisions.exists()
    form = DecisionForm(decided=decided) if policies.may_record_decision(request.user, application) else None
    return _page(request, application, form)


def _page(
    request: SignedInRequest, application: Application, form: DecisionForm | None, status: int = 200
) -> HttpResponse:
    """The debrief, whichever way it came about: whoever is shown it has seen it."""
    services.note_sightings(application, by=request.user)
    record("debrief.viewed", by=request.user, subject=application)
    may_request = policies.may_request_packet(request.user, application)
    context = {
        "application": application,
        "sheet": debrief_sheet(application),
        "decisions": application.decisions.select_related("decided_by"),
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
            if "change_reason" not in form.fields:
                messages.info(request, "A decision was recorded meanwhile; nothing was changed.")
                return redirect("debrief", pk)
            form.add_error(None, error) if not hasattr(error, "message_dict") else form.add_error(
                "change_reason", error.message_dict["change_reason"]
            )
        else:
            messages.success(request, "The decision is recorded.")
            return redirect("debrief", pk)
    return _page(request, application, form, status=422)
