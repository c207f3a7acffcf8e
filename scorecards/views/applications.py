"""One application as those who run it see it: panels, what is late, the way to the debrief."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from candidates.forms import InterviewForm, add_errors
from candidates.models import Application, Interview
from candidates.policies import may_run
from candidates.services import ERASED
from scorecards import guests, panels, policies, services
from scorecards.forms import OverrideForm
from scorecards.models import Packet
from scorecards.queries import panel_overview


def _application(request: SignedInRequest, pk: int) -> Application:
    applications = Application.objects.run_by(request.user)
    return get_object_or_404(applications.select_related("candidate", "opening"), pk=pk)


def _people(application: Application) -> object:
    return User.objects.colleagues().filter(panels__interview__application=application).distinct()


def application_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    application = _application(request, pk)
    erased = application.candidate.erased_at is not None
    may_override = not erased and policies.may_override(request.user, application)
    context = {
        "application": application,
        "opening": application.opening,
        "overview": panel_overview(application, request.user),
        "may_run": not erased and may_run(request.user, application.opening),
        "may_erase": policies.may_erase(request.user, application.candidate),
        "may_answer_access": policies.may_answer_access(request.user, application.candidate),
        "packets": Packet.objects.visible_to(request.user).filter(application=application)[:20],
        "override_form": OverrideForm(people=_people(application)) if may_override else None,
    }
    return render(request, "candidates/application.html", context)


def interview_to_run(request: SignedInRequest, pk: int) -> Interview:
    """The interview if its application is run by this person (else 404) and they may change it (else 403)."""
    applications = Application.objects.run_by(request.user)
    interviews = Interview.objects.filter(application__in=applications)
    interview = get_object_or_404(
        interviews.select_related("round", "application__candidate", "application__opening"), pk=pk
    )
    if not may_run(request.user, interview.application.opening):
        raise PermissionDenied
    if interview.application.candidate.erased_at:
        raise PermissionDenied(ERASED)
    return interview


def interview_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    interview = interview_to_run(request, pk)
    application = interview.application
    form = InterviewForm(request.POST or None, application=application, interview=interview)
    if form.is_valid():
        try:
            panels.change_interview(interview, by=request.user, **form.plan())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "The interview is changed.")
            return redirect("application", application.pk)
    context = {
        "form": form,
        "interview": interview,
        "application": application,
        "links": guests.standing_links(interview),
    }
    return render(request, "candidates/interview.html", context, status=422 if form.is_bound else 200)


@require_POST
def interview_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    interview = interview_to_run(request, pk)
    try:
        panels.cancel_interview(interview, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("interview_edit", pk)
    messages.success(request, "The interview is cancelled.")
    return redirect("application", interview.application_id)


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
            add_errors(form, error)
        else:
            return redirect("application", pk)
    return render(request, "scorecards/override.html", {"form": form, "application": application}, status=422)
