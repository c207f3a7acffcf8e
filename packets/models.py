"""Packets, one by one and several at once: their rows, not the queue, are the truth."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from candidates.models import Application, Opening
from candidates.names import Ticks
from debriefs.profiles import LABELS, EvidenceBy, Profile
from scorecards.models.cards import unblinded


class PacketQuerySet(models.QuerySet["Packet"]):
    def visible_to(self, user: User) -> Self:
        """Packets of applications whose loop the person runs, unless they have yet to
        submit there.
        """
        return self.filter(application__in=unblinded(Application.objects.run_by(user), user))


class Packet(models.Model):
    """One PDF asked for; this row, not the queue, is the truth of it."""

    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        BUILDING = "building", "Building"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"
        EXPIRED = "expired", "Expired"

    class Paper(models.TextChoices):
        A4 = "a4", "A4"
        LETTER = "letter", "Letter"

    class EvidenceBy(models.TextChoices):
        DIMENSION = EvidenceBy.DIMENSION.value, "By dimension"
        INTERVIEWER = EvidenceBy.INTERVIEWER.value, "By interviewer"

    application = models.ForeignKey(Application, models.PROTECT, related_name="packets")
    profile = models.CharField(max_length=20, choices=list(LABELS.items()), default=Profile.FULL.value)
    paper = models.CharField(max_length=10, choices=Paper.choices, default=Paper.A4)
    evidence_by = models.CharField(
        max_length=12,
        choices=EvidenceBy.choices,
        default=EvidenceBy.DIMENSION,
        db_default=EvidenceBy.DIMENSION,
        help_text="What the evidence is put together by; a profile without evidence has the first.",
    )
    archival = models.BooleanField(default=False, help_text="PDF/A-3b with the figures attached as JSON and CSV.")
    words_removed = models.JSONField(default=list, blank=True, help_text="Ticked as a name with an ending, a nickname.")
    words_kept = models.JSONField(default=list, blank=True, help_text="Ticked as a word, although it is a name too.")
    fingerprint = models.CharField(max_length=64)
    rows_digest = models.CharField(
        max_length=64, blank=True, help_text="Of the rows that the fingerprint was made from."
    )
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED, db_index=True)
    stage = models.CharField(max_length=60, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    in_doubt = models.PositiveIntegerField(
        default=0, help_text="Words that may be names that were to go, and stay because nobody ticked them."
    )
    unprinted = models.JSONField(
        default=list, blank=True, help_text="Signs that no font has: the number of each, and its pages."
    )
    file = models.FileField(upload_to="packets/%Y/%m/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)
    expired_at = models.DateTimeField(null=True)

    objects = PacketQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "profile", "fingerprint"],
                condition=~Q(state="expired"),
                name="one_packet_per_content",
            ),
            models.CheckConstraint(condition=~Q(state="ready") | ~Q(sha256=""), name="ready_has_a_file"),
        ]

    def __str__(self) -> str:
        return f"packet {self.pk} ({self.state})"

    @property
    def ticks(self) -> Ticks:
        return Ticks(tuple(self.words_removed), tuple(self.words_kept))


class PacketBatchQuerySet(models.QuerySet["PacketBatch"]):
    def visible_to(self, user: User) -> Self:
        """One's own, unless one may no longer read one of the debriefs that are in it."""
        readable = unblinded(Application.objects.run_by(user), user)
        hidden = BatchItem.objects.filter(batch=OuterRef("pk"), left_out="").exclude(application__in=readable)
        return self.filter(~Exists(hidden), requested_by=user, opening__in=Opening.objects.visible_to(user))


class PacketBatch(models.Model):
    """Packets of one opening as one archive and one document; the row is the truth."""

    class State(models.TextChoices):
        QUEUED = "queued", "Building the packets"
        BUILDING = "building", "Putting them together"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"
        EXPIRED = "expired", "Expired"

    opening = models.ForeignKey(Opening, models.PROTECT, related_name="packet_batches")
    profile = models.CharField(max_length=20, choices=list(LABELS.items()))
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now_add=True, help_text="When a packet of it last came nearer to its end.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    archive = models.FileField(upload_to="batches/", blank=True)
    document = models.FileField(upload_to="batches/", blank=True)
    archive_sha256 = models.CharField(max_length=64, blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True)
    expired_at = models.DateTimeField(null=True)

    objects = PacketBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | ~Q(archive_sha256="") & ~Q(document_sha256=""),
                name="ready_has_both_files",
            ),
        ]

    def __str__(self) -> str:
        return f"packets {self.pk} ({self.state})"


class BatchItem(models.Model):
    """One application of a batch: its packet once that is asked for, or why it has none."""

    class LeftOut(models.TextChoices):
        BLIND = "blind", "the person who requested it cannot see its debrief"
        NOTHING = "nothing", "no one has submitted a scorecard yet"

    batch = models.ForeignKey(PacketBatch, models.CASCADE, related_name="items")
    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    packet = models.ForeignKey(Packet, models.PROTECT, null=True, related_name="batch_items")
    left_out = models.CharField(max_length=10, choices=LeftOut.choices, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "application"], name="once_in_a_batch"),
            models.CheckConstraint(condition=Q(left_out="") | Q(packet__isnull=True), name="left_out_has_no_packet"),
        ]

    def __str__(self) -> str:
        return f"item {self.pk} of {self.batch_id}"


class WorkerHeartbeat(models.Model):
    """When a worker of a release was last seen; one row for each, by its `name`.

    Version 0.2.0 and before wrote “worker” there.
    """

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()

    @staticmethod
    def name_of(release: str) -> str:
        """As much of “0.2.0 (1a2b3c4d5e6f)” as tells releases apart: “0.2.0 1a2b3c4d5e6f”."""
        return release.replace("(", "").replace(")", "")[:20]

    def __str__(self) -> str:
        return f"{self.name} {self.at}"
