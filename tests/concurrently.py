"""Calls that meet: each in a thread with a database connection of its own, all of them held at one locked row."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

WAITING = """
    SELECT count(*) FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()
"""


def at_once(*calls: Callable[[], Any], behind: QuerySet[Any]) -> list[Any]:
    """What each call returned or raised. All have started and wait for the row `behind` before one may go on."""
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
        assert list(behind.select_for_update(of=("self",)))
        for thread in threads:
            thread.start()
        _until_waiting(len(calls))
    for thread in threads:
        thread.join()
    return outcomes


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
