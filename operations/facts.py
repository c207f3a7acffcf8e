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
class WorkerFacts:
    """When a worker of this release was last seen; `release` is as heartbeats name it."""

    release: str
    seen_at: datetime


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
class WebhookFacts(BacklogFacts):
    """Messages to channels that should have gone out."""


@dataclass(frozen=True)
class DatabaseFacts:
    version: str
    size: int
    unapplied: int
    samples: tuple[tuple[date, int], ...] = ()  # a size for each day, oldest first
    workers: tuple[WorkerFacts, ...] = ()
    tasks: tuple[TaskFacts, ...] = ()
    backup: BackupFacts | None = None
    packets: PacketFacts = field(default_factory=lambda: PacketFacts(0, 0, None))
    outbox: OutboxFacts = field(default_factory=lambda: OutboxFacts(0, 0, None, None))
    webhooks: WebhookFacts = field(default_factory=lambda: WebhookFacts(0, 0, None))


@dataclass(frozen=True)
class ReplicaFacts:
    """The replica for lists. `behind` are bytes that the primary wrote and it has not
    replayed, `seconds` how old the last change is that it has.

    One that is not `related` replays another database or none. Where it is not
    `comparable` nothing is read there, since the primary cannot tell how far it has
    written. `reads` says whether lists are read there.
    """

    reads: bool
    comparable: bool = True
    related: bool = True
    behind: int = 0
    seconds: float | None = None


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
    """Every part as it was seen, or that it gave no answer. `replica` is None where none is
    set up, `release` what whoever asks runs, as heartbeats name it."""

    web: WebFacts | Failed
    database: DatabaseFacts | Failed
    queue: QueueFacts | Failed
    storage: StorageFacts | Failed
    mail: MailFacts | Failed
    replica: ReplicaFacts | Failed | None = None
    release: str = ""
