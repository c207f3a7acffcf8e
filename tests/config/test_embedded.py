"""The embedded server's adapter, used by real processes that come and go."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import postgres
from tests.config.processes import ROOT, closed_folder, environment, mentioning

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
    with closed_folder(("a folder with spaces " * 6).strip()) as folder:
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
        _, errors = self.process.communicate(timeout=180)
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


@pytest.fixture(scope="module")
def once_used() -> Iterator[Path]:
    """The folder of a database with one row, whose server has ended; tests work on copies of it."""
    with closed_folder("used once") as folder:
        first = User(folder)
        first.said()
        first.leave()
        yield folder


@pytest.fixture
def stopped(once_used, data) -> Path:
    """A folder like that, the test's own."""
    subprocess.run(["cp", "-a", f"{once_used}/.", str(data)], check=True)
    return data


def _servers(data: Path) -> dict[int, str]:
    return {pid: command for pid, command in mentioning(str(data)).items() if "bin/postgres -D" in command}


def test_the_address_is_a_private_socket_and_the_path_may_be_long_and_have_spaces(data, user):
    url, rows, _ = user().said()

    folder = Path(url.removeprefix("postgresql://postgres@/").rsplit("/", 1)[0])
    assert url.endswith("/evenhand")
    assert folder.stat().st_mode & 0o077 == 0
    assert rows == "1"
    assert len(_servers(data)) == 1


def test_a_second_process_attaches_and_the_last_to_leave_stops_the_server(stopped, user):
    first = user()
    address, _, started = first.said()
    second = user()
    assert second.said() == [address, "3", started]

    first.leave()
    assert len(_servers(stopped)) == 1
    third = user()
    assert third.said() == [address, "4", started]
    third.leave()
    second.leave()

    assert _servers(stopped) == {}


def test_two_processes_at_once_start_one_server(data, user):
    first, second = user(), user()

    said = [first.said(), second.said()]

    assert said[0][0] == said[1][0]
    assert said[0][2] == said[1][2]
    assert len(_servers(data)) == 1


def test_data_is_kept_after_a_kill_and_the_next_process_cleans_up(stopped, user):
    killed = user()
    killed.said()
    killed.process.kill()
    killed.process.wait()
    following = user()

    assert following.said()[1] == "3"
    following.leave()

    assert _servers(stopped) == {}


def test_a_folder_that_cannot_be_used_is_named_with_what_to_set(tmp_path):
    (tmp_path / "file").write_text("not a folder")

    tried = User(tmp_path / "file")
    _, errors = tried.process.communicate(timeout=180)

    assert tried.process.returncode == 1
    last = errors.strip().splitlines()[-1]
    assert "EmbeddedFailed" in last
    assert f"EVENHAND_DATA={tmp_path / 'file'}" in last
    assert "DATABASE_URL" in last


def test_what_an_interrupted_start_has_left_is_set_aside_and_made_anew(data, user):
    for name in ("postgres", "postgres.new"):
        (data / name).mkdir()
        (data / name / "PG_VERSION").write_text("18\n")

    first = user()

    assert first.said()[1] == "1"
    assert (data / "postgres.unfinished-1" / "PG_VERSION").read_text() == "18\n"
    assert not (data / "postgres.new").exists()
    first.leave()


def test_a_database_of_another_version_is_left_as_it_is_and_the_message_says_what_to_do(stopped, user):
    (stopped / "postgres" / "PG_VERSION").write_text("12\n")
    before = {path: path.stat().st_mtime_ns for path in (stopped / "postgres").rglob("*")}

    _, errors = user().process.communicate(timeout=180)

    last = errors.strip().splitlines()[-1]
    assert "was written by PostgreSQL 12, and this Evenhand brings PostgreSQL 18. Nothing was changed." in last
    assert "docs/operations.md" in last
    assert "can be written" not in last
    assert {path: path.stat().st_mtime_ns for path in (stopped / "postgres").rglob("*")} == before


def test_a_copy_of_the_folder_gets_a_server_of_its_own_whoever_owns_the_files(stopped, user, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(stopped, copy)
    original = user()
    started = original.said()[2]
    shutil.copy(stopped / "postgres" / "postmaster.pid", copy / "postgres")
    (copy / "postgres").chmod(0o755)

    copied = User(copy)
    rows, when = copied.said()[1:]

    assert (rows, when != started) == ("2", True)
    assert len(_servers(stopped)) == len(_servers(copy)) == 1
    assert (copy / "postgres").stat().st_mode & 0o077 == 0
    copied.leave()
    second = user()
    assert second.said()[1:] == ["3", started]
    for one in (second, original):
        one.leave()


@pytest.mark.parametrize("record", ["", "12", "{other}\n/somewhere\n1\n5432\n{socket}\n\n\nready\n"])
def test_a_record_that_is_half_written_or_names_another_program_stops_nothing(stopped, user, record):
    socket = postgres.socket_folder(stopped / "postgres")
    (stopped / "postgres" / "postmaster.pid").write_text(record.format(other=os.getpid(), socket=socket))

    following = user()

    assert following.said()[1] == "2"
    following.leave()


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user's server runs as that user")
def test_as_root_the_data_belong_to_the_servers_user_and_nobody_else_reads_them(stopped):
    folder = stopped / "postgres"
    owners = {path.lstat().st_uid for path in (folder, *folder.rglob("*"))}

    assert owners == {pwd.getpwnam(postgres.USER).pw_uid}
    assert folder.stat().st_mode & 0o077 == 0
