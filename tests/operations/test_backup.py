"""A backup is one moment of database and files, whole under its name or not there at all."""

import errno
import fcntl
import os
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils import timezone
from psycopg.types.json import Jsonb

from audit.models import Event
from operations import backup as backups
from operations.archive import walk
from operations.backup import BackupFailed, in_plain_words, make_backup
from operations.inventory import own_session, table_states
from operations.models import Backup
from packets.files import FILES_STAY
from packets.models import Packet
from tests.operations.conftest import another_session


@contextmanager
def committed_packets(*names: str) -> Iterator[None]:
    """Packets that are finished with these files, for every connection to see; gone at the end."""
    with another_session() as other:
        ids = [_packet(other, name) for name in names]
        try:
            yield
        finally:
            other.execute("DELETE FROM packets_packet WHERE id = ANY(%s)", [ids])


def _packet(other: psycopg.Connection[Any], name: str) -> int:
    columns = [field.column for field in Packet._meta.local_concrete_fields if field.column != "id"]
    row = Packet(application_id=1, requested_by_id=1, state="ready", sha256="a" * 64, fingerprint=name, file=name)
    row.requested_at = timezone.now()
    values = {
        field.column: Jsonb(value) if isinstance(value := field.value_from_object(row), list) else value
        for field in Packet._meta.local_concrete_fields
    }
    values["file"] = name
    values["application_id"], values["requested_by_id"] = other.execute(
        "SELECT (SELECT min(id) FROM candidates_application), (SELECT min(id) FROM accounts_user)"
    ).fetchone()
    asked = (
        f"INSERT INTO packets_packet ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))}) RETURNING id"
    )
    [(number,)] = other.execute(asked, [values[column] for column in columns]).fetchall()
    return int(number)


def read(path: Path) -> tuple[Any, str, dict[str, bytes]]:
    """The manifest, the script, the files."""
    pieces: list[bytes] = []
    files: dict[str, bytes] = {}
    with path.open("rb") as file:
        _, manifest = walk(
            file,
            script=pieces.append,
            file=lambda name, content: files.update({name: content.read()}),
        )
    return manifest, b"".join(pieces).decode(), files


@pytest.mark.usefixtures("sample")
def test_it_holds_every_row_that_is_committed_and_is_for_our_eyes_only(tmp_path):
    path = tmp_path / "evenhand.backup"

    made = make_backup(path)

    manifest, script, files = read(path)
    with own_session() as session:
        assert manifest.tables == table_states(session)
    assert made.rows == manifest.rows > 500
    assert "COPY public.scorecards_rating" in script
    assert files == {}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    assert made.sha256 == subprocess.check_output(["sha256sum", path], text=True).split()[0]
    assert Event.objects.get(kind="backup.made").subject_id == made.pk


@pytest.mark.usefixtures("sample")
def test_a_lost_file_is_named_and_the_rest_is_backed_up(tmp_path, settings):
    path = tmp_path / "evenhand.backup"
    with committed_packets("packets/lost.pdf", "packets/there.pdf"):
        default_storage.save("packets/there.pdf", ContentFile(b"%PDF there"))

        made = make_backup(path)

    manifest, _, files = read(path)
    assert (manifest.missing, files) == (["packets/lost.pdf"], {"packets/there.pdf": b"%PDF there"})
    assert (made.files, made.missing) == (1, 1)


def test_a_name_that_is_taken_stays(db, tmp_path):
    path = tmp_path / "evenhand.backup"
    path.write_bytes(b"of yesterday")

    with pytest.raises(BackupFailed, match="exists already"):
        make_backup(path)
    assert path.read_bytes() == b"of yesterday"


def test_two_at_once_do_not_write_into_one_file(db, tmp_path):
    aside = tmp_path / "evenhand.backup.part"
    with aside.open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)

        with pytest.raises(BackupFailed, match="another backup"):
            make_backup(tmp_path / "evenhand.backup")

    assert aside.exists()


class Interrupts(FileSystemStorage):
    def _open(self, name: str, mode: str = "rb") -> Any:
        raise KeyboardInterrupt


class Full(FileSystemStorage):
    def _open(self, name: str, mode: str = "rb") -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(("storage", "error"), [(Interrupts, KeyboardInterrupt), (Full, OSError)])
def test_an_interrupted_one_leaves_nothing(tmp_path, settings, storage, error):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.{storage.__name__}"}}

    with committed_packets("packets/1.pdf"), pytest.raises(error):
        make_backup(tmp_path / "evenhand.backup", passphrase="a long passphrase")

    assert list(tmp_path.iterdir()) == []
    assert not Backup.objects.exists()
    with own_session() as session:  # files may be tidied away again
        assert session.execute("SELECT pg_try_advisory_lock(%s)", [FILES_STAY]).fetchone() == (True,)


def test_a_pg_dump_that_fails_says_why_and_leaves_nothing(db, tmp_path, monkeypatch):
    monkeypatch.setattr(backups, "OF_THE_DUMP", ("--format=nonsense",))

    with pytest.raises(BackupFailed, match=r'pg_dump failed: .*invalid output format "nonsense"'):
        make_backup(tmp_path / "evenhand.backup")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/a"), "the disk is full (/a): free space there"),
        (PermissionError(errno.EACCES, "Permission denied", "/a"), "this user may not read or write there (/a)"),
        (FileNotFoundError(errno.ENOENT, "No such file", "/a/b"), "there is no such file or folder (/a/b)"),
        (psycopg.OperationalError("connection failed\nwith more"), "the database refused: connection failed"),
        (BackupFailed("it is so"), "it is so"),
    ],
)
def test_what_went_wrong_is_one_line(error, words):
    told = in_plain_words(error)

    assert told.startswith(words)
    assert "\n" not in told
