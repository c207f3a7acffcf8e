"""Inviting several people to an opening at once: colleagues get a role or a place among a round's usual
interviewers, and whoever has no account yet gets one with a link to set a password."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts import invitations as accounts
from accounts.models import User, has_address
from accounts.services import add_person
from accounts.signs import clean_name, has_letters
from accounts.texts import is_address
from audit.services import record
from candidates import policies
from candidates.importing.roster import NAMED_ADDRESS
from candidates.invitations import INTERVIEWER, next_step, opening_in_words, tell_asked
from candidates.models import Opening, OpeningMember, Round
from candidates.services import add_member

MOST = 50
ROLES = [*OpeningMember.Role.choices, (INTERVIEWER, "Interviewer")]


@dataclass(frozen=True)
class Named:
    """Somebody to invite; `name` may be empty."""

    name: str
    email: str


@dataclass(frozen=True)
class Invited:
    """`link` sets the password of whoever is new, and is empty for those who have an account."""

    user: User
    link: str


def read_people(text: str) -> list[Named]:
    """One person per line, as an address or “Name <address>”; each address once.

    Raises ValidationError by field `people` for a line without a valid address, for
    nobody and for more than MOST.
    """
    found: dict[str, Named] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        named = _named(line)
        found.setdefault(named.email, named)
    if not found:
        raise ValidationError({"people": "Write at least one e-mail address."})
    if len(found) > MOST:
        raise ValidationError({"people": f"Invite at most {MOST} people at a time."})
    return list(found.values())


def _named(line: str) -> Named:
    match = NAMED_ADDRESS.match(line)
    name, address = (match["name"].strip(" \"'"), match["address"]) if match else ("", line)
    if not is_address(address):
        raise ValidationError({"people": f"“{line[:80]}” is not an e-mail address."})
    called = clean_name(name)
    return Named(called[:200] if has_letters(called) else "", address.lower())


@transaction.atomic
def invite_people(
    opening: Opening,
    people: Sequence[Named],
    *,
    role: str,
    rounds: Sequence[Round] = (),
    by: User,
    link: Callable[[str], str],
) -> list[Invited]:
    """Give each of them the role, one of ROLES; interviewers are usual ones of these rounds. All or none.

    `link` makes an address of a key. Raises PermissionDenied for whoever does not run the
    opening; ValidationError by field where an address is somebody's who cannot sign in,
    or is new and `by` may not add people, and where interviewers have no round.
    """
    if not policies.may_run(by, opening):
        raise PermissionDenied
    if role == INTERVIEWER and not rounds:
        raise ValidationError({"rounds": "Choose the rounds that they usually hold."})
    invited = []
    for named in people:
        user = _colleague(named)
        is_new = user is None
        if user is None:
            user = _add(named, by)
        _give(opening, user, role, rounds, by, quietly=is_new)
        sent = ""
        if is_new:
            sent = accounts.invite(user, by=by, link=link, words=_words(opening, role))
        invited.append(Invited(user, sent))
    return invited


def _colleague(named: Named) -> User | None:
    """Who has this address and can sign in; None for nobody. Raises ValidationError where they cannot."""
    user = User.objects.filter(has_address(named.email)).first()
    if user is None:
        return None
    if user.is_guest or not user.is_active:
        text = f"{named.email} belongs to somebody who cannot sign in. An administrator changes that."
        raise ValidationError({"people": text})
    return user


def _add(named: Named, by: User) -> User:
    if not policies.may_add_people(by):
        text = f"{named.email} has no account. A recruiter or an administrator can invite new people."
        raise ValidationError({"people": text})
    return add_person(named.email, by=by, name=named.name)


def _give(opening: Opening, user: User, role: str, rounds: Sequence[Round], by: User, *, quietly: bool) -> None:
    """The role; whoever is new is told of it by their invitation alone."""
    if role != INTERVIEWER:
        add_member(opening, user, role=role, by=by, quietly=quietly)
        return
    for round_ in rounds:
        round_.panel.add(user)
        record("round.saved", by=by, subject=round_)
    if not quietly and user != by:
        tell_asked(opening, user)


def _words(opening: Opening, role: str) -> list[str]:
    """What the invitation of somebody new says of the opening."""
    label = dict(ROLES)[role].lower()
    article = "an" if role == INTERVIEWER else "a"
    return [f"You are asked to be {article} {label} for {opening_in_words(opening)}.", next_step(role)]
