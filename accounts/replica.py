"""Lists are read on a replica of the database, where there is one that has caught up.

What a reader may see is part of the query of each list. So a replica is asked only once
it has replayed all that was committed on the primary before the page was asked for: it
then hides what the primary hides, and whoever has just saved something finds it. Where
it lags behind, is away or was made from another database, the primary answers.
"""

import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, OperationalError, connections
from django.db.backends.utils import CursorWrapper
from django.http import HttpRequest, HttpResponse

from accounts.gate import Gate

ALIAS = "replica"
PATIENCE = 0.05  # seconds that a page waits for a replica that lags
LOOK = 0.005  # seconds from one look at it to the next
AGAIN = 5.0  # seconds until a replica that failed is asked again
# What was committed without waiting for the disk is seen before it can be counted here.
# The log's file is named after its timeline, which changes as another server takes over.
REACHED = """
    SELECT pg_current_wal_flush_lsn()::text, system_identifier, left(pg_walfile_name(pg_current_wal_flush_lsn()), 8)
    FROM pg_control_system()
    WHERE current_setting('synchronous_commit') <> 'off'
"""
HAS_REPLAYED = """
    SELECT pg_is_in_recovery() AND system_identifier = %s AND pg_last_wal_replay_lsn() >= %s::pg_lsn
        AND upper(lpad(to_hex(timeline_id), 8, '0')) = %s
    FROM pg_control_system(), pg_control_checkpoint()
"""
View = TypeVar("View", bound=Callable[..., Any])


@dataclass
class Reading:
    """What goes on while a page reads on the replica."""

    wrote: bool = False


_reading: ContextVar[Reading | None] = ContextVar("reading on the replica", default=None)
_gate = Gate(pause=AGAIN)


class Router:
    """Django's question of where to read and write; everything that this says holds for every model."""

    def db_for_read(self, model: type, **hints: object) -> str:
        """The replica within `reads_lists`, until something is written there."""
        reading = _reading.get()
        return DEFAULT_DB_ALIAS if reading is None or reading.wrote else ALIAS

    def db_for_write(self, model: type, **hints: object) -> str:
        reading = _reading.get()
        if reading is not None:
            reading.wrote = True
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: object, other: object, **hints: object) -> bool:
        """Rows of both are of one database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        return db == DEFAULT_DB_ALIAS


def reads_lists(view: View) -> View:
    """A page whose rows may come from the replica; what a form sends stays on the primary.

    A replica that fails in the middle of the page is not asked again for AGAIN seconds,
    and the page is made anew, unless it has written something.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if ALIAS not in settings.DATABASES or request.method not in {"GET", "HEAD"} or not has_caught_up():
            return cast(HttpResponse, view(request, *args, **kwargs))
        reading = Reading()
        token = _reading.set(reading)
        try:
            return cast(HttpResponse, view(request, *args, **kwargs))
        except (OperationalError, InterfaceError):
            if reading.wrote or not connections[ALIAS].errors_occurred:
                raise
            _gate.failed()
        finally:
            _reading.reset(token)
        return cast(HttpResponse, view(request, *args, **kwargs))

    return cast(View, answered)


def has_caught_up() -> bool:
    """Whether the replica has all that is committed by now; it gets PATIENCE seconds for it.

    Raises what the primary raises where that is away.
    """
    if not _gate.may_pass():
        return False
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(REACHED)
        reached = cursor.fetchone()
    if reached is None:
        return False
    try:
        with connections[ALIAS].cursor() as cursor:
            caught_up = replays(cursor, reached, within=PATIENCE)
    except (DatabaseError, InterfaceError):
        _gate.failed()
        return False
    _gate.answered()
    return caught_up


def replays(cursor: CursorWrapper, reached: tuple[str, int, str], *, within: float) -> bool:
    """Whether the replica of this cursor has replayed what the primary had `reached` by its
    own words, within that many seconds."""
    position, system, timeline = reached
    until = time.monotonic() + within
    while True:
        cursor.execute(HAS_REPLAYED, [system, position, timeline])
        if cursor.fetchone()[0]:
            return True
        if time.monotonic() >= until:
            return False
        time.sleep(LOOK)
