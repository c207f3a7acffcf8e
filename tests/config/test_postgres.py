"""One server on one folder: started, found again, stopped, and what is said where it does not start."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config import postgres
from tests.config.processes import closed_folder


@pytest.fixture(scope="module")
def cluster() -> Iterator[Path]:
    """A folder whose server has run once and was stopped."""
    with closed_folder("cluster") as outer:
        folder = outer / "postgres"
        postgres.start(folder)
        postgres.stop(folder)
        yield folder


@pytest.fixture
def folder(cluster) -> Iterator[Path]:
    """A copy of it, whose server is stopped at the end."""
    with closed_folder("copied") as outer:
        copied = outer / "postgres"
        shutil.copytree(cluster, copied, symlinks=True)
        yield copied
        postgres.stop(copied)


def test_a_server_is_found_where_it_was_started_until_it_is_stopped(folder):
    before = postgres.running(folder)
    socket = postgres.start(folder)
    found = postgres.running(folder)
    with psycopg.connect(host=str(socket), user="postgres", dbname="postgres") as connection:
        listens = connection.execute("SHOW listen_addresses").fetchone()
    postgres.stop(folder)

    assert before is None
    assert found == socket == postgres.socket_folder(folder)
    assert listens == ("",)  # on no address of the network
    assert postgres.running(folder) is None
    assert not socket.exists()


def test_stopping_what_does_not_run_does_nothing(folder):
    postgres.stop(folder)

    assert (folder / "PG_VERSION").exists()


@pytest.mark.parametrize("record", ["", "1\n", "not a number\n\n0\n\n/nowhere\n", "1\n/elsewhere\n0\n5432\n/nowhere\n"])
def test_a_record_that_is_none_or_another_folders_is_no_server(tmp_path, record):
    (tmp_path / "postmaster.pid").write_text(record)

    assert postgres.running(tmp_path) is None


def test_the_socket_has_a_short_folder_that_belongs_to_this_data_folder_alone(tmp_path):
    deep = tmp_path / ("a long name " * 15) / "postgres"
    deep.mkdir(parents=True)
    (tmp_path / "link").symlink_to(deep)

    found = postgres.socket_folder(deep)

    assert len(os.fsencode(found)) < postgres.LONGEST_SOCKET_FOLDER + len("/evenhand-4294967295-0123456789ab")
    assert postgres.socket_folder(tmp_path / "link") == found
    assert postgres.socket_folder(deep.with_name("other")) != found


def test_what_keeps_it_from_starting_is_said_in_the_servers_own_words(folder):
    with (folder / "postgresql.conf").open("a") as settings:
        settings.write("\nshared_buffers = 'a lot'\n")

    with pytest.raises(postgres.ServerFailed, match=r"PostgreSQL did not start: .*(FATAL|shared_buffers)"):
        postgres.start(folder)

    assert postgres.running(folder) is None


def test_what_is_no_cluster_is_kept_under_another_name_each_time(folder):
    shutil.rmtree(folder / "global")
    (folder / "note.txt").write_text("first")
    older = folder.with_name("postgres.unfinished-1")
    older.mkdir()

    postgres.start(folder)

    assert postgres.running(folder)
    assert (folder.with_name("postgres.unfinished-2") / "note.txt").read_text() == "first"
    assert list(older.iterdir()) == []
