"""Thin tasks: a name, ids, and a call of a service."""

from typing import Any

import structlog
from celery import shared_task
from celery.signals import worker_ready
from django.conf import settings
from django.utils import timezone

from scorecards.models import WorkerHeartbeat
from scorecards.packets import batches, files, services
from scorecards.retention import run_retention
from scorecards.services import submit_locked_when_due as submit_locked

logger = structlog.get_logger(__name__)


@shared_task(name=services.BUILD_TASK)
def build_packet(*, packet_id: int) -> None:
    packet = services.claim(packet_id)
    if packet is None:
        return
    packet = services.build(packet)
    logger.info("packet_finished", packet_id=packet_id, state=packet.state)
    batches.move_on_with(packet)


@shared_task(name=batches.ITEM_TASK)
def build_batch_item(*, item_id: int) -> None:
    batches.build_item(item_id)


@shared_task(name=batches.ASSEMBLE_TASK)
def assemble_batch(*, batch_id: int) -> None:
    batch = batches.claim(batch_id)
    if batch is None:
        return
    batch = batches.assemble(batch)
    logger.info("batch_finished", batch_id=batch_id, state=batch.state)


@shared_task(name="scorecards.sweep_packets", expires=30)
def sweep_packets() -> None:
    services.sweep()
    batches.sweep()


@shared_task(name="scorecards.tidy_files", expires=3600)
def tidy_files() -> None:
    """Expired packets lose their files, and so do those that a killed worker left without a row."""
    expired, removed = files.expire(), files.remove_orphans()
    logger.info("files_tidied", expired=expired, removed=removed)


@shared_task(name="scorecards.retention", expires=3600)
def retention() -> None:
    """Reports who is due; erases them only where RETENTION_ERASES says so."""
    report = run_retention(dry_run=not settings.RETENTION_ERASES)
    logger.info("retention_run", **report.as_dict())


@shared_task(name="scorecards.submit_locked_when_due", expires=60)
def submit_locked_when_due() -> None:
    submit_locked()


@shared_task(name="scorecards.worker_heartbeat", expires=30)
def worker_heartbeat() -> None:
    WorkerHeartbeat.objects.update_or_create(name="worker", defaults={"at": timezone.now()})


@worker_ready.connect
def _seen_at_once(**kwargs: Any) -> None:
    """A worker that has just started counts as seen, so that readiness does not wait for beat's first tick."""
    worker_heartbeat()
