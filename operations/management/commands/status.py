"""manage.py status [--json] [--web ADDRESS]"""

import json
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from operations.findings import State
from operations.status import Status, current_status

SIGNS = {State.OK: "ok", State.ATTENTION: "check", State.BROKEN: "BROKEN"}


class Command(BaseCommand):
    help = "Says whether every part of this installation works. Exit status 1 where something is broken."
    requires_system_checks: list[str] = []  # it also answers while the database is away

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print everything as JSON")
        parser.add_argument(
            "--web", default=settings.WEB_ADDRESS, metavar="ADDRESS", help="where the web server is looked for"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        status = current_status(web=options["web"].rstrip("/"))
        self.stdout.write(json.dumps(status.as_json(), indent=2) if options["json"] else _as_text(status))
        if status.state == State.BROKEN:
            sys.exit(1)


def _as_text(status: Status) -> str:
    lines = [f"{name} {value}" for name, value in status.versions.items()]
    for one in status.findings:
        lines.append(f"{SIGNS[one.state]:6}  {one.part:8}  {one.says}")
        if one.advice:
            lines.append(f"{'':18}{one.advice}")
    return "\n".join(lines)
