"""A backup brought back into an empty installation: read to its end and checked first,
then stored, compared with its manifest, and only then kept."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection
from psycopg import sql

from audit.chain import Verdict, verify
from audit.roles import grant_runtime
from audit.services import record
from operations.age import MAGIC, Decrypting
from operations.archive import COPIED, Head, Manifest, TableState, read_head, walk
from operations.backup import environment_of, last_words
from operations.inventory import AS_TEXT, Session, known_migrations, occupied, own_session, state_query
from operations.programs import Programs, programs_for

DONE = "evenhand: compared"
# Everything of an empty installation makes room; what belongs to an extension stays.
MAKE_ROOM = """
    SET lock_timeout = '15s';
    DO $$
    DECLARE
        found RECORD;
    BEGIN
        FOR found IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
        LOOP
            EXECUTE format('DROP TABLE IF EXISTS public.%I CASCADE', found.relname);
        END LOOP;
        FOR found IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
        LOOP
            EXECUTE format('DROP SEQUENCE IF EXISTS public.%I CASCADE', found.relname);
        END LOOP;
        FOR found IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
        LOOP
            EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', found.name);
        END LOOP;
    END;
    $$;
"""
# A server before PostgreSQL 17 does not know this one; it only says what is so anyway.
SINCE_17 = b"SET transaction_timeout = 0;\n"
TOO_BUSY = "canceling statement due to lock timeout"


class RestoreFailed(RuntimeError):
    """Nothing was restored and the installation is as it was; the message says what to
    do."""


@dataclass(frozen=True)
class Restored:
    """What stands in the installation now, all of it compared with the manifest."""

    head: Head
    manifest: Manifest


def restore_backup(path: Path, *, passphrase: str = "") -> Restored:
    """Bring it all back; `finish` comes next. Raises RestoreFailed, NotABackup, NotReadable, NoPrograms,
    psycopg.Error or OSError, and then nothing has changed."""
    with _opened(path, passphrase) as source:
        _refuse_other_version(read_head(source))
    with own_session() as session:
        _refuse_occupied(session)
        looked = Looked()
        with _opened(path, passphrase) as source:
            head, manifest = walk(source, script=_only_read, file=looked.compare)
        looked.refuse_others()
        connection.close()  # its locks would keep the tables from making room
        programs = programs_for(session.info.server_version // 10_000)
        filling = Filling(programs, session, looked)
        with filling.running(), _opened(path, passphrase) as source:
            walk(source, script=filling.add_script, file=filling.add_file)
            filling.compare(manifest)
            filling.commit()
    return Restored(head, manifest)


def finish(restored: Restored) -> Verdict:
    """Give web and worker their rights again, verify the trail, and record what was
    done. Raises Django's database errors."""
    if settings.RUNTIME_ROLE:
        grant_runtime(settings.RUNTIME_ROLE, settings.RUNTIME_PASSWORD)
    manifest = restored.manifest
    trail = verify(expect=manifest.audit_head)
    record("backup.restored", by=None, made_at=restored.head.made_at, rows=manifest.rows, files=len(manifest.files))
    return trail


# --- what is looked at before anything changes ---------------------------------
@contextmanager
def _opened(path: Path, passphrase: str) -> Iterator[BinaryIO]:
    with path.open("rb") as file:
        encrypted = file.peek(len(MAGIC))[: len(MAGIC)] == MAGIC
        if encrypted and not passphrase:
            raise RestoreFailed("the backup is encrypted: name the file that holds its passphrase (--passphrase-file)")
        if not encrypted:
            yield file
            return
        raw = Decrypting(file, passphrase)
        yield cast(BinaryIO, raw)


def _refuse_other_version(head: Head) -> None:
    known, applied = known_migrations(), set(head.migrations)
    if known == applied:
        return
    told = f"the backup was made by Evenhand {head.release}, and this is {settings.RELEASE}"
    if applied - known:
        raise RestoreFailed(f"{told}, which does not know all of its tables: install that version, and restore there")
    raise RestoreFailed(f"{told}, which is newer: restore with that version, then upgrade")


def _refuse_occupied(session: Session) -> None:
    if found := occupied(session):
        raise RestoreFailed(
            f"this installation is not empty (the table {found[0]} has rows), and a restore would replace everything: "
            "restore into a new database"
        )


def _only_read(piece: bytes) -> None:
    """The first time the script is only compared with the manifest."""


class Looked:
    """What the storage has already of the backup's files.

    A restore that was killed leaves `whole` ones, which stay, and the beginning of one
    (`begun`), which is written anew. `others` have another content and belong to somebody.
    """

    def __init__(self) -> None:
        self.whole: set[str] = set()
        self.begun: set[str] = set()
        self.others: list[str] = []

    def compare(self, name: str, content: IO[bytes]) -> None:
        """Read the file to its end, beside the storage's of that name."""
        if not default_storage.exists(name):
            return
        with default_storage.open(name) as stored:
            left = _rest_after(cast(IO[bytes], stored), content)
        if left is None:
            self.others.append(name)
        elif left:
            self.begun.add(name)
        else:
            self.whole.add(name)

    def refuse_others(self) -> None:
        if self.others:
            raise RestoreFailed(
                f"the storage holds another file {self.others[0]}: restore into an empty storage (MEDIA_ROOT or bucket)"
            )


def _rest_after(stored: IO[bytes], content: IO[bytes]) -> int | None:
    """Bytes of the content that the stored file lacks; None where it is no beginning of it."""
    while piece := content.read(COPIED):
        there = _read_full(stored, len(piece))
        if not piece.startswith(there):
            return None
        if len(there) < len(piece):
            return len(piece) - len(there)
    return None if stored.read(1) else 0


def _read_full(file: IO[bytes], count: int) -> bytes:
    """That many bytes, or fewer at the file's end."""
    found = b""
    while len(found) < count:
        piece = file.read(count - len(found))
        if not piece:
            break
        found += piece
    return found


# --- filling the database and the storage ------------------------------------
class Filling:
    """One psql in one transaction, and the files beside it: both kept together, or
    neither.

    psql gets COMMIT last of all. Whatever ends it earlier, a kill included, lets the server
    take everything back.
    """

    def __init__(self, programs: Programs, session: Session, looked: Looked) -> None:
        self._programs = programs
        self._session = session
        self._looked = looked
        self._written: list[str] = []
        self._script_began = False
        self._committed = False

    @contextmanager
    def running(self) -> Iterator[None]:
        """Raises RestoreFailed with psql's last words where it refuses; then no file that
        was written stays."""
        command = [self._programs.psql, "--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--field-separator=|"]
        command += ["--set=ON_ERROR_STOP=1", f"--dbname={self._session.info.dsn}"]
        with tempfile.TemporaryFile() as words:
            self._psql = subprocess.Popen(  # noqa: S603 - a program of PostgreSQL with our own arguments
                command,
                env=environment_of(self._session),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=words,
            )
            try:
                self._send(b"BEGIN;\n" + MAKE_ROOM.encode())
                yield
            except BrokenPipeError as error:
                self._psql.wait()
                raise RestoreFailed(_refused(last_words(words))) from error
            finally:
                self._end()

    def _end(self) -> None:
        if not self._committed:
            self._psql.kill()
        for pipe in (self._psql.stdin, self._psql.stdout):
            assert pipe is not None  # both were asked for
            with suppress(OSError):
                pipe.close()
        self._psql.wait()
        if not self._committed:
            for name in self._written:
                with suppress(Exception):  # what went wrong first is the reason to tell
                    default_storage.delete(name)

    def _send(self, text: bytes) -> None:
        assert self._psql.stdin is not None  # it was asked for
        self._psql.stdin.write(text)
        self._psql.stdin.flush()

    def add_script(self, piece: bytes) -> None:
        if not self._script_began and self._session.info.server_version < 170_000:
            piece = piece.replace(SINCE_17, b"", 1)
        self._script_began = True
        self._send(piece)

    def add_file(self, name: str, content: IO[bytes]) -> None:
        if name in self._looked.whole:
            return
        if name in self._looked.begun:
            default_storage.delete(name)
        with tempfile.TemporaryFile() as aside:  # storages want to look at a file's size first
            while piece := content.read(COPIED):
                aside.write(piece)
            aside.seek(0)
            stored = default_storage.save(name, File(aside, name))
        self._written.append(stored)
        if stored != name:
            raise RestoreFailed(f"the storage does not keep {name} under its name")

    def compare(self, manifest: Manifest) -> None:
        """Raises RestoreFailed where a table has other rows than the manifest states."""
        names = sorted(manifest.tables)
        query = state_query(names).as_string(self._session)
        done = sql.Literal(DONE).as_string(self._session)
        self._send(f"\n{AS_TEXT};\n{query};\nSELECT {done};\n".encode())
        found = self._answers()
        for name in names:
            if found.get(name) != manifest.tables[name]:
                raise RestoreFailed(f"the table {name} came out otherwise than it was: nothing was kept")

    def _answers(self) -> dict[str, TableState]:
        """What psql says about each table. Before that it says what the script selects."""
        assert self._psql.stdout is not None  # it was asked for
        found: dict[str, TableState] = {}
        for line in self._psql.stdout:
            told = line.decode().rstrip("\n")
            if told == DONE:
                return found
            name, *state = told.split("|")
            if len(state) == 2:
                found[name] = TableState(int(state[0]), state[1])
        raise BrokenPipeError

    def commit(self) -> None:
        """Raises RestoreFailed where the server does not take it."""
        self._send(b"COMMIT;\n")
        assert self._psql.stdin is not None  # it was asked for
        self._psql.stdin.close()
        if self._psql.wait():
            raise BrokenPipeError
        self._committed = True


def _refused(words: str) -> str:
    if TOO_BUSY in words:
        return "somebody uses the database: stop web, worker and beat, then try again"
    return f"the database refused: {words}"


def report_of(restored: Restored, trail: Verdict) -> dict[str, Any]:
    """What a command prints."""
    manifest = restored.manifest
    return {
        "made_at": restored.head.made_at,
        "release": restored.head.release,
        "tables": len(manifest.tables),
        "rows": manifest.rows,
        "files": len(manifest.files),
        "missing": manifest.missing,
        "compared": "every table's rows and fingerprint, every file's size and sha256",
        "audit": {"ok": trail.ok, "events": trail.events, "head": trail.head},
    }
