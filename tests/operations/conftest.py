"""A second database, empty at first, and a way to work in it for real: what is done there is committed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from operations.backup import make_backup
from tests.conftest import connected_to


def another_session() -> psycopg.Connection[Any]:
    """Somebody else on the same database, each of whose statements is committed."""
    held = connection.settings_dict
    where = {"host": held["HOST"], "port": str(held["PORT"] or "") or None, "dbname": held["NAME"]}
    return psycopg.connect(**where, user=held["USER"], password=held["PASSWORD"] or None, autocommit=True)


@contextmanager
def fresh_database(name: str) -> Iterator[BaseDatabaseWrapper]:
    """A connection to a database without any table, which is dropped at the end."""
    fresh = connection.copy()
    fresh.settings_dict["NAME"] = f"evenhand_{name}_{os.getpid()}"
    drop = f'DROP DATABASE IF EXISTS "{fresh.settings_dict["NAME"]}" WITH (FORCE)'
    with connection._nodb_cursor() as cursor:
        cursor.execute(drop)
        cursor.execute(f'CREATE DATABASE "{fresh.settings_dict["NAME"]}"')
    try:
        yield fresh
    finally:
        fresh.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(drop)


@pytest.fixture
def backup_of_nothing(db, tmp_path) -> Path:
    """Of the migrated test database, which holds no row of anybody."""
    path = tmp_path / "empty.backup"
    make_backup(path)
    return path


@pytest.fixture
def second_database(db) -> Iterator[BaseDatabaseWrapper]:
    """Everything that asks the database asks this one until the test ends."""
    with fresh_database("second") as fresh, connected_to(fresh):
        yield fresh
