"""Calendar files by RFC 5545, as invitations and cancellations by RFC 5546. Pure: texts from values.

Each moment is written in the receiver's time zone together with that zone's rules:
readers that do not know a zone by name would let the time float, an hour or more off.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vText

PRODUCT = "-//Evenhand//Interviews//EN"
UTC = ZoneInfo("UTC")
# Rules of a zone from this long before the first moment to this long after the last.
MARGIN = timedelta(days=400)


@dataclass(frozen=True)
class Entry:
    """One interview in one person's calendar.

    `uid` stays the same for life and `sequence` rises with each change, from 0.
    `starts_at` is aware, `minutes` at least 1. `organizer` and `attendee` are addresses.
    """

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    minutes: int
    title: str
    text: str
    url: str
    place: str
    organizer: str
    organizer_name: str
    attendee: str
    attendee_name: str


def invitation(entry: Entry, zone: ZoneInfo) -> str:
    """A new interview or a changed one: `METHOD:REQUEST`, with an alarm ten minutes before."""
    event = _event(entry, zone)
    event.add("status", "CONFIRMED")
    event.add_component(_alarm(entry))
    return _written("REQUEST", [event], [entry.starts_at], zone)


def cancellation(entry: Entry, zone: ZoneInfo) -> str:
    """An interview that does not take place for this person: `METHOD:CANCEL`."""
    event = _event(entry, zone)
    event.add("status", "CANCELLED")
    return _written("CANCEL", [event], [entry.starts_at], zone)


def feed(entries: Iterable[Entry], zone: ZoneInfo, *, name: str) -> str:
    """What a calendar program reads again and again: `METHOD:PUBLISH`, nobody is asked to answer."""
    events, starts = [], []
    for entry in entries:
        event = _event(entry, zone, asks=False)
        event.add("status", "CONFIRMED")
        events.append(event)
        starts.append(entry.starts_at)
    return _written("PUBLISH", events, starts, zone, name=name)


def _event(entry: Entry, zone: ZoneInfo, *, asks: bool = True) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    starts_at = entry.starts_at.astimezone(UTC)
    event.add("dtstart", _local(starts_at, zone))
    event.add("dtend", _local(starts_at + timedelta(minutes=entry.minutes), zone))
    event.add("summary", entry.title)
    if entry.text:
        event.add("description", entry.text)
    if entry.place:
        event.add("location", entry.place)
    if entry.url:
        event.add("url", entry.url)
    event.add("class", "PRIVATE")
    if asks:
        event["organizer"] = _person(entry.organizer, entry.organizer_name)
        event.add("attendee", _attendee(entry), encode=False)
    return event


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment in the zone; in UTC for the second of two equal hours, since a local time means the first."""
    local = moment.astimezone(zone)
    return moment if local.fold else local


def _person(address: str, name: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    person.params["CN"] = vText(name)
    return person


def _attendee(entry: Entry) -> vCalAddress:
    attendee = _person(entry.attendee, entry.attendee_name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    attendee.params["RSVP"] = vText("FALSE")
    return attendee


def _alarm(entry: Entry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", timedelta(minutes=-10))
    return alarm


def _written(method: str, events: list[Event], starts: list[datetime], zone: ZoneInfo, *, name: str = "") -> str:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    rules = _rules(starts, zone)
    if rules is not None:
        calendar.add_component(rules)
    for event in events:
        calendar.add_component(event)
    return _split_dates(calendar.to_ical().decode())


def _rules(starts: list[datetime], zone: ZoneInfo) -> Timezone | None:
    """The zone's rules around these moments; None for UTC, which needs none."""
    if not starts or zone.key == "UTC":
        return None
    first = (min(starts) - MARGIN).date()
    last = (max(starts) + MARGIN).date()
    return Timezone.from_tzinfo(zone, zone.key, first, last)


def _split_dates(text: str) -> str:
    """One line for each date at which a zone's clocks change.

    A list of dates in one line is valid, but ical.js and vobject read its first alone
    (findings/icalendar-summer-time.sh).
    """
    unfolded = text.replace("\r\n ", "")
    split = re.sub(r"RDATE:(.+)\r\n", _one_by_one, unfolded)
    if split == unfolded:
        return text
    return "".join(_folded(line) for line in split.split("\r\n") if line)


def _one_by_one(match: re.Match[str]) -> str:
    dates = match.group(1).split(",")
    return "".join(f"RDATE:{date}\r\n" for date in dates)


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, never inside a sign (RFC 5545, 3.1)."""
    pieces, piece, size = [], "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > 75:
            pieces.append(piece)
            piece, size = " ", 1
        piece += sign
        size += octets
    pieces.append(piece)
    return "\r\n".join(pieces) + "\r\n"
