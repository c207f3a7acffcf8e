"""Telling a worker that there is something to do; the row is the truth, the message only wakes."""

from accounts.gate import Gate

AGAIN = 5.0  # seconds; meanwhile the sweep is faster than a broker that is away
_gate = Gate(pause=AGAIN)


def wake(task: str, **ids: int) -> None:
    """Send the message; where no broker is reached the sweep finds the row. Many messages
    wait for a broker that is away once, not each."""
    from celery import current_app
    from kombu.exceptions import OperationalError

    if not _gate.may_pass():
        return
    try:
        current_app.send_task(task, kwargs=ids, ignore_result=True, retry=False)
    except (OperationalError, OSError):
        _gate.failed()
    else:
        _gate.answered()
