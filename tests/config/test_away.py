"""A database that stops or hangs under a web server at work: told at once in a page, and gone when it is back."""

import http.client
import json
import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
import pytest
from django.db import OperationalError
from django.test import RequestFactory
from redis.exceptions import RedisError

from config import away, embedded, postgres
from tests.config import prepared
from tests.config.processes import GOOD_KEY, closed_folder, environment, eventually, free_port, listens, running

PATIENCE = 20  # seconds; a page that waits for its database takes thirty
BACK_WITHIN = 90  # seconds, of which a busy machine needs more
PAGE = "/accounts/login/"


@dataclass
class Answer:
    """What a web server said; status 0 where it said nothing in time."""

    status: int
    text: str = ""
    retry_after: str | None = None


@dataclass
class Site:
    """A web server of one process and four threads, and the folder of its database."""

    port: int
    data: Path

    def get(self, path: str = PAGE, cookie: str = "") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers={"Cookie": cookie})
            said = connection.getresponse()
            return Answer(said.status, said.read().decode(), said.headers["Retry-After"])
        except OSError:
            return Answer(0)
        finally:
            connection.close()

    def ten_pages_and_a_probe(self) -> tuple[set[int], Answer]:
        """The answers of ten pages asked for at once, and of a liveness probe that comes after them."""
        with ThreadPoolExecutor(11) as pool:
            pages = [pool.submit(self.get) for _ in range(10)]
            probe = pool.submit(self.get, "/healthz")
            return {page.result().status for page in pages}, probe.result()

    def missing(self) -> list[str]:
        return list(json.loads(self.get("/readyz").text)["missing"])

    def is_back(self) -> bool:
        return bool(eventually(lambda: self.get().status == 200, within=BACK_WITHIN))


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    with closed_folder("data") as folder:
        prepared.fill(folder)
        yield folder
        embedded.stop(folder)


@pytest.fixture(scope="module")
def site(data, tmp_path_factory) -> Iterator[Site]:
    port, log = free_port(), tmp_path_factory.mktemp("web") / "web.log"
    env = environment(
        DATABASE_URL=embedded.database_url(data, keep=True),
        SECRET_KEY=GOOD_KEY,
        EVENHAND_DATA=str(data),
        EVENHAND_DEMO="1",
        WEB_CONCURRENCY="1",
        DATABASE_STATEMENT_SECONDS="1",
    )
    command = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "-b", f"127.0.0.1:{port}", "config.wsgi"]
    with running(*command, env=env, log=log):
        assert eventually(lambda: listens(port)), log.read_text()
        yield Site(port, data)


@contextmanager
def hanging(data: Path) -> Iterator[None]:
    """Every process of the folder's server stands still until the block ends."""
    found = postgres.recorded(data / "postgres")
    assert found
    server = psutil.Process(found.pid)
    family = [server, *server.children(recursive=True)]
    for process in family:
        process.suspend()
    try:
        yield
    finally:
        for process in family:
            process.resume()


def test_a_stopped_database_is_told_at_once_and_nobody_has_to_do_anything_when_it_is_back(site, data):
    assert site.is_back()
    embedded.stop(data)

    pages, probe = site.ten_pages_and_a_probe()
    told = site.get()
    missing = site.missing()
    embedded.database_url(data, keep=True)

    assert pages == {503}
    assert probe == Answer(200, "ok")
    assert (told.status, told.retry_after) == (503, "5")
    assert "kept in this browser" in told.text
    assert missing == ["database"]
    assert site.is_back()
    assert site.missing() == ["worker"]


def test_a_database_that_hangs_keeps_no_page_waiting_for_it(site, data):
    assert site.is_back()

    with hanging(data):
        first, first_probe = site.ten_pages_and_a_probe()
        later, later_probe = site.ten_pages_and_a_probe()
        missing = site.missing()

    assert (first, later) == ({503}, {503})
    assert first_probe == later_probe == Answer(200, "ok")
    assert missing == ["database"]
    assert site.is_back()


def test_a_server_that_was_killed_is_missed_no_longer_than_it_takes_to_start(site, data):
    assert site.is_back()
    found = postgres.recorded(data / "postgres")
    os.kill(found.pid, signal.SIGKILL)

    assert eventually(lambda: site.get().status == 503, within=BACK_WITHIN)
    embedded.database_url(data, keep=True)

    assert site.is_back()


def test_a_statement_that_takes_too_long_is_given_up(site, data):
    """As one that waits for a table that somebody else has locked."""
    assert site.is_back()
    socket = str(postgres.socket_folder(data / "postgres"))

    with psycopg.connect(host=socket, user="postgres", dbname=embedded.NAME) as somebody:
        somebody.execute("LOCK TABLE django_session IN ACCESS EXCLUSIVE MODE")
        told = site.get("/", cookie=f"sessionid={'a' * 32}")

    assert (told.status, told.retry_after) == (503, "5")
    assert site.is_back()


RAISED = [
    (OperationalError("away"), 503),
    (ConnectionRefusedError("a store of files"), 503),
    (RedisError("away"), 503),
    (PermissionError("a folder"), 500),
    (ValueError("ours"), 500),
]


@pytest.mark.parametrize(("error", "status"), RAISED)
def test_only_what_is_away_is_called_away(error, status):
    try:
        raise error
    except Exception:
        answer = away.server_error(RequestFactory().get("/"))

    assert answer.status_code == status
