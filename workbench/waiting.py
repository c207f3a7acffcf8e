"""What those who run openings have to see to: late scorecards, debriefs that can begin,
what is under way.

Each list leaves out the applications to which its reader is blind.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, QuerySet

from accounts.compiled import compiled
from accounts.listing import Column, Listing, SubqueryCount, at_most_one, how_many, most_counted
from accounts.models import User
from candidates.models import FIRST_DUE, OPEN, STARTED, Application, Panelist
from debriefs.models import Decision
from debriefs.profiles import LABELS, Profile
from packets.models import Packet
from scorecards.models import Scorecard, counts, expected, owed, unblinded
from workbench.next_steps import FINAL

SHOWN = 10
COUNTED = 300  # rows of each list that the home page counts; the list itself counts further
PACKETS_SHOWN = 5


@dataclass(frozen=True)
class Some:
    """The first rows of a list, and how many it has, at most one more than COUNTED."""

    rows: list[Any]
    total: int

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.rows)

    @property
    def counted(self) -> str:
        return how_many(self.total, COUNTED)


def first_of(rows: QuerySet[Any], shown: int = SHOWN) -> QuerySet[Any]:
    """The first rows in their own order, each with the `total` of all, at most one more
    than COUNTED."""
    counted: QuerySet[Any] = rows.annotate(total=SubqueryCount(most_counted(rows, COUNTED)))
    return counted[:shown]


def some(found: list[Any]) -> Some:
    """Of the rows of `first_of`."""
    return Some(found, found[0].total if found else 0)


def _readable(reader: User) -> QuerySet[Application]:
    return unblinded(Application.objects.run_by(reader), reader)


def late(reader: User, now: datetime) -> QuerySet[Panelist]:
    """Who owes a scorecard that was due, what was due first at the top; nobody once it
    is decided."""
    return owing(reader, now).filter(owes_by__lt=now).order_by("owes_by", "pk")


def owing(reader: User, now: datetime) -> QuerySet[Panelist]:
    """Who owes a scorecard on an interview that has begun, late or not; nobody once it
    is decided."""
    rows = Panelist.objects.filter(owed(), interview__application__in=_readable(reader))
    undecided = rows.exclude(interview__application__decided__in=FINAL)
    return undecided.filter(interview__starts_at__lte=now).select_related(
        "user", "interview__round", "interview__application__candidate", "interview__application__opening"
    )


def ready(reader: User) -> QuerySet[Application]:
    """Active ones with a scorecard submitted here, none owed by a lead, and never
    decided.

    Imported scorecards wait for nobody. Nobody can have submitted one before the
    application was `STARTED`, which an index knows.
    """
    panelists = Panelist.objects.filter(interview__application=OuterRef("pk"), role=Panelist.Role.LEAD)
    decisions = Decision.objects.filter(application=OuterRef("pk"))
    here = panelists.filter(scorecard__imported=False, scorecard__withdrawal=None)
    submitted = here.filter(scorecard__state=Scorecard.State.SUBMITTED)
    rows = _readable(reader).alias(handed_in=at_most_one(submitted), decided_once=at_most_one(decisions))
    never_decided = Q(debrief_opened_at=None) | Q(decided_once__lt=1)  # a decision opens the debrief
    rows = rows.filter(OPEN, STARTED, never_decided, owed_by=None, handed_in__gt=0)
    rows = rows.filter(state=Application.State.ACTIVE)
    return rows.select_related("candidate", "opening")


def underway(reader: User) -> QuerySet[Any]:
    """Undecided ones that leads still owe scorecards for or whose debrief was reopened,
    with how many scorecards are in; the slowest first."""
    decisions = Decision.objects.filter(application=OuterRef("pk"))
    leads = Panelist.objects.filter(interview__application=OuterRef("pk"), role=Panelist.Role.LEAD)
    rows = _readable(reader).filter(OPEN)
    rows = rows.annotate(
        reopened=at_most_one(decisions),
        expected=SubqueryCount(leads.filter(expected())),
        done=SubqueryCount(leads.filter(counts())),
        order_due=FIRST_DUE,
    )
    rows = rows.filter(Q(owed_by__isnull=False) | Q(reopened__gt=0))
    return rows.select_related("candidate", "opening").order_by("order_due", "pk")


def packets(reader: User) -> QuerySet[Packet]:
    """Those that the reader may have, the newest first."""
    return Packet.objects.visible_to(reader).select_related("application__candidate", "application__opening")


# --- the home page -------------------------------------------------------------------
# Of each list it shows a few columns of the first rows, and reads nothing else.
class LateRow(NamedTuple):
    """Of whom a scorecard was due."""

    total: int
    name: str
    email: str
    round: str
    due_at: datetime
    application_id: int
    candidate: str

    @property
    def called(self) -> str:
        """As `User.display_name` says."""
        return self.name or self.email


class ReadyRow(NamedTuple):
    """A debrief that can begin."""

    total: int
    pk: int
    candidate: str
    opening: str


class UnderwayRow(NamedTuple):
    """An application with `done` of `expected` scorecards; `reopened` is 0 or 1."""

    total: int
    pk: int
    candidate: str
    opening: str
    owed_by: datetime | None
    reopened: int
    done: int
    expected: int


class PacketRow(NamedTuple):
    total: int
    pk: int
    candidate: str
    profile: str
    state: str

    @property
    def profile_label(self) -> str:
        return LABELS[Profile(self.profile)]

    @property
    def state_label(self) -> str:
        return str(Packet.State(self.state).label)


@compiled
def _late(reader: User, now: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    application = "interview__application"
    person = ("user__name", "user__email", "interview__round__name", "interview__due_at")
    rows = first_of(late(reader, now))
    return rows.values_list("total", *person, application, f"{application}__candidate__name")


@compiled
def _ready(reader: User) -> QuerySet[Any, tuple[Any, ...]]:
    return first_of(ready(reader)).values_list("total", "pk", "candidate__name", "opening__title")


@compiled
def _underway(reader: User) -> QuerySet[Any, tuple[Any, ...]]:
    rows = first_of(underway(reader))
    progress = ("owed_by", "reopened", "done", "expected")
    return rows.values_list("total", "pk", "candidate__name", "opening__title", *progress)


@compiled
def _packets(reader: User) -> QuerySet[Any, tuple[Any, ...]]:
    rows = first_of(packets(reader), PACKETS_SHOWN)
    return rows.values_list("total", "pk", "application__candidate__name", "profile", "state")


def first_rows(reader: User, now: datetime) -> dict[str, Some]:
    """The first rows of each list as the home page shows them, by the list's name. Four
    queries."""
    return {
        "late": some([LateRow(*row) for row in _late(reader, now)]),
        "ready": some([ReadyRow(*row) for row in _ready(reader)]),
        "underway": some([UnderwayRow(*row) for row in _underway(reader)]),
        "packets": some([PacketRow(*row) for row in _packets(reader)]),
    }


# --- each list as a page of its own --------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """One of the lists as a page of its own."""

    title: str
    rows: Callable[[User], QuerySet[Any]]
    listing: Listing


CANDIDATE = Column("name", "Candidate", order="candidate__sort_key", fixed=True)
OPENING = Column("opening", "Opening", order="opening__sort_key")
PAGES = {
    "ready": Waiting(
        "Ready for debrief",
        ready,
        Listing(
            one="application",
            noun="applications",
            columns=(CANDIDATE, OPENING, Column("added", "Added", order="created_at", falls=True)),
            order="-added",
            way="candidate__",
        ),
    ),
    "underway": Waiting(
        "In progress",
        underway,
        Listing(
            one="application",
            noun="applications",
            columns=(
                CANDIDATE,
                OPENING,
                Column("scorecards", "Scorecards", order="done", falls=True),
                Column("due", "Next due", order="order_due"),
            ),
            order="due",
            way="candidate__",
        ),
    ),
    "packets": Waiting(
        "Packets",
        packets,
        Listing(
            one="packet",
            noun="packets",
            columns=(
                Column("name", "Candidate", order="application__candidate__sort_key", fixed=True),
                Column("opening", "Opening", order="application__opening__sort_key"),
                Column("profile", "Profile", order="profile"),
                Column("state", "State", order="state"),
                Column("asked", "Asked for", order="requested_at", falls=True),
            ),
            order="-asked",
            way="application__candidate__",
        ),
    ),
}
