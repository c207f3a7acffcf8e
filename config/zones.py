"""Which rules of time zones hold: the machine's or those of the package, whichever are newer.

Python takes the machine's, which may be years old in an image or on a server that is seldom updated. An invitation
would then state another hour than its receiver's calendar knows.
"""

import zoneinfo
from collections.abc import Iterable
from pathlib import Path

import tzdata

FIRST_LINE = "# version "


def take_the_newest() -> None:
    """Let every zone that is read from now on have the newest rules that are at hand."""
    if release_of(zoneinfo.TZPATH) < tzdata.IANA_VERSION:
        zoneinfo.reset_tzpath(to=())  # then Python takes the package's


def release_of(folders: Iterable[str]) -> str:
    """The release of the zone database in the first of these folders that has one, such as
    "2026a", which sorts by age; empty where it is not told.
    """
    for folder in folders:
        if (Path(folder) / "UTC").exists():
            return _told(Path(folder) / "tzdata.zi")
    return ""


def _told(source: Path) -> str:
    try:
        with source.open(encoding="ascii", errors="replace") as lines:
            first = lines.readline().strip()
    except OSError:
        return ""
    return first.removeprefix(FIRST_LINE) if first.startswith(FIRST_LINE) else ""
