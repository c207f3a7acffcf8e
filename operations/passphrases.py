"""A passphrase comes from a file: on the command line others could read it."""

from pathlib import Path

LEAST = 12  # characters


class PassphraseRefused(ValueError):
    """The message says why."""


def read_passphrase(path: Path | None) -> str:
    """The file's first line; empty where no file is named. Raises PassphraseRefused, or
    OSError where it cannot be read."""
    if path is None:
        return ""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise PassphraseRefused(f"{path} is not a text in UTF-8: write the passphrase into its first line") from error
    passphrase = lines[0].strip() if lines else ""
    if len(passphrase) < LEAST:
        raise PassphraseRefused(f"the passphrase in {path} has fewer than {LEAST} characters: write a longer one")
    return passphrase
