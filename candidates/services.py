"""Changes to openings and their plans: atomic and audited; the actor is `by`."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import Case, Value, When
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from accounts.folding import name_key
from accounts.models import User, has_address
from audit.services import record
from candidates import invitations, policies
from candidates.channels import tell_channels
from candidates.code_names import draw
from candidates.coming import lock_coming, with_interviews
from candidates.identity import accounts_of, holders, interviewers_of, known_as
from candidates.locks import lock_applications, lock_candidate, lock_candidates, lock_newcomers, lock_opening
from candidates.models import Application, Candidate, Interview, Opening, OpeningMember, Panelist, ReminderRule, Round
from notices import kinds
from rubrics.blueprints.keys import first_free
from rubrics.models import Dimension, RubricVersion

UNGUESSED = "abcdefghjkmnpqrstuvwxyz23456789"  # without letters that are taken for digits
CLOSED = "This opening is closed. Open it again first."
ERASED = "This candidate has been erased, so nothing can be added."
REMOVED = "This application was removed meanwhile."
MERGED = "This candidate was removed or merged with another one meanwhile. Look for them again."


@transaction.atomic
def create_opening(
    title: str,
    *,
    rubric_version: RubricVersion,
    by: User | None,
    confidential: bool = False,
    anonymous: bool = False,
    files_for_panel: bool = True,
    slug: str = "",
    hiring_managers: list[User] | None = None,
) -> Opening:
    """A new opening pinned to a published version; its creator becomes its recruiter.

    Without a `slug` the title makes a free one; of a confidential opening nobody can guess
    it, nor learn of it because the title's own is taken. Raises ValidationError where the
    version is not published or a hiring manager is external.
    """
    if rubric_version.state != RubricVersion.State.PUBLISHED:
        raise ValidationError("An opening needs a published rubric version. Publish one first.")
    _one_title_at_a_time()
    opening = Opening.objects.create(
        title=title,
        slug=slug or free_slug(title, guessed_by_nobody=confidential),
        rubric_version=rubric_version,
        confidential=confidential,
        anonymous=anonymous,
        files_for_panel=files_for_panel,
    )
    record("opening.created", by=by, subject=opening)
    if by is not None:
        add_member(opening, by, role=OpeningMember.Role.RECRUITER, by=by)
    for manager in hiring_managers or []:
        add_member(opening, manager, role=OpeningMember.Role.HIRING_MANAGER, by=by)
    return opening


def _one_title_at_a_time() -> None:
    """Whoever creates an opening meanwhile waits until this transaction ends, so that no
    two take the same slug."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('candidates.opening'))")


def free_slug(title: str, *, guessed_by_nobody: bool = False) -> str:
    """The title as a slug that no opening has yet, of at most 120 characters."""
    stem = slugify(title, allow_unicode=True)[:100] or "opening"
    if guessed_by_nobody:
        stem = f"{stem}-{get_random_string(10, UNGUESSED)}"
    alike = Opening.objects.filter(slug__startswith=stem)
    taken = set(alike.values_list("slug", flat=True))
    return first_free(stem, taken)


@transaction.atomic
def add_member(opening: Opening, user: User, *, role: str, by: User | None, quietly: bool = False) -> OpeningMember:
    """Give somebody a role on the opening; `role` is one of `OpeningMember.Role`.

    They are told, unless `quietly`. Whoever has it already keeps it. Raises ValidationError for an external
    interviewer, who reaches nothing but single scorecards.
    """
    if user.is_guest:
        raise ValidationError("External interviewers cannot hold a role.")
    member, created = opening.members.get_or_create(user=user, role=role)
    if created:
        record("opening.member_added", by=by, subject=opening, user_id=user.pk, role=role)
        if by is not None and by != user and not quietly:
            invitations.tell_added(member)
    return member


@transaction.atomic
def save_reminders(unsaved: ReminderRule, *, by: User) -> ReminderRule:
    """Store how an opening reminds, new or changed."""
    unsaved.save()
    record("opening.reminders_set", by=by, subject=unsaved.opening)
    return unsaved


@transaction.atomic
def save_round(
    unsaved: Round, *, dimensions: Collection[Dimension], panel: Collection[User] | None = None, by: User | None
) -> Round:
    """Store a round, new or changed, with the dimensions it covers and its usual panel.

    Where no panel is given, it stays as it was.
    Where its length changes, panels of interviews to come are told.
    A round that an interview was planned on keeps its dimensions: scorecards were
    built from them. Raises ValidationError by field: dimensions or an exercise of
    another rubric version than the opening's, dimensions that have to stay, external
    interviewers on the panel, or a name that another round has, whatever its case.
    """
    lock_opening(unsaved.opening)
    refuse_round_name(unsaved, unsaved.name)
    version_id = unsaved.opening.rubric_version_id
    if any(dimension.version_id != version_id for dimension in dimensions):
        raise ValidationError({"dimensions": "A round can only cover dimensions from its opening's rubric."})
    if unsaved.exercise is not None and unsaved.exercise.version_id != version_id:
        raise ValidationError({"exercise": "A round can only use an exercise from its opening's rubric."})
    if _is_planned(unsaved) and set(dimensions) != set(unsaved.dimensions.all()):
        held = "This round already has an interview, so its dimensions cannot change. Add a new round instead."
        raise ValidationError({"dimensions": held})
    if any(user.is_guest for user in panel or ()):
        raise ValidationError({"panel": "External interviewers are invited to single interviews."})
    minutes_before = Round.objects.filter(pk=unsaved.pk).values_list("minutes", flat=True).first()
    unsaved.save()
    unsaved.dimensions.set(dimensions)
    if panel is not None:
        unsaved.panel.set(panel)
    record("round.saved", by=by, subject=unsaved)
    if minutes_before not in {None, unsaved.minutes}:
        _tell_length(unsaved, minutes_before)
    return unsaved


def _tell_length(round_: Round, minutes_before: int) -> None:
    """Interviews are as long as their round: the panels of those to come get the new end."""
    planned = round_.interviews.exclude(application__state__in=Application.CLOSED)
    lock_applications(planned.to_come().values_list("application", flat=True))
    interviews = lock_coming(planned)
    Interview.objects.bulk_update(interviews, ["calendar_sequence"])
    asked = Panelist.objects.on_panel().filter(interview__in=interviews, owes_by__isnull=False)
    panelists = asked.select_related("user").order_by("pk")
    invitations.tell_length(with_interviews(panelists, interviews), minutes_before)


def refuse_round_name(round_: Round, name: str) -> None:
    """Raises ValidationError at `name` where another round of the opening has it, whatever its case."""
    others = round_.opening.rounds.exclude(pk=round_.pk)
    if others.filter(name__iexact=name).exists():
        raise ValidationError({"name": "This opening already has a round with this name."})


def _is_planned(round_: Round) -> bool:
    """Whether the round is stored and an interview was planned on it."""
    return round_.pk is not None and round_.interviews.exists()


@transaction.atomic
def remove_round(round_: Round, *, by: User) -> None:
    """Take a round out of the plan; ValidationError where an interview is on it."""
    lock_opening(round_.opening)
    refuse_removed([round_])  # and nobody plans an interview on it meanwhile
    if round_.interviews.exists():
        raise ValidationError("This round already has interviews, so it cannot be removed.")
    record("round.removed", by=by, subject=round_)
    round_.delete()


def refuse_removed(rounds: Collection[Round]) -> None:
    """Raises ValidationError where one of these is there no more; they stay until the caller's transaction ends."""
    pks = {round_.pk for round_ in rounds}
    held = Round.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    if len(held) < len(pks):
        raise ValidationError("This round was removed meanwhile. Choose another one.")


def refuse_erased(application: Application) -> None:
    """Raises ValidationError for an erased candidate: no word about them comes back; also where the application was
    removed.

    It locks the application until the caller's transaction ends, so that no erasure
    comes in between, and gives it its candidate as they are now.
    """
    lock_applications([application.pk])
    candidate = Candidate.objects.filter(applications=application.pk).first()
    if candidate is None:
        raise ValidationError(REMOVED)
    if candidate.erased_at:
        raise ValidationError(ERASED)
    application.candidate = candidate


def refuse_closed(application: Application) -> None:
    """Raises ValidationError for one that was withdrawn, rejected or moved, or whose
    opening is closed: nothing is planned for it.

    The caller holds the application's lock (`refuse_erased`).
    """
    refuse_over(application)
    application.opening.refresh_from_db(fields=["title", "confidential", "anonymous", "closed_at"])
    refuse_closed_opening(application.opening)


def refuse_over(application: Application) -> None:
    """Raises ValidationError for one that was withdrawn, rejected or moved; the caller
    holds its lock."""
    application.refresh_from_db(fields=["state"])
    if application.is_over:
        label = application.get_state_display().lower()
        raise ValidationError(f"This application is closed ({label}). Set it to active first.")


def refuse_closed_opening(opening: Opening) -> None:
    """Raises ValidationError where nobody can be added or interviewed any more; `opening` is as it was just read."""
    if opening.closed_at:
        raise ValidationError(CLOSED)


@transaction.atomic
def edit_candidate(
    candidate: Candidate, *, name: str, email: str, by: User, colleague: User | None = None
) -> Candidate:
    """Correct a name or an address, which is stored in lower case, and which `colleague`
    this is. Where the address before is a colleague's, the candidate is marked as them.

    Raises PermissionDenied for whoever does not see all of their applications;
    ValidationError where the candidate was erased, or would be somebody on their own
    panel, or `by`.
    """
    if lock_candidate(candidate).erased_at:
        raise ValidationError(ERASED)
    lock_applications(candidate.applications.values_list("pk", flat=True))  # nobody is put on their panels meanwhile
    if not policies.may_edit_candidate(by, candidate):
        raise PermissionDenied
    refuse_oneself(email, colleague, by=by)
    if colleague is None and candidate.colleague_id is None:
        colleague = _left_behind(candidate, email)
    _refuse_panelists(candidate, email, colleague)
    candidate.name, candidate.email, candidate.colleague = name, email.lower(), colleague
    candidate.save(update_fields=["name", "email", "colleague", *Candidate.FOLLOWING])
    record("candidate.edited", by=by, subject=candidate, colleague=colleague and colleague.pk)
    return candidate


def refuse_gone(candidates: Collection[Candidate]) -> None:
    """Raises ValidationError where one of these was erased, or is there no more. The others stay as they are until
    the caller's transaction ends."""
    pks = [candidate.pk for candidate in candidates]
    lock_candidates(pks)
    erased = Candidate.objects.filter(pk__in=pks).values_list("erased_at", flat=True)
    if any(erased):
        raise ValidationError(ERASED)
    if len(erased) < len(set(pks)):
        raise ValidationError(MERGED)


def refuse_oneself(email: str, colleague: User | None, *, by: User | None) -> None:
    """Raises ValidationError where the candidate would be who adds or corrects them."""
    if by is None:
        return
    if email.lower() == by.email.lower():
        raise ValidationError({"email": "This is your own address. Nobody runs their own application."})
    if colleague == by:
        raise ValidationError({"colleague": "This is you. Nobody runs their own application."})


def _left_behind(candidate: Candidate, email: str) -> User | None:
    """Who would no longer be known as this candidate once the address is another one.

    On their own panel nobody is: there the address was a mistake. Of several, as where an
    address went from one colleague to another, whoever has it now.
    """
    at_address = holders([candidate.email, email])
    before, after = at_address[candidate.email.lower()], at_address[email.lower()]
    [interviewers] = interviewers_of([candidate]).values()
    people = User.objects.filter(pk__in=before - after - interviewers)
    has_it_now = Case(When(has_address(candidate.email), then=Value(0)), default=Value(1))
    return people.order_by(has_it_now, "pk").first()


def mark_as_holder(candidate: Candidate, email: str, *, by: User | None) -> None:
    """Whoever has this address is this candidate, as somebody says who knows them under another one.

    Their account is marked where nothing says so yet. The caller holds the candidate's lock. Raises ValidationError
    at `email` where that person is on the candidate's panel, or the candidate is marked as somebody else.
    """
    found = holders([email])[email.lower()]
    if not found:
        return
    candidate.refresh_from_db(fields=["email", "colleague"])
    [known] = accounts_of([candidate]).values()
    new = found - known
    if not new:
        return
    _refuse_panelists(candidate, email, None)
    if candidate.colleague_id is not None or len(new) > 1:
        raise ValidationError({"email": "This address is another colleague’s. Correct the candidate first."})
    [candidate.colleague_id] = new
    candidate.save(update_fields=["colleague"])
    record("candidate.edited", by=by, subject=candidate, colleague=candidate.colleague_id)


def _refuse_panelists(candidate: Candidate, email: str, colleague: User | None) -> None:
    """Nobody interviews themselves, and nobody loses a scorecard by a mistyped address."""
    [interviewers] = interviewers_of([candidate]).values()
    if interviewers & holders([email])[email.lower()]:
        raise ValidationError({"email": "Somebody on this candidate’s panel has this address. Check it."})
    if colleague is not None and colleague.pk in interviewers:
        raise ValidationError({"colleague": "This colleague is on the candidate’s panel. Take them off first."})


@transaction.atomic
def add_candidate(
    opening: Opening,
    *,
    name: str,
    email: str,
    by: User | None,
    known: Candidate | None = None,
    is_new: bool = False,
    is_corrected: bool = False,
    colleague: User | None = None,
) -> Application:
    """The application of this person for the opening.

    `known` says who it is, whose stored name `is_corrected` to this one, for which `by`
    has to see all that they applied for; with `is_new` it is somebody new, whoever has
    the address. With neither, who has name and address is meant, as far as `by` sees
    them; an address is stored in lower case, and may be empty. `colleague` is who a new
    candidate is in this company.

    Raises PermissionDenied where the name may not be corrected; ValidationError by field:
    where they applied already, where somebody of another name has the address, for one's
    own address, or where the opening is closed.
    """
    refuse_closed_opening(lock_opening(opening))  # one code name at a time
    lock_newcomers()
    refuse_oneself(email, colleague, by=by)
    candidate = known
    if known is not None and is_corrected and by is not None:
        edit_candidate(known, name=name, email=known.email, by=by, colleague=known.colleague)
    if candidate is None and not is_new:
        candidate = _of_name_and_address(name, email, by)
    if candidate is not None:
        refuse_gone([candidate])
        mark_as_holder(candidate, email, by=by)
    else:
        candidate = Candidate.objects.create(name=name, email=email.lower(), colleague=colleague)
    earlier = opening.applications.filter(candidate=candidate).current_first().first()
    if earlier is not None:
        raise ValidationError({"email": _applied(earlier)})
    taken = set(opening.applications.values_list("code_name", flat=True))
    application = opening.applications.create(candidate=candidate, code_name=draw(taken))
    record("application.created", by=by, subject=application)
    return application


def _applied(earlier: Application) -> str:
    said = "This person has applied for this opening already."
    if earlier.state != Application.State.MOVED:
        return said
    moved = "Their application was moved to another opening: set it to active, or move it back."
    return f"{said} {moved}"


def _of_name_and_address(name: str, email: str, by: User | None) -> Candidate | None:
    """Who is meant, None for nobody; ValidationError where only others have the address."""
    if not email:
        return None
    at_address = [row for row in known_as(name, email, by=by).candidates if row.email == email.lower()]
    meant = [row for row in at_address if name_key(row.name) == name_key(name)]
    if at_address and not meant:
        raise ValidationError({"email": f"This address is {at_address[0].name}’s. Say who this is."})
    return meant[0] if meant else None


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
    place: str = "",
) -> Interview:
    """An interview with its panel, who are told. `due_at` is when its scorecards are late.

    Without `by` a program plans what was planned elsewhere, and nobody is told. Raises
    ValidationError where the round belongs to another opening or was removed, the candidate
    was erased or their application is closed, and what `check_panel` and `check_times` raise.
    """
    if round.opening_id != application.opening_id:
        raise ValidationError("This round belongs to another opening.")
    refuse_erased(application)
    refuse_closed(application)
    refuse_removed([round])
    check_panel(application, leads, shadows)
    check_times(starts_at, due_at)
    interview = Interview.objects.create(
        application=application, round=round, starts_at=starts_at, due_at=due_at, place=place
    )
    record("interview.planned", by=by, subject=interview)
    panelists = [add_panelist(interview, user, role=Panelist.Role.LEAD, by=by) for user in leads]
    panelists += [add_panelist(interview, user, role=Panelist.Role.SHADOW, by=by) for user in shadows]
    if by is not None:
        invitations.invite(interview, panelists, begins=True)
        tell_channels(kinds.INVITED, [interview])
    return interview


def check_times(starts_at: datetime, due_at: datetime) -> None:
    """Raises ValidationError where scorecards would be due before the start."""
    if due_at < starts_at:
        raise ValidationError(
            {"starts_at": "Scorecards cannot be due before the interview starts. Choose a later time."}
        )


def check_panel(
    application: Application, leads: list[User], shadows: list[User], *, themselves: Collection[int] | None = None
) -> None:
    """Raises ValidationError where these people cannot interview this candidate.

    There is a lead, nobody sits there twice, and nobody interviews themselves. `themselves` are the candidate's
    accounts, as `accounts_of` says for several, where they are known.
    """
    if not leads:
        raise ValidationError({"leads": "An interview needs at least one lead interviewer."})
    if set(leads) & set(shadows):
        raise ValidationError({"shadows": "The same person cannot be both lead and shadow. Choose one."})
    if len(set(leads + shadows)) < len(leads) + len(shadows):
        raise ValidationError({"leads": "Each person can be on the panel only once."})
    if themselves is None:
        [themselves] = accounts_of([application.candidate]).values()
    if not {user.pk for user in leads + shadows}.isdisjoint(themselves):
        raise ValidationError({"leads": "A candidate cannot be on their own panel."})


def add_panelist(interview: Interview, user: User, *, role: str, by: User | None) -> Panelist:
    """Put on the panel, not checked (see `check_panel`); `role` is one of `Panelist.Role`."""
    panelist = Panelist.objects.create(interview=interview, user=user, role=role)
    record("panelist.added", by=by, subject=interview, user_id=user.pk, role=role)
    return panelist
