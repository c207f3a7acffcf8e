"""Pure: what was seen of each part, before anybody judges it. Moments have a zone,
sizes are in bytes, times in seconds."""

from dataclasses import dataclass, field
from datetime import date, datetime

from operations.patience import Failed


@dataclass(frozen=True)
class WebFacts:
    address: str  # empty where the web server itself asks
    answered: bool


@dataclass(frozen=True)
class TaskFacts:
    """One periodic task. `every` is how long it may take from one end to the next."""

    name: str
    every: float
    known_since: datetime | None = None
    sent_at: datetime | None = None
    finished_at: datetime | None = None
    seconds: float | None = None
    failed_at: datetime | None = None
    error: str = ""


@dataclass(frozen=True)
class BackupFacts:
    made_at: datetime
    size: int
    encrypted: bool
    missing: int


@dataclass(frozen=True)
class BacklogFacts:
    """`failed` began within the last week; `waiting_since` is of the oldest that waits
    for a worker."""

    failed: int
    waiting: int
    waiting_since: datetime | None


@dataclass(frozen=True)
class PacketFacts(BacklogFacts):
    """Packets and batches."""


@dataclass(frozen=True)
class OutboxFacts(BacklogFacts):
    """Mail that should have gone out; `sent_at` is of the last that did."""

    sent_at: datetime | None


@dataclass(frozen=True)
class DatabaseFacts:
    version: str
    size: int
    unapplied: int
    samples: tuple[tuple[date, int], ...] = ()  # a size for each day, oldest first
    worker_seen_at: datetime | None = None
    tasks: tuple[TaskFacts, ...] = ()
    backup: BackupFacts | None = None
    packets: PacketFacts = field(default_factory=lambda: PacketFacts(0, 0, None))
    outbox: OutboxFacts = field(default_factory=lambda: OutboxFacts(0, 0, None, None))


@dataclass(frozen=True)
class QueueFacts:
    """`depth` is None for a broker that cannot be asked for it."""

    kind: str
    depth: int | None
    oldest: float | None = None


@dataclass(frozen=True)
class StorageFacts:
    """`free` is None for a bucket."""

    where: str
    free: int | None = None


@dataclass(frozen=True)
class MailFacts:
    """`server` is empty where mail goes to no server."""

    server: str
    answered: bool


@dataclass(frozen=True)
class Observed:
    """Every part as it was seen, or that it gave no answer."""

    web: WebFacts | Failed
    database: DatabaseFacts | Failed
    queue: QueueFacts | Failed
    storage: StorageFacts | Failed
    mail: MailFacts | Failed
