"""What is seen of each part: real ones, and real ones that are broken."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta

import pytest
import redis
from celery import Celery
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.utils import timezone

from notices.models import ChatMessage, Mail, Webhook
from operations import probes
from operations.facts import WebhookFacts
from operations.models import Backup, DatabaseSample, TaskRun
from packets.models import Packet
from tests.config.conftest import redis_url
from tests.config.processes import free_port

__all__ = ["redis_url"]


# --- database ----------------------------------------------------------------
@pytest.mark.usefixtures("sample")
def test_the_database_tells_of_tasks_backups_and_its_size(monkeypatch):
    today = timezone.now().date()
    TaskRun.objects.create(name="packets.sweep", finished_at=timezone.now(), seconds=0.5)
    Backup.objects.create(seconds=1, size=17, rows=3, files=0, encrypted=True, sha256="a" * 64)
    for days, size in ((40, 1), (3, 2), (0, 3)):
        DatabaseSample.objects.create(day=today - timedelta(days=days), size=size)
    as_it_is_connected(monkeypatch)

    seen = probes.database()

    tasks = {task.name: task for task in seen.tasks}
    assert tasks["packets.sweep"].seconds == 0.5
    assert tasks["privacy.retention"].known_since is None
    assert [size for _, size in seen.samples] == [2, 3]
    assert seen.backup.size == 17
    assert (seen.unapplied, seen.size > 1_000_000) == (0, True)


@pytest.mark.usefixtures("sample")
def test_mail_that_a_server_keeps_refusing_waits_since_it_was_tried_first(monkeypatch):
    as_it_is_connected(monkeypatch)
    Mail.objects.all().delete()
    now = timezone.now()
    tried = {"kind": "added", "address": "a@example.com", "subject": "Added", "attempts": 3}
    Mail.objects.create(**tried, not_before=now + timedelta(minutes=10))
    Mail.objects.create(kind="added", address="b@example.com", subject="For later", not_before=now + timedelta(hours=1))

    seen = probes.database().outbox

    assert seen.waiting == 1
    assert timedelta(minutes=10) < now - seen.waiting_since < timedelta(minutes=12)


@pytest.mark.usefixtures("sample")
def test_messages_to_a_channel_that_failed_lately_are_counted(monkeypatch, person):
    as_it_is_connected(monkeypatch)
    channel = Webhook.objects.create(address="https://chat.example.com/hook", made_by=person("admin"))
    long_ago = timezone.now() - timedelta(days=8)
    for state, created in (("failed", timezone.now()), ("failed", long_ago), ("sent", timezone.now())):
        ChatMessage.objects.create(webhook=channel, title="Decided", state=state, created_at=created)

    assert probes.database().webhooks == WebhookFacts(failed=1, waiting=0, waiting_since=None)


def as_it_is_connected(monkeypatch) -> None:
    """A test's rows are not committed, so that a second connection would not see them."""

    monkeypatch.setattr(probes, "patient_connection", nullcontext)


def test_a_packet_of_an_application_that_one_is_blind_to_is_not_counted(scored_application, person, monkeypatch):
    as_it_is_connected(monkeypatch)
    Packet.objects.create(
        application=scored_application, requested_by=person("manager"), state="failed", fingerprint="a"
    )
    blind, other = person("interviewer2"), person("admin")

    assert probes.database().packets.failed == 1
    assert probes.database(other).packets.failed == 1
    assert probes.database(blind).packets.failed == 0


def test_a_connection_of_its_own_gives_up_in_time_and_leaves_the_pages_alone(db):
    before = connection.connection
    with probes.patient_connection():
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            limit = cursor.fetchone()[0]
        assert connection.connection is not before

    assert limit == "3s"
    assert connection.connection is before


def test_a_database_that_is_away_is_an_error_at_once(db, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", str(free_port()))

    with pytest.raises(OperationalError):
        probes.database()


# --- broker ------------------------------------------------------------------
def test_messages_in_files_are_counted_and_the_oldest_tells_its_age(settings, tmp_path):
    settings.CELERY_BROKER_URL = "filesystem://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": str(tmp_path / "messages")}
    assert probes.queue().depth == 0

    folder = tmp_path / "messages"
    folder.mkdir()
    for name, age in (("1.celery.msg", 100), ("2.packets.msg", 5), ("3.celery.pidbox.msg", 900)):
        (folder / name).write_bytes(b"{}")

        os.utime(folder / name, (time.time() - age, time.time() - age))
    seen = probes.queue()

    assert (seen.kind, seen.depth) == ("files", 2)
    assert 100 <= seen.oldest < 160
    assert sorted(path.suffix for path in folder.iterdir()) == [".msg"] * 3


def test_a_place_where_no_message_can_be_kept_is_no_empty_queue(settings, tmp_path):
    settings.CELERY_BROKER_URL = "filesystem://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": str(tmp_path / "broker" / "messages")}
    (tmp_path / "broker").write_text("no folder")

    with pytest.raises(NotADirectoryError):
        probes.queue()


def test_messages_in_redis_are_counted_and_the_oldest_tells_its_age(redis_url):
    client = redis.Redis.from_url(redis_url)
    client.delete("celery", "packets")
    sender = Celery("tests", broker=redis_url, set_as_current=False)
    try:
        began = time.time()
        sender.send_task("tests.first")
        sender.send_task("tests.second", queue="packets")

        seen = probes._queue_of_redis(client)

        assert seen.depth == 2
        assert 0 < seen.oldest <= time.time() - began
        assert seen.kind.startswith("Redis ")
    finally:
        client.delete("celery", "packets")
        client.close()
        sender.close()


def test_a_message_of_an_earlier_version_tells_no_age():
    assert probes._age_of(b'{"headers": {"task": "tests.first"}}') is None
    assert 50 <= probes._age_of(b'{"headers": {"sent_at": %d}}' % (time.time() - 50)) < 110


# --- storage, mail, web ------------------------------------------------------
def test_a_file_is_written_read_back_and_gone(settings):
    seen = probes.storage()

    assert seen.where == str(settings.MEDIA_ROOT)
    assert seen.free > 0
    assert default_storage.listdir("status")[1] == []


def test_a_storage_that_cannot_be_written_is_an_error(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "file"
    settings.MEDIA_ROOT.write_text("in the way")

    with pytest.raises(OSError):
        probes.storage()


@pytest.fixture
def mail_port() -> Iterator[int]:
    """A mail server that greets, answers NOOP and QUIT, and takes nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_greet, args=[server])
        thread.start()
        yield server.getsockname()[1]
        thread.join()


def _greet(server: socket.socket) -> None:
    caller, _ = server.accept()
    with caller, caller.makefile("rwb") as lines:
        lines.write(b"220 mail.example.com\r\n")
        lines.flush()
        for line in lines:
            lines.write(b"221 bye\r\n" if line.startswith(b"QUIT") else b"250 ok\r\n")
            lines.flush()


def test_a_mail_server_is_asked_without_signing_in(settings, mail_port):
    settings.SENDING_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_port

    assert probes.mail().answered


def test_a_mail_server_that_is_away_is_an_error_and_no_server_is_none(settings):
    settings.SENDING_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    with pytest.raises(ConnectionRefusedError):
        probes.mail()

    settings.SENDING_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert probes.mail().server == ""


def test_a_web_server_that_is_away_does_not_answer():
    address = f"http://127.0.0.1:{free_port()}"

    assert probes.web_at(address) == probes.WebFacts(address, answered=False)
    assert not probes.web_at("no address").answered


@pytest.mark.usefixtures("db")
def test_a_web_server_that_runs_answers(live_server):
    assert probes.web_at(live_server.url).answered
