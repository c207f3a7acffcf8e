"""The outbox against a real mail server: sent once, tried again, told, stopped."""

import asyncio
import signal
import threading
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notices import outbox, sending
from notices.models import Mail
from tests.concurrently import side_by_side


@pytest.fixture
def waiting(person):
    """The only mail, to somebody of the sample, that may be sent now."""
    Mail.objects.all().delete()
    return Mail.objects.create(kind="added", receiver=person("manager"), subject="Added", text="You were added.")


def state(mail: Mail) -> tuple[str, str]:
    mail.refresh_from_db()
    return mail.state, mail.problem


def test_a_mail_is_sent_once_with_its_own_id_and_both_forms(mail_server, waiting):
    waiting.html = "<p>You were added.</p>"
    waiting.save()

    assert outbox.send_due() == 1
    assert outbox.send_due() == 0

    (message,) = mail_server.taken
    assert message["Message-ID"] == waiting.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["To"] == "manager@example.com"
    assert message.get_body(("plain",)).get_content().strip() == "You were added."
    assert "<p>You were added.</p>" in message.get_body(("html",)).get_content()
    assert state(waiting) == ("sent", "")


def test_it_goes_to_the_address_that_the_person_has_now(mail_server, waiting, person):
    manager = person("manager")
    manager.email = "moved@example.com"
    manager.save(update_fields=["email"])

    outbox.send_due()

    assert [message["To"] for message in mail_server.taken] == ["moved@example.com"]


def test_nothing_goes_to_a_person_who_is_switched_off(mail_server, waiting, person):
    manager = person("manager")
    manager.is_active = False
    manager.save(update_fields=["is_active"])

    assert outbox.send_due() == 0
    assert mail_server.taken == []
    assert state(waiting) == ("stopped", "The receiver’s account is switched off.")


def test_nothing_goes_to_nowhere_and_the_next_mail_is_sent(mail_server, waiting, person):
    manager = person("manager")
    manager.email = ""
    manager.save(update_fields=["email"])
    Mail.objects.create(kind="account", address="", subject="Also nowhere")
    other = Mail.objects.create(kind="added", receiver=person("admin"), subject="Second")

    assert outbox.send_due() == 1

    assert state(waiting) == ("stopped", "The receiver has no e-mail address.")
    assert state(other) == ("sent", "")


@pytest.mark.parametrize("address", ["no address", "a@b@c.example", "ünï@example.com", "a\r\nBcc: e@example.com"])
def test_an_address_that_is_none_fails_alone_and_begins_no_header(mail_server, waiting, person, address):
    Mail.objects.update(receiver=None, address=address)
    other = Mail.objects.create(kind="added", receiver=person("admin"), subject="Second")

    outbox.send_due()

    assert state(other) == ("sent", "")
    assert state(waiting)[0] != "waiting"
    assert not any(message["Bcc"] for message in mail_server.taken)


def test_a_line_end_in_a_subject_begins_no_header(mail_server, waiting):
    waiting.subject = "Added\r\nBcc: everybody@example.com"
    waiting.save()

    outbox.send_due()

    (message,) = mail_server.taken
    assert message["Bcc"] is None
    assert message["Subject"] == "Added Bcc: everybody@example.com"


def test_a_refused_address_fails_for_good_and_the_next_mail_is_sent(mail_server, waiting, person):
    mail_server.refused["manager@example.com"] = "550 5.1.1 no such person"
    other = Mail.objects.create(kind="added", receiver=person("admin"), subject="Second")

    assert outbox.send_due() == 1

    assert state(waiting) == ("failed", "The mail server said 550: 5.1.1 no such person")
    assert state(other) == ("sent", "")


def test_a_busy_server_is_asked_again_later_under_the_same_id(mail_server, waiting):
    mail_server.answer = "451 4.3.2 try again later"

    outbox.send_due()
    assert state(waiting)[0] == "waiting"
    assert waiting.not_before > timezone.now()
    assert outbox.send_due() == 0

    mail_server.answer = "250 OK"
    Mail.objects.update(not_before=timezone.now())
    outbox.send_due()
    assert [message["Message-ID"] for message in mail_server.taken] == [waiting.message_id]


def test_a_server_that_is_away_is_asked_once_for_all_and_given_up_on_in_the_end(settings, waiting, person):
    settings.SENDING_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    other = Mail.objects.create(kind="added", receiver=person("admin"), subject="Second")

    for _ in range(len(sending.PAUSES) + 1):
        Mail.objects.update(not_before=timezone.now())
        assert outbox.send_due() == 0

    problem = "The mail server could not be reached (ConnectionRefusedError)."
    assert state(waiting) == state(other) == ("failed", problem)


def test_what_a_worker_held_as_it_died_is_sent_by_the_next(mail_server, waiting):
    held = sending.claim(Mail.objects.all(), most=50)
    assert [mail.pk for mail in held] == [waiting.pk]
    assert outbox.send_due() == 0

    Mail.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert outbox.send_due() == 1
    assert [message["Message-ID"] for message in mail_server.taken] == [waiting.message_id]


def test_a_worker_whose_clock_is_ahead_sends_no_mail_that_another_holds_and_none_too_early(
    mail_server, waiting, monkeypatch
):
    sending.claim(Mail.objects.all(), most=50)
    later = Mail.objects.create(kind="added", receiver=waiting.receiver, subject="Later", text="Not yet.")
    Mail.objects.filter(pk=later.pk).update(not_before=timezone.now() + timedelta(hours=1))
    strange = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: strange)

    assert outbox.send_due() == 0
    assert mail_server.taken == []


def test_a_worker_that_lost_its_mail_to_another_sends_nothing(mail_server, waiting):
    (held,) = sending.claim(Mail.objects.all(), most=50)
    Mail.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    outbox.send_due()

    outbox.send_claimed([held])

    assert len(mail_server.taken) == 1


def test_what_a_newer_message_overtakes_is_not_tried_again(mail_server, waiting):
    """Such as an invitation that the server puts off while the interview is cancelled."""
    Mail.objects.update(thread="interview:1:2")
    held = sending.claim(Mail.objects.all(), most=50)
    mail_server.answer = "451 4.3.2 try again later"

    outbox.stop_waiting(["interview:1:2"])
    outbox.send_claimed(held)
    Mail.objects.update(not_before=timezone.now())

    assert outbox.send_due() == 0
    assert state(waiting) == ("stopped", "A newer message took its place.")


def test_what_is_erased_while_a_worker_holds_it_is_not_sent(mail_server, waiting, person):
    other = Mail.objects.create(kind="added", receiver=person("admin"), subject="Second")
    held = sending.claim(Mail.objects.all(), most=50)
    waiting.delete()

    assert outbox.send_claimed(held) == 1

    assert mail_server.subjects() == ["Second"]
    assert state(other) == ("sent", "")


def test_a_lease_that_ends_soon_is_prolonged_and_a_fresh_one_is_left(mail_server, waiting):
    (held,) = sending.claim(Mail.objects.all(), most=50)
    fresh = held.lease_until
    assert list(sending.still_ours([held])) == [held]
    held.refresh_from_db()
    assert held.lease_until == fresh

    Mail.objects.update(lease_until=timezone.now() + timedelta(seconds=30))
    assert list(sending.still_ours([held])) == [held]
    held.refresh_from_db()
    assert held.lease_until > timezone.now() + sending.ONE_TRY


def test_the_outbox_asks_as_often_and_by_index_however_much_was_sent(mail_server, person):
    """With 10 and with 1,000 sent rows: the same queries, none of which reads the sent ones."""
    Mail.objects.all().delete()
    counts = []
    for sent in (10, 990):
        rows = [Mail(kind="added", address="old@example.com", subject="Old", state="sent") for _ in range(sent)]
        Mail.objects.bulk_create(rows)
        Mail.objects.create(kind="added", receiver=person("admin"), subject="New", thread="thread:1")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE notices_mail")
        with CaptureQueriesContext(connection) as seen:
            outbox.stop_waiting(["thread:2"])
            assert outbox.send_due() == 1
        counts.append(len(seen))

    assert counts[0] == counts[1]
    due = Mail.objects.filter(Mail.is_due()).order_by("not_before", "pk")[: outbox.BATCH]
    waiting = Mail.objects.filter(thread__in=["thread:2"], state="waiting")
    for plan in (due.explain(), waiting.explain()):
        assert "Seq Scan" not in plan


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_mail_once(mail_server):
    Mail.objects.bulk_create(
        Mail(kind="added", address=f"p{number}@example.com", subject=f"Number {number}") for number in range(120)
    )

    side_by_side(outbox.send_due, times=2)

    assert sorted(mail_server.subjects()) == sorted(f"Number {number}" for number in range(120))


def test_a_task_ends_in_time_and_lets_another_go_on(mail_server, person, monkeypatch):
    Mail.objects.all().delete()
    monkeypatch.setattr(sending, "RUN", 0.0)
    monkeypatch.setattr(outbox, "BATCH", 2)
    Mail.objects.bulk_create(Mail(kind="added", receiver=person("admin"), subject=str(number)) for number in range(5))

    assert [outbox.send_due() for _ in range(4)] == [2, 2, 1, 0]


def test_what_a_slow_server_leaves_of_a_batch_is_given_back_untried(mail_server, person, monkeypatch):
    Mail.objects.all().delete()
    monkeypatch.setattr(sending, "RUN", 0.0)
    monkeypatch.setattr(sending, "ONE_BATCH", -1.0)
    mail = Mail.objects.create(kind="added", receiver=person("admin"), subject="Later")

    assert outbox.send_due() == 0

    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.token) == ("waiting", 0, None)
    monkeypatch.undo()
    assert outbox.send_due() == 1


@pytest.fixture
def told_to_end():
    """Set once this process was told that time is up, as Celery tells it: by a signal."""
    told = threading.Event()

    def end(number, frame):
        told.set()
        raise SoftTimeLimitExceeded

    before = signal.signal(signal.SIGUSR1, end)
    yield told
    signal.signal(signal.SIGUSR1, before)


def test_what_the_server_takes_as_time_is_up_is_said(mail_server, person, told_to_end):
    """Two are on their way by then."""
    Mail.objects.all().delete()
    Mail.objects.bulk_create(Mail(kind="added", receiver=person("admin"), subject=str(number)) for number in range(9))
    take, came = mail_server.handle_DATA, []

    async def handle_data(server, session, envelope):
        came.append(envelope)
        if len(came) == 5:
            signal.pthread_kill(threading.main_thread().ident, signal.SIGUSR1)
        while len(came) > 3 and not told_to_end.is_set():
            await asyncio.sleep(0.01)
        return await take(server, session, envelope)

    mail_server.handle_DATA = handle_data
    with pytest.raises(SoftTimeLimitExceeded):
        outbox.send_due()

    sent = Mail.objects.filter(state="sent").values_list("subject", flat=True)
    assert len(sent) == 5
    assert sorted(sent) == sorted(mail_server.subjects())


def test_what_is_taken_back_leaves_no_mail(waiting):
    with transaction.atomic():
        outbox.store([Mail(kind="added", address="gone@example.com", subject="Gone")])
        transaction.set_rollback(True)

    assert not Mail.objects.filter(subject="Gone").exists()


def test_the_words_of_a_link_go_once_they_are_sent(mail_server, settings, sample):
    settings.EMAIL_BACKEND = "notices.backends.OutboxBackend"
    message = EmailMultiAlternatives("Reset", "https://evenhand.example/reset/key", to=["manager@example.com"])
    message.attach_alternative("<a>reset</a>", "text/html")
    message.send()
    mail = Mail.objects.get(secret=True)
    Mail.objects.exclude(pk=mail.pk).delete()

    outbox.send_due()

    mail.refresh_from_db()
    assert "reset/key" in mail_server.taken[0].get_body(("plain",)).get_content()
    assert (mail.state, mail.text, mail.html) == ("sent", "", "")


def test_a_sent_mail_is_sent_again_as_a_new_one_and_a_link_never(mail_server, waiting, person):
    outbox.send_due()
    waiting.refresh_from_db()

    outbox.send_again(waiting, by=person("admin"))
    outbox.send_due()

    first, second = (message["Message-ID"] for message in mail_server.taken)
    assert first != second
    Mail.objects.update(secret=True)
    with pytest.raises(ValidationError, match="works once"):
        outbox.send_again(waiting, by=person("admin"))


def test_what_waits_can_be_stopped_and_what_is_sent_cannot(mail_server, waiting, person):
    outbox.stop(waiting, by=person("admin"))
    assert outbox.send_due() == 0
    with pytest.raises(ValidationError, match="not waiting"):
        outbox.stop(waiting, by=person("admin"))


def test_what_ended_long_ago_goes_and_what_waits_stays(waiting, person):
    long_ago = timezone.now() - timedelta(days=100)
    Mail.objects.create(kind="added", receiver=person("admin"), subject="Old", state="sent", created_at=long_ago)
    Mail.objects.update(created_at=long_ago)

    assert outbox.tidy(timezone.now() - timedelta(days=90)) == 1
    assert list(Mail.objects.all()) == [waiting]


# --- mail is not set up --------------------------------------------------------
@pytest.fixture
def nobody_is_reached(settings):
    """As without EMAIL_URL."""
    settings.MAIL_IS_SET_UP = False
    settings.SENDING_BACKEND = "django.core.mail.backends.console.EmailBackend"


@pytest.mark.usefixtures("nobody_is_reached")
def test_what_nobody_was_sent_is_never_called_sent(waiting, capsys):
    secret = Mail.objects.create(kind="account", address="new@example.com", subject="Link", text="secret", secret=True)

    assert outbox.send_due() == 0

    assert state(waiting) == ("stopped", outbox.NOT_SET_UP)
    assert state(secret) == ("stopped", outbox.NOT_SET_UP)
    assert waiting.sent_at is None
    assert (bool(waiting.text), secret.text) == (True, "")
    assert waiting.subject in capsys.readouterr().out


def test_what_was_stopped_for_that_is_sent_once_mail_is_set_up(mail_server, waiting, person, settings):
    settings.MAIL_IS_SET_UP = False
    Mail.objects.filter(pk=waiting.pk).update(state="stopped", problem=outbox.NOT_SET_UP)
    waiting.refresh_from_db()
    with pytest.raises(ValidationError, match="not set up"):
        outbox.send_again(waiting, by=person("admin"))

    settings.MAIL_IS_SET_UP = True
    outbox.send_again(waiting, by=person("admin"))
    outbox.send_due()

    assert state(waiting) == ("sent", "")
    assert len(mail_server.taken) == 1


def test_what_a_newer_message_overtook_is_not_sent_again(mail_server, waiting, person):
    by, same = person("admin"), {"receiver": person("manager"), "thread": "interview:1:2", "state": "sent"}
    invitation = Mail.objects.create(kind="invited", subject="Interview", **same)
    cancellation = Mail.objects.create(kind="cancelled", subject="Cancelled interview", **same)

    with pytest.raises(ValidationError, match="newer message"):
        outbox.send_again(invitation, by=by)
    outbox.send_again(cancellation, by=by)

    assert state(invitation)[0] == "sent"
    assert state(cancellation)[0] == "waiting"
