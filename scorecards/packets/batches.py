"""The life of a batch row: each packet a task of its own, then one claim that puts them together.

As with a packet the row is the truth: messages only wake workers, and the sweep makes a lost one good.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from audit.services import record
from candidates.models import Opening
from candidates.policies import may_run
from scorecards.models import BatchItem, Packet, PacketBatch
from scorecards.packets import services
from scorecards.packets.bundle import PacketsGone, bundled, sha256_of
from scorecards.packets.files import stored, stored_name
from scorecards.packets.leases import DATABASE_AWAY, MAX_ATTEMPTS, LostLease, heartbeat, ours, take
from scorecards.policies import may_request_packet, offered

logger = structlog.get_logger(__name__)

MOST = 100  # applications in one batch: the merged document's structure is held in memory, some 7 MB for 20 pages
ITEM_TASK = "scorecards.build_batch_item"
ASSEMBLE_TASK = "scorecards.assemble_batch"
GIVEN_UP = "The worker was lost each time it put these packets together. Try again, or choose fewer."
NONE_BUILT = "None of the packets could be built. The reasons stand beside them."
OPEN = (PacketBatch.State.QUEUED, PacketBatch.State.BUILDING)
FINISHED = (Packet.State.READY, Packet.State.FAILED, Packet.State.EXPIRED)


# --- asked for ---------------------------------------------------------------
@transaction.atomic
def request_batch(opening: Opening, *, applications: Iterable[int], profile: str, by: User) -> PacketBatch:
    """A batch of these applications of the opening; those that this person may not read are in it as left out.

    Raises PermissionDenied, or ValidationError where there is nothing to build or too much.
    """
    if not may_run(by, opening):
        raise PermissionDenied
    rows = list(offered(opening, by).filter(pk__in=set(applications)).order_by("-pk"))
    if not rows:
        raise ValidationError("Choose at least one candidate.")
    if len(rows) > MOST:
        raise ValidationError(f"Choose at most {MOST} candidates at a time.")
    reasons = {row.pk: why_left_out(row) for row in rows}
    if all(reasons.values()):
        raise ValidationError("None of these has a debrief that you can put in a packet now.")
    batch = PacketBatch.objects.create(opening=opening, profile=profile, requested_by=by)
    BatchItem.objects.bulk_create(
        BatchItem(batch=batch, application=row, left_out=reasons[row.pk] or "") for row in rows
    )
    record("batch.requested", by=by, subject=batch, profile=profile, applications=[row.pk for row in rows])
    transaction.on_commit(lambda: _wake(batch.pk))
    return batch


def why_left_out(application: Any) -> str:
    """Why a row of `offered` can't be in a batch; empty where it can. Blind comes first: the other would tell."""
    if not application.sees:
        return str(BatchItem.LeftOut.BLIND)
    return "" if application.scored else str(BatchItem.LeftOut.NOTHING)


@transaction.atomic
def cancel_batch(batch: PacketBatch, *, by: User) -> None:
    """Stop what has not begun; a packet that is being built is finished, for it may serve others. Finished: no-op."""
    if PacketBatch.objects.filter(pk=batch.pk, state__in=OPEN).update(
        state=PacketBatch.State.CANCELLED, lease_until=None, finished_at=timezone.now()
    ):
        record("batch.cancelled", by=by, subject=batch)


def retry_batch(batch: PacketBatch, *, by: User) -> PacketBatch:
    """Ask again for what failed in it; for one that was cancelled or has expired, a new batch of the same."""
    if batch.state in {PacketBatch.State.CANCELLED, PacketBatch.State.EXPIRED}:
        chosen = batch.items.values_list("application_id", flat=True)
        return request_batch(batch.opening, applications=chosen, profile=batch.profile, by=by)
    _ask_again(batch, by)
    return batch


@transaction.atomic
def _ask_again(batch: PacketBatch, by: User) -> None:
    if not may_run(by, batch.opening):
        raise PermissionDenied
    row = PacketBatch.objects.select_for_update().get(pk=batch.pk)
    failed = row.items.filter(packet__state=Packet.State.FAILED)
    if row.state != PacketBatch.State.FAILED and not (row.state == PacketBatch.State.READY and failed.exists()):
        return
    failed.update(packet=None)
    PacketBatch.objects.filter(pk=row.pk).update(
        state=PacketBatch.State.QUEUED,
        attempts=0,
        error="",
        archive="",
        document="",
        moved_at=timezone.now(),
    )
    record("batch.retried", by=by, subject=batch)
    transaction.on_commit(lambda: _wake(row.pk))


# --- one packet, one task ----------------------------------------------------
def build_item(item_id: int) -> None:
    """Ask for the item's packet, build it here if nobody does yet, and see whether it was the last."""
    asked = _asked(item_id)
    if asked is None:
        return
    item, packet = asked
    claimed = packet and services.claim(packet.pk)
    if claimed:
        move_on_with(services.build(claimed))
    else:
        move_on(item.batch_id)


@transaction.atomic
def _asked(item_id: int) -> tuple[BatchItem, Packet | None] | None:
    """The item with its packet, asked for if it was not, or left out by now; None where nothing waits for it."""
    items = BatchItem.objects.select_for_update(of=("self",)).filter(pk=item_id, left_out="")
    item = (
        items.filter(batch__state=PacketBatch.State.QUEUED)
        .select_related("packet", "batch__requested_by", "application__candidate", "application__opening")
        .first()
    )
    if item is None:
        return None
    if item.packet is None:
        _ask(item)
        item.save(update_fields=["packet", "left_out"])
        PacketBatch.objects.filter(pk=item.batch_id).update(moved_at=timezone.now())
    return item, item.packet


def _ask(item: BatchItem) -> None:
    """Give the item its packet. Rights are asked again: they may have changed since the batch was asked for."""
    batch = item.batch
    if not may_request_packet(batch.requested_by, item.application):
        item.left_out = BatchItem.LeftOut.BLIND
        return
    try:
        packet = services.new_packet(item.application, profile=batch.profile, by=batch.requested_by, wake=False)
    except ValidationError:
        item.left_out = BatchItem.LeftOut.NOTHING
        return
    if packet.state == Packet.State.FAILED:
        services.requeue(packet, from_state=Packet.State.FAILED)
    item.packet = packet


def move_on_with(packet: Packet) -> None:
    """Tell the batches that wait for this packet that it is finished."""
    for batch_id in set(packet.batch_items.values_list("batch_id", flat=True)):
        move_on(batch_id)


def move_on(batch_id: int) -> None:
    PacketBatch.objects.filter(pk=batch_id, state=PacketBatch.State.QUEUED).update(moved_at=timezone.now())
    if complete().filter(pk=batch_id).exists():
        services.send(ASSEMBLE_TASK, batch_id=batch_id)


def _waited_for() -> QuerySet[BatchItem]:
    """Items of the outer batch whose packet is not finished."""
    return BatchItem.objects.filter(batch=OuterRef("pk"), left_out="").exclude(packet__state__in=FINISHED)


def complete() -> QuerySet[PacketBatch]:
    """Batches whose every packet is finished, so that they can be put together."""
    return PacketBatch.objects.filter(~Exists(_waited_for()), state__in=OPEN)


# --- put together ------------------------------------------------------------
def claim(batch_id: int) -> PacketBatch | None:
    """The batch, ours under a fresh token, if its packets are finished and nobody is at it; else None."""
    if not take(complete().filter(pk=batch_id)):
        return None
    return PacketBatch.objects.select_related("opening", "requested_by").get(pk=batch_id)


def assemble(batch: PacketBatch) -> PacketBatch:
    """Bring a claimed batch to its end, or back to its packets where a finished one lost its file.

    Raises where the database is away, as `services.build` does.
    """
    try:
        with heartbeat(batch):
            _finish(batch)
    except LostLease:
        logger.warning("batch_lease_lost", batch_id=batch.pk)
    except DATABASE_AWAY:
        raise
    except PacketsGone as gone:
        _back_to_packets(batch, gone.items)
    except Exception as error:
        logger.warning("batch_failed", batch_id=batch.pk, exc_info=error)
        _fail(batch, services.plain_reason(error))
    batch.refresh_from_db()
    return batch


def _finish(batch: PacketBatch) -> None:
    if not batch.items.filter(packet__state__in=[Packet.State.READY, Packet.State.EXPIRED]).exists():
        _fail(batch, NONE_BUILT)
        return
    with (
        bundled(batch) as (archive, document),
        _stored(batch, archive) as archive_name,
        _stored(batch, document) as document_name,
        transaction.atomic(),
    ):
        won = ours(batch).update(
            state=PacketBatch.State.READY,
            archive=archive_name,
            document=document_name,
            archive_sha256=sha256_of(archive),
            document_sha256=sha256_of(document),
            error="",
            lease_until=None,
            finished_at=timezone.now(),
        )
        if not won:
            raise LostLease
        record("batch.ready", by=None, subject=batch)


@contextmanager
def _stored(batch: PacketBatch, path: Path) -> Iterator[str]:
    with path.open("rb") as file, stored(stored_name(batch, path.suffix), File(file)) as name:
        yield name


def _back_to_packets(batch: PacketBatch, gone: list[BatchItem]) -> None:
    """Ask anew for packets without their file; after too many attempts say so instead."""
    if batch.attempts >= MAX_ATTEMPTS:
        _fail(batch, GIVEN_UP)
        return
    with transaction.atomic():
        if not ours(batch).update(state=PacketBatch.State.QUEUED, lease_until=None, moved_at=timezone.now()):
            return
        for item in gone:
            assert item.packet is not None  # only a packet can have lost its file
            services.requeue(item.packet, from_state=Packet.State.READY)
        batch.items.filter(pk__in=[item.pk for item in gone]).update(packet=None)
        transaction.on_commit(lambda: _wake(batch.pk))


def _fail(batch: PacketBatch, reason: str) -> None:
    with transaction.atomic():
        if ours(batch).update(
            state=PacketBatch.State.FAILED, error=reason, lease_until=None, finished_at=timezone.now()
        ):
            record("batch.failed", by=None, subject=batch)


# --- swept -------------------------------------------------------------------
def sweep() -> int:
    """Wake workers for batches in which nothing has moved for a lease's time; give up on those tried too often."""
    quiet = timezone.now() - timedelta(seconds=settings.PACKET_LEASE_SECONDS)
    lost = PacketBatch.objects.filter(state=PacketBatch.State.BUILDING, lease_until__lt=timezone.now())
    for batch in lost.filter(attempts__gte=MAX_ATTEMPTS):
        _fail(batch, GIVEN_UP)
    waiting = PacketBatch.objects.filter(state=PacketBatch.State.QUEUED, moved_at__lt=quiet)
    due = [*lost.values_list("pk", flat=True), *waiting.values_list("pk", flat=True)]
    for batch_id in due:
        _wake(batch_id)
    return len(due)


def _wake(batch_id: int) -> None:
    """A message for each packet that nobody has asked for; where there is none any more, for putting together."""
    PacketBatch.objects.filter(pk=batch_id, state=PacketBatch.State.QUEUED).update(moved_at=timezone.now())
    if complete().filter(pk=batch_id).exists():
        services.send(ASSEMBLE_TASK, batch_id=batch_id)
        return
    unasked = BatchItem.objects.filter(batch=batch_id, left_out="", packet=None)
    for item_id in unasked.values_list("pk", flat=True):
        services.send(ITEM_TASK, item_id=item_id)


# --- shown -------------------------------------------------------------------
@dataclass(frozen=True)
class Progress:
    """How far a batch is: packets finished of those wanted, and the whole in percent, its last part the putting
    together."""

    done: int
    total: int
    failed: int
    percent: int


def progress(batch: PacketBatch, items: list[BatchItem]) -> Progress:
    packets = [item.packet for item in items if not item.left_out]
    states = [packet.state if packet else "" for packet in packets]
    far = sum(100 if packet.state in FINISHED else packet.progress for packet in packets if packet)
    return Progress(
        done=sum(state in FINISHED for state in states),
        total=len(packets),
        failed=states.count(Packet.State.FAILED),
        percent=far * 95 // (100 * len(packets) or 1) if batch.state in OPEN else 100,
    )
