"""The chase list: who owes a scorecard, how late it is, and when they were last
reminded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from accounts.listing import Choice, Column, Filter, Listing, View
from accounts.models import User
from accounts.plural import counted
from candidates.models import NEVER, Panelist
from candidates.policies import runnable
from scorecards.chasing import run_and_read
from scorecards.telling import last_reminded
from workbench.waiting import owing

MOST = 250  # that are acted on at a time
IS_LATE = Q(owes_by__lt=Now())
CHASE = Listing(
    one="scorecard",
    noun="scorecards",
    columns=(
        Column("person", "Interviewer", order="user__sort_key", fixed=True),
        Column("name", "Candidate", order="interview__application__candidate__sort_key"),
        Column("round", "Interview", order="interview__round__name"),
        Column("opening", "Opening", order="interview__application__opening__sort_key"),
        Column("due", "Due", order="owes_by"),
        Column("late", "Late for"),
        Column("reminded", "Last reminded", order="order_reminded"),
    ),
    order="due",
    filters=(Filter("due", "Due", (Choice("late", "Late", IS_LATE), Choice("soon", "Not due yet", ~IS_LATE))),),
    views=(View("All that is owed"), View("Late", {"due": "late"}), View("Not due yet", {"due": "soon"})),
    way="user__",
    sought="Interviewer",
)
# What stands above rows that belong together, by the column that the list is sorted by.
GROUPS = {"person": "Interviewer", "opening": "Opening"}


def chased(reader: User) -> QuerySet[Panelist]:
    """Who owes the reader's openings a scorecard, each with `reminded_at` and whether
    the reader may go after it."""
    mine = runnable(reader).filter(pk=OuterRef("interview__application__opening"))
    return owing(reader, timezone.now()).annotate(
        reminded_at=last_reminded(),
        order_reminded=Coalesce(last_reminded(), Value(NEVER)),
        may_chase=Exists(mine),
    )


def chosen(reader: User, pks: list[int]) -> QuerySet[Panelist]:
    """Those of these whom the reader may go after."""
    return chased(reader).filter(pk__in=pks, interview__application__in=run_and_read(reader))


@dataclass(frozen=True)
class Ticked:
    """What somebody ticked: whom they may go after, who owes nothing any more, and how
    many others."""

    panelists: list[Panelist]
    settled: list[Panelist]
    others: int

    @property
    def left_out(self) -> list[str]:
        """A sentence each on what was ticked and is not acted on."""
        found = []
        if self.settled:
            found.append(f"Left out, because nothing is owed there any more: {names_of(self.settled)}.")
        if self.others:
            rows, them = counted(self.others, "ticked row"), "it" if self.others == 1 else "them"
            found.append(f"Left out, because you may not act on {them}: {rows}.")
        return found


def ticked(reader: User, pks: list[int]) -> Ticked:
    """The rows of these keys, what is due first at the top; at most MOST of them are
    acted on."""
    wanted = set(pks)
    found = list(chosen(reader, pks).order_by("interview__due_at", "pk")[:MOST])
    rest = wanted - {panelist.pk for panelist in found}
    if not rest:
        return Ticked(found, [], 0)
    known = Panelist.objects.filter(pk__in=rest, interview__application__in=run_and_read(reader))
    settled = list(known.exclude(pk__in=chosen(reader, pks).values("pk")).select_related("user").order_by("pk")[:MOST])
    return Ticked(found, settled, len(rest) - len(settled))


def names_of(panelists: Iterable[Panelist]) -> str:
    """Each person once, in this order."""
    names = dict.fromkeys(panelist.user.display_name for panelist in panelists)
    return ", ".join(names)


@dataclass(frozen=True)
class Row:
    """One line: `late` in words, empty before the due time; `group` where another group
    begins with it."""

    panelist: Panelist
    late: str
    group: str


def rows_of(panelists: list[Panelist], sort: str) -> list[Row]:
    """The page's rows with the heads of groups, as it is sorted."""
    now, by, before = timezone.now(), sort.removeprefix("-"), None
    rows = []
    for panelist in panelists:
        key, words = _group(panelist, by)
        group = words if key != before else ""
        before = key
        rows.append(Row(panelist, late_in_words(panelist.interview.due_at, now), group))
    return rows


def _group(panelist: Panelist, by: str) -> tuple[int, str]:
    """The key and the name of what the row belongs to."""
    opening = panelist.interview.application.opening
    if by == "person":
        return panelist.user_id, panelist.user.display_name
    if by == "opening":
        return opening.pk, opening.title
    return 0, ""


def late_in_words(due_at: datetime, now: datetime) -> str:
    """“3 days 4 hours”, “25 minutes”; empty before the due time."""
    if now <= due_at:
        return ""
    minutes = (now - due_at) // timedelta(minutes=1)
    days, hours = minutes // 1440, minutes // 60 % 24
    if days and hours:
        return f"{counted(days, 'day')} {counted(hours, 'hour')}"
    if days:
        return counted(days, "day")
    if hours:
        return counted(hours, "hour")
    return counted(minutes, "minute") if minutes else "just now"
