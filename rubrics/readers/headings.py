"""Headings that are none by their style: short lines that are bold as a whole, where a document has no others."""

import re
from collections.abc import Sequence

HEADING = re.compile(r"<h[1-6]>")
BOLD_LINE = re.compile(r"<p>\s*<strong>((?:(?!</?p>|<br>).)+)</strong>\s*:?\s*</p>\s*", re.DOTALL)
TAG = re.compile(r"</?strong>")
NUMBERED = re.compile(r"\s*(?:\w+\s+)?#?\d{1,2}\s*[).:]\s")
LONGEST = 100


def with_bold_headings(pieces: Sequence[str]) -> list[str]:
    """The blocks of a document, each with its tag; bold lines become headings where at most one block is a heading.

    Numbered ones stand above the others.
    """
    if sum(1 for piece in pieces if HEADING.match(piece)) > 1:
        return list(pieces)
    texts = [_bold_text(piece) for piece in pieces]
    numbered = sum(1 for text in texts if NUMBERED.match(text)) > 1
    return [_piece(piece, text, numbered) for piece, text in zip(pieces, texts, strict=True)]


def _bold_text(piece: str) -> str:
    """The text of a short line that is bold as a whole; empty for anything else."""
    found = BOLD_LINE.fullmatch(piece) if len(piece) < LONGEST * 4 else None
    if found is None:
        return ""
    between = re.sub(r"</strong>(\s*)<strong>", r"\1", found.group(1))
    if "<strong>" in between or "</strong>" in between:
        return ""
    text = " ".join(TAG.sub("", between).split()).rstrip(":")
    return text if len(text) <= LONGEST else ""


def _piece(piece: str, text: str, numbered: bool) -> str:
    if not text:
        return piece
    if numbered and not NUMBERED.match(text):
        return f"<h3>{text}</h3>"
    return f"<h2>{text}</h2>"
