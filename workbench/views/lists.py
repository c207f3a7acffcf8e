"""The tables of applications: those of one opening, and all that one runs."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.http import SignedInRequest, runners_only
from accounts.listing import listed
from accounts.replica import reads_lists
from candidates.http import seen_opening
from candidates.models import Application
from candidates.policies import may_run
from workbench.standing import OF_ALL, OF_OPENING, standing, told


@reads_lists
def opening(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where each of its applications stands."""
    found = seen_opening(request, pk)
    applications = Application.objects.run_by(request.user).filter(opening=found)
    page = listed(request, standing(applications, request.user).select_related("candidate"), OF_OPENING)
    told(page.rows)
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
    applications = Application.objects.run_by(request.user)
    rows = standing(applications, request.user).select_related("candidate", "opening")
    page = listed(request, rows, OF_ALL)
    told(page.rows)
    return render(request, "workbench/candidates.html", {"applications": page})
