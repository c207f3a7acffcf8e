"""Links by which external interviewers reach their one interview."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from candidates.models import Panelist
from scorecards.models.cards import writable


class GuestLinkQuerySet(models.QuerySet["GuestLink"]):
    def unexpired(self) -> Self:
        """Neither taken back nor run out, of somebody external."""
        guests = self.filter(panelist__user__is_guest=True, panelist__user__is_active=True)
        return guests.filter(revoked_at=None, expires_at__gt=timezone.now())

    def open(self) -> Self:
        """Those that lead to a scorecard to be written; finishing it ends them."""
        return self.unexpired().filter(writable("panelist__"))


class GuestLink(models.Model):
    """One guest's link, its key kept as a hash; a new one ends the one before."""

    panelist = models.ForeignKey(Panelist, models.CASCADE, related_name="guest_links")
    key_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = GuestLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["panelist"], condition=Q(revoked_at=None), name="one_guest_link_per_panelist"
            )
        ]

    def __str__(self) -> str:
        return f"guest link {self.pk} of panelist {self.panelist_id}"

    @staticmethod
    def lasting() -> timedelta:
        """How long after the scorecard is due a link works."""
        return timedelta(days=settings.GUEST_LINK_DAYS)

    @property
    def works(self) -> bool:
        """By the link alone: not everybody may know whether the scorecard is finished."""
        return self.revoked_at is None and self.expires_at > timezone.now()
