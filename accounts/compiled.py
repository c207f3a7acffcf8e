"""Queries that are put together and compiled once in a process, then asked with other values.

Putting together what a reader may see, and compiling it, takes Django several times as
long as PostgreSQL takes to answer. The SQL depends only on the reader's roles; who
they are is a parameter. So the query is built for two stand-ins of the same roles. Both
have to give the same SQL, and whatever differs in its parameters has to be a stand-in's
own value: that is where the real one goes. Nothing of who may see what is said anew here.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial, update_wrapper
from typing import Any, Generic, NoReturn, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.query import ModelIterable, ValuesListIterable, get_related_populators
from django.utils import timezone

from accounts.models import User
from accounts.prepared import Statement, forget, prepared

Row = TypeVar("Row")
Value = int | str | datetime
ROLES = ("is_active", "is_administrator", "is_recruiter", "is_hiring_manager", "is_guest")
OWN = ("pk", "email", "name")  # what a query may ask of a reader besides their roles
NUMBERS = (4_123_456_789_012_345_678, 5_098_765_432_109_876_543)
APART = 1_000_003  # so that a value that was reckoned with is no other argument's
MOMENTS = (datetime(3001, 1, 1, tzinfo=UTC), datetime(3002, 1, 1, tzinfo=UTC))


class NotCompilable(TypeError):
    """The query cannot be kept: what it looks like depends on more than its readers' roles."""


@dataclass(frozen=True)
class _Kept:
    """A compiled query."""

    rows: Any  # a query set, whose inner parts no stubs know
    compiler: Any
    converters: Any  # what Django makes of the columns' values
    statement: Statement
    # Of rows that come along, by database.
    populators: dict[str, list[Any]] = field(default_factory=dict)

    @cached_property
    def has_objects(self) -> bool:
        """Whether each row is an object of a model, with nothing to be read for it
        afterwards."""
        rows = self.rows
        of_a_model = rows._iterable_class is ModelIterable
        is_all = not rows._prefetch_related_lookups and not self.compiler.has_extra_select
        return of_a_model and is_all

    @cached_property
    def has_tuples(self) -> bool:
        """Whether each row is its columns as they are."""
        of_columns = self.rows._iterable_class is ValuesListIterable
        return of_columns and not self.compiler.has_extra_select


class Compiled(Generic[Row]):
    """A function from readers, numbers, texts and moments to a query set, which answers with its rows.

    The function may look at its readers' roles, and hand on everything else only as it
    was given: it may not reckon with it, and asks the database nothing. Raises
    NotCompilable where it does. Neither may it depend on settings, which are read once.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self.build = build
        self._kept: dict[tuple[object, ...], _Kept | None] = {}
        update_wrapper(self, build)
        COMPILED.append(self)

    def __call__(self, *arguments: User | Value) -> list[Row]:
        """The rows that the function's query set has for these arguments."""
        key = (timezone.get_current_timezone_name(), *map(_shape, arguments))
        if key not in self._kept:
            self._kept[key] = _compile(self.build, arguments)
        kept = self._kept[key]
        return [] if kept is None else _asked(kept, _values(arguments))

    def any(self, *arguments: User | Value) -> bool:
        """Whether there is any row."""
        return bool(self(*arguments))

    def first(self, *arguments: User | Value) -> Row | None:
        """The first of the rows; the function itself says how many are read."""
        rows = self(*arguments)
        return rows[0] if rows else None


COMPILED: list[Compiled[Any]] = []


def compiled(build: Callable[..., QuerySet[Any, Row]]) -> Compiled[Row]:
    return Compiled(build)


def among(rows: Callable[[User], QuerySet[Any]]) -> Compiled[tuple[object]]:
    """Whether somebody's rows have one of this key: ask it with `any(user, pk)`."""
    return compiled(lambda user, pk: rows(user).filter(pk=pk).order_by().values_list("pk"))


def _shape(argument: User | Value) -> object:
    """What the SQL depends on: a reader's roles, of anything else its kind."""
    if not isinstance(argument, User):
        return type(argument)
    return tuple(getattr(argument, role) for role in ROLES)


def _values(arguments: Sequence[User | Value]) -> list[object]:
    values: list[object] = []
    for argument in arguments:
        if isinstance(argument, User):
            values += [getattr(argument, name) for name in OWN]
        else:
            values.append(argument)
    return values


# --- compiling ---------------------------------------------------------------
def _compile(build: Callable[..., QuerySet[Any]], arguments: Sequence[User | Value]) -> _Kept | None:
    """None where the query has no rows for whoever has these roles."""
    one = [_stand_in(argument, 0, number) for number, argument in enumerate(arguments)]
    other = [_stand_in(argument, 1, number) for number, argument in enumerate(arguments)]
    with connections[DEFAULT_DB_ALIAS].execute_wrapper(_refuse):
        rows: Any = build(*one)
        rows_of_other = build(*other)
    by_name = all(isinstance(way, str) for way in rows._prefetch_related_lookups)
    if rows._known_related_objects or not by_name:
        raise NotCompilable("its rows would come with what belongs to a stand-in")
    compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
    try:
        sql, params = compiler.as_sql()
        other_sql, other_params = rows_of_other.query.get_compiler(using=DEFAULT_DB_ALIAS).as_sql()
    except EmptyResultSet:
        return None
    if sql != other_sql:
        raise NotCompilable("its SQL depends on a value")
    pairs = list(zip(params, other_params, strict=True))
    values = list(zip(_values(one), _values(other), strict=True))
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    return _Kept(
        rows, compiler, compiler.get_converters(columns), Statement(sql, tuple(params), dict(_slots(pairs, values)))
    )


def _slots(params: list[tuple[object, object]], values: list[tuple[object, object]]) -> list[tuple[int, int]]:
    slots = []
    for place, (one, other) in enumerate(params):
        if one == other:
            continue
        if (one, other) not in values:
            raise NotCompilable(f"a value was reckoned with before the database got it: {one!r}")
        slots.append((place, values.index((one, other))))
    return slots


def _stand_in(argument: User | Value, which: int, number: int) -> User | Value:
    """Somebody or something of the same shape that no row has; in mixed case, so that a change of it shows."""
    if isinstance(argument, User):
        roles = {role: getattr(argument, role) for role in ROLES}
        called = f"Stand-In {which} {number}"
        return User(pk=NUMBERS[which] + APART * number, email=f"{called} Email", name=f"{called} Name", **roles)
    if type(argument) is int:
        return NUMBERS[which] + APART * number
    if type(argument) is str:
        return f"Stand-In {which} {number}"
    if type(argument) is datetime:
        return MOMENTS[which] + timedelta(days=number)
    raise NotCompilable(f"{type(argument).__name__} is none of reader, number, text and moment")


def _refuse(*_: object) -> NoReturn:
    raise NotCompilable("the database was asked while the query was put together")


# --- asking ------------------------------------------------------------------
def _asked(kept: _Kept, values: Sequence[object]) -> list[Any]:
    """The rows, made by Django as it makes all others."""
    database = connections[kept.rows.db]
    try:
        if kept.has_objects:
            return _objects(kept, database, _read(kept, database, values))
        if kept.has_tuples:
            return [tuple(row) for row in _read(kept, database, values)]
        return _as_query_set(kept, database, values)
    except DatabaseError:
        forget(database)
        raise


def _read(kept: _Kept, database: BaseDatabaseWrapper, values: Sequence[object]) -> list[list[Any]]:
    """The columns' values of each row, as Django converts them."""
    with database.cursor() as cursor:
        sql, given = prepared(database, kept.statement, values)
        cursor.execute(sql, given)  # type: ignore[arg-type]  # what a dumper is registered for, a parameter may be
        found = [list(row) for row in cursor.fetchall()]
    for place, (converters, column) in kept.converters.items():
        for row in found:
            for convert in converters:
                row[place] = convert(row[place], column, database)
    return found


def _objects(kept: _Kept, database: BaseDatabaseWrapper, found: list[list[Any]]) -> list[Any]:
    """What `ModelIterable` makes of the rows, without working out anew how."""
    compiler, alias = kept.compiler, database.alias
    if alias not in kept.populators:
        populators: Any = get_related_populators  # the stubs are of another version of Django
        kept.populators[alias] = populators(compiler.klass_info, compiler.select, alias)
    model, places = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    own = slice(places[0], places[-1] + 1)
    names = [column.target.attname for column, *_ in compiler.select[own]]
    annotated = (compiler.annotation_col_map or {}).items()
    objects = []
    for row in found:
        made = model.from_db(alias, names, row[own])
        for populator in kept.populators[alias]:
            populator.populate(row, made)
        for name, place in annotated:
            setattr(made, name, row[place])
        objects.append(made)
    return objects


def _as_query_set(kept: _Kept, database: BaseDatabaseWrapper, values: Sequence[object]) -> list[Any]:
    """The same by the query set itself, whatever its rows are."""
    query, compiler = copy(kept.rows.query), copy(kept.compiler)
    rows: Any = QuerySet(kept.rows.model, query=query)
    compiler.query, compiler.connection = query, database
    compiler.as_sql = partial(prepared, database, kept.statement, values)
    compiler.get_converters = lambda _: kept.converters
    query.get_compiler = lambda *_, **__: compiler  # of this copy alone
    rows._iterable_class = kept.rows._iterable_class
    rows._fields = kept.rows._fields
    rows._prefetch_related_lookups = kept.rows._prefetch_related_lookups
    return list(rows)
