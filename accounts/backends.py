"""Signing in as allauth does it; the person comes with what every page asks about them, in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef

from accounts.models import User


class PeopleBackend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> User | None:
        """The active person of this id, knowing whether they have a role on some opening."""
        memberships = User._meta.get_field("memberships").related_model._default_manager
        held = Exists(memberships.filter(user=OuterRef("pk")))
        user = User.objects.annotate(known_membership=held).filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
