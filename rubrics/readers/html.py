"""HTML files and what is pasted from programs that write HTML. Markup goes on as it is; Word's lists become lists."""

import re
from collections.abc import Iterator

from rubrics.readers.page import Page

WORD_PARAGRAPH = re.compile(r"<p\b(?P<tag>[^<>]{0,2000})>(?P<text>.*?)</p\s{0,9}>", re.IGNORECASE | re.DOTALL)
WORD_LEVEL = re.compile(r"mso-list:\s*l\d+\s+level(\d)", re.IGNORECASE)
WORD_BULLET = re.compile(
    r"<!(?:--)?\[if !supportLists\](?:--)?>.*?<!(?:--)?\[endif\](?:--)?>", re.IGNORECASE | re.DOTALL
)
DIGIT_IN_BULLET = re.compile(r">\s*\(?(?:\d{1,3}|[a-zA-Z])[.)]")
DEEPEST = 9
LONGEST_BULLET = 4000  # characters of markup


def read(text: str) -> Page:
    """The page of an HTML text."""
    return Page(_with_lists(text) if "mso-list:" in text else text)


def _with_lists(markup: str) -> str:
    """Word writes a list as paragraphs that say their level beside a bullet of their own."""
    return "".join(_pieces(markup))


def _pieces(markup: str) -> Iterator[str]:
    depth, end = 0, 0
    closed = markup.lower().rfind("</p")  # beyond it a search would read to the end each time
    for found in WORD_PARAGRAPH.finditer(markup, 0, max(closed, 0) + len("</p>") + 9):
        between = markup[end : found.start()]
        level = _level(found["tag"])
        if depth and (between.strip() or not level):
            yield "</ul>" * depth
            depth = 0
        yield between
        if level:
            yield "<ul>" * (level - depth) + "</ul>" * (depth - level)
            yield f"<li>{_without_bullet(found['text'])}</li>"
        else:
            yield found.group()
        depth, end = level, found.end()
    yield "</ul>" * depth
    yield markup[end:]


def _level(tag: str) -> int:
    """How deep in a list a paragraph stands, 1 to 9; 0 for one that is in none."""
    found = WORD_LEVEL.search(tag)
    return min(int(found.group(1)), DEEPEST) if found else 0


def _without_bullet(text: str) -> str:
    """The item's text; a number that Word counted stays, a bullet goes."""
    bullet = WORD_BULLET.search(text[:LONGEST_BULLET])
    if bullet is None:
        return text
    kept = bullet.group() if DIGIT_IN_BULLET.search(bullet.group()) else ""
    return text[: bullet.start()] + kept + text[bullet.end() :]
