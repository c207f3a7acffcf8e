"""What is remembered of how the installation runs: ids, moments and figures, no
personal text."""

from django.db import models
from django.utils import timezone


class TaskRun(models.Model):
    """The last run of one periodic task; one row per task. Beat states `sent_at`, the
    worker all else."""

    name = models.CharField(max_length=100, unique=True)
    known_since = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True, help_text="When it last ended well.")
    seconds = models.FloatField(null=True, help_text="How long its last run took.")
    failed_at = models.DateTimeField(null=True, help_text="When it last failed; empty once it ends well again.")
    error = models.CharField(max_length=100, blank=True, help_text="The kind of that failure, without its words.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class DatabaseSample(models.Model):
    """The database's size on one day, in bytes."""

    day = models.DateField(unique=True)
    size = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.size}"


class Backup(models.Model):
    """One backup that was completed. Sizes are in bytes."""

    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    seconds = models.FloatField()
    size = models.PositiveBigIntegerField()
    rows = models.PositiveBigIntegerField()
    files = models.PositiveIntegerField()
    missing = models.PositiveIntegerField(default=0, help_text="Files that rows name and the storage did not have.")
    encrypted = models.BooleanField()
    sha256 = models.CharField(max_length=64, help_text="Of the whole file as it was written.")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"backup {self.pk} ({self.made_at:%Y-%m-%d})"
