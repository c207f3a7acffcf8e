"""Signs for which no font has a picture: which, on which pages, and the words for it.

Pure, and imports no Django.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

ID = "unprinted"  # of the element in which a document says so
NAMED = 40  # signs that the document itself names; the rest are counted


class Unprinted(NamedTuple):
    """A sign, by its number in Unicode, and the pages that it stands on, from 1."""

    sign: int
    pages: tuple[int, ...]

    @property
    def name(self) -> str:
        """As `U+13000 EGYPTIAN HIEROGLYPH A001`; without the words where it has none."""
        return f"U+{self.sign:04X} {unicodedata.name(chr(self.sign), '')}".rstrip()

    @property
    def picture(self) -> str:
        """The sign itself, for a reader that has a font for it."""
        return chr(self.sign)

    @property
    def place(self) -> str:
        """As `page 3` or `pages 1–4, 9`."""
        words = ", ".join(_span(first, last) for first, last in _spans(self.pages))
        return f"page {words}" if len(self.pages) == 1 else f"pages {words}"


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _spans(pages: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of the pages that follow on one another."""
    first = last = 0
    for page in pages:
        if first and page == last + 1:
            last = page
            continue
        if first:
            yield first, last
        first = last = page
    if first:
        yield first, last


def kept(rows: Iterable[tuple[int, Iterable[int]]]) -> list[Unprinted]:
    """The signs as a packet's row keeps them."""
    return [Unprinted(sign, tuple(pages)) for sign, pages in rows]


def unprinted_of(laid_out: Any) -> tuple[Unprinted, ...]:
    """The signs without a picture of a document that the engine has written."""
    missing = {sign for font in laid_out.fonts.values() for sign in font.missing}
    if not missing:
        return ()
    pages: dict[int, list[int]] = {sign: [] for sign in sorted(missing)}
    for number, page in enumerate(laid_out.pages, 1):
        there = _signs(page._page_box)
        for sign, found in pages.items():
            if sign in there:
                found.append(number)
    return tuple(Unprinted(sign, tuple(found)) for sign, found in pages.items())


def _signs(box: Any) -> set[int]:
    """The signs of all text in the engine's box."""
    texts = (getattr(part, "text", "") for part in box.descendants())
    return {ord(sign) for text in texts for sign in text}


def note_on(unprinted: Iterable[Unprinted], *, archival: bool) -> str:
    """What the document says of itself."""
    rows = list(unprinted)
    named = "; ".join(f"{row.name} on {row.place}" for row in rows[:NAMED])
    more = f"; and {len(rows) - NAMED} more" if len(rows) > NAMED else ""
    standards = "PDF/UA or PDF/A" if archival else "PDF/UA"
    return (
        "Signs that could not be printed, because the server that made this file has no font for them: "
        f"{named}{more}. An empty box stands in their place. This file therefore does not claim to conform to "
        f"{standards}."
    )


def tell(root: Element, words: str) -> None:
    """Put the words where the document has room for them, or take that room away."""
    for parent in root.iter():
        for child in list(parent):
            if child.get("id") != ID:
                continue
            child.text = words
            if not words:
                parent.remove(child)
