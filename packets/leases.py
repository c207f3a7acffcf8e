"""Who works on a row: one claims it under a token, and a heartbeat extends its lease.

Times are the database's, since a worker's clock may be wrong.
"""

import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections, connection
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from packets.memory import no_limit
from packets.models import Packet, PacketBatch

MAX_ATTEMPTS = 3
DATABASE_AWAY = (OperationalError, InterfaceError)  # the row can't be asked or told anything now


class LostLease(Exception):
    """Another worker took the row over, or it was cancelled: this one's work is void."""


def free() -> Q:
    """Rows to claim: queued, or held by a worker that was silent longer than its lease."""
    lost = Q(state="building", lease_until__lt=Now(), attempts__lt=MAX_ATTEMPTS)
    return Q(state="queued") | lost


def take(rows: QuerySet[Any], **changes: Any) -> bool:
    """Claim the one row under a new token, if it is free; of several at once one wins."""
    claimed = rows.filter(free()).update(
        state="building", token=uuid.uuid4(), lease_until=Now() + _lease(), attempts=F("attempts") + 1, **changes
    )
    return bool(claimed)


def ours(row: Packet | PacketBatch) -> QuerySet[Any]:
    """The row as a query set that is empty once it is not ours any more."""
    return type(row)._default_manager.filter(pk=row.pk, state="building", token=row.token)


def _lease() -> timedelta:
    return timedelta(seconds=settings.PACKET_LEASE_SECONDS)


@contextmanager
def heartbeat(row: Packet | PacketBatch) -> Iterator[None]:
    """Extend the lease from a thread of its own while the block runs, but never past
    the hard time limit.

    A process that hangs after its worker was killed has nobody left to end it: its
    lease must run out all the same.
    """
    stop = threading.Event()
    until = time.monotonic() + settings.CELERY_TASK_TIME_LIMIT

    def beat() -> None:
        try:
            while not stop.wait(settings.PACKET_LEASE_SECONDS / 3) and time.monotonic() < until:
                with suppress(DatabaseError, InterfaceError):  # the next beat tries again, on a new connection
                    close_old_connections()
                    ours(row).update(lease_until=Now() + _lease())
        finally:
            connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    # A thread that ends before its first line leaves whoever started it waiting for it.
    with no_limit():
        thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
