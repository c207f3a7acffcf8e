"""Telling a worker that there is something to do; the row is the truth, the message only wakes."""

from contextlib import suppress


def wake(task: str, **ids: int) -> None:
    """Send the message; where no broker is reached the sweep finds the row."""
    from celery import current_app
    from kombu.exceptions import OperationalError

    with suppress(OperationalError, OSError):
        current_app.send_task(task, kwargs=ids, ignore_result=True, retry=False)
