"""The nightly run of retention: a name, and a call of a service."""

import structlog
from celery import shared_task
from django.conf import settings

from privacy.retention import run_retention

logger = structlog.get_logger(__name__)


@shared_task(name="privacy.retention", expires=3600)
def retention() -> None:
    """Reports who is due; erases them only where RETENTION_ERASES says so."""
    report = run_retention(dry_run=not settings.RETENTION_ERASES)
    logger.info("retention_run", **report.as_dict())
