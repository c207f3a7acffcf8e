"""manage.py import_scorecards FILE.csv [--rubric SLUG]"""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from rubrics.models import RubricVersion
from scorecards.imports import BadRows, read, store


class Command(BaseCommand):
    help = "Imports historic scorecards from a CSV file, all or nothing. Prints counts as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--rubric", help="slug of the rubric to use for openings that do not exist yet")

    def handle(self, *args: object, file: Path, rubric: str | None, **options: object) -> None:
        """CommandError without the file or a published rubric; exits 1 for bad rows."""
        version = self._version(rubric)
        try:
            reading = read(file.read_bytes())
            counts = store(reading, rubric_version=version, by=None)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except BadRows as error:
            for line, problem in error.problems:
                self.stderr.write(f"line {line}: {problem}")
            self.stderr.write("Nothing was imported.")
            sys.exit(1)
        self.stdout.write(json.dumps(asdict(counts)))

    def _version(self, slug: str | None) -> RubricVersion | None:
        if not slug:
            return None
        versions = RubricVersion.objects.published().select_related("rubric")
        version = versions.filter(rubric__slug=slug).first()
        if version is None:
            raise CommandError(f"There is no published rubric with the slug {slug!r}.")
        return version
