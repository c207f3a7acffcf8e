"""Real processes for tests: started with an environment of their own, ended with everything they started."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
OURS = (
    "DATABASE_URL",
    "CELERY_BROKER_URL",
    "DJANGO_SETTINGS_MODULE",
    "SECRET_KEY",
    "DEBUG",
    "EVENHAND_DATA",
    "EVENHAND_DEMO",
    "MEDIA_ROOT",
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


def eventually(look: Callable[[], Found], *, within: float = 90) -> Found:
    """What `look` returns as soon as it is true; its last answer when the time is over."""
    until = time.monotonic() + within
    while not (found := look()) and time.monotonic() < until:
        time.sleep(0.1)
    return found


@contextmanager
def running(*command: str, env: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program of its own process group, told to end when the block ends and killed if it does not."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield process
    finally:
        end(process)


@contextmanager
def open_folder(name: str) -> Iterator[Path]:
    """A folder that the embedded server's own user may enter, outside of pytest's private one."""
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
