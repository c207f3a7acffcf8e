"""How a row ended is said without a wait, and nobody who asks the database is told otherwise."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from notices import kinds, outbox, sending
from notices.models import Mail
from notices.services import Message, tell
from tests.concurrently import meanwhile


@pytest.fixture
def claimed(db) -> list[Mail]:
    Mail.objects.bulk_create(Mail(kind="account", address=f"{number}@example.org") for number in range(3))
    return sending.claim(Mail.objects.all(), most=3)


def states() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("state", flat=True))


def test_whoever_asks_meanwhile_sees_how_it_ended(claimed):
    endings = sending.Endings()

    with endings.meanwhile():
        endings.end(claimed[0], Mail.State.SENT)
        assert states() == ["sent", "sending", "sending"]
        endings.end(claimed[1], Mail.State.SENT)
        endings.end(claimed[2], Mail.State.FAILED, problem="No such person.")

    assert states() == ["sent", "sent", "failed"]
    assert Mail.objects.get(state="failed").problem == "No such person."
    assert Mail.objects.exclude(sent_at=None).count() == 2


def test_what_another_worker_has_by_now_is_left_alone(claimed):
    other = sending.Endings()
    Mail.objects.filter(pk=claimed[0].pk).update(token="3b241101-e2bb-4255-8caf-4136c566a962")

    with other.meanwhile():
        other.end(claimed[0], Mail.State.SENT)

    assert states() == ["sending", "sending", "sending"]


@pytest.mark.parametrize("more", [0, 1])
def test_a_statement_that_the_database_refuses_is_an_error_and_the_connection_goes_on(claimed, more):
    def say() -> None:
        endings = sending.Endings()
        with transaction.atomic(), endings.meanwhile():
            endings.end(claimed[0], Mail.State.FAILED, problem="x" * 301)
            for mail in claimed[1 : 1 + more]:
                endings.end(mail, Mail.State.SENT)

    with pytest.raises(DatabaseError, match="too long"):
        say()

    assert states() == ["sending", "sending", "sending"]


@pytest.mark.django_db(transaction=True)
def test_other_threads_go_on_while_somebody_else_holds_the_row():
    """Were the interpreter held as well, this test would never end."""
    Mail.objects.create(kind="account", address="held@example.org")
    [mail] = sending.claim(Mail.objects.all(), most=1)

    def end() -> None:
        endings = sending.Endings()
        with endings.meanwhile():
            endings.end(mail, Mail.State.SENT)

    went_on, outcome = meanwhile(lambda: True, end, behind=Mail.objects.filter(pk=mail.pk))

    assert (went_on, outcome) == (True, None)
    assert states() == ["sent"]


def test_a_worker_that_breaks_off_has_said_what_it_sent(claimed):
    def break_off() -> None:
        endings = sending.Endings()
        with endings.meanwhile():
            endings.end(claimed[0], Mail.State.SENT)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()

    assert states() == ["sent", "sending", "sending"]


def test_what_a_process_with_a_clock_ahead_stores_is_due_at_once(person, monkeypatch):
    ahead = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: ahead)
    tell([(person("interviewer"), Message(kind=kinds.ADDED, title="At once", not_before=ahead))])
    tell([(person("interviewer"), Message(kind=kinds.ADDED, title="Later", not_before=ahead + timedelta(hours=1)))])

    due = Mail.objects.filter(Mail.is_due(), subject__in=["At once", "Later"])

    assert [mail.subject for mail in due] == ["At once"]


def test_what_such_a_process_sends_again_is_due_at_once(claimed, person, monkeypatch):
    sending.end(claimed[0], Mail.State.SENT)
    ahead = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: ahead)

    outbox.send_again(claimed[0], by=person("admin"))

    assert Mail.objects.filter(Mail.is_due(), pk=claimed[0].pk).exists()
