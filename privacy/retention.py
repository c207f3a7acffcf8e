"""Candidates whose retention period has ended: after the decision, else after the last
activity, by each opening's policy."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.listing import at_most_one
from accounts.models import User
from accounts.victims import is_victim
from audit.services import record
from candidates.locks import lock_applications, lock_candidates, lock_opening
from candidates.models import Application, Candidate, LegalHold, Opening
from privacy.erasure import Reason, erase_candidate
from scorecards.models import unblinded

logger = structlog.get_logger(__name__)


@dataclass
class Report:
    """What a run found and did, by the candidates' ids: no name, so that it may be
    kept and mailed."""

    at: str
    dry_run: bool
    due: list[int] = field(default_factory=list)
    held: list[int] = field(default_factory=list)
    erased: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def kept() -> QuerySet[Any]:
    """Of each candidate who is not erased the application that is kept longest, with
    `held`: whether they are under a legal hold. When it is over stands in `kept_until`."""
    longer = Q(kept_until__gt=OuterRef("kept_until"))
    as_long = Q(kept_until=OuterRef("kept_until"), pk__gt=OuterRef("pk"))
    others = Application.objects.filter(candidate=OuterRef("candidate"))
    holds = LegalHold.objects.in_force().filter(candidate=OuterRef("candidate"))
    found = Application.objects.alias(outlasted=at_most_one(others.filter(longer | as_long)))
    found = found.filter(outlasted__lt=1, candidate__erased_at=None)
    lasting: QuerySet[Any] = found.annotate(held=Exists(holds))
    return lasting.order_by("kept_until", "pk")


def kept_for(reader: User) -> QuerySet[Any]:
    """Of `kept` those of candidates whom this person may erase. Who is blind to one is
    not told when it was decided."""
    if not (reader.is_administrator or reader.is_recruiter):
        return kept().none()
    readable = unblinded(Application.objects.run_by(reader), reader)
    own: QuerySet[Any] = Application.objects.filter(candidate=OuterRef("candidate"))
    own = own.alias(readable=at_most_one(readable.filter(pk=OuterRef("pk"))))
    known: QuerySet[Any] = kept().alias(unreadable=at_most_one(own.filter(readable__lt=1)))
    return known.filter(unreadable__lt=1)


def run_retention(*, by: User | None = None, dry_run: bool, at: datetime | None = None) -> Report:
    """Erase whoever is due and not held; one that fails holds up no other. A dry run
    only reports."""
    at = at or timezone.now()
    report = Report(at=at.isoformat(timespec="seconds"), dry_run=dry_run)
    for application in kept().filter(kept_until__lte=at).select_related("candidate"):
        candidate = application.candidate
        report.due.append(candidate.pk)
        if application.held:
            report.held.append(candidate.pk)
        elif not dry_run:
            _erase(candidate, at, by, report)
    record("retention.run", by=by, dry_run=dry_run, due=len(report.due), held=len(report.held), erased=report.erased)
    return report


def _erase(candidate: Candidate, at: datetime, by: User | None, report: Report) -> None:
    """Whether they are due is worked out anew behind the lock: somebody may have reopened
    a decision meanwhile."""
    try:
        with transaction.atomic():
            lock_candidates([candidate.pk])
            lock_applications(candidate.applications.values_list("pk", flat=True))
            candidate.applications.update(active_at=None)
            if kept().filter(candidate=candidate, kept_until__lte=at, held=False).exists():
                erase_candidate(candidate, by=by, reason=Reason.OVER)
                report.erased.append(candidate.pk)
    except (ValidationError, OperationalError) as error:
        if not (isinstance(error, ValidationError) or is_victim(error)):
            raise
        logger.warning("retention_failed", candidate_id=candidate.pk, exc_info=error)
        report.failed.append(candidate.pk)


@transaction.atomic
def set_retention(opening: Opening, *, preset: str, days: int | None, by: User) -> None:
    """How long applications of this opening are kept; `days` counts only where the
    purpose says how long.

    Raises ValidationError by field.
    """
    if preset not in Opening.Retention.values:
        raise ValidationError({"preset": "Choose one of the policies."})
    fixed = Opening.RETENTION_DAYS.get(preset)
    if fixed is None and not 1 <= (days or 0) <= Opening.LONGEST_RETENTION:
        raise ValidationError({"days": f"Enter a number of days from 1 to {Opening.LONGEST_RETENTION:,}."})
    opening = lock_opening(opening)
    lock_applications(opening.applications.values_list("pk", flat=True))  # each of which follows
    opening.retention, opening.retention_days = preset, fixed or days or 0
    opening.save(update_fields=["retention", "retention_days"])
    record("opening.retention_set", by=by, subject=opening, preset=preset, days=opening.retention_days)
