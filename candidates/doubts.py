"""What in the plan of an interview looks like a mistake and may be meant: a date long
past or far away, a round that is planned already, somebody who is elsewhere then.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import formats, timezone

from accounts.models import User
from candidates.models import ON_PANEL, Application, Interview, Panelist, Round

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
        on_panel = set(self.stored.panelists.on_panel().values_list("user_id", flat=True))
        return [user for user in self.people if user.pk not in on_panel]


def doubts(planned: Planned, *, by: User) -> list[Doubt]:
    """In the order of the form. Of other interviews only those that `by` runs tell
    anything, so that nobody learns of a confidential opening. At most four queries.
    """
    return doubts_of_all([planned], by=by)[0]


def doubts_of_all(plans: Sequence[Planned], *, by: User) -> list[list[Doubt]]:
    """The same for several at once, which are each other's too, in as many queries."""
    already = _already(plans)
    others = list(_others(plans, by))
    others += [_Held.of_plan(planned) for planned in plans]
    found = []
    for planned in plans:
        of_plan = list(_of_its_date(planned))
        of_plan += _of_its_round(planned, already)
        of_plan += _of_its_people(planned, others)
        found.append(of_plan)
    return found


@dataclass(frozen=True)
class _Held:
    """When some interview, stored or only planned, is held, and by whom."""

    source: Interview | Planned
    starts_at: datetime
    ends_at: datetime
    candidate_id: int
    people: frozenset[int]

    @classmethod
    def of_plan(cls, planned: Planned) -> "_Held":
        people = frozenset(user.pk for user in planned.people)
        return cls(planned, planned.starts_at, planned.ends_at, planned.application.candidate_id, people)

    @classmethod
    def of_stored(cls, interview: Interview) -> "_Held":
        end = interview.starts_at + timedelta(minutes=interview.round.minutes)
        people = frozenset(panelist.user_id for panelist in interview.panelists.all())
        return cls(interview, interview.starts_at, end, interview.application.candidate_id, people)


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


def _already(plans: Sequence[Planned]) -> dict[tuple[int, int], datetime]:
    """When these applications have these rounds already: the first time of each."""
    applications = [planned.application.pk for planned in plans]
    rounds = [planned.round.pk for planned in plans]
    stored = Interview.objects.held().filter(application__in=applications, round__in=rounds)
    found: dict[tuple[int, int], datetime] = {}
    for application, round_, starts_at in stored.values_list("application", "round", "starts_at"):
        found.setdefault((application, round_), starts_at)
    return found


def _of_its_round(planned: Planned, already: Mapping[tuple[int, int], datetime]) -> Iterator[Doubt]:
    if planned.stored is not None:
        return
    same = already.get((planned.application.pk, planned.round.pk))
    if same is not None:
        yield Doubt(f"again-{planned.round.pk}", f"This candidate already has this round: {_moment(same)}.")


def _others(plans: Sequence[Planned], by: User) -> Iterator[_Held]:
    """Stored interviews of these people, about the time of the plans, that `by` runs."""
    people = {user.pk for planned in plans for user in planned.people}
    candidates = {planned.application.candidate_id for planned in plans}
    first = min(planned.starts_at for planned in plans)
    last = max(planned.ends_at for planned in plans)
    begun = Interview.objects.held().filter(starts_at__gt=first - DAY, starts_at__lt=last)
    on_panel = Exists(Panelist.objects.on_panel().filter(interview=OuterRef("pk"), user__in=people))
    theirs = begun.filter(Q(application__candidate__in=candidates) | Q(on_panel))
    run = theirs.filter(application__in=Application.objects.run_by(by)).select_related("round", "application")
    return map(_Held.of_stored, run.prefetch_related(ON_PANEL))


def _of_its_people(planned: Planned, others: Collection[_Held]) -> Iterator[Doubt]:
    """Who has another interview while this one goes on: the candidate, and the panel."""
    newcomers = planned.newcomers()
    if not newcomers:
        return
    at_once = [other for other in others if _is_beside(other, planned)]
    when = _moment(planned.starts_at)
    met = {other.candidate_id for other in at_once}
    if planned.is_moved and planned.application.candidate_id in met:
        yield Doubt(f"met-{when}", f"The candidate has another interview at that time: {when}.")
    busy = {pk for other in at_once for pk in other.people}
    for user in newcomers:
        if user.pk in busy:
            sentence = f"{user.display_name} has another interview at that time: {when}."
            yield Doubt(f"busy-{user.pk}-{when}", sentence)


def _is_beside(other: _Held, planned: Planned) -> bool:
    """Whether it goes on at the same time, and is another one."""
    if other.source is planned or other.source == planned.stored:
        return False
    return other.starts_at < planned.ends_at and other.ends_at > planned.starts_at


def _moment(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at), "j F Y, H:i")
