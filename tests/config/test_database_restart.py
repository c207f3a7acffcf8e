"""A database that restarts while packets are built: they are built again, and each is ready exactly once."""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config import embedded
from tests.config import prepared
from tests.config.processes import GOOD_KEY, closed_folder, environment, eventually, running

ASK = """
from accounts.models import User
from candidates.models import Opening
from packets.models import Packet
from packets import batches, life
by = User.objects.get(email="manager@example.com")
opening = Opening.objects.get()
everybody = list(opening.applications.values_list("pk", flat=True))
batches.request_batch(opening, applications=everybody, profile="full", by=by)
for application in opening.applications.exclude(candidate__name="Noor Haddad"):
    life.request_packet(application.pk, profile="totals", by=by)
"""


@pytest.fixture
def data() -> Iterator[Path]:
    with closed_folder("data") as folder:
        prepared.fill(folder)
        yield folder
        embedded.stop(folder)


@pytest.fixture
def address(data) -> str:
    return embedded.database_url(data, keep=True)


def rows(address: str, query: str) -> list[tuple]:
    folder, name = address.removeprefix("postgresql://postgres@/").rsplit("/", 1)
    with psycopg.connect(host=folder, user="postgres", dbname=name, autocommit=True) as connection:
        return connection.execute(query).fetchall()


def test_packets_survive_a_restart_of_the_database_while_they_are_built(data, address, forking, tmp_path):
    env = environment(
        DATABASE_URL=address,
        CELERY_BROKER_URL="filesystem://",
        SECRET_KEY=GOOD_KEY,
        EVENHAND_DATA=str(data),
        EVENHAND_DEMO="1",
        PACKET_LEASE_SECONDS="2",
    )
    asked = forking.manage("shell", "-v", "0", "-c", ASK, env=env)
    assert asked.returncode == 0, asked.stderr
    celery = [sys.executable, "-m", "celery", "-A", "config"]
    worker = [*celery, "worker", "-c", "1", "-l", "INFO", "--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "-s", str(tmp_path / "schedule"), "--pidfile", ""]

    with (
        running(*worker, env=env, log=tmp_path / "worker.log"),
        running(*beat, env=env, log=tmp_path / "beat.log"),
    ):
        assert eventually(lambda: rows(address, "SELECT 1 FROM packets_packet WHERE state = 'building'"))
        embedded.stop(data)
        assert embedded.database_url(data, keep=True) == address
        done = "SELECT 1 FROM packets_packetbatch WHERE state IN ('ready', 'failed')"
        open_packets = "SELECT 1 FROM packets_packet WHERE state NOT IN ('ready', 'failed')"
        finished = eventually(lambda: rows(address, done) and not rows(address, open_packets), within=240)

    assert finished, (tmp_path / "worker.log").read_text()[-5000:]
    cleaned = forking.manage("shell", "-v", "0", "-c", "from packets.files import *; remove_orphans()", env=env)
    assert cleaned.returncode == 0, cleaned.stderr
    packets = rows(address, "SELECT file, sha256, state FROM packets_packet")
    events = rows(address, "SELECT subject_id FROM audit_event WHERE kind = 'packet.ready' ORDER BY subject_id")
    digests = {name: hashlib.sha256((data / "files" / name).read_bytes()).hexdigest() for name, _, _ in packets}
    stored = [path for path in (data / "files" / "packets").iterdir()]
    assert {state for _, _, state in packets} == {"ready"}
    assert digests == {name: digest for name, digest, _ in packets}
    assert len(stored) == len(packets) == len(events) == len(set(events)) == 4
    assert rows(address, "SELECT state FROM packets_packetbatch") == [("ready",)]
