"""manage.py import_blueprint FILE [--dry-run] [--publish] [--language CODE] [--as-told]"""

import json
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from rubrics.blueprints.directions import UNTOLD, Directions
from rubrics.blueprints.documents import Document
from rubrics.blueprints.files import document_in, open_file, planned
from rubrics.blueprints.language import LANGUAGES
from rubrics.blueprints.plan import ImportPlan
from rubrics.readers.choice import SIZE_LIMIT
from rubrics.readers.page import UnusableBlueprint


class Command(BaseCommand):
    help = (
        "Reads a role blueprint or scorecard (Word, OpenDocument, Excel, CSV, PDF with text, HTML, Markdown, text, a "
        "WordPress post as JSON, or evenhand-rubric/1 JSON) and prints its rubric as JSON. Stores it as a draft "
        "unless --dry-run is given."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="print the rubric without storing it")
        parser.add_argument("--publish", action="store_true", help="publish the version as well")
        parser.add_argument(
            "--language", choices=sorted(LANGUAGES), help="the rubric's; guessed from its text if not given"
        )
        parser.add_argument(
            "--as-told",
            action="store_true",
            help="read headings, tables and columns as somebody said in the preview of a document of the same shape",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        found = self._read(path, as_told=options["as_told"])
        if options["language"]:
            found = replace(found, language=options["language"])
        if not options["dry_run"]:
            self._store(found, path.name, publish=options["publish"])
        self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=2))

    def _read(self, path: Path, *, as_told: bool) -> ImportPlan:
        try:
            if path.stat().st_size > SIZE_LIMIT:
                size = path.stat().st_size
                raise CommandError(f"{path.name}: the file has {size:,} bytes; the limit is {SIZE_LIMIT:,}")
            opened = open_file(path.read_bytes(), filename=path.name)
            document = document_in(opened)
            directions = UNTOLD
            if as_told and document is not None:
                directions = self._told(document)
            return planned(opened, document, directions)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except UnusableBlueprint as error:
            raise CommandError(f"{path.name}: {error}") from error

    def _told(self, document: Document) -> Directions:
        """What is remembered of the document's shape; where that is nothing, a line on standard error says so."""
        from rubrics.remembering import recalled

        found = recalled(document)
        if found is None:
            self.stderr.write("Nothing was told of a document of this shape, so it is read by the rules alone.")
            return UNTOLD
        return found.directions

    def _store(self, found: ImportPlan, filename: str, *, publish: bool) -> None:
        from rubrics.services import import_plan

        try:
            import_plan(found, filename=filename, by=None, publish=publish)
        except ValidationError as error:
            raise CommandError(f"{filename}: {' '.join(error.messages)}") from error
