"""A database is refused whose migrations no longer exist, so that nothing carries it
over: one of version 0.2.0 or earlier, and one that stands between migrations that have
become one since."""

from collections.abc import Collection

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

GONE = ("scorecards", "0002_meetings_and_amendments")  # in every database of 0.2.0


def refuse_earlier_database(*, using: str) -> None:
    """Before anything is migrated. Raises ImproperlyConfigured."""
    applied = MigrationRecorder(connections[using]).applied_migrations()
    if GONE in applied or _stands_between(applied):
        raise ImproperlyConfigured(
            "this database was made by Evenhand 0.2.0 or earlier, or by a state of its development, whose migrations no"
            " longer exist, so that nothing in it can be carried over. Choose a new data folder (EVENHAND_DATA=FOLDER),"
            f" or delete the old one ({settings.DATA_DIR}); where DATABASE_URL names a server, give it an empty"
            " database."
        )


def _stands_between(applied: Collection[tuple[str, str]]) -> bool:
    """Whether it has some of the migrations that have become one, and not all."""
    for migration in (MigrationLoader(None).disk_migrations or {}).values():
        missing = [replaced for replaced in migration.replaces if replaced not in applied]
        if missing and len(missing) < len(migration.replaces):
            return True
    return False
