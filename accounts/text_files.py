"""Text files that a command is given."""

from pathlib import Path

from django.core.management.base import CommandError


def text_in(path: Path) -> str:
    """The file's text: UTF-8, with or without its mark. Raises CommandError, with a
    line that names the file, for one that cannot be read."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path.name}: not a text file in UTF-8") from error
