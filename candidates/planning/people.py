"""Colleagues for a panel: who is meant by what is typed, how much they have to do, and who is elsewhere then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone

from accounts.models import User
from candidates.models import Application, Interview, Panelist


@dataclass(frozen=True)
class Busy:
    """How many interviews somebody has in a week, and whether one of them goes on at the time in question."""

    interviews: int = 0
    elsewhere: bool = False

    @property
    def words(self) -> str:
        """As a person reads it beside a name; empty where there is nothing to say."""
        said = []
        if self.interviews:
            noun = "interview" if self.interviews == 1 else "interviews"
            said.append(f"{self.interviews} {noun} that week")
        if self.elsewhere:
            said.append("has another one then")
        return ", ".join(said)


def busy(at: datetime | None, minutes: int, *, by: User, but: int | None = None) -> dict[int, Busy]:
    """By person, all who have any interview in the week of `at` (or now) that `by` runs. Two queries.

    `but` is the key of the interview that is being changed, which is no other one.
    """
    week = _week(at or timezone.now())
    run = Interview.objects.held().filter(application__in=Application.objects.run_by(by))
    if but is not None:
        run = run.exclude(pk=but)
    of_week = Panelist.objects.on_panel().filter(interview__in=run.filter(starts_at__range=week))
    counts = of_week.order_by().values("user").annotate(number=Count("pk")).values_list("user", "number")
    elsewhere = _elsewhere(at, minutes, run) if at else frozenset()
    numbers: Mapping[int, int] = dict(counts)
    return {pk: Busy(numbers.get(pk, 0), pk in elsewhere) for pk in numbers.keys() | elsewhere}


def _week(at: datetime) -> tuple[datetime, datetime]:
    """From Monday to Sunday, in the company's time zone."""
    day = timezone.localtime(at).date()
    monday = day - timedelta(days=day.weekday())
    begin = datetime.combine(monday, time.min, timezone.get_current_timezone())
    return begin, begin + timedelta(days=7, microseconds=-1)


def _elsewhere(at: datetime, minutes: int, interviews: QuerySet[Interview]) -> frozenset[int]:
    """Who has one of these while another one of so many minutes would go on."""
    near = interviews.filter(starts_at__gt=at - timedelta(days=1), starts_at__lt=at + timedelta(minutes=minutes))
    panelists = Panelist.objects.on_panel().filter(interview__in=near)
    held = panelists.values_list("user", "interview__starts_at", "interview__round__minutes")
    return frozenset(user for user, begins, length in held if begins + timedelta(minutes=length) > at)
