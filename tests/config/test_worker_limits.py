"""Real workers at their limits: a render that takes too long or eats memory fails alone and says why; one that hangs
is taken over, and what it does when it wakes up changes nothing."""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.config.conftest import beside
from tests.config.processes import GOOD_KEY, Forking, environment, eventually, running

ASK = """
from accounts.models import User
from candidates.models import Application
from packets.life import request_packet
application = Application.objects.get(candidate__email="elias.okafor@example.org")
request_packet(application.pk, profile="{profile}", by=User.objects.get(email="recruiter@example.com"))
"""


@pytest.fixture
def installation(sample, database_address, redis_url, tmp_path) -> dict[str, str]:
    return environment(
        DATABASE_URL=database_address,
        CELERY_BROKER_URL=beside(redis_url, 2),  # no other test's messages
        SECRET_KEY=GOOD_KEY,
        EVENHAND_DATA=str(tmp_path),
        MEDIA_ROOT=str(tmp_path / "files"),
        PACKET_LEASE_SECONDS="2",
    )


@pytest.fixture
def writes(installation, hand_in) -> Callable[[int], None]:
    """Lets the second interviewer of Elias write so many lines into each field: some hundreds take seconds to set."""
    from candidates.models import Panelist

    def write(lines: int) -> None:
        panelist = Panelist.objects.filter(interview__application__candidate__email="elias.okafor@example.org").last()
        assert panelist is not None
        hand_in(panelist, words="Asked why.\n" * lines)

    return write


@contextmanager
def working(env: dict[str, str], folder: Path, name: str = "only"):
    """One worker and, with the first, beat."""
    celery = [sys.executable, "-m", "celery", "-A", "config"]
    worker = [*celery, "worker", "-c", "1", "-l", "INFO", "-n", name, "--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "-s", str(folder / "schedule"), "--pidfile", ""]
    with running(*worker, env=env, log=folder / f"{name}.log") as process:
        if name != "only":
            yield process
            return
        with running(*beat, env=env, log=folder / "beat.log"):
            yield process


def asked(forking: Forking, env: dict[str, str], profile: str) -> None:
    done = forking.manage("shell", "-v", "0", "-c", ASK.format(profile=profile), env=env)
    assert done.returncode == 0, done.stderr


def finished(profile: str):
    from packets.models import Packet

    return Packet.objects.filter(profile=profile, state__in=["ready", "failed"]).first()


def builders(parent: int) -> list[int]:
    threads = Path(f"/proc/{parent}/task").glob("*/children")
    return [int(pid) for thread in threads for pid in thread.read_text().split()]


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ({"PACKET_TIME_LIMIT": "1"}, ["longer than the time limit"]),
        # A library in C that gets no memory ends the process: then the packet is given up after three attempts.
        ({"PACKET_MEMORY_MB": "160"}, ["more memory than is available", "The worker stopped each time"]),
    ],
    ids=["time", "memory"],
)
def test_a_render_beyond_its_limit_fails_alone_and_says_why(installation, forking, writes, tmp_path, limit, words):
    from packets.models import Packet

    writes(1_500)  # beyond a small memory, and beyond a second: that limit is looked at once a second
    with working(installation | limit, tmp_path):
        failed = first_failed(forking, installation)

    assert failed, (tmp_path / "only.log").read_text()[-5000:]
    assert [part for part in words if part in failed.error], failed.error
    assert not failed.file
    assert len(list((tmp_path / "files").rglob("*.pdf"))) == Packet.objects.filter(state="ready").count()


def first_failed(forking: Forking, env: dict[str, str]):
    """Ask for one packet after the other until one fails: the signal of a time limit is lost where it meets the engine
    in a callback of C, and what is finished then is kept."""
    for profile in ("full", "totals", "no-interviewers"):
        asked(forking, env, profile)
        done = eventually(lambda profile=profile: finished(profile), within=180)
        if done and done.state == "failed":
            return done
    return None


def test_a_process_that_hangs_is_taken_over_and_wakes_up_to_nothing(installation, forking, writes, tmp_path):
    from audit.models import Event
    from packets.models import Packet

    writes(250)  # seconds of building, of which a tenth is enough to see that it has begun
    with working(installation, tmp_path) as first:
        asked(forking, installation, "full")
        building = Packet.objects.filter(state="building")
        assert eventually(building.exists), (tmp_path / "only.log").read_text()[-5000:]
        hung = builders(first.pid)
        for pid in hung:
            os.kill(pid, signal.SIGSTOP)
        with working(installation, tmp_path, "second"):
            done = eventually(lambda: finished("full"), within=180)
            for pid in hung:
                os.kill(pid, signal.SIGCONT)
            asked(forking, installation, "totals")
            later = eventually(lambda: finished("totals"), within=180)

    now = Packet.objects.get(profile="full")
    assert (done.state, later.state) == ("ready", "ready"), (tmp_path / "second.log").read_text()[-5000:]
    assert now.attempts > 1
    assert (now.file.name, now.sha256) == (done.file.name, done.sha256)
    assert Event.objects.filter(kind="packet.ready", subject_id=now.pk).count() == 1
    assert sorted(path.name for path in (tmp_path / "files" / "packets").iterdir()) == sorted(
        packet.file.name.removeprefix("packets/") for packet in (now, later)
    )
