"""Views of lists that somebody keeps under a name."""

from typing import Self

from django.conf import settings
from django.db import models

from accounts.models.people import User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> Self:
        """Each person has only their own."""
        return self.filter(user=user)


class SavedView(models.Model):
    """How somebody wants to see one list: its address's query, without search words.

    `list_name` is that of `accounts.saved_views.list_name`. Whoever searches may have
    typed a candidate's name, so that the words are not kept: an erasure need not look
    here.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    list_name = models.CharField(max_length=100)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "list_name", "name"], name="one_saved_view_of_a_name"),
        ]

    def __str__(self) -> str:
        return f"saved view {self.pk} of {self.user_id}"
