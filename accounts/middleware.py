"""Pages of signed-in people are theirs alone."""

from collections.abc import Callable

import pghistory
from django.http import HttpRequest, HttpResponse


class PrivateResponseMiddleware:
    """No shared cache, and no browser history after sign-out, keeps a page of a signed-in person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class HistoryMiddleware:
    """What a request changes is kept in the rows' history under the person who is signed in: their number alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        with pghistory.context(user=request.user.pk):
            return self.get_response(request)
