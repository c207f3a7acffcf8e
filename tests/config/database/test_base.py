"""The web server's connections: kept while they are good, replaced when they are lost, given up in time."""

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.db import OperationalError, connection

from accounts.gate import Gate
from config.database import base


@pytest.fixture(autouse=True)
def _open_gate(monkeypatch):
    monkeypatch.setitem(base._gates, "default", Gate(pause=60))


@pytest.fixture
def own(transactional_db) -> Iterator[base.DatabaseWrapper]:
    """A wrapper of its own on the test's database."""
    wrapper = base.DatabaseWrapper(connection.settings_dict | {"CONN_HEALTH_CHECKS": True}, "default")
    wrapper.inc_thread_sharing()
    yield wrapper
    wrapper.close()


def number_of(wrapper: base.DatabaseWrapper) -> int:
    """The server's number for this connection."""
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def next_request(wrapper: base.DatabaseWrapper) -> None:
    wrapper.health_check_done = False


def test_a_good_connection_is_kept_from_request_to_request(own):
    first = number_of(own)
    next_request(own)

    assert number_of(own) == first


def test_a_connection_that_the_server_ended_is_replaced(own):
    first = number_of(own)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    next_request(own)

    assert number_of(own) != first


def test_plans_are_kept_where_postgresql_itself_answers(own):
    own.ensure_connection()

    assert own.keeps_plans


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that takes connections and never says a word."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()[1]


def test_a_server_that_never_answers_keeps_the_first_waiting_and_nobody_after_them(own, silent):
    own.settings_dict = own.settings_dict | {"HOST": "127.0.0.1", "PORT": str(silent)}
    own.settings_dict["OPTIONS"] = own.settings_dict["OPTIONS"] | {"connect_timeout": 2}

    told = []
    for _ in range(2):
        with pytest.raises(OperationalError) as caught:
            own.ensure_connection()
        told.append(str(caught.value))

    assert "timeout" in told[0]
    assert told[1] == "the database did not answer a moment ago"
