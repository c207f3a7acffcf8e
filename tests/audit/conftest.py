"""What several tests of the trail need: registries of their own, and the moment of a commit."""

import pytest
from django.db import connection

from audit import models
from audit.handed_in import Hiding


@pytest.fixture
def no_apps(monkeypatch):
    """The trail as if no app had told it what people are called, or what is hidden."""
    monkeypatch.setattr(models, "_namers", [])
    monkeypatch.setattr(models, "_hidden", Hiding())


@pytest.fixture
def link_events(db):
    """Links what was recorded so far, as the commit of a transaction does."""

    def commit() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    return commit
