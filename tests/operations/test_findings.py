"""What is told of each part, in every state that it can be in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from operations.facts import (
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
from operations.findings import State, findings, growth, lasting, size, task_findings, worst
from operations.patience import Failed

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
OK, LOOK, BROKEN = State.OK, State.ATTENTION, State.BROKEN


def ago(**lengths: float) -> datetime:
    return NOW - timedelta(**lengths)


TASK = TaskFacts("packets.sweep", 90, ago(days=9), ago(seconds=5), ago(seconds=4), 0.1)
DATABASE = DatabaseFacts(
    "18.4",
    12_700_000,
    0,
    workers=(WorkerFacts("1.4.0 aaaa", ago(seconds=7)),),
    tasks=(TASK,),
    backup=BackupFacts(ago(hours=9), 51_400, encrypted=True, missing=0),
)
WELL = Observed(
    WebFacts("", answered=True),
    DATABASE,
    QueueFacts("Redis 7", 0),
    StorageFacts("/files", 9_000_000_000),
    MailFacts("mail.example.com:587", answered=True),
    release="1.4.0 aaaa",
)


def test_a_well_installation_is_well_in_every_part():
    found = findings(WELL, NOW)

    assert {one.state for one in found} == {OK}
    assert worst(found) == OK
    assert [one.part for one in found] == [
        *(
            "web",
            "worker",
            "beat",
            "tasks",
            "queue",
            "mail",
            "outbox",
            "webhooks",
            "storage",
            "database",
            "backup",
            "packets",
            "versions",
        )
    ]


def of_database(**changes: object) -> Observed:
    return replace(WELL, database=replace(DATABASE, **changes))  # type: ignore[arg-type]


def of_release(name: str, **lengths: float) -> WorkerFacts:
    return WorkerFacts(name, ago(**lengths))


def of_replica(**facts: object) -> Observed:
    return replace(WELL, replica=ReplicaFacts(**facts))  # type: ignore[arg-type]


HERE, BEFORE, EARLIEST = (of_release(name, seconds=9) for name in ("1.4.0 aaaa", "1.3.0 bbbb", "worker"))
AGO = of_release("1.3.0 bbbb", minutes=3)
ASKED_BY_COMMAND = replace(of_database(workers=(BEFORE,)), web=WebFacts("http://127.0.0.1:8000", answered=True))
LATE = replace(TASK, sent_at=ago(minutes=9), finished_at=ago(minutes=9))
CASES = [
    (replace(WELL, web=WebFacts("http://127.0.0.1:8000", answered=False)), "web", BROKEN, "answers at http://127"),
    (of_database(workers=(of_release("1.4.0 aaaa", minutes=5),)), "worker", BROKEN, "Last seen 5 minutes ago"),
    (of_database(workers=()), "worker", BROKEN, "No worker was ever seen"),
    (of_database(workers=(), tasks=()), "worker", LOOK, "Beat, which calls on it, does not run"),
    (of_database(tasks=()), "beat", BROKEN, "has not started anything yet"),
    (of_database(tasks=(LATE,)), "beat", BROKEN, "started nothing for 9 minutes"),
    (of_database(tasks=(LATE,)), "tasks", BROKEN, "1 task late or failed: packets.sweep"),
    (of_database(tasks=(replace(TASK, failed_at=NOW, error="OSError"),)), "tasks", BROKEN, "packets.sweep"),
    (replace(WELL, queue=Failed("ConnectionError")), "queue", BROKEN, "does not answer (ConnectionError)"),
    (replace(WELL, queue=QueueFacts("files", 3, 4.0)), "queue", OK, "3 messages (files), the oldest for 4 seconds"),
    (replace(WELL, queue=QueueFacts("files", 1, 400.0)), "queue", LOOK, "1 message (files), the oldest for 6 minutes"),
    (replace(WELL, queue=QueueFacts("amqp", None)), "queue", OK, "does not tell how much waits"),
    (replace(WELL, mail=Failed("TimeoutError")), "mail", BROKEN, "does not answer (TimeoutError)"),
    (replace(WELL, mail=MailFacts("", answered=False)), "mail", LOOK, "Not set up"),
    (
        of_database(outbox=OutboxFacts(2, 0, None, ago(hours=3))),
        "outbox",
        LOOK,
        "2 failed in the last seven days. The last",
    ),
    (of_database(outbox=OutboxFacts(0, 5, ago(hours=3), None)), "outbox", LOOK, "The oldest has waited for 3 hours"),
    (of_database(webhooks=WebhookFacts(1, 0, None)), "webhooks", LOOK, "1 failed in the last seven days"),
    (of_database(webhooks=WebhookFacts(0, 1, ago(hours=3))), "webhooks", LOOK, "The oldest has waited for 3 hours"),
    (replace(WELL, storage=Failed("PermissionError")), "storage", BROKEN, "(PermissionError)"),
    (replace(WELL, storage=StorageFacts("/files", 500_000_000)), "storage", LOOK, "500.0 MB free"),
    (replace(WELL, storage=StorageFacts("/files", 5_000_000)), "storage", BROKEN, "5.0 MB free"),
    (replace(WELL, storage=StorageFacts("the bucket x")), "storage", OK, "the bucket x and read back."),
    (of_database(unapplied=2), "database", BROKEN, "2 migrations not applied"),
    (replace(WELL, database=Failed("OperationalError")), "database", BROKEN, "does not answer (OperationalError)"),
    (replace(WELL, database=Failed("OperationalError")), "beat", LOOK, "Not known"),
    (of_database(samples=((date(2026, 3, 1), 10), (date(2026, 3, 4), 3_000_010))), "database", OK, "+30.0 MB in 30"),
    (of_database(backup=None), "backup", LOOK, "No backup was made"),
    (of_database(backup=BackupFacts(ago(days=3), 9, False, 1)), "backup", LOOK, "3 days ago, 9 bytes, not encrypted"),
    (of_database(packets=PacketFacts(2, 0, None)), "packets", LOOK, "2 failed in the last seven days."),
    (of_database(packets=PacketFacts(0, 4, ago(hours=3))), "packets", LOOK, "has waited for 3 hours"),
    (of_database(workers=(HERE, AGO)), "versions", OK, "Web and worker run 1.4.0 aaaa."),
    (of_database(workers=(AGO,)), "versions", OK, "Web runs 1.4.0 aaaa. No worker was seen lately."),
    (of_database(workers=(HERE, BEFORE)), "versions", LOOK, "runs 1.4.0 aaaa, but a worker runs 1.3.0 bbbb."),
    (of_database(workers=(EARLIEST,)), "versions", LOOK, "a worker runs an earlier release."),
    (ASKED_BY_COMMAND, "versions", LOOK, "This command runs 1.4.0 aaaa, but a worker"),
    (of_replica(reads=True), "replica", OK, "Has replayed all"),
    (
        of_replica(reads=False, behind=3_000_000, seconds=240.0),
        "replica",
        LOOK,
        "3.0 MB behind; its last change is 4 m",
    ),
    (of_replica(reads=False, behind=9), "replica", LOOK, "It is 9 bytes behind."),
    (of_replica(reads=False), "replica", LOOK, "not told its new timeline"),
    (of_replica(reads=False, related=False, behind=9), "replica", LOOK, "no replica of this database"),
    (of_replica(reads=False, comparable=False), "replica", LOOK, "synchronous_commit is off"),
    (replace(WELL, replica=Failed("OperationalError")), "replica", LOOK, "does not answer (OperationalError)"),
    (replace(WELL, replica=Failed("x"), database=Failed("OperationalError")), "replica", LOOK, "Not known"),
]


@pytest.mark.parametrize(("seen", "part", "state", "words"), CASES)
def test_a_part_that_is_not_well_says_what_is_so_and_what_to_do(seen, part, state, words):
    found = {one.part: one for one in findings(seen, NOW)}

    assert found[part].state == state
    assert words in found[part].says
    assert bool(found[part].advice) == (state != OK)
    assert len(found) == 13 + (seen.replica is not None)


@pytest.mark.parametrize(
    ("task", "says"),
    [
        (TASK, "On time"),
        (replace(TASK, finished_at=None), "Overdue"),
        (replace(TASK, finished_at=None, known_since=NOW), "Not due yet"),
        (TaskFacts("x", 90), "Not known yet"),
        (replace(TASK, failed_at=NOW, error="OSError"), "Failed with OSError"),
    ],
)
def test_a_task_is_judged_by_when_it_last_ended_well(task, says):
    assert [one.says for one in task_findings([task], NOW)] == [says]


def test_words_for_lengths_and_sizes():
    assert [lasting(length) for length in (0, 1, 59, 119, 120, 7200, 200_000)] == [
        *("0 seconds", "1 second", "59 seconds", "119 seconds", "2 minutes", "2 hours", "2 days")
    ]
    assert [size(count) for count in (17, 999, 1000, 12_700_000, 5 * 10**12)] == [
        *("17 bytes", "999 bytes", "1.0 kB", "12.7 MB", "5.0 TB")
    ]
    assert growth([(date(2026, 1, 1), 5)]) is None
