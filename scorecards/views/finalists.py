"""Finalists of one opening side by side, for those who may read their debriefs."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import get_text_list

from accounts.http import SignedInRequest
from candidates.models import Application, Opening
from scorecards import policies, services
from scorecards.finalists import BY_NAME, FEWEST, MOST, compare
from scorecards.gathering import NAMED, finalist_facts
from scorecards.models import Sighting

OFFERED = 100


def finalists(request: SignedInRequest, pk: int) -> HttpResponse:
    """The chosen ones (`?application=`, two to four) in the order asked for, else the list to choose from.

    Only debriefs that this person may read are shown; each is then seen and on record, as on its own page.
    """
    opening = get_object_or_404(Opening.objects.visible_to(request.user), pk=pk)
    chosen = _chosen(request)
    rows = _applications(request, opening)
    known = list(rows.filter(pk__in=chosen)) if len(chosen) <= MOST else []
    shown = [row for row in known if row.sees]
    context = {"opening": opening, "chosen": chosen, "left_out": _left_out(chosen, known)}
    if len(shown) < FEWEST:
        context |= {"offered": rows.filter(sees=True)[:OFFERED], "problem": _problem(chosen)}
        return render(request, "scorecards/finalists_choose.html", context)
    facts = finalist_facts(shown)
    services.note_sightings(*shown, by=request.user, way=Sighting.Way.FINALISTS)
    context["comparison"] = compare(facts, order=request.GET.get("order", BY_NAME))
    return render(request, "scorecards/finalists.html", context)


def _chosen(request: SignedInRequest) -> list[int]:
    """The numbers in the address, each once; whatever is no number is nobody."""
    given = request.GET.getlist("application")
    return list(dict.fromkeys(int(text) for text in given if text.isdecimal() and len(text) < 18))


def _applications(request: SignedInRequest, opening: Opening) -> Any:
    """The opening's applications that this person may know of, with `sees`: may they read the debrief?"""
    rows = Application.objects.run_by(request.user).filter(opening=opening)
    rows = rows.select_related(*NAMED).order_by("candidate__name", "pk")
    return policies.with_rights(rows, request.user)


def _left_out(chosen: list[int], known: list[Any]) -> list[str]:
    """Why some of those chosen are missing. Nobody learns whether a number exists that they may not know of."""
    if len(chosen) > MOST:
        return []
    owed = [row.candidate.name for row in known if not row.sees]
    reasons = []
    if owed:
        names = get_text_list(owed, "and")
        reasons.append(f"You still owe a scorecard for {names}; the others' judgement opens once you have submitted.")
    if len(known) < len(chosen):
        reasons.append("Not everybody chosen is a candidate whom you can look at on this opening.")
    return reasons


def _problem(chosen: list[int]) -> str:
    if len(chosen) > MOST:
        return f"You chose {len(chosen)}: at most four fit side by side."
    return "Side by side takes two at least." if chosen else ""
