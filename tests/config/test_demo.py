"""`make demo` by its launcher: starts, says clearly why not, survives a dead worker, leaves nothing behind."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config import postgres
from tests.config import prepared
from tests.config.processes import (
    ROOT,
    closed_folder,
    end,
    environment,
    eventually,
    free_port,
    listens,
    mentioning,
    open_folder,
)

LAUNCHER = [sys.executable, "-m", "config.demo"]
ENDS_WITHIN = 180  # seconds; how busy the machine is says nothing of the launcher


class Demo:
    """A launcher with its folder and port; its log holds what it printed."""

    def __init__(self, data: Path, *, port: int, as_user: str = "", log: Path) -> None:
        self.data, self.port, self.log = data, port, log
        before = ["setpriv", "--reuid", as_user, "--regid", "nogroup", "--clear-groups"] if as_user else []
        env = environment(EVENHAND_DATA=str(data), PORT=str(port), PYTHONDONTWRITEBYTECODE="1")
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [*before, *LAUNCHER], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out
            )

    def ready(self) -> bool:
        """Whether it greets; False as soon as it has ended."""
        eventually(lambda: self.process.poll() is not None or "Ctrl-C stops" in self.log.read_text())
        return self.process.poll() is None

    def answer(self, path: str) -> int:
        """The status of a page, 0 where nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ENDS_WITHIN)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def children(self) -> dict[int, str]:
        found = mentioning(str(self.data))
        found.pop(self.process.pid, None)
        return found

    def one(self, words: str) -> int:
        """The oldest process of this folder whose command holds the words."""
        return min(pid for pid, command in self.children().items() if words in command)

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(ENDS_WITHIN)


@pytest.fixture
def data() -> Iterator[Path]:
    with closed_folder("my data") as folder:
        yield folder


@pytest.fixture
def used(data) -> Path:
    """The folder of a demo that has run before."""
    prepared.fill(data)
    return data


@contextmanager
def started(data: Path, tmp_path: Path, **options) -> Iterator[Demo]:
    demo = Demo(data, port=free_port(), log=tmp_path / "launcher.log", **options)
    try:
        yield demo
    finally:
        end(demo.process)


def test_a_taken_port_is_named_with_the_way_out(data, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = Demo(data, port=port, log=tmp_path / "launcher.log")

        assert refused.process.wait(ENDS_WITHIN) == 1

    said = re.fullmatch(rf"Port {port} is taken\. Choose another one: PORT=(\d+) make demo\n", refused.log.read_text())
    assert port < int(said[1]) < port + 100  # the next one that nobody has
    assert mentioning(str(data)) == {}


@pytest.mark.parametrize("port", ["eighty", "0", "70000"])
def test_a_port_that_is_none_is_named(data, port):
    env = environment(EVENHAND_DATA=str(data), PORT=port)

    done = subprocess.run(LAUNCHER, cwd=ROOT, env=env, capture_output=True, text=True, timeout=ENDS_WITHIN, check=False)

    assert (done.returncode, done.stderr) == (1, f"PORT must be a number from 1 to 65535, not '{port}'.\n")


def test_a_folder_that_is_a_file_is_named(data, tmp_path):
    (data / "file").write_text("")

    refused = Demo(data / "file", port=free_port(), log=tmp_path / "launcher.log")

    assert refused.process.wait(ENDS_WITHIN) == 1
    assert refused.log.read_text().startswith(f"EVENHAND_DATA={data / 'file'} cannot be used: ")


def test_killed_processes_come_back_and_a_second_launcher_is_told(used, tmp_path):
    with started(used, tmp_path) as demo:
        assert demo.ready(), demo.log.read_text()
        programs = {pid for pid, command in demo.children().items() if "gunicorn" in command or "celery" in command}
        killed = {words: demo.one(words) for words in ("config worker", "config beat", "gunicorn")}

        for pid in killed.values():
            os.kill(pid, signal.SIGKILL)

        def back() -> bool:
            commands = demo.children()
            if programs & set(commands):  # children of the killed: they end as soon as they see it
                return False
            return all(words in " ".join(commands.values()) for words in killed) and demo.answer("/readyz") == 200

        assert eventually(back), demo.children()
        second = Demo(used, port=free_port(), log=tmp_path / "second.log")
        assert second.process.wait(ENDS_WITHIN) == 1
        assert second.log.read_text().startswith(f"Evenhand is already running from EVENHAND_DATA={used}")
        assert demo.answer("/readyz") == 200

        os.kill(postgres.recorded(used / "postgres").pid, signal.SIGKILL)

        assert eventually(lambda: "was started again" in demo.log.read_text())
        assert eventually(lambda: demo.answer("/readyz") == 200)

        os.kill(demo.one("supervisord"), signal.SIGKILL)

        assert demo.process.wait(ENDS_WITHIN) == 1
        assert "Start again: make demo" in demo.log.read_text()
        assert demo.answer("/healthz") == 0

    assert mentioning(str(used)) == {}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_a_killed_launcher_takes_web_and_worker_with_it_and_the_next_start_works(used, tmp_path):
    with started(used, tmp_path) as killed:
        assert killed.ready(), killed.log.read_text()
        keeper = killed.one("supervisord")
        killed.stop(signal.SIGKILL)
        os.kill(keeper, signal.SIGKILL)  # before it has ended those it keeps

        assert eventually(
            lambda: all("bin/postgres" in one or "postgres:" in one for one in killed.children().values())
        )

    with started(used, tmp_path) as following:
        assert following.ready(), following.log.read_text()
        assert following.stop(signal.SIGHUP) == 0

    assert mentioning(str(used)) == {}


def test_what_an_earlier_start_has_left_on_the_port_is_ended_by_the_next(data, tmp_path):
    port = free_port()
    server = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port)]
    left = subprocess.Popen(
        server, cwd=data, env=environment(EVENHAND_LAUNCHED_FOR=str(data)), stderr=subprocess.DEVNULL
    )
    assert eventually(lambda: listens(port))
    (data / "postgres").write_text("")  # this start goes no further than the database

    following = Demo(data, port=port, log=tmp_path / "launcher.log")

    assert following.process.wait(ENDS_WITHIN) == 1
    assert "taken" not in following.log.read_text()
    assert left.wait(ENDS_WITHIN) == -signal.SIGTERM


def _may_run(user: str) -> bool:
    """Whether the user may execute what the launcher executes, through every folder on the way."""
    load = f"exec '{sys.executable}' -c 'import config.demo, django, supervisor'"
    tried = ["setpriv", "--reuid", user, "--regid", "nogroup", "--clear-groups", "sh", "-c", load]
    return subprocess.run(tried, cwd=ROOT, check=False, capture_output=True).returncode == 0


def _given_to_nobody(data: Path) -> Path:
    shutil.chown(data, "nobody", "nogroup")
    return data


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user; every other test ran as one")
def test_it_works_as_an_ordinary_user_who_may_only_read_the_program(tmp_path):
    if not _may_run("nobody"):
        pytest.skip("the user nobody may not run this virtual environment's Python")

    with open_folder("my data") as data, started(_given_to_nobody(data), tmp_path, as_user="nobody") as demo:
        assert demo.ready(), demo.log.read_text()
        assert demo.answer("/readyz") == 200
        assert {Path(f"/proc/{pid}").stat().st_uid for pid in demo.children()} == {65534}
        assert demo.stop() == 0

    assert mentioning(str(data)) == {}
