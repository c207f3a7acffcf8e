"""Pages of signed-in people are theirs alone; where a role needs a second factor,
nothing opens without one."""

from collections.abc import Callable

import pghistory
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from accounts.factors import owes_factor
from accounts.setup import is_set_up


class FirstAccountMiddleware:
    """Leads from every page to the set-up page while there is no account.

    Accounts are never removed, so that a process that has seen one asks the database no
    more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.has_seen_one = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._leads_to_setup(request.path):
            response = HttpResponseRedirect(reverse("setup"))
            add_never_cache_headers(response)
            return response
        return self.get_response(request)

    def _leads_to_setup(self, path: str) -> bool:
        if self.has_seen_one or path == reverse("setup") or path.startswith(settings.STATIC_URL):
            return False
        self.has_seen_one = is_set_up()
        return not self.has_seen_one


class PersonMiddleware(AuthenticationMiddleware):
    """Asks who is signed in as the request begins, since every view has to know it.

    Django's own leaves a stand-in, which asks when it is first looked at, and hands on
    each of the hundreds of looks that a page takes at its reader.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = get_user(request)


class PrivateResponseMiddleware:
    """No shared cache, and no browser history after sign-out, keeps a page of a
    signed-in person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class HistoryMiddleware:
    """What a request changes is kept in the rows' history under the person who is
    signed in: their id alone.

    Who that is, is asked as the view begins: an external interviewer is somebody only
    on the pages of their one scorecard.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with pghistory.context():
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        if request.user.is_authenticated:
            pghistory.context(user=request.user.pk)


class SecondFactorMiddleware:
    """Whoever owes a second factor is led to its page first. Signing out and setting
    one up stay open."""

    OPEN = frozenset(
        {
            "mfa_index",
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "mfa_list_webauthn",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "account_reauthenticate",
            "account_logout",
            "account_login",
        }
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: object,
        args: object,
        kwargs: object,
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is not None and match.url_name in self.OPEN:
            return None
        if not request.user.is_authenticated or not owes_factor(request.user):
            return None
        if request.method == "GET":
            messages.warning(request, "Your role requires a second factor. Set one up here to continue.")
        return redirect("mfa_index")
