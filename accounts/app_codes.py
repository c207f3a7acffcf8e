"""Codes of an authenticator app that have been used: none is taken twice.

The sign-in package remembers a used code for one period only. With a tolerance a code
is valid for longer, so each is kept with its app for as long as it could be.
"""

import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator

from accounts.models import User


def locked_app(user: User) -> Authenticator | None:
    """This person's app, locked for the transaction; None where they have none."""
    apps = Authenticator.objects.select_for_update(no_key=True)
    return apps.filter(user=user, type=Authenticator.Type.TOTP).first()


def is_spent(app: Authenticator, code: str) -> bool:
    """Whether this code has been used and could still be valid."""
    return _used(app).get(_digits(code), 0) > time.time()


def spend(app: Authenticator, code: str) -> None:
    """Take no such code of this locked app for the longest time that one can be
    valid.
    """
    periods = 2 * app_settings.TOTP_TOLERANCE + 1
    now = time.time()
    used = {known: until for known, until in _used(app).items() if until > now}
    used[_digits(code)] = int(now) + periods * app_settings.TOTP_PERIOD + 1
    app.data["used"] = used
    app.save(update_fields=["data"])


def _used(app: Authenticator) -> dict[str, int]:
    """Each used code with the second, since 1970, from which it may be forgotten."""
    used: dict[str, int] = app.data.get("used", {})
    return used


def _digits(code: str) -> str:
    """The code without the blanks and signs with which it may be typed."""
    return "".join(filter(str.isdigit, code))
