"""Markdown by the rules of CommonMark, with tables and struck out text; HTML inside goes on as it is."""

import re

from markdown_it import MarkdownIt

from rubrics.readers.page import Page

FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
TITLE = re.compile(r"^title:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE | re.IGNORECASE)
CHECKBOX = re.compile(r"^(\s*(?:[-*+]|\d{1,3}[.)])\s+)\[[ xX]\]\s+", re.MULTILINE)


def read(text: str) -> Page:
    """The page of a Markdown text; the title is that of its front matter."""
    front = FRONT_MATTER.match(text)
    title = TITLE.search(front.group(1)) if front else None
    body = text[front.end() :] if front else text.removeprefix("\ufeff")
    rules = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    markup = rules.render(CHECKBOX.sub(r"\1", body))
    return Page(markup, title.group(1).strip() if title else "")


def read_bytes(data: bytes) -> Page:
    """The page of a Markdown text in UTF-8."""
    return read(data.decode())
