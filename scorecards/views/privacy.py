"""How long candidates are kept, erasing one, or keeping one from it by a legal hold; for those who may."""

import json
from datetime import UTC

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from audit.limits import costly
from candidates.forms import add_errors
from candidates.models import Application, Opening
from candidates.policies import may_set_retention
from scorecards.access import CandidateRecord, answer_access
from scorecards.access_json import access_json
from scorecards.erasure import erase_candidate
from scorecards.forms import AccessForm, ErasureForm, HoldForm, RetentionForm
from scorecards.holds import lift_hold, place_hold
from scorecards.packets.apart import NotRendered, rendered
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


@costly
def candidate_access(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is kept about the candidate: GET shows it, POST shows it less further names, or hands it out as a file."""
    application = _erasable(request, pk)
    form = AccessForm(request.POST or None)
    wanted = form.cleaned_data if form.is_valid() else {"more": "", "form": "preview"}
    answer = answer_access(
        application.candidate, by=request.user, more=wanted["more"].splitlines(), form=wanted["form"]
    )
    if wanted["form"] == "json":
        return _handed_out(application, json.dumps(access_json(answer.record), ensure_ascii=False, indent=2), "json")
    status = 422 if form.is_bound and not form.is_valid() else 200
    if wanted["form"] == "pdf":
        try:
            return _handed_out(application, access_pdf(answer.record), "pdf")
        except NotRendered as error:
            form.add_error(None, f"{error} Try again, or take the JSON.")
            status = 503
    context = {
        "application": application,
        "candidate": application.candidate,
        "answer": answer,
        "form": form,
        "made_at": timezone.now(),
    }
    return render(request, "scorecards/access.html", context, status=status)


def access_pdf(record: CandidateRecord) -> bytes:
    """The record as a document; no copy of it stays anywhere. Raises NotRendered."""
    with timezone.override(UTC):
        html = render_to_string("scorecards/access/document.html", {"record": record, "made_at": timezone.now()})
    return rendered(html, paper=settings.PACKET_PAPER)


def _handed_out(application: Application, content: str | bytes, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=f"application/{kind}")
    response["Content-Disposition"] = f'attachment; filename="candidate-{application.candidate_id}.{kind}"'
    return response


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
