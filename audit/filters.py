"""Which events a reader of the trail asked for, from the address of the page; what makes no sense is left out."""

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
    """`since` and `until` are days of the company's time zone, both included; `person` and `number` are ids."""

    kind: str = ""
    person: str = ""
    subject: str = ""
    number: str = ""
    since: str = ""
    until: str = ""

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in asdict(self).items() if value})


def asked(sent: Mapping[str, str]) -> Asked:
    return Asked(
        kind=sent.get("kind", "") if sent.get("kind", "") in SENTENCES else "",
        person=whole(sent.get("person", "")),
        subject=sent.get("subject", "") if sent.get("subject", "").isidentifier() else "",
        number=whole(sent.get("number", "")),
        since=_day(sent.get("since", "")),
        until=_day(sent.get("until", "")),
    )


def whole(text: str) -> str:
    return text if text.isascii() and text.isdigit() and len(text) < 18 else ""


def _day(text: str) -> str:
    try:
        return text if parse_date(text) else ""
    except ValueError:
        return ""


def narrowed(events: EventQuerySet, wanted: Asked) -> EventQuerySet:
    named = {
        "kind": wanted.kind,
        "actor_id": wanted.person,
        "subject_type": wanted.subject,
        "subject_id": wanted.number,
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
