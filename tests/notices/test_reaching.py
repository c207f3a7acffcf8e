"""Where webhooks may not go, and what comes back from where they may."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from notices import reaching
from notices.reaching import Refused, Unreached, check_address, is_inside, post
from tests.notices.chat import channel

INSIDE = """
127.0.0.1 10.1.2.3 192.168.0.1 169.254.1.1 100.64.0.1 0.0.0.0 224.0.0.1
::1 fe80::1 fd00::1 fec0::1 ff0e::1 ::ffff:10.0.0.1 ::a00:1 64:ff9b::a00:1 64:ff9b:1::a00:1 2002:a00:1::
4000::1 100::1 2001:db8::1
"""
OUTSIDE = "93.184.216.34 2606:2800:220:1::1 ::ffff:93.184.216.34 64:ff9b::5db8:d822"


@pytest.mark.parametrize("address", INSIDE.split())
def test_the_own_network_is_known_in_every_way_of_writing_it(address):
    assert is_inside(address)


@pytest.mark.parametrize("address", OUTSIDE.split())
def test_the_internet_is_not_inside(address):
    assert not is_inside(address)


@pytest.mark.parametrize(
    "address",
    [
        "hooks.example.com/1",
        "http://hooks.example.com/1",
        "file:///hook",
        "https://",
        "https://user:word@hooks.example.com/1",
        "https://hooks.example.com/a b",
        "https://hooks.example.com:99999/",
        "https://127.0.0.1/1",
        "https://[::1]/1",
    ],
)
def test_what_is_no_address_outside_is_refused(address):
    with pytest.raises(Refused):
        check_address(address)


def test_a_name_that_leads_inside_is_refused_as_it_is_sent_to():
    with pytest.raises(Refused, match="own network"):
        post("https://localhost/hook", b"{}", {})


def test_a_redirect_is_an_answer_and_not_followed(settings):
    settings.WEBHOOKS_INSIDE = True
    with channel() as first, channel() as second:
        first.status, first.location = 302, second.address

        answer = post(first.address, b"{}", {})

    assert answer.status == 302
    assert (len(first.told), second.told) == (1, [])


def test_a_long_answer_is_read_in_part_and_no_answer_is_said(settings):
    settings.WEBHOOKS_INSIDE = True
    with channel() as found:
        found.words = "x" * 100_000
        assert len(post(found.address, b"{}", {}).text) <= 4_000
        address = found.address

    with pytest.raises(Unreached, match="No answer from 127"):
        post(address, b"{}", {})


@contextmanager
def dripping(beginning: bytes) -> Iterator[str]:
    """The address of a program that answers so, and then a letter at a time for as long as somebody listens."""

    class Drips(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.sendall(beginning)
            try:
                while not over.wait(0.05):
                    self.request.sendall(b"x")
            except OSError:
                pass  # whoever listened hung up

    over = threading.Event()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Drips) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/hook"
        over.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def hurry(settings, monkeypatch):
    settings.WEBHOOKS_INSIDE = True
    monkeypatch.setattr(reaching, "SECONDS", 1)


def test_an_answer_that_never_gets_to_its_status_is_none(hurry):
    with dripping(b"") as address, pytest.raises(Unreached):
        post(address, b"{}", {})


@pytest.mark.parametrize("rest", [b"X-Slow: ", b"Content-Length: 3000\r\n\r\n"])
def test_a_message_that_was_taken_is_so_whatever_becomes_of_the_words(hurry, rest):
    with dripping(b"HTTP/1.1 200 OK\r\n" + rest) as address:
        assert post(address, b"{}", {}).status == 200
