"""May this person do this to this opening? The twins of `visible_to`, for things that need more than sight."""

from accounts.models import User
from candidates.models import Opening, OpeningMember


def may_run(user: User, opening: Opening) -> bool:
    """Plan rounds, add candidates, set up interviews: recruiters and the opening's own members."""
    return _sees(user, opening) and (user.is_recruiter or _has_role(user, opening))


def may_decide(user: User, opening: Opening) -> bool:
    """Record the decision: the opening's hiring managers."""
    return user.is_active and _has_role(user, opening, OpeningMember.Role.HIRING_MANAGER)


def _sees(user: User, opening: Opening) -> bool:
    return Opening.objects.visible_to(user).filter(pk=opening.pk).exists()


def _has_role(user: User, opening: Opening, *roles: str) -> bool:
    wanted = roles or tuple(OpeningMember.Role.values)
    return OpeningMember.objects.filter(opening=opening, user=user, role__in=wanted).exists()
