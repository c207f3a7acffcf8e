"""manage.py verify_packet FILE"""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from packets.life import is_current
from packets.models import Packet, PacketBatch
from packets.verify import Unreadable, Verdict, packets_in, verify


class Command(BaseCommand):
    help = "Checks whether a PDF is an unchanged packet issued by this installation, and whether it is still current."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            verdict = verify(path.read_bytes())
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except Unreadable as error:
            raise CommandError(f"{path} cannot be verified: {error}.") from error
        self.stdout.write(json.dumps(_stated(path, verdict), ensure_ascii=False, indent=2))
        if not verdict.good:
            sys.exit(1)


def _stated(path: Path, verdict: Verdict) -> dict[str, Any]:
    packet = _packet(verdict.packet) if verdict.packet else None
    batch = _batch(verdict.batch) if verdict.batch else None
    return {
        "format": "evenhand-verification/1",
        "file": path.name,
        "sha256": verdict.sha256,
        "verdict": verdict.word,
        "issued": verdict.issued,
        "unchanged": verdict.unchanged,
        "current": verdict.current,
        "packet": packet,
        "batch": batch,
    }


def _batch(batch: PacketBatch) -> dict[str, Any]:
    """A file of several packets, and each of them."""
    return {
        "id": batch.pk,
        "profile": batch.profile,
        "issued_at": batch.requested_at.isoformat(),
        "issued_to": batch.requested_by.display_name,
        "packets": [_packet(packet) | {"current": is_current(packet)} for packet in packets_in(batch)],
    }


def _packet(packet: Packet) -> dict[str, Any]:
    """What the file is. An altered one was made from this packet."""
    application = packet.application
    return {
        "id": packet.pk,
        "profile": packet.profile,
        "paper": packet.paper,
        "evidence_by": packet.evidence_by,
        "archival": packet.archival,
        "fingerprint": packet.fingerprint,
        "sha256": packet.sha256,
        "application": application.pk,
        "opening": application.opening.slug,
        "candidate": application.candidate.name,
        "issued_at": packet.requested_at.isoformat(),
        "issued_to": packet.requested_by.display_name,
    }
