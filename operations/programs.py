"""PostgreSQL's own programs for a backup: those of the wheel, else those of the
machine."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

DEBIAN = Path("/usr/lib/postgresql")  # keeps those of each version in a folder of its own


class NoPrograms(RuntimeError):
    """Nothing here can dump or fill this server; the message says what to install."""


@dataclass(frozen=True)
class Programs:
    folder: Path
    version: int  # the major one

    @property
    def pg_dump(self) -> str:
        return str(self.folder / "pg_dump")

    @property
    def psql(self) -> str:
        return str(self.folder / "psql")


def programs_for(server: int) -> Programs:
    """The first found that know a server of this major version. Raises NoPrograms."""
    found = [programs for folder in _folders() if (programs := _programs(folder))]
    for programs in found:
        if programs.version >= server:
            return programs
    known = ", ".join(str(programs.version) for programs in found) or "none"
    raise NoPrograms(
        f"pg_dump and psql of PostgreSQL {server} or newer are needed (found: {known}): "
        f"install the package postgresql-client-{server}"
    )


def _folders() -> Iterator[Path]:
    with suppress(ImportError, OSError, KeyError):  # the wheel is another than this one, or is left out
        yield import_string(settings.POSTGRES_PROGRAMS)()
    if on_path := shutil.which("pg_dump"):
        yield Path(on_path).parent
    yield from sorted(DEBIAN.glob("*/bin"), reverse=True)


def _programs(folder: Path) -> Programs | None:
    """Those of this folder, if both are there and run."""
    if not (folder / "psql").exists():
        return None
    try:
        told = subprocess.run(  # noqa: S603 - a program of PostgreSQL
            [folder / "pg_dump", "--version"], capture_output=True, text=True, check=True, timeout=30
        )
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.search(r"\) (\d+)", told.stdout)
    return Programs(folder, int(version[1])) if version else None
