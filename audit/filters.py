"""Which events a reader of the trail asked for, from the address of the page; what
makes no sense is left out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.dateparse import parse_date

from audit.models import EventQuerySet
from audit.presenters import SENTENCES


@dataclass(frozen=True)
class Asked:
    """`since` and `until` are days of the company's time zone, both included; `person`
    and `id` are primary keys."""

    kind: str = ""
    person: str = ""
    subject: str = ""
    id: str = ""
    since: str = ""
    until: str = ""

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in asdict(self).items() if value})


def asked(sent: Mapping[str, str]) -> Asked:
    """What the address asks for; a kind that there is not, a number or a day that is
    none count as not asked for."""
    kind, subject = sent.get("kind", ""), sent.get("subject", "")
    return Asked(
        kind=kind if kind in SENTENCES else "",
        person=whole(sent.get("person", "")),
        subject=subject if subject.isidentifier() else "",
        id=whole(sent.get("id", "")),
        since=_day(sent.get("since", "")),
        until=_day(sent.get("until", "")),
    )


def whole(text: str) -> str:
    """The text where it is a number in ASCII digits that the database can hold, else
    ""."""
    is_number = text.isascii() and text.isdigit() and len(text) < 18
    return text if is_number else ""


def _day(text: str) -> str:
    try:
        return text if parse_date(text) else ""
    except ValueError:
        return ""


def narrowed(events: EventQuerySet, wanted: Asked) -> EventQuerySet:
    """Of these events those that were asked for, in the same order."""
    named = {
        "kind": wanted.kind,
        "actor_id": wanted.person,
        "subject_type": wanted.subject,
        "subject_id": wanted.id,
    }
    events = events.filter(**{name: value for name, value in named.items() if value})
    if wanted.since:
        events = events.filter(at__gte=_midnight(wanted.since))
    if wanted.until:
        events = events.filter(at__lt=_midnight(wanted.until, days=1))
    return events


def _midnight(day: str, *, days: int = 0) -> datetime:
    date = parse_date(day)
    assert date is not None
    return timezone.make_aware(datetime.combine(date + timedelta(days=days), time.min))
