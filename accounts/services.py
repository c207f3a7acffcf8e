"""Changes to people."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import SignInRules, User
from audit.services import record


@transaction.atomic
def add_person(email: str, *, by: User | None, password: str | None = None, **fields: object) -> User:
    """A new, active person with the given roles; an empty password leaves the account
    without one. Raises IntegrityError where the address is taken."""
    user = User.objects.create_user(email, password or None, **fields)
    record("user.created", by=by, subject=user)
    return user


@transaction.atomic
def edit_person(user: User, *, by: User, **fields: object) -> User:
    """Change name, roles or whether somebody may sign in (Django refuses the sessions
    of an inactive person).

    Raises ValidationError where nobody would be left to administer.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    administers = fields.get("is_administrator", user.is_administrator)
    stays = administers and fields.get("is_active", user.is_active)
    administrators = User.objects.filter(is_administrator=True, is_active=True)
    others = administrators.exclude(pk=user.pk)
    if user.is_administrator and not stays and not others.exists():
        raise ValidationError("At least one administrator is needed. Make someone else an administrator first.")
    for name, value in fields.items():
        setattr(user, name, value)
    user.save(update_fields=set(fields).union(User.FOLLOWING))
    roles = {field: value for field, value in fields.items() if field != "name"}
    record("user.edited", by=by, subject=user, **roles)
    return user


@transaction.atomic
def change_rules(*, by: User, **roles: bool) -> SignInRules:
    """Say which roles need a second factor; it holds from each person's next request
    on."""
    rules, _ = SignInRules.objects.update_or_create(pk=SignInRules.ONLY, defaults=roles)
    record("user.rules_changed", by=by, subject=rules, **roles)
    return rules


@transaction.atomic
def remove_factors(user: User, *, by: User | None) -> None:
    """Take every second factor from somebody who lost theirs; the password then lets
    them in to set up another."""
    Authenticator.objects.filter(user=user).delete()
    record("user.factors_reset", by=by, subject=user)


def vouch_for_address(user: User) -> None:
    """An administrator says which address a person has, so nobody has to confirm it.

    The sign-in package writes a row of it as unconfirmed when a form of theirs is shown
    or a password is asked for anew, and would then refuse this person a second factor;
    a row that is there already it leaves alone.
    """
    rows = EmailAddress.objects.filter(user=user)
    if not rows.filter(email=user.email, verified=True).exists():
        EmailAddress.objects.filter(email__iexact=user.email).exclude(user=user).delete()
        EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True})
