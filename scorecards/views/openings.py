"""How an opening's version differs from a newer one, or from another rubric, and the way to it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.http import SignedInRequest
from accounts.refusals import tell_refusal
from candidates.http import opening_to_run
from candidates.models import Opening
from rubrics.comparing import compared
from rubrics.models import RubricVersion
from scorecards.forms import OtherRubricForm
from scorecards.repinning import Moved, move_opening, newer_version, obstacle, other_versions


def opening_rubric(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the newer version says differently, or the one that was chosen; POST moves the opening to it."""
    opening = opening_to_run(request, pk)
    versions = other_versions(opening)
    if request.method == "POST":
        return _move(request, opening, OtherRubricForm(request.POST, versions=versions))
    form = OtherRubricForm(request.GET if "rubric_version" in request.GET else None, versions=versions)
    newer = newer_version(opening)
    other: RubricVersion | None = form.cleaned_data["rubric_version"] if form.is_valid() else newer
    context = {
        "opening": opening,
        "form": form,
        "choices": versions.exists(),
        "newer": newer,
        "other": other,
        "obstacle": obstacle(opening, by=request.user),
        "sections": compared(opening.rubric_version, other) if other else (),
    }
    return render(request, "scorecards/opening_rubric.html", context, status=422 if form.errors else 200)


def _move(request: SignedInRequest, opening: Opening, form: OtherRubricForm) -> HttpResponse:
    try:
        moved = move_opening(opening, to=form.chosen(), by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
        return redirect("opening_rubric", opening.pk)
    messages.success(request, _told(moved))
    return redirect("opening", opening.pk)


def _told(moved: Moved) -> str:
    """What became of the plan, in sentences."""
    told = ["The rubric of this opening was changed."]
    if moved.lost:
        told.append(f"No longer in the rubric, and so in no round: {', '.join(moved.lost)}.")
    if moved.uncovered:
        told.append(f"New, and in no round yet: {', '.join(moved.uncovered)}. Check the interview plan.")
    if moved.without_exercise:
        told.append(f"Rounds without their exercise now: {', '.join(moved.without_exercise)}.")
    return " ".join(told)
