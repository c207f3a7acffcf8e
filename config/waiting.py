"""Waiting for what another process does."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def eventually(look: Callable[[], Found], *, within: float) -> Found:
    """What `look` returns as soon as it is true, asked ten times a second; its last
    answer after `within` seconds."""
    until = time.monotonic() + within
    while not (found := look()) and time.monotonic() < until:
        time.sleep(0.1)
    return found
