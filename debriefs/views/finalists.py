"""Finalists of one opening side by side, for those who may read their debriefs."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import get_text_list

from accounts.http import SignedInRequest
from accounts.listing import Column, Listing, listed
from candidates.models import Application, Opening
from debriefs import policies
from debriefs.finalists import BY_NAME, FEWEST, MOST, compare
from debriefs.gathering import NAMED, finalist_facts
from debriefs.policies import DebriefReader
from scorecards import services
from scorecards.models import Sighting
from scorecards.policies import debriefs

OFFERED = Listing(
    one="candidate",
    noun="candidates",
    columns=(Column("name", "Candidate", order="candidate__sort_key", fixed=True),),
    order="name",
    way="candidate__",
)


def finalists(request: SignedInRequest, pk: int) -> HttpResponse:
    """The chosen ones (`?application=`, two to four) in the order asked for, else the
    list to choose from.

    Only debriefs that this person may read are shown; each is then seen and on record,
    as on its own page.
    """
    found = chosen_finalists(request, pk)
    opening, shown = found.opening, found.shown
    context = {"opening": opening, "chosen": found.pks, "left_out": _left_out(found.pks, found.known)}
    if len(shown) < FEWEST:
        offered = listed(request, _applications(request, opening).filter(pk__in=debriefs(request.user)), OFFERED)
        context |= {
            "offered": offered,
            "elsewhere": set(found.pks) - {row.pk for row in offered},
            "problems": _problems(found.pks, offered.rows),
        }
        return render(request, "debriefs/finalists_choose.html", context)
    facts = finalist_facts(shown)
    services.note_sightings(*shown, by=request.user, way=Sighting.Way.FINALISTS)
    context["comparison"] = compare(facts, order=request.GET.get("order", BY_NAME))
    return render(request, "debriefs/finalists.html", context)


@dataclass(frozen=True)
class Chosen:
    """Whom an address asks for; who of them is `known` to the reader, and whose
    debriefs may be `shown`."""

    opening: Opening
    pks: list[int]
    known: list[DebriefReader]

    @property
    def shown(self) -> list[Application]:
        return [reader.application for reader in self.known if reader.sees]


def chosen_finalists(request: SignedInRequest, pk: int) -> Chosen:
    """Those of the opening that the address names, at most MOST; 404 for an opening
    that this person does not see."""
    opening = get_object_or_404(Opening.objects.visible_to(request.user), pk=pk)
    pks, known = _chosen(request), []
    if len(pks) <= MOST:
        known = policies.debrief_readers(_applications(request, opening).filter(pk__in=pks), request.user)
    return Chosen(opening, pks, known)


def _chosen(request: SignedInRequest) -> list[int]:
    """The keys in the address, each once; whatever is no whole number is nobody's."""
    given = request.GET.getlist("application")
    whole = [text for text in given if text.isdecimal()]
    pks = [int(text) for text in whole if len(text) < 18]
    return list(dict.fromkeys(pks))


def _applications(request: SignedInRequest, opening: Opening) -> QuerySet[Application]:
    """The opening's applications that this person may know of."""
    rows = Application.objects.run_by(request.user).filter(opening=opening)
    return rows.select_related(*NAMED).order_by("candidate__sort_key", "pk")


def _left_out(chosen: list[int], known: list[DebriefReader]) -> list[str]:
    """Why some chosen are missing, without telling whether a hidden application
    exists.
    """
    if len(chosen) > MOST:
        return []
    owed = [reader.application.candidate.name for reader in known if not reader.sees]
    reasons = []
    if owed:
        names = get_text_list(owed, "and")
        reasons.append(
            f"You still need to submit a scorecard for {names}. Until then you cannot see what the others wrote."
        )
    if len(known) < len(chosen):
        reasons.append("You chose a candidate you cannot see on this opening.")
    return reasons


def _problems(chosen: list[int], offered: list[Application]) -> list[tuple[str, str]]:
    """What is wrong with the choice, for the summary: leads to the first candidate."""
    first = f"application_{offered[0].pk}" if offered else ""
    if len(chosen) > MOST:
        return [(first, f"You chose {len(chosen)}. Choose at most four.")]
    return [(first, "Choose at least two.")] if chosen else []
