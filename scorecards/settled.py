"""Which mails say nothing true any more, or nothing that their receiver may be told: the
outbox asks before it sends one."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from accounts.models import User
from candidates.invitations import INTERVIEWER, ROLE, interview_of, role_thread
from candidates.models import Application, OpeningMember, Panelist, Round
from notices import kinds
from notices.models import ChatMessage, Mail
from scorecards.models import Scorecard, owed, writable
from scorecards.policies import debriefs

Settled = Callable[[Sequence[Mail]], set[int]]


def settled_mails(mails: Sequence[Mail]) -> set[int]:
    """The keys of those that the rule of their kind, one of `RULES`, finds settled."""
    settled: set[int] = set()
    for kind, rule in RULES.items():
        of_kind = [mail for mail in mails if mail.kind == kind]
        if of_kind:
            settled |= rule(of_kind)
    return settled


def settled_chat(messages: Sequence[ChatMessage]) -> set[int]:
    """The keys of those that tell of others' judgement where somebody may still write a
    scorecard: everybody may read a channel."""
    of_others = [one for one in messages if one.kind in kinds.OF_OTHERS and one.about_type == "application"]
    if not of_others:
        return set()
    writing = Panelist.objects.filter(writable(), interview__application__in={one.about_id for one in of_others})
    unfinished = set(writing.values_list("interview__application", flat=True))
    return {one.pk for one in of_others if one.about_id in unfinished}


# --- scorecards that are owed ------------------------------------------------
def panelist_of(thread: str) -> int | None:
    """The key of the panelist whose scorecard a thread is about; None where it is about
    none."""
    sort, _, rest = thread.partition(":")
    return int(rest.partition(":")[0]) if sort in {"reminder", "late"} else None


def is_due_as_told(thread: str, due_at: datetime) -> bool:
    """Whether what a thread says is late is still due when it says."""
    return f"{due_at:%Y%m%d%H%M}" in thread.split(":")


def _panelists(mails: Sequence[Mail]) -> dict[int, int]:
    """The panelists' keys of those of these mails that are about one."""
    return {mail.pk: panelist for mail in mails if (panelist := panelist_of(mail.thread)) is not None}


def _no_longer_owed(mails: Sequence[Mail]) -> set[int]:
    """Those that ask for a scorecard, or say that one is late, which nobody owes any more."""
    panelists = _panelists(mails)
    if not panelists:
        return set()
    owing = set(Panelist.objects.filter(owed(), pk__in=set(panelists.values())).values_list("pk", flat=True))
    return {mail for mail, panelist in panelists.items() if panelist not in owing}


def _not_late(mails: Sequence[Mail]) -> set[int]:
    """Those that say that a scorecard is late which nobody owes, or is due at another
    time, or of which nothing may be told to the receiver any more."""
    panelists = _panelists(mails)
    of_one = [mail for mail in mails if mail.pk in panelists]
    settled = _no_longer_owed(of_one) | _due_otherwise(of_one, panelists)
    return settled | _no_longer_run(of_one, panelists) | _unreadable(of_one)


def _no_longer_run(mails: Sequence[Mail], panelists: Mapping[int, int]) -> set[int]:
    """The keys of these mails, each with its panelist's, whose receiver has
    no role on that opening."""
    run = roles_at([mail.receiver_id for mail in mails], [panelists[mail.pk] for mail in mails])
    return {mail.pk for mail in mails if (mail.receiver_id, panelists[mail.pk]) not in run}


def roles_at(users: Collection[int | None], panelists: Collection[int]) -> set[tuple[int, int]]:
    """Which of these people have a role on the opening of which of these
    panelists, by their keys."""
    if not users or not panelists:
        return set()
    way = "opening__applications__interviews__panelists"
    roles = OpeningMember.objects.filter(user__in=set(users))
    about = roles.filter(**{f"{way}__in": set(panelists)})
    return set(about.values_list("user", way))


def _due_otherwise(mails: Sequence[Mail], panelists: Mapping[int, int]) -> set[int]:
    """The keys of these mails, each with its panelist's, that are late no
    more since they are due at another time."""
    if not mails:
        return set()
    asked = Panelist.objects.filter(pk__in={panelists[mail.pk] for mail in mails})
    due = dict(asked.values_list("pk", "interview__due_at"))
    moved = set()
    for mail in mails:
        due_at = due.get(panelists[mail.pk])
        if due_at is not None and not is_due_as_told(mail.thread, due_at):
            moved.add(mail.pk)
    return moved


# --- how far all are ---------------------------------------------------------
def _not_all_in(mails: Sequence[Mail]) -> set[int]:
    """Those that say that all scorecards are in though a lead owes one again, or to somebody
    who has no role there or may not read the debrief any more."""
    applications = {mail.about_id for mail in mails}
    leads = Panelist.objects.filter(role=Panelist.Role.LEAD)
    owing = leads.filter(owed(), interview__application__in=applications)
    unfinished = set(owing.values_list("interview__application", flat=True))
    settled = {mail.pk for mail in mails if mail.about_id in unfinished}
    return settled | _without_part(mails) | _unreadable(mails)


def _not_decided(mails: Sequence[Mail]) -> set[int]:
    """Those that tell of a decision that stands no more, or somebody who may not read it,
    or has no role there any more and never was on a panel."""
    applications = Application.objects.filter(pk__in={mail.about_id for mail in mails})
    decided = set(applications.exclude(decided="").values_list("pk", flat=True))
    roles = OpeningMember.objects.filter(opening__applications__in=decided)
    interviewers = Panelist.objects.filter(interview__application__in=decided)
    concerned = set(roles.values_list("user", "opening__applications"))
    concerned |= set(interviewers.values_list("user", "interview__application"))
    settled = _unreadable(mails)
    for mail in mails:
        if mail.about_id not in decided or (mail.receiver_id, mail.about_id) not in concerned:
            settled.add(mail.pk)
    return settled


def _unreadable(mails: Sequence[Mail]) -> set[int]:
    """Those about an application whose debrief the receiver may not read, as somebody who
    owes a scorecard there."""
    asked: dict[int, set[int]] = {}
    for mail in mails:
        if mail.receiver_id is not None and mail.about_id is not None:
            asked.setdefault(mail.receiver_id, set()).add(mail.about_id)
    readable = set()
    for reader in User.objects.filter(pk__in=list(asked)):
        keys = debriefs(reader).filter(pk__in=asked[reader.pk]).values_list("pk", flat=True)
        readable |= {(reader.pk, key) for key in keys}
    return {mail.pk for mail in mails if (mail.receiver_id, mail.about_id) not in readable}


# --- who it concerns ---------------------------------------------------------
def _not_on_panel(mails: Sequence[Mail]) -> set[int]:
    """Those that ask somebody to an interview who is not on its panel any more or has
    declined, or that is off, or of an application that was closed."""
    interviews = {mail.pk: interview for mail in mails if (interview := interview_of(mail.thread)) is not None}
    if not interviews:
        return set()
    panelists = Panelist.objects.on_panel().filter(interview__in=set(interviews.values()), interview__cancelled_at=None)
    declined = Q(scorecard__state=Scorecard.State.DECLINED)
    closed = Q(interview__application__state__in=Application.CLOSED)
    asked = set(panelists.exclude(declined | closed).values_list("user", "interview"))
    about_one = [mail for mail in mails if mail.pk in interviews]
    return {mail.pk for mail in about_one if (mail.receiver_id, interviews[mail.pk]) not in asked}


def _no_note_needed(mails: Sequence[Mail]) -> set[int]:
    """Those that tell of a note for an interview that the receiver has not to judge any more."""
    owing = Panelist.objects.filter(owed(), interview__application__in={mail.about_id for mail in mails})
    asked = set(owing.values_list("user", "interview__application"))
    return {mail.pk for mail in mails if (mail.receiver_id, mail.about_id) not in asked}


def _without_role(mails: Sequence[Mail]) -> set[int]:
    """Those that tell of a role on an opening that the receiver has lost."""
    of_a_role = [mail for mail in mails if mail.thread.startswith(ROLE)]
    if not of_a_role:
        return set()
    openings = {mail.about_id for mail in of_a_role}
    roles = OpeningMember.objects.filter(opening__in=openings).values_list("opening", "role", "user")
    usual = Round.panel.through.objects.filter(round__opening__in=openings).values_list("round__opening", "user")
    held = {role_thread(*role) for role in roles}
    held |= {role_thread(opening, INTERVIEWER, user) for opening, user in usual}
    return {mail.pk for mail in of_a_role if mail.thread not in held}


def _not_missing(mails: Sequence[Mail]) -> set[int]:
    """Those that tell of somebody who can no longer sign in where nobody like that is on an
    interview any more, or whose receiver runs the opening no more."""
    gone = Panelist.objects.filter(owed(), user__is_active=False)
    about = gone.filter(interview__application__in={mail.about_id for mail in mails})
    missing = set(about.values_list("interview__application", flat=True))
    settled = {mail.pk for mail in mails if mail.about_id not in missing}
    return settled | _without_part(mails)


def _without_part(mails: Sequence[Mail]) -> set[int]:
    """Those about an application on whose opening the receiver has no role any more."""
    roles = OpeningMember.objects.filter(opening__applications__in={mail.about_id for mail in mails})
    run = set(roles.values_list("user", "opening__applications"))
    return {mail.pk for mail in mails if (mail.receiver_id, mail.about_id) not in run}


def _never(mails: Sequence[Mail]) -> set[int]:
    """That something is off stays true: a calendar still has it."""
    return set()


RULES: dict[str, Settled] = {
    kinds.INVITED.key: _not_on_panel,
    kinds.MOVED.key: _not_on_panel,
    kinds.CANCELLED.key: _never,
    kinds.REMINDED.key: _no_longer_owed,
    kinds.DUE_SET.key: _no_longer_owed,
    kinds.ESCALATED.key: _not_late,
    kinds.ALL_IN.key: _not_all_in,
    kinds.DECIDED.key: _not_decided,
    kinds.HANDED_OFF.key: _no_note_needed,
    kinds.GONE.key: _not_missing,
    kinds.UNDELIVERED.key: _without_part,
    kinds.ADDED.key: _without_role,
}
