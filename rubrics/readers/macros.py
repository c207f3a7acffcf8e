"""Programs inside Office files: they are named, and stay where they are."""

from collections.abc import Iterator

from rubrics.blueprints.reading import PlanWarning
from rubrics.readers.archives import Archive

LISTS = ("script-lc.xml", "script-lb.xml")  # which libraries there are, also where none has a program


def macros_in(archive: Archive) -> Iterator[PlanWarning]:
    """The warning for a file with programs in it, of Microsoft's formats or of OpenDocument."""
    if any(map(_is_a_program, archive.names)):
        yield PlanWarning("macros_left_out", "The file holds macros. None was run or kept.")


def _is_a_program(name: str) -> bool:
    if name.endswith("vbaProject.bin"):
        return True
    return name.startswith(("Basic/", "Scripts/")) and not name.endswith(("/", *LISTS))
