"""One row for each periodic task, one for each day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from operations import runs
from operations.models import DatabaseSample, TaskRun

pytestmark = pytest.mark.django_db


def test_a_run_that_ends_well_forgets_the_failure_before():
    runs.note_run("a.task", seconds=0.25, error="OSError")
    failed = TaskRun.objects.get()
    assert (failed.error, failed.failed_at is None, failed.finished_at) == ("OSError", False, None)

    runs.note_run("a.task", seconds=0.5)

    well = TaskRun.objects.get()
    assert (well.error, well.failed_at, well.seconds) == ("", None, 0.5)
    assert well.finished_at is not None


def test_a_failure_keeps_when_it_last_ended_well():
    runs.note_run("a.task", seconds=0.5)
    ended = TaskRun.objects.get().finished_at

    runs.note_run("a.task", seconds=0.5, error="OSError")

    assert TaskRun.objects.get().finished_at == ended


def test_what_is_known_already_is_known_since_then():
    runs.note_known(["a.task"])
    since = TaskRun.objects.get().known_since

    runs.note_known(["a.task", "another.task"])
    runs.note_sent("a.task")

    assert TaskRun.objects.count() == 2
    assert TaskRun.objects.get(name="a.task").known_since == since
    assert TaskRun.objects.get(name="a.task").sent_at is not None


def test_a_day_has_one_sample_and_old_ones_go():
    today = timezone.now().date()
    for days in (401, 399):
        DatabaseSample.objects.create(day=today - timedelta(days=days), size=1)

    runs.sample_database()
    runs.sample_database()

    assert [row.day for row in DatabaseSample.objects.all()] == [today - timedelta(days=399), today]
    assert DatabaseSample.objects.last().size > 1_000_000


def test_each_task_of_the_schedule_has_a_time_after_which_it_is_late():
    late = runs.periodic_tasks()

    assert late["packets.worker_heartbeat"] == 90
    assert late["privacy.retention"] == 26 * 3600
    assert all(seconds >= 60 for seconds in late.values())
