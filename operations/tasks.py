"""What beat and worker tell of themselves, and the daily sample of the database."""

import time
from contextlib import suppress
from typing import Any

from celery import shared_task
from celery.signals import after_task_publish, beat_embedded_init, beat_init, task_postrun, task_prerun
from django.db import Error as DatabaseError

from operations import runs

_began: dict[str, float] = {}  # by the task's message
_beats = False  # whether this process is beat


@shared_task(name="operations.sample_database", expires=3600)
def sample_database() -> None:
    runs.sample_database()


@beat_init.connect
@beat_embedded_init.connect
def _beat_begins(**kwargs: Any) -> None:
    global _beats
    _beats = True
    with suppress(DatabaseError):  # beat goes on without it
        runs.note_known(runs.periodic_tasks())


@after_task_publish.connect
def _sent(sender: str = "", **kwargs: Any) -> None:
    if _beats and sender in runs.periodic_tasks():
        with suppress(DatabaseError):
            runs.note_sent(sender)


@task_prerun.connect
def _begins(task_id: str = "", **kwargs: Any) -> None:
    _began[task_id] = time.monotonic()


@task_postrun.connect
def _ends(task_id: str = "", task: Any = None, state: str = "", retval: object = None, **kwargs: Any) -> None:
    began = _began.pop(task_id, time.monotonic())
    if task is None or task.name not in runs.periodic_tasks():
        return
    error = "" if state == "SUCCESS" else type(retval).__name__
    with suppress(DatabaseError):  # the task itself ended, whatever becomes of this
        runs.note_run(task.name, seconds=time.monotonic() - began, error=error)
