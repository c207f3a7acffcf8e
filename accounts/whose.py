"""Whom else an address may belong to: rooms above know, and hand in at start what they
ask and refuse."""

from collections.abc import Callable

from accounts.models import User
from audit.handed_in import HandedIn

Asking = Callable[[str, User], str]
Refusing = Callable[[User, str], None]

_asking: HandedIn[Asking] = HandedIn()
_refusing: HandedIn[Refusing] = HandedIn()


def ask_of_addresses(asking: Asking) -> None:
    """`asking` says, as a sentence for its second argument, whose the address is
    besides; empty for nobody's."""
    _asking.add(asking)


def refuse_addresses(refusing: Refusing) -> None:
    """`refusing` raises ValidationError at `email` where this person must not have the
    address."""
    _refusing.add(refusing)


def asked_of(email: str, *, by: User) -> str:
    """What to ask `by` before somebody gets this address; empty for nothing."""
    sentences = [asking(email, by) for asking in _asking.values()]
    return " ".join(filter(None, sentences))


def refuse_address(user: User, email: str) -> None:
    """Raises ValidationError at `email` where this person must not have the address."""
    for refusing in _refusing.values():
        refusing(user, email)
