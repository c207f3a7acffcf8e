"""Packets of several candidates over HTTP: chosen, followed, downloaded by the one who asked, and on record."""

import io
import zipfile

import pytest
from django.urls import reverse

from audit.models import Event
from candidates.models import Opening, Panelist
from packets import batches
from packets.models import Packet, PacketBatch
from packets.tasks import assemble_batch, build_batch_item
from scorecards.models import Sighting
from tests.packets.conftest import SHORTEST
from tests.pages import html_of


@pytest.fixture
def opening(sample):
    return Opening.objects.get()


@pytest.fixture
def ask(client_of, opening):
    """Asks on the page, for everybody it offers where nobody is named."""

    def post(*applications: int, profile: str = SHORTEST, name: str = "manager"):
        chosen = applications or opening.applications.values_list("pk", flat=True)
        body = {"profile": profile, "applications": list(chosen)}
        return client_of(name).post(reverse("batch_new", args=[opening.pk]), body)

    return post


@pytest.fixture
def waiting(ask):
    ask()
    return PacketBatch.objects.get()


@pytest.fixture
def ready(waiting):
    for item in waiting.items.all():
        build_batch_item(item_id=item.pk)
    assemble_batch(batch_id=waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == "ready"
    return waiting


def page(client, name: str, pk: int, **more) -> str:
    return html_of(client.get(reverse(name, args=[pk]), **more))


def test_opening_leads_to_the_choice_and_the_choice_to_the_batch(client_of, opening, ask):
    client = client_of("manager")

    assert reverse("batch_new", args=[opening.pk]) in page(client, "opening", opening.pk)
    body = page(client, "batch_new", opening.pk)
    response = ask()

    assert body.count('type="checkbox"') == body.count(" checked") == 3
    assert body.count("no one has submitted a scorecard yet") == 1
    assert response["Location"] == reverse("batch", args=[PacketBatch.objects.get().pk])


def test_each_candidate_who_gets_a_packet_has_a_preview_of_it(client_of, opening, scored_application):
    page = client_of("manager").get(reverse("batch_new", args=[opening.pk])).content.decode()

    for application in opening.applications.all():
        left_out = f"why_{application.pk}" in page
        assert (reverse("packet_preview", args=[application.pk]) in page) is not left_out
    assert reverse("packet_preview", args=[scored_application.pk]) in page


def test_nobody_is_ticked_where_the_address_says_so(client_of, opening):
    body = client_of("manager").get(reverse("batch_new", args=[opening.pk]), {"tick": "none"}).content.decode()

    assert body.count('type="checkbox"') == 3
    assert " checked" not in body


def test_older_candidates_are_on_the_next_page(client_of, opening, monkeypatch):
    monkeypatch.setattr(batches, "MOST", 2)
    client, address = client_of("manager"), reverse("batch_new", args=[opening.pk])

    first = client.get(address).content.decode()
    oldest_shown = opening.applications.order_by("-pk")[1].pk
    second = client.get(address, {"older": oldest_shown}).content.decode()
    odd = client.get(address, {"older": "²"}).content.decode()

    assert f"?older={oldest_shown}" in first
    assert [body.count('type="checkbox"') for body in (first, second, odd)] == [2, 1, 2]
    assert "Older candidates" not in second


def test_refused_choice_keeps_what_was_ticked(ask, unscored_application):
    response = ask(unscored_application.pk)
    body = response.content.decode()

    assert response.status_code == 422
    assert "None of these candidates has a debrief" in body
    assert body.count(" checked") == 1


def test_choosing_nobody_or_no_profile_is_told(client_of, opening, scored_application):
    client, address = client_of("manager"), reverse("batch_new", args=[opening.pk])

    nobody = client.post(address, {"profile": "full"})
    unknown = client.post(address, {"profile": "all", "applications": [scored_application.pk]})

    assert "Choose at least one candidate." in nobody.content.decode()
    assert (nobody.status_code, unknown.status_code) == (422, 422)
    assert not PacketBatch.objects.exists()


def test_waiting_batch_asks_again_by_itself_and_says_only_news(client_of, waiting):
    client, htmx = client_of("manager"), {"headers": {"HX-Request": "true"}}
    address = reverse("batch", args=[waiting.pk])

    whole = client.get(address).content.decode()
    same = client.get(f"{address}?done=0", **htmx).content.decode()
    build_batch_item(item_id=waiting.items.exclude(left_out="nothing").first().pk)
    moved = html_of(client.get(f"{address}?done=0", **htmx))

    assert 'aria-live="polite"' in whole
    assert 'hx-trigger="every 2s"' in whole
    assert "batch-said" not in same
    assert "1 of 2 packets finished." in moved
    assert f"{address}?done=1" in moved


def test_finished_batch_asks_no_more_and_offers_both_files(client_of, ready):
    body = page(client_of("manager"), "batch", ready.pk, headers={"HX-Request": "true"})

    assert "hx-trigger" not in body
    assert reverse("batch_archive", args=[ready.pk]) in body
    assert reverse("batch_document", args=[ready.pk]) in body
    assert ready.archive_sha256 in body
    assert "Ready. 2 of 2 packets finished." in body


def test_words_that_may_be_names_lead_to_their_preview(client_of, ready):
    item = ready.items.filter(left_out="").first()
    Packet.objects.filter(pk=item.packet_id).update(in_doubt=2)

    body = html_of(client_of("manager").get(reverse("batch", args=[ready.pk])))

    assert f"{reverse('packet_preview', args=[item.application_id])}?profile={SHORTEST}" in body
    assert body.count("words may be names") == 1


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [("batch_archive", "zip", "application/zip"), ("batch_document", "pdf", "application/pdf")],
)
def test_download_is_on_record_with_who_what_and_which_profile(client_of, person, ready, name, kind, content):
    response = client_of("manager").get(reverse(name, args=[ready.pk]))
    body = response.getvalue()

    event = Event.objects.get(kind="batch.downloaded")
    packets = sorted(Packet.objects.values_list("pk", flat=True))
    assert (response["Content-Type"], body[:2]) == (content, b"PK" if kind == "zip" else b"%P")
    assert event.actor_id == person("manager").pk
    assert (event.detail["profile"], event.detail["format"], sorted(event.detail["packets"])) == (
        SHORTEST,
        kind,
        packets,
    )


def test_download_counts_as_seen_for_each_packet(client_of, person, ready):
    zipfile.ZipFile(io.BytesIO(client_of("manager").get(reverse("batch_archive", args=[ready.pk])).getvalue()))

    seen = Sighting.objects.filter(user=person("manager"), way="batch")
    assert set(seen.values_list("scorecard__panelist__interview__application__candidate__name", flat=True)) == {
        "Elias Okafor",
        "Sunniva Berg",
    }


def test_nothing_to_download_before_the_end_or_without_the_file(client_of, waiting):
    client = client_of("manager")
    assert client.get(reverse("batch_document", args=[waiting.pk])).status_code == 404

    PacketBatch.objects.update(state="ready", archive="batches/none.zip", archive_sha256="0" * 64, document_sha256="0")

    assert client.get(reverse("batch_archive", args=[waiting.pk])).status_code == 404
    assert not Event.objects.filter(kind="batch.downloaded").exists()


def test_cancel_and_ask_again_from_the_page(client_of, waiting):
    client = client_of("manager")

    client.post(reverse("batch_cancel", args=[waiting.pk]))
    body = page(client, "batch", waiting.pk)
    again = client.post(reverse("batch_retry", args=[waiting.pk]))

    assert "Cancelled" in body
    assert "Build them again" in body
    assert again["Location"] == reverse("batch", args=[PacketBatch.objects.latest("pk").pk])
    assert PacketBatch.objects.count() == 2


def test_failed_packet_shows_its_reason_and_a_way_to_try_again(client_of, ready):
    Packet.objects.filter(application__candidate__name="Elias Okafor").update(state="failed", error="The disk is full.")

    body = page(client_of("manager"), "batch", ready.pk)

    assert "The disk is full." in body
    assert "Retry failed packets" in body


def test_asking_again_where_nothing_is_left_is_told(client_of, waiting, person):
    client = client_of("manager")
    client.post(reverse("batch_cancel", args=[waiting.pk]))
    waiting.items.exclude(application__candidate__name="Noor Haddad").delete()

    response = client.post(reverse("batch_retry", args=[waiting.pk]), follow=True)

    assert "None of these candidates has a debrief" in response.content.decode()


@pytest.mark.parametrize("name", ["recruiter", "admin", "interviewer"])
def test_a_batch_is_its_askers_own(client_of, ready, name):
    client = client_of(name)

    assert client.get(reverse("batch", args=[ready.pk])).status_code == 404
    assert client.get(reverse("batch_archive", args=[ready.pk])).status_code == 404


def test_batch_is_hidden_from_its_asker_once_they_owe_a_scorecard_in_it(client_of, person, ready, scored_application):
    Panelist.objects.create(interview=scored_application.interviews.first(), user=person("manager"))
    client = client_of("manager")

    assert client.get(reverse("batch", args=[ready.pk])).status_code == 404
    assert client.get(reverse("batch_document", args=[ready.pk])).status_code == 404
