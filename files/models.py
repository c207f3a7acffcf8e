"""A candidate's files, links and notes: each of one application, so that it stays
within its opening unless somebody takes it along."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from audit.erasing import BY_ITSELF, Erasable
from candidates.models import Application
from files.kinds import Kind
from scorecards.models import blind, unblinded

NAME_LIMIT = 150
TEXT_LIMIT = 4_000


class MaterialQuerySet(models.QuerySet["Material"]):
    def visible_to(self, user: User) -> Self:
        """Those of applications that this person runs; a panelist has an address of
        their own."""
        return self.filter(application__in=Application.objects.run_by(user))


class Material(models.Model):
    """A file or a link that came from the candidate; never both.

    `name` is what the file was called, or the words of the link. The stored file is
    named after `token`, so that one without a row is known as such. Rows of several
    applications of one candidate may have one token, where the file was taken along to
    another opening: its bytes are stored once.
    """

    class Purpose(models.TextChoices):
        RESUME = "resume", "Résumé"
        WORK_SAMPLE = "work_sample", "Work sample"
        LETTER = "letter", "Cover letter"
        OTHER = "other", "Other"

    erasable = Erasable(BY_ITSELF, ("name", "url"))

    application = models.ForeignKey(Application, models.PROTECT, related_name="materials")
    purpose = models.CharField(max_length=20, choices=Purpose.choices, default=Purpose.RESUME)
    name = models.CharField(max_length=NAME_LIMIT)
    url = models.URLField(max_length=500, blank=True)
    token = models.UUIDField(db_index=True, null=True)
    file = models.FileField(upload_to="candidates/", blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices(), blank=True)
    size = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(url="", token__isnull=False, size__isnull=False) & ~Q(sha256="") & ~Q(kind="")
                | ~Q(url="") & Q(token=None, file="", size=None, sha256="", kind=""),
                name="file_or_link",
            ),
            models.UniqueConstraint(
                fields=["application", "sha256"], condition=~Q(sha256=""), name="a_file_once_for_an_application"
            ),
        ]

    def __str__(self) -> str:
        return f"material {self.pk}"


class CandidateNoteQuerySet(models.QuerySet["CandidateNote"]):
    def visible_to(self, user: User) -> Self:
        """Those of applications that this person runs, and one's own alone while one
        owes a scorecard there, or where the note was written first.

        Nobody can keep a note from saying what somebody thinks.
        """
        run = Application.objects.run_by(user)
        hides = Application.objects.filter(blind(user), pk=OuterRef("came_from"))
        readable = Q(application__in=unblinded(run, user)) & ~Exists(hides)
        return self.filter(readable | Q(by=user, application__in=run))


class CandidateNote(models.Model):
    """A fact about an application for those who run it, such as a notice period; no
    judgement.

    `came_from` is the application for which it was written first, where it was taken along
    to another opening; `by` and `at` stay those of its author.
    """

    erasable = Erasable(BY_ITSELF, ("text",))

    application = models.ForeignKey(Application, models.PROTECT, related_name="candidate_notes")
    text = models.CharField(max_length=TEXT_LIMIT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    came_from = models.ForeignKey(Application, models.PROTECT, null=True, editable=False, related_name="+")

    objects = CandidateNoteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_says_something")]

    def __str__(self) -> str:
        return f"note {self.pk}"
