"""How long the demo takes until it greets: the first time, with its database made, and the second."""

import subprocess
import sys
import time
from pathlib import Path

from tests.bench.figures import Figure
from tests.config.processes import ROOT, end, environment, free_port


def measure(folder: Path) -> list[Figure]:
    """Without the installation of packages, which is the network's speed rather than ours."""
    data = folder / "demo data"
    return [
        Figure("demo: first start", seconds(data), "s"),
        Figure("demo: second start", seconds(data), "s"),
    ]


def seconds(data: Path) -> float:
    env = environment(EVENHAND_DATA=str(data), PORT=str(free_port()))
    started = time.perf_counter()
    demo = subprocess.Popen(
        [sys.executable, "-m", "config.demo"], cwd=ROOT, env=env, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL
    )
    try:
        assert demo.stdout is not None
        assert b"is ready" in demo.stdout.readline(), "the demo did not start"
        return time.perf_counter() - started
    finally:
        end(demo)
