"""What a person's calendar feed says: their own interviews, and of candidates no more than invitations do."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from candidates.invitations import entry_of
from candidates.models import Application, Panelist
from notices import calendars
from notices.calendars import Entry
from notices.models import CalendarFeed
from notices.services import zones_of

PAST = timedelta(days=60)
AHEAD = timedelta(days=3 * 366)  # a feed writes out the time zone's rules of all its years
MOST = 500
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


def entries_of(feed: CalendarFeed) -> list[Entry]:
    """The person's interviews from two months ago to three years ahead, the first first; at most MOST. Two queries."""
    panelists = Panelist.objects.visible_to(feed.user).on_panel()
    now = timezone.now()
    held = panelists.filter(
        interview__cancelled_at=None,
        interview__starts_at__range=(now - PAST, now + AHEAD),
        interview__application__candidate__erased_at=None,
    ).exclude(interview__application__state__in=Application.CLOSED)
    # Of one to come nobody owes a scorecard who declined it.
    held = held.filter(Q(interview__starts_at__lte=now) | Q(owes_by__isnull=False))
    related = held.select_related(
        "interview__round", "interview__application__opening", "interview__application__candidate"
    )
    entries = []
    for panelist in related.order_by("interview__starts_at", "pk")[:MOST]:
        interview = panelist.interview
        entry = entry_of(interview, feed.user, path=reverse("scorecard", args=[panelist.pk]))
        if not feed.with_names:
            entry = replace(entry, title=interview.round.name)
        entries.append(entry)
    return entries


def etag_of(entries: list[Entry], zone: ZoneInfo) -> str:
    """A quoted tag that changes with what the feed says, and not with when it is asked."""
    said = [zone.key, *(repr(replace(entry, changed_at=ALWAYS)) for entry in entries)]
    digest = hashlib.sha256("\n".join(said).encode()).hexdigest()
    return f'"{digest[:32]}"'


def written(feed: CalendarFeed, entries: list[Entry]) -> str:
    """The feed as a file, in its owner's time zone."""
    return calendars.feed(entries, zone_of(feed), name="Evenhand interviews")


def zone_of(feed: CalendarFeed) -> ZoneInfo:
    return zones_of([feed.user])[feed.user_id]
