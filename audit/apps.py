from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

# Statements that change no row: what is read by prepared statements, and what brackets others.
CHANGE_NOTHING = ("execute", "savepoint", "release", "rollback")


class AuditConfig(AppConfig):
    name = "audit"

    def ready(self) -> None:
        """The history's context goes along with every statement that its package takes for a change."""
        from pghistory import runtime

        longer = (*runtime.IGNORED_SQL_PREFIXES, *CHANGE_NOTHING)
        runtime.IGNORED_SQL_PREFIXES = longer  # type: ignore[assignment]  # its type has a length
        post_migrate.connect(_see_to_roles, sender=self)


def _see_to_roles(**_: Any) -> None:
    """After every migration: who may leave triggers out, and what web and worker may."""
    from django.conf import settings

    from audit.roles import grant_runtime, guard_triggers

    guard_triggers()
    if settings.RUNTIME_ROLE:
        grant_runtime(settings.RUNTIME_ROLE, settings.RUNTIME_PASSWORD)
