"""Statements that PostgreSQL plans once for each lasting connection.

Planning what a reader may see takes PostgreSQL many times as long as answering. A web
server's threads keep their connections, so each statement is prepared there when it is
first asked, and its plan is kept by PostgreSQL, which plans anew where tables or their
statistics change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import ClientCursor
from psycopg.adapt import Dumper

TYPES: dict[type, str] = {int: "bigint", str: "text", datetime: "timestamptz"}
MOST = 48  # statements that one connection keeps: each takes PostgreSQL about three quarters of a megabyte
_names = count(1)


@dataclass(frozen=True, eq=False)  # two of the same words may differ in a parameter that is no value
class Statement:
    """Compiled SQL with its parameters; `slots` has for each place of them that takes a
    value that value's number."""

    sql: str
    params: tuple[object, ...]
    slots: dict[int, int]

    @property
    def numbers(self) -> list[int]:
        return sorted(set(self.slots.values()))

    def filled(self, values: Sequence[object] | Mapping[int, object]) -> tuple[str, tuple[object, ...]]:
        """The SQL and its parameters with these values at their places."""
        slots = self.slots
        return self.sql, tuple(
            values[slots[place]] if place in slots else given for place, given in enumerate(self.params)
        )


_by_connection: WeakKeyDictionary[Any, dict[Statement, str]] = WeakKeyDictionary()


class _Place(int):
    """Where the statement takes the value of this number, from 1."""


class _PlaceDumper(Dumper):
    def dump(self, obj: _Place) -> bytes:
        return b"$%d" % obj

    quote = dump


def prepared(
    database: BaseDatabaseWrapper, statement: Statement, values: Sequence[object]
) -> tuple[str, tuple[object, ...]]:
    """What the database is asked, with its parameters: the statement itself where
    nothing is prepared."""
    if not getattr(database, "keeps_plans", False) or any(map(_too_large, values)):
        return statement.filled(values)
    database.close_if_health_check_failed()  # before a lost one is taken for one that has prepared something
    database.ensure_connection()
    known = _by_connection.setdefault(database.connection, {})
    if statement not in known:
        if len(known) >= MOST:
            return statement.filled(values)
        known[statement] = _prepare(database, statement, values)
    asked = tuple(values[number] for number in statement.numbers)
    given = f" ({', '.join(['%s'] * len(asked))})" if asked else ""
    return f"EXECUTE {known[statement]}{given}", asked


def _too_large(value: object) -> bool:
    """Whether it is a number that no key can be, as an address may have one: no
    statement takes it."""
    return isinstance(value, int) and not -(2**63) <= value < 2**63


def forget(database: BaseDatabaseWrapper) -> None:
    """Prepare anew what the connection is asked next: a statement failed there, perhaps
    since a column has another type now than when it was prepared."""
    if database.connection is not None:
        _by_connection.pop(database.connection, None)


def _prepare(database: BaseDatabaseWrapper, statement: Statement, values: Sequence[object]) -> str:
    name = f"evenhand_{next(_names)}"
    numbers = statement.numbers
    types = f" ({', '.join(TYPES[type(values[number])] for number in numbers)})" if numbers else ""
    places = {number: _Place(place) for place, number in enumerate(numbers, start=1)}
    sql, params = statement.filled(places)
    with database.wrap_database_errors, ClientCursor(database.connection) as cursor:
        cursor.adapters.register_dumper(_Place, _PlaceDumper)
        cursor.execute(f"PREPARE {name}{types} AS {sql}", params or None)
    return name
