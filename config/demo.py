"""`make demo`: everything on this machine, in one process group that ends when this process ends.

Supervisor (the package) keeps web server and worker alive; this module prepares the data folder, starts it,
says when the site answers, and stops the embedded database last.
"""

import fcntl
import os
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

ROOT = Path(__file__).resolve().parent.parent
ACCOUNTS = ("interviewer", "interviewer2", "recruiter", "manager", "admin")
PASSWORD = "evenhand-demo"  # noqa: S105 - the sample accounts' published password
READY_WITHIN = 60
# A closed terminal (SIGHUP) ends it like Ctrl-C and a plain kill.
ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked this process to end; like KeyboardInterrupt nothing on the way may swallow it."""


def main() -> int:
    port = _port()
    data = Path(os.environ.get("EVENHAND_DATA") or ROOT / "var").expanduser().absolute()
    if not _free(port):
        print(f"Port {port} is taken. Choose another one: PORT={port + 1} make demo", file=sys.stderr)
        return 1
    try:
        lock = _claim(data)
    except BlockingIOError:
        print(f"Evenhand is running already from EVENHAND_DATA={data}. Choose another folder.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"EVENHAND_DATA={data} cannot be used: {error.strerror}. Choose another folder.", file=sys.stderr)
        return 1
    with lock:
        return _run(data, port)


def _claim(data: Path) -> IO[bytes]:
    """The folder's lock, held until closed; BlockingIOError where another launcher has it."""
    data.mkdir(parents=True, exist_ok=True)
    lock = (data / "demo.lock").open("ab")
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lock


def _run(data: Path, port: int) -> int:
    """Everything up until somebody asks for the end, then everything down again."""
    for number in ENDINGS:
        signal.signal(number, _stop)
    keeper: subprocess.Popen[bytes] | None = None
    from django.core.exceptions import ImproperlyConfigured

    from config import embedded

    try:
        os.environ.update(_environment(data, embedded.database_url(data, keep=True)))
        _prepare(data)
        keeper = _start(data, port)
        _wait(keeper, port, data)
        _greet(port)
        return keeper.wait()
    except Stopped:
        return 0
    except (embedded.EmbeddedFailed, ImproperlyConfigured, RuntimeError) as error:
        print(f"Evenhand could not start: {error}", file=sys.stderr)
        return 1
    finally:
        _end(keeper)
        embedded.stop(data)


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


def _environment(data: Path, database_url: str) -> dict[str, str]:
    """What web server and worker share."""
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


def _prepare(data: Path) -> None:
    """Migrate, collect static files where they changed, load the sample."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_sample")
    newest = max(path.stat().st_mtime for path in (ROOT / "static").rglob("*"))
    mark = data / "static-collected"
    if not mark.exists() or mark.stat().st_mtime < newest:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        mark.touch()
    from django.db import connections

    connections.close_all()


def _programs(data: Path, port: int) -> Mapping[str, list[str]]:
    """Beat is a program of its own: inside the worker it would outlive a killed worker as an orphan."""
    python, settings = sys.executable, str(ROOT / "config" / "gunicorn.py")
    celery = [python, "-m", "celery", "-A", "config"]
    return {
        "web": [python, "-m", "gunicorn", "-c", settings, "-b", f"127.0.0.1:{port}", "config.wsgi"],
        "worker": [*celery, "worker", "-c", "1", "-l", "WARNING", "--without-gossip", "--without-mingle"],
        "beat": [*celery, "beat", "-s", str(data / "celerybeat-schedule"), "--pidfile", "", "-l", "WARNING"],
    }


def _start(data: Path, port: int) -> subprocess.Popen[bytes]:
    """Supervisor, in a session of its own so that a terminal's Ctrl-C reaches only this process."""
    (data / "logs").mkdir(exist_ok=True)
    sections = [_supervisor_section(data)]
    sections += [_program_section(data, name, command) for name, command in _programs(data, port).items()]
    config = data / "supervisor.ini"
    config.write_text("\n".join(sections))
    return subprocess.Popen(  # noqa: S603 - our own arguments
        [sys.executable, "-W", "ignore", "-m", "supervisor.supervisord", "-n", "-c", str(config)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_end_with_parent,  # the launcher has no threads, so that a fork may run Python
    )


def _end_with_parent() -> None:
    """Ask the kernel for a SIGTERM when the launcher dies, even when it is killed; other systems lack this."""
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
    import shlex

    log = _ini(str(data / "logs" / f"{name}.log"))
    return (
        f"[program:{name}]\ncommand={_ini(shlex.join(command))}\ndirectory={_ini(str(ROOT))}\n"
        f"autorestart=true\nstartretries=5\nstopasgroup=true\nkillasgroup=true\nstopwaitsecs=20\n"
        f"redirect_stderr=true\nstdout_logfile={log}\nstdout_logfile_maxbytes=5MB\nstdout_logfile_backups=2\n"
    )


def _wait(keeper: subprocess.Popen[bytes], port: int, data: Path) -> None:
    """Until the site is ready, or RuntimeError with the end of the logs."""
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and keeper.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.15)
    logs = sorted((data / "logs").glob("*.log"))
    tails = [f"--- {log.name}\n{log.read_text(errors='replace')[-1500:]}" for log in logs]
    raise RuntimeError("the site did not become ready. The ends of its logs:\n" + "\n".join(tails))


def _greet(port: int) -> None:
    print(f"Evenhand is ready at http://127.0.0.1:{port}/")
    print("Sample accounts, all with the password " + PASSWORD + ":")
    for name in ACCOUNTS:
        print(f"  {name}@example.com")
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
