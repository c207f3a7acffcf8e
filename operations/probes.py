"""What is seen of each part. Each may raise, or hang: `patience` asks them."""

import json
import os
import shutil
import smtplib
import ssl
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from celery import current_app
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.replica import ALIAS, REACHED, replays
from notices.models import ChatMessage, Mail, Outgoing
from notices.sending import PAUSES
from operations.facts import (
    BackupFacts,
    DatabaseFacts,
    MailFacts,
    OutboxFacts,
    PacketFacts,
    QueueFacts,
    ReplicaFacts,
    StorageFacts,
    TaskFacts,
    WebFacts,
    WebhookFacts,
    WorkerFacts,
)
from operations.models import Backup, DatabaseSample, TaskRun
from operations.patience import LIMIT
from operations.runs import database_size, periodic_tasks
from packets.models import Packet, PacketBatch, WorkerHeartbeat
from scorecards.policies import hidden_applications

if TYPE_CHECKING:
    from redis import Redis

RECENT = timedelta(days=7)
SAMPLES = timedelta(days=30)
REPLAYS_WITHIN = 1.0  # seconds; a page waits for less, but one look may meet a replica that is busy
BEHIND = """
    SELECT pg_is_in_recovery() AND system_identifier = %s,
        greatest(0, pg_wal_lsn_diff(%s, pg_last_wal_replay_lsn())),
        extract(epoch FROM now() - pg_last_xact_replay_timestamp())::float
    FROM pg_control_system()
"""
PROBES = "status"  # the storage's folder for what is written to be read back


class OtherContent(OSError):
    """What was read back is not what was written."""


# --- web ---------------------------------------------------------------------
def web_at(address: str) -> WebFacts:
    """Whether a web server answers there, which this command cannot be itself."""
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=LIMIT) as answer:  # noqa: S310 - http, by whoever starts the command
            return WebFacts(address, answer.read() == b"ok")
    except (OSError, ValueError):
        return WebFacts(address, False)


# --- database ----------------------------------------------------------------
def database(viewer: User | None = None) -> DatabaseFacts:
    """All that the database tells. Of packets those count that the viewer may know of;
    without one, all."""
    with patient_connection():
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        version = ".".join(map(str, connection.get_database_version()))
        size = database_size()
        if plan:
            return DatabaseFacts(version, size, len(plan))
        seen = WorkerHeartbeat.objects.order_by("-at")
        return DatabaseFacts(
            version,
            size,
            unapplied=0,
            samples=_samples(),
            workers=tuple(WorkerFacts(row.name, row.at) for row in seen),
            tasks=_tasks(),
            backup=_backup(),
            packets=_packets(viewer),
            outbox=_outbox(),
            webhooks=WebhookFacts(*_backlog(ChatMessage.objects.all())),
        )


@contextmanager
def patient_connection() -> Iterator[None]:
    """This thread's queries go over a connection of their own that gives up in time, and
    leave those of the pages alone."""
    before = connections[DEFAULT_DB_ALIAS]
    own = _patient(before.copy(), {})
    connections[DEFAULT_DB_ALIAS] = own
    try:
        yield
    finally:
        own.close()
        connections[DEFAULT_DB_ALIAS] = before


def _patient(own: BaseDatabaseWrapper, parts: Mapping[str, object]) -> BaseDatabaseWrapper:
    """The connection, not opened yet, with these settings and limits of its own."""
    wanted = {**own.settings_dict, **parts}
    options = {name: value for name, value in wanted["OPTIONS"].items() if name != "pool"}
    limit = f"-c statement_timeout={int(LIMIT * 1000)}"
    options |= {"connect_timeout": int(LIMIT), "options": f"{options.get('options', '')} {limit}".strip()}
    own.settings_dict = wanted | {"OPTIONS": options}
    return own


def replica() -> ReplicaFacts | None:
    """How far the replica for lists is, as the pages that read there see it; None where none is set up.

    Raises what either database raises where it is away.
    """
    if not settings.REPLICA_DATABASE:
        return None
    with patient_connection(), connection.cursor() as primary:
        primary.execute(REACHED)
        reached = primary.fetchone()
    if reached is None:
        return ReplicaFacts(reads=False, comparable=False)
    own = _patient(connection.copy(alias=ALIAS), settings.REPLICA_DATABASE)
    try:
        with own.cursor() as cursor:
            if replays(cursor, reached, within=REPLAYS_WITHIN):
                return ReplicaFacts(reads=True)
            cursor.execute(BEHIND, [reached[1], reached[0]])
            related, behind, seconds = cursor.fetchone()
    finally:
        own.close()
    return ReplicaFacts(reads=False, related=related, behind=int(behind or 0), seconds=seconds)


def _samples() -> tuple[tuple[Any, int], ...]:
    since = timezone.now().date() - SAMPLES
    return tuple(DatabaseSample.objects.filter(day__gte=since).values_list("day", "size"))


def _tasks() -> tuple[TaskFacts, ...]:
    """Those of the schedule, also where they never ran."""
    known = {run.name: run for run in TaskRun.objects.all()}
    return tuple(_task(name, every, known.get(name)) for name, every in sorted(periodic_tasks().items()))


def _task(name: str, every: float, run: TaskRun | None) -> TaskFacts:
    if run is None:
        return TaskFacts(name, every)
    return TaskFacts(
        name,
        every,
        known_since=run.known_since,
        sent_at=run.sent_at,
        finished_at=run.finished_at,
        seconds=run.seconds,
        failed_at=run.failed_at,
        error=run.error,
    )


def _backup() -> BackupFacts | None:
    last = Backup.objects.first()
    return BackupFacts(last.made_at, last.size, last.encrypted, last.missing) if last else None


def _packets(viewer: User | None) -> PacketFacts:
    """That there is a packet tells that somebody has submitted: of an application that the
    viewer is blind to none is counted."""
    packets, batches = Packet.objects.all(), PacketBatch.objects.all()
    if viewer is not None:
        hidden = hidden_applications(viewer)
        packets = packets.exclude(application__in=hidden)
        batches = batches.exclude(items__application__in=hidden)
    since = timezone.now() - RECENT
    waiting = packets.filter(state=Packet.State.QUEUED).order_by("requested_at")
    oldest = waiting.first()
    failed = packets.filter(state=Packet.State.FAILED, requested_at__gte=since).count()
    failed += batches.filter(state=PacketBatch.State.FAILED, requested_at__gte=since).count()
    return PacketFacts(failed, waiting.count(), oldest.requested_at if oldest else None)


def _outbox() -> OutboxFacts:
    last = Mail.objects.exclude(sent_at=None).order_by("-sent_at").first()
    return OutboxFacts(*_backlog(Mail.objects.all()), last.sent_at if last else None)


def _backlog(rows: QuerySet[Any]) -> tuple[int, int, datetime | None]:
    """Of what leaves (`Outgoing`): how much failed lately, how much waits, and since when.

    Counts alone, which tell of nobody. What was tried in vain waits since it was tried
    first.
    """
    since = timezone.now() - RECENT
    failed = rows.filter(state=Outgoing.State.FAILED, created_at__gte=since).count()
    waiting = rows.filter(Outgoing.is_due() | Q(state=Outgoing.State.WAITING, attempts__gt=0))
    first = waiting.values("attempts").annotate(count=Count("pk"), due=Min("not_before"))
    since_when, count = [], 0
    for row in first.order_by():
        count += row["count"]
        since_when.append(row["due"] - sum(PAUSES[: row["attempts"]], timedelta()))
    return failed, count, min(since_when, default=None)


# --- broker ------------------------------------------------------------------
def queue() -> QueueFacts:
    """Raises what the broker's library raises where it is away."""
    address = settings.CELERY_BROKER_URL
    if address.startswith("filesystem"):
        return _queue_of_files(Path(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"])))
    with current_app.connection_for_read() as broker:
        broker.ensure_connection(max_retries=1, timeout=LIMIT)
        if address.startswith(("redis", "sentinel")):
            return _queue_of_redis(broker.default_channel.client)
        return QueueFacts(broker.transport.driver_type, None)


def _queue_of_files(folder: Path) -> QueueFacts:
    if not folder.is_dir():  # the first message makes it
        _check_place_for(folder)
        return QueueFacts("files", 0)
    probe = folder / f"{uuid4()}.probe"
    probe.write_bytes(b"")
    probe.unlink()
    waiting: list[Path] = []
    for name in settings.QUEUES:
        waiting += folder.glob(f"*.{name}.msg")
    written = [_written_at(message) for message in waiting]
    known = [at for at in written if at is not None]
    oldest = max(0.0, time.time() - min(known)) if known else None
    return QueueFacts("files", len(waiting), oldest)


def _check_place_for(folder: Path) -> None:
    """Raises NotADirectoryError or PermissionError where the folder cannot be made."""
    above = next(place for place in (folder, *folder.parents) if place.exists())
    if not above.is_dir():
        raise NotADirectoryError(above)
    if not os.access(above, os.W_OK | os.X_OK):
        raise PermissionError(above)


def _written_at(message: Path) -> float | None:
    """None where a worker has taken it meanwhile."""
    try:
        return message.stat().st_mtime
    except FileNotFoundError:
        return None


def _queue_of_redis(client: "Redis") -> QueueFacts:
    depth, ages = 0, []
    for name in settings.QUEUES:
        depth += int(client.llen(name))
        ages.append(_age_of(client.lindex(name, -1)))
    known = [age for age in ages if age is not None]
    kind = f"Redis {client.info('server')['redis_version']}"
    return QueueFacts(kind, depth, max(known, default=None))


def _age_of(message: bytes | str | None) -> float | None:
    """By the header that `config.celery` gives each message."""
    sent_at = json.loads(message)["headers"].get("sent_at") if message else None
    return None if sent_at is None else max(0.0, time.time() - float(sent_at))


# --- storage and mail ----------------------------------------------------------
def storage() -> StorageFacts:
    """Writes a small file, reads it back and deletes it. Raises what the storage raises, and
    OtherContent where it gives back something else."""
    content = uuid4().hex.encode()
    name = default_storage.save(f"{PROBES}/{uuid4()}.txt", ContentFile(content))
    try:
        with default_storage.open(name) as stored:
            if stored.read() != content:
                raise OtherContent
    finally:
        default_storage.delete(name)
    return _where()


def _where() -> StorageFacts:
    if not settings.STORAGE_BUCKET:
        folder = Path(settings.MEDIA_ROOT)
        return StorageFacts(str(folder), shutil.disk_usage(folder).free)
    return StorageFacts(f"the bucket {settings.STORAGE_BUCKET}")


def mail() -> MailFacts:
    """Whether the mail server takes connections; nobody signs in there. Raises OSError or
    SMTPException where it does not."""
    if not settings.SENDING_BACKEND.endswith("smtp.EmailBackend"):
        return MailFacts("", answered=False)
    host, port = settings.EMAIL_HOST, int(settings.EMAIL_PORT)
    with _smtp(host, port) as server:
        answered = server.noop()[0] == 250
    return MailFacts(f"{host}:{port}", answered)


def _smtp(host: str, port: int) -> smtplib.SMTP:
    if getattr(settings, "EMAIL_USE_SSL", False):
        return smtplib.SMTP_SSL(host, port, timeout=LIMIT, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=LIMIT)
