"""Webhooks on their pages: added, shown by host alone, tried, removed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import Event
from candidates.channels import tell_channels_of
from candidates.openings import changing
from candidates.services import plan_interview
from notices import hooks, kinds
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


@pytest.fixture
def all_in(scored_application, person):
    """What the opening's channel and the installation's have heard."""
    for place in (scored_application.opening_id, None):
        hooks.add_hook("https://hooks.example.com/1", form="slack", opening_id=place, by=person("admin"))
    tell_channels_of(kinds.ALL_IN, scored_application)
    ChatMessage.objects.update(state="sent")
    return scored_application


def test_how_far_others_are_is_not_listed_for_who_owes_a_scorecard_there(all_in, client_of, person, tomorrow):
    url, name = reverse("opening_webhooks", args=[all_in.opening_id]), all_in.candidate.name
    assert f"All scorecards are in: {name}" in html_of(client_of("recruiter").get(url))

    plan_interview(
        all_in,
        round=all_in.opening.rounds.first(),
        starts_at=tomorrow,
        due_at=tomorrow + timedelta(days=1),
        leads=[person("recruiter")],
        shadows=[],
        by=person("admin"),
    )

    assert "All scorecards are in" not in html_of(client_of("recruiter").get(url))


def test_what_a_channel_has_heard_is_listed_without_names_once_the_opening_is_confidential(all_in, client_of, person):
    url, name = reverse("webhooks"), all_in.candidate.name
    assert name in html_of(client_of("admin").get(url))

    changing.edit_opening(
        all_in.opening, title=all_in.opening.title, confidential=True, anonymous=False, by=person("recruiter")
    )

    page = html_of(client_of("admin").get(url))
    assert "All scorecards are in" in page
    assert name not in page
    assert all_in.opening.title not in page
