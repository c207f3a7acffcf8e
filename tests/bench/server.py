"""The web server as the product starts it, on a free port, for benchmarks that measure through a socket."""

import http.client
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.config.processes import eventually, free_port, running


@contextmanager
def serving(**settings: str) -> Iterator[tuple[int, int]]:
    """The port and the master's process id of a server that answers."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "-b", f"127.0.0.1:{port}", "config.wsgi"]
    log = Path(os.environ["EVENHAND_DATA"]) / "web.log"
    with running(*command, env=os.environ | settings, log=log) as master:
        assert eventually(lambda: get(port, "/healthz") == 200), "the web server did not start"
        yield port, master.pid


def get(port: int, path: str, cookie: str = "") -> int:
    """The status of the answer; 0 where nobody answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except OSError:
        return 0
    finally:
        connection.close()


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(number) for number in listed.split()]


def cpu_seconds(master: int) -> float:
    """Processor time that the web processes have used so far."""
    ticks = 0
    for pid in children(master):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def busy_share(seconds: float = 3) -> float:
    """How much of all processors is in use now, from 0 to 1."""
    before = _ticks()
    time.sleep(seconds)
    idle, total = (late - early for late, early in zip(_ticks(), before, strict=True))
    return 1 - idle / total


def _ticks() -> tuple[int, int]:
    """Idle and all ticks since the machine started."""
    counts = [int(number) for number in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return counts[3] + counts[4], sum(counts)
