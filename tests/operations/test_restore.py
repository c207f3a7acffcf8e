"""What was backed up stands in another database as it was, or nothing has changed there."""

import gzip
import io
import tarfile
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError

from accounts.models import User
from audit.models import Event, Link
from candidates.models import Application
from operations.age import WrongKey
from operations.archive import NotABackup
from operations.backup import make_backup
from operations.inventory import own_session, table_states, tables
from operations.restore import RestoreFailed, finish, restore_backup
from packets.files import remove_orphans
from packets.models import Packet
from scorecards.models import Rating
from tests.conftest import connected_to
from tests.operations.conftest import another_session, fresh_database

PASSPHRASE = "a long passphrase"
EVENT = (
    "INSERT INTO audit_event (at, kind, subject_type, detail, request_id) "
    "VALUES (now(), 'user.signed_in', '', '{}', '') RETURNING id"
)


class Meanwhile(FileSystemStorage):
    """While a file is read, its packet expires, and files without a row are tidied away."""

    def _open(self, name: str, mode: str = "rb") -> Any:
        with another_session() as other:
            other.execute("UPDATE packets_packet SET file = '', state = 'expired' WHERE file = %s", [name])
        assert remove_orphans() == 0
        return super()._open(name, mode)


class Writing:
    """Somebody who goes on adding events, each in a transaction of its own, until the block ends."""

    def __enter__(self) -> "Writing":
        self.count, self._over, self._begun = 0, threading.Event(), threading.Event()
        self._other = another_session()
        self._thread = threading.Thread(target=self._write)
        self._thread.start()
        assert self._begun.wait(timeout=60)
        return self

    def _write(self) -> None:
        with self._other as other:
            while not self._over.is_set():
                other.execute(EVENT)
                self.count += 1
                self._begun.set()

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()


@pytest.mark.usefixtures("sample")
def test_a_backup_made_while_others_write_comes_back_as_one_moment(tmp_path, settings):
    path, again = tmp_path / "first.backup", tmp_path / "second.backup"
    make_backup(path)
    with fresh_database("working") as working, connected_to(working):
        finish(restore_backup(path))
        application = Application.objects.first()
        name = default_storage.save("packets/1-3b241101-e2bb-4255-8caf-4136c566a962.pdf", ContentFile(b"%PDF"))
        Packet.objects.create(
            application=application,
            requested_by=User.objects.first(),
            state="ready",
            sha256="a" * 64,
            file=name,
        )
        settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.Meanwhile"}}

        with Writing() as writing:
            made = make_backup(again, passphrase=PASSPHRASE)
        assert Packet.objects.get().state == "expired"
        last_event = Event.objects.latest("pk").pk
    assert writing.count > 3
    assert made.files == 1
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    settings.MEDIA_ROOT = tmp_path / "elsewhere"

    with fresh_database("second") as second, connected_to(second):
        restored = restore_backup(again, passphrase=PASSPHRASE)
        with own_session() as session:
            assert table_states(session) == restored.manifest.tables
        trail = finish(restored)

        assert (trail.ok, trail.head) == (True, restored.manifest.audit_head)
        assert Event.objects.filter(kind="backup.restored").count() == 2
        assert Link.objects.count() == Event.objects.count()
        assert Event.objects.filter(kind="user.signed_in", pk__lt=last_event).count() < writing.count
        with Packet.objects.get().file.open() as file:
            assert file.read() == b"%PDF"
        with pytest.raises(DatabaseError, match="was submitted and can no longer change"):
            Rating.objects.filter(scorecard__state="submitted").update(score=1)


def changed(path: Path, member: str, change) -> Path:
    """The same backup with another content of that member."""
    other = path.with_name("changed.backup")
    with tarfile.open(path) as source, tarfile.open(other, "w") as target:
        for told in source.getmembers():
            content = source.extractfile(told).read()
            if told.name.startswith(member):
                content = change(content)
            told.size = len(content)
            target.addfile(told, io.BytesIO(content))
    return other


def test_rows_that_come_out_otherwise_are_taken_back(backup_of_nothing, second_database):
    path = changed(backup_of_nothing, "manifest.json", lambda told: told.replace(b'"rows": 0', b'"rows": 1', 1))

    with pytest.raises(RestoreFailed, match="came out otherwise than it was: nothing was kept"):
        restore_backup(path)

    with own_session() as session:
        assert tables(session) == []


def test_a_script_that_was_changed_is_noticed_before_anything_runs(backup_of_nothing, second_database):
    def other(piece: bytes) -> bytes:
        return gzip.compress(gzip.decompress(piece) + b"CREATE TABLE public.mine (id int);\n")

    with pytest.raises(NotABackup, match="changed"):
        restore_backup(changed(backup_of_nothing, "database/", other))

    with own_session() as session:
        assert tables(session) == []


def test_half_a_backup_changes_nothing(backup_of_nothing, second_database):
    half = backup_of_nothing.with_name("half.backup")
    half.write_bytes(backup_of_nothing.read_bytes()[:30_000])

    with pytest.raises(NotABackup, match="cut off"):
        restore_backup(half)


@pytest.mark.usefixtures("sample")
def test_an_installation_with_rows_is_refused(tmp_path):
    make_backup(tmp_path / "b")

    with pytest.raises(RestoreFailed, match=r"not empty \(the table \w+ has rows\).*a new database"):
        restore_backup(tmp_path / "b")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda told: told.replace(b'"audit.0001_initial"', b'"audit.0001_initial", "audit.0099_later"'),
            "not know all",
        ),
        (lambda told: told.replace(b'"audit.0001_initial",', b""), "which is newer: restore with that version"),
        (
            lambda told: told.replace(b"evenhand-backup/1", b"evenhand-backup/7"),
            "this Evenhand reads evenhand-backup/1",
        ),
    ],
)
def test_another_version_is_named(backup_of_nothing, change, words):
    with pytest.raises((RestoreFailed, NotABackup), match=words):
        restore_backup(changed(backup_of_nothing, "evenhand-backup.json", change))


def test_an_encrypted_one_wants_its_passphrase(db, tmp_path):
    make_backup(tmp_path / "b", passphrase=PASSPHRASE)

    with pytest.raises(RestoreFailed, match="--passphrase-file"):
        restore_backup(tmp_path / "b")
    with pytest.raises(WrongKey):
        restore_backup(tmp_path / "b", passphrase="another passphrase")
