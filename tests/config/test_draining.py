"""A web server that is told to stop answers everybody who had connected by then."""

import signal
import socket
import sys
from contextlib import ExitStack

import psutil
import pytest

from config.gunicorn import worker_class
from tests.config.processes import environment, eventually, free_port, listens, running

SITE = """
def site(environ, start_response):
    start_response("200 OK", [("Content-Length", "4")])
    return [b"here"]
"""
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


@pytest.fixture
def server(tmp_path):
    """One worker with a site of one page; the process that started it, and its port."""
    (tmp_path / "site_of_one_page.py").write_text(SITE)
    port, log = free_port(), tmp_path / "log.txt"
    command = [sys.executable, "-m", "gunicorn", "-k", worker_class, "-w", "1", "--threads", "4"]
    command += ["--no-control-socket", "-b", f"127.0.0.1:{port}", "--pythonpath", str(tmp_path)]
    with running(*command, "site_of_one_page:site", env=environment(), log=log) as process:
        assert eventually(lambda: listens(port)), log.read_text()
        with socket.create_connection(("127.0.0.1", port), 60) as first:
            first.sendall(REQUEST)
            assert answer(first) == b"here"  # The port listens before the worker is there.
        yield process, port


def answer(client: socket.socket) -> bytes:
    """What the page says, the last four bytes until the server closes."""
    return client.makefile("rb").read()[-4:]


def test_who_had_connected_is_answered(server):
    process, port = server
    main = psutil.Process(process.pid)
    (worker,) = main.children()
    worker.suspend()
    with ExitStack() as stack:
        waiting = [stack.enter_context(socket.create_connection(("127.0.0.1", port), 60)) for _ in range(6)]
        for client in waiting:
            client.sendall(REQUEST)
        process.send_signal(signal.SIGTERM)
        assert eventually(lambda: not main.net_connections("tcp"))

        worker.resume()
        answers = [answer(client) for client in waiting]

    assert answers == [b"here"] * 6
    assert process.wait(60) == 0
    assert not listens(port)
