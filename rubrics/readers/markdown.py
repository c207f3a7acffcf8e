"""Markdown by the rules of CommonMark, with tables and struck out text; HTML inside goes on as it is."""

import re

from markdown_it import MarkdownIt

from rubrics.readers.headings import with_bold_headings
from rubrics.readers.page import Page
from rubrics.readers.plain_text import ends_in_room

FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
TITLE = re.compile(r"^title:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE | re.IGNORECASE)
BOLD_PARAGRAPH = re.compile(r"(?m)(^<p><strong>[^\n]*</strong>:?</p>\n|^<h[1-6]>[^\n]*</h[1-6]>\n)")
CHECKBOX = re.compile(r"^(\s*(?:[-*+]|\d{1,3}[.)])\s+)\[[ xX]\]\s+", re.MULTILINE)


def read(text: str) -> Page:
    """The page of a Markdown text; the title is that of its front matter."""
    front = FRONT_MATTER.match(text)
    title = TITLE.search(front.group(1)) if front else None
    body = text[front.end() :] if front else text.removeprefix("\ufeff")
    rules = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    markup = rules.render("\n".join(map(_kept_apart, CHECKBOX.sub(r"\1", body).split("\n"))))
    pieces = with_bold_headings(BOLD_PARAGRAPH.split(markup))
    return Page("".join(pieces), title.group(1).strip() if title else "")


def _kept_apart(line: str) -> str:
    """A line of a form with a break that Markdown sees.

    Others wrap into one paragraph.
    """
    return f"{line.rstrip()}  " if ends_in_room(line.rstrip()) else line
