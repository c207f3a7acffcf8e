"""Two real beats: one works, and the other goes on when it is killed or its connection ends."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from config import beat
from tests.config.processes import GOOD_KEY, environment, eventually, running

# Of this database: on the same server other tests have beats of their own.
HOLDERS = """
SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
 WHERE locktype = 'advisory' AND granted AND objid = %s AND datname = current_database()
"""
WORKS = "this beat starts what is due"


@dataclass
class Beat:
    """A process with its log."""

    pid: int
    log: Path

    def times_begun(self) -> int:
        return self.log.read_text().count(WORKS)

    def sends(self) -> int:
        return self.log.read_text().count("Sending due task")


@pytest.fixture
def two(database_address, tmp_path) -> Iterator[list[Beat]]:
    env = environment(DATABASE_URL=database_address, SECRET_KEY=GOOD_KEY, EVENHAND_DATA=str(tmp_path / "data"))
    with ExitStack() as ends:
        found = []
        for name in ("one", "other"):
            log, schedule = tmp_path / f"{name}.log", tmp_path / f"{name}.schedule"
            command = [sys.executable, "-m", "celery", "-A", "config", "beat", "-l", "INFO", "--pidfile", ""]
            process = ends.enter_context(running(*command, "-s", str(schedule), env=env, log=log))
            found.append(Beat(process.pid, log))
        yield found


def holder() -> int:
    """The server's number for the connection that has the lock; 0 where nobody has it."""
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS, [beat.LOCK & 0xFFFFFFFF])
        rows = cursor.fetchall()
    assert len(rows) <= 1
    return rows[0][0] if rows else 0


def test_one_beat_works_and_the_other_goes_on_when_it_is_gone(two):
    assert eventually(lambda: any(one.times_begun() and one.sends() for one in two))
    worker, other = sorted(two, key=Beat.times_begun, reverse=True)
    assert eventually(lambda: "beat: Starting" in other.log.read_text())
    assert (other.times_begun(), other.sends()) == (0, 0)

    os.kill(worker.pid, signal.SIGKILL)

    assert eventually(lambda: other.times_begun() == 1 and other.sends()), other.log.read_text()

    with connection.cursor() as cursor:  # as when the database restarts
        cursor.execute("SELECT pg_terminate_backend(%s)", [holder()])

    assert eventually(lambda: other.times_begun() == 2), other.log.read_text()
