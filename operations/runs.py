"""When each periodic task last ran, and how large the database is each day. Nobody acts
here but the clock."""

from collections.abc import Iterable
from datetime import timedelta

from celery.schedules import BaseSchedule, crontab
from django.conf import settings
from django.db import connection
from django.utils import timezone

from operations.models import DatabaseSample, TaskRun

KEPT = timedelta(days=400)


def periodic_tasks() -> dict[str, float]:
    """Each task that beat starts, and the seconds after which it is late."""
    return {entry["task"]: _late_after(entry["schedule"]) for entry in settings.CELERY_BEAT_SCHEDULE.values()}


def _late_after(schedule: float | BaseSchedule) -> float:
    """Three times its interval and a minute; those of a nightly task are a day and two
    hours."""
    if isinstance(schedule, crontab):
        return 26 * 3600.0
    return 3 * float(schedule) + 60


def note_known(names: Iterable[str]) -> None:
    """From now on these are waited for."""
    TaskRun.objects.bulk_create([TaskRun(name=name) for name in names], ignore_conflicts=True)


def note_sent(name: str) -> None:
    TaskRun.objects.update_or_create(name=name, defaults={"sent_at": timezone.now()})


def note_run(name: str, *, seconds: float, error: str = "") -> None:
    """It ended; `error` is the kind of its failure, empty where it ended well."""
    now = timezone.now()
    told: dict[str, object] = {"seconds": round(seconds, 3), "error": error[:100]}
    if error:
        told["failed_at"] = now
    else:
        told |= {"finished_at": now, "failed_at": None}
    TaskRun.objects.update_or_create(name=name, defaults=told)


def database_size() -> int:
    """In bytes, indexes included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def sample_database() -> None:
    """Keep today's size, and let go of those that are older than KEPT."""
    today = timezone.now().date()
    DatabaseSample.objects.update_or_create(day=today, defaults={"size": database_size()})
    DatabaseSample.objects.filter(day__lt=today - KEPT).delete()
