"""Packets of the sample's application, built here and now as a worker builds them."""

import subprocess
from pathlib import Path

import pytest

from scorecards.aggregate import aggregate
from scorecards.gathering import debrief_facts
from scorecards.models import Packet
from scorecards.packets import services
from scorecards.packets.redaction import redact


@pytest.fixture
def asked(scored, person):
    def ask(profile: str = "full", **form) -> Packet:
        return services.request_packet(scored.pk, profile=profile, by=person("manager"), **form)

    return ask


@pytest.fixture
def built(asked):
    """A packet built to its end."""

    def build(profile: str = "full", **form) -> Packet:
        return services.build(services.claim(asked(profile, **form).pk))

    return build


@pytest.fixture
def pdf_of(built):
    """The bytes of a new packet of the profile."""

    def read(profile: str = "full", **form) -> bytes:
        packet = built(profile, **form)
        assert packet.state == "ready", packet.error
        with packet.file.open("rb") as stored:
            return stored.read()

    return read


@pytest.fixture
def html_of():
    """The HTML that a packet is rendered from."""

    def read(packet: Packet) -> str:
        facts = debrief_facts(packet.application)
        return services.html_of(packet, facts, redact(aggregate(facts), packet.profile))

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
