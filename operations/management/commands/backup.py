"""manage.py backup FILE [--passphrase-file FILE]"""

import json
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError, CommandParser

from operations.backup import BackupFailed, in_plain_words, make_backup
from operations.passphrases import PassphraseRefused, read_passphrase
from operations.programs import NoPrograms


class Command(BaseCommand):
    help = "Writes the database and all files into one file, consistent with each other, also while people work."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file to write; it must not exist")
        parser.add_argument(
            "--passphrase-file",
            type=Path,
            metavar="FILE",
            help="encrypt with the passphrase that this file holds, in the format of the program age",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        before = signal.signal(signal.SIGTERM, _end)
        try:
            passphrase = read_passphrase(options["passphrase_file"])
            backup = make_backup(options["file"].absolute(), passphrase=passphrase)
        except (BackupFailed, NoPrograms, PassphraseRefused, psycopg.Error, OSError) as error:
            raise CommandError(f"No backup was made: {in_plain_words(error)}") from error
        finally:
            signal.signal(signal.SIGTERM, before)
        if backup.missing:
            self.stderr.write(
                f"{backup.missing} files that rows name are not in the storage, and so not in the backup."
            )
        answer = {
            "file": str(options["file"]),
            "size": backup.size,
            "sha256": backup.sha256,
            "encrypted": backup.encrypted,
            "rows": backup.rows,
            "files": backup.files,
            "missing": backup.missing,
            "seconds": backup.seconds,
        }
        self.stdout.write(json.dumps(answer, indent=2))


def _end(number: int, frame: FrameType | None) -> None:
    """Ended from outside it leaves nothing half written."""
    sys.exit(128 + number)
