"""The web server as the product starts it, on a free port, for benchmarks that measure through a socket."""

import http.client
import os
import sys
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
