"""A backup: the database as one snapshot sees it, and the files that its rows name, in
one file that is there whole or not at all."""

import errno
import fcntl
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

import psycopg
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from audit.services import record
from operations.age import Encrypting
from operations.archive import Digesting, Head, Manifest, StoredFile, Writer
from operations.inventory import (
    AS_TEXT,
    Session,
    applied_migrations,
    audit_head,
    named_files,
    own_session,
    table_states,
)
from operations.models import Backup
from operations.programs import Programs, programs_for
from packets.files import FILES_STAY

OF_THE_DUMP = (
    "--format=plain",
    "--encoding=UTF8",
    "--no-owner",
    "--no-privileges",
    "--no-tablespaces",
    "--no-publications",
    "--no-subscriptions",
    "--no-security-labels",
)


class BackupFailed(RuntimeError):
    """The backup was not made, and nothing stands under its name; the message says what
    to do."""


class Sealed:
    """Passes everything on to a file, and hashes it."""

    def __init__(self, file: BinaryIO) -> None:
        self.digest = Digesting()
        self._file = file

    def write(self, data: bytes) -> int:
        self.digest.add(data)
        return self._file.write(data)


def make_backup(path: Path, *, passphrase: str = "") -> Backup:
    """Write the backup to `path`, which must not exist, encrypted where there is a
    passphrase. Others may go on writing meanwhile.

    Raises BackupFailed, NoPrograms, psycopg.Error, OSError.
    """
    if path.exists():
        raise BackupFailed(f"{path} exists already: choose another name")
    began = time.monotonic()
    with _written_aside(path) as file:
        sealed = Sealed(file)
        manifest = _write(cast(BinaryIO, sealed), passphrase)
    whole = sealed.digest.of(path.name)
    with transaction.atomic():
        backup = Backup.objects.create(
            seconds=round(time.monotonic() - began, 3),
            size=whole.size,
            rows=manifest.rows,
            files=len(manifest.files),
            missing=len(manifest.missing),
            encrypted=bool(passphrase),
            sha256=whole.sha256,
        )
        record("backup.made", by=None, subject=backup, sha256=whole.sha256, files=backup.files, rows=backup.rows)
    return backup


@contextmanager
def _written_aside(path: Path) -> Iterator[BinaryIO]:
    """A file for our own eyes, which gets its name once it is complete and on the
    disk.
    """
    aside = path.with_name(f"{path.name}.part")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupFailed(f"another backup is being written to {aside}") from error
        try:
            os.fchmod(file.fileno(), 0o600)
            file.truncate(0)
            yield file
            file.flush()
            os.fsync(file.fileno())
            aside.rename(path)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
    _keep_the_name(path.parent)


def _keep_the_name(folder: Path) -> None:
    """Have the folder's new entry on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(out: BinaryIO, passphrase: str) -> Manifest:
    if not passphrase:
        return _write_archive(out)
    encrypting = Encrypting(out, passphrase)
    manifest = _write_archive(cast(BinaryIO, encrypting))
    encrypting.finish()
    return manifest


def _write_archive(out: BinaryIO) -> Manifest:
    with own_session() as session, _files_stay(session):
        session.execute(AS_TEXT)
        session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        migrations = applied_migrations(session)
        head = Head(settings.RELEASE, timezone.now().isoformat(), session.info.server_version, migrations)
        writer = Writer(out, head)
        try:
            manifest = _write_parts(writer, session)
            writer.finish(manifest)
        except BaseException:
            writer.abandon()
            raise
    return manifest


def _write_parts(writer: Writer, session: Session) -> Manifest:
    """What the session's transaction sees, which ends before the files are read."""
    programs = programs_for(session.info.server_version // 10_000)
    [(snapshot,)] = session.execute("SELECT pg_export_snapshot()").fetchall()
    with _dump(programs, session, snapshot) as script:
        told = writer.script(script)
    states, named, last = table_states(session), named_files(session), audit_head(session)
    session.execute("COMMIT")
    files, missing = _write_files(writer, named)
    return Manifest(states, told, files, missing, last)


@contextmanager
def _files_stay(session: Session) -> Iterator[None]:
    """Nobody tidies files away meanwhile: those that the snapshot's rows name are still
    to be read."""
    session.execute("SELECT pg_advisory_lock_shared(%s)", [FILES_STAY])
    try:
        yield
    finally:
        if not session.closed:
            session.execute("ROLLBACK")
            session.execute("SELECT pg_advisory_unlock_shared(%s)", [FILES_STAY])


@contextmanager
def _dump(programs: Programs, session: Session, snapshot: str) -> Iterator[IO[bytes]]:
    """The output of pg_dump on that very snapshot. Raises BackupFailed with its last
    words where it did not end well."""
    command = [programs.pg_dump, *OF_THE_DUMP, f"--snapshot={snapshot}", f"--dbname={session.info.dsn}"]
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(  # noqa: S603 - a program of PostgreSQL with our own arguments
            command,
            env=environment_of(session),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=words,
        )
        assert process.stdout is not None  # it was asked for
        try:
            yield process.stdout
        except BaseException:
            process.kill()
            raise
        finally:
            process.stdout.close()
            status = process.wait()
        if status:
            raise BackupFailed(f"pg_dump failed: {last_words(words)}")


def environment_of(session: Session) -> dict[str, str]:
    """Of PostgreSQL's programs: a password on the command line could be read by
    others.
    """
    password = session.info.password
    return {**os.environ, **({"PGPASSWORD": password} if password else {})}


def last_words(file: IO[bytes]) -> str:
    """The first line that tells of an error, else the last line, else nothing."""
    file.seek(0)
    lines = file.read().decode(errors="replace").strip().splitlines()
    faults = [line for line in lines if "error" in line.lower()]
    return " ".join((faults[:1] or lines[-1:] or ["it said nothing"])[0].split())


def _write_files(writer: Writer, names: list[str]) -> tuple[list[StoredFile], list[str]]:
    """Those that are there, and the names of those that are not."""
    files: list[StoredFile] = []
    missing: list[str] = []
    for name in names:
        try:
            source = default_storage.open(name)
        except FileNotFoundError:
            missing.append(name)
            continue
        with source:
            files.append(writer.file(name, cast(IO[bytes], source), source.size))
    return files, missing


def in_plain_words(error: BaseException) -> str:
    """What went wrong with the database or the disk, in one line and with what to
    do.
    """
    if isinstance(error, psycopg.Error):
        return f"the database refused: {_first_line(error)}"
    if isinstance(error, OSError):
        return _of_the_disk(error)
    return _first_line(error)


def _of_the_disk(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    told = {
        "ENOSPC": f"the disk is full{where}: free space there, or choose another folder",
        "EDQUOT": f"the disk quota is used up{where}: free space there, or choose another folder",
        "EACCES": f"this user may not read or write there{where}: choose another folder, or change its rights",
        "ENOENT": f"there is no such file or folder{where}",
    }
    return told.get(errno.errorcode.get(error.errno or 0, ""), f"{error.strerror or error}{where}")


def _first_line(error: object) -> str:
    return " ".join(str(error).strip().split("\n")[0].split())
