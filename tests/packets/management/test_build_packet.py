"""manage.py build_packet: files and one-line errors."""

import subprocess

import pytest
from django.core.management import CommandError, call_command

from debriefs.profiles import VALUES
from packets.models import Packet
from tests.packets.conftest import SHORTEST


@pytest.mark.parametrize("name", ["0", "²", "9" * 30, "nowhere/nobody@example.com", "", "/"])
@pytest.mark.parametrize("command", ["debrief", "build_packet"])
def test_unknown_application_is_one_line(sample, tmp_path, command, name):
    options = {"output": tmp_path / "x.pdf"} if command == "build_packet" else {}

    with pytest.raises(CommandError, match="There is no application"):
        call_command(command, name, **options)


@pytest.mark.parametrize("profile", VALUES)
def test_build_packet_writes_the_file(scored_application, tmp_path, profile):
    path = tmp_path / "packet.pdf"

    call_command("build_packet", str(scored_application.pk), output=path, profile=profile)

    packet = Packet.objects.get()
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True)
    assert path.read_bytes().startswith(b"%PDF-")
    assert path.stat().st_size == packet.size
    assert (packet.profile, packet.state) == (profile, "ready")
    assert ("Elias Okafor" in done.stdout) is (profile != "no-candidate")
    assert ("Ines Keller" in done.stdout) is (profile in {"full", "summary", "no-candidate"})


def test_build_packet_puts_the_evidence_together_as_asked(scored_application, tmp_path):
    path = tmp_path / "packet.pdf"

    call_command("build_packet", str(scored_application.pk), output=path, evidence_by="interviewer")

    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True)
    assert Packet.objects.get().evidence_by == "interviewer"
    assert "Evidence by interviewer" in done.stdout


def test_build_packet_twice_gives_the_same_file_and_row(scored_application, tmp_path):
    for name in ("one.pdf", "two.pdf"):
        call_command("build_packet", str(scored_application.pk), output=tmp_path / name, profile=SHORTEST)

    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert Packet.objects.count() == 1


def test_build_packet_tries_a_failed_one_again(scored_application, tmp_path):
    call_command("build_packet", str(scored_application.pk), output=tmp_path / "one.pdf", profile=SHORTEST)
    Packet.objects.update(state="failed", error="The disk is full.")

    call_command("build_packet", str(scored_application.pk), output=tmp_path / "two.pdf", profile=SHORTEST)

    assert Packet.objects.get().state == "ready"
    assert (tmp_path / "two.pdf").exists()


def test_build_packet_of_nothing_and_into_nowhere_are_one_line(unscored_application, scored_application, tmp_path):
    nowhere = tmp_path / "missing" / "x.pdf"

    with pytest.raises(CommandError, match="No one has submitted a scorecard yet"):
        call_command("build_packet", str(unscored_application.pk), output=tmp_path / "x.pdf")
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("build_packet", str(scored_application.pk), output=nowhere, profile=SHORTEST)

    assert list(tmp_path.glob("*.pdf")) == []
