"""Secret addresses of calendar feeds: one for each person, renewed, ended, never shown again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from notices import feeds
from notices.models import CalendarFeed


@pytest.fixture
def manager(person):
    return person("manager")


def test_a_new_address_ends_the_earlier_one(manager):
    first = feeds.make_feed(by=manager)
    second = feeds.make_feed(by=manager, with_names=True)

    assert feeds.find_feed(first) is None
    assert feeds.find_feed(second).user == manager
    assert feeds.find_feed(second).with_names


def test_what_ended_opens_nothing_and_the_trail_says_so_without_the_key(manager):
    key = feeds.make_feed(by=manager)

    assert feeds.end_feed(by=manager)
    assert not feeds.end_feed(by=manager)

    assert feeds.find_feed(key) is None
    events = Event.objects.filter(kind__startswith="feed.").order_by("pk")
    assert [event.kind for event in events] == ["feed.made", "feed.ended"]
    assert not [event for event in events if key in str(event.detail)]


@pytest.mark.parametrize("key", ["", "nonsense", "a:b"])
def test_what_we_never_made_opens_nothing(db, key):
    assert feeds.find_feed(key) is None


@pytest.mark.parametrize("way", ["read", "tidied"])
def test_it_ends_with_the_account_for_good(manager, way):
    key = feeds.make_feed(by=manager)
    manager.is_active = False
    manager.save(update_fields=["is_active"])

    if way == "read":
        assert feeds.find_feed(key) is None
    else:
        assert feeds.tidy_feeds() == 1
    manager.is_active = True
    manager.save(update_fields=["is_active"])

    assert feeds.find_feed(key) is None


def test_when_it_was_read_is_kept_to_the_hour(manager):
    feed = feeds.find_feed(feeds.make_feed(by=manager))
    feeds.note_read(feed)
    first = CalendarFeed.objects.get().read_at
    assert timezone.now() - first < timedelta(minutes=1)

    feeds.note_read(CalendarFeed.objects.get())

    assert CalendarFeed.objects.get().read_at == first
