"""One application as those who run it see it: panels, what is late, the way to the
debrief."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.http import SignedInRequest
from candidates.policies import may_run
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
    override_form = None
    if not erased and policies.may_override(request.user, application):
        override_form = OverrideForm(people=panel_of(application))
    packets = Packet.objects.visible_to(request.user).filter(application=application)
    context = {
        "application": application,
        "opening": application.opening,
        "overview": panel_overview(application, request.user),
        "may_run": not erased and may_run(request.user, application.opening),
        "may_erase": may_erase(request.user, application.candidate),
        "may_answer_access": may_answer_access(request.user, application.candidate),
        "packets": packets[:20],
        "override_form": override_form,
    }
    return render(request, "workbench/application.html", context)
