"""Which process of a run gets which test."""

from zlib import crc32

from xdist.scheduler import LoadScopeScheduling

# Files whose tests share an installation, a server or a document that takes long to make: one process makes it.
SHARING = frozenset(
    {
        "tests/config/test_away.py",
        "tests/config/test_cache.py",
        "tests/config/test_static_files.py",
        "tests/ops/test_deployment.py",
        "tests/ops/test_roles.py",
        "tests/packets/documents/test_merging.py",
        "tests/packets/documents/test_pages.py",
        "tests/packets/documents/test_readers.py",
        "tests/packets/documents/test_tagging.py",
        "tests/packets/test_redaction.py",
    }
)
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
    for processes that are killed. Each other test goes to whichever process is free.

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
        return file if file in SHARING else nodeid
