"""Whose interviews are still to be planned, a proposal for them, and planning them all or none."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from audit.services import record_each
from candidates import invitations
from candidates.channels import tell_channels
from candidates.doubts import Doubt, Planned, doubts_of_all
from candidates.identity import accounts_of
from candidates.locks import lock_applications, lock_opening
from candidates.models import ON_PANEL, Application, Interview, Opening, Panelist, Round
from candidates.planning.loops import LONGEST, Held, Hours, Slot, Step, spread
from candidates.services import ERASED, check_panel, refuse_closed_opening, refuse_removed
from notices import kinds

MOST = 100  # applications at a time
MEANWHILE = "Somebody else planned something meanwhile, so nothing was planned. Look at what is marked, and try again."


@dataclass(frozen=True)
class Wanted:
    """One interview to plan; `meant` are the keys of the doubts that were ticked."""

    application: Application
    round: Round
    starts_at: datetime
    leads: tuple[User, ...]
    meant: Collection[str] = ()

    @property
    def planned(self) -> Planned:
        return Planned(self.application, self.round, self.starts_at, self.leads)


def open_ones(opening: Opening, *, by: User) -> QuerySet[Application]:
    """The active applications that lack an interview in some round, by name."""
    return chosen_ones(opening, Q(_lacking(), state=Application.State.ACTIVE), by=by)


def chosen_ones(opening: Opening, which: Q, *, by: User) -> QuerySet[Application]:
    """Those of the opening that can still be interviewed, by name; whoever has an interview in
    each round comes last, so that the first MOST are others once the first are planned."""
    run = Application.objects.run_by(by).filter(which, opening=opening, candidate__erased_at=None)
    still = run.exclude(state__in=Application.CLOSED).select_related("candidate", "opening")
    return still.order_by(_lacking().desc(), "candidate__sort_key", "pk")


def _lacking() -> Exists:
    """Whether an application has no interview in some round."""
    rounds = Round.objects.filter(opening=OuterRef("opening"))
    planned = Interview.objects.held().filter(application=OuterRef(OuterRef("pk")), round=OuterRef("pk"))
    return Exists(rounds.filter(~Exists(planned)))


def to_plan(applications: Sequence[Application], rounds: Sequence[Round]) -> list[tuple[Application, list[Round]]]:
    """Of each application the rounds that it has no interview in; those with none are left out."""
    stored = Interview.objects.held().filter(application__in=applications).values_list("application", "round")
    taken = set(stored)
    found = []
    for application in applications:
        open_rounds = [round_ for round_ in rounds if (application.pk, round_.pk) not in taken]
        if open_rounds:
            found.append((application, open_rounds))
    return found


def propose(
    wanted: Sequence[tuple[Application, Sequence[Round]]], steps: Mapping[int, Step], hours: Hours, *, by: User
) -> list[Slot]:
    """A slot for each round of each application, by the step of the round's key. Three queries.

    Only interviews that `by` runs keep anybody busy, so that no proposal tells of others.
    """
    people = {pk for step in steps.values() for pk in step.pool}
    candidates = {application.candidate_id for application, _ in wanted}
    first = datetime.combine(hours.first_day, hours.begin, hours.zone).astimezone(UTC)
    on_panel = Exists(Panelist.objects.on_panel().filter(interview=OuterRef("pk"), user__in=people))
    near = Interview.objects.held().filter(
        starts_at__gt=first - timedelta(days=1), starts_at__lt=first + timedelta(days=LONGEST + 1)
    )
    theirs = near.filter(Q(on_panel) | Q(application__candidate__in=candidates))
    run = theirs.filter(application__in=Application.objects.run_by(by)).select_related("round", "application")
    busy: dict[int, list[Held]] = defaultdict(list)
    met: dict[int, list[Held]] = defaultdict(list)
    for interview in run.prefetch_related(ON_PANEL):
        held = (interview.starts_at, interview.starts_at + timedelta(minutes=interview.round.minutes))
        met[interview.application.candidate_id].append(held)
        for panelist in interview.panelists.all():
            busy[panelist.user_id].append(held)
    loops = []
    for application, rounds in wanted:
        loops.append((application.pk, application.candidate_id, [steps[round_.pk] for round_ in rounds]))
    load = {pk: len(held_by) for pk, held_by in busy.items()}
    never = accounts_of([application.candidate for application, _ in wanted])
    return spread(loops, hours, busy=busy, met=met, load=load, never=never)


@transaction.atomic
def plan_all(opening: Opening, wanted: Sequence[Wanted], *, hours_to_score: int | None, by: User) -> list[Interview]:
    """Plan every one of these interviews, or none. Scorecards are due so many hours after the end of each,
    as the rounds say where it is None.

    Whoever plans for the same opening waits. Raises ValidationError where something is
    doubtful that nobody has ticked, as after somebody else's planning, where a round was removed or a candidate
    erased, where an application or the opening is closed, and what `check_panel` raises.
    """
    refuse_closed_opening(lock_opening(opening))
    _refuse_closed([one.application for one in wanted])
    refuse_removed([one.round for one in wanted])
    accounts = accounts_of([one.application.candidate for one in wanted])
    for one, found in zip(wanted, doubts_of_all([one.planned for one in wanted], by=by), strict=True):
        _check_panel(one, accounts[one.application.candidate_id])
        if not is_meant(found, one.meant):
            raise ValidationError(MEANWHILE)
    unsaved = []
    for one in wanted:
        due_at = one.planned.ends_at + timedelta(hours=hours_to_score or one.round.scorecard_hours)
        unsaved.append(Interview(application=one.application, round=one.round, starts_at=one.starts_at, due_at=due_at))
    interviews = Interview.objects.bulk_create(unsaved)
    record_each("interview.planned", by=by, subjects=interviews)
    _add_panelists(interviews, wanted, by)
    return interviews


def _check_panel(one: Wanted, themselves: Collection[int]) -> None:
    """Raises ValidationError, with the candidate's name."""
    try:
        check_panel(one.application, list(one.leads), [], themselves=themselves)
    except ValidationError as error:
        name = one.application.candidate.name
        raise ValidationError([f"{name}: {message}" for message in error.messages]) from error


def _refuse_closed(applications: Sequence[Application]) -> None:
    """Raises ValidationError where one of these is closed, or its candidate erased; they stay locked as they are."""
    pks = {application.pk for application in applications}
    lock_applications(pks)
    for application in Application.objects.filter(pk__in=pks).select_related("candidate").order_by("pk"):
        if application.candidate.erased_at:
            raise ValidationError(ERASED)
        if application.state in Application.CLOSED:
            label = application.get_state_display().lower()
            name = application.candidate.name
            raise ValidationError(f"The application of {name} is closed ({label}). Leave it out, or set it to active.")


def _add_panelists(interviews: Sequence[Interview], wanted: Sequence[Wanted], by: User) -> None:
    panelists = []
    for interview, one in zip(interviews, wanted, strict=True):
        panelists += [Panelist(interview=interview, user=user, role=Panelist.Role.LEAD) for user in one.leads]
    Panelist.objects.bulk_create(panelists)
    details = [{"user_id": panelist.user_id, "role": panelist.role} for panelist in panelists]
    subjects = [panelist.interview for panelist in panelists]
    record_each("panelist.added", by=by, subjects=subjects, details=details)
    invitations.invite_all(panelists)
    tell_channels(kinds.INVITED, interviews)


def is_meant(found: Sequence[Doubt], ticked: Collection[str]) -> bool:
    """Whether every doubt was ticked."""
    return {doubt.key for doubt in found} <= set(ticked)
