"""Reads that several pages share: who sits on a panel, what may be compared, whether a debrief has changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from candidates.models import Application, Panelist
from scorecards.models import (
    Amendment,
    Decision,
    MeetingNote,
    ReRating,
    Scorecard,
)
from scorecards.policies import may_see_debrief


def debrief_mark(application: Application) -> str:
    """What a debrief consists of, as counts joined by dots: scorecards, amendments, re-ratings, notes, decisions."""
    cards = Scorecard.objects.filter(panelist__interview__application=OuterRef("pk"), panelist__role="lead")
    finished = cards.exclude(state=Scorecard.State.DRAFT)
    parts = {
        "cards": finished,
        "amendments": Amendment.objects.filter(scorecard__panelist__interview__application=OuterRef("pk")),
        "ratings": ReRating.objects.filter(meeting__application=OuterRef("pk")),
        "notes": MeetingNote.objects.filter(meeting__application=OuterRef("pk")),
        "decisions": Decision.objects.filter(application=OuterRef("pk")),
    }
    counts = {name: _count(rows) for name, rows in parts.items()}
    row = Application.objects.filter(pk=application.pk).values_list(*counts.values()).get()
    return ".".join(map(str, row))


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


@dataclass(frozen=True)
class Seat:
    """One panelist as a recruiter's page shows them; `state` is empty where the reader may not know it."""

    panelist_id: int
    interview_id: int
    user_id: int
    name: str
    role: str
    round: str
    starts_at: datetime
    due_at: datetime
    state: str
    late: bool


@dataclass(frozen=True)
class PanelOverview:
    seats: tuple[Seat, ...]
    blind: bool


def panel_overview(application: Application, reader: User) -> PanelOverview:
    """Who interviews when, and who has finished, the latter only for a reader who is not blind."""
    blind = not may_see_debrief(reader, application)
    panelists = Panelist.objects.filter(interview__application=application)
    rows = panelists.select_related("user", "interview__round", "scorecard").order_by("interview__starts_at", "pk")
    return PanelOverview(tuple(seat(row, known=not blind or row.user_id == reader.pk) for row in rows), blind)


def seat(panelist: Panelist, *, known: bool) -> Seat:
    card: Scorecard | None = getattr(panelist, "scorecard", None)
    state = card.state if card else "missing"
    interview = panelist.interview
    open_still = state in {"missing", "draft"}
    return Seat(
        panelist_id=panelist.pk,
        interview_id=panelist.interview_id,
        user_id=panelist.user_id,
        name=panelist.user.display_name,
        role=panelist.role,
        round=interview.round.name,
        starts_at=interview.starts_at,
        due_at=interview.due_at,
        state=state if known else "",
        late=known and open_still and interview.due_at < timezone.now(),
    )


def comparable(card: Scorecard) -> list[Scorecard]:
    """This card and those it may be laid beside: a shadow's and the leads' of one interview, once all are submitted.

    Empty where the card is not submitted, nobody shadowed, or nobody on the other side has submitted.
    """
    if card.state != Scorecard.State.SUBMITTED:
        return []
    seat = card.panelist
    submitted = Scorecard.objects.filter(panelist__interview=seat.interview_id, state=Scorecard.State.SUBMITTED)
    others = submitted.exclude(panelist__role=seat.role).select_related("panelist__user").order_by("pk")
    return [card, *others] if others else []
