"""Waiting no more for somebody's scorecard: they fell ill, say, or have left."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.texts import needed
from audit.services import record_each
from candidates import invitations
from candidates.locks import hold_applications
from candidates.models import Candidate, Interview, Panelist
from candidates.services import ERASED
from scorecards.models import Scorecard, SeatRelease
from scorecards.panels import check_sight, end_seats
from scorecards.telling import tell_all_in


@transaction.atomic
def release_seats(panelists: Collection[Panelist], *, reason: str, by: User) -> list[Panelist]:
    """Nobody waits any more for these people's scorecards; gives the seats as they are now.

    What they wrote stays theirs; the debriefs say that they were released, and why.
    Raises ValidationError: without a reason, for whoever has finished or is off the panel
    already, for an erased candidate, or where `by` may not know how far they are. Then
    nobody is released.
    """
    _check_applications({panelist.interview.application_id for panelist in panelists}, by)
    seats = _lock(panelists)
    why = needed(reason, field="reason", otherwise="Say why. The debrief and the packet tell it.", limit=2_000)
    SeatRelease.objects.bulk_create([SeatRelease(panelist=seat, reason=why, by=by) for seat in seats])
    end_seats(seats)
    interviews = {seat.interview_id: seat.interview for seat in seats}
    details = [{"user_id": seat.user_id} for seat in seats]
    record_each("panelist.released", by=by, subjects=[seat.interview for seat in seats], details=details)
    Interview.objects.filter(pk__in=interviews).update(calendar_sequence=F("calendar_sequence") + 1)
    for interview in interviews.values():
        interview.calendar_sequence += 1
        invitations.tell_cancelled(interview, [seat for seat in seats if seat.interview_id == interview.pk])
    applications = {interview.application_id: interview.application for interview in interviews.values()}
    for application in applications.values():
        tell_all_in(application)
    return seats


def _check_applications(pks: Collection[int], by: User) -> None:
    """Raises ValidationError for an erased candidate, and where `by` may not know how far a panel is.

    It locks the applications until the caller's transaction ends, so that no erasure
    comes in between.
    """
    hold_applications(pks)
    if Candidate.objects.filter(applications__in=pks, erased_at__isnull=False).exists():
        raise ValidationError(ERASED)
    check_sight(pks, by)


def _lock(panelists: Collection[Panelist]) -> list[Panelist]:
    """The seats as they are now, locked. Raises ValidationError for whoever has finished or left."""
    pks = [panelist.pk for panelist in panelists]
    rows = Panelist.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks).order_by("pk")
    way = "interview__application"
    seats = list(rows.select_related("user", "interview__round", f"{way}__candidate", f"{way}__opening"))
    cards = Scorecard.objects.select_for_update(of=("self",), no_key=True).filter(panelist__in=pks).order_by("pk")
    states = {card.panelist_id: card.state for card in cards}
    for seat in seats:
        name = seat.user.display_name
        if seat.ended_at:
            raise ValidationError(f"{name} is no longer on the panel.")
        if states.get(seat.pk, Scorecard.State.DRAFT) != Scorecard.State.DRAFT:
            raise ValidationError(f"{name} has finished the scorecard, so nobody waits for it.")
    return seats
