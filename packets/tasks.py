"""Thin tasks: a name, ids, and a call of a service."""

from datetime import timedelta
from typing import Any

import structlog
from celery import shared_task
from celery.signals import worker_init, worker_ready
from django.conf import settings
from django.utils import timezone

from packets import batches, files, life
from packets.documents import content, pdf
from packets.models import WorkerHeartbeat

logger = structlog.get_logger(__name__)


@shared_task(name=life.BUILD_TASK)
def build_packet(*, packet_id: int) -> None:
    packet = life.claim(packet_id)
    if packet is None:
        return
    packet = life.build(packet)
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


@shared_task(name="packets.sweep", expires=30)
def sweep_packets() -> None:
    life.sweep()
    batches.sweep()


@shared_task(name="packets.tidy_files", expires=3600)
def tidy_files() -> None:
    """Expired packets lose their files, and so does what a killed worker left behind."""
    expired, removed = files.expire(), files.remove_orphans()
    logger.info("files_tidied", expired=expired, removed=removed)


@shared_task(name="packets.worker_heartbeat", expires=30)
def worker_heartbeat() -> None:
    """One of the workers takes it each time, and says which release it runs."""
    name = WorkerHeartbeat.name_of(settings.RELEASE)
    WorkerHeartbeat.objects.update_or_create(name=name, defaults={"at": timezone.now()})


@worker_init.connect
def _warmed_up(**kwargs: Any) -> None:
    """What each first packet would wait for is read once, before the worker's processes fork."""
    content.warm_up()
    pdf.warm_up(settings.PACKET_PAPER)


@worker_ready.connect
def _seen_at_once(**kwargs: Any) -> None:
    """A worker counts as seen at its start, so that readiness need not wait for a tick."""
    worker_heartbeat()
    WorkerHeartbeat.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()
