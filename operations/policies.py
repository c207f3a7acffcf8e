"""Who may look at how the installation runs."""

from accounts.models import User


def may_see_status(user: User) -> bool:
    return user.is_active and user.is_administrator
