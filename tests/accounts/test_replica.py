"""Lists on a real streaming replica: asked while it has all that is committed, else passed over without a word."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import psycopg
import pytest
import requests

from accounts.replica import ALIAS, HAS_REPLAYED, REACHED, Reading, Router, _reading
from config import embedded, postgres
from tests.bench.peer import Door, signed_in
from tests.config import prepared
from tests.config.processes import GOOD_KEY, environment, eventually, free_port, listens, open_folder, running

LISTS = [
    "/candidates/",
    "/openings/",
    "/rubrics/",
    "/people/",
    "/audit/",
    "/retention/",
    "/outbox/",
    "/waiting/underway/",
]
LISTS += ["/chase/", "/interviews/", "/search/?q=berg"]
PASSWORD = "evenhand-demo"


def asked(socket: Path, statement: str, *values: object) -> list[tuple]:
    """The rows of a statement that is committed there."""
    with psycopg.connect(host=str(socket), user="postgres", dbname=embedded.NAME, autocommit=True) as connection:
        cursor = connection.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


@dataclass
class Site:
    """A web server of one thread, its primary and the replica that it may read lists on."""

    base: str
    primary: Path
    replica_data: Path

    @property
    def replica(self) -> Path:
        return postgres.socket_folder(self.replica_data)

    def browser(self, name: str) -> requests.Session:
        return signed_in(self.base, Door(), f"{name}@example.com", PASSWORD)

    def last_asked(self) -> str:
        """The statement that the web server asked the replica last; empty where it asked none."""
        rows = asked(
            self.replica,
            "SELECT query FROM pg_stat_activity WHERE application_name LIKE 'evenhand-%%' AND pid <> pg_backend_pid() "
            "ORDER BY query_start DESC NULLS LAST LIMIT 1",
        )
        return rows[0][0] if rows else ""

    def reads_there(self, browser: requests.Session, path: str) -> bool:
        """Whether the page's rows come from the replica."""
        assert browser.get(urljoin(self.base, path), timeout=30).status_code == 200
        last = self.last_asked()
        return bool(last) and "pg_is_in_recovery" not in last


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Site]:
    with open_folder("primary") as data, open_folder("replica") as copy:
        prepared.fill(data)
        primary_url = embedded.database_url(data, keep=True)
        primary, replica_data = postgres.socket_folder(data / "postgres"), copy / "postgres"
        _copy(primary, replica_data)
        replica = postgres.start(replica_data)
        port, log = free_port(), tmp_path_factory.mktemp("web") / "web.log"
        env = environment(
            DATABASE_URL=primary_url,
            DATABASE_REPLICA_URL=f"postgresql://postgres@/{replica}/{embedded.NAME}",
            SECRET_KEY=GOOD_KEY,
            EVENHAND_DATA=str(data),
            EVENHAND_DEMO="1",
            WEB_CONCURRENCY="1",
            WEB_THREADS="1",
        )
        command = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "-b", f"127.0.0.1:{port}"]
        try:
            with running(*command, "config.wsgi", env=env, log=log):
                assert eventually(lambda: listens(port)), log.read_text()
                yield Site(f"http://127.0.0.1:{port}", primary, replica_data)
        finally:
            postgres.stop(replica_data)
            embedded.stop(data)


def _copy(primary: Path, folder: Path) -> None:
    """What `pg_basebackup` makes of a running server: one that follows it."""
    program = postgres.programs() / "pg_basebackup"
    where = ["-h", str(primary), "-U", "postgres", "-D", str(folder)]
    subprocess.run([program, *where, "-R", "-X", "stream", "-c", "fast"], check=True, env=dict(os.environ))


@pytest.fixture(scope="module")
def admin(site) -> requests.Session:
    return site.browser("admin")


@pytest.fixture(scope="module")
def recruiter(site) -> requests.Session:
    return site.browser("recruiter")


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_read_on_the_replica(site, admin, recruiter, path):
    reader = recruiter if path in {"/candidates/", "/waiting/underway/", "/chase/", "/openings/"} else admin

    assert eventually(lambda: site.reads_there(reader, path))


@pytest.fixture
def lagging(site) -> Iterator[None]:
    """A replica that has stopped to replay."""
    asked(site.replica, "SELECT pg_wal_replay_pause()")
    assert eventually(lambda: asked(site.replica, "SELECT pg_get_wal_replay_pause_state()") == [("paused",)])
    yield
    asked(site.replica, "SELECT pg_wal_replay_resume()")


def test_one_that_lags_shows_nothing_that_was_taken_away(site, recruiter, lagging):
    title = asked(site.primary, "SELECT title FROM candidates_opening")[0][0]
    before = recruiter.get(urljoin(site.base, "/openings/"), timeout=30).text
    asked(site.primary, "DELETE FROM candidates_openingmember")
    asked(site.primary, "UPDATE candidates_opening SET confidential = true")
    try:
        after = recruiter.get(urljoin(site.base, "/openings/"), timeout=30).text
    finally:
        asked(site.primary, "UPDATE candidates_opening SET confidential = false")

    assert title in before
    assert title not in after
    assert "pg_is_in_recovery" in site.last_asked()


def told_of(site: Site, admin: requests.Session) -> str:
    """What the Status page says of the replica."""
    page = admin.get(urljoin(site.base, "/status/"), timeout=30).text
    return page.partition('<th scope="row">Replica</th>')[2].partition("</tr>")[0]


def test_the_status_page_tells_how_far_it_is(site, admin, lagging):
    asked(site.primary, "CREATE TABLE written_meanwhile ()")
    while_it_lags = told_of(site, admin)
    asked(site.replica, "SELECT pg_wal_replay_resume()")

    assert " behind; its last change is " in while_it_lags
    assert eventually(lambda: "Has replayed all that was written." in told_of(site, admin))


def test_one_that_lags_hides_nothing_that_was_just_saved(site, admin, lagging):
    address = urljoin(site.base, "/people/")
    admin.get(address, timeout=30)
    sent = {"email": "new.hand@example.net", "name": "New Hand", "csrfmiddlewaretoken": admin.cookies["csrftoken"]}

    answer = admin.post(address, sent, headers={"Referer": address}, timeout=30)

    assert (answer.status_code, answer.request.method) == (200, "GET")
    assert "New Hand" in answer.text


def test_it_is_read_again_once_it_has_caught_up(site, recruiter):
    assert eventually(lambda: site.reads_there(recruiter, "/openings/"))


def test_one_that_is_away_is_passed_over_told_and_found_again(site, recruiter, admin):
    postgres.stop(site.replica_data)
    try:
        answers = [recruiter.get(urljoin(site.base, "/candidates/"), timeout=30).status_code for _ in range(5)]
        told = told_of(site, admin)
    finally:
        postgres.start(site.replica_data)

    assert answers == [200] * 5
    assert "The replica does not answer (OperationalError)." in told
    assert eventually(lambda: site.reads_there(recruiter, "/candidates/"))


def test_a_page_in_whose_middle_it_ends_the_session_is_answered_all_the_same(site, recruiter):
    assert eventually(lambda: site.reads_there(recruiter, "/candidates/"))
    over = threading.Event()

    def end_sessions() -> None:
        statement = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%candidates_application%'"
        where = {"host": str(site.replica), "user": "postgres", "dbname": "postgres"}
        with psycopg.connect(**where, autocommit=True) as connection:
            while not over.is_set():
                connection.execute(f"{statement} AND pid <> pg_backend_pid()")

    ending = threading.Thread(target=end_sessions)
    ending.start()
    try:
        answers = [recruiter.get(urljoin(site.base, path), timeout=30).status_code for path in ["/candidates/"] * 6]
    finally:
        over.set()
        ending.join()

    assert answers == [200] * 6


def test_after_a_failover_what_follows_the_old_primary_is_not_asked(site):
    with open_folder("successor") as folder:
        _copy(site.primary, folder / "postgres")
        successor = postgres.start(folder / "postgres")
        try:
            asked(successor, "SELECT pg_promote()")
            [(position, system, timeline)] = asked(successor, REACHED)
        finally:
            postgres.stop(folder / "postgres")
    asked(site.primary, "SELECT pg_switch_wal()")
    asked(site.primary, "CREATE TABLE written_by_the_old_primary ()")
    ahead = "SELECT pg_last_wal_replay_lsn() > %s::pg_lsn"
    assert eventually(lambda: asked(site.replica, ahead, position) == [(True,)])

    assert asked(site.replica, HAS_REPLAYED, system, position, timeline) == [(False,)]
    assert asked(site.replica, HAS_REPLAYED, system, position, "00000001") == [(True,)]


def test_after_a_write_the_primary_is_read():
    token = _reading.set(Reading())
    try:
        before = Router().db_for_read(Reading)
        written = Router().db_for_write(Reading)
        after = Router().db_for_read(Reading)
    finally:
        _reading.reset(token)

    assert (before, written, after) == (ALIAS, "default", "default")


def test_outside_such_a_page_the_primary_is_read():
    assert Router().db_for_read(Reading) == "default"
