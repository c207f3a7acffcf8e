"""Pure: what is well, what needs attention and what is broken, by what was seen of each
part."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from accounts.plural import counted
from operations.facts import (
    BacklogFacts,
    BackupFacts,
    DatabaseFacts,
    MailFacts,
    Observed,
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
from operations.patience import Failed

SEEN_WITHIN = 60.0  # beat starts something every ten seconds
RUNS_WITHIN = 120.0  # one of several workers says which release it runs, each time another
QUEUE_AGE = 300.0
PACKET_AGE = 600.0
MAIL_AGE = 900.0
BACKUP_AGE = 2 * 86_400.0
FREE = 1_000_000_000  # bytes of storage below which it needs attention
LEAST_FREE = 100_000_000


class State(StrEnum):
    OK = "ok"
    ATTENTION = "attention"
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    """One part: what is so, and what to do about it. `figures` are numbers by name, in
    seconds, bytes or pieces."""

    part: str
    state: State
    says: str
    advice: str = ""
    figures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class TaskFinding:
    """One periodic task; `age` is the seconds since it last ended well, None for
    never.
    """

    task: TaskFacts
    state: State
    says: str
    age: float | None


def findings(seen: Observed, now: datetime) -> list[Finding]:
    """One for each part, always all of them, in the order of a page; for a replica
    where one is set up."""
    database = seen.database
    queue, storage, mail = _queue(seen.queue), _storage(seen.storage), _mail(seen.mail)
    if isinstance(database, Failed):
        unknown = [_unknown(part) for part in ("worker", "beat", "tasks")]
        outgoing = [_unknown(part) for part in ("outbox", "webhooks")]
        parts = ["replica"] if seen.replica else []
        later = [_unknown(part) for part in (*parts, "backup", "packets", "versions")]
        return [_web(seen.web), *unknown, queue, mail, *outgoing, storage, _no_database(database), *later]
    beat = _beat(database.tasks, now)
    return [
        _web(seen.web),
        _worker(max((one.seen_at for one in database.workers), default=None), beat, now),
        beat,
        _tasks(task_findings(database.tasks, now)),
        queue,
        mail,
        _outbox(database.outbox, now),
        _webhooks(database.webhooks, now),
        storage,
        _database(database),
        *([_replica(seen.replica)] if seen.replica else []),
        _backup(database.backup, now),
        _packets(database.packets, now),
        _versions(seen, database.workers, now),
    ]


def worst(found: Sequence[Finding]) -> State:
    states = {finding.state for finding in found}
    for state in (State.BROKEN, State.ATTENTION):
        if state in states:
            return state
    return State.OK


def _unknown(part: str) -> Finding:
    return Finding(part, State.ATTENTION, "Not known: the database does not answer.", "See the database.")


def _age(then: datetime, now: datetime) -> float:
    return max(0.0, (now - then).total_seconds())


def lasting(seconds: float) -> str:
    """How long that is, in its largest unit: "40 seconds", "3 hours"."""
    units = [("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)]
    for name, length in units:
        count = int(seconds // length)
        if count >= 2 or length == 1:
            return f"{count} {name}" if count == 1 else f"{count} {name}s"
    return ""


def size(count: int) -> str:
    """Such as "12.3 MB"; units of a thousand."""
    amount = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"


# --- processes ---------------------------------------------------------------
def _web(facts: WebFacts | Failed) -> Finding:
    if isinstance(facts, Failed) or not facts.answered:
        where = "" if isinstance(facts, Failed) else f" at {facts.address}"
        advice = "Start the web server, or name its address with --web."
        return Finding("web", State.BROKEN, f"No web server answers{where}.", advice)
    return Finding("web", State.OK, f"Answers at {facts.address}." if facts.address else "Answers.")


def _worker(seen_at: datetime | None, beat: Finding, now: datetime) -> Finding:
    figures = {} if seen_at is None else {"seen_seconds": _age(seen_at, now)}
    if seen_at is not None and figures["seen_seconds"] <= SEEN_WITHIN:
        return Finding("worker", State.OK, f"Seen {lasting(figures['seen_seconds'])} ago.", figures=figures)
    told = "No worker was ever seen." if seen_at is None else f"Last seen {lasting(figures['seen_seconds'])} ago."
    if beat.state != State.OK:
        return Finding(
            "worker", State.ATTENTION, f"{told} Beat, which calls on it, does not run.", "Start beat first.", figures
        )
    return Finding("worker", State.BROKEN, told, "Start a worker, and look at its log. Packets wait for it.", figures)


def _versions(seen: Observed, workers: Sequence[WorkerFacts], now: datetime) -> Finding:
    """Which releases run side by side. A command speaks of its own in place of the web
    server’s."""
    asks = "This command" if isinstance(seen.web, WebFacts) and seen.web.address else "Web"
    lately = [one.release for one in workers if _age(one.seen_at, now) <= RUNS_WITHIN]
    others = sorted(release for release in lately if release != seen.release)
    figures = {"others": float(len(others))}
    if others:
        names = " and ".join(_release_in_words(release) for release in others)
        told = f"{asks} runs {seen.release}, but a worker runs {names}."
        advice = "Finish the upgrade: restart what runs the older version, workers first."
        return Finding("versions", State.ATTENTION, told, advice, figures)
    if not lately:
        return Finding("versions", State.OK, f"{asks} runs {seen.release}. No worker was seen lately.", figures=figures)
    return Finding("versions", State.OK, f"{asks} and worker run {seen.release}.", figures=figures)


def _release_in_words(release: str) -> str:
    return "an earlier release" if release == "worker" else release


def _beat(tasks: Sequence[TaskFacts], now: datetime) -> Finding:
    advice = "Start beat. Without it nothing that has its time is done."
    sent = [task.sent_at for task in tasks if task.sent_at]
    if not sent:
        return Finding("beat", State.BROKEN, "Beat has not started anything yet.", advice)
    age = _age(max(sent), now)
    if age > SEEN_WITHIN:
        told = f"Beat has started nothing for {lasting(age)}."
        return Finding("beat", State.BROKEN, told, advice, {"seen_seconds": age})
    return Finding("beat", State.OK, f"Last started a task {lasting(age)} ago.", figures={"seen_seconds": age})


def task_findings(tasks: Sequence[TaskFacts], now: datetime) -> list[TaskFinding]:
    return [_task(task, now) for task in tasks]


def _task(task: TaskFacts, now: datetime) -> TaskFinding:
    age = _age(task.finished_at, now) if task.finished_at else None
    if task.failed_at:
        return TaskFinding(task, State.BROKEN, f"Failed with {task.error}", age)
    since = task.finished_at or task.known_since
    if since is None:
        return TaskFinding(task, State.ATTENTION, "Not known yet", age)
    if _age(since, now) > task.every:
        return TaskFinding(task, State.BROKEN, "Overdue", age)
    return TaskFinding(task, State.OK, "On time" if task.finished_at else "Not due yet", age)


def _tasks(found: Sequence[TaskFinding]) -> Finding:
    bad = [one for one in found if one.state == State.BROKEN]
    figures = {"late_or_failed": float(len(bad))}
    if not bad:
        told = f"{counted(len(found), 'periodic task')}, none late or failed."
        return Finding("tasks", State.OK, told, figures=figures)
    names = ", ".join(one.task.name for one in bad)
    advice = "Look at the worker's log for the task's name."
    return Finding("tasks", State.BROKEN, f"{counted(len(bad), 'task')} late or failed: {names}.", advice, figures)


def _queue(facts: QueueFacts | Failed) -> Finding:
    if isinstance(facts, Failed):
        advice = "Start the broker (of filesystem://, look at the owner of its folder), and check CELERY_BROKER_URL. "
        advice += "Packets wait in their rows meanwhile."
        return Finding("queue", State.BROKEN, f"The broker does not answer ({facts.why}).", advice)
    if facts.depth is None:
        return Finding("queue", State.OK, f"The broker ({facts.kind}) answers. It does not tell how much waits.")
    figures = {"messages": float(facts.depth), "oldest_seconds": facts.oldest or 0.0}
    if not facts.depth:
        return Finding("queue", State.OK, f"Empty ({facts.kind}).", figures=figures)
    told = f"{counted(facts.depth, 'message')} ({facts.kind})"
    told += f", the oldest for {lasting(facts.oldest)}." if facts.oldest is not None else "."
    if facts.oldest is not None and facts.oldest > QUEUE_AGE:
        advice = "Look whether a worker runs; add workers if they all are busy."
        return Finding("queue", State.ATTENTION, told, advice, figures)
    return Finding("queue", State.OK, told, figures=figures)


# --- mail and storage ----------------------------------------------------------
def _mail(facts: MailFacts | Failed) -> Finding:
    if isinstance(facts, Failed):
        return Finding("mail", State.BROKEN, f"The mail server does not answer ({facts.why}).", "Check EMAIL_URL.")
    if not facts.server:
        told = "Not set up: mail is written to the log and reaches nobody."
        advice = "Set EMAIL_URL to your mail server. Until then hand out links yourself."
        return Finding("mail", State.ATTENTION, told, advice, {"configured": 0.0})
    return Finding("mail", State.OK, f"{facts.server} answers.", figures={"configured": 1.0})


def _outbox(facts: OutboxFacts, now: datetime) -> Finding:
    last = f" The last one was sent {lasting(_age(facts.sent_at, now))} ago." if facts.sent_at else ""
    return _backlog(
        "outbox",
        facts,
        now,
        most=MAIL_AGE,
        more=last,
        stuck="Look whether a worker runs and the mail server answers.",
        failed="The outbox says why, and sends them again.",
    )


def _webhooks(facts: WebhookFacts, now: datetime) -> Finding:
    return _backlog(
        "webhooks",
        facts,
        now,
        most=MAIL_AGE,
        stuck="Look whether a worker runs and the channel's server answers.",
        failed="The pages of webhooks, the installation’s and each opening’s, have the answers.",
    )


def _storage(facts: StorageFacts | Failed) -> Finding:
    if isinstance(facts, Failed):
        advice = "Look at the folder's owner, its disk and free space, or at the bucket and its key (STORAGE_…)."
        return Finding("storage", State.BROKEN, f"A file could not be written and read back ({facts.why}).", advice)
    told = f"A file was written to {facts.where} and read back"
    if facts.free is None:
        return Finding("storage", State.OK, f"{told}.")
    figures = {"free_bytes": float(facts.free)}
    told = f"{told}. {size(facts.free)} free."
    if facts.free < FREE:
        state = State.BROKEN if facts.free < LEAST_FREE else State.ATTENTION
        return Finding("storage", state, told, "Free space on that disk before packets fail.", figures)
    return Finding("storage", State.OK, told, figures=figures)


# --- database, backup, packets -------------------------------------------------
def _no_database(facts: Failed) -> Finding:
    told = f"The database does not answer ({facts.why})."
    return Finding("database", State.BROKEN, told, "Start PostgreSQL, and check DATABASE_URL.")


def _database(facts: DatabaseFacts) -> Finding:
    figures = {"bytes": float(facts.size)}
    monthly = growth(facts.samples)
    told = f"{size(facts.size)}"
    if monthly is not None:
        figures["bytes_in_30_days"] = monthly
        told += f", {_direction(monthly)} in 30 days"
    if facts.unapplied:
        told = f"{counted(facts.unapplied, 'migration')} not applied. {told}."
        return Finding("database", State.BROKEN, told, "Run manage.py migrate, then restart everything.", figures)
    return Finding("database", State.OK, f"Answers. {told}.", figures=figures)


def growth(samples: Sequence[tuple[date, int]]) -> float | None:
    """Bytes in 30 days, by the first and the last sample; None for fewer than two
    days.
    """
    if len(samples) < 2:
        return None
    (first_day, first), (last_day, last) = samples[0], samples[-1]
    return (last - first) * 30 / (last_day - first_day).days


def _direction(monthly: float) -> str:
    sign = "−" if monthly < 0 else "+"
    return f"{sign}{size(abs(round(monthly)))}"


def _replica(facts: ReplicaFacts | Failed) -> Finding:
    """Never broken: the primary answers for it."""
    meanwhile = "Until then the primary answers for it."
    if isinstance(facts, Failed):
        told = f"The replica does not answer ({facts.why})."
        return Finding("replica", State.ATTENTION, told, f"Start it, and check DATABASE_REPLICA_URL. {meanwhile}")
    figures = {"behind_bytes": float(facts.behind)}
    if facts.reads:
        return Finding("replica", State.OK, "Has replayed all that was written.", figures=figures)
    if not facts.comparable:
        told, advice = "No list is read there: synchronous_commit is off.", "Set it to on for the web server’s role."
    elif not facts.related:
        told, advice = (
            "It is no replica of this database.",
            "Check DATABASE_REPLICA_URL, and whether it follows the primary.",
        )
    elif not facts.behind:
        told, advice = "It has not told its new timeline yet.", "Run CHECKPOINT on the primary."
    else:
        told = f"It is {size(facts.behind)} behind{_for_how_long(facts.seconds)}."
        advice = "Look at its log and disk, and at the way between the two."
    return Finding("replica", State.ATTENTION, told, f"{advice} {meanwhile}", figures)


def _for_how_long(seconds: float | None) -> str:
    return "" if seconds is None else f"; its last change is {lasting(seconds)} old"


def _backup(facts: BackupFacts | None, now: datetime) -> Finding:
    if facts is None:
        told = "No backup was made with manage.py backup."
        return Finding("backup", State.ATTENTION, told, "Run manage.py backup FILE every night.")
    age = _age(facts.made_at, now)
    told = f"Made {lasting(age)} ago, {size(facts.size)}, {'' if facts.encrypted else 'not '}encrypted."
    figures = {"age_seconds": age, "bytes": float(facts.size)}
    if facts.missing:
        told += f" It lacks {counted(facts.missing, 'file')} that the storage had lost."
    if age > BACKUP_AGE:
        return Finding("backup", State.ATTENTION, told, "See why the nightly run of manage.py backup failed.", figures)
    return Finding("backup", State.OK, told, figures=figures)


def _packets(facts: PacketFacts, now: datetime) -> Finding:
    return _backlog(
        "packets",
        facts,
        now,
        most=PACKET_AGE,
        stuck="Look whether a worker runs, or add one.",
        failed="Each packet's page says why. The worker's log has the details.",
    )


def _backlog(
    part: str, facts: BacklogFacts, now: datetime, *, most: float, stuck: str, failed: str, more: str = ""
) -> Finding:
    """What failed lately and what waits: `stuck` advises where the oldest waits for
    longer than `most` seconds."""
    waited = _age(facts.waiting_since, now) if facts.waiting_since else 0.0
    figures = {"failed": float(facts.failed), "waiting": float(facts.waiting), "oldest_seconds": waited}
    told = f"{facts.failed or 'None'} failed in the last seven days"
    told += f", {facts.waiting} waiting.{more}" if facts.waiting else f".{more}"
    if waited > most:
        told += f" The oldest has waited for {lasting(waited)}."
        return Finding(part, State.ATTENTION, told, stuck, figures)
    if facts.failed:
        return Finding(part, State.ATTENTION, told, failed, figures)
    return Finding(part, State.OK, told, figures=figures)
