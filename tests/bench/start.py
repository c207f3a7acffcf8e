"""How long a web server takes until it answers; the demo until it greets, first with its database made, then again."""

import subprocess
import sys
import time
from pathlib import Path

import psutil

from tests.bench import server
from tests.bench.figures import Figure
from tests.config.processes import ROOT, end, environment, free_port


def measure(folder: Path) -> list[Figure]:
    """Without the installation of packages, which is the network's speed rather than ours."""
    data = folder / "demo data"
    return [
        *web(),
        Figure("demo: first start", seconds(data), "s"),
        Figure("demo: second start", seconds(data), "s"),
    ]


def web() -> list[Figure]:
    """Two web processes on a database that is there, which the first answer asks whether it is."""
    started = time.perf_counter()
    with server.serving(WEB_CONCURRENCY="2") as (port, master):
        assert server.get(port, "/readyz") in {200, 503}  # 503: without a worker
        took = time.perf_counter() - started
        used = sum(sum(psutil.Process(pid).cpu_times()[:2]) for pid in [master, *server.children(master)])
    return [
        Figure("web server: from start to its first answer", took, "s"),
        Figure("web server: from start to its first answer, both processes and master", used, "s of CPU"),
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
