"""What mail and messages to channels share on their way out: who sends a row next, for how long it is theirs, and
when it is tried again.

Times are the database's, since a worker's clock may be wrong.
"""

import select
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar

import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from accounts.locks import lock_rows
from notices.models import Outgoing

# Longer than a server keeps a worker waiting for one row: a mail needs a dozen answers, and may wait for one before it.
ONE_TRY = timedelta(seconds=24 * max(settings.MAIL_SECONDS, 10))
LEASE = ONE_TRY + timedelta(minutes=1)
LOOK = 1.0  # seconds
# Seconds; together less than a worker that is stopped gets to end (docker-compose.yml).
RUN, ONE_BATCH = 30.0, 20.0
# Seconds after which a task is told to end, and ended.
SOFT_TIME_LIMIT = int(RUN + ONE_BATCH + ONE_TRY.total_seconds()) + 10
TIME_LIMIT = SOFT_TIME_LIMIT + 30
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
_OURS = '"id" = %s AND "state" = %s AND "token" = %s'
_ANSWERED_AT_ONCE = "set_config('synchronous_commit', 'off', true) = 'off'"  # of this statement alone
PLACES = [f"${number}" for number in range(1, 20)]  # of values in a statement, as the database counts them
Row = TypeVar("Row", bound=Outgoing)


def by_the_databases_clock(rows: Iterable[Row]) -> list[Row]:
    """Rows to store, of which those that are due now are so by the clock that is asked
    whether they are: a process whose own is ahead delays nothing."""
    now, unsaved = timezone.now(), list(rows)
    for row in unsaved:
        if row.not_before <= now:
            row.not_before = Now()
    return unsaved


@transaction.atomic
def claim(rows: QuerySet[Row], *, most: int) -> list[Row]:
    """The next of these rows that are due, which are this worker's for a while; those that another looks at are passed
    over."""
    due = (
        rows.filter(Outgoing.is_due())
        .select_related(None)
        .select_for_update(of=("self",), skip_locked=True, no_key=True)
    )
    chosen = list(due.order_by("not_before", "pk").values_list("pk", flat=True)[:most])
    token = uuid.uuid4()
    mine = rows.filter(pk__in=chosen)
    mine.update(state=Outgoing.State.SENDING, token=token, lease_until=Now() + LEASE, attempts=F("attempts") + 1)
    return list(mine.order_by("not_before", "pk"))


def batches(rows: QuerySet[Row], *, most: int, go_on: Callable[[], None]) -> Iterator[list[Row]]:
    """Batch after batch of what is due, as `claim` gives it.

    After RUN `go_on` starts another task for the rest: one that takes too long is ended
    by the worker in the middle of a mail, which is then sent a second time.
    """
    end = time.monotonic() + RUN
    while claimed := claim(rows, most=most):
        yield claimed
        if time.monotonic() > end:
            go_on()
            return


def ours(row: Row) -> QuerySet[Row]:
    """The row, or nothing once it is another worker's."""
    return type(row)._default_manager.filter(pk=row.pk, state=Outgoing.State.SENDING, token=row.token)


def still_ours(rows: Sequence[Row]) -> Iterator[Row]:
    """These rows, claimed together, in turn; without those that are gone or another's by now.

    They are looked at each second, and not each by itself: writing for each of many takes
    longer than sending it. Their lease lasts for one try more at least. What is left after
    ONE_BATCH is given back untried, so that a slow server keeps no worker beyond its time.
    """
    held: set[int] = set()
    look_at = time.monotonic()
    end = look_at + ONE_BATCH
    for position, row in enumerate(rows):
        if time.monotonic() > end:
            _give_back(rows[position:])
            return
        if time.monotonic() >= look_at:
            held = _held(rows[position:])
            look_at = time.monotonic() + LOOK
        if row.pk in held:
            yield row


def _held(rows: Sequence[Row]) -> set[int]:
    """The keys of those that are still this worker's, whose lease is prolonged where it
    ends soon.

    They are read first: an answer that is on its way is out of the way then, and a
    transaction may begin.
    """
    mine, ends = _all_ours(rows), Now() + ONE_TRY
    fresh = set(mine.filter(lease_until__gte=ends).values_list("pk", flat=True))
    if len(fresh) == len(rows):
        return fresh
    with transaction.atomic():
        ending = lock_rows(mine.filter(lease_until__lt=ends))
        mine.filter(pk__in=ending).update(lease_until=Now() + LEASE)
    return fresh | set(ending)


def _give_back(rows: Sequence[Row]) -> None:
    """Let these be due again, as if nobody had claimed them."""
    waiting = {"state": Outgoing.State.WAITING, "token": None, "lease_until": None}
    mine = _all_ours(rows)
    if mine.exists():  # asked first, as in `_held`
        with transaction.atomic():
            left = lock_rows(mine)
            mine.filter(pk__in=left).update(attempts=F("attempts") - 1, **waiting)


def _all_ours(rows: Sequence[Row]) -> QuerySet[Row]:
    """Those of these rows, claimed together, that are still this worker's."""
    first = rows[0]
    pks = [row.pk for row in rows]
    return type(first)._default_manager.filter(pk__in=pks, state=Outgoing.State.SENDING, token=first.token)


def is_last(row: Outgoing) -> bool:
    """Whether no try follows the one that was begun."""
    return row.attempts > len(PAUSES)


def wait(row: Outgoing, **said: object) -> None:
    """Let it be tried again after its pause; `said` are columns with what became of this try."""
    again = Now() + PAUSES[row.attempts - 1]
    ours(row).update(state=Outgoing.State.WAITING, token=None, lease_until=None, not_before=again, **said)


def end(row: Outgoing, state: str, **said: object) -> None:
    """Say how it ended; `said` are columns with what became of it.

    A worker that dies afterwards changes nothing about that. The database answers before
    it is on its disk (PostgreSQL, asynchronous commit): only where the database itself
    crashes are the last moment's rows sent once more.
    """
    sql, values = _ending(row, state, said)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _ending(row: Outgoing, state: str, said: dict[str, object]) -> tuple[str, list[Any]]:
    """The statement, written as SQL since the query builder takes half as long as sending does."""
    values: dict[str, Any] = {"state": state, "token": None, "lease_until": None, **said}
    if state == Outgoing.State.SENT:
        values["sent_at"] = timezone.now()
    changes = ", ".join(f'"{name}" = %s' for name in values)
    sql = f'UPDATE "{row._meta.db_table}" SET {changes} WHERE {_OURS} AND {_ANSWERED_AT_ONCE}'  # noqa: S608 - names of columns
    return sql, [*values.values(), row.pk, Outgoing.State.SENDING, row.token]


class Endings:
    """Says of row after row how it ended, as `end` does, without a wait for the database in between.

    The statement is on its way before the next row is begun, so a worker that dies then
    changes nothing about it. Whoever asks the database something else within `meanwhile`
    gets the answer to the statement out of the way first.
    """

    def __init__(self) -> None:
        self._waits = False

    @contextmanager
    def meanwhile(self) -> Iterator[None]:
        """Raises the database's errors, at its end too."""
        with connection.execute_wrapper(self._after_the_answer):
            connection.ensure_connection()
            self._session: psycopg.pq.abc.PGconn = connection.connection.pgconn
            try:
                yield
            finally:
                self.answered()

    def end(self, row: Outgoing, state: str, **said: object) -> None:
        """Raises OperationalError where the statement before this one failed, too."""
        self.answered()
        sql, values = _ending(row, state, said)
        numbered = sql.replace("%s", "{}").format(*PLACES[: len(values)])
        self._waits = True  # before it is sent, since a task's end comes at any moment
        with connection.wrap_database_errors:
            self._session.send_query_params(numbered.encode(), [_as_text(value) for value in values])
            self._session.flush()

    def _after_the_answer(
        self, execute: Callable[..., object], sql: str, params: object, many: bool, context: dict[str, Any]
    ) -> object:
        self.answered()
        return execute(sql, params, many, context)

    def answered(self) -> None:
        """Get the answer to the last statement out of the way. Raises the database's errors."""
        if not self._waits:
            return
        self._waits = False
        failed = ""
        with connection.wrap_database_errors:
            for result in iter(self._result, None):
                if result.status != psycopg.pq.ExecStatus.COMMAND_OK:
                    failed = result.error_message.decode(errors="replace")
            if failed:
                raise psycopg.OperationalError(failed)

    def _result(self) -> psycopg.pq.abc.PGresult | None:
        """The next part of the answer, None behind the last.

        Asked for before it is there the library would wait with the interpreter in its hand: while somebody else holds
        the row, no other thread would run and no signal be heard.
        """
        answer = select.poll()
        answer.register(self._session.socket, select.POLLIN)
        while self._session.is_busy():
            answer.poll()
            self._session.consume_input()
        return self._session.get_result()


def _as_text(value: object) -> bytes | None:
    """As PostgreSQL reads a value of any column that a row's ending changes."""
    return None if value is None else str(value).encode()


def tidied(rows: QuerySet[Row], *, before: datetime) -> int:
    """Delete what is older than that moment and has ended; how many rows."""
    with transaction.atomic():
        old = lock_rows(rows.filter(state__in=Outgoing.ENDED, created_at__lt=before))
        deleted, _ = rows.filter(pk__in=old).delete()
    return deleted
