"""manage.py import_scorecards FILE [--rubric SLUG] [--dry-run] [--with-erased] [--zone ZONE]"""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import asdict
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from rubrics.models import RubricVersion
from scorecards.import_files import BadRows, read
from scorecards.imports import preview, store


def _zone(name: str) -> ZoneInfo:
    if name not in available_timezones():
        raise ArgumentTypeError("give the name of a time zone, such as Europe/Paris")
    return ZoneInfo(name)


class Command(BaseCommand):
    help = "Imports historic scorecards from a CSV file or a workbook, all or nothing. Prints counts as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--rubric", help="slug of the rubric to use for openings that do not exist yet")
        parser.add_argument("--dry-run", action="store_true", help="store nothing, and list what would be new")
        parser.add_argument("--zone", type=_zone, help="of times without one, such as Europe/Paris; else refused")
        parser.add_argument(
            "--with-erased", action="store_true", help="bring back people who were erased under the same address"
        )

    def handle(
        self,
        *args: object,
        file: Path,
        rubric: str | None,
        dry_run: bool,
        with_erased: bool,
        zone: ZoneInfo | None = None,
        **options: object,
    ) -> None:
        """CommandError without the file or a published rubric; exits 1 for bad rows."""
        version = self._version(rubric)
        act = preview if dry_run else store
        try:
            reading = read(file.read_bytes(), zone=zone)
            for note in reading.notes:
                self.stderr.write(note)
            done = act(reading, rubric_version=version, by=None, with_erased=with_erased)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except IntegrityError as error:
            raise CommandError("Somebody stored the same meanwhile. Nothing was imported: run it again.") from error
        except BadRows as error:
            for line, problem in error.problems:
                self.stderr.write(f"line {line}: {problem}")
            self.stderr.write("Nothing was imported.")
            sys.exit(1)
        told: dict[str, object] = dict(asdict(done.counts))
        if dry_run:
            told |= {"dry_run": True, "new": asdict(done.new)}
        self.stdout.write(json.dumps(told, ensure_ascii=False))

    def _version(self, slug: str | None) -> RubricVersion | None:
        if not slug:
            return None
        versions = RubricVersion.objects.published().select_related("rubric")
        version = versions.filter(rubric__slug=slug).first()
        if version is None:
            raise CommandError(f"There is no published rubric with the slug {slug!r}.")
        return version
