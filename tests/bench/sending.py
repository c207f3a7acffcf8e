"""Ten thousand reminders due in one minute, beside bare sending of the same messages; planning an interview, beside
planning one that nobody is told of.

The mail server is a process of its own on loopback, which takes everything and keeps nothing.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median

from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from candidates.models import Application, Candidate, Interview, Panelist
from notices import outbox, sending
from notices.models import Mail, NoticePreferences
from scorecards import telling
from tests.bench import data
from tests.bench.figures import Figure
from tests.bench.pages import PAIRS, seconds, signed_in
from tests.config.processes import eventually, free_port, listens, running

MAILS = 10_000
PANEL = 5
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def measure(world: data.World) -> list[Figure]:
    return _planning(world) + _reminders(world)


def _reminders(world: data.World) -> list[Figure]:
    """Batch by batch the outbox and a bare connection in turn, so that a busy machine slows both alike."""
    panelists, now = _late(world), timezone.now()
    written = seconds(lambda: telling.remind(now))
    reminders = Mail.objects.filter(kind="reminded", receiver__email__startswith="late")  # the sample may owe some too
    assert reminders.filter(state="waiting").count() == MAILS
    with _mail_server():
        own, bare = _in_turn()
    assert reminders.filter(state="sent").count() == MAILS
    Panelist.objects.filter(pk__in=panelists).delete()
    return [
        Figure(f"outbox: {MAILS:,} reminders sent, of bare sending", own / bare, most=1.3),
        Figure(f"outbox: {MAILS:,} reminders found and written, of bare sending", written / bare),
        Figure("outbox: reminders sent a second", MAILS / own),
    ]


def _in_turn() -> tuple[float, float]:
    """Seconds that the outbox takes for all that is due, and bare sending of the same."""
    own = bare = 0.0
    connection = get_connection(SMTP)
    connection.open()
    while True:
        started = time.perf_counter()
        mails = sending.claim(Mail.objects.select_related("receiver"), most=outbox.BATCH)
        outbox.send_claimed(mails)
        own += time.perf_counter() - started
        if not mails:
            break
        bare += seconds(lambda: connection.send_messages([_message(mail) for mail in mails]))  # noqa: B023 - called at once
    connection.close()
    return own, bare


def _late(world: data.World) -> list[int]:
    """Panelists who owe a scorecard which became due just now, each of somebody else, who is never quiet."""
    unknown = (User(email=f"late{number}@example.com", name=f"Late {number}") for number in range(MAILS))
    people = User.objects.bulk_create(unknown)
    awake = [
        NoticePreferences(user=person, quiet_from="00:00", quiet_until="00:00", quiet_days=[]) for person in people
    ]
    NoticePreferences.objects.bulk_create(awake)
    due = timezone.now() - timedelta(minutes=1)
    names = [f"Reminded Of {number}" for number in range(MAILS // PANEL)]
    candidates = Candidate.objects.bulk_create(Candidate(name=name) for name in names)
    unsaved = [Application(candidate=row, opening=world.opening, code_name=row.name) for row in candidates]
    interviews = []
    for application in Application.objects.bulk_create(unsaved):
        times = {"starts_at": due - timedelta(hours=2), "due_at": due}
        interviews.append(Interview(application=application, round=world.round, **times))
    panelists = []
    for number, interview in enumerate(Interview.objects.bulk_create(interviews)):
        panel = people[number * PANEL : (number + 1) * PANEL]
        panelists += [Panelist(interview=interview, user=person, role=Panelist.Role.LEAD) for person in panel]
    return [panelist.pk for panelist in Panelist.objects.bulk_create(panelists)]


@contextmanager
def _mail_server() -> Iterator[None]:
    """Where the outbox sends to."""
    port = free_port()
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Sink", "-l", f"127.0.0.1:{port}"]
    log = Path(os.environ["EVENHAND_DATA"]) / "mail.log"
    with running(*command, env=os.environ, log=log):
        assert eventually(lambda: listens(port), within=20), log.read_text()
        server = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port}
        with override_settings(SENDING_BACKEND=SMTP, MAIL_IS_SET_UP=True, **server):
            yield


def _message(mail: Mail) -> EmailMultiAlternatives:
    """The same message, as a program without an outbox would write it."""
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.receiver.email], headers=headers)
    message.attach_alternative(mail.html, "text/html")
    return message


class Planner:
    """The recruiter's browser: plans interviews of one lead, each with another candidate and interviewer."""

    def __init__(self, world: data.World) -> None:
        self.world, self.client, self.numbers = world, signed_in(world.recruiter), count()
        self.people = data.interviewers(world, 2 * PAIRS + 20)

    def plan(self, starts_at: datetime) -> float:
        number = next(self.numbers)
        application = data.application(self.world, f"Planned With {number}")
        fields = {
            "round": self.world.round.pk,
            "starts_at": f"{timezone.localtime(starts_at):%Y-%m-%dT%H:%M}",
            "hours_to_score": 700,
            "leads": [self.people[number].pk],
        }

        def post() -> None:
            answer = self.client.post(f"/applications/{application.pk}/interviews/new/", fields)
            assert answer.status_code == 302, answer.content

        return seconds(post)


def _planning(world: data.World) -> list[Figure]:
    """An interview to come beside one that was held an hour ago and of which nobody is told, in interleaved pairs."""
    planner = Planner(world)
    coming, held = timezone.now() + timedelta(days=20), timezone.now() - timedelta(hours=1)
    for _ in range(5):
        planner.plan(coming)
        planner.plan(held)
    before = Mail.objects.count()
    pairs = [(planner.plan(coming), planner.plan(held)) for _ in range(PAIRS)]
    assert Mail.objects.count() == before + PAIRS
    return [
        Figure("planning an interview, of one without mail", median(own / other for own, other in pairs), most=1.2),
        Figure("planning an interview with mail", median(own for own, _ in pairs) * 1000, "ms"),
    ]
