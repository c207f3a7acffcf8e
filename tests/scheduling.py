"""Which process of a run gets which test."""

from functools import cache
from pathlib import Path
from zlib import crc32

from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parents[1]
# Files whose tests ask in the world of the permission tables, which a process builds once.
WORLD = frozenset(
    {
        "tests/architecture/test_blind_worlds.py",
        "tests/architecture/test_hostile_inputs.py",
        "tests/architecture/test_permissions.py",
        "tests/architecture/test_refused_forms.py",
    }
)


class FewBrowsers(LoadScopeScheduling):
    """Tests in a browser go to two processes, from the beginning on, so that there are two browsers and two demos.

    So do those in the world of the permission tables, which keep a core busy while the others wait for browsers and
    for processes that are killed. Tests that share what their file makes go to one process. Each other test goes to
    whichever process is free.

    Told apart by their names: pytest 9.2 ignores the group that pytest-xdist 3.8 adds to them (its issue 1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith("tests/e2e/"):
            return "every page" if "test_every_page" in nodeid else "every other page"
        if nodeid.startswith("tests/architecture/test_imports.py"):
            return "imports"
        file = nodeid.partition("::")[0]
        if file in WORLD:
            return f"world, part {crc32(nodeid.encode()) % 2}"
        return file if makes_once(file) else nodeid


@cache
def makes_once(file: str) -> bool:
    """Whether the file makes something for all of its tests, as a server or a document, which each process that gets
    one of them would make again.
    """
    text = (ROOT / file).read_text(encoding="utf-8")
    return 'scope="module"' in text or 'scope="session"' in text
