"""Django's way to send mail leads into the outbox: what the sign-in package and ours write goes the same way."""

import re
from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from notices import outbox
from notices.models import Mail

ADDRESS = re.compile(r"https?://\S+")


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
    written = []
    if isinstance(message, EmailMultiAlternatives):
        written = [str(content) for content, mimetype in message.alternatives if mimetype == "text/html"]
    return Mail(
        kind="account",
        address=address,
        subject=str(message.subject),
        text=str(message.body),
        html="".join(written) or _html(str(message.subject), str(message.body)),
        reason="It belongs to an account or a link that somebody asked for.",
        secret=True,
    )


def _html(title: str, text: str) -> str:
    """The text as HTML. Only an address that is a paragraph of its own becomes a link, so
    that no name in a text leads anywhere."""
    paragraphs = [paragraph.strip() for paragraph in text.split("\n\n")]
    links = [paragraph for paragraph in paragraphs if ADDRESS.fullmatch(paragraph)]
    context = {"title": title, "paragraphs": filter(None, paragraphs), "links": links}
    return render_to_string("notices/mail/letter.html", context)
