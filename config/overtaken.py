"""Two who do the same at once, or one who changes what another has just ended or
removed: the second is told so."""

import logging
from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from psycopg.errors import ExclusionViolation, ForeignKeyViolation, RaiseException, UniqueViolation

# A key that somebody else took, a row that somebody else removed, a state that a trigger guards.
OVERTAKEN = (UniqueViolation, ExclusionViolation, ForeignKeyViolation, RaiseException)
logger = logging.getLogger(__name__)


class OvertakenMiddleware:
    """409, told in a page, where somebody else was quicker and no form could say so.

    What the request did until then is taken back with its transaction.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        by = overtaken_by(exception)
        if not by:
            return None
        place = request.resolver_match.view_name if request.resolver_match else ""
        logger.warning("overtaken by another request: %s in %s", by, place)
        return render(request, "409.html", status=409)


def overtaken_by(exception: Exception) -> str:
    """What the request met; empty where nobody was quicker.

    A page has found its rows before it calls a service. One that is gone when the service locks it was removed in
    between. A row that has no such other row is another thing: Django calls that an AttributeError as well.
    """
    if isinstance(exception, ObjectDoesNotExist) and not isinstance(exception, AttributeError):
        return f"a row that was removed ({type(exception).__qualname__})"
    refused = exception.__cause__
    if isinstance(exception, DatabaseError) and isinstance(refused, OVERTAKEN):
        return refused.diag.constraint_name or "a trigger"
    return ""
