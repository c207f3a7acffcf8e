"""The task of scorecards: a name, and a call of a service."""

from celery import shared_task

from scorecards.services import submit_locked_when_due as submit_locked


@shared_task(name="scorecards.submit_locked_when_due", expires=60)
def submit_locked_when_due() -> None:
    """Runs each minute; see the service."""
    submit_locked()
