"""Home: what is due for the one who looks."""

from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.http import SignedInRequest
from accounts.models import User
from candidates.models import Application, Panelist
from debriefs.models import Decision
from packets.models import Packet
from scorecards.models import Scorecard, owed, unblinded
from scorecards.policies import nameless
from scorecards.queries import PanelistState, state_of
from workbench.first_steps import first_steps

SHOWN = 50
FINAL = (Application.Decided.HIRE, Application.Decided.NO_HIRE)


def home(request: SignedInRequest) -> HttpResponse:
    """The reader's own interviews; for those who run openings also who is late and what
    is ready; before the first scorecard, for administrators and recruiters, what leads
    to it."""
    user = request.user
    context: dict[str, object] = {
        "mine": _mine(user),
        "runs": user.runs_openings,
        "first_steps": first_steps(user),
    }
    if context["runs"]:
        readable = unblinded(Application.objects.run_by(user), user)
        context |= {
            "late": _late(readable),
            "ready": _ready(readable),
            "underway": _underway(readable),
            "packets": _packets(user),
        }
    return render(request, "workbench/home.html", context)


def _mine(user: User) -> list[tuple[Panelist, PanelistState]]:
    rows = Panelist.objects.visible_to(user).select_related(
        "user",
        "scorecard",
        "interview__round",
        "interview__application__candidate",
        "interview__application__opening",
    )
    rows = rows.annotate(nameless=nameless(user, application="interview__application"))
    open_first = rows.order_by("scorecard__submitted_at", "interview__due_at")
    unfinished = open_first.filter(owed())[:SHOWN]
    finished = rows.exclude(Q(scorecard__isnull=True) | Q(scorecard__state="draft"))
    newest = finished.order_by("-scorecard__submitted_at")[:10]
    found: list[Any] = list(unfinished)
    found.extend(newest)
    for row in found:
        row.interview.application.nameless = row.nameless
    return [(row, state_of(row, known=True)) for row in found]


def _late(readable: QuerySet[Application]) -> QuerySet[Panelist]:
    rows = Panelist.objects.filter(owed(), interview__application__in=readable)
    undecided = rows.exclude(interview__application__decided__in=FINAL)
    late = undecided.filter(interview__due_at__lt=timezone.now()).order_by("interview__due_at")
    shown = ("user", "interview__round", "interview__application__candidate")
    return late.select_related(*shown)[:SHOWN]


def _ready(readable: QuerySet[Application]) -> QuerySet[Application]:
    """Applications with a scorecard submitted here, none owed by a lead, and never decided; imported ones wait for
    nobody."""
    panelists = Panelist.objects.filter(interview__application=OuterRef("pk"), role=Panelist.Role.LEAD)
    undecided = ~Exists(Decision.objects.filter(application=OuterRef("pk")))
    here = panelists.filter(scorecard__state=Scorecard.State.SUBMITTED, scorecard__imported=False)
    submitted = Exists(here)
    rows = readable.exclude(state__in=Application.CLOSED)
    rows = rows.filter(submitted, ~Exists(panelists.filter(owed())), undecided)
    return rows.select_related("candidate", "opening")[:SHOWN]


def _underway(readable: QuerySet[Application]) -> QuerySet[Application]:
    """Undecided applications that leads still owe scorecards for or whose debrief was
    reopened, with how many scorecards are in; the slowest first."""
    decisions = Decision.objects.filter(application=OuterRef("pk"))
    lead = Q(interviews__panelists__role=Panelist.Role.LEAD)
    owing = lead & owed("interviews__panelists__")
    rows = readable.exclude(state__in=Application.CLOSED)
    rows = rows.filter(~Exists(decisions.current())).annotate(
        reopened=Exists(decisions),
        expected=Count("interviews__panelists", filter=lead),
        owed=Count("interviews__panelists", filter=owing),
        next_due=Min("interviews__due_at", filter=owing),
    )
    rows = rows.annotate(done=F("expected") - F("owed")).filter(Q(owed__gt=0) | Q(reopened=True))
    return rows.select_related("candidate", "opening").order_by("next_due")[:SHOWN]


def _packets(user: User) -> QuerySet[Packet]:
    return Packet.objects.visible_to(user).select_related("application__candidate", "application__opening")[:10]
