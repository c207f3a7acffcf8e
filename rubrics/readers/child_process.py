"""Reads a file in a process of its own: bounded time and memory, nothing run, nothing fetched, nothing written."""

import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, NoReturn, TypedDict, TypeVar

from accounts.child_process import ChildFailed, ChildTookTooLong, confine, run_module
from rubrics.blueprints.reading import PlanWarning
from rubrics.readers.kinds import Kind
from rubrics.readers.page import Page, UnusableBlueprint

SECONDS = 40  # less than a web server waits for a page
CPU_SECONDS = 30
MEGABYTES = 1024
MOST_MARKUP = 8 * 1024 * 1024
MOST_TAGS = 150_000  # a rubric has thousands; what is made of them is planned in the parent
TOO_LONG = "reading this file took too long: keep the rubric's part of it alone, and save that"
TOO_MUCH = "this file holds far more than a rubric does: keep the rubric's part of it alone, and save that"
NOT_READ = "this file could not be read: open it in the program it came from and save it again"
# Which function reads what: imported in the child alone, so that the parent never holds their libraries.
READERS = {
    Kind.WORD: ("rubrics.readers.word", "read"),
    Kind.EXCEL: ("rubrics.readers.spreadsheets", "read"),
    Kind.OPEN_TEXT: ("rubrics.readers.opendocument", "read_text"),
    Kind.OPEN_SPREADSHEET: ("rubrics.readers.opendocument", "read_spreadsheet"),
    Kind.PDF: ("rubrics.readers.pdf", "read"),
    Kind.MARKDOWN: ("rubrics.readers.markdown", "read"),
    Kind.SEPARATED: ("rubrics.readers.separated", "read"),
    Kind.TEXT: ("rubrics.readers.plain_text", "read"),
}
TEXTS = frozenset({Kind.MARKDOWN, Kind.SEPARATED, Kind.TEXT})  # what is handed over as UTF-8, and read as text
# The same for a list, of which only the rows are wanted.
ROW_READERS = {
    Kind.EXCEL: ("rubrics.readers.rows", "of_workbook"),
    Kind.OPEN_SPREADSHEET: ("rubrics.readers.rows", "of_open_spreadsheet"),
    Kind.SEPARATED: ("rubrics.readers.rows", "of_text"),
}


Data = TypeVar("Data", bytes, str)


class _Answer(TypedDict, total=False):
    """What the child writes: a page or rows, or why there are none."""

    refused: str
    markup: str
    assumed: bool
    title: str
    warnings: list[tuple[str, str]]
    rows: list[tuple[int, list[str]]]
    notes: list[str]


def read_apart(kind: Kind, data: bytes) -> Page:
    """The page of a file of one of the kinds in READERS.

    Raises UnusableBlueprint where it cannot be used, takes too long or needs too much memory.
    """
    answer = _asked(kind, data, "page")
    warnings = tuple(PlanWarning(code, message) for code, message in answer["warnings"])
    return Page(answer["markup"], answer["title"], assumed=answer["assumed"], warnings=warnings)


def rows_apart(kind: Kind, data: bytes) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """The numbered rows of a file of one of the kinds in ROW_READERS, and what is to be said about it (see `Rows`).

    Raises UnusableBlueprint as `read_apart` does.
    """
    answer = _asked(kind, data, "rows")
    return answer["rows"], answer["notes"]


def _asked(kind: Kind, data: bytes, wanted: str) -> _Answer:
    try:
        written = run_module(__name__, kind.name, wanted, data=data, seconds=SECONDS)
    except ChildTookTooLong as error:
        raise UnusableBlueprint(TOO_LONG) from error
    except ChildFailed as error:
        raise UnusableBlueprint(NOT_READ) from error
    answer: _Answer = json.loads(written)
    if "refused" in answer:
        raise UnusableBlueprint(answer["refused"])
    return answer


# --- in the child ---


def main(kind: str, wanted: str) -> None:
    readers = ROW_READERS if wanted == "rows" else READERS
    module, name = readers[Kind[kind]]
    read = getattr(import_module(module), name)
    confine(megabytes=MEGABYTES, cpu_seconds=CPU_SECONDS)
    data = sys.stdin.buffer.read()
    sys.addaudithook(_refuse_what_reaches_out)
    answer = _answer(read, data.decode()) if Kind[kind] in TEXTS else _answer(read, data)
    sys.stdout.write(json.dumps(answer))


def _answer(read: Callable[[Data], Any], data: Data) -> _Answer:
    """What `read` gives, a Page or Rows, as texts."""
    try:
        found = read(data)
    except UnusableBlueprint as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": TOO_LONG}
    except Exception:  # whatever a library trips over: the file is at fault, and its words stay out of the log
        return {"refused": NOT_READ}
    return _page(found) if isinstance(found, Page) else {"rows": found.rows, "notes": list(found.notes)}


def _page(page: Page) -> _Answer:
    if len(page.markup) > MOST_MARKUP or page.markup.count("<") > MOST_TAGS:
        return {"refused": TOO_MUCH}
    warnings = [(warning.code, warning.message) for warning in page.warnings]
    return {"markup": page.markup, "assumed": page.assumed, "title": page.title, "warnings": warnings}


REACHES_OUT = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "os.spawn", "urllib.")
CHANGES_FILES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "shutil.")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def _refuse_what_reaches_out(event: str, arguments: tuple[object, ...]) -> None:
    """Ends an attempt of any library to start a program, to open a connection or to write a file."""
    if event.startswith((*REACHES_OUT, *CHANGES_FILES)):
        _refuse(event)
    if event == "open" and len(arguments) > 2 and isinstance(arguments[2], int) and arguments[2] & WRITING:
        _refuse(event)


def _refuse(event: str) -> NoReturn:
    raise PermissionError(f"a reader of documents may not do this: {event}")


if __name__ == "__main__":
    main(*sys.argv[1:])
