"""Liveness, readiness and metrics for machines, answered before hosts, sessions and sign-in are looked at."""

import time
from collections.abc import Callable
from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from operations.metrics import CONTENT_TYPE
from operations.patience import Failed, ask_all
from operations.probes import patient_connection
from operations.status import current_status
from packets.models import WorkerHeartbeat

WORKER_SEEN_WITHIN = timedelta(seconds=60)
WITHIN = 3.0  # seconds for all needs together


class HealthMiddleware:
    """`/healthz`: 200 `ok`. `/readyz`: the same, or 503 with JSON that names the first
    need that failed. `/metrics` with a token: the metrics, or 401."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return HttpResponse("ok", content_type="text/plain")
        if request.path == "/readyz":
            return readiness()
        if request.path == "/metrics" and "Authorization" in request.headers:
            return metrics(request.headers["Authorization"])
        return self.get_response(request)


def readiness() -> HttpResponse:
    """200 `ok` where nothing is missing, else 503 with the first need that failed; after
    WITHIN seconds at most."""
    until = time.monotonic() + WITHIN
    for name, check in CHECKS.items():
        problem = _problem(name, check, until - time.monotonic())
        if problem:
            return JsonResponse({"status": "not ready", "missing": {name: problem}}, status=503)
    return HttpResponse("ok", content_type="text/plain")


def metrics(authorization: str) -> HttpResponse:
    """For who shows METRICS_TOKEN; without that setting for nobody. A session opens the
    page of the same address to administrators."""
    expected = f"Bearer {settings.METRICS_TOKEN}"
    known = constant_time_compare(authorization, expected)
    if not (settings.METRICS_TOKEN and known):
        return HttpResponse("401 a valid token is needed", status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(current_status().as_metrics(), content_type=CONTENT_TYPE)


def _problem(name: str, check: Callable[[], str], seconds: float) -> str:
    """What is missing; an exception's kind only, since its text may hold a password."""
    answer = ask_all({name: check}, who="readiness", within=round(max(0.0, seconds), 1))[name]
    return f"failed: {answer.why}" if isinstance(answer, Failed) else str(answer)


def _database() -> str:
    with patient_connection(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    with patient_connection():
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(plan)} to apply: run manage.py migrate" if plan else ""


def _broker() -> str:
    with current_app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
    return ""


def _worker() -> str:
    with patient_connection():
        seen = WorkerHeartbeat.objects.filter(at__gte=timezone.now() - WORKER_SEEN_WITHIN).exists()
    return "" if seen else "no worker has been seen in the last minute"


CHECKS = {"database": _database, "migrations": _migrations, "broker": _broker, "worker": _worker}
