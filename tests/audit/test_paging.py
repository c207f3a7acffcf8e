"""The trail page by page: every event once, and an address by which nobody can count what is hidden."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

import pytest
from django.db import connection

from audit.models import Event
from audit.paging import Start, after, newest_first, page_from, start

NOON = datetime(2026, 3, 4, 12, 0, 0, 250_001, tzinfo=UTC)


@pytest.fixture
def events(db):
    """Nine events of three moments, four of them at the middle one."""
    moments = [NOON - timedelta(seconds=1)] * 2 + [NOON] * 4 + [NOON + timedelta(microseconds=1)] * 3
    with connection.cursor() as cursor:
        for moment in moments:
            cursor.execute(
                "INSERT INTO audit_event (at, kind, subject_type, detail, request_id) "
                "VALUES (%s, 'rubric.exported', '', '{}', '')",
                [moment],
            )
    return Event.objects.all()


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 9, 10])
def test_pages_hold_every_event_once_in_one_order(events, size):
    begin, met = Start(), []
    while page := page_from(events, begin, size=size):
        met += page
        begin = start(dict(parse_qsl(after(page, begin).query)))

    assert met == list(newest_first(events))
    assert [event.at for event in met] == sorted((event.at for event in events), reverse=True)


def test_an_event_that_comes_later_moves_none_to_another_page(events):
    page = page_from(events, Start(), size=4)
    begin = after(page, Start())
    Event.objects.create(kind="rubric.exported")

    assert [event.at for event in page_from(events, begin, size=3)] == [NOON] * 3


def test_an_address_names_a_moment_and_how_many_of_it_were_shown(events):
    begin = after(page_from(events, Start(), size=5), Start())

    assert begin == Start(NOON, 2)
    assert begin.query == "before=2026-03-04T12%3A00%3A00.250001%2B00%3A00&skip=2"
    assert Start().query == ""


@pytest.mark.parametrize(
    "before", ["", "7", "2026-03-04", "2026-03-04T12:00:00", "2026-02-30T12:00:00Z", "\x00", "9" * 40]
)
def test_what_is_no_moment_with_a_zone_begins_at_the_newest(before):
    assert start({"before": before, "skip": "3"}) == Start()


@pytest.mark.parametrize("skip", ["", "-1", "²", "x", "9" * 40])
def test_what_is_no_number_skips_nothing(skip):
    assert start({"before": NOON.isoformat(), "skip": skip}) == Start(NOON, 0)
