"""The embedded server's adapter, used by real processes that come and go."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.processes import ROOT, environment, eventually, mentioning, open_folder

STAY = """
import pathlib, sys, psycopg
from config import embedded
address = embedded.database_url(pathlib.Path(sys.argv[1]))
folder, name = address.removeprefix("postgresql://postgres@/").rsplit("/", 1)
with psycopg.connect(host=folder, user="postgres", dbname=name, autocommit=True) as connection:
    connection.execute("SELECT pg_advisory_lock(1)")  # two creators of one table at once may collide
    connection.execute("CREATE TABLE IF NOT EXISTS seen (who integer)")
    connection.execute("INSERT INTO seen VALUES (1)")
    rows = connection.execute("SELECT count(*), pg_postmaster_start_time()::text FROM seen").fetchone()
    connection.execute("SELECT pg_advisory_unlock(1)")
print(address, *rows, sep="|", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def data() -> Iterator[Path]:
    """A folder with spaces and a long path."""
    with open_folder(("a folder with spaces " * 6).strip()) as folder:
        yield folder


class User:
    """A process that holds the folder's server until told to leave."""

    def __init__(self, data: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", STAY, str(data)],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def said(self) -> list[str]:
        """The URL, the number of rows seen, and when the server started."""
        assert self.process.stdout
        return self.process.stdout.readline().strip().split("|")

    def leave(self) -> None:
        _, errors = self.process.communicate(timeout=60)
        assert (self.process.returncode, errors) == (0, "")


@pytest.fixture
def user(data):
    users: list[User] = []

    def start() -> User:
        users.append(User(data))
        return users[-1]

    yield start
    for one in users:
        with one.process:
            one.process.stdin.close()


def _servers(data: Path) -> dict[int, str]:
    return {pid: command for pid, command in mentioning(str(data)).items() if "bin/postgres -D" in command}


def test_the_address_is_a_private_socket_and_the_path_may_be_long_and_have_spaces(data, user):
    url, rows, _ = user().said()

    folder = Path(url.removeprefix("postgresql://postgres@/").rsplit("/", 1)[0])
    assert url.endswith("/evenhand")
    assert folder.stat().st_mode & 0o077 == 0
    assert rows == "1"
    assert len(_servers(data)) == 1


def test_a_second_process_attaches_and_the_last_to_leave_stops_the_server(data, user):
    first = user()
    address, _, started = first.said()
    second = user()
    assert second.said() == [address, "2", started]

    first.leave()
    assert len(_servers(data)) == 1
    third = user()
    assert third.said() == [address, "3", started]
    third.leave()
    second.leave()

    assert _servers(data) == {}


def test_two_processes_at_once_start_one_server(data, user):
    first, second = user(), user()

    said = [first.said(), second.said()]

    assert said[0][0] == said[1][0]
    assert said[0][2] == said[1][2]
    assert len(_servers(data)) == 1


def test_data_is_kept_after_a_kill_and_the_next_process_cleans_up(data, user):
    killed = user()
    killed.said()
    killed.process.kill()
    killed.process.wait()
    following = user()

    assert following.said()[1] == "2"
    following.leave()

    assert eventually(lambda: not _servers(data), within=10)


def test_a_folder_that_cannot_be_used_is_named_with_what_to_set(tmp_path):
    (tmp_path / "file").write_text("not a folder")

    tried = User(tmp_path / "file")
    _, errors = tried.process.communicate(timeout=60)

    assert tried.process.returncode == 1
    last = errors.strip().splitlines()[-1]
    assert "EmbeddedFailed" in last
    assert f"EVENHAND_DATA={tmp_path / 'file'}" in last
    assert "DATABASE_URL" in last
