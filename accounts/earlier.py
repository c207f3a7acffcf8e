"""A database of version 0.2.0 or earlier is refused: its migrations no longer exist, so
nothing carries it over."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

GONE = ("scorecards", "0002_meetings_and_amendments")  # in every such database


def refuse_earlier_database(*, using: str, **kwargs: Any) -> None:
    """Before anything is migrated. Raises ImproperlyConfigured."""
    if GONE in MigrationRecorder(connections[using]).applied_migrations():
        raise ImproperlyConfigured(
            "this database was made by Evenhand 0.2.0 or earlier, whose migrations no longer exist, so that nothing in"
            " it can be carried over. Choose a new data folder (EVENHAND_DATA=FOLDER), or delete the old one"
            f" ({settings.DATA_DIR}); where DATABASE_URL names a server, give it an empty database."
        )
