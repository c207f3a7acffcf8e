"""When somebody is reminded of what is due, and when reminders wait. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta


@dataclass(frozen=True)
class Rule:
    """How an opening reminds: hours before the due time, then each so many hours after it, so many times.

    0 hours before means no reminder before; 0 `times` none after. `recruiter_hours` and
    `manager_hours` after the due time those who run the opening are told; 0 means never.
    """

    before_hours: int = 2
    every_hours: int = 24
    times: int = 3
    recruiter_hours: int = 24
    manager_hours: int = 72


@dataclass(frozen=True)
class Quiet:
    """A person's quiet hours, from `start` to `end` across midnight where `start` is later, and days from 0, Monday."""

    start: time
    end: time
    days: Collection[int]


def step_due(rule: Rule, due_at: datetime, now: datetime) -> int | None:
    """The newest reminder whose time has come: 0 before the due time, 1, 2, ... after it; None for none."""
    if now < due_at:
        early = rule.before_hours > 0 and now >= due_at - timedelta(hours=rule.before_hours)
        return 0 if early else None
    if not rule.times:
        return None
    hours_late = (now - due_at) / timedelta(hours=1)
    passed = int(hours_late // max(rule.every_hours, 1)) + 1
    return min(passed, rule.times)


def is_soon(rule: Rule, step: int, reminded_at: datetime | None, now: datetime) -> bool:
    """Whether a further reminder of what is late would follow the last one, of `reminded_at`, within half its hours."""
    if step < 2 or reminded_at is None:
        return False
    return now - reminded_at < timedelta(hours=rule.every_hours) / 2


def is_past(hours: int, moment: datetime, now: datetime) -> bool:
    """Whether at least that many hours have passed since the moment; never for 0."""
    return hours > 0 and now >= moment + timedelta(hours=hours)


def hours_open(quiet: Quiet) -> float:
    """How many hours of a day that is not quiet are outside the quiet hours, from 0 to 24."""
    start, end = (moment.hour + moment.minute / 60 for moment in (quiet.start, quiet.end))
    return 24 - (end - start) % 24


def is_quiet(quiet: Quiet, local: datetime) -> bool:
    """Whether this moment, in the person's own time zone, is in their quiet hours or on a quiet day.

    Where all seven days are quiet, none is: a reminder would never come.
    """
    if local.weekday() in quiet.days and len(set(quiet.days)) < 7:
        return True
    clock = local.time()
    if quiet.start <= quiet.end:
        return quiet.start <= clock < quiet.end
    return clock >= quiet.start or clock < quiet.end


def quiet_ends(quiet: Quiet, local: datetime) -> datetime:
    """The first moment from `local` on, which is in the person's own time zone, that is not quiet; to the minute.

    `local` itself where there is none within two weeks.
    """
    moment = local
    for _ in range(28):
        if not is_quiet(quiet, moment):
            return moment
        moment = _next_edge(quiet, moment)
    return local


def _next_edge(quiet: Quiet, moment: datetime) -> datetime:
    """The next moment at which quiet hours end or another day begins."""
    midnight = datetime.combine(moment.date() + timedelta(days=1), time(0), moment.tzinfo)
    end = datetime.combine(moment.date(), quiet.end, moment.tzinfo)
    return end if moment < end else midnight
