"""The request as every page gets it: LoginRequiredMiddleware has seen to it that somebody is signed in."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class SignedInRequest(HttpRequest):
    """For annotations only; Django makes the object."""

    user: User  # strangers reach only allauth's pages
    htmx: HtmxDetails
