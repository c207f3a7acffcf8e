"""Secret addresses of calendar feeds: made, made anew, ended; what such a feed says, rooms above know."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.tokens import hash_of, new_key
from audit.services import record
from notices.models import CalendarFeed

PURPOSE = "calendar"
# How exact it is when an address was last read.
NOTED = timedelta(hours=1)


@transaction.atomic
def make_feed(*, by: User, with_names: bool = False) -> str:
    """The key of a new address for this person; an earlier one ends. Nobody can show it again."""
    key, key_hash = new_key(PURPOSE)
    values = {"key_hash": key_hash, "with_names": with_names, "created_at": timezone.now(), "read_at": None}
    feed, _ = CalendarFeed.objects.update_or_create(user=by, defaults=values)
    record("feed.made", by=by, subject=feed, with_names=with_names)
    return key


@transaction.atomic
def end_feed(*, by: User) -> bool:
    """End this person's address; whether there was one."""
    feed = CalendarFeed.objects.filter(user=by).first()
    if feed is None:
        return False
    record("feed.ended", by=by, subject=feed)
    feed.delete()
    return True


def find_feed(key: str) -> CalendarFeed | None:
    """The feed of this key; None where there is none, or its owner's account is switched off.

    That ends it for good, so that an account which is switched on again begins with none.
    """
    key_hash = hash_of(key, PURPOSE)
    if key_hash is None:
        return None
    feed = CalendarFeed.objects.select_related("user").filter(key_hash=key_hash).first()
    if feed is None:
        return None
    if not feed.user.is_active:
        feed.delete()
        return None
    return feed


def note_read(feed: CalendarFeed) -> None:
    """Keep when it was read, to the hour."""
    now = timezone.now()
    if feed.read_at is None or feed.read_at < now - NOTED:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=now)


def tidy_feeds() -> int:
    """End the addresses of people whose account is switched off; how many."""
    deleted, _ = CalendarFeed.objects.filter(user__is_active=False).delete()
    return deleted
