"""Calendar files by RFC 5545, as invitations and cancellations by RFC 5546. Pure: texts from values.

Each moment is written in the receiver's time zone together with that zone's rules:
readers that do not know a zone by name would let the time float, an hour or more off.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText

PRODUCT = "-//Evenhand//Interviews//EN"
FIRST_EVENT = "BEGIN:VEVENT\r\n"  # no text ends a line so: breaks in texts are written as \\n
UTC = ZoneInfo("UTC")


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


def renamed(text: str, title: str) -> str:
    """The same file, with another title of its event and of the alarm."""
    calendar = Calendar.from_ical(text)
    for event in calendar.walk("VEVENT"):
        event["summary"] = vText(title)
        for alarm in event.walk("VALARM"):
            alarm["description"] = vText(title)
    written: bytes = calendar.to_ical()
    return written.decode()


def feed(entries: Iterable[Entry], zone: ZoneInfo, *, name: str) -> str:
    """What a calendar program reads again and again: `METHOD:PUBLISH`, nobody is asked to answer.

    It says nothing of when an entry last changed, so that only what did change looks so.
    """
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
        event.add("last-modified", entry.changed_at.astimezone(UTC))
        event["organizer"] = _person(entry.organizer, entry.organizer_name)
        event.add("attendee", _attendee(entry), encode=False)
    return event


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment in the zone; in UTC where its local time comes twice.

    Such a time means the first by RFC 5545, 3.3.5, yet readers take it for the second
    (findings/equal-hours.sh).
    """
    local = moment.astimezone(zone)
    is_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return moment if is_twice else local


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
    for event in events:
        calendar.add_component(event)
    written = calendar.to_ical().decode()
    head, line, rest = written.partition(FIRST_EVENT)
    return f"{head}{_rules(starts, zone)}{line}{rest}"


def _rules(starts: list[datetime], zone: ZoneInfo) -> str:
    """The zone's rules around these moments, as lines; none for UTC, which needs none."""
    if not starts or zone.key == "UTC":
        return ""
    return _rules_of(min(starts).year - 1, max(starts).year + 1, zone)


@lru_cache(maxsize=200)
def _rules_of(first: int, last: int, zone: ZoneInfo) -> str:
    """The rules of these years, kept as they are written, which takes longer than an event does.

    One part for each change of the clocks: readers take the first alone of a line of
    dates, and the library's own search passes over short periods
    (findings/icalendar-summer-time.sh, findings/icalendar-short-periods.sh).
    """
    rules = Timezone()
    rules.add("tzid", zone.key)
    begin = datetime(first, 1, 1, tzinfo=UTC)
    rules.add_component(_part(begin, _offset(begin, zone), zone))
    for moment in _changes(first, last, zone):
        before = _offset(moment - timedelta(seconds=1), zone)
        rules.add_component(_part(moment, before, zone))
    written: bytes = rules.to_ical()
    return written.decode()


def _part(moment: datetime, before: timedelta, zone: ZoneInfo) -> TimezoneStandard | TimezoneDaylight:
    """What holds from this moment on, which the file names by the clocks as they were before."""
    local = moment.astimezone(zone)
    part = TimezoneDaylight() if local.dst() else TimezoneStandard()
    part.add("dtstart", (moment + before).replace(tzinfo=None))
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", _offset(moment, zone))
    part.add("tzname", local.tzname())
    return part


def _changes(first: int, last: int, zone: ZoneInfo) -> list[datetime]:
    """The moments of these years, to the second, at which the zone's clocks change. No two fall on one day."""
    day, found = datetime(first, 1, 1, tzinfo=UTC), []
    while day.year <= last:
        following = day + timedelta(days=1)
        if _offset(day, zone) != _offset(following, zone):
            found.append(_change(day, following, zone))
        day = following
    return found


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first second of the new offset, which is not that of `before`."""
    while after - before > timedelta(seconds=1):
        seconds = (after - before) // timedelta(seconds=2)
        middle = before + timedelta(seconds=seconds)
        if _offset(middle, zone) == _offset(before, zone):
            before = middle
        else:
            after = middle
    return after


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
