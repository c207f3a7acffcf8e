"""Changing an interview that may have scorecards: no word written is dropped."""

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
    interview: Interview,
    *,
    starts_at: datetime,
    due_at: datetime,
    leads: list[User],
    shadows: list[User],
    by: User,
    place: str = "",
) -> Interview:
    """Other times, another place, another panel.

    Raises ValidationError where times or panel do not fit, where somebody to be taken
    off has begun to write, where the part of somebody who has finished would change, or
    where `by` may not know whether they have.
    """
    interview = Interview.objects.select_for_update(of=("self",)).get(pk=interview.pk)
    check_panel(interview.application, leads, shadows)
    check_times(starts_at, due_at)
    wanted = dict.fromkeys(leads, Panelist.Role.LEAD)
    wanted |= dict.fromkeys(shadows, Panelist.Role.SHADOW)
    seated = interview.panelists.select_related("user", "scorecard")
    panelists = {panelist.user: panelist for panelist in seated}
    if any(wanted.get(user) != panelist.role for user, panelist in panelists.items()):
        check_sight(interview, by)
    for user, panelist in panelists.items():
        if user not in wanted:
            remove_panelist(panelist, by=by)
        elif panelist.role != wanted[user]:
            _change_part(panelist, wanted[user], by)
    for user, role in wanted.items():
        if user not in panelists:
            add_panelist(interview, user, role=role, by=by)
    interview.starts_at, interview.due_at, interview.place = starts_at, due_at, place
    interview.save(update_fields=["starts_at", "due_at", "place"])
    record("interview.changed", by=by, subject=interview)
    return interview


@transaction.atomic
def cancel_interview(interview: Interview, *, by: User) -> None:
    """Remove an interview; ValidationError where somebody has begun to score it."""
    check_sight(interview, by)
    for panelist in interview.panelists.select_related("user", "scorecard"):
        remove_panelist(panelist, by=by)
    record("interview.cancelled", by=by, subject=interview)
    interview.delete()


def check_sight(interview: Interview, by: User) -> None:
    """Raises ValidationError for whoever may not learn whether colleagues have begun."""
    if not unblinded(Application.objects.filter(pk=interview.application_id), by).exists():
        text = "You have not submitted your own scorecard yet. Until then, ask someone off the panel to change it."
        raise ValidationError({"leads": text})


def remove_panelist(panelist: Panelist, *, by: User) -> None:
    """Take somebody off a panel; ValidationError where they have begun to write."""
    untouched = Scorecard.objects.filter(panelist=panelist, state=Scorecard.State.DRAFT, edit=0)
    untouched.select_for_update().delete()
    try:
        panelist.delete()
    except ProtectedError as error:
        name = panelist.user.display_name
        raise ValidationError(
            {"leads": f"{name} has started a scorecard and stays on the panel. Only {name} can decline it."}
        ) from error
    record("panelist.removed", by=by, subject=panelist.interview, user_id=panelist.user_id)


def _change_part(panelist: Panelist, role: str, by: User) -> None:
    """Make a lead a shadow or back; ValidationError where they have finished."""
    card: Scorecard | None = getattr(panelist, "scorecard", None)
    if card is not None and not card.is_writable:
        name = panelist.user.display_name
        raise ValidationError({"leads": f"{name} has finished the scorecard, so their role can no longer change."})
    panelist.role = role
    panelist.save(update_fields=["role"])
    record("panelist.added", by=by, subject=panelist.interview, user_id=panelist.user_id, role=role)
