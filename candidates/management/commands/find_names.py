"""manage.py find_names FILE --name NAME [--name NAME] [--json]"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from accounts.text_files import text_in
from candidates.names import Doubt, NameMatcher


class Command(BaseCommand):
    help = "Shows what a packet without these people would print of a text file. Nothing is stored."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--name",
            action="append",
            required=True,
            help="a name or an e-mail address to remove; give the option once for each",
        )
        parser.add_argument("--json", action="store_true", help="print text and words as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        text = text_in(options["file"])
        matcher = NameMatcher(options["name"])
        bare = matcher.removed(text)
        removed = matcher.words(text, Doubt.NONE, Doubt.COMMON)
        ask = matcher.words(text, Doubt.ASKED)
        if options["json"]:
            found = {"text": bare, "removed": removed, "ask": ask}
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        self.stdout.write(bare)
        self.stdout.write(f"Removed: {_listed(removed)}")
        self.stdout.write(f"For a person to tick: {_listed(ask)}")


def _listed(words: list[str]) -> str:
    return ", ".join(words) if words else "none"
