"""The request as every page gets it: LoginRequiredMiddleware has seen to it that
somebody is signed in."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from audit.history import Change


class SignedInRequest(HttpRequest):
    """For annotations only; Django makes the object."""

    user: User  # strangers reach only allauth's pages
    htmx: HtmxDetails


def runners_only(request: SignedInRequest) -> None:
    """Raises PermissionDenied for whoever runs no opening."""
    if not request.user.runs_openings:
        raise PermissionDenied


def administrators_only(request: SignedInRequest) -> None:
    """Raises PermissionDenied for everybody else."""
    if not request.user.is_administrator:
        raise PermissionDenied


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, though it be nothing, so that it is checked; None
    where its page is only shown."""
    return request.POST if request.method == "POST" else None


def sent_keys(sent: QueryDict, name: str) -> list[int]:
    """The keys of rows that were sent under this name; what is none is left out."""
    return [int(text) for text in sent.getlist(name) if text.isascii() and text.isdigit() and len(text) < 18]


def keyed_link(request: HttpRequest, name: str) -> Callable[[str], str]:
    """What makes of a key the whole address of this page, for a mail."""
    address = request.build_absolute_uri(reverse(name))
    return lambda key: f"{address}?key={key}"


def changes_page(request: SignedInRequest, title: str, changes: list[Change]) -> HttpResponse:
    """Who changed something and when: a piece of the page that asks for it, else a page
    of its own."""
    name = "components/changes.html" if request.htmx else "changes.html"
    return render(request, name, {"title": title, "changes": changes})
