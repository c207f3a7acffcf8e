"""A part that a page cannot be shown without is away: 503, told in a page that needs none
of them."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults
from kombu.exceptions import OperationalError as BrokerError

# The database (also a statement that took longer than it may), the broker, or whatever else has a socket.
AWAY = (OperationalError, InterfaceError, BrokerError, ConnectionError, TimeoutError)
LIBRARIES = ("redis.", "botocore.", "urllib3.")  # whose faults are always those of a part that is away
AGAIN = 5  # seconds


def server_error(request: HttpRequest) -> HttpResponse:
    """What Django answers where a page or anything before it raised: 503 where a part that
    is away is to blame, else 500."""
    error = sys.exception()
    is_away = isinstance(error, AWAY) or type(error).__module__.startswith(LIBRARIES)
    if not is_away:
        return defaults.server_error(request)
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": str(AGAIN)})
