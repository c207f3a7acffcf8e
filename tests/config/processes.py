"""Real processes for tests: started with an environment of their own, ended with everything they started."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import psutil

from config import waiting

ROOT = Path(__file__).resolve().parents[2]
OURS = (
    "DATABASE_URL",
    "DATABASE_REPLICA_URL",
    "CELERY_BROKER_URL",
    "DJANGO_SETTINGS_MODULE",
    "SECRET_KEY",
    "DEBUG",
    "DJANGO_ALLOW_ASYNC_UNSAFE",  # ours for a process that drives a browser
    "EVENHAND_DATA",
    "EVENHAND_DEMO",
    "MEDIA_ROOT",
    "MIGRATE_DATABASE_URL",
    "PORT",
)
GOOD_KEY = "kept-for-tests-0123456789-abcdefghijklmnop-ABCDEFGHIJ"
Found = TypeVar("Found")


def environment(**values: str) -> dict[str, str]:
    """This process's environment without any setting of Evenhand's but the given ones."""
    return {name: value for name, value in os.environ.items() if name not in OURS} | values


def connected_database() -> str:
    """The database that this test is connected to as a DATABASE_URL, whichever server it is on."""
    from django.db import connection

    held = connection.settings_dict
    user = quote(held["USER"], safe="") + (f":{quote(held['PASSWORD'], safe='')}" if held["PASSWORD"] else "")
    if held["HOST"].startswith("/"):
        return f"postgresql://{user}@/{held['HOST']}/{held['NAME']}"
    return f"postgresql://{user}@{held['HOST']}:{held['PORT'] or 5432}/{held['NAME']}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    """Whether somebody on this machine takes connections there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def eventually(look: Callable[[], Found], *, within: float = 90) -> Found:
    """What `look` returns as soon as it is true; its last answer when the time is over."""
    return waiting.eventually(look, within=within)


@contextmanager
def running(*command: str, env: Mapping[str, str], log: Path, cwd: Path = ROOT) -> Iterator[subprocess.Popen[bytes]]:
    """A program of its own process group, told to end when the block ends and killed if it does not."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield process
    finally:
        end(process)


@contextmanager
def closed_folder(name: str) -> Iterator[Path]:
    """A folder that only this user may enter, with blanks and letters of other alphabets on the way to it."""
    with tempfile.TemporaryDirectory(prefix="evenhand test é ", ignore_cleanup_errors=True) as outer:
        folder = Path(outer) / name
        folder.mkdir(mode=0o700)
        yield folder


@contextmanager
def open_folder(name: str) -> Iterator[Path]:
    """A folder that every user may enter, for what another user runs."""
    with tempfile.TemporaryDirectory(prefix="evenhand-test-", ignore_cleanup_errors=True) as outer:
        os.chmod(outer, 0o755)
        folder = Path(outer) / name
        folder.mkdir(mode=0o755)
        yield folder


def end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def manage(*arguments: str, env: Mapping[str, str], timeout: int = 120) -> subprocess.CompletedProcess[str]:
    """A manage.py command of its own process, ended or not."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=timeout,
        stdin=subprocess.DEVNULL,
        check=False,
    )


FORKING = """
import json, os, runpy, sys, tempfile, traceback
import celery, django.core.management, environ, pghistory, psycopg, structlog, whitenoise.compress

def begin(arguments, values, out, errors):
    for number, file in ((0, open(os.devnull, "rb")), (1, out), (2, errors)):
        os.dup2(file.fileno(), number)
    os.environ.clear()
    os.environ.update(values)
    sys.argv = ["manage.py", *arguments]
    code = 1
    try:
        runpy.run_path("manage.py", run_name="__main__")
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)

for line in sys.stdin:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        child = os.fork()
        if child == 0:
            begin(*json.loads(line), out, errors)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said = []
        for file in (out, errors):
            file.seek(0)
            said.append(file.read().decode())
    print(json.dumps([code, *said]), flush=True)
"""


class Forking:
    """Begins manage.py commands one after the other, each in a fork of a process that has read the libraries and
    nothing of Evenhand's: settings, applications and the command itself are read anew by each, in a third of the time.

    For commands that start no embedded database: nothing that is registered for a process's end is run.
    """

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", FORKING],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def manage(self, *arguments: str, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([arguments, dict(env)]) + "\n")
        self.process.stdin.flush()
        code, out, errors = json.loads(self.process.stdout.readline())
        return subprocess.CompletedProcess(arguments, code, out, errors)

    def close(self) -> None:
        with self.process:
            assert self.process.stdin
            self.process.stdin.close()


def mentioning(words: str) -> dict[int, str]:
    """Every live process whose command or environment holds the words, by its number."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            held = command + (folder / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if words in held and command:
            found[int(folder.name)] = command
    found.pop(os.getpid(), None)
    return found


def kill_all(words: str) -> None:
    """SIGKILL for every process that mentions the words, and what a database server has started."""
    for pid in mentioning(words):
        with suppress(psutil.NoSuchProcess):
            family = psutil.Process(pid)
            for process in [family, *family.children(recursive=True)]:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
    eventually(lambda: not mentioning(words), within=30)
