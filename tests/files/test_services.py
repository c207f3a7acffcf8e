"""Files, links and notes: kept as they came, once, within bounds; removed unless a hold stands."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage

from audit.models import Event
from files import services
from files.models import CandidateNote, Material
from privacy.erasure import erase_candidate
from privacy.legal_holds import impose_hold
from tests.files.conftest import PDF


def refusal(act) -> str:
    with pytest.raises(ValidationError) as caught:
        act()
    return " ".join(caught.value.messages)


def test_a_file_is_kept_to_the_byte(added, person):
    material = added("../Résumé of Me.PDF", PDF)

    assert material.name == "Résumé of Me.pdf"
    assert (material.kind, material.size) == ("pdf", len(PDF))
    assert material.sha256 == hashlib.sha256(PDF).hexdigest()
    with material.file.open("rb") as stored:
        assert stored.read() == PDF
    assert material.file.name == f"candidates/{material.token}.pdf"
    event = Event.objects.get(kind="file.added")
    assert (event.actor_id, event.subject_id) == (person("recruiter").pk, material.application_id)


def test_the_same_file_is_kept_once(added):
    added()

    assert "here already" in refusal(lambda: added("other.pdf"))
    assert Material.objects.count() == 1


def test_what_is_too_much_is_refused(added, monkeypatch, settings):
    monkeypatch.setattr(services, "FILE_LIMIT", 100)
    assert "the limit is 100" in refusal(lambda: added(data=PDF + b"x" * 100))
    monkeypatch.setattr(services, "MOST", 1)
    added()
    assert "Remove one first" in refusal(lambda: added(data=PDF + b"2"))
    assert len(default_storage.listdir("candidates")[1]) == 1


def test_another_kind_is_refused_whatever_its_name(added):
    assert "not of a kind" in refusal(lambda: added("resume.pdf", b"<html>"))
    assert not Material.objects.exists()


def test_a_storage_that_refuses_leaves_nothing(added, settings, tmp_path):
    (tmp_path / "files").write_text("no folder")

    assert "could not be stored" in refusal(added)
    assert not Material.objects.exists()


def test_links_begin_with_https_and_hide_no_password(scored_application, person):
    def link(url: str, name: str = "") -> Material:
        return services.add_link(scored_application, url=url, name=name, purpose="work_sample", by=person("recruiter"))

    for url in ("http://example.org/", "javascript:alert(1)", "example.org", "https://", "ftp://example.org/"):
        assert "https://" in refusal(lambda url=url: link(url))
    assert "password" in refusal(lambda: link("https://me:secret@example.org/"))
    assert link("https://example.org/work").name == "example.org"
    assert "here already" in refusal(lambda: link("https://example.org/work"))
    assert link("https://example.org/other", "My work").name == "My work"


def test_only_those_who_run_the_opening_add_and_nobody_to_an_erased_candidate(
    scored_application, sent, two_panelists, person
):
    for user in (two_panelists[0].user, person("admin")):
        with pytest.raises(PermissionDenied):
            services.add_file(scored_application, sent(), purpose="resume", by=user)
        with pytest.raises(PermissionDenied):
            services.add_note(scored_application, text="x", by=user)
    erase_candidate(scored_application.candidate, by=person("admin"), reason="asked")
    assert "erased" in refusal(
        lambda: services.add_file(scored_application, sent(), purpose="resume", by=person("recruiter"))
    )


def test_a_removed_file_goes_from_storage(added, person, django_capture_on_commit_callbacks):
    material = added()
    name = material.file.name

    with django_capture_on_commit_callbacks(execute=True):
        services.remove_material(material, by=person("recruiter"))

    assert not default_storage.exists(name)
    assert not Material.objects.exists()
    assert Event.objects.filter(kind="file.removed").count() == 1


def test_a_legal_hold_keeps_everything(added, scored_application, person):
    material = added()
    note = services.add_note(scored_application, text="Free from March", by=person("recruiter"))
    impose_hold(scored_application.candidate, reason="Case 12", by=person("admin"))

    assert "legal hold" in refusal(lambda: services.remove_material(material, by=person("recruiter")))
    assert "legal hold" in refusal(lambda: services.remove_note(note, by=person("recruiter")))
    assert Material.objects.exists()
    assert CandidateNote.objects.exists()


def test_an_empty_note_is_refused(scored_application, person):
    assert "Write the note" in refusal(
        lambda: services.add_note(scored_application, text=" \n ", by=person("recruiter"))
    )


def test_an_erasure_takes_files_links_and_notes(added, scored_application, person, django_capture_on_commit_callbacks):
    name = added().file.name
    services.add_note(scored_application, text="Free from March", by=person("recruiter"))

    with django_capture_on_commit_callbacks(execute=True):
        erase_candidate(scored_application.candidate, by=person("admin"), reason="asked")

    assert not default_storage.exists(name)
    assert not Material.objects.exists()
    assert not CandidateNote.objects.exists()
