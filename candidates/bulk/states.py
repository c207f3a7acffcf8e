"""Several applications are set to one state, or moved to one opening, as `candidates.states` does with one."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from accounts.texts import limited, needed
from audit.services import record_each
from candidates import policies
from candidates.code_names import draw_many
from candidates.locks import lock_applications, lock_candidates, lock_opening, lock_openings
from candidates.models import Application, Interview, Opening, StateChange
from candidates.services import refuse_closed_opening
from candidates.states import LONGEST_REASON, end_what_is_to_come, follow_opened, has_another

NAMED = 3  # of those who hinder it


@transaction.atomic
def set_states(applications: Sequence[Application], *, state: str, reason: str = "", by: User) -> list[Application]:
    """Set these applications of one opening to the state; those that stand so already are left alone.

    Gives those that were changed. Raises PermissionDenied, or ValidationError by field:
    where one was erased, where the state is none to choose, where a rejection gives no
    reason or comes after an interview has begun. Then none is changed.
    """
    locked = _lock(applications, by)
    if state not in Application.State.values or state == Application.State.MOVED:
        raise ValidationError({"state": "Choose how the applications stand."})
    if state == Application.State.REJECTED:
        _refuse_late_rejections(locked, reason)
    _refuse(has_another(locked), "has another application for this opening")
    changed = [application for application in locked if application.state != state]
    were_over = [application for application in changed if application.is_over]
    for application in changed:
        application.state, application.moved_to = state, None
    _store(changed, reason, by)
    follow_opened(were_over, by=by)
    return changed


@transaction.atomic
def move_all(applications: Sequence[Application], *, to: Opening, reason: str = "", by: User) -> list[Application]:
    """Close these applications and name those of the same people for the other opening,
    made where there are none, and active again where they were moved away from there.

    Gives those that were moved. Raises PermissionDenied for whoever does not run both
    openings, ValidationError by field: for their own opening or one that is closed, and
    where one was erased or is moved already. Then none is moved.
    """
    if not policies.may_run(by, to):
        raise PermissionDenied
    if any(application.opening_id == to.pk for application in applications):
        raise ValidationError({"to": "These applications are for this opening already. Choose another."})
    both = {application.opening_id for application in applications} | {to.pk}
    lock_openings(both)
    refuse_closed_opening(lock_opening(to))
    candidates = [application.candidate_id for application in applications]
    lock_candidates(candidates)
    there = to.applications.filter(candidate__in=candidates).values_list("pk", flat=True)
    leaving = [application.pk for application in applications]
    lock_applications(leaving + list(there))
    locked = _lock(applications, by)
    _refuse([each for each in locked if each.state == Application.State.MOVED], "has been moved already", field="to")
    arrived = _arrived(locked, to, by)
    for application in locked:
        application.state, application.moved_to = Application.State.MOVED, arrived[application.candidate_id]
    _store([*_come_back(arrived.values()), *locked], reason, by)
    return locked


def _lock(applications: Sequence[Application], by: User) -> list[Application]:
    """The applications as they are now, locked. Raises PermissionDenied, or ValidationError where one was erased."""
    pks = [application.pk for application in applications]
    rows = Application.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks).order_by("pk")
    locked = list(rows.select_related("candidate", "opening"))
    openings = {application.opening for application in locked}
    if not openings or not all(policies.may_run(by, opening) for opening in openings):
        raise PermissionDenied
    _refuse([each for each in locked if each.candidate.erased_at], "has been erased")
    return locked


def _refuse(hindering: Sequence[Application], why: str, field: str = "state") -> None:
    """ValidationError that names some of these, where there are any."""
    if not hindering:
        return
    raise ValidationError({field: f"Nothing was changed. This {why}: {named(hindering)}. Leave them out."})


def named(applications: Sequence[Application]) -> str:
    """The names of a few of the candidates, and how many more there are."""
    names = ", ".join(application.candidate.name for application in applications[:NAMED])
    rest = len(applications) - NAMED
    return f"{names} and {rest:,} more" if rest > 0 else names


def _refuse_late_rejections(applications: Sequence[Application], reason: str) -> None:
    needed(reason, field="reason", otherwise="Say why. A rejection before interviews needs a reason.")
    begun = Interview.objects.held().filter(application=OuterRef("pk"), starts_at__lte=timezone.now())
    pks = [application.pk for application in applications]
    late = set(Application.objects.filter(Exists(begun), pk__in=pks).values_list("pk", flat=True))
    hindering = [application for application in applications if application.pk in late]
    _refuse(hindering, "has an interview that has begun, so that a decision is needed")


def _arrived(applications: Sequence[Application], to: Opening, by: User) -> dict[int, Application]:
    """By candidate, their applications for the other opening."""
    candidates = [application.candidate_id for application in applications]
    there = to.applications.filter(candidate__in=candidates).current_first()
    arrived = {each.candidate_id: each for each in reversed(list(there))}
    lacking = [pk for pk in candidates if pk not in arrived]
    taken = set(to.applications.values_list("code_name", flat=True))
    unsaved = []
    for pk, code_name in zip(lacking, draw_many(taken, len(lacking)), strict=True):
        unsaved.append(Application(candidate_id=pk, opening=to, code_name=code_name))
    made = Application.objects.bulk_create(unsaved)
    record_each("application.created", by=by, subjects=made)
    return arrived | {each.candidate_id: each for each in made}


def _come_back(arrived: Iterable[Application]) -> list[Application]:
    """Those of the arrived that had been moved away, active again, not stored yet."""
    back = []
    for application in arrived:
        if application.state == Application.State.MOVED:
            application.state, application.moved_to = Application.State.ACTIVE, None
            back.append(application)
    return back


def _store(applications: Sequence[Application], reason: str, by: User) -> None:
    words = limited(reason, field="reason", limit=LONGEST_REASON).strip()
    Application.objects.bulk_update(applications, ["state", "moved_to"])
    changes = []
    for application in applications:
        changes.append(StateChange(application=application, state=application.state, reason=words, by=by))
    StateChange.objects.bulk_create(changes)
    details = [{"state": application.state} for application in applications]
    record_each("application.state_set", by=by, subjects=applications, details=details)
    end_what_is_to_come(applications, by=by)
