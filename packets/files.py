"""Packets' files in any storage: their names, how they get there, which may go."""

import re
import uuid
from collections import Counter
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.folding import LETTERS
from audit.services import record
from candidates.models import Opening
from debriefs.profiles import Profile
from debriefs.redaction import removes_names
from packets.leases import DATABASE_AWAY
from packets.models import Packet, PacketBatch

logger = structlog.get_logger(__name__)
Row = TypeVar("Row", Packet, PacketBatch)
# Besides small letters with a sign on them, which lose it.
SPELLED = str.maketrans(LETTERS | {"ß": "ss", "ŋ": "ng", "‐": "-", "–": "-", "־": "-"})
OURS = re.compile(r"(\d+)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f-])")
AT_A_TIME = 500
# Most file systems hold names of 255 bytes, and some programs addresses of no more: a part of a name has this many.
LONGEST_PART = 80
LONGEST_ENDING = 5
FILES_STAY = 4_104_517_002  # any number of our own: a lock that a backup shares while it reads files


class StorageFailed(OSError):
    """The storage refused, for a reason of its own."""


def stored_name(row: Packet | PacketBatch, ending: str) -> str:
    """A name that says which claim of which row wrote the file; see `remove_orphans`."""
    folder = "packets" if isinstance(row, Packet) else "batches"
    return f"{folder}/{row.pk}-{row.token}{ending}"


def download_name(packet: Packet, namesakes: Set[int]) -> str:
    """`debrief-OPENING-CANDIDATE-PROFILE.pdf`; the application's number follows the name
    where it is one of `namesakes`.

    A profile that removes names keeps none that could be in a title.
    """
    parts = ["debrief"]
    if not removes_names(packet.profile):
        parts.append(in_bytes(packet.application.opening.slug, LONGEST_PART))
    name = "" if packet.profile == Profile.NO_CANDIDATE else in_ascii(packet.application.candidate.name)
    if name:
        parts.append(name)
    if not name or packet.application_id in namesakes:
        parts.append(f"application-{packet.application_id}")
    parts.append(packet.profile)
    return "-".join(parts) + ".pdf"


def namesakes_in(opening: Opening) -> frozenset[int]:
    """The opening's applications whose candidate is spelled as another's in a file's name;
    one query.
    """
    names = dict(opening.applications.values_list("pk", "candidate__name"))
    spelled = {pk: in_ascii(name) for pk, name in names.items()}
    count = Counter(spelled.values())
    return frozenset(pk for pk, name in spelled.items() if count[name] > 1)


def in_ascii(name: str) -> str:
    """The name as a part of a file's name; empty where no letter of it has a spelling
    from a to z.
    """
    return slugify(name.lower().translate(SPELLED))[:LONGEST_PART].rstrip("-")


def in_bytes(name: str, most: int) -> str:
    """As much of the beginning as fits into so many bytes of UTF-8, the ending of a file's name kept."""
    if len(name.encode()) <= most:
        return name
    stem, dot, ending = name.rpartition(".")
    ending = dot + ending if stem and len(ending) <= LONGEST_ENDING else ""
    room = most - len(ending.encode())
    kept = name.removesuffix(ending).encode()[:room].decode(errors="ignore")
    return f"{kept.rstrip(' .-')}{ending}"


@contextmanager
def stored(name: str, content: "File[Any]") -> Iterator[str]:
    """The name of the stored file, which is removed again, also half written, where the
    block does not end well.

    Where the database went away nobody knows whether the row names the file by now, and a
    storage that is away would keep the caller waiting once more: both are for
    `remove_orphans`.
    """
    try:
        name = _save(name, content)
        yield name
    except (*DATABASE_AWAY, StorageFailed):
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
    """Let go of files older than PACKET_EXPIRE_DAYS (0: never); how many. Rows stay."""
    if not settings.PACKET_EXPIRE_DAYS:
        return 0
    before = timezone.now() - timedelta(days=settings.PACKET_EXPIRE_DAYS)
    old = Packet.objects.filter(state=Packet.State.READY, finished_at__lt=before)
    old_batches = PacketBatch.objects.filter(state=PacketBatch.State.READY, finished_at__lt=before)
    return sum(map(expire_packet, old)) + sum(map(expire_batch, old_batches))


@transaction.atomic
def expire_packet(packet: Packet) -> bool:
    """Let go of the file; the same content gets a new row. False where it is not ready."""
    expired = Packet.objects.filter(pk=packet.pk, state=Packet.State.READY).update(
        state=Packet.State.EXPIRED, file="", unprinted=[], expired_at=timezone.now()
    )
    if expired:
        record("packet.expired", by=None, subject=packet)
    return bool(expired)


@transaction.atomic
def expire_batch(batch: PacketBatch) -> bool:
    """The batch lets go of its two files. False: not ready now."""
    expired = PacketBatch.objects.filter(pk=batch.pk, state=PacketBatch.State.READY).update(
        state=PacketBatch.State.EXPIRED, archive="", document="", expired_at=timezone.now()
    )
    if expired:
        record("batch.expired", by=None, subject=batch)
    return bool(expired)


@transaction.atomic
def remove_orphans() -> int:
    """Delete our files that no row names or is about to name: expired, or left by a
    killed worker. Returns how many; none while a backup reads files that rows named when
    it began.

    Listed first and looked up afterwards: a file that is finished in between is named
    by its row by then.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [FILES_STAY])
        if not cursor.fetchone()[0]:
            return 0
    return _remove_orphans("packets", Packet) + _remove_orphans("batches", PacketBatch)


def _remove_orphans(folder: str, model: type[Row]) -> int:
    removed = 0
    names = _listed(folder)
    for start in range(0, len(names), AT_A_TIME):
        unnamed = _unnamed(model, folder, names[start : start + AT_A_TIME])
        removed += sum(_remove(f"{folder}/{name}") for name in unnamed)
    return removed


def _listed(folder: str) -> list[str]:
    """The names that we gave; other files in the folder are not ours to judge."""
    with suppress(FileNotFoundError):
        return [name for name in default_storage.listdir(folder)[1] if OURS.match(name)]
    return []


def _unnamed(model: type[Row], folder: str, names: list[str]) -> list[str]:
    """Those that no row of the model names, nor is being written for a row now; one query."""
    writers = {name: _writer(name) for name in names}
    rows = list(model._default_manager.filter(pk__in={pk for pk, _ in writers.values()}))
    named = {name for row in rows for name in _files(row)}
    writing = {(row.pk, row.token) for row in rows if row.state == "building"}
    idle = [name for name, writer in writers.items() if writer not in writing]
    return [name for name in idle if f"{folder}/{name}" not in named]


def _writer(name: str) -> tuple[int, uuid.UUID]:
    """The row and the claim that a stored name tells of; see `stored_name`."""
    told = OURS.match(name)
    assert told is not None  # only such names are listed
    return int(told[1]), uuid.UUID(told[2])


def _files(row: Packet | PacketBatch) -> list[str | None]:
    return [row.file.name] if isinstance(row, Packet) else [row.archive.name, row.document.name]


def _remove(name: str) -> bool:
    try:
        default_storage.delete(name)
    except Exception as error:  # the next sweep tries again
        logger.warning("orphan_not_removed", file=name, exc_info=error)
        return False
    return True
