"""Gunicorn's settings: loopback only unless BIND says otherwise; threads, since
requests wait on the database."""

import ctypes
import gc
import os
from contextlib import suppress
from threading import Thread
from typing import Protocol

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "config.draining.DrainingWorker"
preload_app = True  # libraries are read once, and every worker shares the memory that they take
timeout = 60
graceful_timeout = 15
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True
M_MMAP_THRESHOLD, LARGE = -3, 1024 * 1024  # glibc's name for the setting, and bytes


class Worker(Protocol):
    """What is read here of gunicorn's worker."""

    age: int  # counts the workers since the start, from 1


def on_starting(server: object) -> None:
    """Read every page's code before the socket is there, so that no first visitor waits
    for it. Ends the start where the database has too few connections for them."""
    from django.urls import get_resolver

    from config.database import room

    get_resolver().check()
    if refused := room.refusal(processes=workers, threads=threads):
        raise SystemExit(refused)
    settle()


def settle() -> None:
    """Spare what is there by now from every later search for garbage, and search seldom.

    So the workers go on sharing its memory. A page makes thousands of objects, hardly any
    of them in circles: with the usual threshold each would be searched a dozen times.
    Large blocks return to the system as they are freed: glibc learns otherwise to keep
    blocks as large as it has seen, for each thread one that a password was hashed in.
    """
    with suppress(OSError, AttributeError):  # other C libraries know no such setting
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def post_worker_init(worker: Worker) -> None:
    """The first worker of a start tells the log how to set up a new installation.

    It does so in a thread: the worker serves meanwhile, also where the database keeps
    it waiting or is away.
    """
    if worker.age == 1:
        from accounts.setup import announce

        Thread(target=announce, name="set-up code", daemon=True).start()
