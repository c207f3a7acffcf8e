"""Evenhand is one company's: nobody signs up by themselves. Every way in and out goes into the audit trail."""

from typing import Any

import requests
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ResetPasswordForm
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from accounts.services import vouch_for_address
from audit.services import record


class ClosedAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        if user.is_external:
            raise PermissionDenied
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        vouch_for_address(user)
        record("user.signed_in", by=user, subject=user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """The address that was tried is not kept: it may be anybody's, or a password typed into the wrong field."""
        record("user.sign_in_failed", by=None)
        super().authentication_failed(request, **credentials)

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            record("user.signed_out", by=request.user, subject=request.user)
        super().logout(request)

    def set_password(self, user: Any, password: str) -> None:
        super().set_password(user, password)
        record("user.password_changed", by=user, subject=user)


class ResetForm(ResetPasswordForm):
    """Forgotten passwords are for those who can have one; the page says the same to everybody."""

    users: list[User]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = [user for user in self.users if not user.is_external]
        return email


class ProviderSession(requests.Session):
    """Requests to the company's provider; one that is away is told in a page, on every step of the way."""

    SECONDS = 5

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        try:
            return super().request(*args, **({"timeout": self.SECONDS} | kwargs))
        except requests.RequestException as error:
            page = render(context.request, "socialaccount/authentication_error.html", status=502)
            raise ImmediateHttpResponse(page) from error


class ClosedSocialAdapter(DefaultSocialAccountAdapter):
    """The company's provider says who somebody is; whether they work with Evenhand is for an administrator to say."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False

    def get_requests_session(self) -> requests.Session:
        return ProviderSession()

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Sign in the person whose address the provider states as verified, or nobody.

        The match is made anew each time and nothing is stored, so that an address that changes hands at the provider
        opens no account that it does not name.
        """
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise PermissionDenied
        stated = [row.email for row in sociallogin.email_addresses if row.verified is True]
        user = User.objects.colleagues().filter(email__iexact=stated[0]).first() if stated else None
        if user is None:
            record("user.sign_in_failed", by=None)
            raise ImmediateHttpResponse(render(request, "socialaccount/unknown.html", status=403))
        sociallogin.user = user


class AuditedSessions(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions: Any) -> None:
        """End the person's sessions on other devices; the trail says how many."""
        if sessions:
            record("user.sessions_ended", by=sessions[0].user, subject=sessions[0].user, sessions=len(sessions))
        super().end_sessions(sessions)
