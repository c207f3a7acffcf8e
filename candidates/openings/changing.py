"""What is corrected about an opening: atomic and audited; the actor is `by`."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.models import User
from accounts.texts import needed_name
from audit.services import record
from candidates import policies
from candidates.locks import lock_candidates, lock_opening
from candidates.models import Application, Candidate, Opening, OpeningMember, ReminderRule, Round
from candidates.rewording import reword
from candidates.services import add_member, create_opening, refuse_erased
from notices.hooks import remove_hooks_of
from rubrics.models import RubricVersion

MANAGER = OpeningMember.Role.HIRING_MANAGER
BUILT_ON = "Something was planned or written about this candidate. Set the status to withdrawn, or move them."


def _locked(opening: Opening, by: User) -> Opening:
    """The opening as it is now. Raises PermissionDenied for whoever does not run it."""
    if not policies.may_run(by, opening):
        raise PermissionDenied
    return lock_opening(opening)


@transaction.atomic
def edit_opening(opening: Opening, *, title: str, confidential: bool, anonymous: bool, by: User) -> Opening:
    """Correct its title, and who sees what. The address of its pages stays.

    Where it becomes confidential or anonymous, what was told before names nobody any more.

    A recruiter who makes it confidential without a role on it gets one, so as not to lose
    it. Raises PermissionDenied, or ValidationError by field.
    """
    opening = _locked(opening, by)
    if confidential and not opening.members.filter(user=by).exists():
        add_member(opening, by, role=OpeningMember.Role.RECRUITER, by=by)
    opening.title = needed_name(title, field="title", otherwise="Enter a title.", limit=300)
    hides_opening = confidential and not opening.confidential
    hides_candidates = anonymous and not opening.anonymous
    opening.confidential, opening.anonymous = confidential, anonymous
    opening.save(update_fields=["title", "confidential", "anonymous", *Opening.FOLLOWING])
    if hides_opening or hides_candidates:
        reword(opening)
    record("opening.edited", by=by, subject=opening, confidential=confidential, anonymous=anonymous)
    return opening


@transaction.atomic
def remove_member(member: OpeningMember, *, by: User) -> None:
    """Take a role on the opening from somebody; it holds from their next request on.

    Raises PermissionDenied, or ValidationError for the last hiring manager: without one
    nobody could decide.
    """
    opening = _locked(member.opening, by)
    managers = opening.members.filter(role=MANAGER).exclude(pk=member.pk)
    if member.role == MANAGER and not managers.exists():
        raise ValidationError("An opening needs a hiring manager. Give somebody else this role first.")
    record("opening.member_removed", by=by, subject=opening, user_id=member.user_id, role=member.role)
    member.delete()


@transaction.atomic
def close_opening(opening: Opening, *, outcome: str, by: User) -> Opening:
    """No candidate is added and no interview planned any more; applications stay as they
    are. Raises PermissionDenied, or ValidationError by field, also where it is closed."""
    opening = _locked(opening, by)
    if outcome not in Opening.Outcome.values:
        raise ValidationError({"outcome": "Choose how it ended."})
    if opening.closed_at:
        raise ValidationError("This opening is closed already.")
    opening.closed_at, opening.outcome = timezone.now(), outcome
    opening.save(update_fields=["closed_at", "outcome"])
    record("opening.closed", by=by, subject=opening, outcome=outcome)
    return opening


@transaction.atomic
def open_again(opening: Opening, *, by: User) -> Opening:
    """Raises PermissionDenied, or ValidationError where it is open."""
    opening = _locked(opening, by)
    if not opening.closed_at:
        raise ValidationError("This opening is open already.")
    opening.closed_at, opening.outcome = None, ""
    opening.save(update_fields=["closed_at", "outcome"])
    record("opening.opened_again", by=by, subject=opening)
    return opening


@transaction.atomic
def copy_opening(opening: Opening, *, title: str, by: User) -> Opening:
    """A new opening with the same plan, people and settings, and no candidate.

    It is pinned to the published version of the rubric; dimensions and exercises that
    this has no more are left out of the rounds. Raises PermissionDenied for whoever may
    create none, ValidationError by field, or without a published version.
    """
    if not by.is_recruiter or not policies.may_run(by, opening):
        raise PermissionDenied
    published = RubricVersion.objects.published().filter(rubric=opening.rubric_version.rubric_id).first()
    if published is None:
        raise ValidationError("No version of its rubric is published now. Publish one first.")
    made = create_opening(
        needed_name(title, field="title", otherwise="Enter a title.", limit=300),
        rubric_version=published,
        confidential=opening.confidential,
        anonymous=opening.anonymous,
        files_for_panel=opening.files_for_panel,
        by=by,
    )
    made.retention, made.retention_days = opening.retention, opening.retention_days
    made.save(update_fields=["retention", "retention_days"])
    for member in opening.members.select_related("user"):
        if member.user.is_active:
            add_member(made, member.user, role=member.role, by=by)
    _copy_reminders(opening, made)
    _copy_rounds(opening, made)
    record("opening.copied", by=by, subject=made, source=opening.pk)
    return made


def _copy_reminders(opening: Opening, made: Opening) -> None:
    rule = ReminderRule.objects.filter(opening=opening).first()
    if rule is not None:
        rule.pk = None
        rule.opening = made
        rule.save(force_insert=True)


def _copy_rounds(opening: Opening, made: Opening) -> None:
    dimensions = {row.key: row for row in made.rubric_version.dimensions.all()}
    exercises = {(row.label, row.title): row for row in made.rubric_version.exercises.all()}
    covered, usual = [], []
    for old in opening.rounds.select_related("exercise").prefetch_related("dimensions", "panel"):
        new = Round(opening=made, order=old.order, name=old.name, minutes=old.minutes, panel_size=old.panel_size)
        new.recommendation_hours, new.scorecard_hours = old.recommendation_hours, old.scorecard_hours
        if old.exercise is not None:
            new.exercise = exercises.get((old.exercise.label, old.exercise.title))
        new.save()
        for row in old.dimensions.all():
            if row.key in dimensions:
                covered.append(Round.dimensions.through(round=new, dimension=dimensions[row.key]))
        for user in old.panel.all():
            if user.is_active:
                usual.append(Round.panel.through(round=new, user=user))
    Round.dimensions.through.objects.bulk_create(covered)
    Round.panel.through.objects.bulk_create(usual)


@transaction.atomic
def remove_opening(opening: Opening, *, by: User) -> None:
    """Remove one that never had a candidate. Raises PermissionDenied, or ValidationError."""
    opening = _locked(opening, by)
    record("opening.removed", by=by, subject=opening)
    remove_hooks_of(opening.pk, by=by)
    try:
        opening.delete()
    except ProtectedError as error:
        raise ValidationError("This opening has candidates, so it stays. Close it instead.") from error


@transaction.atomic
def remove_application(application: Application, *, by: User) -> None:
    """Remove an application that was a mistake, while nothing was built on it; the
    candidate goes as well where it was their only one.

    Raises PermissionDenied, or ValidationError where something was planned or written.
    """
    _locked(application.opening, by)
    lock_candidates([application.candidate_id])
    refuse_erased(application)
    record("application.removed", by=by, subject=application)
    try:
        Application.objects.get(pk=application.pk).delete()
        Candidate.objects.filter(pk__in=[application.candidate_id]).without_application().delete()
    except ProtectedError as error:
        raise ValidationError(BUILT_ON) from error
