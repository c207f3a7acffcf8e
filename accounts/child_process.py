"""A module of ours that runs in a process of its own: pure, for whatever may cost too
much time or memory.

The child bounds itself before it begins (`confine`); the parent waits so long and no
longer.
"""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class ChildFailed(RuntimeError):
    """The child ended without a result; the words hold nothing of what it was given."""


class ChildTookTooLong(ChildFailed):
    """The child was ended because its time was over."""


def run_module(module: str, *arguments: str, data: bytes, seconds: float, folder: Path = ROOT) -> bytes:
    """What `python -m module` writes to its standard output when `data` is its input.

    Raises ChildTookTooLong after `seconds`, and ChildFailed where the child ends with
    an error.
    """
    command = [sys.executable, "-m", module, *arguments]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, cwd=folder, check=True)  # noqa: S603 - our own module
    except subprocess.TimeoutExpired as error:
        raise ChildTookTooLong("the process took too long") from error
    except subprocess.CalledProcessError as error:
        raise ChildFailed("the process failed") from error
    return done.stdout


def confine(*, megabytes: int, cpu_seconds: int | None = None) -> None:
    """Bound the memory, and the computing time, of the process that calls; systems that
    know no such bound go on."""
    import resource

    _bound(resource.RLIMIT_AS, megabytes * 1024**2)
    if cpu_seconds is not None:
        _bound(resource.RLIMIT_CPU, cpu_seconds)


def _bound(limit: int, most: int) -> None:
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(limit, (most, most))
