"""Webhooks on their pages: added, shown by host alone, tried, removed."""

import pytest
from django.urls import reverse

from audit.models import Event
from notices.models import ChatMessage, Webhook
from tests.pages import html_of

SENT = {"address": "https://hooks.example.com/services/T1/B2/secret", "form": "slack"}


@pytest.fixture
def url(opening) -> str:
    return reverse("opening_webhooks", args=[opening.pk])


def test_one_is_added_and_its_address_is_not_shown_again(client_of, url):
    client = client_of("recruiter")

    page = html_of(client.post(url, SENT, follow=True))

    assert "hooks.example.com" in page
    assert "T1/B2" not in page
    assert Event.objects.filter(kind="webhook.added").exists()


@pytest.mark.parametrize("address", ["http://hooks.example.com/1", "https://127.0.0.1/1", "hooks"])
def test_an_address_that_may_not_be_is_refused_at_its_field(client_of, url, address):
    response = client_of("recruiter").post(url, SENT | {"address": address})

    assert response.status_code == 422
    assert not Webhook.objects.exists()


def test_trying_tells_one_message_and_removing_takes_all_along(client_of, url):
    client = client_of("recruiter")
    client.post(url, SENT)
    hook = Webhook.objects.get()

    page = html_of(client.post(reverse("webhook_try", args=[hook.pk]), follow=True))
    assert "Evenhand reaches this channel." in page
    client.post(reverse("webhook_remove", args=[hook.pk]))

    assert not ChatMessage.objects.exists()


def test_those_of_the_installation_are_for_administrators(client_of, url):
    client_of("admin").post(reverse("webhooks"), SENT)
    hook = Webhook.objects.get(opening_id=None)

    assert client_of("recruiter").post(reverse("webhook_remove", args=[hook.pk])).status_code == 404
    assert client_of("admin").post(reverse("webhook_remove", args=[hook.pk])).status_code == 302
