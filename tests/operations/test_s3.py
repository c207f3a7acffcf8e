"""Files in a bucket, from saving to restoring: through the real client, against a real server that a package brings."""

import runpy
import sys
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.request import Request, urlopen

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from files.services import add_file
from files.storage import name_for, remove_orphans
from operations import probes
from operations.backup import make_backup
from operations.restore import finish, restore_backup
from packets import files as packet_files
from packets import life
from packets.models import Packet
from privacy.erasure import erase_candidate
from tests.config.processes import ROOT, eventually, free_port, listens, running
from tests.conftest import connected_to
from tests.operations.conftest import fresh_database
from tests.packets.conftest import SHORTEST

BUCKET = "evenhand-files"
NAMED_BY_NOBODY = "packets/1-3b241101-e2bb-4255-8caf-4136c566a962.pdf"


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[str]:
    """The address of an S3-compatible store in a process of its own."""
    port, log = free_port(), tmp_path_factory.mktemp("s3") / "server.log"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with running(*command, env={"PATH": ""}, log=log):
        assert eventually(lambda: listens(port)), log.read_text()
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def bucket(server, monkeypatch, settings):
    """An empty bucket, in which the product keeps its files as a web server's settings say."""
    urlopen(Request(f"{server}/moto-api/reset", method="POST")).close()
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    made = boto3.resource("s3", endpoint_url=server, region_name="eu-central-1", **keys).Bucket(BUCKET)
    made.create(CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    _use(server, monkeypatch, settings)
    return made


def _use(server: str, monkeypatch, settings) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nowhere/none")
    monkeypatch.setenv("STORAGE_BUCKET", BUCKET)
    monkeypatch.setenv("STORAGE_ENDPOINT_URL", server)
    monkeypatch.setenv("STORAGE_REGION", "eu-central-1")
    monkeypatch.setenv("STORAGE_ACCESS_KEY", "key")
    monkeypatch.setenv("STORAGE_SECRET_KEY", "secret")
    read = runpy.run_path(str(ROOT / "config" / "settings.py"))
    settings.STORAGE_BUCKET = read["STORAGE_BUCKET"]
    settings.STORAGES = read["STORAGES"]


@pytest.fixture
def packet(bucket, scored_application, person) -> Packet:
    """Built to its end, its file in the bucket."""
    asked = life.request_packet(scored_application.pk, profile=SHORTEST, by=person("manager"))
    built = life.build(life.claim(asked.pk))
    assert built.state == "ready", built.error
    return built


def names(bucket) -> list[str]:
    return sorted(one.key for one in bucket.objects.all())


def test_a_packet_is_saved_and_given_from_the_bucket(bucket, packet, client_of):
    address = reverse("packet_download", args=[packet.pk])

    whole = client_of("manager").get(address)
    part = client_of("manager").get(address, headers={"Range": "bytes=0-3"})

    assert names(bucket) == [packet.file.name]
    assert b"".join(whole.streaming_content)[:5] == b"%PDF-"
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"%PDF")


def test_a_file_that_is_gone_from_the_bucket_is_not_found(bucket, packet, client_of):
    bucket.Object(packet.file.name).delete()

    assert client_of("manager").get(reverse("packet_download", args=[packet.pk])).status_code == 404


def test_erasing_a_person_takes_their_files_out_of_the_bucket(
    bucket, packet, scored_application, person, django_capture_on_commit_callbacks
):
    sent = SimpleUploadedFile("resume.pdf", b"%PDF-1.7\nmade up\n%%EOF")
    material = add_file(scored_application, sent, purpose="resume", by=person("recruiter"))
    assert names(bucket) == sorted([packet.file.name, material.file.name])

    with django_capture_on_commit_callbacks(execute=True):
        erase_candidate(scored_application.candidate, by=person("admin"), reason="asked")

    assert names(bucket) == []


def test_what_no_row_names_is_tidied_away(bucket, packet, monkeypatch):
    default_storage.save(NAMED_BY_NOBODY, ContentFile(b"of a killed worker"))
    young = default_storage.save(name_for(packet.token, "pdf"), ContentFile(b"about to be named"))

    assert packet_files.remove_orphans() == 1
    assert remove_orphans() == 0
    assert names(bucket) == sorted([packet.file.name, young])

    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr("files.storage.timezone.now", lambda: later)
    assert remove_orphans() == 1
    assert names(bucket) == [packet.file.name]


def test_a_file_that_goes_while_others_are_tidied_stops_nothing(bucket, db, monkeypatch):
    first = default_storage.save(name_for(uuid.UUID(int=1), "pdf"), ContentFile(b"of a killed worker"))
    second = default_storage.save(name_for(uuid.UUID(int=2), "pdf"), ContentFile(b"taken by another worker"))
    later = timezone.now() + timedelta(hours=2)

    def now_that_the_other_has_been_here() -> datetime:
        bucket.Object(second).delete()
        return later

    monkeypatch.setattr("files.storage.timezone.now", now_that_the_other_has_been_here)

    assert names(bucket) == [first, second]
    assert remove_orphans() == 1
    assert names(bucket) == []


@pytest.mark.django_db(transaction=True)  # pg_dump reads what is committed
def test_a_backup_brings_the_files_into_an_empty_bucket(bucket, packet, tmp_path):
    path = tmp_path / "whole.backup"
    with default_storage.open(packet.file.name) as stored:
        content = stored.read()

    make_backup(path)
    bucket.objects.all().delete()
    with fresh_database("from_bucket") as fresh, connected_to(fresh):
        restored = restore_backup(path)
        assert finish(restored).ok
        assert Packet.objects.get().file.name == packet.file.name

    assert names(bucket) == [packet.file.name]
    assert bucket.Object(packet.file.name).get()["Body"].read() == content


def test_the_status_page_tries_the_bucket(bucket):
    assert probes.storage().where == f"the bucket {BUCKET}"
    assert names(bucket) == []


def test_a_bucket_that_is_not_there_is_told(server, monkeypatch, settings, scored_application, person):
    urlopen(Request(f"{server}/moto-api/reset", method="POST")).close()
    _use(server, monkeypatch, settings)
    asked = life.request_packet(scored_application.pk, profile=SHORTEST, by=person("manager"))

    built = life.build(life.claim(asked.pk))

    assert built.state == "failed"
    assert "could not be written to storage" in built.error
