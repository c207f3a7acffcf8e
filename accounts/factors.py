"""Second factors: what somebody has, and the trail of what becomes of them."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator

from accounts.models import User
from audit.services import record

# Recovery codes are the way back in, not a factor of their own.
REAL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class Factors:
    """What somebody signs in with besides the password; `codes_left` counts unused recovery codes."""

    app: bool
    passkeys: int
    codes_left: int

    @property
    def any(self) -> bool:
        return self.app or self.passkeys > 0


def factors_of(user: User) -> Factors:
    rows = list(Authenticator.objects.filter(user=user))
    kinds = [row.type for row in rows]
    codes = [row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES]
    left = sum(len(row.wrap().get_unused_codes()) for row in codes)
    return Factors(Authenticator.Type.TOTP in kinds, kinds.count(Authenticator.Type.WEBAUTHN), left)


def note_added(*, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record("user.factor_added", by=user, subject=user, factor=str(authenticator.type))


def note_removed(*, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record("user.factor_removed", by=user, subject=user, factor=str(authenticator.type))


def note_renewed(*, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record("user.codes_renewed", by=user, subject=user)


def note_refused(*, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Whoever tried knew the password, or sits at a session that is open."""
    record("user.factor_refused", by=None, subject=user, factor=str(authenticator.type))
