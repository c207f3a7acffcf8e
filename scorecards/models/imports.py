"""Imports of historic scorecards, each with all that it brought, so that it can be undone as one."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User


class ScorecardImportQuerySet(models.QuerySet["ScorecardImport"]):
    def visible_to(self, user: User) -> Self:
        """One's own; administrators see everybody's."""
        if not user.is_active or user.is_guest:
            return self.none()
        return self if user.is_administrator else self.filter(by=user)


class ScorecardImport(models.Model):
    """One file that was imported: by whom, what it counted, and whether it was undone.

    Without `by` it came by a command. `counts` are figures by the names of
    `scorecards.imports.Counts`.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    sha256 = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = ScorecardImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_at=None) | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="import_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"


class ImportedRow(models.Model):
    """A row that an import created: the model's name and the row's number."""

    class Kind(models.TextChoices):
        OPENING = "opening", "Opening"
        ROUND = "round", "Round"
        CANDIDATE = "candidate", "Candidate"
        APPLICATION = "application", "Application"
        INTERVIEW = "interview", "Interview"
        PERSON = "user", "Person"
        PANELIST = "panelist", "Panelist"
        SCORECARD = "scorecard", "Scorecard"

    source = models.ForeignKey(ScorecardImport, models.CASCADE, related_name="brought")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    number = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="brought_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
