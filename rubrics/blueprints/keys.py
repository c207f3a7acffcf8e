"""Free names for keys and addresses: the stem itself, else the first number behind it that nobody has."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import count

STEM_LENGTH = 80


def numbered(stem: str) -> Iterator[str]:
    """`stem`, `stem-2`, `stem-3` and so on, without end."""
    yield stem
    for number in count(2):
        yield f"{stem}-{number}"


def first_free(stem: str, taken: Collection[str]) -> str:
    """The first of `numbered` that is not among `taken`."""
    return next(name for name in numbered(stem) if name not in taken)


def free_key(name: str, taken: Collection[str]) -> str:
    """A stable key for a dimension of this name: lower-case ASCII letters, digits and dashes, not among `taken`.

    A name in another script gets its place instead: `dimension-N`, where N counts from 1.
    """
    stem = _slug(name) or f"dimension-{len(taken) + 1}"
    return first_free(stem, taken)


def _slug(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    ascii_name = decomposed.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-")[:STEM_LENGTH]
