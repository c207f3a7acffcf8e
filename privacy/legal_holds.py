"""Legal holds: while one stands nothing erases the candidate, neither a person nor the
retention task."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.texts import needed
from audit.services import record
from candidates.locks import lock_candidate
from candidates.models import Candidate, LegalHold
from candidates.services import ERASED
from privacy.policies import may_erase

STANDS = "This candidate already has a legal hold. Lift it first to give another reason."
HELD = "This candidate has a legal hold and cannot be erased. Lift the hold first."
LONGEST = 2_000


@transaction.atomic
def impose_hold(candidate: Candidate, *, reason: str, by: User) -> LegalHold:
    """Keep the candidate from being erased. Raises PermissionDenied, or ValidationError
    without a reason, where a hold stands, and for somebody who was erased."""
    if not may_erase(by, candidate):
        raise PermissionDenied
    candidate = lock_candidate(candidate)
    why = needed(reason, field="reason", otherwise="Give a reason, for example a case number.", limit=LONGEST)
    if candidate.erased_at:
        raise ValidationError(ERASED)
    if candidate.holds.in_force().exists():
        raise ValidationError(STANDS)
    hold = LegalHold.objects.create(candidate=candidate, reason=why, imposed_by=by)
    record("hold.imposed", by=by, subject=candidate, hold_id=hold.pk)
    return hold


@transaction.atomic
def lift_hold(candidate: Candidate, *, by: User) -> None:
    """End the hold that stands; none: no-op. Raises PermissionDenied."""
    if not may_erase(by, candidate):
        raise PermissionDenied
    lock_candidate(candidate)
    for hold in candidate.holds.in_force():
        hold.lifted_by, hold.lifted_at = by, timezone.now()
        hold.save(update_fields=["lifted_by", "lifted_at"])
        record("hold.lifted", by=by, subject=candidate, hold_id=hold.pk)


def refuse_held(candidate: Candidate) -> None:
    """Raises ValidationError where a hold stands. The caller holds the candidate's
    lock, as `impose_hold` does."""
    if candidate.holds.in_force().exists():
        raise ValidationError(HELD)
