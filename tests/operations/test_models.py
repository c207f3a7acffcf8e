"""What is remembered of how the installation runs reads as what it is."""

from datetime import UTC, date, datetime

from operations.models import Backup, DatabaseSample, TaskRun


def test_rows_say_what_they_are():
    made = Backup(pk=3, made_at=datetime(2026, 1, 2, tzinfo=UTC))

    assert str(made) == "backup 3 (2026-01-02)"
    assert str(DatabaseSample(day=date(2026, 1, 2), size=17)) == "2026-01-02: 17"
    assert str(TaskRun(name="packets.sweep")) == "packets.sweep"
