"""The addresses of pages: Django works each out anew, and a page names dozens that
differ in a number at most."""

from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse

MOST = 500  # addresses that a process keeps
NUMBER = 9_007_199_254_740_993  # stands for the number; no address has it by itself


def address(name: str, key: int | str | None = None) -> str:
    """The address of the page of this name, with the word or the whole number from 0 on
    that belongs in it.

    It is worked out once in a process. Raises NoReverseMatch where there is none.
    """
    if not isinstance(key, int):
        return _written(name, key, get_urlconf(), get_script_prefix())
    before, after = _around(name, get_urlconf(), get_script_prefix())
    return f"{before}{key}{after}"


@lru_cache(maxsize=MOST)
def _written(name: str, word: str | None, urlconf: str | None, prefix: str) -> str:
    """Which addresses there are, and below which prefix, is Django's to know by itself."""
    return reverse(name, args=[] if word is None else [word])


@lru_cache(maxsize=MOST)
def _around(name: str, urlconf: str | None, prefix: str) -> tuple[str, str]:
    """What stands before and after the number in the address of this name."""
    before, _, after = reverse(name, args=[NUMBER]).partition(str(NUMBER))
    return before, after
