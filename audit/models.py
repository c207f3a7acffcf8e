"""The append-only table and the chain over it. They keep ids and kinds, never personal
text."""

from collections.abc import Callable
from typing import Protocol, Self

import pgtrigger
from django.db import models

from audit.handed_in import Hiding, Rule


class Reader(Protocol):
    """Who looks at the trail, as far as it asks."""

    is_active: bool
    is_administrator: bool


_hidden = Hiding()
_namers: list[Callable[[set[int]], dict[int, str]]] = []


def name_people(namer: Callable[[set[int]], dict[int, str]]) -> None:
    """Let an app say what the people with these ids are called today; the trail
    itself keeps no names."""
    _namers[:] = [namer]


def names_of(ids: set[int]) -> dict[int, str]:
    """By id what these people are called; empty where no app says it."""
    return _namers[0](ids) if _namers else {}


def hide_events(rule: Rule) -> None:
    """Let an app say which events a reader may not see; the trail itself imports
    nobody."""
    _hidden.add(rule)


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: Reader) -> Self:
        """Administrators: all but what an app hides from them; others: nothing."""
        if not (user.is_active and user.is_administrator):
            return self.none()
        return _hidden.left(self, user)


APPEND_ONLY = [
    pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
    pgtrigger.Trigger(
        name="never_truncated",
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'the audit trail is never emptied';",
    ),
]
CHAIN_LOCK = 4_104_517_001  # any number of our own: it lets one commit at a time extend the chain


def stated(row: str) -> str:
    """SQL for all that an event says, as one unambiguous text; `row` names the event's
    row."""
    when = f"(extract(epoch FROM {row}.at) * 1000000)::bigint"
    parts = ["id", "actor_id", "kind", "subject_type", "subject_id", "detail", "request_id"]
    return f"jsonb_build_array({when}, {', '.join(f'{row}.{part}' for part in parts)}, host({row}.ip))::text"


class Event(models.Model):
    """One thing that somebody did: who (id), what (kind), to which row, when, from
    where, in which request."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor_id = models.BigIntegerField(null=True, db_index=True)
    kind = models.CharField(max_length=60, db_index=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    ip = models.GenericIPAddressField(null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_subject")]
        triggers = [
            *APPEND_ONLY,
            pgtrigger.Trigger(
                name="takes_its_turn",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="INSERT INTO audit_turn (event_id) VALUES (NEW.id); RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class Turn(models.Model):
    """An event of a transaction that is being committed, until it is linked; no other transaction ever sees one.

    What a commit checks comes in the order in which it was caused. A foreign key that is checked waits for whoever
    changes or removes the row that it names. Whoever holds the chain must not wait for anybody, so events take their
    turn here: their rows are added behind all such checks, and what adding them causes comes after these.
    """

    event_id = models.BigIntegerField(primary_key=True)

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="linked",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=[("last", "RECORD")],
                func=f"""
                    PERFORM pg_advisory_xact_lock({CHAIN_LOCK});
                    SELECT * INTO last FROM audit_link ORDER BY position DESC LIMIT 1;
                    INSERT INTO audit_link (position, event_id, hash)
                    SELECT COALESCE(last.position, 0) + 1, e.id,
                           encode(sha256(convert_to(COALESCE(last.hash, '') || {stated("e")}, 'UTF8')), 'hex')
                      FROM audit_event e WHERE e.id = NEW.event_id;
                    DELETE FROM audit_turn WHERE event_id = NEW.event_id;
                    RETURN NULL;
                """,  # noqa: S608 - only our own column names and number are put in
            ),
        ]

    def __str__(self) -> str:
        return f"turn of event {self.event_id}"


class Link(models.Model):
    """One link of the chain: the hash of an event together with the hash before it, in
    the order of the commits.

    Written by the database as the event's transaction commits, so that positions have
    no gap and a rolled-back act leaves no trace. `manage.py verify_audit` reckons it
    anew.
    """

    position = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.position}: {self.hash[:12]}"
