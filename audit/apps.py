from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "audit"

    def ready(self) -> None:
        post_migrate.connect(_see_to_roles, sender=self)


def _see_to_roles(**_: Any) -> None:
    """After every migration: who may leave triggers out, and what web and worker may."""
    from django.conf import settings

    from audit.roles import grant_runtime, hold_triggers

    hold_triggers()
    if settings.RUNTIME_ROLE:
        grant_runtime(settings.RUNTIME_ROLE, settings.RUNTIME_PASSWORD)
