"""Django's PostgreSQL for a web server: each thread keeps its connection. A database that
is away or hangs is told within PATIENCE seconds to the first who ask, and at once to all
who come after them."""

import select
import time
from collections import defaultdict
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.utils import OperationalError

from accounts.gate import Gate

PATIENCE = 2  # seconds; the least that PostgreSQL's library takes as a limit for connecting
AGAIN = 1.0  # seconds from one look to the next while the database is away
_gates: defaultdict[str, Gate] = defaultdict(lambda: Gate(pause=AGAIN))  # for each database one


class DatabaseWrapper(base.DatabaseWrapper):
    keeps_plans = False  # of what `accounts.prepared` prepares

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Raises OperationalError within PATIENCE seconds where there is no database."""
        gate = _gates[self.alias]
        if not gate.may_pass():
            raise OperationalError("the database did not answer a moment ago")
        try:
            connection = super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            gate.failed()
            raise
        gate.answered()
        return connection

    def init_connection_state(self) -> None:
        super().init_connection_state()
        with self.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            # A pooler, which may hand the next statement to another session, knows no session's number.
            self.keeps_plans = cursor.fetchone()[0] == self.connection.info.backend_pid

    def is_usable(self) -> bool:
        """Asked before a request's first query. A lost connection is replaced; one on
        which nothing comes back says that the database hangs."""
        if self.connection is None:
            return False
        try:
            return _answers(self.connection.pgconn)
        except psycopg.Error:
            return False
        except TimeoutError:
            _gates[self.alias].failed()
            return False


def _answers(pgconn: psycopg.pq.abc.PGconn) -> bool:
    """Whether an empty question is answered. Raises psycopg.Error where the connection is
    lost, TimeoutError after PATIENCE seconds."""
    pgconn.send_query(b"")
    pgconn.flush()
    until = time.monotonic() + PATIENCE
    while pgconn.is_busy():
        _wait_for_words(pgconn.socket, until)
        pgconn.consume_input()
    while pgconn.get_result() is not None:
        pass
    return bool(pgconn.status == psycopg.pq.ConnStatus.OK)


def _wait_for_words(socket: int, until: float) -> None:
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    left = max(0.0, until - time.monotonic())
    if not poll.poll(left * 1000):
        raise TimeoutError
