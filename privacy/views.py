"""How long candidates are kept, erasing one, or keeping one from it by a legal hold;
for those who may."""

import json
from datetime import UTC
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest, posted
from accounts.limits import costly
from accounts.listing import Choice, Column, Filter, Listing, listed
from accounts.meanwhile import as_it_is_now
from accounts.once import once
from accounts.refusals import add_errors
from accounts.replica import reads_lists
from candidates.models import Application, Opening
from candidates.policies import may_set_retention
from packets.documents.child_process import NotRendered, rendered
from privacy.erasure import erase_candidate
from privacy.forms import AccessForm, ErasureForm, HoldForm, RetentionForm
from privacy.legal_holds import impose_hold, lift_hold
from privacy.policies import may_erase
from privacy.retention import kept_for, set_retention
from privacy.subject_access import CandidateRecord, answer_access
from privacy.subject_access_json import access_json

RETENTION = Listing(
    one="candidate",
    noun="candidates",
    columns=(
        Column("name", "Candidate", order="candidate__sort_key", fixed=True),
        Column("openings", "Openings"),
        Column("due", "Period ends", order="kept_until"),
        Column("state", "Now"),
    ),
    order="due",
    filters=(Filter("hold", "Legal hold", (Choice("yes", "Held", Q(held=True)),), "Any"),),
    way="candidate__",
    sought="Name or e-mail address",
)


def _erasable(request: SignedInRequest, pk: int) -> Application:
    """The application if this person reads it as one who runs it (else 404) and may
    erase the candidate (else 403)."""
    applications = Application.objects.run_by(request.user).select_related("candidate", "opening")
    application = get_object_or_404(applications, pk=pk)
    if not may_erase(request.user, application.candidate):
        raise PermissionDenied
    return application


def candidate_erase(request: SignedInRequest, pk: int) -> HttpResponse:
    """GET says what goes and what stays; POST erases."""
    application = _erasable(request, pk)
    form = ErasureForm(posted(request))
    if form.is_valid():
        try:
            erase_candidate(application.candidate, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Candidate erased.")
            return redirect("application", pk)
    return _page(request, application, form)


@costly
def subject_access(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is kept about the candidate: GET shows it, POST shows it less further names,
    or hands it out as a file."""
    application = _erasable(request, pk)
    form = AccessForm(posted(request))
    wanted = form.cleaned_data if form.is_valid() else {"more": "", "form": "preview"}
    answer = answer_access(
        application.candidate,
        by=request.user,
        more=wanted["more"].splitlines(),
        ticks=form.ticks(),
        form=wanted["form"],
    )
    if wanted["form"] == "json":
        return _handed_out(application, json.dumps(access_json(answer.record), ensure_ascii=False, indent=2), "json")
    status = 422 if form.errors else 200
    if wanted["form"] == "pdf":
        try:
            return _handed_out(application, access_pdf(answer.record), "pdf")
        except NotRendered as error:
            form.add_error(None, f"{error} Try again, or download the JSON.")
            status = 503
    context = {
        "application": application,
        "candidate": application.candidate,
        "answer": answer,
        **answer.questions.offered(),
        "form": form,
        "made_at": timezone.now(),
    }
    return render(request, "privacy/subject_access.html", context, status=status)


def access_pdf(record: CandidateRecord) -> bytes:
    """The record as a document; no copy of it stays anywhere. Raises NotRendered."""
    with timezone.override(UTC):
        html = render_to_string("privacy/subject_access/document.html", {"record": record, "made_at": timezone.now()})
    return rendered(html, paper=settings.PACKET_PAPER)


def _handed_out(application: Application, content: str | bytes, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=f"application/{kind}")
    response["Content-Disposition"] = f'attachment; filename="candidate-{application.candidate_id}.{kind}"'
    return response


@require_POST
@once
def hold_impose(request: SignedInRequest, pk: int) -> HttpResponse:
    """422 with the page where the reason is refused, or a hold stands already."""
    application = _erasable(request, pk)
    form = HoldForm(request.POST)
    if form.is_valid():
        try:
            impose_hold(application.candidate, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Legal hold placed. No one can erase this candidate until it is lifted.")
            return redirect("candidate_erase", pk)
    return _page(request, application, ErasureForm(), form)


@require_POST
def hold_lift(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where none stands nothing happens."""
    application = _erasable(request, pk)
    lift_hold(application.candidate, by=request.user)
    messages.success(request, "Legal hold lifted.")
    return redirect("candidate_erase", pk)


def _page(
    request: SignedInRequest, application: Application, form: forms.Form, hold_form: forms.Form | None = None
) -> HttpResponse:
    holds = list(application.candidate.holds.select_related("imposed_by", "lifted_by"))
    in_force = [hold for hold in holds if hold.lifted_at is None]
    own = application.candidate.applications.select_related("opening")
    refused = form.is_bound or hold_form is not None
    context = {
        "application": application,
        "candidate": application.candidate,
        "openings": [row.opening for row in own],
        "form": form,
        "hold_form": hold_form or HoldForm(),
        "in_force": in_force[0] if in_force else None,
        "lifted": [hold for hold in holds if hold.lifted_at],
    }
    return render(request, "privacy/erasure.html", context, status=422 if refused else 200)


# --- how long ----------------------------------------------------------------
@reads_lists
def retention_list(request: SignedInRequest) -> HttpResponse:
    """Who is due when, the soonest first, holds shown."""
    context = {
        "kept": listed(request, retention_rows(request), RETENTION),
        "now": timezone.now(),
        "erases": settings.RETENTION_ERASES,
    }
    return render(request, "privacy/retention.html", context)


def retention_rows(request: SignedInRequest) -> QuerySet[Any]:
    """Of each candidate whom this person may erase the application kept longest, with the candidate and all their
    applications. 403 for whoever looks after nobody's."""
    if not (request.user.is_administrator or request.user.is_recruiter):
        raise PermissionDenied
    readable = Application.objects.run_by(request.user).select_related("opening")
    rows = kept_for(request.user).select_related("candidate")
    return rows.prefetch_related(Prefetch("candidate__applications", readable))


def opening_retention(request: SignedInRequest, pk: int) -> HttpResponse:
    """The opening's policy: 404 where it is hidden, 403 for who may not set it."""
    opening = get_object_or_404(Opening.objects.visible_to(request.user), pk=pk)
    if not may_set_retention(request.user, opening):
        raise PermissionDenied
    as_it_is_now(request, opening)
    form = RetentionForm(posted(request), opening=opening)
    if form.is_valid():
        try:
            set_retention(opening, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, form.said("Retention policy saved."))
            return redirect("opening_settings", pk)
    context = {"form": form, "opening": opening}
    return render(request, "privacy/opening_retention.html", context, status=422 if form.is_bound else 200)
