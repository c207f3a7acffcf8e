"""A database of an early version: migrating says what it is and what to do, and changes nothing."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

# The squashed migration stands for these in a room: with all of them it counts as applied, with some it cannot be.
REPLACED = ["0001_initial", "0002_earlier_addresses", "0003_saved_views"]
SQUASHED = "0001_squashed_0003_saved_views"


def test_a_database_of_an_early_version_is_refused(db, settings):
    MigrationRecorder(connection).record_applied("scorecards", "0002_meetings_and_amendments")

    with pytest.raises(ImproperlyConfigured) as refused:
        call_command("migrate", verbosity=0)

    assert "made by Evenhand 0.2.0 or earlier" in str(refused.value)
    assert "EVENHAND_DATA" in str(refused.value)
    assert str(settings.DATA_DIR) in str(refused.value)


@pytest.mark.parametrize("lacking", [REPLACED[:1], REPLACED[1:], REPLACED[2:]], ids=str)
def test_a_database_between_migrations_that_have_become_one_is_refused(db, lacking):
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(app="accounts", name__in=[*lacking, SQUASHED]).delete()
    before = recorder.applied_migrations()

    with pytest.raises(ImproperlyConfigured, match="or by a state of its development"):
        call_command("migrate", verbosity=0)

    assert recorder.applied_migrations() == before


def test_a_database_with_all_that_have_become_one_is_taken_over(db):
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("accounts", SQUASHED)

    call_command("migrate", verbosity=0)

    assert ("accounts", SQUASHED) in recorder.applied_migrations()


def test_any_other_is_migrated(db):
    call_command("migrate", verbosity=0)
