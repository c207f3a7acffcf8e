"""Thin tasks of the outbox."""

from datetime import timedelta

import structlog
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from notices import feeds, hooks, outbox
from notices.sending import SOFT_TIME_LIMIT, TIME_LIMIT

logger = structlog.get_logger(__name__)


@shared_task(name=outbox.SEND_TASK, expires=60, soft_time_limit=SOFT_TIME_LIMIT, time_limit=TIME_LIMIT)
def send_mail() -> None:
    """Runs each minute too, for what no message woke a worker for."""
    outbox.send_due()


@shared_task(name=hooks.SEND_TASK, expires=60, soft_time_limit=SOFT_TIME_LIMIT, time_limit=TIME_LIMIT)
def send_chat() -> None:
    """Runs each minute too, as for mail."""
    hooks.send_due()


@shared_task(name="notices.tidy_mail", expires=3600)
def tidy_mail() -> None:
    deleted = outbox.tidy(timezone.now() - timedelta(days=settings.MAIL_KEPT_DAYS))
    hooks.tidy(timezone.now() - timedelta(days=settings.MAIL_KEPT_DAYS))
    feeds.tidy_feeds()
    logger.info("mail_tidied", deleted=deleted)
