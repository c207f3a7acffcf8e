"""Answers requests as Django does, and asks a view again whose transaction PostgreSQL ended for another's sake.

Of transactions that wait for each other in a circle PostgreSQL ends one. A view is one transaction (ATOMIC_REQUESTS),
so all that it did is taken back, and it may be asked once more: the others have gone on meanwhile.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.messages.storage import default_storage
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from accounts.victims import is_victim

View = TypeVar("View", bound=Callable[..., Any])
logger = logging.getLogger(__name__)


class Handler(WSGIHandler):
    """WSGI as Django's, with views that are asked twice at most."""

    def make_view_atomic(self, view: View) -> View:
        """A view that is no transaction as a whole may have stored something before it failed, and is asked once."""
        atomic = cast(View, super().make_view_atomic(view))
        return atomic if atomic is view else _twice_at_most(atomic)


def _twice_at_most(view: View) -> View:
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response: HttpResponse = view(request, *args, **kwargs)
        except OperationalError as error:
            if not is_victim(error) or not _is_as_it_came(request):
                raise
            logger.warning("ended for another transaction's sake, and asked again: %s", request.path)
            _begin_anew(request)
            response = view(request, *args, **kwargs)
        return response

    return cast(View, asked)


def _is_as_it_came(request: HttpRequest) -> bool:
    """Whether the session says what it said before: signing in or out is not done twice."""
    return not request.session.modified


def _begin_anew(request: HttpRequest) -> None:
    """Forget what the view wanted said, and read uploaded files from their start."""
    request._messages = default_storage(request)  # type: ignore[attr-defined]  # as its middleware does
    for _, files in request.FILES.lists():
        for file in files:
            file.seek(0)
