"""External interviewers: each a panelist of one interview, reached by a mailed link alone."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.invitations import mail_plain
from accounts.models import User, has_address
from accounts.services import create_once, make_external, readdress_external, rename_external
from accounts.tokens import hash_of, new_key
from audit.services import record
from candidates import invitations
from candidates.locks import lock_applications
from candidates.models import Application, Interview, Panelist
from candidates.policies import runnable
from candidates.services import add_panelist, check_panel
from scorecards.models import GuestLink, Scorecard
from scorecards.panels import check_sight, held_fast

PURPOSE = "guest"
ELSEWHERE = (
    "This person also interviews where you cannot change anything. "
    "Release them here, and add them again with the right address."
)


class GuestLinkEnded(Exception):
    """The link was revoked, replaced or used up, has run out, or never was one."""


@transaction.atomic
def add_guest(interview: Interview, *, name: str, email: str, role: str, by: User, link: Callable[[str], str]) -> str:
    """Put somebody external on the panel, and mail and return their link.

    `link` makes an address of a key, here and below. Raises ValidationError at `email`
    where they can sign in, sit there already or are the candidate. A former colleague
    becomes external.
    """
    interview = held_fast(interview)
    user = User.objects.filter(has_address(email)).first()
    if user is None:
        user = create_once(email, name=name, is_guest=True)
    elif not user.is_guest:
        user = _former(user, by)
    if not user.name:
        user = rename_external(user, name=name, by=by)
    if interview.panelists.on_panel().filter(user=user).exists():
        raise ValidationError({"email": "This person is already on the panel."})
    _check_candidate(interview.application, user)
    panelist = add_panelist(interview, user, role=role, by=by)
    invitations.invite(interview, [panelist])
    return _send(panelist, by=by, link=link)


def _check_candidate(application: Application, user: User) -> None:
    """Raises ValidationError at `email` where this person is its candidate."""
    try:
        check_panel(application, [user], [])
    except ValidationError as error:
        raise ValidationError({"email": error.messages}) from error


def _former(user: User, by: User) -> User:
    """A former colleague as external, with no role anywhere; links from before they were a
    colleague open nothing again. Raises ValidationError at `email` for a colleague."""
    try:
        user = make_external(user, by=by)
    except ValidationError as error:
        raise ValidationError({"email": error.messages}) from error
    for member in user.memberships.select_related("opening"):
        record("opening.member_removed", by=by, subject=member.opening, user_id=user.pk, role=member.role)
    user.memberships.all().delete()
    GuestLink.objects.filter(panelist__user=user, revoked_at=None).update(revoked_at=timezone.now())
    return user


@transaction.atomic
def renew_link(panelist: Panelist, *, by: User, link: Callable[[str], str]) -> str:
    """Mail and return a new link; the earlier one ends.

    Raises ValidationError where the scorecard is finished, and for somebody who may not
    know whether it is.
    """
    lock_applications([panelist.interview.application_id])  # one link at a time
    check_sight([panelist.interview.application_id], by)
    finished = Scorecard.objects.exclude(state=Scorecard.State.DRAFT)
    if finished.filter(panelist=panelist).exists():
        raise ValidationError("The scorecard is finished, so a link would open nothing.")
    _end(panelist)
    return _send(panelist, by=by, link=link)


@transaction.atomic
def correct_guest(panelist: Panelist, *, name: str, email: str, by: User, link: Callable[[str], str]) -> str:
    """Correct the name and address of an external interviewer, wherever they interview.

    With another address each link that went to the one before ends, and each scorecard
    that they may still write gets a new one; drafts stay. Returns this panelist's new
    link, empty where none was sent. Raises ValidationError by field: for a name that is
    empty, an address that somebody has or that is their candidate's, for whoever may not
    know whether they have finished, and where `by` does not run all that they interview for.
    """
    user = panelist.user
    stays = email.lower() == user.email.lower()
    readdressed = [] if stays else _panelists_to_readdress(user, by)
    if name != user.name:
        user = rename_external(user, name=name, by=by)
    if stays:
        return ""
    user = readdress_external(user, email=email, by=by)
    sent = ""
    for row in readdressed:
        row.user = user
        _check_candidate(row.interview.application, user)
        _end(row)
        if row.owes_by is None:
            continue
        invitations.invite(row.interview, [row])
        address = _send(row, by=by, link=link)
        sent = address if row == panelist else sent
    return sent


def hold_guest(user: User) -> User:
    """An external interviewer as they are now. Nobody corrects them meanwhile."""
    lock_applications(Application.objects.filter(interviews__panelists__user=user).values_list("pk", flat=True))
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _panelists_to_readdress(user: User, by: User) -> list[Panelist]:
    """All panelists of an external interviewer, locked. Raises ValidationError at `email` where
    `by` may not send links for one of them: whoever chooses the address could read there."""
    lock_applications(Application.objects.filter(interviews__panelists__user=user).values_list("pk", flat=True))
    panelists = Panelist.objects.select_for_update(of=("self",), no_key=True).filter(user=user).order_by("pk")
    related = panelists.select_related("interview__round", "interview__application__candidate")
    held = list(related.select_related("interview__application__opening"))
    applications = {panelist.interview.application_id for panelist in held}
    run = Application.objects.run_by(by).filter(pk__in=applications, opening__in=runnable(by))
    if run.count() < len(applications):
        raise ValidationError({"email": ELSEWHERE})
    try:
        check_sight(applications, by)
    except ValidationError as error:
        raise ValidationError({"email": error.messages}) from error
    return held


@transaction.atomic
def revoke_link(panelist: Panelist, *, by: User) -> None:
    """End the guest's link, and what it opened in a browser. What was written stays."""
    if _end(panelist):
        record("guest.link_revoked", by=by, subject=panelist.interview, user_id=panelist.user_id)


def _end(panelist: Panelist) -> int:
    """How many links ended: one, or none."""
    links = GuestLink.objects.filter(panelist=panelist, revoked_at=None)
    return links.update(revoked_at=timezone.now())


def _send(panelist: Panelist, *, by: User, link: Callable[[str], str]) -> str:
    """The mail names no candidate: it may be read by others on its way."""
    key, key_hash = new_key(PURPOSE)
    interview = panelist.interview
    until = max(interview.due_at, timezone.now()) + GuestLink.lasting()
    GuestLink.objects.create(panelist=panelist, key_hash=key_hash, expires_at=until)
    record("guest.link_sent", by=by, subject=interview, user_id=panelist.user_id)
    address = link(key)
    mail_plain(
        panelist.user.email,
        subject="Your interview scorecard",
        template="scorecards/mail/guest.txt",
        context={"link": address, "until": until, "by": by, "interview": interview},
    )
    return address


def find_link(key: str) -> GuestLink:
    """The open link of this key. Raises GuestLinkEnded where there is none."""
    key_hash = hash_of(key, PURPOSE)
    links = GuestLink.objects.open().select_related("panelist__user", "panelist__interview__round")
    found = links.filter(key_hash=key_hash).first() if key_hash else None
    if found is None:
        raise GuestLinkEnded
    return found


def note_opened(link: GuestLink) -> None:
    """Record that the holder of the link opened it in a browser."""
    record("guest.link_opened", by=link.panelist.user, subject=link.panelist.interview)


def newest_links(interview: Interview) -> list[tuple[Panelist, GuestLink | None]]:
    """The guests on this panel, each with the newest link."""
    guests = interview.panelists.on_panel().filter(user__is_guest=True)
    panelists = list(guests.select_related("user"))
    links = GuestLink.objects.filter(panelist__in=panelists).order_by("pk")
    newest = {link.panelist_id: link for link in links}
    return [(panelist, newest.get(panelist.pk)) for panelist in panelists]
