"""What `manage.py check --deploy` says about the sample's accounts."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DatabaseError

from accounts.models import User

NO_ANSWER = checks.Info(
    "The database did not respond, so accounts could not be checked for the sample's password.", id="accounts.I001"
)
DEMO_IS_ON: checks.CheckMessage = checks.Warning(
    "EVENHAND_DEMO is on: the sample accounts can sign in with their published password.", id="accounts.W001"
)


def sample_accounts(app_configs: object = None, **options: Any) -> list[checks.CheckMessage]:
    """Whether anybody who is active has the published password; each password takes as
    long as a sign-in."""
    found = [DEMO_IS_ON] if settings.DEMO else []
    found.extend(_published())
    return found


def _published() -> Iterator[checks.CheckMessage]:
    people = User.objects.filter(is_active=True).order_by().only("password")
    try:
        count = sum(user.has_published_password for user in people)
    except DatabaseError:
        yield NO_ANSWER
        return
    if count:
        yield checks.Warning(
            f"Accounts using the sample's published password: {count}. They cannot sign in outside the demo.",
            hint="Deactivate them on the People page, and don't load the sample where real people work.",
            id="accounts.W002",
        )
