"""Packets over HTTP: asked for, followed, downloaded; each download is on record."""

import hashlib

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Event
from candidates.models import Panelist
from debriefs.meetings import record_decision
from packets import files, life
from packets.models import Packet
from scorecards.models import Sighting
from tests.pages import on_one_line


def test_asking_leads_to_the_packet(client_of, scored_application):
    response = client_of("manager").post(reverse("packet_request", args=[scored_application.pk]), {"profile": "totals"})

    packet = Packet.objects.get()
    assert response["Location"] == reverse("packet", args=[packet.pk])
    assert packet.profile == "totals"


def test_asking_for_nothing_is_told_in_plain_words(client_of, unscored_application):
    response = client_of("manager").post(
        reverse("packet_request", args=[unscored_application.pk]), {"profile": "full"}, follow=True
    )

    assert "No one has submitted a scorecard yet" in response.content.decode()
    assert not Packet.objects.exists()


def test_asking_for_an_unknown_profile_is_told_beside_the_choice(client_of, scored_application):
    response = client_of("manager").post(reverse("packet_request", args=[scored_application.pk]), {"profile": "all"})

    assert response.status_code == 422
    assert "Profile: Select a valid choice. all is not one of the available choices." in response.content.decode()
    assert not Packet.objects.exists()


def test_asking_with_an_expired_form_is_told(person, scored_application):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person("manager"))

    response = strict.post(reverse("packet_request", args=[scored_application.pk]), {"profile": "full"})

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()
    assert not Packet.objects.exists()


def test_waiting_packet_asks_again_by_itself_and_has_no_file(client_of, requested_packet):
    packet = requested_packet()
    client = client_of("manager")

    status = client.get(reverse("packet", args=[packet.pk]), headers={"HX-Request": "true"}).content.decode()

    assert 'hx-trigger="every 1s"' in status
    assert "<html" not in status
    assert client.get(reverse("packet_download", args=[packet.pk])).status_code == 404


def test_download_is_the_pdf_as_attachment_and_on_record(client_of, person, finished_packet):
    packet = finished_packet()

    response = client_of("manager").get(reverse("packet_download", args=[packet.pk]))

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert hashlib.sha256(response.getvalue()).hexdigest() == packet.sha256
    event = Event.objects.get(kind="packet.downloaded")
    assert (event.actor_id, event.subject_id) == (person("manager").pk, packet.pk)


def test_downloaded_packet_counts_as_seen(client_of, person, finished_packet, two_panelists):
    packet = finished_packet()

    client_of("recruiter").get(reverse("packet_download", args=[packet.pk])).getvalue()

    assert Sighting.objects.filter(
        user=person("recruiter"), scorecard__panelist=two_panelists[0], way="packet"
    ).exists()


def test_trying_again_queues_the_failed_packet(client_of, requested_packet):
    packet = requested_packet()
    Packet.objects.filter(pk=packet.pk).update(state="failed", error="The disk is full.")

    response = client_of("manager").post(reverse("packet_retry", args=[packet.pk]))

    assert response["Location"] == reverse("packet", args=[packet.pk])
    assert Packet.objects.get(pk=packet.pk).state == "queued"


def test_trying_again_after_the_debrief_changed_asks_for_the_packet_as_it_is_now(
    client_of, requested_packet, scored_application, person
):
    packet = requested_packet("totals")
    Packet.objects.filter(pk=packet.pk).update(state="failed", error="The debrief changed.")
    record_decision(scored_application, by=person("manager"), outcome="hire", rationale="Yes")

    response = client_of("manager").post(reverse("packet_retry", args=[packet.pk]))

    new = Packet.objects.exclude(pk=packet.pk).get()
    assert response["Location"] == reverse("packet", args=[new.pk])
    assert (new.profile, new.state) == ("totals", "queued")


def test_file_gone_from_storage_is_not_found_and_not_on_record(client_of, finished_packet):
    packet = finished_packet()
    packet.file.storage.delete(packet.file.name)

    assert client_of("manager").get(reverse("packet_download", args=[packet.pk])).status_code == 404
    assert not Event.objects.filter(kind="packet.downloaded").exists()


@pytest.mark.parametrize(("name", "status"), [("interviewer", 404), ("interviewer2", 404), ("admin", 403)])
def test_packet_is_for_those_who_run_the_opening(client_of, finished_packet, name, status):
    packet = finished_packet()

    assert client_of(name).get(reverse("packet_download", args=[packet.pk])).status_code == status
    assert client_of(name).post(reverse("packet_retry", args=[packet.pk])).status_code == status


def test_packet_is_hidden_from_a_recruiter_who_owes_a_scorecard(client_of, finished_packet, person, two_panelists):
    packet = finished_packet()
    Panelist.objects.filter(pk=two_panelists[1].pk).update(user=person("recruiter"))

    assert client_of("recruiter").get(reverse("packet", args=[packet.pk])).status_code == 404
    assert client_of("recruiter").get(reverse("packet_download", args=[packet.pk])).status_code == 404


# --- preview -----------------------------------------------------------------
def test_preview_shows_what_the_profile_removes_and_offers_to_build_it(
    client_of, scored_application, two_panelists, hand_in
):
    hand_in(two_panelists[1], words="Ines told Elias.")

    page = client_of("manager").get(
        reverse("packet_preview", args=[scored_application.pk]), {"profile": "no-candidate"}
    )

    text = page.content.decode()
    assert "elias.okafor@example.org" in text
    assert "Ines told [removed]." in text
    assert '<option value="no-candidate" selected>' in text
    assert reverse("packet_request", args=[scored_application.pk]) in text


def test_what_is_ticked_in_the_preview_goes(client_of, scored_application, two_panelists, hand_in):
    hand_in(two_panelists[1], words="Spoke with Okaforem.")
    page = client_of("manager").get(
        reverse("packet_preview", args=[scored_application.pk]), {"profile": "no-candidate"}
    )
    data = {"profile": "no-candidate", "previewed": "on", "removed": ["Okaforem", "Spoke"]}

    client_of("manager").post(reverse("packet_request", args=[scored_application.pk]), data)

    again = client_of("manager").get(
        reverse("packet_preview", args=[scored_application.pk]), {"profile": "no-candidate"}
    )
    assert 'value="Okaforem"' in page.content.decode()
    assert Packet.objects.get().words_removed == ["Okaforem"]
    assert "checked" not in on_one_line(page.content.decode()).partition('value="Okaforem"')[2].partition(">")[0]
    assert "checked" in on_one_line(again.content.decode()).partition('value="Okaforem"')[2].partition(">")[0]
    assert "Spoke with [removed]." in again.content.decode()


@pytest.mark.parametrize("word", ["x" * 201, "Ok\0aforem"])
def test_a_word_that_cannot_be_kept_is_refused(client_of, scored_application, word):
    data = {"profile": "totals", "previewed": "on", "removed": [word]}

    page = client_of("manager").post(reverse("packet_request", args=[scored_application.pk]), data)

    assert page.status_code == 422
    assert "Open the preview again" in page.content.decode()
    assert not Packet.objects.exists()


def test_preview_warns_where_a_total_is_one_rating(client_of, scored_application):
    page = client_of("manager").get(reverse("packet_preview", args=[scored_application.pk]), {"profile": "totals"})

    assert "their total reveals it: Systems understanding" in page.content.decode()


def test_preview_of_an_unknown_profile_shows_one_that_there_is(client_of, scored_application):
    page = client_of("manager").get(reverse("packet_preview", args=[scored_application.pk]), {"profile": "<script>"})

    assert page.status_code == 200
    assert "Interviewer 1" in page.content.decode()


def test_previewed_judgement_counts_as_seen(client_of, person, scored_application, two_panelists):
    client_of("recruiter").get(reverse("packet_preview", args=[scored_application.pk]))

    assert Sighting.objects.filter(
        user=person("recruiter"), scorecard__panelist=two_panelists[0], way="packet"
    ).exists()


def test_evidence_paper_and_archival_are_asked_for(client_of, scored_application):
    data = {"profile": "full", "evidence_by": "interviewer", "paper": "letter", "archival": "on"}

    client_of("manager").post(reverse("packet_request", args=[scored_application.pk]), data)

    packet = Packet.objects.get()
    assert (packet.evidence_by, packet.paper, packet.archival) == ("interviewer", "letter", True)


# --- signs that no font has --------------------------------------------------
NOWHERE = "\ue5a1"


@pytest.fixture
def lacking_packet(two_panelists, hand_in, finished_packet) -> Packet:
    """A packet with a sign that no font has in one evidence."""
    hand_in(two_panelists[1], words=f"Drew {NOWHERE} on the board")
    return finished_packet("full")


def test_a_packets_page_names_the_signs_that_could_not_be_printed(client_of, lacking_packet):
    text = on_one_line(client_of("manager").get(reverse("packet", args=[lacking_packet.pk])).content.decode())

    [(sign, pages)] = lacking_packet.unprinted
    assert sign == ord(NOWHERE)
    assert pages
    assert "1 sign could not be printed, because the server has no font for it." in text
    assert f"<bdi>{NOWHERE}</bdi> U+E5A1: pages " in text
    assert "does not claim to conform to PDF/UA." in text


def test_asking_again_builds_a_packet_that_lacks_signs_anew(requested_packet, lacking_packet):
    again = requested_packet("full")

    assert (again.pk, again.state) == (lacking_packet.pk, "queued")
    assert life.build(life.claim(again.pk)).state == "ready"


def test_what_a_file_lacked_goes_with_the_file(lacking_packet):
    files.expire_packet(lacking_packet)

    lacking_packet.refresh_from_db()
    assert lacking_packet.unprinted == []
