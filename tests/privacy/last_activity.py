"""What `active_at` and `kept_until` of an application have to be, asked of every table in which something happens."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Max, Q

from candidates.models import Application, Interview, StateChange
from debriefs.models import Decision, Meeting, MeetingNote, Reopening, ReRating
from files.models import CandidateNote, Material
from scorecards.models import Amendment, HandoffNote, PanelistRelease, Scorecard, Withdrawal

FINAL = (Decision.Outcome.HIRE, Decision.Outcome.NO_HIRE)
SOURCES: list[tuple[type[models.Model], str, str]] = [
    (StateChange, "application", "at"),
    (Interview, "application", "due_at"),
    (Scorecard, "panelist__interview__application", "saved_at"),
    (Scorecard, "panelist__interview__application", "submitted_at"),
    (Material, "application", "added_at"),
    (CandidateNote, "application", "at"),
    (HandoffNote, "panelist__interview__application", "at"),
    (Amendment, "scorecard__panelist__interview__application", "at"),
    (PanelistRelease, "panelist__interview__application", "at"),
    (Withdrawal, "scorecard__panelist__interview__application", "at"),
    (Meeting, "application", "opened_at"),
    (MeetingNote, "meeting__application", "at"),
    (ReRating, "meeting__application", "at"),
    (Decision, "application", "decided_at"),
    (Reopening, "decision__application", "at"),
]


def rows_of(model: type[models.Model], way: str, application: Application) -> Any:
    return model._default_manager.filter(**{way: application.pk})


def expected(application: Application) -> tuple[datetime, datetime]:
    """Its last activity, and until when it is kept."""
    moments = [application.created_at]
    for model, way, column in SOURCES:
        newest = rows_of(model, way, application).aggregate(newest=Max(column))["newest"]
        if newest:
            moments.append(newest)
    active_at = max(moments)
    decided = Decision.objects.current().filter(Q(outcome__in=FINAL), application=application).first()
    since = decided.decided_at if decided else active_at
    return active_at, since + timedelta(days=application.opening.retention_days)


def kept() -> dict[int, tuple[datetime | None, datetime | None]]:
    """Of each application what its columns say."""
    return {row.pk: (row.active_at, row.kept_until) for row in Application.objects.all()}


def all_expected() -> dict[int, tuple[datetime, datetime]]:
    return {row.pk: expected(row) for row in Application.objects.select_related("opening")}
