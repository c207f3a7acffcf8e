"""Times and panels for many candidates: the earliest time that suits, and whoever has the least to do. Pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

GRID = timedelta(minutes=15)
LONGEST = 120  # days that are looked at for one interview


@dataclass(frozen=True)
class Step:
    """A round: its length, the people it is spread over, how many of them hold it, and from when on a day."""

    round_id: int
    minutes: int
    pool: tuple[int, ...]
    panel_size: int = 1
    not_before: time | None = None

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Hours:
    """When interviews may be held, in a zone: from `begin` to `end` on working days, `gap` apart for everybody."""

    zone: ZoneInfo
    first_day: date
    begin: time
    end: time
    gap: timedelta = timedelta()
    weekends: bool = False

    def days(self) -> Iterator[date]:
        """LONGEST days, without those that nobody works on."""
        for number in range(LONGEST):
            day = self.first_day + timedelta(days=number)
            if self.weekends or day.weekday() < 5:
                yield day


@dataclass(frozen=True)
class Slot:
    """One interview as proposed; `starts_at` is None, and nobody holds it, where no time was found."""

    application_id: int
    round_id: int
    starts_at: datetime | None
    people: tuple[int, ...] = ()


Held = tuple[datetime, datetime]  # from when to when somebody is busy


@dataclass
class _Diary:
    """Who is busy when, by day in UTC."""

    gap: timedelta
    held: defaultdict[tuple[int, date], list[Held]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, held_by: Mapping[int, Sequence[Held]], hours: Hours) -> "_Diary":
        diary = cls(hours.gap)
        for who, every in held_by.items():
            for held in every:
                diary.add(who, held)
        return diary

    def add(self, who: int, held: Held) -> None:
        day = held[0].date()
        while day <= held[1].date():
            self.held[who, day].append(held)
            day += timedelta(days=1)

    def is_free(self, who: int, held: Held) -> bool:
        """Whether nothing else of theirs is closer than the gap."""
        begin, end = held[0] - self.gap, held[1] + self.gap
        days = {begin.date(), held[0].date(), end.date()}
        for day in days:
            for other_begin, other_end in self.held[who, day]:
                if begin < other_end and end > other_begin:
                    return False
        return True


def moment(local: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment in UTC that a clock of the zone shows as `local`, the first of two; None where it never shows it."""
    found = local.replace(tzinfo=zone).astimezone(UTC)
    return found if found.astimezone(zone).replace(tzinfo=None) == local else None


def is_twice(local: datetime, zone: ZoneInfo) -> bool:
    """Whether the clock shows it twice, when it is put back."""
    first = local.replace(tzinfo=zone, fold=0).utcoffset()
    second = local.replace(tzinfo=zone, fold=1).utcoffset()
    return first != second and moment(local, zone) is not None


def spread(
    wanted: Sequence[tuple[int, int, Sequence[Step]]],
    hours: Hours,
    *,
    busy: Mapping[int, Sequence[Held]],
    met: Mapping[int, Sequence[Held]],
    load: Mapping[int, int],
    never: Mapping[int, Collection[int]] | None = None,
) -> list[Slot]:
    """A slot for each step of each application, in their order.

    `wanted` has an application, its candidate and the steps. `busy` is when people are
    held already, `met` when candidates are, `load` how many interviews people have, `never` by candidate who
    does not interview them.
    """
    board = _Board(hours, _Diary.of(busy, hours), _Diary.of(met, hours), Counter(load))
    barred = never or {}
    found = []
    for application_id, candidate_id, steps in wanted:
        after: datetime | None = None
        for step in steps:
            suitable = [who for who in step.pool if who not in barred.get(candidate_id, ())]
            held, people = board.place(candidate_id, replace(step, pool=tuple(suitable)), after)
            found.append(Slot(application_id, step.round_id, held[0] if held else None, people))
            if held is not None:
                after = held[1] + hours.gap
    return found


@dataclass
class _Board:
    """What is placed so far, and how many interviews each person has."""

    hours: Hours
    people: _Diary
    candidates: _Diary
    load: Counter[int]

    def __post_init__(self) -> None:
        self._starts = {day: tuple(_moments(day, self.hours)) for day in self.hours.days()}

    def place(self, candidate_id: int, step: Step, after: datetime | None) -> tuple[Held | None, tuple[int, ...]]:
        """Takes the first time from `after` on at which the candidate and enough of the pool are free."""
        if len(step.pool) < step.panel_size:
            return None, ()
        for held in self._fitting(step, after):
            if not self.candidates.is_free(candidate_id, held):
                continue
            free = [who for who in step.pool if self.people.is_free(who, held)]
            if len(free) >= step.panel_size:
                chosen = sorted(free, key=self.load.__getitem__)[: step.panel_size]
                self._take(candidate_id, chosen, held)
                return held, tuple(chosen)
        return None, ()

    def _take(self, candidate_id: int, chosen: Sequence[int], held: Held) -> None:
        self.candidates.add(candidate_id, held)
        for who in chosen:
            self.people.add(who, held)
        self.load.update(chosen)

    def _fitting(self, step: Step, after: datetime | None) -> Iterator[Held]:
        """The times at which the step fits into a day."""
        zone = self.hours.zone
        for day, starts in self._starts.items():
            end = datetime.combine(day, self.hours.end, zone)
            first = datetime.combine(day, step.not_before or self.hours.begin, zone)
            if after is not None:
                first = max(first, after)
            for start in starts:
                if start >= first and start + step.length <= end:
                    yield start, start + step.length


def _moments(day: date, hours: Hours) -> Iterator[datetime]:
    """The starts that the day offers, in UTC; times that the clock skips are none."""
    local = datetime.combine(day, hours.begin)
    last = datetime.combine(day, hours.end)
    while local < last:
        at = moment(local, hours.zone)
        if at is not None:
            yield at
        local += GRID
