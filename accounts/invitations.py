"""Inviting people by e-mail: one link each, for some days, once."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import Invitation, User
from accounts.tokens import hash_of, new_key
from audit.services import record

PURPOSE = "invitation"


class InvitationEnded(Exception):
    """The link was used, taken back or replaced, has run out, or never was one: all the
    same to whoever holds it."""


def mail_plain(address: str, *, subject: str, template: str, context: dict[str, object]) -> None:
    """Put one plain mail into the outbox, in the caller's transaction."""
    send_mail(subject, render_to_string(template, context), None, [address])


def told_of(link: str, address: str, *, sent: str) -> str:
    """What a page says of a link that was just made: `sent`, or the link to hand over
    where there is no mail."""
    if settings.MAIL_IS_SET_UP:
        return sent
    return f"E-mail is not set up here, so nothing was sent. Give {address} this link yourself: {link}"


@transaction.atomic
def invite(user: User, *, by: User, link: Callable[[str], str], words: Sequence[str] = ()) -> str:
    """Mail a new link, and return it; an earlier one ends. `link` makes an address of a
    key, `words` are paragraphs on what the person is invited to.

    Raises ValidationError where there is nothing to invite to.
    """
    if not user.is_active or user.has_usable_password():
        raise ValidationError("You can only invite someone who can sign in and has no password yet.")
    if settings.OIDC_ONLY and not user.is_administrator:
        raise ValidationError(f"There is no password to set. People sign in with {settings.OIDC_NAME}.")
    _revoke_pending(user)
    key, key_hash = new_key(PURPOSE)
    until = timezone.now() + timedelta(days=settings.INVITATION_DAYS)
    Invitation.objects.create(user=user, key_hash=key_hash, expires_at=until, words="\n\n".join(words))
    record("user.invited", by=by, subject=user)
    address = link(key)
    context: dict[str, object] = {"link": address, "until": until, "by": by, "words": words}
    mail_plain(user.email, subject="Your Evenhand account", template="accounts/mail/invitation.txt", context=context)
    return address


@transaction.atomic
def revoke_invitation(user: User, *, by: User) -> bool:
    """Take a pending invitation back; whether there was one."""
    ended = _revoke_pending(user)
    if ended:
        record("user.invitation_revoked", by=by, subject=user)
    return ended


def _revoke_pending(user: User) -> bool:
    pending = Invitation.objects.pending().filter(user=user)
    return pending.update(revoked_at=timezone.now()) > 0


def find_invitation(key: str) -> Invitation:
    """The open invitation of this key. Raises InvitationEnded."""
    key_hash = hash_of(key, PURPOSE)
    if key_hash is None:
        raise InvitationEnded
    open_ones = Invitation.objects.open().select_related("user")
    found = open_ones.filter(key_hash=key_hash).first()
    if found is None:
        raise InvitationEnded
    return found


@transaction.atomic
def accept_invitation(invitation: Invitation, *, name: str, password: str) -> User:
    """Set name and password; the link is used up, also where two browsers send at once.
    Raises InvitationEnded."""
    taken = Invitation.objects.open().filter(pk=invitation.pk).update(accepted_at=timezone.now())
    if not taken:
        raise InvitationEnded
    user = invitation.user
    user.name = name
    user.set_password(password)
    user.save(update_fields=["name", *User.FOLLOWING, "password"])
    record("user.invitation_accepted", by=user, subject=user)
    return user
