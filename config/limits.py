"""What a single request may weigh. A body that is too long is refused before a byte of
it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class RequestSizeMiddleware:
    """413 for a request that says it is longer than REQUEST_LIMIT bytes. The server
    reads no more than it says."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > settings.REQUEST_LIMIT:
            return render(request, "413.html", {"megabytes": settings.REQUEST_LIMIT // 1_000_000}, status=413)
        return self.get_response(request)
