"""manage.py protected_words FILE [--json]"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from accounts.text_files import text_in
from scorecards.phrases import Entries, find
from scorecards.protected_words import lists, shipped_lists


class Command(BaseCommand):
    help = (
        "Tries the lists of protected words on a text file, line by line, and prints the words that would give a "
        "hint. Uses the lists as shipped where there is no database."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print every line with its words as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = text_in(options["file"]).splitlines()
        current = self._lists()
        tried = [(line, [found.words for found in find(line, current)]) for line in lines]
        if options["json"]:
            self._print_json(tried)
            return
        for number, (_, words) in enumerate(tried, start=1):
            if words:
                self.stdout.write(f"{number}: {', '.join(words)}")

    def _print_json(self, tried: list[tuple[str, list[str]]]) -> None:
        rows = []
        for number, (line, words) in enumerate(tried, start=1):
            rows.append({"line": number, "text": line, "words": words})
        self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))

    def _lists(self) -> dict[str, Entries]:
        """The installation's lists, where there is a database that has them."""
        if settings.WITHOUT_DATABASE:
            return shipped_lists()
        try:
            return lists()
        except DatabaseError:
            self.stderr.write("The database has no word lists; these are the lists as shipped.")
            return shipped_lists()
