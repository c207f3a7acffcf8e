"""The debrief of one application, and its decision."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from candidates.models import Application
from scorecards import policies, services
from scorecards.aggregate import aggregate
from scorecards.forms import DecisionForm, PacketForm
from scorecards.models import Packet
from scorecards.queries import debrief_facts


def readable_application(request: SignedInRequest, pk: int) -> Any:
    """The application with its reader's rights, if visible (else 404) and its debrief may be read (else 403)."""
    applications = Application.objects.visible_to(request.user)
    applications = applications.select_related("candidate", "opening__rubric_version__rubric")
    application = get_object_or_404(policies.with_rights(applications, request.user), pk=pk)
    if not application.sees:
        raise PermissionDenied("Submit your own scorecard first: then the debrief opens for you.")
    return application


def debrief(request: SignedInRequest, pk: int) -> HttpResponse:
    return _page(request, readable_application(request, pk))


def _page(
    request: SignedInRequest, application: Any, form: DecisionForm | None = None, status: int = 200
) -> HttpResponse:
    """The page; without a form it offers an empty one to those who decide."""
    services.note_sightings(application, by=request.user)
    decisions = list(application.decisions.select_related("decided_by"))
    if form is None and application.decides:
        form = DecisionForm(decided=bool(decisions))
    context = {
        "application": application,
        "sheet": aggregate(debrief_facts(application, decisions)),
        "decisions": decisions,
        "decision_form": form,
        "packet_form": PacketForm() if application.runs else None,
        "packets": Packet.objects.visible_to(request.user).filter(application=application)[:10],
    }
    return render(request, "scorecards/debrief.html", context, status=status)


@require_POST
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    application = readable_application(request, pk)
    if not application.decides:
        raise PermissionDenied
    form = DecisionForm(request.POST, decided=application.decisions.exists())
    if form.is_valid():
        try:
            services.record_decision(application, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form = DecisionForm(request.POST, decided=application.decisions.exists())  # one may be new meanwhile
            form.add_error(None, error)
        else:
            messages.success(request, "The decision is recorded.")
            return redirect("debrief", pk)
    return _page(request, application, form, status=422)
