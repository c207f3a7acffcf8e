"""The page says what works and what to do about what does not; nothing of it hangs on the part that is broken."""

import pytest
from django.urls import reverse

from operations.patience import Failed
from operations.status import current_status
from tests.config.processes import free_port


def test_the_page_names_every_part_and_what_to_do(client_of):
    page = client_of("admin").get(reverse("status"))

    text = page.content.decode()
    for one in page.context["status"].findings:
        assert one.part.capitalize() in text
    assert "Beat has not started anything yet." in text
    assert "Start beat." in text
    assert "packets.sweep" in text


def test_metrics_are_text_for_administrators(client_of):
    answer = client_of("admin").get(reverse("metrics"))

    assert answer["Content-Type"].startswith("text/plain; version=")
    assert b"\nevenhand_database_bytes " in answer.content


@pytest.mark.parametrize("away", [False, True])
def test_the_button_says_what_became_of_the_mail(client_of, settings, away):
    if away:
        settings.SENDING_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    client = client_of("admin")

    page = client.post(reverse("status_test_mail"), follow=True)

    told = [str(message) for message in page.context["messages"]]
    words = "was not sent: " if away else "handed over for admin@example.com"
    assert [words in line for line in told] == [True]


@pytest.mark.usefixtures("sample")
def test_a_part_that_never_answers_does_not_keep_the_page(client_of, monkeypatch):
    late = Failed("no answer within 3 seconds")
    monkeypatch.setattr("operations.probes.storage", lambda: late)

    page = client_of("admin").get(reverse("status"))

    assert b"could not be written and read back (no answer within 3 seconds)" in page.content
    assert current_status().state == "broken"
