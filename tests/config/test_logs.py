"""What reaches the log: no searched words; a task carries the id of the request that asked for it."""

import logging
import uuid

import structlog
from celery import current_app


def test_searched_words_are_not_logged(as_, caplog):
    with caplog.at_level(logging.INFO):
        response = as_("recruiter").get("/candidates/", {"q": "noor-planted"})

    assert response.status_code == 200
    assert "GET /candidates/" in caplog.text
    assert "noor-planted" not in caplog.text


def test_a_message_carries_the_request_id():
    with current_app.connection_for_write() as broker, broker.SimpleQueue(f"test-{uuid.uuid4()}") as queue:
        with structlog.contextvars.bound_contextvars(request_id="request-7"):
            current_app.send_task("scorecards.build_packet", kwargs={"packet_id": 0}, queue=queue.queue.name)

        message = queue.get(timeout=10)
        message.ack()

    assert message.headers["__django_structlog__"]["request_id"] == "request-7"
