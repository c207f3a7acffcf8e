"""manage.py debrief APPLICATION --json"""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from audit.services import record
from debriefs.export import debrief_json
from debriefs.gathering import debrief_sheet
from debriefs.management.commands._lookup import find_application


class Command(BaseCommand):
    help = "Prints the debrief sheet of an application (an id or opening-slug/candidate-email) as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("application")
        parser.add_argument("--json", action="store_true", help="the only format available")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        application = find_application(options["application"])
        record("debrief.exported", by=None, subject=application)
        self.stdout.write(json.dumps(debrief_json(debrief_sheet(application)), ensure_ascii=False, indent=2))
