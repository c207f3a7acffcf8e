"""A real mail server on loopback, and what it took."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.config.processes import free_port

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


@dataclass
class MailServer:
    """What the server answers, the messages that it took, and who brought them.

    `refused` are addresses that it does not know; of connections it lets in `most` at once.
    """

    taken: list[EmailMessage] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    peers: set[tuple[str, int]] = field(default_factory=set)
    answer: str = "250 OK"
    port: int = 0
    most: int = 100
    connections: int = 0

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]):
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.peers.add(session.peer)
        if self.answer.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer

    def subjects(self) -> list[str]:
        return [str(message["Subject"]) for message in self.taken]


class Door(SMTP):
    """Sends whoever is one too many away, with the first line that it says."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.event_handler.connections += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.event_handler.connections -= 1
        super().connection_lost(error)

    async def push(self, status: str | bytes) -> None:
        if str(status).startswith("220") and self.event_handler.connections > self.event_handler.most:
            await super().push("421 4.7.0 Too many connections")
            self.transport.close()
        else:
            await super().push(status)


class Building(Controller):
    def factory(self) -> Door:
        return Door(self.handler, **self.SMTP_kwargs)


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    """Running, and where the outbox sends to."""
    server = MailServer(port=free_port())
    running = Building(server, hostname="127.0.0.1", port=server.port, ready_timeout=90)
    running.start()
    settings.SENDING_BACKEND = SMTP_BACKEND
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    running.stop()
