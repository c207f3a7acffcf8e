"""Changing an interview that may have scorecards: no word written is dropped."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.services import record
from candidates import invitations
from candidates.channels import tell_channels
from candidates.invitations import Before
from candidates.models import Application, Interview, Panelist
from candidates.services import add_panelist, check_panel, check_times, refuse_erased, refuse_over
from notices import kinds, outbox
from scorecards.models import (
    GuestLink,
    HandoffNote,
    LookForMark,
    PanelistRelease,
    Rating,
    Scorecard,
    SignalMark,
    unblinded,
)
from scorecards.telling import tell_all_in

CANCELLED = "This interview has been cancelled."
BLIND = "You have not submitted your own scorecard yet. Until then, ask someone off the panel to change it."
DRAFT = Scorecard.State.DRAFT
Row = TypeVar("Row", Rating, SignalMark, LookForMark)


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
    """Other times, another place, another panel. Whoever was released and is put back goes
    on with their draft; links of external interviewers last as long as the new times say.

    Raises ValidationError where the application is closed, where times or panel do not fit, where somebody to be taken
    off has begun to write, where the part of somebody who has finished would change, or
    where `by` may not know whether they have.
    """
    interview = held_fast(interview)
    refuse_over(interview.application)
    check_panel(interview.application, leads, shadows)
    check_times(starts_at, due_at)
    wanted = dict.fromkeys(leads, Panelist.Role.LEAD)
    wanted |= dict.fromkeys(shadows, Panelist.Role.SHADOW)
    on_panel = interview.panelists.on_panel().select_related("user", "scorecard__withdrawal")
    panelists = {panelist.user: panelist for panelist in on_panel}
    changes_panel = any(wanted.get(user) != panelist.role for user, panelist in panelists.items())
    if changes_panel:
        check_sight([interview.application_id], by)
    interview.calendar_sequence += 1
    staying = [panelist for user, panelist in panelists.items() if user in wanted and not _has_declined(panelist)]
    other_part = frozenset(panelist.pk for panelist in staying if panelist.role != wanted[panelist.user])
    before = Before.of(interview, other_part)
    coming = _rearrange(interview, panelists, wanted, by)
    interview.starts_at, interview.due_at, interview.place = starts_at, due_at, place
    interview.save(update_fields=["starts_at", "due_at", "place", "calendar_sequence"])
    prolong_links(interview)
    record("interview.changed", by=by, subject=interview)
    invitations.invite(interview, coming)
    _tell_changed(interview, staying, before)
    if changes_panel:
        tell_all_in(interview.application)
    return interview


def _tell_changed(interview: Interview, staying: Collection[Panelist], before: Before) -> None:
    """All who stay of other times or another place, else those who have another part."""
    if before == Before.of(interview, before.other_part):
        changed = [panelist for panelist in staying if panelist.pk in before.other_part]
        invitations.tell_changed(interview, changed, before=before)
        return
    outbox.stop_waiting(f"reminder:{panelist.pk}" for panelist in staying)  # which name the former times
    invitations.tell_changed(interview, staying, before=before)
    tell_channels(kinds.MOVED, [interview])


def _has_declined(panelist: Panelist) -> bool:
    card: Scorecard | None = getattr(panelist, "scorecard", None)
    return card is not None and card.state == Scorecard.State.DECLINED


def _rearrange(
    interview: Interview, panelists: Mapping[User, Panelist], wanted: Mapping[User, str], by: User
) -> list[Panelist]:
    """Make the panel the wanted one, by person and role; those who are new on it."""
    leaving = [panelist for user, panelist in panelists.items() if user not in wanted]
    invitations.tell_cancelled(interview, leaving)
    for panelist in leaving:
        remove_panelist(panelist, by=by)
    for user, panelist in panelists.items():
        if user in wanted and panelist.role != wanted[user]:
            _change_part(panelist, wanted[user], by)
    return [_put_on_panel(interview, user, role, by) for user, role in wanted.items() if user not in panelists]


def held_fast(interview: Interview) -> Interview:
    """The interview as it is now, locked behind its application. Raises ValidationError
    for a cancelled one, and for an erased candidate."""
    refuse_erased(interview.application)
    interview = Interview.objects.select_for_update(of=("self",), no_key=True).get(pk=interview.pk)
    if interview.cancelled_at:
        raise ValidationError(CANCELLED)
    return interview


def _put_on_panel(interview: Interview, user: User, role: str, by: User) -> Panelist:
    """A panelist for this person: where they were released before, with the draft that they had."""
    released = interview.panelists.filter(user=user, release__isnull=False).order_by("-pk").first()
    if released is None:
        return add_panelist(interview, user, role=role, by=by)
    PanelistRelease.objects.filter(panelist=released).delete()
    released.ended_at, released.role = None, role
    released.save(update_fields=["ended_at", "role"])
    record("panelist.added", by=by, subject=interview, user_id=user.pk, role=role)
    return released


def prolong_links(interview: Interview) -> None:
    """Links that were sent end as long after the due time as new ones would."""
    until = interview.due_at + GuestLink.lasting()
    links = GuestLink.objects.filter(panelist__interview=interview, revoked_at=None)
    links.update(expires_at=until)


@transaction.atomic
def cancel_interview(interview: Interview, *, by: User) -> None:
    """Remove an interview; where somebody left the panel and their words stay, it is kept
    as cancelled.

    Raises ValidationError where somebody on the panel has begun to score it.
    """
    interview = held_fast(interview)
    check_sight([interview.application_id], by)
    panelists = list(interview.panelists.on_panel().select_related("user", "scorecard__withdrawal"))
    interview.calendar_sequence += 1
    invitations.tell_cancelled(interview, panelists, for_all=True)
    tell_channels(kinds.CANCELLED, [interview])
    for panelist in panelists:
        remove_panelist(panelist, by=by)
    record("interview.cancelled", by=by, subject=interview)
    if interview.panelists.exists():
        interview.cancelled_at = timezone.now()
        interview.save(update_fields=["cancelled_at"])
    else:
        interview.delete()
    tell_all_in(interview.application)


def check_sight(applications: Collection[int], by: User) -> None:
    """Raises ValidationError for whoever may not learn, of one of these, whether colleagues have begun."""
    if len(in_sight(applications, by)) != len(applications):
        raise ValidationError({"leads": BLIND})


def in_sight(applications: Collection[int], by: User) -> set[int]:
    """The keys of those of these applications of which this person may learn how far the panel is."""
    known = unblinded(Application.objects.filter(pk__in=applications), by)
    return set(known.values_list("pk", flat=True))


def remove_panelist(panelist: Panelist, *, by: User) -> None:
    """Take somebody off a panel; what they declined, withdrew or noted stays.

    Raises ValidationError for whoever has begun to write, or has submitted.
    """
    Panelist.objects.select_for_update(no_key=True).get(pk=panelist.pk)  # so that no first save comes in between
    card = Scorecard.objects.select_for_update(of=("self",), no_key=True).filter(panelist=panelist).first()
    name = panelist.user.display_name
    if card is not None and card.state == Scorecard.State.SUBMITTED and not hasattr(card, "withdrawal"):
        raise ValidationError({"leads": f"{name} has submitted a scorecard and stays on the panel."})
    if card is not None and card.state == DRAFT and card.edit:
        text = f"{name} has started a scorecard. Release {name} from the panel first, with a reason."
        raise ValidationError({"leads": text})
    if card is not None and card.state == DRAFT:
        card.delete()
        card = None
    if card is not None or HandoffNote.objects.filter(panelist=panelist).exists():
        end_panelists([panelist])
    else:
        panelist.delete()
    record("panelist.removed", by=by, subject=panelist.interview, user_id=panelist.user_id)


def end_panelists(panelists: Collection[Panelist]) -> None:
    """They are off their panels from now on, and guests' links open nothing any more."""
    now, pks = timezone.now(), [panelist.pk for panelist in panelists]
    Panelist.objects.filter(pk__in=pks).update(ended_at=now)
    GuestLink.objects.filter(panelist__in=pks, revoked_at=None).update(revoked_at=now)


@transaction.atomic
def take_back_declining(card: Scorecard, *, by: User) -> Panelist:
    """Sit on the panel again after declining, with what was written before; what was
    declined stays beside it.

    Raises ValidationError where it is another's or not declined, where its writer was
    taken off the panel or owes another scorecard there, the debrief has opened, the
    candidate was erased, or their application is closed.
    """
    application = card.panelist.interview.application
    refuse_erased(application)
    panelists = Panelist.objects.select_for_update(of=("self",), no_key=True).select_related("user", "interview")
    panelist = (
        panelists.filter(pk=card.panelist_id, user=by, scorecard__state=Scorecard.State.DECLINED).on_panel().first()
    )
    if panelist is None:
        raise ValidationError("This scorecard is not declined, or you are no longer on the panel.")
    if not unblinded(Application.objects.filter(pk=application.pk), by).exists():
        raise ValidationError("Submit the other scorecard that you owe for this candidate first.")
    application.refresh_from_db(fields=["debrief_opened_at"])
    if application.debrief_opened_at:
        raise ValidationError("The debrief has opened. Ask the person who plans the interviews to put you on again.")
    end_panelists([panelist])
    again = add_panelist(panelist.interview, panelist.user, role=panelist.role, by=by)
    copy_words(card, Scorecard.objects.create(panelist=again))
    record("scorecard.decline_taken_back", by=by, subject=card)
    return again


def copy_words(card: Scorecard, to: Scorecard) -> None:
    """Put what the card says into an empty draft, as far as that has the same dimensions,
    signals and exercise."""
    wanted = to.panelist.interview.round
    to.recommendation, to.summary = card.recommendation, card.summary
    to.edit, to.saved_at = 1, timezone.now()
    to.save(update_fields=["recommendation", "summary", "edit", "saved_at"])
    ratings = card.ratings.filter(dimension__in=wanted.dimensions.all())
    Rating.objects.bulk_create(_copied(ratings, to))
    marks = card.signal_marks.filter(signal__version=wanted.opening.rubric_version_id)
    SignalMark.objects.bulk_create(_copied(marks, to))
    looks = card.look_for_marks.filter(exercise=wanted.exercise_id)
    LookForMark.objects.bulk_create(_copied(looks, to))


def _copied(rows: Iterable[Row], to: Scorecard) -> list[Row]:
    """The same rows of another scorecard, not stored yet."""
    copies = list(rows)
    for row in copies:
        row.pk, row.scorecard = None, to
    return copies


def _change_part(panelist: Panelist, role: str, by: User) -> None:
    """Make a lead a shadow or back; ValidationError where they have finished."""
    card: Scorecard | None = getattr(panelist, "scorecard", None)
    if card is not None and not card.is_writable:
        name = panelist.user.display_name
        raise ValidationError({"leads": f"{name} has finished the scorecard, so their role can no longer change."})
    panelist.role = role
    panelist.save(update_fields=["role"])
    record("panelist.added", by=by, subject=panelist.interview, user_id=panelist.user_id, role=role)
