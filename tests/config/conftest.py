"""A real Redis, and the address under which other processes reach the test's database."""

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.config.processes import connected_database, environment, eventually, free_port, listens, running


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server that EVENHAND_TEST_REDIS_URL names, else one started for this session.

    Processes that share a server have three databases each, or one test's worker would take another's messages.
    """
    given = os.environ.get("EVENHAND_TEST_REDIS_URL")
    if given:
        process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
        yield beside(given, 3 * process)
        return
    program = shutil.which("redis-server")
    assert program, "redis-server is needed: bin/setup test"
    folder, port = tmp_path_factory.mktemp("redis"), free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with running(program, *options, env=environment(), log=folder / "redis.log"):
        assert eventually(lambda: listens(port), within=90), (folder / "redis.log").read_text()
        yield f"redis://127.0.0.1:{port}/0"


def beside(url: str, number: int) -> str:
    """The address of a Redis database so many behind that one, of the same server."""
    server, _, database = url.rpartition("/")
    return f"{server}/{int(database) + number}"


@pytest.fixture
def database_address(transactional_db) -> str:
    """The test database as a DATABASE_URL; what the test stores is committed, so that others see it."""
    return connected_database()
