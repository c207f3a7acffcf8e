"""Which process of a run gets which test."""

from xdist.scheduler import LoadScopeScheduling


class FewBrowsers(LoadScopeScheduling):
    """Tests in a browser go to two processes, from the beginning on, so that there are two browsers and two demos;
    each other test goes to whichever process is free.

    Told apart by their names: pytest 9.2 ignores the group that pytest-xdist 3.8 adds to them (its issue 1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        if not nodeid.startswith("tests/e2e/"):
            return nodeid
        return "every page" if "test_every_page" in nodeid else "every other page"
