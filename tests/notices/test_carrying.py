"""Letters over a few connections at once, to a real mail server on loopback."""

import asyncio
import socketserver
import threading

import pytest

from notices.carrying import CONNECTIONS, Carrier, ServerAway
from notices.models import Mail
from notices.outbox import letter
from tests.notices.conftest import SMTP_BACKEND


def mails(count):
    for number in range(count):
        yield Mail(pk=number, kind="added", address="somebody@example.com", subject=f"Number {number}", text="Words.")


def carried(letters):
    """How each ended, in the order in which they were handed in."""
    with Carrier(letter) as carrier:
        ended = [*carrier.carry(letters), *carrier.rest()]
    return [(mail.subject, error) for mail, error in sorted(ended, key=lambda end: end[0].pk)]


def test_one_letter_needs_one_connection_and_many_share_a_few(mail_server):
    assert carried(mails(1)) == [("Number 0", None)]
    assert len(mail_server.peers) == 1

    mail_server.peers.clear()
    assert carried(mails(20)) == [(f"Number {number}", None) for number in range(20)]
    assert len(mail_server.peers) == CONNECTIONS
    assert sorted(mail_server.subjects()) == sorted(["Number 0", *[f"Number {number}" for number in range(20)]])


def test_a_letter_goes_out_while_the_server_thinks_about_another(mail_server):
    """It answers to the second only once it has the third as well."""
    both = asyncio.Barrier(2)
    take = mail_server.handle_DATA

    async def handle_data(server, session, envelope):
        if b"Number 0" not in envelope.content:
            async with asyncio.timeout(20):
                await both.wait()
        return await take(server, session, envelope)

    mail_server.handle_DATA = handle_data

    assert carried(mails(3)) == [("Number 0", None), ("Number 1", None), ("Number 2", None)]


def test_a_letter_that_the_server_took_is_told_of_while_another_waits(mail_server):
    """The server answers to the second once it is known how the three after it ended."""
    known = threading.Event()
    take = mail_server.handle_DATA

    async def handle_data(server, session, envelope):
        while b"Number 1\r\n" in envelope.content and not known.is_set():
            await asyncio.sleep(0.01)
        return await take(server, session, envelope)

    mail_server.handle_DATA = handle_data
    with Carrier(letter) as carrier:
        told = []
        for mail, _ in carrier.carry(mails(5)):
            told.append(mail.subject)
            if len(told) == 4:
                known.set()
        told += [mail.subject for mail, _ in carrier.rest()]

    assert told == ["Number 0", "Number 2", "Number 3", "Number 4", "Number 1"]


def test_what_was_on_its_way_is_told_of_where_the_carrying_breaks_off(mail_server):
    with Carrier(letter) as carrier:
        told = []
        for mail, _ in carrier.carry(mails(5)):
            told.append(mail.subject)
            if len(told) == 2:
                break
        told += [mail.subject for mail, _ in carrier.rest()]

    assert sorted(told) == sorted(mail_server.subjects())


def test_a_server_that_lets_in_one_connection_gets_all_letters_over_that(mail_server):
    """It says so at the first line of the second (RFC 5321, 3.1)."""
    mail_server.most = 1

    assert carried(mails(20)) == [(f"Number {number}", None) for number in range(20)]
    assert len(mail_server.peers) == 1


def test_a_connection_that_could_not_be_encrypted_carries_nothing(mail_server, settings):
    settings.EMAIL_USE_TLS = True  # which this server does not know

    errors = carried(mails(1))
    with Carrier(letter) as carrier:
        errors += carrier.carry(mails(1))
        errors += carrier.carry(mails(1))

    assert [isinstance(error, ServerAway) for _, error in errors] == [True] * 3
    assert mail_server.taken == []


@pytest.mark.parametrize("host", ["mail..example.com", f"{'m' * 64}.example.com"])
def test_a_host_whose_name_is_none_is_a_server_that_is_away(settings, host):
    settings.SENDING_BACKEND, settings.EMAIL_HOST = SMTP_BACKEND, host

    ((_, error),) = carried(mails(2))

    assert isinstance(error, ServerAway)


def test_what_one_letter_raises_leaves_the_others_alone(mail_server):
    mail_server.refused["nobody@example.com"] = "550 5.1.1 no such person"
    letters = list(mails(5))
    letters[2].address = "nobody@example.com"

    errors = dict(carried(iter(letters)))

    assert "SMTPRecipientsRefused" in repr(errors["Number 2"])
    assert [errors[f"Number {number}"] for number in (0, 1, 3, 4)] == [None] * 4


@pytest.fixture
def closing_server(settings):
    """Who came to a server that hangs up at once."""
    came = []

    class HangsUp(socketserver.BaseRequestHandler):
        def handle(self):
            came.append(self.client_address)

    with socketserver.TCPServer(("127.0.0.1", 0), HangsUp) as server:
        settings.SENDING_BACKEND = SMTP_BACKEND
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield came
        server.shutdown()
        thread.join()


def test_a_server_that_hangs_up_is_asked_once_and_the_rest_is_left(closing_server):
    letters = mails(5)

    ((subject, error),) = carried(letters)

    assert subject == "Number 0"
    assert isinstance(error, ServerAway)
    assert len(closing_server) == 1
    assert [mail.subject for mail in letters] == [f"Number {number}" for number in range(1, 5)]
