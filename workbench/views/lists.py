"""The tables of applications: those of one opening, and all that one runs."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.http import SignedInRequest, runners_only
from accounts.listing import pages_of
from accounts.models import User
from accounts.replica import reads_lists
from candidates.http import seen_opening
from candidates.models import Application
from candidates.policies import may_run
from workbench.next_steps import OF_ALL, OF_OPENING, describe, with_next_steps


@reads_lists
def opening(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where each of its applications stands."""
    found = seen_opening(request, pk)
    page = _of_opening(request, request.user, pk, timezone.now())
    describe(page.rows)
    context: dict[str, object] = {
        "opening": found,
        "applications": page,
        "may_run": may_run(request.user, found),
    }
    if not page.rows:
        context["has_rounds"] = found.rounds.exists()
    return render(request, "workbench/opening.html", context)


@reads_lists
def candidates(request: SignedInRequest) -> HttpResponse:
    """Every application that this person runs; 403 for whoever runs nothing."""
    runners_only(request)
    page = _of_all(request, request.user, timezone.now())
    describe(page.rows)
    return render(request, "workbench/candidates.html", {"applications": page})


@pages_of(OF_OPENING)
def _of_opening(reader: User, pk: int, now: datetime) -> QuerySet[Any]:
    applications = Application.objects.run_by(reader).filter(opening=pk)
    return with_next_steps(applications, reader, now).select_related("candidate")


@pages_of(OF_ALL)
def _of_all(reader: User, now: datetime) -> QuerySet[Any]:
    return with_next_steps(Application.objects.run_by(reader), reader, now).select_related("candidate", "opening")
