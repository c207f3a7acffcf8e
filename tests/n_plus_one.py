"""An N+1 query fails the test in which a request, a service or a task asks it.

django-zeal patches the ORM once for the whole run. It counts inside each request of a test client, each outermost
transaction that the product opens and each task, every one by itself: two requests of one test are no loop, and the
loops in which a test sets its world up are not the product's.
"""

import functools
import itertools
import re
import sys
import threading
from collections.abc import Callable
from contextvars import Token
from types import FrameType
from typing import Any

import zeal
import zeal.listeners
from django.db.models import Model
from django.db.transaction import Atomic
from django.test.client import ClientHandler
from zeal.constants import initialize_app_registry
from zeal.listeners import NPlusOneListener, _nplusone_context, n_plus_one_listener
from zeal.patch import get_instance_key, patch
from zeal.util import is_single_query

from accounts import compiled
from config.celery import TrackedTask

WRITES = {"get_or_create", "update_or_create"}  # rows that are written one by one are looked for one by one
ALLOWED = {
    "privacy.subject_access._application": "each of a candidate's few applications is read as its debrief reads it",
}
# Django and the sign-in package read each session by its key, those that a person's own page lists as well.
ALLOWED_MODELS = {"sessions.Session"}
NO_SERVICE = re.compile(r"^tests\.|\.management\.|\.samples\.")
found: list[str] = []  # what this test has found so far, also where the product caught the error
_opened = threading.local()  # per thread a stack: of each open Atomic the token of the count that it began, or None


def watch() -> None:
    """From here on, for the rest of the process."""
    initialize_app_registry()
    patch()
    ClientHandler.get_response = _counted(ClientHandler.get_response)
    TrackedTask.__call__ = _counted(TrackedTask.__call__)
    Atomic.__enter__, Atomic.__exit__ = _entering(Atomic.__enter__), _leaving(Atomic.__exit__)
    NPlusOneListener._alert = _remembered(NPlusOneListener._alert)
    compiled._objects = _known_singles(compiled._objects)
    zeal.listeners.get_caller = _caller


def _counted(do: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(do)
    def counted(*args: Any, **kwargs: Any) -> Any:
        with zeal.zeal_context():
            return do(*args, **kwargs)

    return counted


def _known_singles(make: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    """What is read by itself is no part of a loop: as the package says it of query sets, of compiled queries."""

    @functools.wraps(make)
    def made(kept: Any, *args: Any) -> list[Any]:
        objects = make(kept, *args)
        if objects and is_single_query(kept.rows.query):
            n_plus_one_listener.ignore(get_instance_key(objects[0]))
        return objects

    return made


def _entering(enter: Callable[[Atomic], None]) -> Callable[[Atomic], None]:
    def entered(self: Atomic) -> None:
        enter(self)
        _stack().append(zeal.setup() if _begins(self, sys._getframe(1)) else None)

    return entered


def _leaving(leave: Callable[..., None]) -> Callable[..., None]:
    def left(self: Atomic, *error: Any) -> None:
        token = _stack().pop()
        if token is not None:
            zeal.teardown(token)
        leave(self, *error)

    return left


def _begins(atomic: Atomic, caller: FrameType) -> bool:
    """Whether a count begins: none is running, and the transaction is neither a test's nor one that stores a sample."""
    if _nplusone_context.get().enabled or atomic._from_testcase:
        return False
    decorated = caller.f_locals.get("func") if caller.f_code.co_name == "inner" else None
    module = decorated.__module__ if decorated else caller.f_globals["__name__"]
    return not NO_SERVICE.search(module)


def _stack() -> list[Token[Any] | None]:
    if not hasattr(_opened, "stack"):
        _opened.stack = []
    stack: list[Token[Any] | None] = _opened.stack
    return stack


def _remembered(alert: Callable[..., bool]) -> Callable[..., bool]:
    @functools.wraps(alert)
    def alerted(self: NPlusOneListener, model: type[Model], *args: Any) -> bool:
        if _is_allowed() or model._meta.label in ALLOWED_MODELS:
            return False
        try:
            return alert(self, model, *args)
        except zeal.NPlusOneError as error:
            found.append(str(error))
            raise

    return alerted


def _is_allowed() -> bool:
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if f"{frame.f_globals.get('__name__')}.{frame.f_code.co_name}" in ALLOWED:
            return True
        frame = frame.f_back
    return False


_never_twice = itertools.count(1)


def _caller() -> tuple[str, int, str]:
    """The line of ours that asks, for zeal to count by; a look before a write gets a number of its own each time."""
    frame: FrameType | None = sys._getframe(1)
    writes = False
    while frame is not None:
        name, file = frame.f_code.co_name, frame.f_code.co_filename
        if "site-packages" not in file and file != __file__:
            return file, -next(_never_twice) if writes else frame.f_lineno, name
        writes = writes or name in WRITES
        frame = frame.f_back
    return "<unknown>", 0, "<unknown>"
