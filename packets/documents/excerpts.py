"""Texts that have to end on their page: how many lines they take, and where they are cut.

Pure, and imports no Django.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from packets.documents.typesetting import width

COLUMNS = 88  # of a line over the whole page, where a small letter takes one
BACK = 24  # letters that a cut goes back at most to stand between two words
MORE = "…"


@dataclass(frozen=True)
class Excerpt:
    """As much of a text as is shown; `is_cut` where more follows elsewhere."""

    text: str
    is_cut: bool


def line_count(text: str, columns: int = COLUMNS) -> int:
    """Lines that the text takes at so many columns; none where it is empty."""
    if not text:
        return 0
    return sum(max(1, ceil(width(line) / columns)) for line in text.split("\n"))


def excerpt(text: str, lines: int, columns: int = COLUMNS) -> Excerpt:
    """The text if it takes at most so many lines, else its beginning with an ellipsis."""
    if line_count(text, columns) <= lines:
        return Excerpt(text, is_cut=False)
    shown, beyond = 0, len(text)
    while beyond - shown > 1:
        middle = (shown + beyond) // 2
        if line_count(text[:middle] + MORE, columns) <= lines:
            shown = middle
        else:
            beyond = middle
    return Excerpt(text[: _between_words(text, shown)].rstrip() + MORE, is_cut=True)


def _between_words(text: str, end: int) -> int:
    """At most BACK letters before the end; no sign is parted from its accents."""
    for before in range(end, max(0, end - BACK), -1):
        if text[before].isspace():
            return before
    while end > 0 and unicodedata.combining(text[end]):
        end -= 1
    return end


def shared(needs: Iterable[int], room: int) -> list[int]:
    """So many lines of the room for each need: the small ones whole, the rest alike."""
    wanted = list(needs)
    given = [0] * len(wanted)
    left = max(0, room)
    waiting = sorted(range(len(wanted)), key=wanted.__getitem__)
    while waiting:
        index = waiting.pop(0)
        part = left // (len(waiting) + 1)
        given[index] = min(wanted[index], part)
        left -= given[index]
    return given
