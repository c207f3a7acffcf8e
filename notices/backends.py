"""Django's way to send mail leads into the outbox: what the sign-in package and ours write goes the same way."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from notices import outbox
from notices.models import Mail


class OutboxBackend(BaseEmailBackend):
    """Stores each message for each of its receivers, in the caller's transaction.

    Such mails hold links that set a password or sign somebody in, so all count as secret.
    """

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        mails = []
        for message in messages:
            mails += [_mail(message, address) for address in message.recipients()]
        outbox.store(mails)
        return len(messages)


def _mail(message: EmailMessage, address: str) -> Mail:
    html = ""
    if isinstance(message, EmailMultiAlternatives):
        written = [str(content) for content, mimetype in message.alternatives if mimetype == "text/html"]
        html = "".join(written)
    return Mail(
        kind="account",
        address=address,
        subject=str(message.subject),
        text=str(message.body),
        html=html,
        reason="It belongs to an account or a link that somebody asked for.",
        secret=True,
    )
