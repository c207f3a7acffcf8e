"""How an application stands, and who may set that: nothing does by itself from figures.

Hired and not hired follow from a decision alone (`debriefs.meetings`); all else is set
by hand, with a row that says who, when and why.
"""

from collections.abc import Collection
from typing import Protocol

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Case, CharField, F, Value, When
from django.utils import timezone

from accounts.models import User
from accounts.texts import limited, needed
from audit.handed_in import HandedIn
from audit.services import record
from candidates import policies
from candidates.code_names import draw
from candidates.locks import lock_applications, lock_candidates, lock_opening, lock_openings
from candidates.models import Application, Opening, StateChange, Status
from candidates.services import CLOSED, refuse_erased

LONGEST_REASON = 2_000
DECIDED = (Status.HIRED, Status.NOT_HIRED)
ANOTHER = "This person has another application for this opening."
OF_A_DECISION = {
    Application.Decided.HIRE: Status.HIRED,
    Application.Decided.NO_HIRE: Status.NOT_HIRED,
    Application.Decided.HOLD: Status.ON_HOLD,
}


class Closing(Protocol):
    """What follows for applications that are closed by hand, or opened again, as a room above says."""

    def __call__(self, applications: Collection[Application], *, by: User) -> None: ...


_closings: HandedIn[Closing] = HandedIn()
_reopenings: HandedIn[Closing] = HandedIn()


def when_closed(closing: Closing) -> None:
    """Let a room above end, in the same transaction, what nobody holds any more for these
    applications, such as their interviews to come."""
    _closings.add(closing)


def when_opened(opening: Closing) -> None:
    """Let a room above do, in the same transaction, what is due once these applications,
    which were closed by hand, count again."""
    _reopenings.add(opening)


def follow_opened(applications: Collection[Application], *, by: User) -> None:
    """For these applications, which were closed until now, as far as they count again."""
    opened = [application for application in applications if not application.is_over]
    for opening in _reopenings.values():
        opening(opened, by=by)


def end_what_is_to_come(applications: Collection[Application], *, by: User) -> None:
    """Of those of these applications that are closed by hand now."""
    closed = [application for application in applications if application.is_over]
    for closing in _closings.values():
        closing(closed, by=by)


def status_of(application: Application) -> Status:
    """How it stands, for a reader who may know what was decided (see `Application`)."""
    state = Application.State(application.state)
    if application.decided and state not in Application.CLOSED:
        return OF_A_DECISION[Application.Decided(application.decided)]
    return Status(state.value)


def status() -> Case:
    """The same in a query on applications: a value of `Status`."""
    followed = [When(decided=decided.value, then=Value(shown.value)) for decided, shown in OF_A_DECISION.items()]
    closed = When(state__in=Application.CLOSED, then=F("state"))
    return Case(closed, *followed, default=F("state"), output_field=CharField())


@transaction.atomic
def set_state(application: Application, *, state: str, reason: str = "", by: User) -> StateChange:
    """Set by hand how the application stands; `state` is one of `Application.State`, but
    not moved, for which there is `move_application`. Interviews to come of one that is
    closed are cancelled with it.

    A decision that stands is neither asked nor changed, so that nobody learns of it here.
    Raises PermissionDenied, or ValidationError by field: also where it stands so already,
    where a rejection gives no reason or comes after an interview has begun.
    """
    _lock(application, by)
    if state not in Application.State.values or state == Application.State.MOVED:
        raise ValidationError({"state": "Choose how the application stands."})
    if state == application.state:
        raise ValidationError({"state": f"It is set to “{application.get_state_display()}” already."})
    if has_another([application]):
        raise ValidationError({"state": f"{ANOTHER} Go on with that one."})
    if state == Application.State.REJECTED:
        _refuse_late_rejection(application, reason)
    return _set(application, state, reason, by)


def has_another(applications: Collection[Application]) -> list[Application]:
    """Those of these that were moved away and whose candidate has another application for
    the opening, as after a merge. One query."""
    away = Application.State.MOVED
    moved = [application for application in applications if application.state == away]
    if not moved:
        return []
    people = [application.candidate_id for application in moved]
    stayed = Application.objects.exclude(state=away).filter(candidate__in=people)
    found = set(stayed.values_list("candidate", "opening"))
    return [each for each in moved if (each.candidate_id, each.opening_id) in found]


def _lock(application: Application, by: User) -> None:
    """The application as it is now, locked. Raises PermissionDenied, or ValidationError
    where the candidate was erased."""
    if not policies.may_run(by, application.opening):
        raise PermissionDenied
    refuse_erased(application)
    application.refresh_from_db(fields=["state", "moved_to"])


def _refuse_late_rejection(application: Application, reason: str) -> None:
    needed(reason, field="reason", otherwise="Say why. A rejection before interviews needs a reason.")
    if application.interviews.held().filter(starts_at__lte=timezone.now()).exists():
        held = "An interview has begun, so this needs a decision. Record one in the debrief."
        raise ValidationError({"state": held})


def _set(
    application: Application, state: str, reason: str, by: User, moved_to: Application | None = None
) -> StateChange:
    """The change as stored, and on the trail; ValidationError for too long a reason."""
    words = limited(reason, field="reason", limit=LONGEST_REASON).strip()
    was_over = application.is_over
    application.state, application.moved_to = state, moved_to
    application.save(update_fields=["state", "moved_to"])
    change = StateChange.objects.create(application=application, state=state, reason=words, by=by)
    record("application.state_set", by=by, subject=application, state=state)
    end_what_is_to_come([application], by=by)
    if was_over:
        follow_opened([application], by=by)
    return change


@transaction.atomic
def move_application(application: Application, *, to: Opening, reason: str = "", by: User) -> Application:
    """The candidate's application for the other opening, made where there is none, and active
    again where it was moved away from there; this one is closed and names it. What was
    planned and written stays here.

    Raises PermissionDenied for whoever does not run both openings, ValidationError at
    `to` for its own opening or one that is closed, and where it was moved already.
    """
    if not policies.may_run(by, to):
        raise PermissionDenied
    lock_openings([application.opening_id, to.pk])
    if lock_opening(to).closed_at:
        raise ValidationError({"to": CLOSED})
    lock_candidates([application.candidate_id])
    there = to.applications.filter(candidate=application.candidate_id)
    arrived = there.current_first().first()
    lock_applications([application.pk, *there.values_list("pk", flat=True)])
    _lock(application, by)
    if application.state == Application.State.MOVED:
        raise ValidationError({"to": "This application has been moved already."})
    if to.pk == application.opening_id:
        raise ValidationError({"to": "The application is for this opening already. Choose another."})
    if arrived is None:
        arrived = _arrived(application, to, by)
    else:
        arrived.refresh_from_db(fields=["state", "moved_to"])
    if arrived.state == Application.State.MOVED:
        _set(arrived, Application.State.ACTIVE, reason, by)
    _set(application, Application.State.MOVED, reason, by, moved_to=arrived)
    return arrived


def _arrived(application: Application, to: Opening, by: User) -> Application:
    """A new application of the same candidate for the other opening."""
    code_name = draw(set(to.applications.values_list("code_name", flat=True)))
    made = to.applications.create(candidate_id=application.candidate_id, code_name=code_name)
    record("application.created", by=by, subject=made)
    return made
