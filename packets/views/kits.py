"""Interview kits to print: for whoever sees the opening, and for each panelist their own."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify

from accounts.http import SignedInRequest
from accounts.limits import costly
from candidates.models import Opening, Panelist, Round
from packets.documents.child_process import NotRendered
from packets.kits import kit_pdf

RUBRIC = "opening__rubric_version__rubric"


@costly
def of_round(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The kit as a file; `?paper=letter` or `a4` chooses the paper."""
    openings = Opening.objects.visible_to(request.user)
    rounds = Round.objects.filter(opening__in=openings).select_related("exercise", RUBRIC)
    found = get_object_or_404(rounds, pk=pk)
    try:
        return _file(found, request.GET.get("paper", ""))
    except NotRendered as error:
        messages.error(request, f"{error} Try again in a moment.")
        return redirect("opening", found.opening_id)


@costly
def of_panelist(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The kit of the interview that this panelist holds."""
    rounds = ("interview__round__exercise", f"interview__round__{RUBRIC}")
    panelists = Panelist.objects.visible_to(request.user).select_related(*rounds)
    panelist = get_object_or_404(panelists, pk=pk)
    try:
        return _file(panelist.interview.round, request.GET.get("paper", ""))
    except NotRendered as error:
        messages.error(request, f"{error} Try again, or print this page from your browser.")
        return redirect("scorecard", pk)


def _file(round: Round, paper: str) -> HttpResponse:
    response = HttpResponse(kit_pdf(round, paper=paper), content_type="application/pdf")
    name = slugify(round.name) or str(round.pk)
    response["Content-Disposition"] = f'attachment; filename="interview-kit-{name}.pdf"'
    return response
