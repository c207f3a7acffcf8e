"""Erasing a candidate, or keeping them from it by a legal hold; for those who may."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from candidates.forms import add_errors
from candidates.models import Application
from scorecards.erasure import erase_candidate
from scorecards.forms import ErasureForm, HoldForm
from scorecards.holds import lift_hold, place_hold
from scorecards.policies import may_erase


def _erasable(request: SignedInRequest, pk: int) -> Application:
    """The application if this person reads it as one who runs it (else 404) and may erase the candidate (else 403)."""
    applications = Application.objects.run_by(request.user).select_related("candidate", "opening")
    application = get_object_or_404(applications, pk=pk)
    if not may_erase(request.user, application.candidate):
        raise PermissionDenied
    return application


def candidate_erase(request: SignedInRequest, pk: int) -> HttpResponse:
    """GET says what goes and what stays; POST erases."""
    application = _erasable(request, pk)
    form = ErasureForm(request.POST or None)
    if form.is_valid():
        try:
            erase_candidate(application.candidate, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "The candidate is erased.")
            return redirect("application", pk)
    return _page(request, application, form)


@require_POST
def hold_place(request: SignedInRequest, pk: int) -> HttpResponse:
    application = _erasable(request, pk)
    form = HoldForm(request.POST)
    if form.is_valid():
        try:
            place_hold(application.candidate, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "The hold stands: nobody can erase this candidate until it is lifted.")
            return redirect("candidate_erase", pk)
    return _page(request, application, ErasureForm(), form)


@require_POST
def hold_lift(request: SignedInRequest, pk: int) -> HttpResponse:
    application = _erasable(request, pk)
    lift_hold(application.candidate, by=request.user)
    messages.success(request, "The hold is lifted.")
    return redirect("candidate_erase", pk)


def _page(
    request: SignedInRequest, application: Application, form: forms.Form, hold_form: forms.Form | None = None
) -> HttpResponse:
    holds = list(application.candidate.holds.select_related("placed_by", "lifted_by"))
    context = {
        "application": application,
        "candidate": application.candidate,
        "openings": [row.opening for row in application.candidate.applications.select_related("opening")],
        "form": form,
        "hold_form": hold_form or HoldForm(),
        "standing": next((hold for hold in holds if hold.lifted_at is None), None),
        "lifted": [hold for hold in holds if hold.lifted_at],
    }
    return render(request, "scorecards/erasure.html", context, status=422 if form.is_bound or hold_form else 200)
