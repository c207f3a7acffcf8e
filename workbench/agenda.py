"""An interviewer's own interviews, in the order in which they need them: today's, this
week's, those to score."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.db.models import DateTimeField, ExpressionWrapper, F, Q, QuerySet, Value
from django.utils import timezone

from accounts.compiled import compiled
from accounts.listing import Choice, Column, Filter, Listing, View, how_many
from accounts.models import User
from candidates.models import Panelist
from files.models import Material
from files.policies import shown_to_panelists, with_files
from scorecards.models import Scorecard, owed
from scorecards.policies import nameless
from scorecards.queries import STATE_OF, PanelistState, state_of
from workbench.waiting import COUNTED, first_of

READ = 50  # upcoming ones: as many as a day and a week may hold
SHOWN = 10  # to score, and later ones; the page of all of them has the others
SHOWN_DONE = 5
SHOWN_FILES = 3  # of an interview; its kit has all
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Entry:
    """One of one's interviews, with its end, what is to be done about it, and the
    candidate's files and links."""

    panelist: Panelist
    state: PanelistState
    ends_at: datetime
    link: str
    materials: tuple[Material, ...] = ()

    @property
    def place(self) -> str:
        """Where it is held, unless that is a link."""
        return "" if self.link else self.panelist.interview.place

    @property
    def first_materials(self) -> tuple[Material, ...]:
        return self.materials[:SHOWN_FILES]

    @property
    def more_materials(self) -> int:
        """How many there are besides the first."""
        return max(len(self.materials) - SHOWN_FILES, 0)


@dataclass(frozen=True)
class Part:
    """One part of the agenda: `total` counts also what is not shown."""

    key: str
    title: str
    entries: list[Entry]
    total: int

    @property
    def counted(self) -> str:
        return how_many(self.total, COUNTED)


def agenda(reader: User) -> list[Part]:
    """Its parts that are not empty, in their order. Three queries."""
    now = timezone.now()
    upcoming, begun, done = _upcoming(reader, now), _begun(reader, now), _done(reader)
    tonight = _midnight_after(now)
    today = [row for row in upcoming if row.interview.starts_at < tonight]
    week = [row for row in upcoming if tonight <= row.interview.starts_at < tonight + WEEK]
    later = [row for row in upcoming if row.interview.starts_at >= tonight + WEEK]
    unread = _total(upcoming) - len(upcoming)
    first_later = later[:SHOWN]
    files = _files([*today, *week, *first_later, *begun], reader)
    parts = [
        Part("today", "Today", shown(today, files), len(today)),
        Part("week", "This week", shown(week, files), len(week)),
        Part("score", "To score", shown(begun, files), _total(begun)),
        Part("later", "Later", shown(first_later, files), len(later) + unread),
        Part("done", "Done", shown(done), _total(done)),
    ]
    return [part for part in parts if part.total]


# What the home page looks at of each: most of a row is moments that no page shows.
SHOWN_OF_PANELIST = (
    *STATE_OF,
    "interview__place",
    "interview__round__minutes",
    "interview__application__code_name",
    "interview__application__candidate__name",
    "interview__application__opening__title",
    "interview__application__opening__anonymous",
    "interview__application__opening__files_for_panel",
    "scorecard__submitted_at",
)
DONE = Q(scorecard__isnull=False) & ~Q(scorecard__state=Scorecard.State.DRAFT)


@compiled
def _upcoming(reader: User, now: datetime) -> QuerySet[Any]:
    rows = with_files(panelists_of(reader)).filter(owed(), ends_at__gt=now)
    return first_of(rows.order_by("interview__starts_at", "pk"), READ).only(*SHOWN_OF_PANELIST)


@compiled
def _begun(reader: User, now: datetime) -> QuerySet[Any]:
    rows = with_files(panelists_of(reader)).filter(owed(), ends_at__lte=now)
    return first_of(rows.order_by("interview__due_at", "pk"), SHOWN).only(*SHOWN_OF_PANELIST)


@compiled
def _done(reader: User) -> QuerySet[Any]:
    rows = panelists_of(reader).filter(DONE)
    rows = rows.order_by("-scorecard__submitted_at", "-pk")
    return first_of(rows, SHOWN_DONE).only(*SHOWN_OF_PANELIST)


def panelists_of(reader: User) -> QuerySet[Any]:
    """The reader's own panelists, each with `ends_at`, when the interview is over, and
    `nameless`."""
    length = ExpressionWrapper(F("interview__round__minutes") * Value(timedelta(minutes=1)), DateTimeField())
    rows = Panelist.objects.visible_to(reader).select_related(
        "user",
        "scorecard__withdrawal",
        "interview__round",
        "interview__application__candidate",
        "interview__application__opening",
    )
    known: QuerySet[Any] = rows.annotate(
        ends_at=ExpressionWrapper(F("interview__starts_at") + length, DateTimeField()),
        nameless=nameless(reader, application="interview__application"),
    )
    return known


def _files(rows: Sequence[Any], reader: User) -> Mapping[int, Sequence[Material]]:
    """What the reader is shown of the candidates, by the key of each row of
    `panelists_of`."""
    for row in rows:
        row.interview.application.nameless = row.nameless
    return shown_to_panelists(rows, reader)


NO_FILES: Mapping[int, Sequence[Material]] = MappingProxyType({})


def shown(rows: Iterable[Any], files: Mapping[int, Sequence[Material]] = NO_FILES) -> list[Entry]:
    """The rows of `panelists_of` as a page shows them, each with its `files`."""
    entries = []
    for row in rows:
        row.interview.application.nameless = row.nameless
        place = row.interview.place
        link = place if place.startswith(("https://", "http://")) else ""
        entries.append(Entry(row, state_of(row, known=True), row.ends_at, link, tuple(files.get(row.pk, ()))))
    return entries


def _total(rows: list[Any]) -> int:
    return rows[0].total if rows else 0


def _midnight_after(moment: datetime) -> datetime:
    """When the day ends in the company's time zone."""
    tomorrow = timezone.localtime(moment).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, datetime.min.time()))


MINE = Listing(
    one="interview",
    noun="interviews",
    columns=(
        Column("round", "Interview", fixed=True),
        Column("starts", "Starts", order="interview__starts_at", falls=True),
        Column("due", "Scorecard due", order="interview__due_at"),
        Column("place", "Place"),
        Column("state", "Scorecard"),
    ),
    order="-starts",
    filters=(
        Filter(
            "show",
            "Show",
            (Choice("owed", "To score or to come", owed()), Choice("done", "Done", DONE)),
        ),
    ),
    views=(View("All"), View("To score or to come", {"show": "owed"}), View("Done", {"show": "done"})),
)
