"""Whose time of keeping is over: after the decision, else after the last activity, by
each opening's policy."""

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import DurationField, Exists, ExpressionWrapper, F, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from accounts.models import User
from audit.services import record
from candidates.models import Application, Candidate, Interview, LegalHold, Opening, StateChange
from debriefs.models import Decision, Meeting, MeetingNote, Reopening, ReRating
from files.models import CandidateNote, Material
from privacy.erasure import Reason, erase_candidate
from scorecards.models import Amendment, HandoffNote, Scorecard, SeatRelease, Withdrawal, unblinded

logger = structlog.get_logger(__name__)
FINAL = (Decision.Outcome.HIRE, Decision.Outcome.NO_HIRE)


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


def dated() -> QuerySet[Any]:
    """Applications with `decided_at` (empty while no final decision stands),
    `active_at`, and `due_at`."""
    own = OuterRef("pk")
    cards = Scorecard.objects.filter(panelist__interview__application=own)
    amendments = Amendment.objects.filter(scorecard__panelist__interview__application=own)
    decided = Decision.objects.current().filter(application=own, outcome__in=FINAL)
    last = [
        _newest(StateChange.objects.filter(application=own), "at"),
        _newest(Interview.objects.filter(application=own), "due_at"),
        _newest(cards, "saved_at"),
        _newest(cards, "submitted_at"),
        _newest(Material.objects.filter(application=own), "added_at"),
        _newest(CandidateNote.objects.filter(application=own), "at"),
        _newest(HandoffNote.objects.filter(panelist__interview__application=own), "at"),
        _newest(amendments, "at"),
        _newest(SeatRelease.objects.filter(panelist__interview__application=own), "at"),
        _newest(Withdrawal.objects.filter(scorecard__panelist__interview__application=own), "at"),
        _newest(Meeting.objects.filter(application=own), "opened_at"),
        _newest(MeetingNote.objects.filter(meeting__application=own), "at"),
        _newest(ReRating.objects.filter(meeting__application=own), "at"),
        _newest(Decision.objects.filter(application=own), "decided_at"),
        _newest(Reopening.objects.filter(decision__application=own), "at"),
    ]
    days = F("opening__retention_days") * timedelta(days=1)
    kept = ExpressionWrapper(days, output_field=DurationField())
    return Application.objects.annotate(
        decided_at=Subquery(decided.values("decided_at")[:1]),
        active_at=Greatest("created_at", *last),  # PostgreSQL passes over what is null
    ).annotate(due_at=Coalesce("decided_at", "active_at") + kept)


def _newest(rows: QuerySet[Any], column: str) -> Subquery:
    grouped = rows.order_by().annotate(one=Value(1)).values("one")
    return Subquery(grouped.annotate(newest=Max(column)).values("newest"))


def kept() -> QuerySet[Any]:
    """Candidates who are not erased, with `due_at`: when the last of their applications
    is over; and `held`."""
    last = dated().filter(candidate=OuterRef("pk")).order_by("-due_at")
    holds = LegalHold.objects.in_force().filter(candidate=OuterRef("pk"))
    candidates = Candidate.objects.filter(erased_at=None, applications__isnull=False)
    dues = Subquery(last.values("due_at")[:1])
    found = candidates.distinct().annotate(due_at=dues, held=Exists(holds))
    return found.order_by("due_at", "pk")


def kept_for(reader: User) -> QuerySet[Any]:
    """Of `kept` those this person may erase. Who is blind to one is not told when it
    was decided."""
    if not (reader.is_administrator or reader.is_recruiter):
        return kept().none()
    readable = unblinded(Application.objects.run_by(reader), reader)
    own = Application.objects.filter(candidate=OuterRef("pk"))
    unreadable = own.exclude(pk__in=readable.values("pk"))
    return kept().filter(~Exists(unreadable))


def run_retention(*, by: User | None = None, dry_run: bool, at: datetime | None = None) -> Report:
    """Erase whoever is due and not held; one that fails holds up no other. A dry run
    only reports."""
    at = at or timezone.now()
    report = Report(at=at.isoformat(timespec="seconds"), dry_run=dry_run)
    for candidate in kept().filter(due_at__lte=at):
        report.due.append(candidate.pk)
        if candidate.held:
            report.held.append(candidate.pk)
        elif not dry_run:
            _erase(candidate, at, by, report)
    record("retention.run", by=by, dry_run=dry_run, due=len(report.due), held=len(report.held), erased=report.erased)
    return report


def _erase(candidate: Candidate, at: datetime, by: User | None, report: Report) -> None:
    """Whether they are due is asked again behind the lock: somebody may have reopened a
    decision meanwhile."""
    try:
        with transaction.atomic():
            Candidate.objects.select_for_update().get(pk=candidate.pk)
            if kept().filter(pk=candidate.pk, due_at__lte=at, held=False).exists():
                erase_candidate(candidate, by=by, reason=Reason.OVER)
                report.erased.append(candidate.pk)
    except ValidationError as error:
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
    opening.retention, opening.retention_days = preset, fixed or days or 0
    opening.save(update_fields=["retention", "retention_days"])
    record("opening.retention_set", by=by, subject=opening, preset=preset, days=opening.retention_days)
