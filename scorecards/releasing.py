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
from scorecards.models import Scorecard, SeatRelease
from scorecards.panels import BLIND, CANCELLED, end_seats, in_sight
from scorecards.telling import tell_all_in

CLOSED = "The application was closed before this interview."
NOT_BEGUN = "This interview has not begun yet. Cancel it on its own page."


@dataclass(frozen=True)
class Released:
    """The seats that nobody waits for any more, and those that stay, each with a
    sentence on why."""

    seats: list[Panelist]
    kept: list[tuple[Panelist, str]]


@dataclass(frozen=True)
class Cancelled:
    """Interviews that are cancelled now, and those that stay, each with a sentence on
    why."""

    interviews: list[Interview]
    kept: list[tuple[Interview, str]]


@transaction.atomic
def release_seats(panelists: Collection[Panelist], *, reason: str, by: User) -> list[Panelist]:
    """Nobody waits any more for these people's scorecards; gives the seats as they are
    now.

    Raises ValidationError without a reason, and where one of them stays
    (`release_each`). Then nobody is released.
    """
    released = release_each(panelists, reason=reason, by=by)
    if released.kept:
        raise ValidationError(released.kept[0][1])
    return released.seats


@transaction.atomic
def release_each(panelists: Collection[Panelist], *, reason: str, by: User) -> Released:
    """Wait no more for the scorecards of those of these people who may be released.

    What they wrote stays theirs; the debriefs say that they were released, and why. A
    seat stays whose person has finished or is off the panel already, whose candidate
    was erased, or where `by` may not know how far the panel is. Raises ValidationError
    without a reason.
    """
    why = needed(reason, field="reason", otherwise="Say why. The debrief and the packet tell it.", limit=2_000)
    applications = {panelist.interview.application_id for panelist in panelists}
    lock_applications(applications)  # so that no erasure comes in between
    seats = _lock(panelists)
    refusals = _refusals(seats, by)
    released = [seat for seat in seats if seat.pk not in refusals]
    if released:
        _release(released, why, by)
    kept = [(seat, refusals[seat.pk]) for seat in seats if seat.pk in refusals]
    return Released(released, kept)


def _let_go(seats: list[Panelist], why: str, by: User) -> None:
    """End these seats as released; nobody is told yet."""
    SeatRelease.objects.bulk_create([SeatRelease(panelist=seat, reason=why, by=by) for seat in seats])
    end_seats(seats)
    details = [{"user_id": seat.user_id} for seat in seats]
    record_each("panelist.released", by=by, subjects=[seat.interview for seat in seats], details=details)


def _release(seats: list[Panelist], why: str, by: User) -> None:
    _let_go(seats, why, by)
    interviews = {seat.interview_id: seat.interview for seat in seats}
    Interview.objects.filter(pk__in=interviews).update(calendar_sequence=F("calendar_sequence") + 1)
    for interview in interviews.values():
        interview.calendar_sequence += 1
        invitations.tell_cancelled(interview, [seat for seat in seats if seat.interview_id == interview.pk])
    applications = {interview.application_id: interview.application for interview in interviews.values()}
    for application in applications.values():
        tell_all_in(application)


def _lock(panelists: Iterable[Panelist]) -> list[Panelist]:
    """The seats as they are now, locked."""
    pks = [panelist.pk for panelist in panelists]
    rows = Panelist.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks).order_by("pk")
    way = "interview__application"
    return list(rows.select_related("user", "interview__round", f"{way}__candidate", f"{way}__opening"))


def _refusals(seats: Collection[Panelist], by: User) -> dict[int, str]:
    """Why some of these seats stay, by their keys. Whoever is blind to an application
    learns nothing of it."""
    readable = in_sight({seat.interview.application_id for seat in seats}, by)
    finished = _finished(seats)
    refusals = {}
    for seat in seats:
        name = seat.user.display_name
        application = seat.interview.application
        if application.candidate.erased_at:
            refusals[seat.pk] = ERASED
        elif application.pk not in readable:
            refusals[seat.pk] = BLIND
        elif seat.ended_at:
            refusals[seat.pk] = f"{name} is no longer on the panel."
        elif seat.pk in finished:
            refusals[seat.pk] = f"{name} has finished the scorecard, so nobody waits for it."
    return refusals


def _finished(seats: Collection[Panelist]) -> set[int]:
    """The keys of the seats whose scorecard was submitted or declined; all their
    scorecards are locked."""
    pks = [seat.pk for seat in seats]
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
    seats = _lock(Panelist.objects.seated().filter(interview__in=pks))
    finished = _finished(seats)  # before anybody is asked: none hands in meanwhile
    refusals = _took_place(locked, by)
    missed = [interview for interview in locked if interview.pk not in refusals]
    leaving = [seat for seat in seats if seat.interview_id not in refusals]
    owing = [seat for seat in leaving if seat.pk not in finished]
    if owing:
        _release(owing, why, by)
    end_seats([seat for seat in leaving if seat.pk in finished])  # what they declined or withdrew stays
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
    seats = with_interviews(_lock(Panelist.objects.seated().filter(interview__in=coming)), coming)
    finished = _finished(seats)
    owing = [seat for seat in seats if seat.pk not in finished]
    invitations.tell_all_cancelled(seats)
    for opening in {interview.application.opening_id for interview in coming}:
        tell_channels(kinds.CANCELLED, [each for each in coming if each.application.opening_id == opening])
    _let_go(owing, CLOSED, by)
    Interview.objects.bulk_update(coming, ["calendar_sequence", "cancelled_at"])
    record_each("interview.cancelled", by=by, subjects=coming)


def _took_place(interviews: Collection[Interview], by: User) -> dict[int, str]:
    """Why some of these interviews stay, by their keys."""
    readable = in_sight({interview.application_id for interview in interviews}, by)
    submitted = Panelist.objects.seated().filter(
        interview__in=interviews, scorecard__state=Scorecard.State.SUBMITTED, scorecard__withdrawal=None
    )
    writers = {seat.interview_id: seat.user.display_name for seat in submitted.select_related("user").order_by("-pk")}
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
