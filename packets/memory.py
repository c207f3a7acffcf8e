"""How much memory a worker's process may use, and whether it has used it up: pure.

The limit is the system's RLIMIT_DATA: what a process has taken for itself, without what
it shares with others.
"""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

MEGABYTE = 1024**2
# The request that was refused was for more than this much less than the limit. Libraries ask in small pieces.
NEARLY = 4 * MEGABYTE


def limit(megabytes: int) -> None:
    """Let this process use so much and no more; 0 is no limit.

    A render that eats memory then fails alone, with MemoryError, instead of taking the
    machine along.
    """
    _, hardest = resource.getrlimit(resource.RLIMIT_DATA)
    if megabytes:
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * MEGABYTE, hardest))


@contextmanager
def no_limit() -> Iterator[None]:
    """For what has to succeed even where the limit is reached."""
    before, hardest = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (hardest, hardest))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (before, hardest))


def is_used_up() -> bool:
    """Whether the process stands at its limit.

    A library in C that was refused memory raises what it likes, often a TypeError of
    its caller; then this tells the cause.
    """
    most, _ = resource.getrlimit(resource.RLIMIT_DATA)
    if most == resource.RLIM_INFINITY:
        return False
    with no_limit():
        import psutil

        used: int = psutil.Process().memory_info().data
    return used > most - NEARLY
