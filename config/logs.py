"""Requests in the log: who, what, which answer, and no words that somebody searched for."""

from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware


class PathOnlyMiddleware(RequestMiddleware):
    """A query string may hold a candidate's name, and erasing a person does not reach the log."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {request.path}"
