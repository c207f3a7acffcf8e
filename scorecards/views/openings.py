"""How an opening's version differs from the one that is published now, and the way to it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.http import SignedInRequest
from accounts.refusals import tell_refusal
from candidates.http import opening_to_run
from candidates.models import Opening
from rubrics.comparing import compared
from scorecards.repinning import Moved, move_opening, newer_version, obstacle


def opening_rubric(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the newer version says differently; POST moves the opening to it."""
    opening = opening_to_run(request, pk)
    if request.method == "POST":
        return _move(request, opening)
    newer = newer_version(opening)
    context = {
        "opening": opening,
        "newer": newer,
        "obstacle": obstacle(opening, by=request.user),
        "sections": compared(opening.rubric_version, newer) if newer else (),
    }
    return render(request, "scorecards/opening_rubric.html", context)


def _move(request: SignedInRequest, opening: Opening) -> HttpResponse:
    try:
        moved = move_opening(opening, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
        return redirect("opening_rubric", opening.pk)
    messages.success(request, _told(moved))
    return redirect("opening", opening.pk)


def _told(moved: Moved) -> str:
    """What became of the plan, in sentences."""
    told = ["The opening now uses the newer version."]
    if moved.lost:
        told.append(f"No longer in the rubric, and so in no round: {', '.join(moved.lost)}.")
    if moved.uncovered:
        told.append(f"New, and in no round yet: {', '.join(moved.uncovered)}. Check the interview plan.")
    return " ".join(told)
