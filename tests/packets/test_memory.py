"""A process at the limit of its memory says so, whatever a library makes of it; each limit holds in a process of its
own."""

import subprocess
import sys

import pytest

from tests.config.processes import ROOT

SET_UP = """
import resource
import psutil
from packets import memory
used = psutil.Process().memory_info().data // memory.MEGABYTE
"""
RUNS_OUT = """
memory.limit(used + 40)
taken = []
try:
    while True:
        taken.append(bytearray(512 * 1024))
except MemoryError:
    print(memory.is_used_up(), memory.is_used_up())
"""


def printed(code: str) -> str:
    """What the lines print in a process of their own."""
    command = [sys.executable, "-c", SET_UP + code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True).stdout.strip()


@pytest.mark.parametrize(
    ("what", "seen"),
    [
        ("print(memory.is_used_up())", "False"),
        ("memory.limit(0); print(resource.getrlimit(resource.RLIMIT_DATA)[0] == resource.RLIM_INFINITY)", "True"),
        ("memory.limit(used + 40); print(memory.is_used_up())", "False"),
        (RUNS_OUT, "True True"),
    ],
    ids=["without a limit", "0 is no limit", "with room left", "used up"],
)
def test_a_process_at_its_limit_says_so(what, seen):
    assert printed(what) == seen


def test_what_runs_without_a_limit_has_it_again_afterwards():
    code = "memory.limit(1)\nwith memory.no_limit():\n    taken = bytearray(100_000_000)\nprint(memory.is_used_up())"

    assert printed(code) == "True"
