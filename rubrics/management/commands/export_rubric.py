"""manage.py export_rubric SLUG"""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from audit.services import record
from rubrics.export import rubric_json
from rubrics.models import Rubric


class Command(BaseCommand):
    help = "Prints the newest published version of a rubric as JSON, or its draft if none is published."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        rubric = Rubric.objects.filter(slug=options["slug"]).first()
        if rubric is None:
            raise CommandError(f"There is no rubric with the slug {options['slug']!r}.")
        version = rubric.versions.filter(state="published").first() or rubric.versions.first()
        if version is None:
            raise CommandError(f"The rubric {options['slug']!r} has no version.")
        record("rubric.exported", by=None, subject=version)
        self.stdout.write(json.dumps(rubric_json(version), ensure_ascii=False, indent=2))
