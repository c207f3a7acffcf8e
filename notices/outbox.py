"""The outbox: storing mail, sending it once, sending it again, stopping it.

A mail that a server took and that is not yet marked as sent when its worker dies, or
whose mark the database loses as it crashes, is sent once more under the same Message-ID,
by which servers and readers drop the second copy. Nothing else is ever sent twice by
itself.
"""

import secrets
import smtplib
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.message import EmailMessage
from email.mime.text import MIMEText
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models.functions import Now

from accounts.locks import lock_rows
from accounts.models import User
from audit.services import record
from notices import sending
from notices.carrying import Carrier, ServerAway
from notices.kinds import ALL_IN
from notices.letters import said_anew
from notices.models import Mail, Notice, outdated, say_undelivered
from notices.waking import wake

logger = structlog.get_logger(__name__)

SEND_TASK = "notices.send_mail"  # by name: tasks stand above services and import them
BATCH = 100
NOT_SET_UP = "E-mail is not set up, so nobody was sent this."


class Letter(EmailMultiAlternatives):
    """A message that brings the boundaries between its parts.

    The mail library looks for free ones with a pattern of each message, which takes a
    tenth of what sending takes. Nobody who wrote a text can know 128 random bits.
    MIME's version stands at the top alone, as RFC 2045, section 4, asks: writing a line
    of a head takes a fiftieth of sending.
    """

    def message(self, **options: Any) -> EmailMessage:
        built = super().message(**options)
        for part in built.walk():
            if part.is_multipart():
                part.set_boundary(f"={secrets.token_hex(16)}")
            if part is not built:
                del part["MIME-Version"]
        return built


def store(mails: Iterable[Mail]) -> list[Mail]:
    """Put mail into the outbox, in the caller's transaction; a worker is woken as it commits."""
    stored = Mail.objects.bulk_create(sending.by_the_databases_clock(mails))
    if stored:
        transaction.on_commit(_wake)
    return stored


def _wake() -> None:
    """Tell a worker; where no broker is reached the sweep of each minute sends it."""
    wake(SEND_TASK)


def stop_waiting(threads: Iterable[str]) -> None:
    """Stop what still waits in these threads, because something newer says it better.

    What a worker has in hand may arrive all the same, but is not tried again after it.
    """
    wanted = list(threads)
    if not wanted:
        return
    of_them = Mail.objects.filter(thread__in=wanted)
    found = of_them.filter(state=Mail.State.WAITING) | of_them.filter(state=Mail.State.SENDING)  # an index each
    words = "A newer message took its place."
    if pks := lock_rows(found):
        found = Mail.objects.filter(pk__in=pks)
        found.update(state=Mail.State.STOPPED, token=None, lease_until=None, problem=words)


def send_due() -> int:
    """Send what is due, in batches; how many were sent."""
    sent = 0
    for mails in sending.batches(Mail.objects.select_related("receiver"), most=BATCH, go_on=_wake):
        sent += send_claimed(mails)
    return sent


def send_claimed(mails: list[Mail]) -> int:
    """Send these, which this worker has claimed; how many were sent.

    A server that is away is asked once, not for each. What says nothing true any more
    is stopped, and a mail in place of several says what is left.
    """
    stale = outdated(mails) + said_anew(mails)
    for mail in stale:
        _end(mail, Mail.State.STOPPED, "What it says is settled.")
    _may_be_told_again(stale)
    mails = [mail for mail in mails if mail not in stale]
    if not mails:
        return 0
    report = _Report()
    wanted = _wanted(sending.still_ours(mails), report)
    with report.endings.meanwhile(), Carrier(letter) as carrier:
        try:
            for mail, error in carrier.carry(wanted):
                report.say(mail, error)
        finally:  # what a server took is said, also where time is up
            for mail, error in carrier.rest():
                report.say(mail, error)
        for mail in wanted:  # those that nobody tried
            report.failed(mail, report.away)
    return report.sent


def _may_be_told_again(stale: Iterable[Mail]) -> None:
    """Forget that it was told, of these mails that reached nobody, that all scorecards are
    in: they may be in again without anything new."""
    notices = [mail.notice_id for mail in stale if mail.kind == ALL_IN.key and mail.notice_id]
    if notices:
        Notice.objects.filter(pk__in=notices).update(key=None)


class _Report:
    """Says in the rows how each mail ended, and keeps how many were sent and why a server is
    away."""

    def __init__(self) -> None:
        self.endings = sending.Endings()
        self.sent = 0
        self.away = ""

    def say(self, mail: Mail, error: Exception | None) -> None:
        if error is None:
            _sent(mail, self.endings)
            self.sent += int(settings.MAIL_IS_SET_UP)
        elif isinstance(error, ServerAway):
            self.away = _words_of_absence(error.__cause__)
            self.failed(mail, self.away)
        else:
            self.not_taken(mail, error)

    def not_taken(self, mail: Mail, error: Exception) -> None:
        """A refusal for good ends the mail (codes of 500 and over, RFC 5321, 4.2.1); all else is tried again."""
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            code, said = next(iter(error.recipients.values()))
            error = smtplib.SMTPDataError(code, said)
        for_good = isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500
        if for_good or not isinstance(error, OSError):
            self.give_up(mail, Mail.State.FAILED, _words(error))
        else:
            self.failed(mail, _words(error))

    def failed(self, mail: Mail, words: str) -> None:
        """Try again after a pause, or give up after the last."""
        logger.warning("mail_not_sent", mail=mail.pk, attempts=mail.attempts)
        if sending.is_last(mail):
            self.give_up(mail, Mail.State.FAILED, words)
        else:
            sending.wait(mail, problem=words)

    def give_up(self, mail: Mail, state: str, words: str) -> None:
        """End it and tell whom it concerns: both, or neither where the worker dies meanwhile."""
        self.endings.answered()  # a transaction cannot begin before
        with transaction.atomic():
            _end(mail, state, words)
            say_undelivered(mail, words)


def _wanted(mails: Iterable[Mail], report: _Report) -> Iterator[Mail]:
    """Those that should go out after all; the others are stopped, and say why."""
    for mail in mails:
        if mail.receiver is not None and not mail.receiver.is_active:
            _end(mail, Mail.State.STOPPED, "The receiver’s account is switched off.")
        elif not _address(mail):
            report.give_up(mail, Mail.State.STOPPED, "The receiver has no e-mail address.")
        else:
            yield mail


def _address(mail: Mail) -> str:
    if mail.receiver is not None:
        return mail.receiver.email
    return mail.address


def letter(mail: Mail) -> Letter:
    """The mail as it is sent; line ends in names and titles cannot begin a header.

    It asks the database nothing where the receiver is loaded.
    """
    message = Letter(
        subject=" ".join(mail.subject.split()),
        body=mail.text,
        to=[_address(mail)],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        message.attach(_calendar(mail))
    return message


def _calendar(mail: Mail) -> MIMEText:
    """The invitation as its own part, which calendar programs look for by its method."""
    part = MIMEText(mail.calendar, "calendar", "utf-8")
    part.set_param("method", mail.calendar_method)
    part.add_header("Content-Disposition", "attachment", filename="interview.ics")
    return part


def _words(error: Exception) -> str:
    """What went wrong, for an administrator; the server's own words where there are some."""
    if isinstance(error, OSError):  # what the mail library raises is one
        return _words_of_absence(error)
    return "The message could not be written as mail. Look at its address and subject."


def _words_of_absence(error: BaseException | None) -> str:
    """Why a server takes nothing now, in its own words where there are some."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        words = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
        return f"The mail server said {error.smtp_code}: {words}"[:300]
    return f"The mail server could not be reached ({type(error).__name__})."[:300]


def _sent(mail: Mail, endings: sending.Endings) -> None:
    """Say that it was sent, or that it reached nobody where mail is not set up.

    The words of a secret mail go: they open something.
    """
    words = {"text": "", "html": ""} if mail.secret else {}
    if settings.MAIL_IS_SET_UP:
        endings.end(mail, Mail.State.SENT, problem="", **words)
    else:
        endings.end(mail, Mail.State.STOPPED, problem=NOT_SET_UP, **words)


def _end(mail: Mail, state: str, problem: str) -> None:
    sending.end(mail, state, problem=problem)


@transaction.atomic
def send_again(mail: Mail, *, by: User) -> None:
    """Send a mail that was sent, failed or stopped once more, as a new message.

    Raises ValidationError where it is on its way, or its words are gone, mail is not set
    up, or a newer one of its thread says otherwise, such as that an interview is off.
    """
    if not settings.MAIL_IS_SET_UP:
        raise ValidationError("E-mail is not set up, so nothing can be sent.")
    mail = Mail.objects.select_for_update(of=("self",), no_key=True).get(pk=mail.pk)
    if mail.state in {Mail.State.WAITING, Mail.State.SENDING}:
        raise ValidationError("This message is still on its way, so there is nothing to send again.")
    if mail.secret:
        raise ValidationError("This message held a link that works once. Ask for a new link instead.")
    in_thread = Mail.objects.filter(receiver=mail.receiver_id, thread=mail.thread)
    if mail.thread and in_thread.filter(pk__gt=mail.pk).exists():
        raise ValidationError("A newer message about the same thing has been written since. Send that one again.")
    fresh = Mail()
    mail.state, mail.message_id = Mail.State.WAITING, fresh.message_id
    mail.attempts, mail.problem, mail.not_before = 0, "", Now()
    mail.save(update_fields=["state", "message_id", "attempts", "problem", "not_before"])
    record("mail.sent_again", by=by, subject=mail)
    transaction.on_commit(_wake)


@transaction.atomic
def stop(mail: Mail, *, by: User) -> None:
    """Stop a mail that waits. Raises ValidationError where it is not waiting any more."""
    waiting = Mail.objects.filter(pk=mail.pk, state=Mail.State.WAITING)
    if not waiting.update(state=Mail.State.STOPPED, problem="Stopped by an administrator."):
        raise ValidationError("This message is not waiting any more, so it cannot be stopped.")
    record("mail.stopped", by=by, subject=mail)


def tidy(before: datetime) -> int:
    """Delete what ended before that moment; how many rows."""
    return sending.tidied(Mail.objects.all(), before=before)
