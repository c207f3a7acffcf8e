"""The trail page by page, by time alone: a number of a hidden event would leave a hole
for its reader to count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.utils.dateparse import parse_datetime

from audit.filters import whole
from audit.models import Event, EventQuerySet


@dataclass(frozen=True)
class Start:
    """A page begins at this moment, after so many of its events; without a moment, at
    the newest event."""

    before: datetime | None = None
    skip: int = 0

    @property
    def query(self) -> str:
        if self.before is None:
            return ""
        return urlencode({"before": self.before.isoformat(), "skip": self.skip})


def start(sent: Mapping[str, str]) -> Start:
    """What the address asks for; what is no moment with a zone is not asked for."""
    try:
        moment = parse_datetime(sent.get("before", ""))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        return Start()
    return Start(moment, int(whole(sent.get("skip", "")) or 0))


def newest_first(events: EventQuerySet) -> EventQuerySet:
    return events.order_by("-at", "-pk")


def page_from(events: EventQuerySet, begin: Start, *, size: int) -> list[Event]:
    """At most so many of these events from there on, the newest first."""
    if begin.before is not None:
        events = events.filter(at__lte=begin.before)
    return list(newest_first(events)[begin.skip : begin.skip + size])


def after(page: Sequence[Event], begin: Start) -> Start:
    """Where the page after this one begins, which has events and began at `begin`."""
    last = page[-1].at
    skip = sum(event.at == last for event in page)
    if last == begin.before:
        skip += begin.skip
    return Start(last.astimezone(UTC), skip)
