"""What scorecards tell people: that one is due or late, that all are in, that a note was left.

Nobody who owes a scorecard on an application is told anything of others' there, not even
that somebody has submitted.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import CharField, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat, Greatest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from candidates.channels import application_in_words, tell_channels_of, was_said
from candidates.invitations import title_of
from candidates.members import members_each, running_each
from candidates.models import Application, OpeningMember, Panelist, ReminderRule
from notices import kinds, reminders
from notices.letters import Line
from notices.models import Notice, NoticePreferences
from notices.services import Message, moment_in_words, preferences_of_each, tell, told_keys, zones_of
from scorecards.models import HandoffNote, Scorecard, owed, writable
from scorecards.policies import may_see_debrief
from scorecards.settled import is_due_as_told, panelist_of, roles_at

# Nobody is reminded of what is late by more than this.
FORGOTTEN = timedelta(days=60)
# Whoever was reminded by a person within this time is left alone by the clock.
LATELY = timedelta(hours=4)
# Steps of reminders, as their keys name them.
BY_HAND = "by-hand"
RECOMMENDATION = "recommendation"
# No page keeps the link of an external interviewer, so no reminder can repeat it.
GUEST_WAY = "Use the link that was mailed to you. If it no longer works, ask whoever invited you."
# What the words about an interview ask of a panelist.
RELATED = ("interview__round", "interview__application__opening", "interview__application__candidate")


def tell_all_in(application: Application) -> int:
    """Tell those who run the opening once no lead owes a scorecard any more; how many were told.

    Whatever may end the last debt calls this: a submission, a refusal, a release, a cancellation,
    and a change of the panel. Where nobody has submitted one, because all declined or were
    released, they are told that. Nobody is told of a closed application, or of one without a panel.
    Channels are told only where nobody on a panel can be blind any more.
    """
    panelists = Panelist.objects.filter(interview__application=application)
    count = panelists.count()
    if application.is_over or not count or panelists.filter(owed(), role=Panelist.Role.LEAD).exists():
        return 0
    title, text = f"All scorecards are in: {application_in_words(application)}", "The debrief can be opened."
    submitted = Scorecard.objects.filter(panelist__in=panelists, state=Scorecard.State.SUBMITTED, withdrawal=None)
    came = submitted.count()
    if not came:
        title = f"No scorecard is coming: {application_in_words(application)}"
        text = "Whoever was on the panel has declined or was released. Plan an interview with somebody else."
    messages = []
    for user in _who_run(application):
        message = Message(
            kind=kinds.ALL_IN,
            title=title,
            paragraphs=(text,),
            path=reverse("debrief", args=[application.pk]),
            action="Go to the debrief",
            about=("application", application.pk),
            key=f"all_in:{application.pk}:{count}:{came}:{user.pk}",
        )
        messages.append((user, message))
    told = tell(messages)
    if came and not panelists.filter(writable()).exists():
        newest = submitted.aggregate(at=Max("submitted_at"))["at"]
        if told or not was_said(kinds.ALL_IN, application, since=newest):
            tell_channels_of(kinds.ALL_IN, application)
    return told


def tell_reopened(applications: Collection[Application], *, by: User) -> None:
    """Tell of each of these, which count again, that no scorecard is owed there, where that
    is so; `by` opened them."""
    for application in applications:
        tell_all_in(application)


def _who_run(application: Application) -> list[User]:
    """Those with a role on the opening who may read the debrief."""
    members = User.objects.colleagues().filter(memberships__opening=application.opening_id).distinct()
    return [user for user in members if may_see_debrief(user, application)]


def tell_handed_off(note: HandoffNote) -> int:
    """Tell the others on the panel who still have their interview to judge; how many were told."""
    interview = note.panelist.interview
    later = Panelist.objects.filter(
        interview__application=interview.application_id,
        interview__starts_at__gte=interview.starts_at,
        user__is_guest=False,
    ).filter(owed())
    messages = []
    for panelist in later.exclude(user=note.panelist.user_id).select_related("user", *RELATED):
        message = Message(
            kind=kinds.HANDED_OFF,
            title=f"Hand-off note for your interview: {title_of(panelist.interview, panelist.user)}",
            paragraphs=("An interviewer of this candidate left a note for you.",),
            path=reverse("scorecard", args=[panelist.pk]),
            action="Read it beside your scorecard",
            about=("application", interview.application_id),
            key=f"handed_off:{note.pk}:{panelist.pk}",
        )
        messages.append((panelist.user, message))
    return tell(messages)


@transaction.atomic
def remind(now: datetime) -> int:
    """Remind whoever owes a scorecard, and tell those who run the opening what stays late; how many were told.

    Whoever has handed in, declined or left the panel by now is not among those asked. While somebody else is at it,
    nobody is told anything here.
    """
    if not _is_alone():
        return 0
    near = {"interview__due_at__gte": now - FORGOTTEN, "interview__due_at__lte": now + timedelta(days=7)}
    owing: list[Any] = list(
        owing_at(now).filter(**near).annotate(by_hand=last_reached(BY_HAND), reminded_at=last_reached())
    )
    reached = [panelist for panelist in owing if panelist.user.is_active]
    rules = _rules({panelist.interview.application.opening_id for panelist in owing})
    preferences = preferences_of_each(panelist.user for panelist in reached)
    messages = []
    for panelist in reached:
        rule = rules.get(panelist.interview.application.opening_id, reminders.Rule())
        step = "" if is_lately(panelist.by_hand, now) else _step(panelist, rule, now, panelist.reminded_at)
        if step and not _waits(preferences[panelist.user_id], panelist, rule, now):
            zone = preferences[panelist.user_id].zone
            messages.append((panelist.user, reminder(panelist, step, now, zone)))
    return tell(messages) + _escalate(owing, rules, now) + tell_of_gaps(now)


def _is_alone() -> bool:
    """Whether no other worker reminds at this moment; then none will until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('scorecards.remind'))")
        return bool(cursor.fetchone()[0])


def chaseable(now: datetime) -> QuerySet[Panelist]:
    """Who owes a scorecard on an interview that has begun, and can be told so."""
    return owing_at(now).filter(user__is_active=True)


def owing_at(now: datetime) -> QuerySet[Panelist]:
    """Who owes a scorecard on an interview that has begun, also those who can no longer sign in."""
    panelists = Panelist.objects.filter(
        owed(),
        interview__starts_at__lte=now,
        interview__application__candidate__erased_at=None,
    )
    return panelists.select_related("user", "scorecard", *RELATED).order_by("pk")


def last_reminded() -> Subquery:
    """Of panelists, when they were last reminded of that scorecard; null for never."""
    return Subquery(_reminders().order_by("-created_at").values("created_at")[:1])


def last_reached(step: str = "") -> Subquery:
    """Of panelists, when a reminder of that scorecard, or one of this step, last reached them, or will as their
    quiet hours end; null for never."""
    reached = Greatest("created_at", "mail__not_before")  # PostgreSQL's, which passes over what is null
    return Subquery(_reminders(step).annotate(reached=reached).order_by("-reached").values("reached")[:1])


def _reminders(step: str = "") -> QuerySet[Notice]:
    """Of the panelist that the query around it asks of."""
    key = Concat(Value("reminded:"), OuterRef("pk"), Value(f":{step}"), output_field=CharField())
    return Notice.objects.filter(receiver=OuterRef("user"), kind=kinds.REMINDED.key, key__startswith=key)


def is_lately(reminded_at: datetime | None, now: datetime) -> bool:
    """Whether somebody who was reminded then is left alone for now."""
    return reminded_at is not None and reminded_at > now - LATELY


def _step(panelist: Panelist, rule: reminders.Rule, now: datetime, reminded_at: datetime | None) -> str:
    """What this person is reminded of now, as a part of its key; empty for nothing."""
    interview = panelist.interview
    step = reminders.step_due(rule, interview.due_at, now)
    if step is not None and reminders.is_soon(rule, step, reminded_at, now):
        return ""  # quiet hours or a person's reminder brought the last one near to this
    if step is not None:
        return f"{interview.due_at:%Y%m%d%H%M}:{step}"
    card: Scorecard | None = getattr(panelist, "scorecard", None)
    has_one = card is not None and card.recommendation != ""
    hours = interview.round.recommendation_hours
    if has_one or not reminders.is_past(hours, interview.over_at, now) or now >= interview.due_at:
        return ""
    return f"{interview.due_at:%Y%m%d%H%M}:{RECOMMENDATION}"


def _rules(openings: set[int]) -> dict[int, reminders.Rule]:
    return {row.opening_id: row.rule for row in ReminderRule.objects.filter(opening__in=openings)}


def _waits(preferences: NoticePreferences, panelist: Panelist, rule: reminders.Rule, now: datetime) -> bool:
    """Whether this person's reminder waits for a better hour, or for the due time, as they
    wish: where the opening reminds of nothing after that, it does not."""
    if now < panelist.interview.due_at and preferences.fewer_reminders and rule.times:
        return True
    return reminders.is_quiet(preferences.quiet, now.astimezone(preferences.zone))


def reminder(
    panelist: Panelist, step: str, now: datetime, zone: ZoneInfo, *, not_before: datetime | None = None
) -> Message:
    """What somebody who owes a scorecard is told; `step` keeps the same from being told twice.

    The round and candidate tell it from others, as far as invitations say who that is.
    """
    interview = panelist.interview
    held, due = moment_in_words(interview.starts_at, zone), moment_in_words(interview.due_at, zone)
    state, when = "scorecard is due", f"The interview was on {held}. The scorecard is due {due}."
    text = "A few minutes are enough while you still remember the interview."
    if now >= interview.due_at:
        state, when = "scorecard is late", f"The interview was on {held}. The scorecard was due {due}."
    elif step.endswith(RECOMMENDATION):
        state, text = "recommendation is due", "Write down what you think now. The evidence can follow until then."
    # What waits stays a mail of its own, which a newer one or a submission stops.
    sent_at = not_before or now
    brief = "" if sent_at > now else reminder_brief(panelist, zone)
    path = overview = ""
    paragraphs = [when, text]
    if panelist.user.is_guest:
        paragraphs.append(GUEST_WAY)
    else:
        path, overview = reverse("scorecard", args=[panelist.pk]), reverse("home")
    return Message(
        kind=kinds.REMINDED,
        title=f"Your {state}: {title_of(interview, panelist.user)}",
        paragraphs=tuple(paragraphs),
        brief=brief,
        overview=overview,
        path=path,
        action="Open your scorecard",
        about=("application", interview.application_id),
        thread=f"reminder:{panelist.pk}",
        key=f"reminded:{panelist.pk}:{step}",
        not_before=sent_at,
    )


def _escalate(owing: list[Panelist], rules: dict[int, reminders.Rule], now: datetime) -> int:
    """Tell recruiters, and later hiring managers, who is late; how many were told."""
    members = members_each({panelist.interview.application.opening_id for panelist in owing})
    late: dict[str, tuple[User, Panelist]] = {}
    for panelist in owing:
        opening = panelist.interview.application.opening_id
        rule = rules.get(opening, reminders.Rule())
        for member in members.get(opening, []):
            if reminders.is_past(_hours(rule, member.role), panelist.interview.due_at, now):
                late[_late_key(panelist, member.user_id)] = (member.user, panelist)
    told = told_keys(late)
    preferences = preferences_of_each(user for user, _ in late.values())
    messages = []
    for key, (user, panelist) in late.items():
        said = preferences[user.pk]
        waits = reminders.is_quiet(said.quiet, now.astimezone(said.zone))
        if key not in told and not waits and _may_know(user, panelist):
            messages.append((user, _lateness(panelist, key, now, said.zone)))
    return tell(messages)


def tell_of_gaps(now: datetime) -> int:
    """Tell those who run the opening of an interview to come whose interviewer can no
    longer sign in; how many were told."""
    gone = Panelist.objects.filter(
        owed(),
        interview__starts_at__gt=now,
        interview__application__candidate__erased_at=None,
        user__is_active=False,
    )
    found = list(gone.select_related("user", *RELATED).order_by("pk"))
    if not found:
        return 0
    runs = running_each({panelist.interview.application.opening_id for panelist in found})
    wanted: dict[str, tuple[User, Panelist]] = {}
    for panelist in found:
        for user in runs.get(panelist.interview.application.opening_id, []):
            wanted[f"gone:{panelist.pk}:{user.pk}"] = (user, panelist)
    told = told_keys(wanted)
    fresh = {key: about for key, about in wanted.items() if key not in told}
    zones = zones_of(user for user, _ in fresh.values())
    return tell([(user, _gap(panelist, key, zones[user.pk])) for key, (user, panelist) in fresh.items()])


def _gap(panelist: Panelist, key: str, zone: ZoneInfo) -> Message:
    interview = panelist.interview
    held = moment_in_words(interview.starts_at, zone)
    name = panelist.user.display_name
    return Message(
        kind=kinds.GONE,
        title=f"An interviewer can no longer sign in: {application_in_words(interview.application)}",
        paragraphs=(
            f"The account of {name} was switched off. {interview.round.name} is planned for {held}.",
            "Put somebody else on the panel, or cancel the interview.",
        ),
        path=reverse("application", args=[interview.application_id]),
        action="Go to the application",
        about=("application", interview.application_id),
        key=key,
    )


def _hours(rule: reminders.Rule, role: str) -> int:
    """After how many hours this role is told; 0 for never."""
    return rule.recruiter_hours if role == OpeningMember.Role.RECRUITER else rule.manager_hours


def _late_key(panelist: Panelist, user_id: int) -> str:
    return f"late:{panelist.pk}:{panelist.interview.due_at:%Y%m%d%H%M}:{user_id}"


def _may_know(user: User, panelist: Panelist) -> bool:
    """Whether the person may learn how far others on this application are; one's own lateness one knows."""
    return user.pk != panelist.user_id and may_see_debrief(user, panelist.interview.application)


def _lateness(panelist: Panelist, key: str, now: datetime, zone: ZoneInfo) -> Message:
    """What somebody who runs the opening is told."""
    interview = panelist.interview
    due = moment_in_words(interview.due_at, zone)
    paragraphs = [f"It was due {due}. It is for {application_in_words(interview.application)}."]
    if not panelist.user.is_active:
        paragraphs.append(
            "Their account is switched off, so nobody reminds them. Release them if no scorecard will come."
        )
    return Message(
        kind=kinds.ESCALATED,
        title=f"Late scorecard: {panelist.user.display_name}, {interview.round.name}",
        paragraphs=tuple(paragraphs),
        path=reverse("application", args=[interview.application_id]),
        action="Go to the application",
        about=("application", interview.application_id),
        thread=key,
        key=key,
        brief=_late_brief(panelist, zone),
        overview=reverse("chase"),
        not_before=now,
    )


# --- lines of a mail in place of several -------------------------------------
def reminder_brief(panelist: Panelist, zone: ZoneInfo) -> str:
    interview = panelist.interview
    return f"{interview.round.name}, interview of {moment_in_words(interview.starts_at, zone)}"


def due_brief(panelist: Panelist, zone: ZoneInfo) -> str:
    due = moment_in_words(panelist.interview.due_at, zone)
    return f"{reminder_brief(panelist, zone)}: due {due}"


def _late_brief(panelist: Panelist, zone: ZoneInfo) -> str:
    interview = panelist.interview
    due = moment_in_words(interview.due_at, zone)
    return f"{panelist.user.display_name}, {interview.round.name}: was due {due}"


def lines_now(lines: Collection[Line]) -> dict[Line, str]:
    """What these lines say of scorecards now; empty where nobody owes it any more, its
    interview was moved, or its reader may not be told any more."""
    keys = {line: key for line in lines if (key := panelist_of(line.thread)) is not None}
    asked = Panelist.objects.filter(owed(), pk__in=set(keys.values()))
    owing = {panelist.pk: panelist for panelist in asked.select_related("user", *RELATED)}
    readers = User.objects.in_bulk({line.receiver_id for line in keys})
    zones = zones_of(readers.values())
    roles = roles_at(readers, owing)
    said = {}
    for line, key in keys.items():
        panelist, reader = owing.get(key), readers[line.receiver_id]
        words = ""
        if panelist is not None and _is_true(line, panelist, reader, roles):
            words = BRIEFS[line.kind](panelist, zones[reader.pk])
        said[line] = words
    return said


BRIEFS = {
    kinds.REMINDED.key: reminder_brief,
    kinds.DUE_SET.key: due_brief,
    kinds.ESCALATED.key: _late_brief,
}


def _is_true(line: Line, panelist: Panelist, reader: User, roles: set[tuple[int, int]]) -> bool:
    """Whether a line about this person, who owes a scorecard, may still be sent to its
    reader."""
    interview = panelist.interview
    if line.kind == kinds.REMINDED.key:
        return interview.starts_at <= timezone.now()
    if line.kind == kinds.ESCALATED.key:
        is_told = (reader.pk, panelist.pk) in roles and _may_know(reader, panelist)
        return is_told and is_due_as_told(line.thread, interview.due_at)
    return True
