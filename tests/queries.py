"""How many queries a page takes, once what is cached in the process is warm; and what the database refuses."""

import html
import re
from collections import Counter
from collections.abc import Callable

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg.errors import SyntaxError, UndefinedColumn, UndefinedTable


def refused(sql: str, *parameters: object) -> bool:
    """Whether the database itself refuses the statement. One that names what there is not is a slip of the test."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, parameters)
    except DatabaseError as error:
        if isinstance(error.__cause__, UndefinedTable | UndefinedColumn | SyntaxError):
            raise
        return True
    return False


def saved(row: Model) -> bool:
    """Whether the database takes the row as it is."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return False
    return True


def queries_of(client: Client, url: str) -> int:
    """Queries of a second look at the page; the savepoints that a test puts around a request are not counted."""
    client.get(url)
    return queries_in(lambda: client.get(url))


def queries_in(ask: Callable[[], HttpResponseBase]) -> int:
    """Queries of one request that succeeds, without savepoints."""
    return len(asked_in(ask)[0])


def asked_in(ask: Callable[[], HttpResponseBase]) -> tuple[list[str], str]:
    """The statements of one request that succeeds, without savepoints, and the text that it answers."""
    with CaptureQueriesContext(connection) as seen:
        response = ask()
        assert response.status_code == 200
        text = html.unescape(response.getvalue().decode())
    return [query["sql"] for query in seen if "SAVEPOINT" not in query["sql"]], text


def same_queries(client: Client, url: str, more: Callable[[], str]) -> int:
    """How many queries the page takes, which must be as many with one of its rows as with three.

    `more` makes one more row and returns words that the page then shows of it, so that a row which the page leaves out
    proves nothing. Whatever else the world holds is there both times.
    """
    client.get(url)  # from here on what the test writes is written by somebody, as it is outside of a test
    words = [more()]
    client.get(url)
    few, _ = asked_in(lambda: client.get(url))
    words += [more(), more()]
    client.get(url)
    many, text = asked_in(lambda: client.get(url))

    unseen = [word for word in words if word not in text]
    assert not unseen, f"{url} does not show {unseen}"
    added = Counter(map(_shape, many)) - Counter(map(_shape, few))
    assert len(many) == len(few), f"{url} asks {len(few)} times for one, {len(many)} times for three: {added}"
    return len(few)


def _shape(sql: str) -> str:
    """The statement without its numbers, so that two of a kind are alike."""
    return re.sub(r"[0-9a-f-]{36}|\d+", "N", re.sub(r"IN \([^()]*\)", "IN (…)", sql))
