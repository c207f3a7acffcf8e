"""The one recorder."""

from typing import Any

from django.db import models
from structlog.contextvars import get_contextvars

from audit.models import Event


def record(kind: str, *, by: models.Model | None, subject: models.Model | None = None, **detail: object) -> Event:
    """Append an event in the caller's transaction, so that act and record stand or fall together.

    `detail` holds ids, kinds and figures only: no name, address or judgement ever goes in.
    """
    return Event.objects.create(
        kind=kind,
        actor_id=by.pk if by else None,
        subject_type=(subject._meta.model_name or "") if subject else "",
        subject_id=subject.pk if subject else None,
        detail=detail,
        **_request(),
    )


def record_each(kind: str, *, by: models.Model | None, subjects: list[models.Model]) -> None:
    """`record` for several rows at once, with one statement and no detail."""
    actor, request = by.pk if by else None, _request()
    Event.objects.bulk_create(
        Event(kind=kind, actor_id=actor, subject_type=row._meta.model_name or "", subject_id=row.pk, **request)
        for row in subjects
    )


def _request() -> dict[str, Any]:
    """Which request this is and where it comes from; nothing of either outside a request."""
    known = get_contextvars()
    return {"request_id": str(known.get("request_id", ""))[:64], "ip": known.get("ip") or None}
