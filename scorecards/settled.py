"""Which mails about scorecards say nothing true any more: the outbox asks before it sends one."""

from collections.abc import Mapping, Sequence

from django.db.models.functions import Now

from candidates.models import OpeningMember, Panelist
from notices import kinds
from notices.models import SEVERAL, Mail
from scorecards.models import owed


def settled_mails(mails: Sequence[Mail]) -> set[int]:
    """The keys of those that ask for scorecards, or say that some are late, of which
    nobody owes any more, or that nothing binds the receiver to any more."""
    one = {mail.pk: seat for mail in mails if (seat := _seat(mail)) is not None}
    told = [mail for mail in mails if mail.pk in one and mail.kind == kinds.ESCALATED.key]
    several = [mail for mail in mails if mail.about_type == SEVERAL]
    return _no_longer_owed(one) | _no_longer_run(told, one) | _no_longer_late(several)


def _seat(mail: Mail) -> int | None:
    """The key of the panelist whose scorecard the mail is about; None where it is about none, or about several."""
    sort, _, rest = mail.thread.partition(":")
    return int(rest.partition(":")[0]) if sort in {"reminder", "late"} else None


def _no_longer_owed(seats: Mapping[int, int]) -> set[int]:
    """Of these mails' keys, each with a panelist's, those whose panelist owes nothing there."""
    if not seats:
        return set()
    owing = set(Panelist.objects.filter(owed(), pk__in=set(seats.values())).values_list("pk", flat=True))
    return {mail for mail, seat in seats.items() if seat not in owing}


def _no_longer_run(mails: Sequence[Mail], seats: Mapping[int, int]) -> set[int]:
    """The keys of these mails, each with a panelist's among the seats, whose receiver has
    no role on that opening."""
    if not mails:
        return set()
    receivers = {mail.receiver_id for mail in mails}
    seat = "opening__applications__interviews__panelists"
    roles = OpeningMember.objects.filter(user__in=receivers)
    about = roles.filter(**{f"{seat}__in": {seats[mail.pk] for mail in mails}})
    run = set(about.values_list("user", seat))
    return {mail.pk for mail in mails if (mail.receiver_id, seats[mail.pk]) not in run}


def _no_longer_late(mails: Sequence[Mail]) -> set[int]:
    """The keys of those, each about several scorecards, whose receiver owes none or runs nothing where one is late."""
    if not mails:
        return set()
    receivers = {mail.receiver_id for mail in mails}
    owing = Panelist.objects.filter(owed())
    late = owing.filter(interview__due_at__lte=Now())
    run = OpeningMember.objects.filter(user__in=receivers, opening__in=late.values("interview__application__opening"))
    true_for = {
        kinds.ESCALATED.key: set(run.values_list("user", flat=True)),
        kinds.REMINDED.key: set(owing.filter(user__in=receivers).values_list("user", flat=True)),
    }
    true_for[kinds.DUE_SET.key] = true_for[kinds.REMINDED.key]
    return {mail.pk for mail in mails if mail.receiver_id not in true_for.get(mail.kind, receivers)}
