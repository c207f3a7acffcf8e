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
        _until_waiting(len(calls))
    for thread in threads:
        thread.join()
    return outcomes


def _lock(behind: QuerySet[Any] | type[Model]) -> None:
    if isinstance(behind, QuerySet):
        assert list(behind.select_for_update(of=("self",)))
        return
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {behind._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def _until_waiting(number: int) -> None:
    until = time.monotonic() + 30
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= number:
                return
            time.sleep(0.02)
    raise AssertionError(f"{number} calls never met at the row")
