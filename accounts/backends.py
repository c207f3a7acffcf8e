"""Signing in as allauth does it; the person comes with what every page asks about them,
in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest

from accounts.compiled import compiled
from accounts.listing import SubqueryCount
from accounts.models import SignInRules, User

MOST_UNREAD = 100  # what a page says of as many is “99+”


@compiled
def _person(pk: int) -> QuerySet[User]:
    """The person with what each request asks of them.

    `known_membership`: has a role on some opening. `unread_notices`: how many notices
    that they may see are not read, counted to MOST_UNREAD. `sign_in_rules`: the one row of
    them, as a dictionary; who is held by them is for `accounts.factors` to say, since
    reckoning it in this query tripled what every request pays.
    """
    memberships = User._meta.get_field("memberships").related_model._default_manager
    notices: Any = User._meta.get_field("notices").related_model._default_manager
    unread = notices.shown().filter(receiver=OuterRef("pk"), read_at=None).order_by().values("pk")
    columns = {role: role for role in SignInRules.ROLES}
    rules = SignInRules.objects.values(found=JSONObject(**columns))[:1]
    people = User.objects.filter(pk=pk).order_by()
    return people.annotate(
        known_membership=Exists(memberships.filter(user=OuterRef("pk"))),
        unread_notices=SubqueryCount(unread[:MOST_UNREAD]),
        sign_in_rules=Subquery(rules),
    )


class PeopleBackend(AuthenticationBackend):
    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """As allauth checks it; where the company's provider is the only way in, a
        right password is a wrong one, an administrator's excepted: somebody has to get
        in when the provider is away."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None and settings.OIDC_ONLY and not user.is_administrator:
            return None
        return user

    def user_can_authenticate(self, user: User | None) -> bool:
        """External interviewers have links and never a sign-in, whatever password a row
        of theirs may come to hold."""
        if user is None or user.is_guest:
            return False
        is_active: bool = super().user_can_authenticate(user)
        return is_active

    def get_user(self, user_id: int) -> User | None:
        """The active person of this id, knowing what `_person` says of them."""
        user = _person.first(user_id)
        return user if self.user_can_authenticate(user) else None
