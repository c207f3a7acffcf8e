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


def is_escalated(hours: int, due_at: datetime, now: datetime) -> bool:
    """Whether it is late by at least that many hours; never for 0."""
    return hours > 0 and now >= due_at + timedelta(hours=hours)


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
