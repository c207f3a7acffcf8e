"""The tasks of scorecards: a name, and a call of a service."""

from celery import shared_task
from django.utils import timezone

from scorecards import telling
from scorecards.services import submit_locked_when_due as submit_locked


@shared_task(name="scorecards.submit_locked_when_due", expires=60)
def submit_locked_when_due() -> None:
    """Runs each minute; see the service."""
    submit_locked()


@shared_task(name="scorecards.remind", expires=240)
def remind() -> None:
    """Runs every five minutes; see the service."""
    telling.remind(timezone.now())
