"""Django's sessions in the database; each request's is read by a statement that is compiled once."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from accounts.compiled import compiled


@compiled
def _unexpired(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now).order_by()


class SessionStore(db.SessionStore):
    """As Django has it, in the same rows: `SESSION_ENGINE` may go back to Django's own at any time."""

    def _get_session_from_db(self) -> Session | None:
        """The unexpired row of this key; without one the key is forgotten, as Django does."""
        session = _unexpired.first(self.session_key or "", timezone.now())
        if session is None:
            self._session_key = None
        return session
