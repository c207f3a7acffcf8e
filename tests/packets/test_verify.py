"""verify_packet: issued here, unchanged, current, and what it is; by the bytes of the file alone."""

import io
import json

import pikepdf
import pytest
from django.core.management import CommandError, call_command

from candidates.models import Application, Opening
from debriefs import meetings
from packets import batches, life
from packets.models import Packet
from tests.packets.conftest import SHORTEST
from tests.packets.test_batches import run


@pytest.fixture
def verified(tmp_path, capsys):
    """(exit status, what was printed) for these bytes."""

    def run(content: bytes) -> tuple[int, dict]:
        path = tmp_path / "given.pdf"
        path.write_bytes(content)
        status = 0
        try:
            call_command("verify_packet", str(path))
        except SystemExit as stop:
            status = stop.code
        return status, json.loads(capsys.readouterr().out)

    return run


def altered(content: bytes) -> bytes:
    """The same packet with another page count, its metadata kept."""
    with pikepdf.open(io.BytesIO(content)) as document:
        del document.pages[-1]
        document.save(saved := io.BytesIO())
    return saved.getvalue()


def test_issued_packet_is_current_and_says_what_it_is(pdf_of, verified, scored_application):
    status, said = verified(pdf_of("totals"))

    packet = Packet.objects.get()
    assert status == 0
    assert (said["verdict"], said["issued"], said["unchanged"], said["current"]) == ("current", True, True, True)
    assert said["sha256"] == packet.sha256
    assert said["packet"] == {
        "id": packet.pk,
        "profile": "totals",
        "paper": "a4",
        "evidence_by": "dimension",
        "archival": False,
        "fingerprint": packet.fingerprint,
        "sha256": packet.sha256,
        "application": scored_application.pk,
        "opening": "platform-reliability-engineer",
        "candidate": "Elias Okafor",
        "issued_at": packet.requested_at.isoformat(),
        "issued_to": "Marek Novak",
    }


def decide(scored, person, panelists, submitted):
    meetings.record_decision(scored, by=person("manager"), outcome="hire", rationale="Yes")


def submit(scored, person, panelists, submitted):
    submitted(panelists[1])


@pytest.mark.parametrize("change", [decide, submit])
def test_packet_is_out_of_date_after(change, pdf_of, verified, scored_application, person, two_panelists, hand_in):
    content = pdf_of()
    change(scored_application, person, two_panelists, hand_in)

    status, said = verified(content)

    assert status == 1
    assert (said["verdict"], said["issued"], said["unchanged"], said["current"]) == ("out of date", True, True, False)


def test_packet_in_an_earlier_format_is_still_known_and_unchanged(pdf_of, verified, monkeypatch):
    monkeypatch.setattr(life, "FORMAT", "evenhand-packet/7")
    content = pdf_of()
    monkeypatch.undo()

    _, said = verified(content)

    assert (said["verdict"], said["issued"], said["unchanged"], said["current"]) == ("out of date", True, True, False)


def test_altered_packet_is_called_altered_and_names_its_origin(pdf_of, verified):
    status, said = verified(altered(pdf_of()))

    assert status == 1
    assert (said["verdict"], said["issued"], said["unchanged"], said["current"]) == ("altered", False, False, False)
    assert said["packet"]["id"] == Packet.objects.get().pk


def test_pdf_of_somebody_else_is_not_issued_here(db, verified):
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(saved := io.BytesIO())

    status, said = verified(saved.getvalue())

    assert status == 1
    assert (said["verdict"], said["issued"], said["packet"]) == ("not issued here", False, None)


def test_packet_built_again_is_the_same_file(finished_packet, requested_packet, pdf_of, verified):
    content = pdf_of()
    packet = Packet.objects.get()
    packet.file.storage.delete(packet.file.name)

    again = life.build(life.claim(requested_packet().pk))

    assert again.sha256 == packet.sha256
    assert verified(content)[0] == 0


def test_first_file_stays_issued_where_a_later_build_differs(pdf_of, verified):
    content = pdf_of()
    Packet.objects.update(sha256="0" * 64)

    status, said = verified(content)

    assert (status, said["verdict"]) == (0, "current")


@pytest.mark.parametrize("content", [b"", b"not a PDF", b"%PDF-1.7\ntruncated"])
def test_unreadable_file_is_one_plain_line(db, tmp_path, content):
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=r"bad.pdf cannot be verified: it is not a PDF, or it is damaged\."):
        call_command("verify_packet", str(path))


def test_encrypted_file_is_one_plain_line(db, tmp_path):
    path = tmp_path / "locked.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))

    with pytest.raises(CommandError, match="it is encrypted, which packets never are"):
        call_command("verify_packet", str(path))


def test_missing_file_is_one_plain_line(db, tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        call_command("verify_packet", str(tmp_path / "none.pdf"))


@pytest.mark.parametrize("form", ["document", "archive"])
def test_files_of_several_packets_are_issued_too_and_current_while_each_packet_is(form, sample, person, verified):
    opening = Opening.objects.get()
    everybody = list(opening.applications.values_list("pk", flat=True))
    batch = run(batches.request_batch(opening, applications=everybody, profile=SHORTEST, by=person("manager")))
    with getattr(batch, form).open("rb") as stored:
        content = stored.read()

    before = verified(content)
    changed = Application.objects.get(candidate__email="sunniva.berg@example.org")
    meetings.open_debrief(changed, by=person("manager"))
    after = verified(content)

    assert (before[0], before[1]["verdict"], before[1]["packet"]) == (0, "current", None)
    assert {row["candidate"] for row in before[1]["batch"]["packets"]} == {"Elias Okafor", "Sunniva Berg"}
    assert (after[0], after[1]["verdict"], after[1]["issued"]) == (1, "out of date", True)
    found = {row["candidate"]: row["current"] for row in after[1]["batch"]["packets"]}
    assert found == {"Elias Okafor": True, "Sunniva Berg": False}
