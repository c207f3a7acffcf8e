"""manage.py verify_packet: the format of what it prints, for one packet and for the files of several."""

import io
import json
from contextlib import suppress

import pikepdf
import pytest
from django.core.management import call_command

from candidates.models import Opening
from packets import batches
from packets.models import Packet
from packets.tasks import assemble_batch, build_batch_item


@pytest.fixture
def printed(tmp_path, capsys):
    """What is printed about these bytes under this name."""

    def verify(content: bytes, name: str) -> dict:
        path = tmp_path / "a folder of theirs" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        with suppress(SystemExit):  # the status of a file that is not good
            call_command("verify_packet", str(path))
        return json.loads(capsys.readouterr().out)

    return verify


def test_it_names_its_format_and_the_file_without_its_folders(db, printed):
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(saved := io.BytesIO())

    said = printed(saved.getvalue(), "Bergström, näher betrachtet.pdf")

    assert said["format"] == "evenhand-verification/1"
    assert said["file"] == "Bergström, näher betrachtet.pdf"
    assert (said["packet"], said["batch"]) == (None, None)
    assert set(said) == {"format", "file", "sha256", "verdict", "issued", "unchanged", "current", "packet", "batch"}


def test_the_form_of_the_packet_is_told(pdf_of, printed):
    said = printed(pdf_of("no-candidate", paper="letter", archival=True), "x.pdf")

    told = {name: said["packet"][name] for name in ("profile", "paper", "archival")}
    assert told == {"profile": "no-candidate", "paper": "letter", "archival": True}
    assert said["packet"]["issued_at"] == Packet.objects.get().requested_at.isoformat()


def test_a_file_of_several_says_whose_it_is_and_what_each_packet_is(sample, person, printed):
    opening, manager = Opening.objects.get(), person("manager")
    chosen = list(opening.applications.values_list("pk", flat=True))
    batch = batches.request_batch(opening, applications=chosen, profile="totals", by=manager)
    for item in batch.items.all():
        build_batch_item(item_id=item.pk)
    assemble_batch(batch_id=batch.pk)
    batch.refresh_from_db()
    with batch.document.open("rb") as stored:
        said = printed(stored.read(), "finalists.pdf")

    packets = said["batch"].pop("packets")
    assert said["batch"] == {
        "id": batch.pk,
        "profile": "totals",
        "issued_at": batch.requested_at.isoformat(),
        "issued_to": manager.display_name,
    }
    assert {row["id"] for row in packets} == set(Packet.objects.values_list("pk", flat=True))
    assert all(row["current"] for row in packets)
