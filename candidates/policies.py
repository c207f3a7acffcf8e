"""May this person do this to this opening, and to which ones? Each predicate asks the query set beside it."""

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from candidates.models import Opening, OpeningMember


def runnable(user: User) -> QuerySet[Opening]:
    """Plan rounds, add candidates, set up interviews: recruiters and the opening's own members."""
    openings = Opening.objects.visible_to(user)
    return openings if user.is_recruiter else openings.filter(_member(user, *OpeningMember.Role.values))


def decidable(user: User) -> QuerySet[Opening]:
    """Record the decision: the opening's hiring managers."""
    return Opening.objects.visible_to(user).filter(_member(user, OpeningMember.Role.HIRING_MANAGER))


def may_run(user: User, opening: Opening) -> bool:
    return runnable(user).filter(pk=opening.pk).exists()


def may_decide(user: User, opening: Opening) -> bool:
    return decidable(user).filter(pk=opening.pk).exists()


def may_set_retention(user: User, opening: Opening) -> bool:
    """How long applications are kept: administrators and company recruiters who see the opening."""
    return (user.is_administrator or user.is_recruiter) and Opening.objects.visible_to(user).filter(
        pk=opening.pk
    ).exists()


def _member(user: User, *roles: str) -> Exists:
    return Exists(OpeningMember.objects.filter(opening=OuterRef("pk"), user=user, role__in=roles))
