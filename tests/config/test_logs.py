"""What reaches the log: no searched words; a task carries the id of the request that asked for it."""

import logging
import sys
import uuid

import pytest
import structlog
from celery import current_app
from django.conf import settings
from django.db import IntegrityError
from django.test import RequestFactory

from accounts.models import User
from config.logs import DiscreetFormatter, client_address


def test_searched_words_are_not_logged(client_of, caplog):
    with caplog.at_level(logging.INFO):
        response = client_of("recruiter").get("/candidates/", {"q": "noor-planted"})

    assert response.status_code == 200
    assert "GET /candidates/" in caplog.text
    assert "noor-planted" not in caplog.text


def test_a_request_has_one_line_that_says_who_asked_and_what_the_answer_was(client_of, person, caplog):
    with caplog.at_level(logging.INFO):
        client_of("recruiter").get("/candidates/")

    [line] = [record.msg for record in caplog.records if record.name.startswith("django_structlog")]
    assert (line["event"], line["request"], line["code"]) == ("request_finished", "GET /candidates/", 200)
    assert line["user_id"] == person("recruiter").pk


def test_a_message_carries_the_request_id():
    with current_app.connection_for_write() as broker, broker.SimpleQueue(f"test-{uuid.uuid4()}") as queue:
        with structlog.contextvars.bound_contextvars(request_id="request-7"):
            current_app.send_task("packets.build", kwargs={"packet_id": 0}, queue=queue.queue.name)

        message = queue.get(timeout=60)
        message.ack()

    assert message.headers["__django_structlog__"]["request_id"] == "request-7"


@pytest.mark.parametrize(
    ("proxies", "said", "address"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9", "198.51.100.7"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "2001:DB8::1", "2001:db8::1"),
        (1, "somewhere", None),
        (1, "", None),
    ],
)
def test_an_address_is_what_trusted_proxies_say(settings, proxies, said, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": said}, REMOTE_ADDR="10.0.0.1")

    assert client_address(request) == address


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{}, {"name": "Planted\nin lines", "sort_key": "wrong"}], ids=["key", "row"])
def test_no_value_of_a_row_reaches_the_log(changes):
    """Neither of a key that is taken, nor of a row with lines of its own that a constraint refuses."""
    address = "@".join(["planted", "example.com"])  # a traceback quotes this line
    formatter = DiscreetFormatter(processor=structlog.processors.KeyValueRenderer(key_order=["event"]))
    try:
        User.objects.create_user(address, name="Once")
        User.objects.filter(email=address).update(**changes)
        User.objects.create_user(address, name="Twice")
    except IntegrityError as error:
        record = logging.LogRecord("ours", logging.ERROR, "", 1, "failed: %r", (error,), sys.exc_info())

    told = formatter.format(record)

    assert "IntegrityError" in told
    assert told.count("(left out)") >= 2
    assert address not in told
    assert "in lines" not in told


def test_the_log_of_every_process_is_the_discreet_one():
    assert settings.LOGGING["formatters"]["plain"]["()"] == "config.logs.DiscreetFormatter"
