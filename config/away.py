"""A part without which no page can be shown is away: 503, told in a page that needs none
of them."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

AWAY = (OperationalError, InterfaceError)  # away, restarting, or longer than a statement may take
AGAIN = 5  # seconds


def server_error(request: HttpRequest) -> HttpResponse:
    """What Django answers where a page or anything before it raised: 503 where the
    database is to blame, else 500."""
    if not isinstance(sys.exception(), AWAY):
        return defaults.server_error(request)
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": str(AGAIN)})
