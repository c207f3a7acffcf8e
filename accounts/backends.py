"""Signing in as allauth does it; the person comes with what every page asks about them, in one query."""

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest

from accounts.factors import REAL
from accounts.models import SignInRules, User


@cache
def _people() -> QuerySet[User]:
    """Everybody with what each request asks of them; put together once.

    `known_membership`: has a role on some opening. `owes_factor`: a role of theirs needs a second factor and they
    have none.
    """
    memberships = User._meta.get_field("memberships").related_model._default_manager
    mine = memberships.filter(user=OuterRef("pk"))
    needed = (
        _rule("interviewers")
        | Q(is_recruiter=True) & _rule("recruiters")
        | Q(is_hiring_manager=True) & _rule("hiring_managers")
        | Q(is_administrator=True) & _rule("administrators")
        | Q(Exists(mine.filter(role="recruiter"))) & _rule("recruiters")
        | Q(Exists(mine.filter(role="hiring_manager"))) & _rule("hiring_managers")
    )
    has_one = Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=REAL))
    owes = Case(When(needed & ~Q(has_one), then=Value(True)), default=Value(False))
    return User.objects.order_by().annotate(known_membership=Exists(mine), owes_factor=owes)


def _rule(role: str) -> Q:
    return Q(Exists(SignInRules.objects.filter(**{role: True})))


class PeopleBackend(AuthenticationBackend):
    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        """As allauth checks it; where the company's provider is the only way in, a right password is a wrong one,
        an administrator's excepted: somebody has to get in when the provider is away."""
        user = super().authenticate(request, **credentials)
        if user is not None and settings.OIDC_ONLY and not user.is_administrator:
            return None
        return user

    def user_can_authenticate(self, user: Any) -> bool:
        """External interviewers have links and never a sign-in, whatever password a row of theirs may come to hold."""
        return super().user_can_authenticate(user) and not user.is_external

    def get_user(self, user_id: Any) -> User | None:
        """The active person of this id, knowing what `_people` says of them."""
        user = _people().filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
