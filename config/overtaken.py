"""Two who do the same at once, or one who changes what another has just ended: the
database refuses the second, who is told so."""

import logging
from collections.abc import Callable

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
        refused = exception.__cause__
        if not (isinstance(exception, DatabaseError) and isinstance(refused, OVERTAKEN)):
            return None
        place = request.resolver_match.view_name if request.resolver_match else ""
        logger.warning("overtaken by another request: %s in %s", refused.diag.constraint_name or "a trigger", place)
        return render(request, "409.html", status=409)
