"""What in the plan of an interview looks like a mistake and may be meant: a date long
past or far away, a round that is planned already, somebody who is elsewhere then.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import formats, timezone

from accounts.models import User
from candidates.models import Application, Interview, Round

FAR = timedelta(days=5 * 365)
DAY = timedelta(days=1)  # no round is longer; and what was yesterday is often written down today


@dataclass(frozen=True)
class Doubt:
    """`key` names it and what it is about, so that a tick counts for nothing else."""

    key: str
    sentence: str


@dataclass(frozen=True)
class Planned:
    """An interview that somebody wants to plan, or `stored` as they want it."""

    application: Application
    round: Round
    starts_at: datetime
    people: Collection[User]
    stored: Interview | None = None

    @property
    def ends_at(self) -> datetime:
        """When its round is over."""
        return self.starts_at + timedelta(minutes=self.round.minutes)

    @property
    def is_moved(self) -> bool:
        """Whether it gets another time; a new one does."""
        if self.stored is None:
            return True
        return self.stored.starts_at.replace(second=0, microsecond=0) != self.starts_at

    def newcomers(self) -> list[User]:
        """Who has to be free for it: everybody of a new time, else those who join."""
        if self.is_moved or self.stored is None:
            return list(self.people)
        seated = set(self.stored.panelists.values_list("user_id", flat=True))
        return [user for user in self.people if user.pk not in seated]


def doubts(planned: Planned, *, by: User) -> list[Doubt]:
    """In the order of the form. Of other interviews only those that `by` runs tell
    anything, so that nobody learns of a confidential opening. At most three queries.
    """
    return [*_of_its_date(planned), *_of_its_round(planned), *_of_its_people(planned, by)]


def _of_its_date(planned: Planned) -> Iterator[Doubt]:
    if not planned.is_moved:
        return
    now = timezone.now()
    day = timezone.localtime(planned.starts_at).date()
    shown = formats.date_format(day, "j F Y")
    if planned.starts_at < now - DAY:
        yield Doubt(f"past-{day}", f"{shown} is in the past.")
    elif planned.starts_at - now > FAR:
        yield Doubt(f"far-{day}", f"{shown} is more than five years away.")


def _of_its_round(planned: Planned) -> Iterator[Doubt]:
    if planned.stored is not None:
        return
    same = Interview.objects.filter(application=planned.application, round=planned.round).first()
    if same is not None:
        when = _moment(same.starts_at)
        yield Doubt(f"again-{planned.round.pk}", f"This candidate already has this round: {when}.")


def _of_its_people(planned: Planned, by: User) -> Iterator[Doubt]:
    """Who has another interview while this one goes on: the candidate, and the panel."""
    newcomers = planned.newcomers()
    if not newcomers:
        return
    begun = Interview.objects.filter(starts_at__gt=planned.starts_at - DAY, starts_at__lt=planned.ends_at)
    others = begun.filter(application__in=Application.objects.run_by(by)).select_related("round", "application")
    if planned.stored is not None:
        others = others.exclude(pk=planned.stored.pk)
    at_once = [other for other in others.prefetch_related("panelists") if _goes_on(other, planned.starts_at)]
    when = _moment(planned.starts_at)
    met = {other.application.candidate_id for other in at_once}
    if planned.is_moved and planned.application.candidate_id in met:
        yield Doubt(f"met-{when}", f"The candidate has another interview at that time: {when}.")
    busy = {panelist.user_id for other in at_once for panelist in other.panelists.all()}
    for user in newcomers:
        if user.pk in busy:
            sentence = f"{user.display_name} has another interview at that time: {when}."
            yield Doubt(f"busy-{user.pk}-{when}", sentence)


def _goes_on(interview: Interview, moment: datetime) -> bool:
    """Whether it is not over at the moment."""
    return interview.starts_at + timedelta(minutes=interview.round.minutes) > moment


def _moment(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at), "j F Y, H:i")
