"""How many queries a page takes, once what is cached in the process is warm."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(client: Client, url: str) -> int:
    """Queries of a second look at the page; the savepoints that a test puts around a request are not counted."""
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in seen)
