"""The steps of a start, each told in a line of its own with the time it took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say at once what begins, and at its end how many seconds it took."""
    print(f"  {name:<14}", end="", flush=True)
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        print("not finished", flush=True)
        raise
    print(f"{time.monotonic() - begun:6.1f} s", flush=True)
