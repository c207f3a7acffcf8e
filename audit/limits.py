"""How often one person may ask for what costs much: reading a document, building a packet, exporting a trail."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest
from django_ratelimit import ALL, UNSAFE
from django_ratelimit.decorators import ratelimit

View = TypeVar("View", bound=Callable[..., Any])


def costly(view: View) -> View:
    """At most COSTLY_PER_MINUTE times a minute and person; then the answer is `accounts.views.rate_limited`."""
    return cast(View, ratelimit(key="user", rate=_rate, method=ALL)(view))


def costly_to_send(view: View) -> View:
    """The same for a page that may be looked at freely, and whose form costs much."""
    return cast(View, ratelimit(key="user", rate=_rate, method=UNSAFE)(view))


def _rate(group: str, request: HttpRequest) -> str:
    return f"{settings.COSTLY_PER_MINUTE}/m"
