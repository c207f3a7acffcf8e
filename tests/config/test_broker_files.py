"""The file-system broker under real processes: nothing lost, nothing twice, nothing half read."""

import multiprocessing
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection, Exchange, Queue

MESSAGES = 2000
PUBLISHERS = 2


def _connection(folder: Path) -> Connection:
    options = {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
    }
    return Connection("filesystem://", transport="config.broker:Transport", transport_options=options)


@pytest.fixture
def folder(tmp_path):
    for name in ("messages", "control"):
        (tmp_path / name).mkdir()
    return tmp_path


def publish(folder: Path, first: int, count: int) -> None:
    with _connection(folder) as connection, connection.SimpleQueue("load") as queue:
        for number in range(first, first + count):
            queue.put({"number": number})


def consume(folder: Path, found, enough) -> None:
    """Take messages until `enough` says that all are taken, and pass on their numbers."""
    with _connection(folder) as connection, connection.SimpleQueue("load") as queue:
        while not enough.is_set():
            try:
                message = queue.get(timeout=0.2)
            except Empty:
                continue
            found.put(message.payload["number"])
            message.ack()


def bind(folder: Path, together, number: int) -> None:
    with _connection(folder) as connection:
        together.wait(180)
        exchange = Exchange("shared", type="direct")
        Queue(f"queue-{number}", exchange, routing_key=str(number))(connection.default_channel).declare()


def test_messages_published_while_others_read_arrive_exactly_once(folder):
    context = multiprocessing.get_context("spawn")
    found, enough = context.Queue(), context.Event()
    share = MESSAGES // PUBLISHERS
    publishers = [context.Process(target=publish, args=(folder, n * share, share)) for n in range(PUBLISHERS)]
    consumers = [context.Process(target=consume, args=(folder, found, enough)) for _ in range(2)]

    for process in [*consumers, *publishers]:
        process.start()
    numbers = [found.get(timeout=120) for _ in range(MESSAGES)]
    enough.set()
    for process in [*publishers, *consumers]:
        process.join(180)

    assert sorted(numbers) == list(range(MESSAGES))
    assert [process.exitcode for process in [*publishers, *consumers]] == [0, 0, 0, 0]
    assert found.empty()
    assert list((folder / "messages").iterdir()) == []


def test_queues_bound_by_several_processes_at_once_are_all_kept(folder):
    context = multiprocessing.get_context("spawn")
    together = context.Barrier(6)
    binders = [context.Process(target=bind, args=(folder, together, number)) for number in range(6)]

    for process in binders:
        process.start()
    for process in binders:
        process.join(180)

    with _connection(folder) as connection:
        table = connection.default_channel.get_table("shared")
    assert [process.exitcode for process in binders] == [0] * 6
    assert {row.queue for row in table} == {f"queue-{number}" for number in range(6)}
    assert [path.name for path in (folder / "control").iterdir()] == ["shared.exchange"]


def test_publishing_where_nothing_can_be_written_raises_and_leaves_nothing(folder):
    (folder / "messages").rmdir()
    (folder / "messages").write_text("a file where the folder should be")

    with pytest.raises(OSError), _connection(folder) as connection:
        connection.default_channel._put("load", {"number": 1})

    assert [path.name for path in folder.iterdir() if path.name != "control"] == ["messages"]
