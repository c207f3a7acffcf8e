"""A database of an early version: migrating says what it is and what to do, and changes nothing."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


def test_a_database_of_an_early_version_is_refused(db, settings):
    MigrationRecorder(connection).record_applied("scorecards", "0002_meetings_and_amendments")

    with pytest.raises(ImproperlyConfigured) as refused:
        call_command("migrate", verbosity=0)

    assert "made by Evenhand 0.2.0 or earlier" in str(refused.value)
    assert "EVENHAND_DATA" in str(refused.value)
    assert str(settings.DATA_DIR) in str(refused.value)


def test_any_other_is_migrated(db):
    call_command("migrate", verbosity=0)
