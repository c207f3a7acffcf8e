"""Requests in the log: who, from where, what, which answer, and no words that somebody
searched for."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware
from structlog.contextvars import bind_contextvars


class PathOnlyMiddleware(RequestMiddleware):
    """A query string may hold a candidate's name, and erasing a person does not reach
    the log."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {request.path}"

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        bind_contextvars(ip=client_address(request))


def client_address(request: HttpRequest) -> str | None:
    """Where a request comes from, as trusted proxies say and never as the client
    claims; None where unknown."""
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    said = request.headers.get("X-Forwarded-For", "").split(",")
    given = request.META.get("REMOTE_ADDR", "")
    if 0 < proxies <= len(said):
        given = said[-proxies]
    try:
        return str(ip_address(given.strip()))
    except ValueError:
        return None
