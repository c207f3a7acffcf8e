"""External interviewers: a seat on one panel, reached by a mailed link and nothing else."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.invitations import write_to
from accounts.models import User
from accounts.tokens import hash_of, new_key
from audit.services import record
from candidates.models import Interview, Panelist
from candidates.services import add_panelist, check_panel
from scorecards.models import GuestLink, Scorecard
from scorecards.panels import check_sight

PURPOSE = "guest"


class GuestLinkEnded(Exception):
    """The link was taken back, replaced or used up, has run out, or never was one: all the same to its holder."""


@transaction.atomic
def add_guest(
    interview: Interview, *, name: str, email: str, role: str, by: User, link: Callable[[str], str]
) -> Panelist:
    """Put somebody external on the panel and mail them their link.

    Raises ValidationError where they have an account, sit there already or are the candidate; MailNotSent.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name, is_external=True)
    elif not user.is_external:
        raise ValidationError({"email": "This person has an account: choose them among the interviewers."})
    if interview.panelists.filter(user=user).exists():
        raise ValidationError({"email": "This person is on the panel already."})
    try:
        check_panel(interview.application, [user], [])
    except ValidationError as error:
        raise ValidationError({"email": error.messages}) from error
    panelist = add_panelist(interview, user, role=role, by=by)
    _send(panelist, by=by, link=link)
    return panelist


@transaction.atomic
def renew_link(panelist: Panelist, *, by: User, link: Callable[[str], str]) -> GuestLink:
    """Mail a new link; the earlier one ends. Raises ValidationError where the scorecard is finished, and for somebody
    who may not know whether it is; MailNotSent."""
    check_sight(panelist.interview, by)
    if Scorecard.objects.filter(panelist=panelist).exclude(state=Scorecard.State.DRAFT).exists():
        raise ValidationError("The scorecard is finished, so there is nothing left for a link to open.")
    _end(panelist)
    return _send(panelist, by=by, link=link)


@transaction.atomic
def revoke_link(panelist: Panelist, *, by: User) -> None:
    """End the seat's link, and with it what is open in a browser. What was written stays."""
    if _end(panelist):
        record("guest.link_revoked", by=by, subject=panelist.interview, user_id=panelist.user_id)


def _end(panelist: Panelist) -> int:
    return GuestLink.objects.filter(panelist=panelist, revoked_at=None).update(revoked_at=timezone.now())


def _send(panelist: Panelist, *, by: User, link: Callable[[str], str]) -> GuestLink:
    """The mail names no candidate: it may be read by others on its way."""
    key, key_hash = new_key(PURPOSE)
    interview = panelist.interview
    until = max(interview.due_at, timezone.now()) + timedelta(days=settings.GUEST_LINK_DAYS)
    made = GuestLink.objects.create(panelist=panelist, key_hash=key_hash, expires_at=until)
    record("guest.link_sent", by=by, subject=interview, user_id=panelist.user_id)
    context: dict[str, object] = {"link": link(key), "until": until, "by": by, "interview": interview}
    write_to(
        panelist.user.email, subject="Your interview scorecard", template="scorecards/mail/guest.txt", context=context
    )
    return made


def find_link(key: str) -> GuestLink:
    """The open link of this key. Raises GuestLinkEnded."""
    key_hash = hash_of(key, PURPOSE)
    links = GuestLink.objects.open().select_related("panelist__user", "panelist__interview__round")
    found = links.filter(key_hash=key_hash).first() if key_hash else None
    if found is None:
        raise GuestLinkEnded
    return found


def note_opened(link: GuestLink) -> None:
    record("guest.link_opened", by=link.panelist.user, subject=link.panelist.interview)


def standing_links(interview: Interview) -> list[tuple[Panelist, GuestLink | None]]:
    """The external people on this panel, each with the newest link."""
    seats = list(interview.panelists.filter(user__is_external=True).select_related("user"))
    newest = {link.panelist_id: link for link in GuestLink.objects.filter(panelist__in=seats).order_by("pk")}
    return [(seat, newest.get(seat.pk)) for seat in seats]
