"""The embedded PostgreSQL: one server per data folder, attached to or started, stopped
by the last who leaves."""

import atexit
import errno
import fcntl
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg

from config import postgres
from config.waiting import eventually

NAME = "evenhand"
LINGERING = 2.0  # seconds that a session of a program which has ended may still be told of under load
_held: dict[Path, IO[bytes]] = {}


class EmbeddedFailed(RuntimeError):
    """The embedded server cannot run here; the message names what to do, or what to set
    instead."""


def database_url(data_dir: Path, *, keep: bool = False) -> str:
    """The URL of the folder's database, its server started where it was not running.

    The server stops when the last process that holds it ends; one that passes `keep`
    stops it by itself. Raises EmbeddedFailed with what to do.
    """
    folder = data_dir / "postgres"
    try:
        with _locked(data_dir):
            socket = postgres.running(folder) or postgres.start(folder)
            _create_database(socket)
            _hold(data_dir)
    except postgres.WrongFolder as error:
        raise EmbeddedFailed(str(error)) from error
    except (OSError, subprocess.SubprocessError, psycopg.Error, postgres.ServerFailed) as error:
        told = f"the embedded database of EVENHAND_DATA={data_dir} did not start"
        raise EmbeddedFailed(f"{told} ({_reason(error)}); {_way_out(error)}") from error
    if not keep:
        atexit.register(leave, data_dir, os.getpid())
    return f"postgresql://postgres@/{socket}/{NAME}"


def _reason(error: Exception) -> str:
    return " ".join((getattr(error, "strerror", "") or str(error)).split())[-600:]


def _way_out(error: Exception) -> str:
    """What to do about it, in one line."""
    if getattr(error, "errno", None) == errno.ENOSPC or "No space left" in str(error):
        return "free space on that disk, or set EVENHAND_DATA to a folder on another one"
    return "set DATABASE_URL to a PostgreSQL server, or EVENHAND_DATA to a folder that can be written"


def private_folder(folder: Path) -> None:
    """Make the folder where it is missing, for its owner alone; one that exists keeps
    its rights."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def _locked(data_dir: Path) -> Iterator[None]:
    private_folder(data_dir)
    with (data_dir / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _hold(data_dir: Path) -> None:
    """Share a lock until this process ends, however it ends: whoever can have it alone
    is the last."""
    if data_dir not in _held:
        _held[data_dir] = (data_dir / "postgres.users").open("ab")
    fcntl.flock(_held[data_dir], fcntl.LOCK_SH)


def _alone(data_dir: Path) -> bool:
    if data_dir not in _held:
        return True
    try:
        fcntl.flock(_held[data_dir], fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _create_database(socket: Path) -> None:
    with psycopg.connect(
        host=str(socket), user="postgres", dbname="postgres", autocommit=True, application_name=own_name()
    ) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
        if known is None:
            connection.execute(f'CREATE DATABASE "{NAME}"')


def leave(data_dir: Path, holder: int) -> None:
    """Stop the folder's server if nobody else holds or uses it; a fork of the holder
    leaves it alone."""
    if holder != os.getpid() or not data_dir.exists():
        return
    folder = data_dir / "postgres"
    with _locked(data_dir):
        if _alone(data_dir) and not _others_stay(folder):
            postgres.stop(folder)
        if data_dir in _held:
            _held.pop(data_dir).close()


def stop(data_dir: Path) -> None:
    """Stop the folder's server, whoever uses it."""
    with _locked(data_dir):
        postgres.stop(data_dir / "postgres")


def _others_stay(folder: Path) -> bool:
    """Whether somebody else is connected; who is about to go gets the time for it, else
    nobody stopped the server."""
    return not eventually(lambda: not _others_connected(folder), within=LINGERING)


def _others_connected(folder: Path) -> bool:
    query = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND application_name <> %s"
    )
    socket = postgres.running(folder)
    if socket is None:
        return False
    try:
        with psycopg.connect(host=str(socket), user="postgres", dbname="postgres", connect_timeout=3) as connection:
            found = connection.execute(query, [own_name()]).fetchone()
    except psycopg.OperationalError:
        return False
    return bool(found and found[0])


def own_name() -> str:
    """The application name of this process's connections, so that it can tell its own
    from others'."""
    return f"evenhand-{os.getpid()}"
