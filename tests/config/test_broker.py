"""A packet asked for in one process is built by a real worker in another, over Redis."""

import re
import sys

import pytest
import redis

from tests.config.processes import GOOD_KEY, environment, eventually, free_port, running

ASK = """
from operations.middleware import readiness
from accounts.models import User
from candidates.models import Application
from packets.life import request_packet
readiness()  # reads the migrations' files, which takes a busy machine longer than readiness has
print("ready", readiness().status_code)
application = Application.objects.get(candidate__email="elias.okafor@example.org")
packet = request_packet(application.pk, profile="full", by=User.objects.get(email="recruiter@example.com"))
print("packet", packet.pk, packet.state)
"""


SEND = """
from config.celery import app
for number in range(6):
    app.send_task("packets.build", kwargs={"packet_id": -1 - number})
app.send_task("notices.send_mail")
"""


@pytest.fixture
def installation(sample, database_address, redis_url, tmp_path):
    """The environment of a server installation on Redis and the test database."""
    yield environment(
        DATABASE_URL=database_address,
        CELERY_BROKER_URL=redis_url,
        SECRET_KEY=GOOD_KEY,
        EVENHAND_DATA=str(tmp_path),
        MEDIA_ROOT=str(tmp_path / "files"),
    )
    with redis.Redis.from_url(redis_url) as client:
        client.delete("celery", "packets")


def test_a_worker_on_redis_builds_the_packet_that_another_process_asked_for(installation, forking, tmp_path):
    from packets.models import Packet, WorkerHeartbeat

    worker = [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", "1", "-l", "INFO"]

    with running(*worker, env=installation, log=tmp_path / "worker.log"):
        assert eventually(WorkerHeartbeat.objects.exists), (tmp_path / "worker.log").read_text()
        asked = forking.manage("shell", "-v", "0", "-c", ASK, env=installation)
        assert asked.returncode == 0, asked.stderr
        packet = eventually(lambda: Packet.objects.filter(state__in=["ready", "failed"]).first())

    log = (tmp_path / "worker.log").read_text()
    assert asked.stdout.splitlines() == ["ready 200", f"packet {packet.pk if packet else 0} queued"], log
    assert packet.state == "ready", packet.error
    assert (tmp_path / "files" / packet.file.name).read_bytes().startswith(b"%PDF-")
    assert packet.attempts == 1
    assert "packets.build" in log


@pytest.mark.parametrize("broker", ["Redis", "files"])
def test_a_mail_behind_many_packets_waits_for_one_of_them(installation, forking, tmp_path, broker):
    env = installation if broker == "Redis" else installation | {"CELERY_BROKER_URL": "filesystem://"}
    sent = forking.manage("shell", "-v", "0", "-c", SEND, env=env)
    assert sent.returncode == 0, sent.stderr
    worker = [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", "1", "-l", "INFO"]
    log = tmp_path / "worker.log"

    def received() -> list[str]:
        return re.findall(r"Task ([a-z_.]+)\[\S+\] received", log.read_text())

    with running(*worker, env=env, log=log):
        assert eventually(lambda: len(received()) >= 7), log.read_text()

    assert sorted(received())[:1] == ["notices.send_mail"]
    assert received().index("notices.send_mail") <= 2


@pytest.mark.parametrize("queue", ["celery", "packets"])
def test_a_worker_may_serve_one_queue_alone(installation, forking, tmp_path, queue):
    sent = forking.manage("shell", "-v", "0", "-c", SEND, env=installation)
    assert sent.returncode == 0, sent.stderr
    worker = [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", "1", "-l", "INFO", "-Q", queue]
    log = tmp_path / "worker.log"
    expected = {"celery": "notices.send_mail", "packets": "packets.build"}[queue]

    with running(*worker, env=installation, log=log):
        assert eventually(lambda: f"Task {expected}" in log.read_text()), log.read_text()

    assert set(re.findall(r"Task ([a-z_.]+)\[\S+\] received", log.read_text())) == {expected}


def test_a_broker_that_cannot_be_reached_loses_no_request_and_is_named(installation, forking):
    from packets.models import Packet

    asked = forking.manage("shell", "-v", "0", "-c", ASK, env=installation | {"CELERY_BROKER_URL": _nobody_listens()})

    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.splitlines()[0] == "ready 503"
    assert Packet.objects.get().state == "queued"


def _nobody_listens() -> str:
    return f"redis://127.0.0.1:{free_port()}/0"
