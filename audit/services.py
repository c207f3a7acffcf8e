"""The one recorder."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.sql import InsertQuery
from structlog.contextvars import get_contextvars

from audit.models import Event, names_of

MOST_DOERS = 100


def record(kind: str, *, by: models.Model | None, subject: models.Model | None = None, **detail: object) -> Event:
    """Append an event in the caller's transaction, so that act and record stand or fall
    together.

    `detail` holds ids, kinds and figures only: no name, address or judgement ever goes
    in.
    """
    event = _event(kind, by, subject)
    event.detail = detail
    event.save(force_insert=True)
    return event


def record_each(
    kind: str,
    *,
    by: models.Model | None,
    subjects: Sequence[models.Model],
    details: Sequence[Mapping[str, object]] | None = None,
) -> None:
    """`record` for several rows at once, with one statement; `details` has one for each
    subject."""
    events = [_event(kind, by, row) for row in subjects]
    if details is not None:
        for event, detail in zip(events, details, strict=True):
            event.detail = dict(detail)
    if len(events) == 1:
        _add(events[0])
    else:
        Event.objects.bulk_create(events)


def _add(event: Event) -> None:
    """What many pages do each time that they are read: the statement is compiled once."""
    sql, fields = _insertion()
    values = [field.get_db_prep_save(field.pre_save(event, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@cache
def _insertion() -> tuple[str, list[Any]]:
    """The statement that adds an event, and the fields whose values it takes."""
    fields: list[Any] = [field for field in Event._meta.concrete_fields if not field.primary_key]
    query = InsertQuery(Event)
    query.insert_values(fields, [Event()])
    [(sql, _)] = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    return sql, fields


def doers_since(since: datetime, *, kinds: Collection[str], subject: models.Model | None) -> list[str]:
    """The names of those who did this to the row since then, the first first."""
    done = Event.objects.filter(kind__in=kinds, at__gte=since, actor_id__isnull=False)
    if subject is not None:
        done = done.filter(subject_type=subject._meta.model_name or "", subject_id=subject.pk)
    actors = done.order_by("pk").values_list("actor_id", flat=True)[:MOST_DOERS]
    first_to_last = [actor for actor in dict.fromkeys(actors) if actor is not None]
    names = names_of(set(first_to_last))
    return [names[actor] for actor in first_to_last if actor in names]


def _event(kind: str, by: models.Model | None, subject: models.Model | None) -> Event:
    event = Event(kind=kind, **_request())
    if by is not None:
        event.actor_id = by.pk
    if subject is not None:
        event.subject_type = subject._meta.model_name or ""
        event.subject_id = subject.pk
    return event


def _request() -> dict[str, Any]:
    """Which request this is and where it comes from; nothing of either outside a
    request."""
    known = get_contextvars()
    return {"request_id": str(known.get("request_id", ""))[:64], "ip": known.get("ip") or None}
