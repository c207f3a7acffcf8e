"""Evenhand is one company's: nobody signs up by themselves. Every way in and out goes into the audit trail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.http import HttpRequest, HttpResponse

from audit.services import record


class ClosedAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
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


class ClosedSocialAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False


class AuditedSessions(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions: Any) -> None:
        """End the person's sessions on other devices; the trail says how many."""
        if sessions:
            record("user.sessions_ended", by=sessions[0].user, subject=sessions[0].user, sessions=len(sessions))
        super().end_sessions(sessions)
