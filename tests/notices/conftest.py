"""A real mail server on loopback, and what it took."""

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
    """What the server answers, and the messages that it took. `refused` are addresses that it does not know."""

    taken: list[EmailMessage] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    answer: str = "250 OK"
    port: int = 0

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]):
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answer.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer

    def subjects(self) -> list[str]:
        return [str(message["Subject"]) for message in self.taken]


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    """Running, and where the outbox sends to."""
    server = MailServer(port=free_port())
    running = Controller(server, hostname="127.0.0.1", port=server.port, ready_timeout=90)
    running.start()
    settings.SENDING_BACKEND = SMTP_BACKEND
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    running.stop()
