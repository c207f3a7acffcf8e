"""Reads that several pages share: who sits on a panel, what may be compared."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from candidates.models import Application, Panelist
from scorecards.models import Scorecard
from scorecards.policies import may_see_debrief


@dataclass(frozen=True)
class PanelistState:
    """One panelist as a recruiter's page shows them.

    `state` is that of `CardFact`; empty, and never late, where the reader may not know.
    """

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
    """An application's panelists by time; `blind` where states of others are left out."""

    panelists: tuple[PanelistState, ...]
    blind: bool


def panel_overview(application: Application, reader: User) -> PanelOverview:
    """Who interviews when, and who has finished: the latter not for a blind reader."""
    blind = not may_see_debrief(reader, application)
    own = Panelist.objects.filter(interview__application=application)
    rows = own.select_related("user", "interview__round", "interview__application", "scorecard")
    panelists = []
    for row in rows.order_by("interview__starts_at", "pk"):
        is_own = row.user_id == reader.pk
        panelists.append(state_of(row, known=is_own or not blind))
    return PanelOverview(tuple(panelists), blind)


def state_of(panelist: Panelist, *, known: bool) -> PanelistState:
    """How far the panelist is; `known` where the reader may know how far they are."""
    card: Scorecard | None = getattr(panelist, "scorecard", None)
    interview = panelist.interview
    state, late = "", False
    if known:
        state = "missing" if card is None else card.state
        asked = interview.application.state not in Application.CLOSED
        owed = asked and (card is None or card.is_writable)
        late = owed and interview.due_at < timezone.now()
    return PanelistState(
        panelist_id=panelist.pk,
        interview_id=panelist.interview_id,
        user_id=panelist.user_id,
        name=panelist.user.display_name,
        role=panelist.role,
        round=interview.round.name,
        starts_at=interview.starts_at,
        due_at=interview.due_at,
        state=state,
        late=late,
    )


def comparable(card: Scorecard) -> list[Scorecard]:
    """This card and those beside it: a shadow's and the leads' of one interview.

    Empty where this card is not submitted, or none of the other side is.
    """
    if card.state != Scorecard.State.SUBMITTED:
        return []
    panelist = card.panelist
    submitted = Scorecard.objects.filter(state=Scorecard.State.SUBMITTED)
    of_interview = submitted.filter(panelist__interview=panelist.interview_id)
    others = of_interview.exclude(panelist__role=panelist.role).select_related("panelist__user")
    found = list(others.order_by("pk"))
    if not found:
        return []
    return [card, *found]
