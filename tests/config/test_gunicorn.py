"""The web server's settings: who tells the log how to set up a new installation."""

import gc
import threading
from dataclasses import dataclass

import pytest

from accounts.setup import setup_code
from config.gunicorn import on_starting, post_worker_init


@dataclass
class Worker:
    age: int


def joined() -> int:
    """How many threads were telling the log, once they have ended."""
    telling = [thread for thread in threading.enumerate() if thread.name == "set-up code"]
    for thread in telling:
        thread.join()
    return len(telling)


@pytest.mark.django_db(transaction=True)
def test_the_first_worker_alone_tells_the_log_the_code(caplog):
    for age in (2, 3):
        post_worker_init(Worker(age))
    later = (joined(), caplog.text)
    post_worker_init(Worker(1))
    joined()

    assert later == (0, "")
    assert setup_code() in caplog.text


@pytest.mark.django_db(transaction=True)
def test_every_page_is_read_before_the_first_worker_serves():
    thresholds = gc.get_threshold()
    try:
        on_starting(None)  # raises where an address leads to nothing

        assert gc.get_freeze_count()
        assert gc.get_threshold() > thresholds or thresholds[0] > 50_000
    finally:
        gc.set_threshold(*thresholds)
