"""The life of a batch row: each packet a task of its own, then one claim that puts them
together.

As with a packet the row is the truth: messages only wake workers, and the sweep makes a
lost one good.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from accounts.locks import lock_rows
from accounts.models import User
from audit.services import record
from candidates.models import Opening
from candidates.policies import may_run
from notices.waking import wake
from packets import life
from packets.documents.bundle import PacketsGone, bundled, sha256_of
from packets.files import stored, stored_name
from packets.leases import DATABASE_AWAY, MAX_ATTEMPTS, LostLease, heartbeat, ours, take
from packets.models import BatchItem, Packet, PacketBatch
from packets.policies import batch_choices, may_request_packet

logger = structlog.get_logger(__name__)

# Applications in one batch: the merged document's structure is held in memory, some
# 7 MB for 20 pages.
MOST = 100
ITEM_TASK = "packets.build_batch_item"
ASSEMBLE_TASK = "packets.assemble_batch"
GIVEN_UP = "The worker stopped each time it put these packets together. Try again, or choose fewer candidates."
NONE_BUILT = "None of the packets could be built. The reason is shown next to each."
OPEN = (PacketBatch.State.QUEUED, PacketBatch.State.BUILDING)
FINISHED = (Packet.State.READY, Packet.State.FAILED, Packet.State.EXPIRED)


# --- asked for ---------------------------------------------------------------
@transaction.atomic
def request_batch(opening: Opening, *, applications: Iterable[int], profile: str, by: User) -> PacketBatch:
    """A batch of these applications of the opening; those that this person may not read
    are in it as left out.

    Raises PermissionDenied, or ValidationError where there is nothing to build or too
    much.
    """
    if not may_run(by, opening):
        raise PermissionDenied
    chosen = opening.applications.filter(pk__in=set(applications))
    choices = batch_choices(chosen, by, most=MOST + 1)
    if not choices:
        raise ValidationError("Choose at least one candidate.")
    if len(choices) > MOST:
        raise ValidationError(f"Choose at most {MOST} candidates at a time.")
    if all(choice.left_out for choice in choices):
        raise ValidationError("None of these candidates has a debrief that you can put in a packet yet.")
    batch = PacketBatch.objects.create(opening=opening, profile=profile, requested_by=by)
    BatchItem.objects.bulk_create(
        BatchItem(batch=batch, application=choice.application, left_out=choice.left_out) for choice in choices
    )
    pks = [choice.application.pk for choice in choices]
    record("batch.requested", by=by, subject=batch, profile=profile, applications=pks)
    transaction.on_commit(lambda: _wake(batch.pk))
    return batch


@transaction.atomic
def cancel_batch(batch: PacketBatch, *, by: User) -> None:
    """Stop what has not begun; a packet begun is finished, for it may serve others."""
    if PacketBatch.objects.filter(pk=batch.pk, state__in=OPEN).update(
        state=PacketBatch.State.CANCELLED, lease_until=None, finished_at=timezone.now()
    ):
        record("batch.cancelled", by=by, subject=batch)


def retry_batch(batch: PacketBatch, *, by: User) -> PacketBatch:
    """Ask again for what failed in it; where it was cancelled or has expired, a new batch.

    Raises PermissionDenied, or ValidationError where a new one would hold nothing.
    """
    if batch.state in {PacketBatch.State.CANCELLED, PacketBatch.State.EXPIRED}:
        chosen = batch.items.values_list("application_id", flat=True)
        return request_batch(batch.opening, applications=chosen, profile=batch.profile, by=by)
    _ask_again(batch, by)
    return batch


@transaction.atomic
def _ask_again(batch: PacketBatch, by: User) -> None:
    if not may_run(by, batch.opening):
        raise PermissionDenied
    row = PacketBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    failed = row.items.filter(packet__state=Packet.State.FAILED)
    if row.state not in {PacketBatch.State.FAILED, PacketBatch.State.READY}:
        return
    if row.state == PacketBatch.State.READY and not failed.exists():
        return
    failed.update(packet=None)
    PacketBatch.objects.filter(pk=row.pk).update(
        state=PacketBatch.State.QUEUED,
        attempts=0,
        error="",
        archive="",
        document="",
        moved_at=Now(),
    )
    record("batch.retried", by=by, subject=batch)
    transaction.on_commit(lambda: _wake(row.pk))


# --- one packet, one task ----------------------------------------------------
def build_item(item_id: int) -> None:
    """Build the item's packet here, if nobody does yet, and see whether it was the last."""
    asked = _asked(item_id)
    if asked is None:
        return
    item, packet = asked
    claimed = packet and life.claim(packet.pk)
    if claimed:
        move_on_with(life.build(claimed))
    else:
        move_on(item.batch_id)


@transaction.atomic
def _asked(item_id: int) -> tuple[BatchItem, Packet | None] | None:
    """The item, its packet asked for or left out by now; None where nothing waits for it.

    It is locked first and read after: a join in the locking query would tell of the packet
    as it was before another worker let go of the lock.
    """
    lock_rows(BatchItem.objects.filter(pk=item_id))
    waiting = BatchItem.objects.filter(pk=item_id, left_out="", batch__state=PacketBatch.State.QUEUED)
    beside = ("packet", "batch__requested_by", "application__candidate", "application__opening")
    item = waiting.select_related(*beside).first()
    if item is None:
        return None
    if item.packet is None:
        _ask(item)
        item.save(update_fields=["packet", "left_out"])
        PacketBatch.objects.filter(pk=item.batch_id).update(moved_at=Now())
    return item, item.packet


def _ask(item: BatchItem) -> None:
    """Give the item its packet. Rights are asked again, since they may have changed."""
    batch = item.batch
    if not may_request_packet(batch.requested_by, item.application):
        item.left_out = BatchItem.LeftOut.BLIND
        return
    try:
        packet = life.new_packet(item.application, profile=batch.profile, by=batch.requested_by, wake=False)
    except ValidationError:
        item.left_out = BatchItem.LeftOut.NOTHING
        return
    if packet.state == Packet.State.FAILED:
        life.requeue(packet, from_state=Packet.State.FAILED)
    item.packet = packet


def move_on_with(packet: Packet) -> None:
    """Tell the batches that wait for this packet that it is finished."""
    for batch_id in set(packet.batch_items.values_list("batch_id", flat=True)):
        move_on(batch_id)


def move_on(batch_id: int) -> None:
    """Have the batch put together, if its last packet is finished."""
    rows = PacketBatch.objects.filter(pk=batch_id, state=PacketBatch.State.QUEUED)
    rows.update(moved_at=Now())
    if complete().filter(pk=batch_id).exists():
        wake(ASSEMBLE_TASK, batch_id=batch_id)


def _waited_for() -> QuerySet[BatchItem]:
    """Items of the outer batch whose packet is not finished."""
    return BatchItem.objects.filter(batch=OuterRef("pk"), left_out="").exclude(packet__state__in=FINISHED)


def complete() -> QuerySet[PacketBatch]:
    """Batches whose every packet is finished, so that they can be put together."""
    return PacketBatch.objects.filter(~Exists(_waited_for()), state__in=OPEN)


# --- put together ------------------------------------------------------------
def claim(batch_id: int) -> PacketBatch | None:
    """The batch, ours under a fresh token, if it is complete and nobody is at it; else None."""
    if not take(complete().filter(pk=batch_id)):
        return None
    return PacketBatch.objects.select_related("opening", "requested_by").get(pk=batch_id)


def assemble(batch: PacketBatch) -> PacketBatch:
    """Bring a claimed batch to its end, or back to its packets where a finished one
    lost its file.

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
        _fail(batch, life.plain_reason(error))
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
    lost = [item.packet for item in gone if item.packet is not None]
    with transaction.atomic():
        life.lock_packets(packet.pk for packet in lost)
        if not ours(batch).update(state=PacketBatch.State.QUEUED, lease_until=None, moved_at=Now()):
            return
        for packet in lost:
            life.requeue(packet, from_state=Packet.State.READY)
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
    """Wake workers for batches that stand still, give up on those tried too often; how many."""
    quiet = Now() - timedelta(seconds=settings.PACKET_LEASE_SECONDS)
    lost = PacketBatch.objects.filter(state=PacketBatch.State.BUILDING, lease_until__lt=Now())
    for batch in lost.filter(attempts__gte=MAX_ATTEMPTS):
        _fail(batch, GIVEN_UP)
    waiting = PacketBatch.objects.filter(state=PacketBatch.State.QUEUED, moved_at__lt=quiet)
    due = list(lost.values_list("pk", flat=True))
    due += waiting.values_list("pk", flat=True)
    for batch_id in due:
        _wake(batch_id)
    return len(due)


def _wake(batch_id: int) -> None:
    """A message for each packet not asked for; where there is none, for putting together."""
    rows = PacketBatch.objects.filter(pk=batch_id, state=PacketBatch.State.QUEUED)
    rows.update(moved_at=Now())
    if complete().filter(pk=batch_id).exists():
        wake(ASSEMBLE_TASK, batch_id=batch_id)
        return
    unasked = BatchItem.objects.filter(batch=batch_id, left_out="", packet=None)
    for item_id in unasked.values_list("pk", flat=True):
        wake(ITEM_TASK, item_id=item_id)


# --- shown -------------------------------------------------------------------
@dataclass(frozen=True)
class Progress:
    """How far a batch is: packets finished of those wanted; all of it in percent, 0 to 100."""

    done: int
    total: int
    failed: int
    percent: int


def progress(batch: PacketBatch, items: list[BatchItem]) -> Progress:
    """Of the batch with these items, their packets fetched with them; no query.

    The packets are the first 95 percent, in equal parts.
    """
    wanted = [item for item in items if not item.left_out]
    packets = [item.packet for item in wanted if item.packet]
    states = [packet.state for packet in packets]
    percent = 100
    if batch.state in OPEN:
        percent = sum(map(_percent, packets)) * 95 // (100 * max(len(wanted), 1))
    return Progress(
        done=sum(state in FINISHED for state in states),
        total=len(wanted),
        failed=states.count(Packet.State.FAILED),
        percent=percent,
    )


def _percent(packet: Packet) -> int:
    return 100 if packet.state in FINISHED else packet.progress
