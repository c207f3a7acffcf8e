"""The Celery application. A message only wakes a worker; the packet row is the
truth."""

import os
import sys
import time
from typing import Any

import pghistory
from celery import Celery, Task
from celery.signals import before_task_publish, import_modules, worker_process_init
from django_structlog.celery.steps import DjangoStructLogInitStep

from config.commands import is_beat

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
if is_beat(sys.argv):
    # Django's checks read the code of every page, and a beat shows none.
    os.environ.setdefault("CELERY_SKIP_CHECKS", "1")


# What messages of the version before call tasks that moved into rooms of their own. Gone in the version after this one.
EARLIER_NAMES = {
    "scorecards.build_packet": "packets.build",
    "scorecards.build_batch_item": "packets.build_batch_item",
    "scorecards.assemble_batch": "packets.assemble_batch",
    "scorecards.sweep_packets": "packets.sweep",
    "scorecards.tidy_files": "packets.tidy_files",
    "scorecards.worker_heartbeat": "packets.worker_heartbeat",
    "scorecards.retention": "privacy.retention",
}


class TrackedTask(Task):
    """What a task changes is kept in the rows' history under the task's name."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> object:
        with pghistory.context(task=self.name):
            return super().__call__(*args, **kwargs)


app = Celery("evenhand", task_cls=TrackedTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks()


@import_modules.connect(sender=app)
def know_earlier_names(sender: Celery, **kwargs: Any) -> None:
    """A worker runs what was queued under an earlier name; the tasks' own modules are read by now."""
    for earlier, name in EARLIER_NAMES.items():
        sender.task(name=earlier)(sender.tasks[name].run)


@before_task_publish.connect
def say_when_it_was_sent(headers: dict[str, Any] | None = None, **kwargs: Any) -> None:
    """So that whoever looks at the queue can tell for how long a message has waited."""
    if headers is not None:
        headers["sent_at"] = time.time()


@worker_process_init.connect
def limit_memory(**kwargs: Any) -> None:
    from django.conf import settings

    from packets.memory import limit

    limit(settings.PACKET_MEMORY_MB)
