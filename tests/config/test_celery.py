"""The application: what a task changes is kept under its name, and a render has an end to its memory."""

import resource

import pytest
from django.apps import apps

from config.celery import EARLIER_NAMES, TrackedTask, app, limit_memory
from packets import batches, life
from scorecards import drafts
from scorecards.models import Scorecard


def test_what_a_task_changes_is_kept_under_its_name(two_panelists):
    card = drafts.open_scorecard(two_panelists[1])

    @app.task(name="tests.writes", base=TrackedTask)
    def writes() -> None:
        Scorecard.objects.filter(pk=card.pk).update(summary="by a task")

    writes()

    kept = apps.get_model("scorecards", "ScorecardChange").objects.filter(pgh_obj=card).order_by("pgh_id")
    assert kept.last().pgh_context == {"task": "tests.writes"}


@pytest.fixture
def _memory_as_before():
    before = resource.getrlimit(resource.RLIMIT_DATA)
    yield
    resource.setrlimit(resource.RLIMIT_DATA, before)


@pytest.mark.usefixtures("_memory_as_before")
@pytest.mark.parametrize("megabytes", [0, 20_000])
def test_a_worker_may_use_so_much_memory_and_0_is_no_limit(settings, megabytes):
    settings.PACKET_MEMORY_MB = megabytes
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)

    limit_memory()

    assert resource.getrlimit(resource.RLIMIT_DATA) == (megabytes * 1024 * 1024 or soft, hard)


def test_every_task_that_beat_wakes_is_known_to_the_worker():
    app.loader.import_default_modules()
    woken = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert woken <= set(app.tasks)
    assert set(app.conf.task_routes) == {life.BUILD_TASK, batches.ITEM_TASK, batches.ASSEMBLE_TASK} <= set(app.tasks)
    assert all(isinstance(app.tasks[name], TrackedTask) for name in woken)


@pytest.mark.parametrize("earlier", EARLIER_NAMES)
def test_what_the_version_before_queued_is_still_run(earlier):
    app.loader.import_default_modules()

    assert app.tasks[earlier].run is app.tasks[EARLIER_NAMES[earlier]].run


def test_nothing_is_sent_under_an_earlier_name():
    sent = {entry["task"] for entry in app.conf.beat_schedule.values()}
    sent |= {life.BUILD_TASK, batches.ITEM_TASK, batches.ASSEMBLE_TASK}

    assert sent.isdisjoint(EARLIER_NAMES)


def test_each_task_is_named_after_the_room_that_it_stands_in():
    app.loader.import_default_modules()
    ours = {name: task for name, task in app.tasks.items() if not name.startswith(("celery.", "tests."))}

    elsewhere = [
        name
        for name, task in ours.items()
        if name not in EARLIER_NAMES and name.split(".")[0] != task.run.__module__.split(".")[0]
    ]
    assert elsewhere == []
