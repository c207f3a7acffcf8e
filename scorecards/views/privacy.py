"""How long candidates are kept, erasing one, or keeping one from it by a legal hold; for those who may."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from candidates.forms import add_errors
from candidates.models import Application, Opening
from candidates.policies import may_set_retention
from scorecards.erasure import erase_candidate
from scorecards.forms import ErasureForm, HoldForm, RetentionForm
from scorecards.holds import lift_hold, place_hold
from scorecards.policies import may_erase
from scorecards.retention import kept_for, set_retention

SHOWN = 200


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


# --- how long ----------------------------------------------------------------
def retention_list(request: SignedInRequest) -> HttpResponse:
    """Who is due when, the soonest first, holds shown."""
    if not (request.user.is_administrator or request.user.is_recruiter):
        raise PermissionDenied
    readable = Application.objects.run_by(request.user).select_related("opening")
    candidates = kept_for(request.user).prefetch_related(Prefetch("applications", readable))[:SHOWN]
    context = {"candidates": candidates, "now": timezone.now(), "erases": settings.RETENTION_ERASES, "shown": SHOWN}
    return render(request, "scorecards/retention.html", context)


def opening_retention(request: SignedInRequest, pk: int) -> HttpResponse:
    opening = get_object_or_404(Opening.objects.visible_to(request.user), pk=pk)
    if not may_set_retention(request.user, opening):
        raise PermissionDenied
    days = opening.retention_days if opening.retention == Opening.Retention.PURPOSE else None
    form = RetentionForm(request.POST or None, initial={"preset": opening.retention, "days": days})
    if form.is_valid():
        try:
            set_retention(opening, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "The policy is saved.")
            return redirect("opening", pk)
    context = {"form": form, "opening": opening}
    return render(request, "scorecards/opening_retention.html", context, status=422 if form.is_bound else 200)
