"""How often somebody may knock on our own doors (the sign-in package limits its own the
same way), and how often one person may ask for what costs much: reading a document,
building a packet, exporting a trail."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from allauth.core.exceptions import RateLimited
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_ratelimit import ALL, UNSAFE
from django_ratelimit.decorators import ratelimit as per_person

View = TypeVar("View", bound=Callable[..., Any])


def too_many(request: HttpRequest, action: str) -> HttpResponse | None:
    """The refusal for an address that has asked for this too often, reading included;
    None where it may go on."""
    try:
        ratelimit.consume(
            request,
            app="accounts",
            action=action,
            config=settings.LINK_RATE_LIMITS,
            limit_get=True,
            raise_exception=True,
        )
    except RateLimited:
        return render(request, "429.html", status=429)
    return None


def costly(view: View) -> View:
    """At most COSTLY_PER_MINUTE times a minute and person; then the answer is
    `accounts.views.rate_limited`."""
    return cast(View, per_person(key="user", rate=_rate, method=ALL)(view))


def costly_to_send(view: View) -> View:
    """The same for a page that may be looked at freely, and whose form costs much."""
    return cast(View, per_person(key="user", rate=_rate, method=UNSAFE)(view))


def _rate(group: str, request: HttpRequest) -> str:
    return f"{settings.COSTLY_PER_MINUTE}/m"
