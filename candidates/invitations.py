"""Telling a panel: an interview that is planned, changed or cancelled, each with a file for the calendar.

Of the candidate a mail says no more than the opening's rules let an interviewer know:
the code name where it is anonymous, nothing where it is confidential or the reader is
external.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parseaddr
from typing import Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from candidates.models import Interview, Opening, OpeningMember, Panelist
from notices import calendars, kinds
from notices.calendars import Entry
from notices.kinds import Kind
from notices.services import Message, moment_in_words, preferences_of_each, tell, zones_of

ROLE = "role:"  # how a thread about a role begins
INTERVIEW = "interview:"  # how one about an interview does
INTERVIEWER = "interviewer"  # who usually holds a round has this in place of a role
NEXT_STEPS = {
    OpeningMember.Role.RECRUITER.value: "Next: look at the plan, add candidates and plan their interviews.",
    OpeningMember.Role.HIRING_MANAGER.value: "Next: look at the rubric and the plan, which every debrief follows.",
    INTERVIEWER: "Next: nothing yet. Each interview that is planned with you comes as an invitation.",
}
CONFIDENTIAL = "a confidential opening"  # in place of its title
NOT_HELD = "It will not take place."
HEADLINES = {kinds.INVITED: "Interview", kinds.MOVED: "Changed interview", kinds.CANCELLED: "Cancelled interview"}


@dataclass(frozen=True)
class Before:
    """An interview as it was; `other_part` has the keys of those who have another part on
    its panel now."""

    starts_at: datetime
    due_at: datetime
    place: str
    minutes: int
    other_part: frozenset[int] = frozenset()

    @classmethod
    def of(cls, interview: Interview, other_part: frozenset[int] = frozenset()) -> Self:
        return cls(interview.starts_at, interview.due_at, interview.place, interview.round.minutes, other_part)


def invite(interview: Interview, panelists: Iterable[Panelist], *, begins: bool = False) -> None:
    """Tell these people that they are on the panel of an interview that is still to come.

    With `begins` it is new, so nobody can have been told anything of it.
    """
    if interview.starts_at > timezone.now():
        _tell(kinds.INVITED, interview, panelists, begins=begins)


def invite_all(panelists: Iterable[Panelist]) -> None:
    """Tell these people of many interviews at once that they are on a panel to come."""
    now = timezone.now()
    coming = [panelist for panelist in panelists if panelist.interview.starts_at > now]
    _tell_each(coming, lambda panelist, zone: _message(kinds.INVITED, panelist.interview, panelist, zone))


def tell_changed(interview: Interview, panelists: Iterable[Panelist], *, before: Before) -> None:
    """Tell these people that it is not as it was `before`, and in what.

    Nobody is told where it was over before and is over now.
    """
    if max(interview.starts_at, before.starts_at) > timezone.now():
        _tell(kinds.MOVED, interview, panelists, before=before)


def tell_length(panelists: Collection[Panelist], minutes_before: int) -> None:
    """Tell these people, of interviews to come, that these take another time than before."""

    def moved(panelist: Panelist, zone: ZoneInfo) -> Message:
        before = replace(Before.of(panelist.interview), minutes=minutes_before)
        return _message(kinds.MOVED, panelist.interview, panelist, zone, before=before)

    _tell_each(panelists, moved)


def tell_cancelled(interview: Interview, panelists: Iterable[Panelist], *, for_all: bool = False) -> None:
    """Tell these people that an interview to come is off for them, or `for_all`. Call it before the rows go."""
    if interview.starts_at > timezone.now():
        ending = NOT_HELD if for_all else "You are no longer on its panel."
        _tell(kinds.CANCELLED, interview, panelists, ending=ending)


def tell_all_cancelled(panelists: Collection[Panelist], *, nameless: bool = False) -> None:
    """Tell these people, of interviews to come, that these will not take place.

    With `nameless` nothing leads to the candidate or to their application: they are erased.
    """

    def cancelled(panelist: Panelist, zone: ZoneInfo) -> Message:
        message = _message(kinds.CANCELLED, panelist.interview, panelist, zone, ending=NOT_HELD)
        return _without_candidate(message, panelist, zone) if nameless else message

    _tell_each(panelists, cancelled)


def _without_candidate(message: Message, panelist: Panelist, zone: ZoneInfo) -> Message:
    """It does not name the opening either, since no later change of that reaches it."""
    interview = panelist.interview
    entry = replace(entry_of(interview, panelist.user, path=""), title=interview.round.name, place="")
    title = f"{HEADLINES[kinds.CANCELLED]}: {entry.title}"
    text = f"This interview was planned for {moment_in_words(interview.starts_at, zone)}. {NOT_HELD}"
    cancelled = calendars.cancellation(entry, zone)
    return replace(message, title=title, paragraphs=(text,), calendar=cancelled, about=None)


def tell_added(member: OpeningMember) -> None:
    """Tell somebody of their new role on an opening; by mail not its title where it is confidential."""
    opening = member.opening
    message = Message(
        kind=kinds.ADDED,
        title=f"You are now a {member.get_role_display().lower()} for {opening_in_words(opening)}",
        paragraphs=(next_step(member.role),),
        path=reverse("opening", args=[opening.pk]),
        action="Go to the opening",
        about=("opening", opening.pk),
        thread=role_thread(opening.pk, member.role, member.user_id),
    )
    tell([(member.user, message)])


def tell_asked(opening: Opening, user: User) -> None:
    """Tell somebody that they are among the usual interviewers of an opening, which they cannot open themselves."""
    message = Message(
        kind=kinds.ADDED,
        title=f"You are now an interviewer for {opening_in_words(opening)}",
        paragraphs=(next_step(INTERVIEWER),),
        path=reverse("home"),
        action="Go to your interviews",
        about=("opening", opening.pk),
        thread=role_thread(opening.pk, INTERVIEWER, user.pk),
    )
    tell([(user, message)])


def role_thread(opening: int, role: str, user: int) -> str:
    """The thread of mail that tells somebody of this role there, all by their keys."""
    return f"{ROLE}{opening}:{role}:{user}"


def interview_of(thread: str) -> int | None:
    """The key of the interview that a thread is about; None where it is about none."""
    if not thread.startswith(INTERVIEW):
        return None
    return int(thread.removeprefix(INTERVIEW).partition(":")[0])


def opening_in_words(opening: Opening) -> str:
    """The opening as mail may name it."""
    return CONFIDENTIAL if opening.confidential else opening.title


def next_step(role: str) -> str:
    """What somebody with this role does first."""
    return NEXT_STEPS[role]


def _tell_each(panelists: Collection[Panelist], message: Callable[[Panelist, ZoneInfo], Message]) -> None:
    """Tell each of these people, of interviews of their own, what `message` gives for them in
    their time zone."""
    zones = zones_of(panelist.user for panelist in panelists)
    tell([(panelist.user, message(panelist, zones[panelist.user_id])) for panelist in panelists])


def _tell(
    kind: Kind,
    interview: Interview,
    panelists: Iterable[Panelist],
    *,
    before: Before | None = None,
    ending: str = "",
    begins: bool = False,
) -> None:
    told = list(panelists)
    preferences = preferences_of_each(panelist.user for panelist in told)
    messages = []
    for panelist in told:
        zone = preferences[panelist.user_id].zone
        message = _message(kind, interview, panelist, zone, before=before, ending=ending)
        messages.append((panelist.user, replace(message, begins=begins)))
    tell(messages, preferences=preferences)


def _message(
    kind: Kind,
    interview: Interview,
    panelist: Panelist,
    zone: ZoneInfo,
    *,
    before: Before | None = None,
    ending: str = "",
) -> Message:
    """What one person on the panel is told, in their time zone; `before` is how it was.

    `ending` says how far a cancelled one is off.
    """
    is_off = kind == kinds.CANCELLED
    has_page = not (is_off or panelist.user.is_guest)
    path = reverse("scorecard", args=[panelist.pk]) if has_page else ""
    entry = entry_of(interview, panelist.user, path=path)
    write = calendars.cancellation if is_off else calendars.invitation
    return Message(
        kind=kind,
        title=f"{HEADLINES[kind]}: {entry.title}",
        paragraphs=tuple(_paragraphs(interview, panelist, zone, before=before, ending=ending)),
        path=path,
        action="Open the interview kit",
        about=("application", interview.application_id),
        thread=f"{INTERVIEW}{interview.pk}:{panelist.user_id}",
        calendar=write(entry, zone),
        calendar_method="CANCEL" if is_off else "REQUEST",
    )


def _paragraphs(
    interview: Interview, panelist: Panelist, zone: ZoneInfo, *, before: Before | None, ending: str
) -> list[str]:
    starts = moment_in_words(interview.starts_at, zone)
    opening = interview.application.opening
    job = "" if opening.confidential else f" It is for “{opening.title}”."
    if ending:
        return [f"This interview was planned for {starts}.{job} {ending}"]
    lines = [f"{starts}, {interview.round.minutes} minutes.{job}"]
    was = before or Before.of(interview)
    if was.starts_at != interview.starts_at:
        lines.append(f"It was planned for {moment_in_words(was.starts_at, zone)}.")
    if was.minutes != interview.round.minutes:
        lines.append(f"It was planned to take {was.minutes} minutes.")
    if interview.place or was.place:
        lines.append(_place(interview.place, was.place))
    lines += _part(panelist, has_another=panelist.pk in was.other_part)
    due = f"Your scorecard is due {moment_in_words(interview.due_at, zone)}."
    if was.due_at != interview.due_at:
        due += f" It was due {moment_in_words(was.due_at, zone)}."
    lines.append(due)
    return lines


def _place(place: str, before: str) -> str:
    """Where it is held and, where that is another than before, where it was to be held."""
    said = f"Place or link: {place}" if place else "It has no place or link any more."
    if before in {"", place}:
        return said
    return f"{said}\nBefore: {before}"


def _part(panelist: Panelist, *, has_another: bool) -> list[str]:
    """What somebody is on the panel, as far as that is not what people usually are."""
    if panelist.role == Panelist.Role.SHADOW:
        said = "You are a shadow interviewer" + (" now" if has_another else "")
        return [f"{said}: what you write is never counted."]
    return ["You are a lead interviewer now: what you write counts."] if has_another else []


def entry_of(interview: Interview, user: User, *, path: str) -> Entry:
    """The interview as it stands in this person's calendar."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return Entry(
        uid=f"interview-{interview.pk}@{urlsplit(settings.SITE_URL).hostname}",
        sequence=interview.calendar_sequence,
        changed_at=timezone.now(),
        starts_at=interview.starts_at,
        minutes=interview.round.minutes,
        title=title_of(interview, user),
        text="",
        url=f"{settings.SITE_URL}{path}" if path else "",
        place=interview.place,
        organizer=address,
        organizer_name=name or "Evenhand",
        attendee=user.email,
        attendee_name=user.display_name,
    )


def title_of(interview: Interview, user: User) -> str:
    """The round and, where this person may know, who it is with."""
    application = interview.application
    if application.opening.confidential or user.is_guest:
        return interview.round.name
    called = application.alias if application.opening.anonymous else application.candidate.name
    return f"{interview.round.name} with {called}"
