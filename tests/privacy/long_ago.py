"""Decisions of long ago, which no service stores."""

from datetime import timedelta

import pgtrigger
from django.utils import timezone

from candidates.models import Application
from debriefs.models import Decision


def with_past(application: Application) -> None:
    """Decide it long ago: only without the triggers can a test set that time."""
    with pgtrigger.ignore():
        Decision.objects.filter(application=application).update(decided_at=timezone.now() - timedelta(days=500))
