"""Requests in the log: who, from where, what, which answer, and no words that somebody
searched for."""

import logging
import re
from collections.abc import Iterator
from ipaddress import ip_address

import psycopg
import structlog
from django.conf import settings
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware
from structlog.contextvars import bind_contextvars

LEFT_OUT = "(left out)"
# What PostgreSQL adds to an error: the values of a key, or of the whole row.
DETAIL = re.compile(r"(DETAIL:\s+).*?(?=\\n|\n|$)")


class DiscreetFormatter(structlog.stdlib.ProcessorFormatter):
    """No values of rows reach the log: where a key is taken twice, PostgreSQL's error holds
    somebody's address."""

    def format(self, record: logging.LogRecord) -> str:
        words = super().format(record)
        for detail in _details(record):
            words = words.replace(detail, LEFT_OUT)
            words = words.replace(repr(detail)[1:-1], LEFT_OUT)
        return DETAIL.sub(rf"\1{LEFT_OUT}", words)


def _details(record: logging.LogRecord) -> Iterator[str]:
    """Of the errors of a message, and of all that led to them; they may have several lines."""
    given = record.args.values() if isinstance(record.args, dict) else record.args or ()
    for error in (*given, record.exc_info and record.exc_info[1]):
        while isinstance(error, BaseException):
            if isinstance(error, psycopg.Error) and error.diag.message_detail:
                yield error.diag.message_detail
            error = error.__cause__ or error.__context__


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
