"""Liveness and readiness, answered before hosts, sessions and sign-in are looked at."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

WORKER_SEEN_WITHIN = timedelta(seconds=60)


class HealthMiddleware:
    """`/healthz`: 200 `ok`. `/readyz`: the same, or 503 with JSON that names what is
    missing. `/metrics` with a token: the metrics, or 401."""

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
    """200 `ok` where nothing is missing, else 503 with the problem of each failed check."""
    problems = {name: _problem(check) for name, check in CHECKS.items()}
    missing = {name: problem for name, problem in problems.items() if problem}
    if missing:
        return JsonResponse({"status": "not ready", "missing": missing}, status=503)
    return HttpResponse("ok", content_type="text/plain")


def metrics(authorization: str) -> HttpResponse:
    """For who shows METRICS_TOKEN; without that setting for nobody. A session opens the
    page of the same address to administrators."""
    from operations.metrics import CONTENT_TYPE
    from operations.status import current_status

    expected = f"Bearer {settings.METRICS_TOKEN}"
    known = constant_time_compare(authorization, expected)
    if not (settings.METRICS_TOKEN and known):
        return HttpResponse("401 a valid token is needed", status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(current_status().as_metrics(), content_type=CONTENT_TYPE)


def _problem(check: Callable[[], str]) -> str:
    """What is missing; an exception's kind only, since its text may hold a password."""
    try:
        return check()
    except Exception as error:
        return f"failed with {type(error).__name__}"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(plan)} to apply: run manage.py migrate" if plan else ""


def _broker() -> str:
    from config.celery import app

    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
    return ""


def _worker() -> str:
    from packets.models import WorkerHeartbeat

    seen = WorkerHeartbeat.objects.filter(at__gte=timezone.now() - WORKER_SEEN_WITHIN).exists()
    return "" if seen else "no worker has been seen in the last minute"


CHECKS = {"database": _database, "migrations": _migrations, "broker": _broker, "worker": _worker}
