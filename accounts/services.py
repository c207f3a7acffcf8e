"""Changes to people."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.invitations import mail_plain
from accounts.models import EarlierAddress, Invitation, SignInRules, User, has_address
from accounts.texts import needed_name
from accounts.whose import refuse_address
from audit.services import record

KNOWN = "Someone with this e-mail address is known already."


@transaction.atomic
def add_person(email: str, *, by: User | None, password: str | None = None, **fields: object) -> User:
    """A new, active person with the given roles; an empty password leaves the account
    without one. An external interviewer of this address becomes a colleague, with all
    that they have done, and keeps their name where none is given. Raises
    ValidationError where a colleague has the address."""
    guest = User.objects.select_for_update(no_key=True).filter(has_address(email), is_guest=True).first()
    if guest is not None:
        return _as_colleague(guest, by, password, fields)
    user = create_once(email, password or None, **fields)
    record("user.created", by=by, subject=user)
    return user


def create_once(email: str, password: str | None = None, **fields: object) -> User:
    """`create_user`, but ValidationError at `email` where somebody was quicker."""
    try:
        with transaction.atomic():
            return User.objects.create_user(email, password, **fields)
    except IntegrityError as error:
        raise ValidationError({"email": "Someone with this e-mail address already has an account."}) from error


def _as_colleague(guest: User, by: User | None, password: str | None, fields: dict[str, object]) -> User:
    known_as = guest.name
    for name, value in fields.items():
        setattr(guest, name, value)
    guest.name = guest.name or known_as
    guest.is_guest, guest.is_active = False, True
    if password:
        guest.set_password(password)
    guest.save()
    record("user.became_colleague", by=by, subject=guest)
    return guest


@transaction.atomic
def make_external(user: User, *, by: User) -> User:
    """Somebody who worked here and cannot sign in any more becomes external: they hold
    no role, have no password, and reach single scorecards by mailed links.

    Raises ValidationError for whoever can sign in.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.is_active:
        raise ValidationError("This person has an account. Choose them from the list of interviewers.")
    user.is_administrator = user.is_recruiter = user.is_hiring_manager = False
    user.is_guest, user.is_active = True, True
    user.set_unusable_password()
    user.save()
    record("user.became_external", by=by, subject=user)
    return user


@transaction.atomic
def rename_external(user: User, *, name: str, by: User) -> User:
    """Correct the name of an external interviewer. Raises ValidationError by field,
    also for a colleague, whom an administrator renames."""
    if not user.is_guest:
        raise ValidationError("Only an administrator can change a colleague’s name.")
    user.name = needed_name(name, field="name", otherwise="Enter a name.", limit=200, of_person=True)
    user.save(update_fields=["name", *User.FOLLOWING])
    record("user.renamed", by=by, subject=user)
    return user


@transaction.atomic
def readdress_external(user: User, *, email: str, by: User) -> User:
    """Correct the address of an external interviewer; the one before is kept beside them,
    and nothing is mailed to it, since it may be a stranger's.

    Raises ValidationError at `email` where somebody has it, and for a colleague, whose
    address an administrator changes.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not user.is_guest:
        raise ValidationError("Only an administrator can change a colleague’s address.")
    _move_to(user, email.lower(), by)
    return user


def _move_to(user: User, new: str, by: User) -> EarlierAddress:
    """Give a locked person this address; their earlier one. Raises ValidationError at `email` where somebody has
    it, or it must not be theirs."""
    if User.objects.filter(has_address(new)).exclude(pk=user.pk).exists():
        raise ValidationError({"email": KNOWN})
    refuse_address(user, new)
    earlier = EarlierAddress.objects.create(user=user, email=user.email.lower(), by=by)
    user.email = new
    try:
        with transaction.atomic():
            user.save(update_fields=["email", *User.FOLLOWING])
    except IntegrityError as error:
        raise ValidationError({"email": KNOWN}) from error
    record("user.address_changed", by=by, subject=user, earlier_address=earlier.pk)
    return earlier


@transaction.atomic
def change_address(user: User, *, email: str, by: User) -> User:
    """Give somebody another address to sign in with and be written to; the one before
    is kept beside them, so that an application under it stays their own.

    A pending invitation ends, since its link went to the old address. Raises
    ValidationError at `email` where somebody has it, whatever its case, and where it is
    that of a candidate whom they interview.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    new = email.lower()
    if new == user.email.lower():
        raise ValidationError({"email": "This is their address already."})
    earlier = _move_to(user, new, by)
    Invitation.objects.pending().filter(user=user).update(revoked_at=timezone.now())
    EmailAddress.objects.filter(user=user).delete()
    vouch_for_address(user)
    for address in (earlier.email, new):  # so that nobody's account moves behind their back
        subject = "Your Evenhand e-mail address was changed"
        mail_plain(address, subject=subject, template="accounts/mail/address_changed.txt", context={"new": new})
    return user


@transaction.atomic
def edit_person(user: User, *, by: User, **fields: object) -> User:
    """Change name, roles or whether somebody may sign in (Django refuses the sessions
    of an inactive person).

    Raises ValidationError where nobody would be left to administer.
    """
    user = held_with_administrators(user)
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


def held_with_administrators(user: User) -> User:
    """The person as they are now. Nobody becomes or ceases to be an administrator meanwhile."""
    administrators = Q(is_administrator=True, is_active=True)
    rows = User.objects.filter(administrators | Q(pk=user.pk)).select_for_update(no_key=True)
    held = {row.pk: row for row in rows.order_by("pk")}
    return held[user.pk]


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
