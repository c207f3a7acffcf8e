"""What mail and messages to channels share on their way out: who sends a row next, for how long it is theirs, and
when it is tried again."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from notices.models import Outgoing

LEASE = timedelta(minutes=5)
# How long after a try that failed the next one comes; after the last of them the row has failed.
PAUSES = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
]
Row = TypeVar("Row", bound=Outgoing)


@transaction.atomic
def claim(rows: QuerySet[Row], *, most: int) -> list[Row]:
    """The next of these rows that are due, which are this worker's for a while; those that another looks at are passed
    over."""
    due = rows.filter(Outgoing.is_due()).select_related(None).select_for_update(of=("self",), skip_locked=True)
    chosen = list(due.order_by("not_before", "pk").values_list("pk", flat=True)[:most])
    token, until = uuid.uuid4(), timezone.now() + LEASE
    mine = rows.filter(pk__in=chosen)
    mine.update(state=Outgoing.State.SENDING, token=token, lease_until=until, attempts=F("attempts") + 1)
    return list(mine.order_by("not_before", "pk"))


def ours(row: Row) -> QuerySet[Row]:
    """The row, or nothing once it is another worker's."""
    return type(row)._default_manager.filter(pk=row.pk, state=Outgoing.State.SENDING, token=row.token)


def extend(row: Outgoing) -> bool:
    """Keep the row for as long as one try may take; False where somebody else has it by now."""
    return ours(row).update(lease_until=timezone.now() + LEASE) == 1


def is_last(row: Outgoing) -> bool:
    """Whether no try follows the one that was begun."""
    return row.attempts > len(PAUSES)


def wait(row: Outgoing, **said: object) -> None:
    """Let it be tried again after its pause; `said` are columns with what became of this try."""
    again = timezone.now() + PAUSES[row.attempts - 1]
    ours(row).update(state=Outgoing.State.WAITING, token=None, lease_until=None, not_before=again, **said)


def end(row: Outgoing, state: str, **said: object) -> None:
    """Say how it ended."""
    if state == Outgoing.State.SENT:
        said["sent_at"] = timezone.now()
    ours(row).update(state=state, token=None, lease_until=None, **said)


def tidied(rows: QuerySet[Row], *, before: datetime, ended: Sequence[str]) -> int:
    """Delete what ended so before that moment; how many rows."""
    deleted, _ = rows.filter(state__in=ended, created_at__lt=before).delete()
    return deleted
