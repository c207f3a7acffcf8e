"""Changes to people."""

from django.db import transaction

from accounts.models import User
from audit.services import record


@transaction.atomic
def add_person(email: str, *, by: User | None, password: str | None = None, **fields: object) -> User:
    """A new, active person with the given roles; an empty password leaves the account without one."""
    user = User.objects.create_user(email, password or None, **fields)
    record("user.created", by=by, subject=user)
    return user
