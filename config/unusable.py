"""Values that nothing can be done with: a NUL, or a number or date beyond every range.

Forms tell most of them at their field. Whatever else carries one in, a hidden field, a
part of the address or a cookie, is told here.
"""

import logging
from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

UNUSABLE = (DataError, OverflowError)
logger = logging.getLogger(__name__)


class UnusableInputMiddleware:
    """400, told in a page, where the database or the calendar has no room for a value.

    What the request did until then is taken back with its transaction.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in "".join(request.COOKIES.values()):
            return _refusal(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, UNUSABLE):
            return None
        place = request.resolver_match.view_name if request.resolver_match else ""
        logger.warning("a value that cannot be used: %s in %s", type(exception).__name__, place)
        return _refusal(request)


def _refusal(request: HttpRequest) -> HttpResponse:
    return render(request, "400.html", status=400)
