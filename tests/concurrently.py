"""Calls that meet: each in a thread with a database connection of its own, all of them held at one lock."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, QuerySet

WAITING = """
    SELECT count(*) FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()
"""


def side_by_side(call: Callable[[], Any], *, times: int) -> None:
    """Run the call so many times at once, each in a thread with a database connection of its own, to their ends."""

    def run() -> None:
        call()
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def at_once(*calls: Callable[[], Any], behind: QuerySet[Any] | type[Model]) -> list[Any]:
    """What each call returned or raised. All have started and wait for the rows `behind`, or for the whole table of
    that model, before one may go on."""
    outcomes: list[Any] = [None] * len(calls)

    def run(index: int, call: Callable[[], Any]) -> None:
        try:
            outcomes[index] = call()
        except Exception as error:
            outcomes[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    with transaction.atomic():
        _lock(behind)
        for thread in threads:
            thread.start()
        until_waiting(len(calls))
    for thread in threads:
        thread.join()
    return outcomes


def holding_none_of(later: QuerySet[Any], call: Callable[[], Any], *, behind: QuerySet[Any]) -> Any:
    """What the call returned or raised, which waited for the rows `behind` while the `later` rows were still free for
    others. Raises OperationalError where it had locked one of these before it came to wait."""

    def lock_later() -> None:
        assert list(later.order_by().select_for_update(of=("self",), nowait=True, no_key=True))

    return meanwhile(lock_later, call, behind=behind)[1]


def meanwhile(look: Callable[[], Any], call: Callable[[], Any], *, behind: QuerySet[Any]) -> tuple[Any, Any]:
    """What `look` returned while the call waited for the rows `behind`, whose lock and changes end with `look`; and
    what the call returned or raised."""
    outcome: list[Any] = []

    def run() -> None:
        try:
            outcome.append(call())
        except Exception as error:
            outcome.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        _lock(behind)
        thread.start()
        try:
            until_waiting(1)
            seen = look()
        except BaseException:
            transaction.set_rollback(True)  # so that the call can end
            raise
    thread.join()
    return seen, outcome[0]


def _lock(behind: QuerySet[Any] | type[Model]) -> None:
    if isinstance(behind, QuerySet):
        assert list(behind.select_for_update(of=("self",)))
        return
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {behind._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def until_waiting(number: int) -> None:
    """Until so many other connections wait for a lock. Raises AssertionError where they never do."""
    until = time.monotonic() + 120
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= number:
                return
            time.sleep(0.02)
    raise AssertionError(f"{number} calls never met at the row")
