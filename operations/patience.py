"""Pure: questions to parts that may be broken, asked side by side, each with a limit,
so that none of them keeps the answer waiting."""

import errno
import os
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

LIMIT = 3.0  # seconds
_asked: dict[str, "_Asked"] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class Failed:
    """A part that gave no answer, and the kind of reason: its words might hold a
    password."""

    why: str


class _Asked(threading.Thread):
    """One question in a thread of its own, which nobody has to wait for."""

    def __init__(self, key: str, ask: Callable[[], object]) -> None:
        super().__init__(name=f"status of {key}", daemon=True)
        self.answer: object = None
        self._ask = ask

    def run(self) -> None:
        try:
            self.answer = self._ask()
        except Exception as error:
            self.answer = Failed(_kind_of(error))


def _kind_of(error: Exception) -> str:
    """The name of its class, but for those whose name tells nobody anything."""
    if isinstance(error, socket.gaierror):
        return "unknown host name"
    number = error.errno if type(error) is OSError else None
    if number is not None and number in errno.errorcode:
        return os.strerror(number)  # such as a disk that is full or can only be read
    return type(error).__name__


def ask_all(
    questions: Mapping[str, Callable[[], object]], *, who: str = "", within: float = LIMIT
) -> dict[str, object]:
    """The answer of each, or Failed where it raised or was not there after `within`
    seconds.

    A question that is being asked for the same `who` is not asked twice: whoever comes
    later waits for the same answer, so that what hangs takes one thread and no more.
    """
    asked = {name: _begun(f"{name} {who}", ask) for name, ask in questions.items()}
    until = time.monotonic() + within
    for thread in asked.values():
        thread.join(max(0.0, until - time.monotonic()))
    late = Failed(f"no answer within {within:g} seconds")
    return {name: late if thread.is_alive() else thread.answer for name, thread in asked.items()}


def _begun(key: str, ask: Callable[[], object]) -> _Asked:
    with _lock:
        running = _asked.get(key)
        if running is None or not running.is_alive():
            running = _Asked(key, ask)
            _asked[key] = running
            running.start()
    return running
