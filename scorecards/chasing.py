"""Going after scorecards that are owed, by hand: a reminder, or a new due time.

Only whoever runs the opening does so, and is not blind to the application: whom one can
remind has not handed in.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.plural import counted
from audit.services import record_each
from candidates.invitations import title_of
from candidates.locks import lock_applications
from candidates.models import Application, Interview, Panelist
from candidates.policies import runnable
from notices import kinds
from notices.services import Message, moment_in_words, preferences_of_each, tell
from scorecards.models import owed, unblinded
from scorecards.panels import prolong_links
from scorecards.telling import BY_HAND, RELATED, chaseable, due_brief, is_lately, last_reached, reminder


@dataclass(frozen=True)
class Reminded:
    """Who was reminded, of whom some are told only as their quiet hours end, and who was left alone.

    `lately` were reminded within `telling.LATELY`; `others` owe nothing that has begun,
    or their account is switched off.
    """

    told: list[Panelist]
    waiting: list[Panelist]
    lately: list[Panelist]
    others: list[Panelist]

    @property
    def outcome(self) -> str:
        """How many were told and by what, and whom nothing can reach without mail."""
        if settings.MAIL_IS_SET_UP:
            return f"{counted(len(self.told), 'reminder')} on the way."
        colleagues = [panelist for panelist in self.told if not panelist.user.is_guest]
        noted = f"{counted(len(colleagues), 'reminder')} among their notices."
        words = f"E-mail is not set up here, so nothing was sent. {noted}"
        if len(colleagues) < len(self.told):
            words += " External interviewers were not reached: ask them yourself."
        return words


@transaction.atomic
def remind(panelists: Collection[Panelist], *, by: User, again: bool = False) -> Reminded:
    """Remind these people of the scorecards that they owe, outside their quiet hours.

    Whoever was reminded lately, or will be as their quiet hours end, is left alone, unless
    `again`. Raises PermissionDenied where `by` does not run an opening, or may not know how
    far its panel is.
    """
    now = timezone.now()
    applications = {panelist.interview.application_id for panelist in panelists}
    lock_applications(applications)  # one reminder at a time
    _refuse_strangers(applications, by)
    pks = [panelist.pk for panelist in panelists]
    owing: list[Any] = list(chaseable(now).filter(pk__in=pks).annotate(reminded_at=last_reached()))
    lately = [panelist for panelist in owing if is_lately(panelist.reminded_at, now)]
    if again:
        lately = []
    chosen = [panelist for panelist in owing if panelist not in lately]
    preferences = preferences_of_each(panelist.user for panelist in chosen)
    messages, waiting = [], []
    for panelist in chosen:
        moment = preferences[panelist.user_id].reached_at(now)
        if moment > now:
            waiting.append(panelist)
        step = f"{BY_HAND}:{now:%Y%m%d%H%M%S%f}"
        zone = preferences[panelist.user_id].zone
        messages.append((panelist.user, reminder(panelist, step, now, zone, not_before=moment)))
    tell(messages)
    subjects = [panelist.interview for panelist in chosen]
    details = [{"user_id": panelist.user_id} for panelist in chosen]
    record_each("panelist.reminded", by=by, subjects=subjects, details=details)
    others = [panelist for panelist in panelists if panelist not in owing]
    return Reminded(chosen, waiting, lately, others)


@transaction.atomic
def set_due(interviews: Collection[Interview], *, due_at: datetime, by: User) -> list[Interview]:
    """Let the scorecards of these interviews be due at another time, and tell whoever owes one.

    Gives those that changed. Raises PermissionDenied as `remind` does, ValidationError by
    field where the time is past or before an interview, and where one was cancelled.
    """
    applications = {interview.application_id for interview in interviews}
    lock_applications(applications)  # whose first due time follows
    _refuse_strangers(applications, by)
    if due_at <= timezone.now():
        raise ValidationError({"due_at": "Choose a time that is still to come."})
    pks = [interview.pk for interview in interviews]
    rows = Interview.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks).order_by("pk")
    locked = list(rows.select_related("round"))
    if any(interview.cancelled_at for interview in locked):
        raise ValidationError("One of these interviews has been cancelled. Leave it out.")
    if any(interview.starts_at > due_at for interview in locked):
        raise ValidationError({"due_at": "One of these interviews starts later than that."})
    changed = [interview for interview in locked if interview.due_at != due_at]
    for interview in changed:
        interview.due_at = due_at
        prolong_links(interview)
    Interview.objects.bulk_update(changed, ["due_at"])
    record_each("interview.due_set", by=by, subjects=changed)
    _tell_due(changed, due_at)
    return changed


def _tell_due(interviews: Sequence[Interview], due_at: datetime) -> None:
    panelists = Panelist.objects.filter(owed(), interview__in=interviews).select_related("user", *RELATED)
    owing = list(panelists.order_by("pk"))
    preferences = preferences_of_each(panelist.user for panelist in owing)
    now, messages = timezone.now(), []
    for panelist in owing:
        zone = preferences[panelist.user_id].zone
        when, held = moment_in_words(due_at, zone), moment_in_words(panelist.interview.starts_at, zone)
        is_or_was = "was on" if panelist.interview.starts_at <= now else "is on"
        # Of the same thread as reminders: what waits of these names the former time.
        message = Message(
            kind=kinds.DUE_SET,
            title=f"New due time for your scorecard: {title_of(panelist.interview, panelist.user)}",
            paragraphs=(f"The interview {is_or_was} {held}. The scorecard is now due {when}.",),
            path="" if panelist.user.is_guest else reverse("scorecard", args=[panelist.pk]),
            action="Open your scorecard",
            about=("application", panelist.interview.application_id),
            thread=f"reminder:{panelist.pk}",
            brief=due_brief(panelist, zone),
            overview="" if panelist.user.is_guest else reverse("home"),
            not_before=now,
        )
        messages.append((panelist.user, message))
    tell(messages)


def _refuse_strangers(applications: Collection[int], by: User) -> None:
    """Raises PermissionDenied unless `by` runs the openings of all these and is not blind to any."""
    if run_and_read(by).filter(pk__in=applications).count() != len(applications):
        raise PermissionDenied


def run_and_read(by: User) -> QuerySet[Application]:
    """Applications whose panel this person may go after."""
    return unblinded(Application.objects.run_by(by).filter(opening__in=runnable(by)), by)
