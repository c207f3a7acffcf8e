"""Any number of beats may run; one of them starts what is due, by a lock in the database.

The lock belongs to a connection: when its beat dies, PostgreSQL frees it, and another beat
goes on within LOOKS_EVERY seconds. What has just been started may be started once more
then, which every periodic task can bear.
"""

import logging
from typing import Any

from celery.beat import PersistentScheduler
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

LOCK = 4_104_517_003  # any number of our own
LOOKS_EVERY = 5.0  # seconds
# So that PostgreSQL soon misses a machine that is gone without a word.
MISSED = "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
logger = logging.getLogger(__name__)


class OneBeat(PersistentScheduler):
    """Celery's scheduler, at work while this process has the lock."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._connection: BaseDatabaseWrapper | None = None
        self._works = False
        super().__init__(*args, **kwargs)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Start what is due, or look on; seconds until this should be called again."""
        worked, self._works = self._works, self._has_lock()
        if worked != self._works:
            logger.warning("this beat starts what is due" if self._works else "another beat starts what is due")
        if not self._works:
            return LOOKS_EVERY
        return min(LOOKS_EVERY, float(super().tick(*args, **kwargs)))

    def close(self) -> None:
        super().close()
        self._let_go()

    def _has_lock(self) -> bool:
        """Whether it is ours, taken now or before."""
        try:
            if self._connection is None:
                self._connection = _own_connection()
            with self._connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
                return bool(cursor.fetchone()[0])
        except DatabaseError:
            self._let_go()
            return False

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _own_connection() -> BaseDatabaseWrapper:
    """One that nothing else in this process closes."""
    own = connections[DEFAULT_DB_ALIAS].copy()
    options = own.settings_dict["OPTIONS"]
    asked = f"{options.get('options', '')} {MISSED}".strip()
    own.settings_dict = own.settings_dict | {"OPTIONS": options | {"options": asked}}
    return own
