"""The append-only table. It keeps ids and kinds, never personal text."""

from collections.abc import Callable
from typing import Any, Self

import pgtrigger
from django.db import models

_hidden: dict[str, Callable[[Any], models.Q]] = {}


def hide_events(rule: Callable[[Any], models.Q]) -> None:
    """Let an app say which events a reader may not see; the trail itself imports nobody."""
    _hidden[f"{rule.__module__}.{rule.__qualname__}"] = rule


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: Any) -> Self:
        """Administrators: all but what an app hides from them; others: nothing."""
        if not (user.is_active and user.is_administrator):
            return self.none()
        found = self
        for rule in _hidden.values():
            found = found.exclude(rule(user))
        return found


class Event(models.Model):
    """One thing that somebody did: who (id), what (kind), to which row, when, from which request."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor_id = models.BigIntegerField(null=True, db_index=True)
    kind = models.CharField(max_length=60, db_index=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_subject")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="never_truncated",
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                level=pgtrigger.Statement,
                func="RAISE EXCEPTION 'the audit trail is never emptied';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
