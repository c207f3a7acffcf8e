"""Calendar files, read back by a reader of the format."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from notices.calendars import Entry, cancellation, feed, invitation, renamed

ENTRY = Entry(
    uid="interview-7@evenhand.example",
    sequence=0,
    changed_at=datetime(2026, 11, 29, 8, tzinfo=UTC),
    starts_at=datetime(2027, 7, 1, 10, tzinfo=UTC),
    minutes=45,
    title="Systems; deep dive, with Łukasz",
    text="Bring a pen.",
    url="https://evenhand.example/panelists/3/scorecard/",
    place="Room 3",
    organizer="evenhand@evenhand.example",
    organizer_name="Evenhand",
    attendee="ada@evenhand.example",
    attendee_name='Ada "A" Lee',
)
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Chatham", "Africa/Casablanca"]


def event_of(text: str):
    return Calendar.from_ical(text).walk("VEVENT")[0]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("month", [1, 7])
def test_the_moment_is_the_same_in_every_zone_by_the_rules_in_the_file(zone, month):
    starts = datetime(2027, month, 1, 10, tzinfo=UTC)
    text = invitation(replace(ENTRY, starts_at=starts), ZoneInfo(zone))

    event = event_of(text)
    assert event.start.astimezone(UTC) == starts
    assert event.end.astimezone(UTC) == starts + timedelta(minutes=45)
    if zone != "UTC":
        (rules,) = Calendar.from_ical(text).walk("VTIMEZONE")
        by_file = rules.to_tz(lookup_tzid=False)
        assert event.start.replace(tzinfo=by_file).astimezone(UTC) == starts


@pytest.mark.parametrize("zone", ZONES[1:])
def test_the_rules_in_the_file_hold_on_every_day(zone):
    """Also in Ramadan, when clocks in Casablanca go back for five weeks."""
    (rules,) = Calendar.from_ical(invitation(ENTRY, ZoneInfo(zone))).walk("VTIMEZONE")
    by_file = rules.to_tz(lookup_tzid=False)

    for day in range(365):
        local = datetime(2027, 1, 1, 12) + timedelta(days=day)
        assert local.replace(tzinfo=by_file).utcoffset() == local.replace(tzinfo=ZoneInfo(zone)).utcoffset(), local


def test_an_invitation_asks_and_a_cancellation_takes_back_under_one_uid():
    asked = invitation(ENTRY, ZoneInfo("Europe/Berlin"))
    off = cancellation(replace(ENTRY, sequence=1), ZoneInfo("Europe/Berlin"))

    assert Calendar.from_ical(asked)["METHOD"] == "REQUEST"
    assert Calendar.from_ical(off)["METHOD"] == "CANCEL"
    assert event_of(off)["STATUS"] == "CANCELLED"
    assert event_of(asked)["UID"] == event_of(off)["UID"]
    assert (event_of(asked)["SEQUENCE"], event_of(off)["SEQUENCE"]) == (0, 1)
    assert event_of(asked)["ATTENDEE"] == "mailto:ada@evenhand.example"


def test_texts_come_back_as_they_were():
    event = event_of(invitation(ENTRY, ZoneInfo("Europe/Berlin")))

    assert event["SUMMARY"] == ENTRY.title
    assert event["LOCATION"] == "Room 3"
    assert str(event["URL"]) == ENTRY.url


def test_no_line_is_longer_than_75_octets_and_no_sign_is_cut():
    text = invitation(replace(ENTRY, title="Gespräch über Größe 面接 " * 20), ZoneInfo("Europe/Berlin"))

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert event_of(text)["SUMMARY"].startswith("Gespräch über Größe 面接")


def test_a_name_with_a_line_end_begins_no_property():
    text = invitation(replace(ENTRY, title="Dive\r\nATTENDEE:mailto:eve@example.com"), ZoneInfo("UTC"))

    assert [line for line in text.split("\r\n") if line.startswith("ATTENDEE")] != []
    assert event_of(text)["ATTENDEE"] == "mailto:ada@evenhand.example"


@pytest.mark.parametrize(("hour", "minutes"), [(0, 45), (0, 120), (1, 45)])
def test_an_hour_that_exists_twice_keeps_its_moment(hour, minutes):
    """Written so that nobody has to know which of the two is meant: readers differ."""
    starts = datetime(2027, 10, 31, hour, 30, tzinfo=UTC)  # both are 02:30 in Berlin
    text = invitation(replace(ENTRY, starts_at=starts, minutes=minutes), ZoneInfo("Europe/Berlin"))

    event = event_of(text)
    assert f"DTSTART:{starts:%Y%m%dT%H%M%SZ}" in text.split("\r\n")
    assert event.start.astimezone(UTC) == starts
    assert event.end.astimezone(UTC) == starts + timedelta(minutes=minutes)


def test_a_feed_asks_nobody():
    text = feed([ENTRY, replace(ENTRY, uid="interview-8@evenhand.example")], ZoneInfo("Europe/Berlin"), name="Mine")

    calendar = Calendar.from_ical(text)
    assert calendar["METHOD"] == "PUBLISH"
    assert [str(event["UID"]) for event in calendar.walk("VEVENT")] == [ENTRY.uid, "interview-8@evenhand.example"]
    assert "ATTENDEE" not in text


@pytest.mark.parametrize("zone", ZONES)
def test_another_title_changes_the_title_and_nothing_else(zone):
    text = invitation(ENTRY, ZoneInfo(zone))

    changed = renamed(text, "Interview: Code name Heron")

    assert "Łukasz" not in changed.replace("\r\n ", "")
    assert event_of(changed)["SUMMARY"] == "Interview: Code name Heron"
    assert renamed(changed, ENTRY.title) == text
