"""manage.py retention [--dry-run]"""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from privacy.retention import run_retention


class Command(BaseCommand):
    help = "Erases candidates whose retention period has ended, except those on legal hold. Prints a report as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only report, erase no one")

    def handle(self, *args: Any, **options: Any) -> None:
        report = run_retention(dry_run=options["dry_run"])
        self.stdout.write(json.dumps(report.as_dict(), indent=2))
        if report.failed:
            raise SystemExit(1)
