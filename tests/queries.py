"""How many queries a page takes, once what is cached in the process is warm; and what the database refuses."""

from collections.abc import Callable

from django.db import DatabaseError, connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext


def refused(sql: str, *parameters: object) -> bool:
    """Whether the database itself refuses the statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, parameters)
    except DatabaseError:
        return True
    return False


def queries_of(client: Client, url: str) -> int:
    """Queries of a second look at the page; the savepoints that a test puts around a request are not counted."""
    client.get(url)
    return queries_in(lambda: client.get(url))


def queries_in(ask: Callable[[], HttpResponseBase]) -> int:
    """Queries of one request that succeeds, without savepoints."""
    with CaptureQueriesContext(connection) as seen:
        assert ask().status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in seen)
