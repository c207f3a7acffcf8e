"""Packets over HTTP: asked for, followed, downloaded; each download is on record."""

import hashlib

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Event
from candidates.models import Panelist
from scorecards.meetings import record_decision
from scorecards.models import Packet, Sighting


def test_asking_leads_to_the_packet(as_, scored):
    response = as_("manager").post(reverse("packet_request", args=[scored.pk]), {"profile": "totals"})

    packet = Packet.objects.get()
    assert response["Location"] == reverse("packet", args=[packet.pk])
    assert packet.profile == "totals"


def test_asking_for_nothing_is_told_in_plain_words(as_, fresh):
    response = as_("manager").post(reverse("packet_request", args=[fresh.pk]), {"profile": "full"}, follow=True)

    assert "Nobody has submitted a scorecard yet" in response.content.decode()
    assert not Packet.objects.exists()


def test_asking_for_an_unknown_profile_is_told(as_, scored):
    response = as_("manager").post(reverse("packet_request", args=[scored.pk]), {"profile": "all"}, follow=True)

    assert "Choose one of the packet profiles." in response.content.decode()
    assert not Packet.objects.exists()


def test_asking_with_an_expired_form_is_told(person, scored):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person("manager"))

    response = strict.post(reverse("packet_request", args=[scored.pk]), {"profile": "full"})

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()
    assert not Packet.objects.exists()


def test_waiting_packet_asks_again_by_itself_and_has_no_file(as_, asked):
    packet = asked()
    client = as_("manager")

    status = client.get(reverse("packet", args=[packet.pk]), headers={"HX-Request": "true"}).content.decode()

    assert 'hx-trigger="every 1s"' in status
    assert "<html" not in status
    assert client.get(reverse("packet_download", args=[packet.pk])).status_code == 404


def test_download_is_the_pdf_as_attachment_and_on_record(as_, person, built):
    packet = built()

    response = as_("manager").get(reverse("packet_download", args=[packet.pk]))

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert hashlib.sha256(response.getvalue()).hexdigest() == packet.sha256
    event = Event.objects.get(kind="packet.downloaded")
    assert (event.actor_id, event.subject_id) == (person("manager").pk, packet.pk)


def test_downloaded_packet_counts_as_seen(as_, person, built, seats):
    packet = built()

    as_("recruiter").get(reverse("packet_download", args=[packet.pk])).getvalue()

    assert Sighting.objects.filter(user=person("recruiter"), scorecard__panelist=seats[0], way="packet").exists()


def test_trying_again_queues_the_failed_packet(as_, asked):
    packet = asked()
    Packet.objects.filter(pk=packet.pk).update(state="failed", error="The disk is full.")

    response = as_("manager").post(reverse("packet_retry", args=[packet.pk]))

    assert response["Location"] == reverse("packet", args=[packet.pk])
    assert Packet.objects.get(pk=packet.pk).state == "queued"


def test_trying_again_after_the_debrief_changed_asks_for_the_packet_as_it_is_now(as_, asked, scored, person):
    packet = asked("totals")
    Packet.objects.filter(pk=packet.pk).update(state="failed", error="The debrief changed.")
    record_decision(scored, by=person("manager"), outcome="hire", rationale="Yes")

    response = as_("manager").post(reverse("packet_retry", args=[packet.pk]))

    new = Packet.objects.exclude(pk=packet.pk).get()
    assert response["Location"] == reverse("packet", args=[new.pk])
    assert (new.profile, new.state) == ("totals", "queued")


def test_file_gone_from_storage_is_not_found_and_not_on_record(as_, built):
    packet = built()
    packet.file.storage.delete(packet.file.name)

    assert as_("manager").get(reverse("packet_download", args=[packet.pk])).status_code == 404
    assert not Event.objects.filter(kind="packet.downloaded").exists()


@pytest.mark.parametrize(("name", "status"), [("interviewer", 404), ("interviewer2", 404), ("admin", 403)])
def test_packet_is_for_those_who_run_the_opening(as_, built, name, status):
    packet = built()

    assert as_(name).get(reverse("packet_download", args=[packet.pk])).status_code == status
    assert as_(name).post(reverse("packet_retry", args=[packet.pk])).status_code == status


def test_packet_is_hidden_from_a_recruiter_who_owes_a_scorecard(as_, built, person, seats):
    packet = built()
    Panelist.objects.filter(pk=seats[1].pk).update(user=person("recruiter"))

    assert as_("recruiter").get(reverse("packet", args=[packet.pk])).status_code == 404
    assert as_("recruiter").get(reverse("packet_download", args=[packet.pk])).status_code == 404


# --- preview -----------------------------------------------------------------
def test_preview_shows_what_the_profile_removes_and_offers_to_build_it(as_, scored, seats, submitted):
    submitted(seats[1], words="Ines told Elias.")

    page = as_("manager").get(reverse("packet_preview", args=[scored.pk]), {"profile": "no-candidate"})

    text = page.content.decode()
    assert "elias.okafor@example.org" in text
    assert "Ines told [removed]." in text
    assert '<option value="no-candidate" selected>' in text
    assert reverse("packet_request", args=[scored.pk]) in text


def test_preview_warns_where_a_total_is_one_rating(as_, scored):
    page = as_("manager").get(reverse("packet_preview", args=[scored.pk]), {"profile": "totals"})

    assert "With one rating, a total is that rating: Systems understanding" in page.content.decode()


def test_preview_of_an_unknown_profile_shows_one_that_there_is(as_, scored):
    page = as_("manager").get(reverse("packet_preview", args=[scored.pk]), {"profile": "<script>"})

    assert page.status_code == 200
    assert "Interviewer 1" in page.content.decode()


def test_previewed_judgement_counts_as_seen(as_, person, scored, seats):
    as_("recruiter").get(reverse("packet_preview", args=[scored.pk]))

    assert Sighting.objects.filter(user=person("recruiter"), scorecard__panelist=seats[0], way="packet").exists()


def test_paper_and_archival_are_asked_for(as_, scored):
    data = {"profile": "full", "paper": "letter", "archival": "on"}

    as_("manager").post(reverse("packet_request", args=[scored.pk]), data)

    packet = Packet.objects.get()
    assert (packet.paper, packet.archival) == ("letter", True)
