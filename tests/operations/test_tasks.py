"""Beat and worker tell of periodic tasks and of no others."""

import pytest
from celery.signals import after_task_publish, beat_init

from config.celery import app
from operations import tasks
from operations.models import DatabaseSample, TaskRun


@pytest.fixture(autouse=True)
def _as_before(monkeypatch):
    monkeypatch.setattr(tasks, "_beats", False)


@pytest.mark.django_db
def test_a_periodic_task_leaves_when_it_ended_and_how_long_it_took():
    tasks.sample_database.apply()

    run = TaskRun.objects.get()
    assert run.name == "operations.sample_database"
    assert run.finished_at is not None
    assert run.seconds >= 0
    assert DatabaseSample.objects.count() == 1
    assert tasks._began == {}


@pytest.mark.django_db
def test_one_that_fails_leaves_the_kind_of_its_failure(monkeypatch):
    monkeypatch.setattr(tasks.runs, "sample_database", lambda: 1 / 0)

    tasks.sample_database.apply()

    assert TaskRun.objects.get().error == "ZeroDivisionError"


@pytest.mark.django_db
def test_other_tasks_leave_nothing():
    @app.task(name="tests.other")
    def other() -> None:
        """Nothing."""

    other.apply()

    assert not TaskRun.objects.exists()


@pytest.mark.django_db
def test_beat_says_what_it_will_start_and_what_it_started():
    after_task_publish.send(sender="packets.sweep")
    assert not TaskRun.objects.exists()  # sent by somebody else

    beat_init.send(sender=None)
    after_task_publish.send(sender="packets.sweep")
    after_task_publish.send(sender="packets.build")

    rows = {run.name: run.sent_at is not None for run in TaskRun.objects.all()}
    assert rows.pop("packets.sweep") is True
    assert "packets.build" not in rows
    assert len(rows) >= 5
    assert not any(rows.values())
