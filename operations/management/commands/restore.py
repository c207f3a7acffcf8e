"""manage.py restore FILE [--passphrase-file FILE]"""

import json
import sys
from pathlib import Path
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseError

from operations.age import NotReadable
from operations.archive import NotABackup
from operations.backup import in_plain_words
from operations.passphrases import PassphraseRefused, read_passphrase
from operations.programs import NoPrograms
from operations.restore import RestoreFailed, finish, report_of, restore_backup

REFUSALS = (
    RestoreFailed,
    NotABackup,
    NotReadable,
    NoPrograms,
    PassphraseRefused,
    psycopg.Error,
    DatabaseError,
    OSError,
)


class Command(BaseCommand):
    help = "Brings a backup back into an empty installation, and compares every table and file with its manifest."
    requires_system_checks: list[str] = []  # there may be no tables yet

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file that manage.py backup has written")
        parser.add_argument(
            "--passphrase-file", type=Path, metavar="FILE", help="holds the passphrase of an encrypted backup"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            restored = restore_backup(options["file"], passphrase=read_passphrase(options["passphrase_file"]))
        except REFUSALS as error:
            raise CommandError(f"Nothing was restored: {in_plain_words(error)}") from error
        try:
            trail = finish(restored)
        except DatabaseError as error:
            raise CommandError(
                f"Everything was restored. Then run manage.py migrate: {in_plain_words(error)}"
            ) from error
        if restored.manifest.missing:
            count = len(restored.manifest.missing)
            self.stderr.write(f"{count} files were missing already when the backup was made.")
        self.stdout.write(json.dumps(report_of(restored, trail), indent=2))
        if not trail.ok:
            self.stderr.write(f"The audit trail does not verify: {trail.problem}.")
            sys.exit(1)
