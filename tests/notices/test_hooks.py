"""Webhooks against a real program: told once, signed, tried again, answers kept."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from notices import hooks, kinds, sending
from notices.hooks import Told
from notices.models import ChatMessage, Webhook
from notices.sending import PAUSES
from tests.concurrently import side_by_side
from tests.notices.chat import channel

EVENT = Told(kinds.INVITED, "Interview planned: Kestrel", "Deep dive, tomorrow", "/applications/3/", ("application", 3))


@pytest.fixture
def chat(settings):
    settings.WEBHOOKS_INSIDE = True
    with channel() as found:
        yield found


@pytest.fixture
def hook(chat, person) -> Webhook:
    return hooks.add_hook(chat.address, form="json", opening_id=7, by=person("recruiter"))


def waiting(hook: Webhook) -> ChatMessage:
    [message] = hooks.store([hook], [EVENT])
    return message


def state(message: ChatMessage) -> tuple[str, int | None, str]:
    message.refresh_from_db()
    return message.state, message.answer_status, message.answer


def test_a_message_is_sent_once_and_its_signature_can_be_checked(chat, hook, settings):
    settings.SITE_URL = "https://hire.example.com"
    message = waiting(hook)

    assert hooks.send_due() == 1
    assert hooks.send_due() == 0

    [(headers, body)] = chat.told
    timestamp, signed = headers["X-Evenhand-Timestamp"], headers["X-Evenhand-Signature"]
    key = hooks.secret_of(hook).encode()
    assert signed == "v1=" + hmac.new(key, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert abs(int(timestamp) - timezone.now().timestamp()) < 60
    assert headers["X-Evenhand-Delivery"] == str(message.delivery)
    assert json.loads(body)["link"] == "https://hire.example.com/applications/3/"
    assert state(message) == ("sent", 200, "ok")


def test_two_webhooks_have_two_keys(hook, person, chat):
    other = hooks.add_hook(chat.address, form="json", opening_id=7, by=person("recruiter"))

    assert hooks.secret_of(hook) != hooks.secret_of(other)
    assert hooks.secret_of(hook) == hooks.secret_of(Webhook.objects.get(pk=hook.pk))


@pytest.mark.parametrize("status", [500, 503, 429, 408])
def test_a_busy_channel_is_asked_again_later_under_the_same_delivery(chat, hook, status):
    message = waiting(hook)
    chat.status, chat.words = status, "later"

    hooks.send_due()
    assert state(message) == ("waiting", status, "later")
    assert hooks.send_due() == 0

    chat.status = 200
    ChatMessage.objects.update(not_before=timezone.now())
    assert hooks.send_due() == 1
    assert len({headers["X-Evenhand-Delivery"] for headers, _ in chat.told}) == 1


@pytest.mark.parametrize("status", [302, 400, 404, 410])
def test_a_channel_that_refuses_is_not_asked_again_and_its_words_are_kept_in_part(chat, hook, status):
    message = waiting(hook)
    chat.status, chat.words = status, "no" * 2_000

    hooks.send_due()

    assert state(message) == ("failed", status, "no" * 500)


def test_a_channel_that_is_away_is_given_up_on_in_the_end(hook, chat):
    message = waiting(hook)
    Webhook.objects.update(address="http://127.0.0.1:9/")

    for _ in range(len(PAUSES) + 1):
        ChatMessage.objects.update(not_before=timezone.now())
        assert hooks.send_due() == 0

    assert state(message) == ("failed", None, "No answer from 127.0.0.1 (ConnectionRefusedError).")


def test_nothing_goes_inside_once_that_is_not_allowed(chat, hook, settings):
    message = waiting(hook)
    settings.WEBHOOKS_INSIDE = False

    hooks.send_due()

    assert chat.told == []
    assert state(message)[0] == "failed"
    with pytest.raises(ValidationError, match="https://"):
        hooks.add_hook(chat.address, form="json", opening_id=7, by=hook.made_by)


def test_what_a_worker_held_as_it_died_is_sent_by_the_next(chat, hook):
    message = waiting(hook)
    [held] = sending.claim(ChatMessage.objects.all(), most=20)
    assert hooks.send_due() == 0

    ChatMessage.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert hooks.send_due() == 1
    assert list(sending.still_ours([held])) == []

    assert len(chat.told) == 1
    assert state(message)[0] == "sent"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_message_once(hook, chat):
    for _ in range(30):
        waiting(hook)

    side_by_side(hooks.send_due, times=2)

    told = [headers["X-Evenhand-Delivery"] for headers, _ in chat.told]
    assert len(told) == len(set(told)) == 30


def test_ten_webhooks_are_the_most_of_one_place(hook, chat, person):
    for _ in range(9):
        hooks.add_hook(chat.address, form="slack", opening_id=7, by=person("recruiter"))

    with pytest.raises(ValidationError, match="10 webhooks"):
        hooks.add_hook(chat.address, form="slack", opening_id=7, by=person("recruiter"))
    assert hooks.add_hook(chat.address, form="slack", opening_id=None, by=person("admin"))


def test_what_ended_long_ago_goes_and_what_waits_stays(hook):
    old, kept = waiting(hook), waiting(hook)
    long_ago = timezone.now() - timedelta(days=100)
    ChatMessage.objects.update(created_at=long_ago)
    ChatMessage.objects.filter(pk=old.pk).update(state="sent")

    assert hooks.tidy(timezone.now() - timedelta(days=90)) == 1
    assert list(ChatMessage.objects.all()) == [kept]
