"""manage.py build_packet APPLICATION --output FILE [--profile PROFILE]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from candidates.models import Application
from debriefs.management.commands._lookup import find_application
from debriefs.profiles import VALUES, Profile
from packets import life
from packets.documents.unprinted import kept
from packets.models import Packet


class Command(BaseCommand):
    help = "Builds an application's packet right away, with the same code as the worker."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("application")
        parser.add_argument("--output", type=Path, required=True)
        parser.add_argument("--profile", choices=VALUES, default=Profile.FULL.value)
        parser.add_argument(
            "--evidence-by",
            choices=Packet.EvidenceBy.values,
            default="",
            help="how the evidence is put together; default: dimension",
        )
        parser.add_argument("--paper", choices=Packet.Paper.values, default="", help="default: PACKET_PAPER")
        parser.add_argument(
            "--archival",
            action="store_true",
            default=None,
            help="PDF/A-3b with the debrief inside as JSON and CSV; default: PACKET_ARCHIVAL",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        application = find_application(options["application"])
        packet = self._built(
            application, {name: options[name] for name in ("profile", "evidence_by", "paper", "archival")}
        )
        try:
            with packet.file.open("rb") as stored:
                pdf = stored.read()
        except OSError as error:
            raise CommandError(f"packet {packet.pk} cannot be read from storage: {error.strerror}") from error
        try:
            options["output"].write_bytes(pdf)
        except OSError as error:
            raise CommandError(f"{options['output']}: {error.strerror}") from error
        self.stderr.write(f"{options['output']}: packet {packet.pk}, sha256 {packet.sha256}")
        for row in kept(packet.unprinted):
            self.stderr.write(f"No font for {row.name}: {row.place}")

    def _built(self, application: Application, asked: dict[str, Any]) -> Packet:
        try:
            packet = life.new_packet(application, **asked, by=_issuer(application), wake=False)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if packet.state == Packet.State.FAILED:
            Packet.objects.filter(pk=packet.pk).update(state=Packet.State.QUEUED, attempts=0, error="")
        if packet.state != Packet.State.READY:
            claimed = life.claim(packet.pk)
            if claimed is None:
                raise CommandError("A worker is building this packet right now. Try again in a moment.")
            packet = life.build(claimed)
        if packet.state != Packet.State.READY:
            raise CommandError(packet.error)
        return packet


def _issuer(application: Application) -> User:
    """To whom it is issued: the opening's hiring manager, else an administrator."""
    member = application.opening.members.filter(role="hiring_manager").select_related("user").first()
    if member:
        return member.user
    user = User.objects.filter(is_administrator=True).first() or User.objects.first()
    if user is None:
        raise CommandError("There is no one to issue the packet to. Add a hiring manager to the opening.")
    return user
