"""A test mail to the one who asks for it, sent here and now, so that the server's
answer is seen."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from accounts.models import User
from audit.services import record

LIMIT = 10  # seconds
TEXT = "This is the test mail that you asked for on the status page of Evenhand. Mail works.\n"


class MailRefused(RuntimeError):
    """The message says what the server or the network answered."""


def send_test_mail(*, by: User) -> None:
    """To their own address. Raises MailRefused, also where mail is not set up."""
    record("mail.tested", by=by)
    if not settings.MAIL_IS_SET_UP:
        raise MailRefused("E-mail is not set up. Set EMAIL_URL to your mail server.")
    server = get_connection(settings.SENDING_BACKEND, timeout=LIMIT)
    try:
        EmailMessage("Evenhand: test mail", TEXT, to=[by.email], connection=server).send()
    except (SMTPException, OSError, ValueError) as error:
        raise MailRefused(" ".join(str(error).split())[:300] or type(error).__name__) from error
