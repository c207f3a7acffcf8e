"""Evenhand is one company's: nobody signs up by themselves. Every way in and out goes
into the audit trail."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.app_codes import is_spent, locked_app, spend
from accounts.forms import PASSWORD_HELP
from accounts.models import User, has_address
from accounts.published import is_sample_allowed
from accounts.services import vouch_for_address
from audit.services import record

if TYPE_CHECKING:
    from accounts.provider_session import ProviderSession


class ClosedAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not correct.",
        "enter_current_password": "This is not your current password.",
        "incorrect_code": "This code is not correct.",
        "incorrect_password": "This password is not correct.",
        "too_many_login_attempts": "Too many failed attempts. Try again in a few minutes.",
        "rate_limited": "Too many attempts. Try again in a few minutes.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Every way in passes here, a passkey and the company's provider too: an
        account whose password is published may have been given a passkey by anybody."""
        if user.is_guest:
            raise PermissionDenied
        if not is_sample_allowed() and user.has_published_password:
            raise PermissionDenied
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        vouch_for_address(user)
        record("user.signed_in", by=user, subject=user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """The address that was tried is not kept: it may be anybody's, or a password
        typed into the wrong field."""
        record("user.sign_in_failed", by=None)
        super().authentication_failed(request, **credentials)

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            record("user.signed_out", by=request.user, subject=request.user)
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        super().set_password(user, password)
        record("user.password_changed", by=user, subject=user)


def _name_fields(form: forms.BaseForm, **labels: str) -> None:
    """Give the form's fields these labels; a placeholder that repeats the package's own
    label goes."""
    for name, label in labels.items():
        field = form.fields.get(name)
        if field is not None:
            field.label = label
            field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _name_fields(self, login="E-mail address", password="Password")  # noqa: S106 - the label of a field


class PasswordChangeForm(ChangePasswordForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _name_fields(self, oldpassword="Current password", password1="New password", password2="New password again")
        self.fields["password1"].help_text = PASSWORD_HELP


class NewPasswordForm(ResetPasswordKeyForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _name_fields(self, password1="New password", password2="New password again")
        self.fields["password1"].help_text = PASSWORD_HELP


class AddKeyForm(AddWebAuthnForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _name_fields(self, passwordless="Sign in without a password")
        if "passwordless" in self.fields:
            self.fields["passwordless"].help_text = "Makes this a passkey. It needs a fingerprint, face or PIN."


class _OneTimeCode(BaseAuthenticateForm):
    """Takes a code of an app once, for as long as the app's clock could show it."""

    authenticator: Authenticator

    def clean_code(self) -> str:
        app = locked_app(self.user)
        if app is not None and is_spent(app, self.cleaned_data["code"]):
            self.cleaned_data["code"] = ""  # refused, counted and put on record as a wrong one is
        code: str = super().clean_code()
        if app is not None and self.authenticator.pk == app.pk:
            spend(app, code)
        return code


class CodeForm(_OneTimeCode, AuthenticateForm):
    pass


class CodeAgainForm(_OneTimeCode, ReauthenticateForm):
    pass


class ResetForm(ResetPasswordForm):
    """Forgotten passwords are for those who can have one; the page says the same to
    everybody."""

    users: list[User]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _name_fields(self, email="E-mail address")

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = [user for user in self.users if not user.is_guest]
        return email


class ClosedSocialAdapter(DefaultSocialAccountAdapter):
    """The company's provider says who somebody is; whether they work with Evenhand is
    for an administrator to say."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False

    def get_requests_session(self) -> "ProviderSession":
        from accounts.provider_session import ProviderSession

        return ProviderSession()

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Sign in the person whose address the provider states as verified, or nobody.

        The match is made anew each time and nothing is stored, so that an address that
        changes hands at the provider opens no account that it does not name.
        """
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise PermissionDenied
        addresses = sociallogin.email_addresses
        stated = [row.email for row in addresses if row.verified is True]
        user = None
        if stated:
            user = User.objects.colleagues().filter(has_address(stated[0])).first()
        if user is None:
            record("user.sign_in_failed", by=None)
            raise ImmediateHttpResponse(render(request, "socialaccount/unknown.html", status=403))
        sociallogin.user = user


class AuditedSessions(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions: Sequence[UserSession]) -> None:
        """End the person's sessions on other devices; the trail says how many."""
        if sessions:
            user = sessions[0].user
            record("user.sessions_ended", by=user, subject=user, sessions=len(sessions))
        super().end_sessions(sessions)
