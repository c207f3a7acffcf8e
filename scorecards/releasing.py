"""Waiting no more for somebody's scorecard: they fell ill, have left, or the interview
did not take place."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from accounts.texts import needed
from audit.services import record_each
from candidates import invitations
from candidates.channels import tell_channels
from candidates.coming import lock_coming, with_interviews
from candidates.locks import lock_applications
from candidates.models import Application, Interview, Panelist
from candidates.services import ERASED
from notices import kinds
from scorecards.models import PanelistRelease, Scorecard
from scorecards.panels import BLIND, CANCELLED, end_panelists, in_sight
from scorecards.telling import tell_all_in

CLOSED = "The application was closed before this interview."
NOT_BEGUN = "This interview has not begun yet. Cancel it on its own page."


@dataclass(frozen=True)
class Released:
    """The panelists that nobody waits for any more, and those that stay, each with a
    sentence on why."""

    panelists: list[Panelist]
    kept: list[tuple[Panelist, str]]


@dataclass(frozen=True)
class Cancelled:
    """Interviews that are cancelled now, and those that stay, each with a sentence on
    why."""

    interviews: list[Interview]
    kept: list[tuple[Interview, str]]


@transaction.atomic
def release_panelists(panelists: Collection[Panelist], *, reason: str, by: User) -> list[Panelist]:
    """Nobody waits any more for these people's scorecards; gives the panelists as they
    are now.

    Raises ValidationError without a reason, and where one of them stays
    (`release_each`). Then nobody is released.
    """
    released = release_each(panelists, reason=reason, by=by)
    if released.kept:
        raise ValidationError(released.kept[0][1])
    return released.panelists


@transaction.atomic
def release_each(panelists: Collection[Panelist], *, reason: str, by: User) -> Released:
    """Wait no more for the scorecards of those of these people who may be released.

    What they wrote stays theirs; the debriefs say that they were released, and why.
    Somebody stays who has finished or is off the panel already, whose candidate was
    erased, or where `by` may not know how far the panel is. Raises ValidationError
    without a reason.
    """
    why = needed(reason, field="reason", otherwise="Say why. The debrief and the packet tell it.", limit=2_000)
    applications = {panelist.interview.application_id for panelist in panelists}
    lock_applications(applications)  # so that no erasure comes in between
    locked = _lock(panelists)
    refusals = _refusals(locked, by)
    released = [panelist for panelist in locked if panelist.pk not in refusals]
    if released:
        _release(released, why, by)
    kept = [(panelist, refusals[panelist.pk]) for panelist in locked if panelist.pk in refusals]
    return Released(released, kept)


def _let_go(panelists: list[Panelist], why: str, by: User) -> None:
    """End these panelists as released; nobody is told yet."""
    PanelistRelease.objects.bulk_create(
        [PanelistRelease(panelist=panelist, reason=why, by=by) for panelist in panelists]
    )
    end_panelists(panelists)
    details = [{"user_id": panelist.user_id} for panelist in panelists]
    record_each("panelist.released", by=by, subjects=[panelist.interview for panelist in panelists], details=details)


def _release(panelists: list[Panelist], why: str, by: User) -> None:
    _let_go(panelists, why, by)
    interviews = {panelist.interview_id: panelist.interview for panelist in panelists}
    Interview.objects.filter(pk__in=interviews).update(calendar_sequence=F("calendar_sequence") + 1)
    for interview in interviews.values():
        interview.calendar_sequence += 1
        invitations.tell_cancelled(
            interview, [panelist for panelist in panelists if panelist.interview_id == interview.pk]
        )
    applications = {interview.application_id: interview.application for interview in interviews.values()}
    for application in applications.values():
        tell_all_in(application)


def _lock(panelists: Iterable[Panelist]) -> list[Panelist]:
    """The panelists as they are now, locked."""
    pks = [panelist.pk for panelist in panelists]
    rows = Panelist.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks).order_by("pk")
    way = "interview__application"
    return list(rows.select_related("user", "interview__round", f"{way}__candidate", f"{way}__opening"))


def _refusals(panelists: Collection[Panelist], by: User) -> dict[int, str]:
    """Why some of these panelists stay, by their keys. Whoever is blind to an application
    learns nothing of it."""
    readable = in_sight({panelist.interview.application_id for panelist in panelists}, by)
    finished = _finished(panelists)
    refusals = {}
    for panelist in panelists:
        name = panelist.user.display_name
        application = panelist.interview.application
        if application.candidate.erased_at:
            refusals[panelist.pk] = ERASED
        elif application.pk not in readable:
            refusals[panelist.pk] = BLIND
        elif panelist.ended_at:
            refusals[panelist.pk] = f"{name} is no longer on the panel."
        elif panelist.pk in finished:
            refusals[panelist.pk] = f"{name} has finished the scorecard, so nobody waits for it."
    return refusals


def _finished(panelists: Collection[Panelist]) -> set[int]:
    """The keys of the panelists whose scorecard was submitted or declined; all their
    scorecards are locked."""
    pks = [panelist.pk for panelist in panelists]
    cards = Scorecard.objects.select_for_update(of=("self",), no_key=True).filter(panelist__in=pks).order_by("pk")
    return {card.panelist_id for card in cards if card.state != Scorecard.State.DRAFT}


@transaction.atomic
def cancel_each(interviews: Collection[Interview], *, reason: str, by: User) -> Cancelled:
    """Cancel those of these interviews that did not take place: whoever still owes a
    scorecard there is released for that reason, so that the debrief tells it.

    An interview stays that somebody has submitted a scorecard for, that has not begun
    or is cancelled already, whose candidate was erased, or where `by` may not know how
    far the panel is. Raises ValidationError without a reason.
    """
    why = needed(reason, field="reason", otherwise="Say why. The debrief and the packet tell it.", limit=2_000)
    lock_applications({interview.application_id for interview in interviews})  # so that no erasure comes in between
    pks = [interview.pk for interview in interviews]
    rows = Interview.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks).order_by("pk")
    locked = list(rows.select_related("round", "application__candidate", "application__opening"))
    panelists = _lock(Panelist.objects.on_panel().filter(interview__in=pks))
    finished = _finished(panelists)  # before anybody is asked: none hands in meanwhile
    refusals = _took_place(locked, by)
    missed = [interview for interview in locked if interview.pk not in refusals]
    leaving = [panelist for panelist in panelists if panelist.interview_id not in refusals]
    owing = [panelist for panelist in leaving if panelist.pk not in finished]
    if owing:
        _release(owing, why, by)
    end_panelists([panelist for panelist in leaving if panelist.pk in finished])  # what they declined or withdrew stays
    Interview.objects.filter(pk__in=[interview.pk for interview in missed]).update(cancelled_at=timezone.now())
    record_each("interview.cancelled", by=by, subjects=missed)
    kept = [(interview, refusals[interview.pk]) for interview in locked if interview.pk in refusals]
    return Cancelled(missed, kept)


@transaction.atomic
def cancel_to_come(applications: Collection[Application], *, by: User) -> None:
    """Cancel what is to come of these applications, which were closed by hand; panels and
    channels are told.

    Whoever owes a scorecard there is released, and keeps what they have begun. All are
    treated alike, whoever closes: what becomes of an interview tells nobody how far its
    panel is.
    """
    coming = lock_coming(Interview.objects.filter(application__in=applications))
    if not coming:
        return
    for interview in coming:
        interview.cancelled_at = timezone.now()
    panelists = with_interviews(_lock(Panelist.objects.on_panel().filter(interview__in=coming)), coming)
    finished = _finished(panelists)
    owing = [panelist for panelist in panelists if panelist.pk not in finished]
    invitations.tell_all_cancelled(panelists)
    for opening in {interview.application.opening_id for interview in coming}:
        tell_channels(kinds.CANCELLED, [each for each in coming if each.application.opening_id == opening])
    _let_go(owing, CLOSED, by)
    Interview.objects.bulk_update(coming, ["calendar_sequence", "cancelled_at"])
    record_each("interview.cancelled", by=by, subjects=coming)


def _took_place(interviews: Collection[Interview], by: User) -> dict[int, str]:
    """Why some of these interviews stay, by their keys."""
    readable = in_sight({interview.application_id for interview in interviews}, by)
    submitted = Panelist.objects.on_panel().filter(
        interview__in=interviews, scorecard__state=Scorecard.State.SUBMITTED, scorecard__withdrawal=None
    )
    writers = {
        panelist.interview_id: panelist.user.display_name
        for panelist in submitted.select_related("user").order_by("-pk")
    }
    now, refusals = timezone.now(), {}
    for interview in interviews:
        if interview.application.candidate.erased_at:
            refusals[interview.pk] = ERASED
        elif interview.application_id not in readable:
            refusals[interview.pk] = BLIND
        elif interview.cancelled_at:
            refusals[interview.pk] = CANCELLED
        elif interview.starts_at > now:
            refusals[interview.pk] = NOT_BEGUN
        elif interview.pk in writers:
            refusals[interview.pk] = f"{writers[interview.pk]} has submitted a scorecard, so it took place."
    return refusals
