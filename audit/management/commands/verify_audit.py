"""manage.py verify_audit: whether the audit trail is whole. Exit status 1 and the first bad row where it is not."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from audit.chain import verify


class Command(BaseCommand):
    help = "Reckons the chain over the audit trail anew and says whether anything was changed, removed or slipped in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--expect", default="", metavar="HASH", help="a head noted earlier; it must be in the chain"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = verify(expect=options["expect"].strip())
        answer: dict[str, object] = {"ok": found.ok, "events": found.events, "head": found.head}
        if not found.ok:
            answer |= {"problem": found.problem, "place": found.place, "event": found.event_id}
        self.stdout.write(json.dumps(answer))
        if not found.ok:
            sys.exit(1)
