"""Changing an interview that may have scorecards by now: what somebody wrote is never dropped."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from accounts.models import User
from audit.services import record
from candidates.models import Application, Interview, Panelist
from candidates.services import add_panelist, check_panel, check_times
from scorecards.models import Scorecard, unblinded


@transaction.atomic
def change_interview(
    interview: Interview, *, starts_at: datetime, due_at: datetime, leads: list[User], shadows: list[User], by: User
) -> Interview:
    """Other times, another panel. Raises ValidationError where the panel does not fit, where somebody to be taken
    off has begun to write, or where the part of somebody who has finished would change."""
    interview = Interview.objects.select_for_update(of=("self",)).get(pk=interview.pk)
    check_panel(interview.application, leads, shadows)
    check_times(starts_at, due_at)
    wanted = dict.fromkeys(leads, Panelist.Role.LEAD) | dict.fromkeys(shadows, Panelist.Role.SHADOW)
    seats = {seat.user: seat for seat in interview.panelists.select_related("user", "scorecard")}
    if any(wanted.get(user) != seat.role for user, seat in seats.items()):
        check_sight(interview, by)
    for user, seat in seats.items():
        if user not in wanted:
            remove_panelist(seat, by=by)
        elif seat.role != wanted[user]:
            _change_part(seat, wanted[user], by)
    for user, role in wanted.items():
        if user not in seats:
            add_panelist(interview, user, role=role, by=by)
    interview.starts_at, interview.due_at = starts_at, due_at
    interview.save(update_fields=["starts_at", "due_at"])
    record("interview.changed", by=by, subject=interview)
    return interview


@transaction.atomic
def cancel_interview(interview: Interview, *, by: User) -> None:
    """Remove an interview that nobody has begun to score. Raises ValidationError where somebody has."""
    check_sight(interview, by)
    for seat in interview.panelists.select_related("user", "scorecard"):
        remove_panelist(seat, by=by)
    record("interview.cancelled", by=by, subject=interview)
    interview.delete()


def check_sight(interview: Interview, by: User) -> None:
    """Whether a colleague has begun is more than somebody who has yet to submit may learn: raises ValidationError."""
    if not unblinded(Application.objects.filter(pk=interview.application_id), by).exists():
        text = "You have yet to submit your own scorecard: until then ask somebody off the panel to change it."
        raise ValidationError({"leads": text})


def remove_panelist(seat: Panelist, *, by: User) -> None:
    """Take somebody off a panel. Raises ValidationError where they have begun or finished their scorecard."""
    untouched = Scorecard.objects.filter(panelist=seat, state=Scorecard.State.DRAFT, edit=0)
    untouched.select_for_update().delete()
    try:
        seat.delete()
    except ProtectedError as error:
        name = seat.user.display_name
        raise ValidationError(
            {"leads": f"{name} has begun a scorecard, which stays: only {name} can decline it, on its page."}
        ) from error
    record("panelist.removed", by=by, subject=seat.interview, user_id=seat.user_id)


def _change_part(seat: Panelist, role: str, by: User) -> None:
    card: Scorecard | None = getattr(seat, "scorecard", None)
    if card is not None and not card.is_draft:
        name = seat.user.display_name
        raise ValidationError({"leads": f"{name} has finished the scorecard, so lead or shadow can no longer change."})
    seat.role = role
    seat.save(update_fields=["role"])
    record("panelist.added", by=by, subject=seat.interview, user_id=seat.user_id, role=role)
