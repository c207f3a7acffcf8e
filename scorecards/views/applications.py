"""One application as those who run it see it: panels, what is late, the way to the debrief."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from candidates.models import Application
from candidates.policies import may_run
from scorecards import policies, services
from scorecards.forms import OverrideForm
from scorecards.models import Packet
from scorecards.queries import panel_overview


def _application(request: SignedInRequest, pk: int) -> Application:
    applications = Application.objects.run_by(request.user)
    return get_object_or_404(applications.select_related("candidate", "opening"), pk=pk)


def _people(application: Application) -> object:
    return User.objects.filter(panels__interview__application=application).distinct()


def application_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    application = _application(request, pk)
    may_override = policies.may_override(request.user, application)
    context = {
        "application": application,
        "opening": application.opening,
        "overview": panel_overview(application, request.user),
        "may_run": may_run(request.user, application.opening),
        "packets": Packet.objects.visible_to(request.user).filter(application=application)[:20],
        "override_form": OverrideForm(people=_people(application)) if may_override else None,
    }
    return render(request, "candidates/application.html", context)


@require_POST
def override(request: SignedInRequest, pk: int) -> HttpResponse:
    application = _application(request, pk)
    if not policies.may_override(request.user, application):
        raise PermissionDenied
    form = OverrideForm(request.POST, people=_people(application))
    if form.is_valid():
        try:
            services.grant_override(application, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("application", pk)
    return render(request, "scorecards/override.html", {"form": form, "application": application}, status=422)
