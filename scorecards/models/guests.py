"""Links by which external interviewers reach their one interview."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from candidates.models import Panelist


class GuestLinkQuerySet(models.QuerySet["GuestLink"]):
    def standing(self) -> Self:
        """Neither taken back nor run out, of somebody external."""
        now = timezone.now()
        return self.filter(
            revoked_at=None, expires_at__gt=now, panelist__user__is_external=True, panelist__user__is_active=True
        )

    def open(self) -> Self:
        """Those that still lead to a scorecard to be written: submitting or declining it ends them."""
        owed = Q(panelist__scorecard__isnull=True) | Q(panelist__scorecard__state="draft")
        return self.standing().filter(owed)


class GuestLink(models.Model):
    """One seat's link; its key is kept as a hash only. A new one ends the one before."""

    panelist = models.ForeignKey(Panelist, models.CASCADE, related_name="guest_links")
    key_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = GuestLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["panelist"], condition=Q(revoked_at=None), name="one_guest_link_per_seat")
        ]

    def __str__(self) -> str:
        return f"guest link {self.pk} of seat {self.panelist_id}"

    @property
    def works(self) -> bool:
        """As far as the link itself goes; whether the scorecard is finished is more than everybody may know."""
        return self.revoked_at is None and self.expires_at > timezone.now()
