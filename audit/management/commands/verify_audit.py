"""manage.py verify_audit: whether the audit trail is whole, and what it froze as it
was. Exit status 1 and the first bad row where it is not."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from audit.chain import verify


class Command(BaseCommand):
    help = (
        "Recomputes the hash chain of the audit trail and the hashes of what its events froze, "
        "and reports anything that was changed, removed or inserted."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--expect", default="", metavar="HASH", help="a hash noted earlier, which must be in the chain"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = verify(expect=options["expect"].strip())
        answer: dict[str, object] = {"ok": found.ok, "events": found.events, "head": found.head}
        if not found.ok:
            answer |= {"problem": found.problem, "position": found.position, "event": found.event_id}
        self.stdout.write(json.dumps(answer))
        if not found.ok:
            sys.exit(1)
