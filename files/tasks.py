"""The hourly look for files that nobody names: a name, and a call of a service."""

import structlog
from celery import shared_task

from files.storage import remove_orphans

logger = structlog.get_logger(__name__)


@shared_task(name="files.tidy", expires=3600)
def tidy() -> None:
    """What an erasure could not take, or a killed process left half done, goes."""
    logger.info("candidate_files_tidied", removed=remove_orphans())
