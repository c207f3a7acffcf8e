"""Home: what is due for the one who looks."""

from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.http import SignedInRequest
from accounts.models import User
from candidates.models import Application, Panelist
from scorecards.models import Decision, Packet, Scorecard, unblinded
from scorecards.policies import nameless
from scorecards.queries import Seat, seat

SHOWN = 50


def home(request: SignedInRequest) -> HttpResponse:
    """The reader's own interviews; for those who run openings also who is late and what is ready."""
    user = request.user
    context: dict[str, object] = {
        "mine": _mine(user),
        "runs": user.runs_openings,
    }
    if context["runs"]:
        readable = unblinded(Application.objects.run_by(user), user)
        context |= {
            "late": _late(readable),
            "ready": _ready(readable),
            "underway": _underway(readable),
            "packets": _packets(user),
        }
    return render(request, "scorecards/home.html", context)


def _mine(user: User) -> list[tuple[Panelist, Seat]]:
    rows = Panelist.objects.visible_to(user).select_related(
        "user",
        "scorecard",
        "interview__round",
        "interview__application__candidate",
        "interview__application__opening",
    )
    rows = rows.annotate(nameless=nameless(user, application="interview__application"))
    open_first = rows.order_by("scorecard__submitted_at", "interview__due_at")
    unfinished = open_first.filter(_owing())[:SHOWN]
    finished = rows.exclude(Q(scorecard__isnull=True) | Q(scorecard__state="draft"))
    newest = finished.order_by("-scorecard__submitted_at")[:10]
    found: list[Any] = [*unfinished, *newest]
    for row in found:
        row.interview.application.nameless = row.nameless
    return [(row, seat(row, known=True)) for row in found]


def _owing() -> Q:
    """Still to be written; for an erased candidate nobody owes anything."""
    return Q(scorecard__isnull=True) | Q(scorecard__state=Scorecard.State.DRAFT, scorecard__erased=False)


def _late(readable: QuerySet[Application]) -> QuerySet[Panelist]:
    rows = Panelist.objects.filter(_owing(), interview__application__in=readable, interview__due_at__lt=timezone.now())
    return rows.select_related("user", "interview__round", "interview__application__candidate").order_by(
        "interview__due_at"
    )[:SHOWN]


def _ready(readable: QuerySet[Application]) -> QuerySet[Application]:
    """Applications with a submitted scorecard, none owed by a lead, and no decision yet."""
    seats = Panelist.objects.filter(interview__application=OuterRef("pk"), role=Panelist.Role.LEAD)
    undecided = ~Exists(Decision.objects.filter(application=OuterRef("pk")))
    submitted = Exists(seats.filter(scorecard__state=Scorecard.State.SUBMITTED))
    rows = readable.filter(submitted, ~Exists(seats.filter(_owing())), undecided)
    return rows.select_related("candidate", "opening")[:SHOWN]


def _underway(readable: QuerySet[Application]) -> QuerySet[Application]:
    """Undecided applications that leads still owe scorecards for, with how many of them are in; the slowest first."""
    lead = Q(interviews__panelists__role=Panelist.Role.LEAD)
    card = "interviews__panelists__scorecard"
    draft = Q(**{f"{card}__state": Scorecard.State.DRAFT, f"{card}__erased": False})
    owed = lead & (Q(**{f"{card}__isnull": True}) | draft)
    undecided = ~Exists(Decision.objects.filter(application=OuterRef("pk")))
    rows = readable.filter(undecided).annotate(
        expected=Count("interviews__panelists", filter=lead),
        owed=Count("interviews__panelists", filter=owed),
        next_due=Min("interviews__due_at", filter=owed),
    )
    rows = rows.annotate(done=F("expected") - F("owed")).filter(owed__gt=0)
    return rows.select_related("candidate", "opening").order_by("next_due")[:SHOWN]


def _packets(user: User) -> QuerySet[Packet]:
    return Packet.objects.visible_to(user).select_related("application__candidate", "application__opening")[:10]
