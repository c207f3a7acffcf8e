"""Which mails about scorecards say nothing true any more: the outbox asks before it sends one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from candidates.models import OpeningMember, Panelist
from notices import kinds
from notices.models import Mail
from scorecards.models import owed


def settled_mails(mails: Sequence[Mail]) -> set[int]:
    """The keys of those that ask for a scorecard, or say that one is late, which nobody
    owes any more, or is due at another time, or that nothing binds the receiver to
    any more."""
    one = {mail.pk: seat for mail in mails if (seat := seat_of(mail.thread)) is not None}
    told = [mail for mail in mails if mail.pk in one and mail.kind == kinds.ESCALATED.key]
    return _no_longer_owed(one) | _no_longer_run(told, one) | _due_otherwise(told, one)


def seat_of(thread: str) -> int | None:
    """The key of the panelist whose scorecard a thread is about; None where it is about
    none."""
    sort, _, rest = thread.partition(":")
    return int(rest.partition(":")[0]) if sort in {"reminder", "late"} else None


def is_due_as_told(thread: str, due_at: datetime) -> bool:
    """Whether what a thread says is late is still due when it says."""
    return f"{due_at:%Y%m%d%H%M}" in thread.split(":")


def _no_longer_owed(seats: Mapping[int, int]) -> set[int]:
    """Of these mails' keys, each with a panelist's, those whose panelist owes nothing there."""
    if not seats:
        return set()
    owing = set(Panelist.objects.filter(owed(), pk__in=set(seats.values())).values_list("pk", flat=True))
    return {mail for mail, seat in seats.items() if seat not in owing}


def _no_longer_run(mails: Sequence[Mail], seats: Mapping[int, int]) -> set[int]:
    """The keys of these mails, each with a panelist's among the seats, whose receiver has
    no role on that opening."""
    run = roles_at([mail.receiver_id for mail in mails], [seats[mail.pk] for mail in mails])
    return {mail.pk for mail in mails if (mail.receiver_id, seats[mail.pk]) not in run}


def roles_at(users: Collection[int | None], seats: Collection[int]) -> set[tuple[int, int]]:
    """Which of these people have a role on the opening of which of these seats, by
    their keys."""
    if not users or not seats:
        return set()
    seat = "opening__applications__interviews__panelists"
    roles = OpeningMember.objects.filter(user__in=set(users))
    about = roles.filter(**{f"{seat}__in": set(seats)})
    return set(about.values_list("user", seat))


def _due_otherwise(mails: Sequence[Mail], seats: Mapping[int, int]) -> set[int]:
    """The keys of these mails, each with a panelist's among the seats, that are late no
    more since they are due at another time."""
    if not mails:
        return set()
    asked = Panelist.objects.filter(pk__in={seats[mail.pk] for mail in mails})
    due = dict(asked.values_list("pk", "interview__due_at"))
    moved = set()
    for mail in mails:
        due_at = due.get(seats[mail.pk])
        if due_at is not None and not is_due_as_told(mail.thread, due_at):
            moved.add(mail.pk)
    return moved
