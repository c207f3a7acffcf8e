"""Reads that several pages share: who sits on a panel, what may be compared."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from accounts.compiled import compiled
from accounts.models import User
from candidates.models import Application, Interview, Panelist
from scorecards.models import Scorecard, is_owed, owed
from scorecards.policies import may_see_debrief, nameless


@dataclass(frozen=True)
class PanelistState:
    """One panelist as a recruiter's page shows them.

    `state` is that of `CardFact`; empty, and neither late nor imported, where the reader
    may not know.
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
    cancelled: bool = False
    imported: bool = False

    @property
    def is_waited_for(self) -> bool:
        """Whether a scorecard may still come of whom the reader may know that."""
        return self.state in {"missing", "draft"}


@dataclass(frozen=True)
class PanelOverview:
    """An application's panelists by time; `blind` where states of others are left out."""

    panelists: tuple[PanelistState, ...]
    blind: bool


def panel_overview(
    application: Application, reader: User, *, sees_debrief: bool | None = None, interview: Interview | None = None
) -> PanelOverview:
    """Who interviews when, and who has finished: the latter not for a blind reader. With
    `interview` only who sits or sat there. `sees_debrief` where the page knows already
    whether they may see that."""
    if sees_debrief is None:
        sees_debrief = may_see_debrief(reader, application)
    panelists = []
    for row in _panel(application.pk):
        is_own = row.user_id == reader.pk
        if interview is None or row.interview_id == interview.pk:
            panelists.append(state_of(row, known=is_own or sees_debrief))
    return PanelOverview(tuple(panelists), not sees_debrief)


# What `state_of` looks at.
STATE_OF = (
    "role",
    "ended_at",
    "owes_by",
    "user__name",
    "user__email",
    "interview__starts_at",
    "interview__due_at",
    "interview__cancelled_at",
    "interview__round__name",
    "interview__application__state",
    "scorecard__state",
    "scorecard__erased",
    "scorecard__imported",
    "scorecard__panelist",
    "scorecard__withdrawal__scorecard",
)


@compiled
def _panel(application: int) -> QuerySet[Panelist]:
    rows = Panelist.objects.filter(interview__application=application)
    known = rows.select_related("user", "interview__round", "interview__application", "scorecard__withdrawal")
    return known.only(*STATE_OF).order_by("interview__starts_at", "pk")


def state_of(panelist: Panelist, *, known: bool) -> PanelistState:
    """How far the panelist is; `known` where the reader may know how far they are."""
    card: Scorecard | None = getattr(panelist, "scorecard", None)
    interview = panelist.interview
    state, late = "", False
    if known:
        state = _state(panelist, card)
        late = is_owed(panelist) and interview.due_at < timezone.now()
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
        cancelled=interview.cancelled_at is not None,
        imported=known and card is not None and card.imported,
    )


def _state(panelist: Panelist, card: Scorecard | None) -> str:
    """That of `CardFact`; released where nothing was finished by whoever left."""
    if card is not None and hasattr(card, "withdrawal"):
        return "withdrawn"
    if card is not None and card.state != Scorecard.State.DRAFT:
        return card.state
    if panelist.ended_at is not None:
        return "released"
    return "missing" if card is None else card.state


def next_to_score(user: User) -> Panelist | None:
    """Of this person's interviews that have begun the one whose scorecard is due first,
    with its `nameless` application; none for a guest."""
    if user.is_guest:
        return None
    panelists = Panelist.objects.visible_to(user).filter(owed(), interview__starts_at__lte=timezone.now())
    panelists = panelists.annotate(is_nameless=nameless(user, application="interview__application"))
    related = ("interview__round", "interview__application__candidate", "interview__application__opening")
    found = panelists.select_related(*related).order_by("interview__due_at", "pk").first()
    if found is not None:
        found.interview.application.nameless = bool(vars(found)["is_nameless"])
    return found


def comparable(card: Scorecard) -> list[Scorecard]:
    """This card and those beside it: a shadow's and the leads' of one interview.

    Empty where this card is not submitted, or none of the other side is.
    """
    if card.state != Scorecard.State.SUBMITTED or hasattr(card, "withdrawal"):
        return []
    panelist = card.panelist
    submitted = Scorecard.objects.filter(state=Scorecard.State.SUBMITTED, withdrawal=None)
    of_interview = submitted.filter(panelist__interview=panelist.interview_id)
    others = of_interview.exclude(panelist__role=panelist.role).select_related("panelist__user")
    found = list(others.order_by("pk"))
    if not found:
        return []
    return [card, *found]
