"""Packets of the sample's application, built here and now as a worker builds them.

Where a test does not say which profile, it is the shortest: what becomes of a packet is the same for all of them, and
two pages take a fifth of the time that the whole debrief takes.
"""

import subprocess
from pathlib import Path

import pytest

from debriefs.profiles import Profile
from packets import life
from packets.models import Packet

SHORTEST = Profile.SUMMARY.value


@pytest.fixture
def requested_packet(scored_application, person):
    def ask(profile: str = SHORTEST, **form) -> Packet:
        return life.request_packet(scored_application.pk, profile=profile, by=person("manager"), **form)

    return ask


@pytest.fixture
def finished_packet(requested_packet):
    """A packet built to its end."""

    def build(profile: str = SHORTEST, **form) -> Packet:
        return life.build(life.claim(requested_packet(profile, **form).pk))

    return build


@pytest.fixture
def pdf_of(finished_packet):
    """The bytes of a new packet of the profile."""

    def read(profile: str = SHORTEST, **form) -> bytes:
        packet = finished_packet(profile, **form)
        assert packet.state == "ready", packet.error
        with packet.file.open("rb") as stored:
            return stored.read()

    return read


@pytest.fixture
def html_of():
    """The HTML that a packet is rendered from."""

    def read(packet: Packet) -> str:
        contents = life.contents_of(packet.application, packet.profile)
        return life.html_of(packet, contents)

    return read


@pytest.fixture
def text_of(tmp_path):
    """All the text of a PDF as poppler reads it, with line breaks as spaces."""

    def read(pdf: bytes) -> str:
        path = tmp_path / "read.pdf"
        path.write_bytes(pdf)
        done = subprocess.run(["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
        return " ".join(done.stdout.decode().split())

    return read


@pytest.fixture
def stored_files(settings):
    """The files in storage, as they are when asked for."""
    return lambda: sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
