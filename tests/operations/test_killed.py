"""A backup or a restore that is killed wherever it is: nothing half done counts, and the next one works."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from candidates.models import Application
from operations import probes
from operations.backup import make_backup
from operations.inventory import own_session, table_states
from operations.models import Backup
from operations.restore import finish, restore_backup
from packets.models import Packet
from tests.config.processes import GOOD_KEY, ROOT, connected_database, environment, eventually, manage
from tests.conftest import connected_to
from tests.operations.conftest import another_session, fresh_database

FILE = "packets/1-3b241101-e2bb-4255-8caf-4136c566a962.pdf"
LARGE = 160_000_000  # bytes: storing them takes longer than looking whether it has begun


@pytest.fixture
def working(sample, tmp_path, settings) -> Iterator[Path]:
    """An installation whose rows are committed, and the path of a backup of it before it had a file."""
    first = tmp_path / "first.backup"
    make_backup(first)
    with fresh_database("working") as fresh, connected_to(fresh):
        finish(restore_backup(first))
        Backup.objects.all().delete()
        yield first


def add_packet() -> None:
    told = {"state": "ready", "sha256": "a" * 64, "file": FILE}
    Packet.objects.create(application=Application.objects.first(), requested_by=User.objects.first(), **told)


def env(settings) -> dict[str, str]:
    return environment(
        DATABASE_URL=connected_database(),
        SECRET_KEY=GOOD_KEY,
        EVENHAND_DATA=str(settings.MEDIA_ROOT.parent),
        MEDIA_ROOT=str(settings.MEDIA_ROOT),
    )


def killed(*arguments: str, env: dict[str, str], once: Callable[[], object]) -> None:
    """Begin the command and kill it as soon as `once` is true."""
    command = [sys.executable, "manage.py", *arguments]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, env=env, **quiet) as process:
        assert eventually(lambda: process.poll() is not None or once())
        process.kill()
    assert process.returncode == -signal.SIGKILL


@contextmanager
def held(table: str, mode: str) -> Iterator[Callable[[], object]]:
    """Somebody holds the table; the block gets whether somebody else waits for it."""
    with another_session() as other, another_session() as looker, other.transaction():
        other.execute(f"LOCK TABLE {table} IN {mode} MODE")
        waits = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = %s::regclass"
        yield lambda: looker.execute(waits, [table]).fetchone()


def backed_up_after_all(path: Path, settings) -> None:
    """The next run under the same name gives a whole backup, which the status page names."""
    assert not path.exists()
    assert probes.database().backup is None

    ended = manage("backup", str(path), env=env(settings))

    assert ended.returncode == 0, ended.stderr
    assert probes.database().backup.size == path.stat().st_size
    assert not path.with_name(f"{path.name}.part").exists()


def test_a_backup_killed_in_the_dump(working, settings, tmp_path):
    path = tmp_path / "killed.backup"

    with held("scorecards_rating", "ACCESS EXCLUSIVE") as waits:
        killed("backup", str(path), env=env(settings), once=waits)

    backed_up_after_all(path, settings)


def test_a_backup_killed_among_the_files(working, settings, tmp_path):
    path = tmp_path / "killed.backup"
    add_packet()
    pipe = Path(settings.MEDIA_ROOT) / FILE
    pipe.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(pipe)  # whoever reads it waits

    aside = path.with_name(f"{path.name}.part")
    killed("backup", str(path), env=env(settings), once=lambda: reads(pipe))
    pipe.unlink()
    default_storage.save(FILE, ContentFile(b"%PDF"))

    assert aside.stat().st_size > 0
    backed_up_after_all(path, settings)


def reads(pipe: Path) -> bool:
    """Whether somebody waits for words from the pipe."""
    try:
        os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
    except OSError:
        return False
    return True


def test_a_backup_killed_once_it_is_whole_is_whole_and_not_told_of(working, settings, tmp_path):
    path = tmp_path / "killed.backup"

    with held("operations_backup", "EXCLUSIVE") as waits:
        killed("backup", str(path), env=env(settings), once=waits)

    assert probes.database().backup is None
    again = manage("backup", str(path), env=env(settings))
    assert "exists already: choose another name" in again.stderr
    with fresh_database("second") as second, connected_to(second):
        assert restore_backup(path).manifest.rows > 500


def test_a_restore_killed_among_the_files(working, settings, tmp_path):
    path, elsewhere = tmp_path / "large.backup", tmp_path / "elsewhere"
    add_packet()
    default_storage.save(FILE, ContentFile(b"%PDF" + bytes(LARGE)))
    make_backup(path)
    settings.MEDIA_ROOT = elsewhere
    stored = elsewhere / FILE

    with fresh_database("second") as second, connected_to(second):
        killed("restore", str(path), env=env(settings), once=lambda: stored.exists() and stored.stat().st_size)
        with own_session() as session:
            assert "scorecards_rating" not in table_states(session)
        ended = manage("restore", str(path), env=env(settings))

        assert ended.returncode == 0, ended.stderr
        assert stored.stat().st_size == LARGE + 4
        assert Packet.objects.get().file.name == FILE


@pytest.mark.parametrize("left", [0, 1, 1_500_000])
def test_the_beginning_of_a_file_that_a_killed_restore_left_is_written_anew(working, settings, tmp_path, left):
    path, content = tmp_path / "again.backup", b"%PDF" + bytes(range(256)) * 8000
    add_packet()
    default_storage.save(FILE, ContentFile(content))
    make_backup(path)
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    default_storage.save(FILE, ContentFile(content[:left]))

    with fresh_database("second") as second, connected_to(second):
        restore_backup(path)

    assert (settings.MEDIA_ROOT / FILE).read_bytes() == content


@pytest.mark.parametrize("other", [b"of somebody", b"%PDF and more"])
def test_a_file_of_somebody_else_stays(working, settings, tmp_path, other):
    path = tmp_path / "again.backup"
    add_packet()
    default_storage.save(FILE, ContentFile(b"%PDF"))
    make_backup(path)
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    default_storage.save(FILE, ContentFile(other))

    refused = pytest.raises(RuntimeError, match="the storage holds another file")
    with fresh_database("second") as second, connected_to(second), refused:
        restore_backup(path)

    assert (settings.MEDIA_ROOT / FILE).read_bytes() == other
