"""Whether what a command line names is there: its program, the module or file that it runs, a command of ours."""

import importlib.util
import re
import shutil
from collections.abc import Iterator, Sequence

from django.core.management import get_commands

from tests.config.processes import ROOT
from tests.ops.runner import VENV

IN_THE_SHELL = {"kill"}


def missing(words: Sequence[str]) -> list[str]:
    """What these words name and nobody has."""
    program, *rest = words
    there = program in IN_THE_SHELL or shutil.which(program, path=f"{VENV}:/usr/bin:/bin")
    found = [] if there else [program]
    return found + [name for name, there in _named(program, rest) if not there]


def _named(program: str, rest: Sequence[str]) -> Iterator[tuple[str, bool]]:
    if program == "gunicorn":
        yield rest[-1], _module(rest[-1])
    if program == "celery":
        yield rest[rest.index("-A") + 1], _module("config.celery")
    if program == "python" and "manage.py" in rest:
        command = rest[rest.index("manage.py") + 1]
        yield command, command in get_commands()
    for word in rest:
        if re.fullmatch(r"[\w.-]+(/[\w.-]+)*\.(py|txt|lock|sh)", word):
            yield word, (ROOT / word).is_file()


def _module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None
