"""The files' page, and downloads: attachments that no browser runs, for whoever may have them."""

import pytest
from django.urls import reverse

from audit.models import Event
from candidates.models import Opening
from files.models import CandidateNote, Material
from tests.files.conftest import PDF


@pytest.fixture
def page_of(scored_application):
    return reverse("application_files", args=[scored_application.pk])


def test_file_link_and_note_are_added_and_removed(client_of, sent, scored_application, page_of):
    client, pk = client_of("recruiter"), scored_application.pk

    client.post(reverse("file_add", args=[pk]), {"file-file": sent(), "file-purpose": "resume"})
    link = {"link-url": "https://example.org/work", "link-name": "Portfolio", "link-purpose": "work_sample"}
    client.post(reverse("link_add", args=[pk]), link)
    client.post(reverse("note_add", args=[pk]), {"note-text": "Free from March"})

    shown = ["resume.pdf", "Portfolio", "https://example.org/work"]
    for url, words in ((page_of, [*shown, "Free from March"]), (reverse("application", args=[pk]), shown)):
        text = client.get(url).content.decode()
        assert [word for word in words if word not in text] == []
    for material in Material.objects.all():
        client.post(reverse("material_remove", args=[material.pk]))
    client.post(reverse("note_remove", args=[CandidateNote.objects.get().pk]))
    assert not Material.objects.exists()
    assert not CandidateNote.objects.exists()


def test_a_refused_file_says_why_and_keeps_the_page(client_of, sent, scored_application):
    data = {"file-file": sent("resume.pdf", b"MZ\x00"), "file-purpose": "letter"}

    answer = client_of("recruiter").post(reverse("file_add", args=[scored_application.pk]), data)

    assert answer.status_code == 422
    assert "This is a program" in answer.content.decode()
    assert '<option value="letter" selected>' in answer.content.decode()


def test_a_download_is_an_attachment_that_nothing_runs(client_of, added, person):
    material = added("Résumé.pdf")

    answer = client_of("recruiter").get(reverse("material_download", args=[material.pk]))

    assert answer.getvalue() == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''R%C3%A9sum%C3%A9.pdf")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    event = Event.objects.get(kind="file.downloaded")
    assert (event.actor_id, event.detail) == (person("recruiter").pk, {"material": material.pk})


def test_the_kit_shows_files_and_hands_them_out(client_of, added, two_panelists):
    material, second = added(), two_panelists[1]
    client = client_of(second.user.email.partition("@")[0])
    url = reverse("panelist_file", args=[second.pk, material.pk])

    assert url in client.get(reverse("scorecard", args=[second.pk])).content.decode()
    assert client.get(url).getvalue() == PDF


def test_an_anonymous_openings_kit_tells_nothing_of_files(client_of, added, two_panelists, scored_application):
    Opening.objects.filter(pk=scored_application.opening_id).update(anonymous=True)
    material, second = added("Elias Okafor.pdf"), two_panelists[1]
    client = client_of(second.user.email.partition("@")[0])

    assert "Okafor" not in client.get(reverse("scorecard", args=[second.pk])).content.decode()
    assert client.get(reverse("panelist_file", args=[second.pk, material.pk])).status_code == 404


def test_a_file_of_another_application_is_not_reached_by_a_panelist(
    client_of, added, unscored_application, two_panelists
):
    other = added(application=unscored_application)
    second = two_panelists[1]
    client = client_of(second.user.email.partition("@")[0])

    assert client.get(reverse("panelist_file", args=[second.pk, other.pk])).status_code == 404


def test_a_link_and_a_lost_file_are_no_download(client_of, added, settings, tmp_path):
    material = added()
    (tmp_path / "files" / material.file.name).unlink()

    assert client_of("recruiter").get(reverse("material_download", args=[material.pk])).status_code == 404


def test_the_opening_hides_files_from_interviewers(client_of, scored_application):
    client, opening = client_of("recruiter"), scored_application.opening

    client.post(reverse("opening_files", args=[opening.pk]), {"shown": "no"})
    opening.refresh_from_db()
    assert not opening.files_for_panel
    assert "interviewers do not see" in client.get(reverse("opening_settings", args=[opening.pk])).content.decode()
    client.post(reverse("opening_files", args=[opening.pk]), {"shown": "yes"})
    opening.refresh_from_db()
    assert opening.files_for_panel
