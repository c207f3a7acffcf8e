"""An opening's record holds all that its reader may see, and a manifest that can be checked."""

import hashlib
import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import Event
from candidates.models import Panelist
from candidates.states import set_state
from debriefs.meetings import record_decision
from files.services import add_file, add_note
from scorecards.import_files import read
from scorecards.models import Sighting
from scorecards.releasing import release_panelists
from scorecards.withdrawing import withdraw_scorecard
from workbench.record import Record


@pytest.fixture
def record_of(scored_application):
    """The members of the archive for this reader, by name."""

    def make(reader) -> dict[str, bytes]:
        whole = Record(scored_application.opening, reader)
        whole.begin()
        archive = zipfile.ZipFile(io.BytesIO(b"".join(whole.parts())))
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}

    return make


@pytest.fixture
def handed_in(scored_application, person):
    recruiter = person("recruiter")
    add_file(scored_application, SimpleUploadedFile("cv.pdf", b"%PDF-1.7 x %%EOF"), purpose="resume", by=recruiter)
    add_note(scored_application, text="Everybody was delighted", by=recruiter)


def test_everything_is_in_it_and_the_manifest_is_right(record_of, handed_in, person, scored_application):
    members = record_of(person("recruiter"))
    folder = f"applications/{scored_application.pk}-elias-okafor"

    manifest = json.loads(members.pop("manifest.json"))
    assert manifest["sha256"] == {name: hashlib.sha256(data).hexdigest() for name, data in members.items()}
    assert manifest["left_out"] == []
    assert {"README.txt", "opening.json", "rubric.json", "applications.csv", "scores.csv"} <= set(members)
    assert {f"{folder}/debrief.json", f"{folder}/scorecards.csv", f"{folder}/application.json"} <= set(members)
    assert next(data for name, data in members.items() if name.endswith("cv.pdf")) == b"%PDF-1.7 x %%EOF"
    assert "delighted" in members[f"{folder}/application.json"].decode()
    assert read(members["scores.csv"]).problems == []
    assert Event.objects.filter(kind="opening.exported").count() == 1
    assert Sighting.objects.filter(user=person("recruiter"), way="export").exists()


def test_judgement_of_whom_the_reader_still_scores_is_left_out(
    record_of, handed_in, scored_application, two_panelists, person
):
    owing = two_panelists[1].user
    owing.is_recruiter = True
    owing.save(update_fields=["is_recruiter"])
    members = record_of(owing)

    manifest = json.loads(members["manifest.json"])
    assert scored_application.pk in [row["application"] for row in manifest["left_out"]]
    own = {name: data for name, data in members.items() if name.startswith(f"applications/{scored_application.pk}-")}
    assert {name.rpartition("/")[2] for name in own} == {"application.json", own_file(own)}
    assert b"delighted" not in b"".join(own.values())
    assert scored_application.candidate.email.encode() not in members["scores.csv"]


def own_file(members: dict[str, bytes]) -> str:
    return next(name for name in members if name.endswith("cv.pdf")).rpartition("/")[2]


def test_a_file_that_storage_lost_is_named(record_of, handed_in, person, scored_application):
    scored_application.materials.get().file.storage.delete(scored_application.materials.get().file.name)

    manifest = json.loads(record_of(person("recruiter"))["manifest.json"])

    assert [row["reason"] for row in manifest["left_out"]] == ["no longer in storage"]


def test_what_does_not_count_any_more_is_in_it_with_its_reason(
    record_of, scored_application, two_panelists, hand_in, person
):
    recruiter = person("recruiter")
    card = hand_in(two_panelists[1], words="zebra")
    withdraw_scorecard(card, reason="Meant for somebody else", by=card.panelist.user)
    released = Panelist.objects.create(interview=card.panelist.interview, user=person("manager"))
    release_panelists([released], reason="Fell ill", by=recruiter)
    set_state(scored_application, state="on_hold", reason="Budget is frozen", by=recruiter)

    members = record_of(recruiter)

    folder = f"applications/{scored_application.pk}-elias-okafor"
    judgements = json.loads(members[f"{folder}/judgements.json"])
    by_state = {row["state"]: row for row in judgements["cards"]}
    assert by_state["withdrawn"]["correction"]["reason"] == "Meant for somebody else"
    assert any("zebra" in row["evidence"] for row in by_state["withdrawn"]["ratings"])
    assert by_state["released"]["correction"]["reason"] == "Fell ill"
    known = json.loads(members[f"{folder}/application.json"])
    assert (known["status"], known["status_changes"][0]["reason"]) == ("on_hold", "Budget is frozen")


def test_a_decision_is_not_told_to_who_owes_a_scorecard(record_of, scored_application, two_panelists, person):
    owing = two_panelists[1].user
    owing.is_recruiter = True
    owing.save(update_fields=["is_recruiter"])
    musts = scored_application.opening.rubric_version.dimensions.filter(must_have=True).values_list("key", flat=True)
    record_decision(
        scored_application,
        outcome="no_hire",
        rationale="Seen",
        rationales=dict.fromkeys(musts, "Seen"),
        by=person("manager"),
    )

    def status(reader) -> str:
        members = record_of(reader)
        return json.loads(members[f"applications/{scored_application.pk}-elias-okafor/application.json"])["status"]

    assert (status(owing), status(person("recruiter"))) == ("active", "not_hired")


def test_every_name_in_it_can_be_unpacked(record_of, scored_application, person, tmp_path):
    recruiter, candidate = person("recruiter"), scored_application.candidate
    candidate.name = "Ana " + "Diaz " * 59
    candidate.save()
    long = SimpleUploadedFile("ü" * 130 + ".pdf", b"%PDF-1.7 x %%EOF")
    add_file(scored_application, long, purpose="resume", by=recruiter)

    members = record_of(recruiter)

    for name, data in members.items():
        unpacked = tmp_path / name
        unpacked.parent.mkdir(parents=True, exist_ok=True)
        unpacked.write_bytes(data)
    assert any(name.endswith("ü.pdf") for name in members)
    assert max(len(name.encode()) for name in members) <= 255
