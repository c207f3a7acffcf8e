"""How often somebody may knock on our own doors; the sign-in package limits its own the same way."""

from allauth.core.exceptions import RateLimited
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def too_many(request: HttpRequest, action: str) -> HttpResponse | None:
    """The refusal for an address that has asked for this too often, reading included; None where it may go on."""
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
