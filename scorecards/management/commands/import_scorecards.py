"""manage.py import_scorecards FILE.csv [--rubric SLUG]"""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rubrics.models import RubricVersion
from scorecards.historic import BadRows, read, store


class Command(BaseCommand):
    help = "Imports historic scorecards from CSV, all or nothing; prints counts as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--rubric", help="slug of the rubric for openings that do not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        version = self._version(options["rubric"])
        try:
            counts = store(read(options["file"].read_bytes()), rubric_version=version, by=None)
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except BadRows as error:
            for line, problem in error.problems:
                self.stderr.write(f"line {line}: {problem}")
            self.stderr.write("Nothing was imported.")
            sys.exit(1)
        self.stdout.write(json.dumps(asdict(counts)))

    def _version(self, slug: str | None) -> RubricVersion | None:
        if not slug:
            return None
        version = RubricVersion.objects.published().filter(rubric__slug=slug).select_related("rubric").first()
        if version is None:
            raise CommandError(f"There is no published rubric with the slug {slug!r}.")
        return version
