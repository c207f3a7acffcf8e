"""What a database holds, so that a backup and what is restored from it can be compared:
rows and fingerprint of each table, the files that rows name, migrations, the trail's
last hash."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from operations.archive import TableState

# How values are written as text, so that equal rows have equal fingerprints everywhere.
AS_TEXT = """
    SET search_path = ''; SET timezone = 'UTC'; SET datestyle = 'ISO, MDY'; SET intervalstyle = 'postgres';
    SET extra_float_digits = 1; SET bytea_output = 'hex';
"""
TABLES = """
    SELECT relname FROM pg_catalog.pg_class
     WHERE relnamespace = 'public'::pg_catalog.regnamespace AND relkind IN ('r', 'p') ORDER BY relname
"""
# What migrations fill, and what a server that nobody has used yet writes of itself.
FILLED_BY_ITSELF = ("django_", "auth_permission", "operations_", "packets_workerheartbeat", "audit_", "pghistory_")

Session = psycopg.Connection[Any]


@contextmanager
def own_session() -> Iterator[Session]:
    """A connection of its own beside Django's, outside every pool, without a time limit
    for statements."""
    copied = connection.copy()
    options = {name: value for name, value in copied.settings_dict["OPTIONS"].items() if name != "pool"}
    copied.settings_dict = {**copied.settings_dict, "OPTIONS": options}
    copied.ensure_connection()
    session: Session = copied.connection
    session.autocommit = True
    session.execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0")
    try:
        yield session
    finally:
        copied.close()


def tables(session: Session) -> list[str]:
    return [name for (name,) in session.execute(TABLES)]


def state_query(names: Iterable[str]) -> sql.Composed:
    """A row for each table: its name, its rows, its fingerprint. The session has to
    write texts by AS_TEXT."""
    one = sql.SQL(
        "SELECT {label}, count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text "
        "FROM ONLY public.{table} t"
    )
    parts = [one.format(label=sql.Literal(name), table=sql.Identifier(name)) for name in names]
    return sql.SQL(" UNION ALL ").join(parts)


def table_states(session: Session) -> dict[str, TableState]:
    names = tables(session)
    if not names:
        return {}
    return {name: TableState(rows, fingerprint) for name, rows, fingerprint in session.execute(state_query(names))}


def occupied(session: Session) -> list[str]:
    """Tables with rows that somebody entered; none in an installation that is empty."""
    found = []
    for name in tables(session):
        if name.startswith(FILLED_BY_ITSELF):
            continue
        asked = sql.SQL("SELECT EXISTS (SELECT FROM public.{})").format(sql.Identifier(name))
        row = session.execute(asked).fetchone()
        if row and row[0]:
            found.append(name)
    return found


# --- files -------------------------------------------------------------------
def file_fields() -> list[models.FileField]:
    """Every column that names a file of the storage."""
    return [
        field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, models.FileField)
    ]


def named_files(session: Session) -> list[str]:
    """The names of all files that rows point to, each once."""
    found: set[str] = set()
    for field in file_fields():
        column, table = sql.Identifier(field.column or ""), sql.Identifier(field.model._meta.db_table)
        asked = sql.SQL("SELECT {column} FROM public.{table} WHERE {column} <> ''").format(column=column, table=table)
        found.update(name for (name,) in session.execute(asked))
    return sorted(found)


# --- migrations --------------------------------------------------------------
def applied_migrations(session: Session) -> list[str]:
    """As `app.name`."""
    return [name for (name,) in session.execute("SELECT app || '.' || name FROM public.django_migrations ORDER BY 1")]


def known_migrations() -> set[str]:
    """Those that this Evenhand has, and those that have become one of them, as
    `app.name`."""
    known: set[tuple[str, str]] = set()
    for key, migration in (MigrationLoader(None).disk_migrations or {}).items():
        known.update([key, *migration.replaces])
    return {f"{app}.{name}" for app, name in known}


def audit_head(session: Session) -> str:
    """The last hash of the trail; empty where it has none."""
    row = session.execute("SELECT hash FROM public.audit_link ORDER BY position DESC LIMIT 1").fetchone()
    return str(row[0]) if row else ""
