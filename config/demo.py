"""`make demo`: everything on this machine, in one process group that ends when this
process ends.

Supervisor (the package) keeps web server and worker alive; this module prepares the
data folder, starts it, says step by step how far it is, and stops the embedded database
last.
"""

import fcntl
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import IO

from config import leftovers
from config.steps import step

ROOT = Path(__file__).resolve().parent.parent
ACCOUNTS = ("interviewer", "interviewer2", "recruiter", "manager", "admin")
PASSWORD = "evenhand-demo"  # noqa: S105 - the sample accounts' published password
FIRST_TRY = Path("rubrics/samples/customer-support-lead.html")
READY_WITHIN = 60
WATCHED_EVERY = 1.0  # seconds
TRIED_AGAIN_AFTER = 10.0
# A closed terminal (SIGHUP) ends it like Ctrl-C and a plain kill.
ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
# What this program makes in the data folder. The folder itself may be the user's, with
# other things in it.
OURS = ("files", "broker", "cache", "logs", "secret-key", "supervisor.ini", "celerybeat-schedule")


class Stopped(BaseException):
    """Somebody asked this process to end; like KeyboardInterrupt nothing on the way may
    swallow it."""


def main() -> int:
    """Run until somebody asks for the end. The exit status: 0 then, 1 where it could not
    start or was ended from outside."""
    os.umask(0o077)  # what it writes is for its own user's eyes
    port = _port()
    data = Path(os.environ.get("EVENHAND_DATA") or ROOT / "var").expanduser().absolute()
    try:
        lock = _claim(data)
    except BlockingIOError:
        print(f"Evenhand is already running from EVENHAND_DATA={data}. Choose another folder.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"EVENHAND_DATA={data} cannot be used: {error.strerror}. Choose another folder.", file=sys.stderr)
        return 1
    with lock:
        leftovers.end(data)
        if not _free(port):
            print(f"Port {port} is taken. Choose another one: PORT={_next_free(port)} make demo", file=sys.stderr)
            return 1
        return _run(data, port)


def _claim(data: Path) -> IO[bytes]:
    """The folder's lock, held until closed; BlockingIOError where another launcher has
    it."""
    from config import embedded

    embedded.private_folder(data)
    lock = (data / "demo.lock").open("ab")
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lock


def _run(data: Path, port: int) -> int:
    """Everything up until somebody asks for the end, then everything down again."""
    for number in ENDINGS:
        signal.signal(number, _stop)
    keeper: subprocess.Popen[bytes] | None = None
    from django.core.exceptions import ImproperlyConfigured
    from django.db import Error as DatabaseError

    from config import embedded

    try:
        with step("database"):
            _close_to_others(data)
            database_url = embedded.database_url(data, keep=True)
        os.environ.update(environment_of(data, database_url))
        prepare(data)
        keeper = _start(data, port)
        with step("web"):
            _wait(keeper, f"http://127.0.0.1:{port}/healthz", data)
        with step("worker"):
            _wait(keeper, f"http://127.0.0.1:{port}/readyz", data)
        _greet(port)
        _watch(keeper, data)
        print(
            "The process that runs the web server and worker was stopped from outside. Start again: make demo",
            file=sys.stderr,
        )
        return 1
    except Stopped:
        return 0
    except (embedded.EmbeddedFailed, ImproperlyConfigured, RuntimeError, OSError, DatabaseError) as error:
        print(f"Evenhand could not start: {str(error).strip()}", file=sys.stderr)
        return 1
    finally:
        _end(keeper)
        leftovers.end(data)
        embedded.stop(data)


def _watch(keeper: subprocess.Popen[bytes], data: Path) -> None:
    """Until the keeper ends. A database that has stopped is started again; web server and
    worker find it at the same place."""
    from config import embedded, postgres

    while keeper.poll() is None:
        time.sleep(WATCHED_EVERY)
        if postgres.lives(data / "postgres") or keeper.poll() is not None:
            continue
        try:
            embedded.database_url(data, keep=True)
            print("The database had stopped and was started again.", file=sys.stderr, flush=True)
        except embedded.EmbeddedFailed as error:
            print(f"The database has stopped: {error}. This is tried again.", file=sys.stderr, flush=True)
            time.sleep(TRIED_AGAIN_AFTER)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def _port() -> int:
    given = os.environ.get("PORT") or "8000"
    if not given.isdigit() or not 0 < int(given) < 65536:
        print(f"PORT must be a number from 1 to 65535, not {given!r}.", file=sys.stderr)
        sys.exit(1)
    return int(given)


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _next_free(port: int) -> int:
    """The next port that nobody listens on; the usual one where there is none above."""
    return next((number for number in range(port + 1, 65536) if _free(number)), 8000)


def _close_to_others(data: Path) -> None:
    """What an earlier version has left readable is closed."""
    for path in (data / name for name in OURS):
        if path.exists() and path.stat().st_mode & 0o077:
            path.chmod(path.stat().st_mode & 0o700)


def environment_of(data: Path, database_url: str) -> dict[str, str]:
    """What web server and worker of this data folder share."""
    from config import env

    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "EVENHAND_DATA": str(data),
        "EVENHAND_DEMO": "1",
        "DATABASE_URL": database_url,
        "CELERY_BROKER_URL": "filesystem://",
        "SECRET_KEY": env.kept_key(data),
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
    }


def prepare(data: Path) -> None:
    """Migrate, load the sample, collect static files where they changed.

    Raises ImproperlyConfigured, Django's database errors and OSError.
    """
    import django
    from django.core.management import call_command
    from django.db import connections

    with step("migrations"):
        django.setup()
        call_command("migrate", verbosity=0)
    with step("sample"):
        call_command("load_sample")
    newest = max(path.stat().st_mtime for path in (ROOT / "static").rglob("*"))
    collected = data / "static-collected"
    if not collected.exists() or collected.stat().st_mtime < newest:
        with step("static files"):
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
            collected.touch()
    connections.close_all()


def _programs(data: Path, port: int) -> Mapping[str, list[str]]:
    """Beat is a program of its own: inside the worker it would outlive a killed worker
    as an orphan."""
    python = [*_ending_with_keeper(), sys.executable]
    settings, address = str(ROOT / "config" / "gunicorn.py"), f"127.0.0.1:{port}"
    web = ["-m", "gunicorn", "-c", settings, "-b", address, "config.wsgi"]
    celery = [*python, "-m", "celery", "-A", "config"]
    quiet = ["-l", "WARNING"]
    alone = ["-c", "1", "--without-gossip", "--without-mingle"]
    schedule = ["-s", str(data / "celerybeat-schedule"), "--pidfile", ""]
    return {
        "web": python + web,
        "worker": [*celery, "worker", *quiet, *alone],
        "beat": [*celery, "beat", *quiet, *schedule],
    }


def _ending_with_keeper() -> list[str]:
    """What starts a program so that the kernel ends it with its keeper, even when that
    one is killed; Linux has it."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def _start(data: Path, port: int) -> subprocess.Popen[bytes]:
    """Supervisor, in a session of its own so that a terminal's Ctrl-C reaches only this
    process."""
    (data / "logs").mkdir(exist_ok=True)
    programs = _programs(data, port)
    together = f"[group:evenhand]\nprograms={','.join(programs)}\n"  # they end together
    sections = [_supervisor_section(data), together]
    for name, command in programs.items():
        sections.append(_program_section(data, name, command))
    config = data / "supervisor.ini"
    config.write_text("\n".join(sections))
    return subprocess.Popen(  # noqa: S603 - our own arguments
        [sys.executable, "-W", "ignore", "-m", "supervisor.supervisord", "-n", "-c", str(config)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **leftovers.label(data)},
        start_new_session=True,
        preexec_fn=_end_with_parent,  # the launcher has no threads, so that a fork may run Python
    )


def _end_with_parent() -> None:
    """Ask the kernel for a SIGTERM when the launcher dies, even when it is killed;
    other systems lack this."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _ini(text: str) -> str:
    return text.replace("%", "%%")


def _supervisor_section(data: Path) -> str:
    user = "user=root\n" if os.geteuid() == 0 else ""
    log, pid = _ini(str(data / "logs" / "supervisor.log")), _ini(str(data / "supervisor.pid"))
    return f"[supervisord]\nnodaemon=true\n{user}logfile={log}\npidfile={pid}\nminfds=256\nidentifier=evenhand\n"


def _program_section(data: Path, name: str, command: list[str]) -> str:
    log = _ini(str(data / "logs" / f"{name}.log"))
    return (
        f"[program:{name}]\ncommand={_ini(shlex.join(command))}\ndirectory={_ini(str(ROOT))}\n"
        f"autorestart=true\nstartretries=5\nstopasgroup=true\nkillasgroup=true\nstopwaitsecs=20\n"
        f"redirect_stderr=true\nstdout_logfile={log}\nstdout_logfile_maxbytes=5MB\nstdout_logfile_backups=2\n"
    )


def _wait(keeper: subprocess.Popen[bytes], address: str, data: Path) -> None:
    """Until the address answers that all is well, or RuntimeError with the end of the
    logs."""
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and keeper.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - this machine's own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    logs = sorted((data / "logs").glob("*.log"))
    tails = [f"--- {log.name}\n{log.read_text(errors='replace')[-1500:]}" for log in logs]
    raise RuntimeError("the site did not become ready. Last lines of its logs:\n" + "\n".join(tails))


def _greet(port: int) -> None:
    print(f"Evenhand is ready at http://127.0.0.1:{port}/")
    print("Sample accounts, all with the password " + PASSWORD + ":")
    for name in ACCOUNTS:
        print(f"  {name}@example.com")
    print(f"To get started, sign in as {ACCOUNTS[2]}@example.com and import {FIRST_TRY} on the Rubrics page.")
    print("Ctrl-C stops everything.", flush=True)


def _end(keeper: subprocess.Popen[bytes] | None) -> None:
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)
    if keeper is None or keeper.poll() is not None:
        return
    keeper.terminate()
    try:
        keeper.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(keeper.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
