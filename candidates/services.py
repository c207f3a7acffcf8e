"""Changes to openings, plans and interviews. Each is atomic and audited; the actor is `by`."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from accounts.models import User
from audit.services import record
from candidates.code_names import draw
from candidates.models import Application, Candidate, Interview, Opening, OpeningMember, Panelist, Round
from rubrics.models import RubricVersion

ERASED = "This candidate was erased: nothing can be added any more."


@transaction.atomic
def create_opening(
    title: str,
    *,
    rubric_version: RubricVersion,
    by: User | None,
    confidential: bool = False,
    anonymous: bool = False,
    slug: str = "",
    hiring_managers: list[User] | None = None,
) -> Opening:
    """A new opening pinned to a published version; its creator becomes its recruiter.

    Raises ValidationError where the version is not published.
    """
    if rubric_version.state != RubricVersion.State.PUBLISHED:
        raise ValidationError("An opening needs a published rubric version.")
    opening = Opening.objects.create(
        title=title,
        slug=slug or free_slug(title),
        rubric_version=rubric_version,
        confidential=confidential,
        anonymous=anonymous,
    )
    record("opening.created", by=by, subject=opening)
    if by is not None:
        add_member(opening, by, role=OpeningMember.Role.RECRUITER, by=by)
    for manager in hiring_managers or []:
        add_member(opening, manager, role=OpeningMember.Role.HIRING_MANAGER, by=by)
    return opening


def free_slug(title: str) -> str:
    """The title as a slug that no opening has yet."""
    stem = slugify(title, allow_unicode=True)[:100] or "opening"
    taken = set(Opening.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in [stem, *numbered] if slug not in taken)


@transaction.atomic
def add_member(opening: Opening, user: User, *, role: str, by: User | None) -> OpeningMember:
    """Raises ValidationError for an external interviewer, who reaches nothing but single scorecards."""
    if user.is_external:
        raise ValidationError("Somebody external can interview, and hold no role.")
    member, created = OpeningMember.objects.get_or_create(opening=opening, user=user, role=role)
    if created:
        record("opening.member_added", by=by, subject=opening, user_id=user.pk, role=role)
    return member


@transaction.atomic
def save_round(unsaved: Round, *, dimensions: Any, by: User | None) -> Round:
    """Store a round with the dimensions it covers, which must be of the opening's rubric version.

    A round that an interview was planned on keeps its dimensions: scorecards were built from them. Raises
    ValidationError by field.
    """
    version_id = unsaved.opening.rubric_version_id
    if any(dimension.version_id != version_id for dimension in dimensions):
        raise ValidationError({"dimensions": "A round covers dimensions of its opening's rubric only."})
    if unsaved.exercise is not None and unsaved.exercise.version_id != version_id:
        raise ValidationError({"exercise": "A round uses an exercise of its opening's rubric only."})
    if unsaved.pk and unsaved.interviews.exists() and set(dimensions) != set(unsaved.dimensions.all()):
        held = "An interview is planned on this round already, so it keeps its dimensions. Add a new round instead."
        raise ValidationError({"dimensions": held})
    unsaved.save()
    unsaved.dimensions.set(dimensions)
    record("round.saved", by=by, subject=unsaved)
    return unsaved


@transaction.atomic
def remove_round(round_: Round, *, by: User) -> None:
    """Take a round out of the plan. Raises ValidationError where an interview was planned on it."""
    Round.objects.select_for_update().get(pk=round_.pk)
    if round_.interviews.exists():
        raise ValidationError("Interviews are planned on this round, so it stays in the plan.")
    record("round.removed", by=by, subject=round_)
    round_.delete()


def refuse_erased(application: Application) -> None:
    """Raises ValidationError where the candidate was erased: no word about them comes back.

    It locks the application until the caller's transaction ends, so that no erasure comes in between.
    """
    Application.objects.select_for_update().get(pk=application.pk)
    if Candidate.objects.filter(pk=application.candidate_id, erased_at__isnull=False).exists():
        raise ValidationError(ERASED)


@transaction.atomic
def edit_candidate(candidate: Candidate, *, name: str, email: str, by: User) -> Candidate:
    """Correct a name or an address. Raises ValidationError where another candidate has the address."""
    if Candidate.objects.select_for_update().get(pk=candidate.pk).erased_at:
        raise ValidationError(ERASED)
    if Candidate.objects.filter(email__iexact=email).exclude(pk=candidate.pk).exists():
        raise ValidationError({"email": "Another candidate has this e-mail address."})
    candidate.name, candidate.email = name, email.lower()
    candidate.save(update_fields=["name", "email"])
    record("candidate.edited", by=by, subject=candidate)
    return candidate


@transaction.atomic
def add_candidate(opening: Opening, *, name: str, email: str, by: User | None) -> Application:
    """The application of this person (found by e-mail, else created) for the opening.

    Raises ValidationError where they applied already.
    """
    Opening.objects.select_for_update().get(pk=opening.pk)  # code names are drawn one after the other
    candidate = Candidate.objects.filter(email__iexact=email).first()
    if candidate is None:
        candidate = Candidate.objects.create(name=name, email=email.lower())
    taken = set(opening.applications.values_list("code_name", flat=True))
    application, created = Application.objects.get_or_create(
        candidate=candidate, opening=opening, defaults={"code_name": draw(taken)}
    )
    if not created:
        raise ValidationError("A candidate with this e-mail address is on this opening already.")
    record("application.created", by=by, subject=application)
    return application


@transaction.atomic
def plan_interview(
    application: Application,
    *,
    round: Round,
    starts_at: datetime,
    due_at: datetime,
    leads: list[User],
    shadows: list[User],
    by: User | None,
) -> Interview:
    """An interview with its panel. Nobody interviews themselves; nobody sits twice on one panel.

    Raises ValidationError where the panel or the round does not fit.
    """
    if round.opening_id != application.opening_id:
        raise ValidationError("This round belongs to another opening.")
    refuse_erased(application)
    check_panel(application, leads, shadows)
    check_times(starts_at, due_at)
    interview = Interview.objects.create(application=application, round=round, starts_at=starts_at, due_at=due_at)
    record("interview.planned", by=by, subject=interview)
    for user in leads:
        add_panelist(interview, user, role=Panelist.Role.LEAD, by=by)
    for user in shadows:
        add_panelist(interview, user, role=Panelist.Role.SHADOW, by=by)
    return interview


def check_times(starts_at: datetime, due_at: datetime) -> None:
    """Raises ValidationError where scorecards would be due before the interview starts."""
    if due_at < starts_at:
        raise ValidationError({"starts_at": "Scorecards cannot be due before the interview starts."})


def check_panel(application: Application, leads: list[User], shadows: list[User]) -> None:
    """Raises ValidationError where these people cannot be the panel of an interview with this application."""
    if not leads:
        raise ValidationError({"leads": "An interview needs at least one lead interviewer."})
    if set(leads) & set(shadows):
        raise ValidationError({"shadows": "Somebody is both lead and shadow: choose one."})
    if len({*leads, *shadows}) < len(leads) + len(shadows):
        raise ValidationError({"leads": "Somebody is on the panel twice."})
    candidate_email = application.candidate.email.lower()
    if any(user.email.lower() == candidate_email for user in [*leads, *shadows]):
        raise ValidationError({"leads": "A candidate cannot be on their own panel."})


def add_panelist(interview: Interview, user: User, *, role: str, by: User | None) -> Panelist:
    panelist = Panelist.objects.create(interview=interview, user=user, role=role)
    record("panelist.added", by=by, subject=interview, user_id=user.pk, role=role)
    return panelist
