"""Real workers killed at random moments: each packet ends ready exactly once, with one file, and none is left over."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.config.conftest import beside
from tests.config.processes import GOOD_KEY, ROOT, environment, eventually, running
from tests.drill import LONG

CANDIDATES, KILLS = (5, 20) if LONG else (2, 4)
ASKING = """
import os, sys, django
django.setup()
from accounts.models import User
from candidates.models import Application
from packets.models import Packet, PacketBatch
from packets import batches, files, life
manager = User.objects.get(email="manager@example.com")
for line in sys.stdin:
    exec(line)
    print("done", flush=True)
"""


class Asking:
    """A process of the installation that asks, as a web process does; what it is told to do it has done on return."""

    def __init__(self, env: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", ASKING], cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, line: str) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "done\n"


class Worker:
    """A worker with one building process, started again whenever it has ended, as a supervisor does."""

    def __init__(self, name: str, env: dict[str, str], log: Path) -> None:
        self.name, self.env, self.log, self.stack = name, env, log, ExitStack()
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", "1", "-l", "INFO", "-n", self.name]
        command += ["--without-gossip", "--without-mingle"]
        self.process = self.stack.enter_context(running(*command, env=self.env, log=self.log))

    def keep_going(self) -> None:
        if self.process.poll() is not None:
            self.start()

    def kill_whole(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.start()

    def kill_builder(self) -> None:
        """Only the process that builds; Celery replaces it."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        for pid in [int(pid) for thread in threads for pid in thread.read_text().split()]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


KINDS_OF_KILL = [Worker.kill_builder, Worker.kill_builder, Worker.kill_whole]


@pytest.fixture(params=["filesystem", "redis"])
def installation(request, sample, database_address, tmp_path) -> dict[str, str]:
    broker = "filesystem://"
    if request.param == "redis":
        broker = beside(request.getfixturevalue("redis_url"), 1)  # no other test's messages
    return environment(
        DATABASE_URL=database_address,
        CELERY_BROKER_URL=broker,
        SECRET_KEY=GOOD_KEY,
        EVENHAND_DATA=str(tmp_path),
        MEDIA_ROOT=str(tmp_path / "files"),
        DJANGO_SETTINGS_MODULE="config.settings",
        PACKET_LEASE_SECONDS="2",
    )


@pytest.fixture
def applications(installation, hand_in) -> list[int]:
    """Candidates with a submitted scorecard each."""
    from accounts.models import User
    from candidates.models import Opening
    from candidates.services import add_candidate, plan_interview

    opening, lead = Opening.objects.get(), User.objects.get(email="interviewer@example.com")
    start = timezone.now() - timedelta(days=1)
    made = []
    for number in range(CANDIDATES):
        application = add_candidate(opening, name=f"Candidate {number}", email=f"c{number}@example.org", by=None)
        interview = plan_interview(
            application,
            round=opening.rounds.first(),
            starts_at=start,
            due_at=start + timedelta(hours=1),
            leads=[lead],
            shadows=[],
            by=None,
        )
        hand_in(interview.panelists.get())
        made.append(application.pk)
    return made


@pytest.fixture
def house(installation, tmp_path) -> Iterator[tuple[list[Worker], Asking]]:
    """Two workers, beat, and a process that asks."""
    beat = [sys.executable, "-m", "celery", "-A", "config", "beat", "-s", str(tmp_path / "schedule"), "--pidfile", ""]
    asking = Asking(installation)
    workers = [Worker(name, installation, tmp_path / f"{name}.log") for name in ("one", "two")]
    with ExitStack() as stack:
        stack.enter_context(asking.process)
        stack.enter_context(running(*beat, env=installation, log=tmp_path / "beat.log"))
        for worker in workers:
            stack.enter_context(worker.stack)
        yield workers, asking
        asking.process.stdin.close()
        for worker in workers:  # nothing is asked of how they end
            with suppress(ProcessLookupError):
                os.killpg(worker.process.pid, signal.SIGKILL)


def test_each_packet_ends_ready_exactly_once_however_often_workers_are_killed(
    installation, applications, house, tmp_path
):
    from debriefs.profiles import VALUES
    from packets import life
    from packets.models import Packet, PacketBatch

    workers, ask = house
    chance = random.Random(KILLS)
    # Without pipes of their own, a process that is killed while it waits for work keeps the others' lock for good.
    kills = [Worker.kill_whole] if "filesystem" in installation["CELERY_BROKER_URL"] else KINDS_OF_KILL
    wanted = [(pk, profile) for profile in VALUES for pk in applications][:KILLS]
    opening = "Application.objects.first().opening"
    ask(f"batches.request_batch({opening}, applications={applications}, profile='full', by=manager)")

    for number, (application, profile) in enumerate(wanted, 1):
        ask(f"life.request_packet({application}, profile='{profile}', by=manager)")
        assert eventually(lambda: somebody_builds(workers)), (tmp_path / "one.log").read_text()[-5000:]
        if number == 1:  # at least one build is lost, whichever of them has it
            for worker in workers:
                worker.kill_whole()
            continue
        time.sleep(chance.uniform(0, 0.8))
        kills[number % len(kills)](workers[number % 2])

    def settled() -> bool:
        """Nothing is under way. What was killed three times says so, and is asked for again as its page offers."""
        for worker in workers:
            worker.keep_going()
        for packet in Packet.objects.filter(state="failed"):
            assert (packet.error, packet.attempts) == (life.GIVEN_UP, life.MAX_ATTEMPTS)
            ask(f"life.retry_packet(Packet.objects.get(pk={packet.pk}), by=manager)")
        for batch in PacketBatch.objects.filter(state__in=["failed", "ready"]):
            ask(f"batches.retry_batch(PacketBatch.objects.get(pk={batch.pk}), by=manager)")
        under_way = ["queued", "building", "failed"]
        waiting = Packet.objects.filter(state__in=under_way), PacketBatch.objects.filter(state__in=under_way)
        return not any(rows.exists() for rows in waiting)

    assert eventually(settled, within=240), (tmp_path / "one.log").read_text()[-5000:]
    assert len(wanted) == KILLS
    check_what_is_left(tmp_path / "files", ask)


def somebody_builds(workers: list[Worker]) -> bool:
    from packets.models import Packet

    for worker in workers:
        worker.keep_going()
    return Packet.objects.filter(state="building", lease_until__gt=timezone.now()).exists()


def check_what_is_left(folder: Path, ask: Asking) -> None:
    from audit.models import Event
    from packets.models import Packet, PacketBatch

    ask("files.remove_orphans()")
    packets, batch = list(Packet.objects.all()), PacketBatch.objects.get()
    finished = Event.objects.filter(kind="packet.ready").values_list("subject_id", flat=True)
    named = {row.file.name: row.sha256 for row in packets}
    named |= {batch.archive.name: batch.archive_sha256, batch.document.name: batch.document_sha256}
    found = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert [row.state for row in packets] == ["ready"] * KILLS
    assert sorted(finished) == sorted(row.pk for row in packets)
    assert Event.objects.filter(kind="packet.requested").count() == KILLS
    assert batch.items.filter(packet__state="ready").count() == CANDIDATES
    assert found == named
    assert any(row.attempts > 1 for row in packets)
