"""No part keeps the answer waiting, however it is broken."""

import errno
import socket
import threading
import time

import pytest

from operations.patience import Failed, ask_all


def test_each_gives_its_answer_or_the_kind_of_its_failure():
    def broken() -> object:
        raise ConnectionRefusedError("postgresql://user:secret@host")

    answers = ask_all({"well": lambda: 17, "broken": broken}, who="test")

    assert answers == {"well": 17, "broken": Failed("ConnectionRefusedError")}


def test_a_name_that_no_server_has_is_said_in_words():
    def unknown() -> object:
        return socket.getaddrinfo("127.0.0.1.nowhere.invalid", "no such service")

    assert ask_all({"mail": unknown}, who="test") == {"mail": Failed("unknown host name")}


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EROFS, "x", "/files"), "Read-only file system"),
        (OSError(errno.ENOSPC, "x", "/files"), "No space left on device"),
        (PermissionError(errno.EACCES, "x", "/files"), "PermissionError"),
        (OSError("secret"), "OSError"),
    ],
)
def test_a_disk_that_takes_nothing_says_why_and_not_where(error, words):
    def broken() -> object:
        raise error

    assert ask_all({"storage": broken}, who="test") == {"storage": Failed(words)}


def test_one_that_hangs_takes_one_thread_and_the_others_answer():
    over = threading.Event()
    begun: list[float] = []

    def hangs() -> object:
        begun.append(time.monotonic())
        over.wait()
        return "late"

    try:
        for _ in range(3):
            answers = ask_all({"hangs": hangs, "well": lambda: 17}, who="test", within=0.02)
            assert answers == {"hangs": Failed("no answer within 0.02 seconds"), "well": 17}
        assert len(begun) == 1
    finally:
        over.set()


def test_whoever_asks_at_the_same_time_gets_the_same_answer():
    over, answers = threading.Event(), []
    first = threading.Thread(target=lambda: answers.append(ask_all({"slow": over.wait}, who="two")))
    second = threading.Thread(target=lambda: answers.append(ask_all({"slow": over.wait}, who="two")))
    first.start()
    second.start()
    over.set()
    first.join()
    second.join()

    assert answers == [{"slow": True}, {"slow": True}]
