"""Who has a role on each of several openings."""

from collections.abc import Collection

from accounts.models import User
from candidates.models import OpeningMember


def members_each(openings: Collection[int]) -> dict[int, list[OpeningMember]]:
    """The active members of each of these openings, by its key."""
    found: dict[int, list[OpeningMember]] = {}
    members = OpeningMember.objects.filter(opening__in=openings, user__is_active=True)
    for member in members.select_related("user").order_by("pk"):
        found.setdefault(member.opening_id, []).append(member)
    return found


def running_each(openings: Collection[int], besides: User | None = None) -> dict[int, list[User]]:
    """Of each of these openings, by its key, the recruiters, or its other members where it
    has none; without somebody whom this is about."""
    found = {}
    for opening, members in members_each(openings).items():
        others = [member for member in members if member.user != besides]
        recruiters = [member for member in others if member.role == OpeningMember.Role.RECRUITER]
        found[opening] = [member.user for member in recruiters or others]
    return found
