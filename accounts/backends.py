"""Signing in as allauth does it; the person comes with what every page asks about them, in one query."""

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User


@cache
def _people() -> QuerySet[User]:
    """Everybody, each knowing whether they have a role on some opening; put together once, for every request asks."""
    memberships = User._meta.get_field("memberships").related_model._default_manager
    return User.objects.order_by().annotate(known_membership=Exists(memberships.filter(user=OuterRef("pk"))))


class PeopleBackend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> User | None:
        """The active person of this id, knowing whether they have a role on some opening."""
        user = _people().filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
