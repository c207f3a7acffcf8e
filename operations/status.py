"""How the installation runs, put together: asked of every part, judged, and as JSON."""

import platform
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from operations import probes
from operations.facts import DatabaseFacts, Observed, QueueFacts, WebFacts
from operations.findings import Finding, State, TaskFinding, findings, task_findings, worst
from operations.metrics import exposition
from operations.patience import ask_all
from packets.models import WorkerHeartbeat

FORMAT = "evenhand-status/1"


@dataclass(frozen=True)
class Status:
    at: datetime
    versions: dict[str, str]
    findings: list[Finding]
    tasks: list[TaskFinding]

    @property
    def state(self) -> State:
        return worst(self.findings)

    def as_json(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "at": self.at.isoformat(),
            "state": self.state,
            "versions": self.versions,
            "parts": {one.part: _part(one) for one in self.findings},
            "tasks": [_task(one) for one in self.tasks],
        }

    def as_metrics(self) -> bytes:
        return exposition(self.findings, self.tasks, self.versions)


def current_status(*, viewer: User | None = None, web: str = "") -> Status:
    """Asks every part, which takes no longer than the limit of one. `web` is where a
    web server should answer; empty where the caller is one."""
    questions: dict[str, Callable[[], object]] = {
        "web": partial(probes.web_at, web) if web else partial(WebFacts, "", True),
        "database": partial(probes.database, viewer),
        "queue": probes.queue,
        "storage": probes.storage,
        "mail": probes.mail,
        "replica": probes.replica,
    }
    answers: dict[str, Any] = ask_all(questions, who=str(viewer.pk) if viewer else "")
    seen = Observed(**answers, release=WorkerHeartbeat.name_of(settings.RELEASE))
    now = timezone.now()
    tasks = task_findings(seen.database.tasks, now) if isinstance(seen.database, DatabaseFacts) else []
    return Status(now, _versions(seen), findings(seen, now), tasks)


def _versions(seen: Observed) -> dict[str, str]:
    known = {
        "evenhand": str(settings.RELEASE),
        "python": platform.python_version(),
        "django": version("django"),
        "celery": version("celery"),
        "weasyprint": version("weasyprint"),
    }
    if isinstance(seen.database, DatabaseFacts):
        known["postgresql"] = seen.database.version
    if isinstance(seen.queue, QueueFacts):
        known["broker"] = seen.queue.kind
    return known


def _part(one: Finding) -> dict[str, Any]:
    return {"state": one.state, "says": one.says, "advice": one.advice, "figures": one.figures}


def _task(one: TaskFinding) -> dict[str, Any]:
    return {
        "name": one.task.name,
        "state": one.state,
        "says": one.says,
        "finished_at": one.task.finished_at.isoformat() if one.task.finished_at else None,
        "seconds": one.task.seconds,
    }
