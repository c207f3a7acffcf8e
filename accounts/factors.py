"""Second factors: what somebody has, and the trail of what becomes of them."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator

from accounts.models import User
from audit.services import record

# Recovery codes are the way back in, not a factor of their own.
REAL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

ON_AN_OPENING = {"recruiters": "recruiter", "hiring_managers": "hiring_manager"}


@dataclass(frozen=True)
class Factors:
    """What somebody signs in with besides the password; `codes_left` counts unused
    recovery codes."""

    app: bool
    passkeys: int
    codes_left: int

    @property
    def any(self) -> bool:
        return self.app or self.passkeys > 0


def factors_of(user: User) -> Factors:
    """What this person has set up; one query."""
    rows = list(Authenticator.objects.filter(user=user))
    kinds = [row.type for row in rows]
    codes = [row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES]
    return Factors(
        app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        codes_left=sum(len(row.wrap().get_unused_codes()) for row in codes),
    )


def owes_factor(user: User) -> bool:
    """Whether a role of this reader's needs a second factor and they have none.

    It goes by the rules that the sign-in read with the person, and asks the database
    only where they concern them.
    """
    rules: dict[str, bool] = getattr(user, "sign_in_rules", None) or {}
    if not _is_held(user, rules):
        return False
    return not Authenticator.objects.filter(user=user, type__in=REAL).exists()


def _is_held(user: User, rules: dict[str, bool]) -> bool:
    everywhere = {
        "interviewers": user.is_active,
        "recruiters": user.is_recruiter,
        "hiring_managers": user.is_hiring_manager,
        "administrators": user.is_administrator,
    }
    if any(rules.get(name) and held for name, held in everywhere.items()):
        return True
    wanted = [role for name, role in ON_AN_OPENING.items() if rules.get(name)]
    if not wanted or not user.runs_openings:
        return False
    return user.memberships.filter(role__in=wanted).exists()


def note_added(*, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record("user.factor_added", by=user, subject=user, factor=str(authenticator.type))


def note_removed(*, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record("user.factor_removed", by=user, subject=user, factor=str(authenticator.type))


def note_renewed(*, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record("user.codes_renewed", by=user, subject=user)


def note_refused(*, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Whoever tried knew the password, or sits at a session that is open."""
    record("user.factor_refused", by=None, subject=user, factor=str(authenticator.type))
