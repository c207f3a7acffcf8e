"""Packets' files in whatever storage is configured: what they are called, how they get there, which may go."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from audit.services import record
from scorecards.models import Packet, PacketBatch
from scorecards.packets.leases import DATABASE_AWAY

logger = structlog.get_logger(__name__)
OURS = re.compile(r"(\d+)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f-])")
AT_A_TIME = 500


class StorageFailed(OSError):
    """The storage refused, for a reason of its own."""


def stored_name(row: Packet | PacketBatch, ending: str) -> str:
    """A name that says which claim of which row wrote the file, so that `remove_orphans` can ask that row."""
    folder = "packets" if isinstance(row, Packet) else "batches"
    return f"{folder}/{row.pk}-{row.token}{ending}"


def download_name(packet: Packet) -> str:
    """`debrief-OPENING-CANDIDATE-PROFILE.pdf`. A profile that removes names keeps none that could be in a title."""
    parts = ["debrief"]
    if packet.profile == Packet.Profile.FULL:
        parts.append(packet.application.opening.slug)
    name = "" if packet.profile == Packet.Profile.NO_CANDIDATE else slugify(packet.application.candidate.name)
    parts += [name or f"application-{packet.application_id}", packet.profile]
    return "-".join(parts) + ".pdf"


@contextmanager
def stored(name: str, content: "File[Any]") -> Iterator[str]:
    """The name of the stored file, which is removed again, also half written, where the block does not end well.

    Where the database went away nobody knows whether the row names the file by now: that is for `remove_orphans`.
    """
    try:
        name = _save(name, content)
        yield name
    except DATABASE_AWAY:
        raise
    except BaseException:
        with suppress(Exception):  # what went wrong first is the reason to tell
            default_storage.delete(name)
        raise


def _save(name: str, content: "File[Any]") -> str:
    with told_as_one():
        return default_storage.save(name, content)


@contextmanager
def told_as_one() -> Iterator[None]:
    """What a storage raises of its own becomes StorageFailed."""
    try:
        yield
    except (OSError, MemoryError, SoftTimeLimitExceeded):
        raise
    except Exception as error:
        raise StorageFailed(str(error)) from error


# --- what may go -------------------------------------------------------------
def expire() -> int:
    """Let go of files older than PACKET_EXPIRE_DAYS (0: never). Rows and their sha256 stay. Returns how many."""
    if not settings.PACKET_EXPIRE_DAYS:
        return 0
    before = timezone.now() - timedelta(days=settings.PACKET_EXPIRE_DAYS)
    old = Packet.objects.filter(state=Packet.State.READY, finished_at__lt=before)
    old_batches = PacketBatch.objects.filter(state=PacketBatch.State.READY, finished_at__lt=before)
    return sum(map(expire_packet, old)) + sum(map(expire_batch, old_batches))


@transaction.atomic
def expire_packet(packet: Packet) -> bool:
    """The row lets go of its file and is asked for no more; the same content gets a new row. False: not ready now."""
    expired = Packet.objects.filter(pk=packet.pk, state=Packet.State.READY).update(
        state=Packet.State.EXPIRED, file="", expired_at=timezone.now()
    )
    if expired:
        record("packet.expired", by=None, subject=packet)
    return bool(expired)


@transaction.atomic
def expire_batch(batch: PacketBatch) -> bool:
    expired = PacketBatch.objects.filter(pk=batch.pk, state=PacketBatch.State.READY).update(
        state=PacketBatch.State.EXPIRED, archive="", document="", expired_at=timezone.now()
    )
    if expired:
        record("batch.expired", by=None, subject=batch)
    return bool(expired)


def remove_orphans() -> int:
    """Delete our files that no row names or is about to name: expired, or left by a killed worker. Returns how many.

    Listed first and looked up afterwards: a file that is finished in between is named by its row by then.
    """
    removed = 0
    for folder, model in (("packets", Packet), ("batches", PacketBatch)):
        names = [name for name in _listed(folder) if OURS.match(name)]
        for start in range(0, len(names), AT_A_TIME):
            removed += sum(_remove(f"{folder}/{name}") for name in _unnamed(model, folder, names[start:][:AT_A_TIME]))
    return removed


def _listed(folder: str) -> list[str]:
    with suppress(FileNotFoundError):
        return default_storage.listdir(folder)[1]
    return []


def _unnamed(model: Any, folder: str, names: list[str]) -> list[str]:
    marks = {name: mark.groups() for name in names if (mark := OURS.match(name))}
    rows = model.objects.in_bulk({int(pk) for pk, _ in marks.values()})
    named = {name for row in rows.values() for name in _files(row)}
    writing = {(str(row.pk), row.token) for row in rows.values() if row.state == "building"}
    return [
        name
        for name, (pk, token) in marks.items()
        if f"{folder}/{name}" not in named and (pk, uuid.UUID(token)) not in writing
    ]


def _files(row: Packet | PacketBatch) -> list[str | None]:
    return [row.file.name] if isinstance(row, Packet) else [row.archive.name, row.document.name]


def _remove(name: str) -> bool:
    try:
        default_storage.delete(name)
    except Exception as error:  # the next sweep tries again
        logger.warning("orphan_not_removed", file=name, exc_info=error)
        return False
    return True
