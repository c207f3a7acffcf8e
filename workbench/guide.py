"""The guide, as the product shows it: the documents of `docs/` that its users need,
rendered once a process."""

import posixpath
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = settings.BASE_DIR / "docs"
PICTURES = "guide"  # where the static files have the folder `docs/screenshots`
# By the name in its address, the document in the folder. "" is where the guide begins.
DOCUMENTS = {
    "": "guide/README.md",
    "interviewers": "guide/interviewers.md",
    "recruiters": "guide/recruiters.md",
    "hiring-managers": "guide/hiring-managers.md",
    "administrators": "guide/administrators.md",
    "importing": "importing.md",
    "scorecards": "scorecards.md",
    "exporting": "exporting.md",
    "privacy": "privacy.md",
    "permissions": "permissions.md",
    "operations": "operations.md",
}
NAMES = {document: name for name, document in DOCUMENTS.items()}
RULES = MarkdownIt("commonmark", {"html": False}).enable("table")
IN_CONTENTS = "h2"  # the headings that a page's own contents name
OF_A_HEADING = 3  # tokens: its beginning, its words, its end


@dataclass(frozen=True)
class Section:
    title: str
    anchor: str


@dataclass(frozen=True)
class Page:
    """One page of the guide: `markup` is HTML without its title, `sections` what it has
    in it."""

    name: str
    title: str
    markup: SafeString
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Entry:
    """A page in the contents of the guide."""

    name: str
    title: str
    address: str


def address(name: str) -> str:
    """Where a page of the guide is; "" for its first."""
    return reverse("guide_page", args=[name]) if name else reverse("guide")


@cache
def contents() -> tuple[Entry, ...]:
    """Every page of the guide, in the order in which it is read."""
    return tuple(Entry(name, page(name).title, address(name)) for name in DOCUMENTS)


@cache
def page(name: str) -> Page:
    """The page of this name. Raises KeyError for one that there is not."""
    document = DOCUMENTS[name]
    tokens = RULES.parse((FOLDER / document).read_text(encoding="utf-8"))
    headings = _headings(tokens)
    sections = []
    for token, section in headings:
        token.attrSet("id", section.anchor)
        if token.tag == IN_CONTENTS:
            sections.append(section)
    for token in tokens:
        _lead_on(token.children or [], document)
    title, body = headings[0][1].title, tokens[OF_A_HEADING:]  # the head of the page shows the title
    markup = RULES.renderer.render(body, RULES.options, {})
    return Page(name, title, mark_safe(_scrolling(markup)), tuple(sections))  # noqa: S308 - HTML in the text is not read


def _headings(tokens: list[Token]) -> list[tuple[Token, Section]]:
    """Each heading with its words and its anchor, as GitHub makes it; the first is the
    title."""
    found = []
    for token, content in pairwise(tokens):
        if token.type == "heading_open":
            words = "".join(part.content for part in content.children or [])
            kept = re.sub(r"[^\w -]", "", words).strip()
            found.append((token, Section(words, kept.lower().replace(" ", "-"))))
    return found


def _lead_on(parts: list[Token], document: str) -> None:
    """Links lead to the pages here, and pictures come from the static files.

    A link to what is not served here becomes its words.
    """
    is_open = False
    for part in parts:
        if part.type == "image":
            source = str(part.attrGet("src"))
            part.attrSet("src", static(f"{PICTURES}/{posixpath.basename(source)}"))
            part.attrSet("loading", "lazy")
        elif part.type == "link_open":
            aim = _aim(str(part.attrGet("href")), document)
            is_open = bool(aim)
            part.attrSet("href", aim)
            part.hidden = not is_open
        elif part.type == "link_close":
            part.hidden = not is_open


def _aim(link: str, document: str) -> str:
    """Where a link of this document leads here; "" where nowhere."""
    target, sharp, anchor = link.partition("#")
    if "://" in link or not target:
        return link
    path = posixpath.normpath(posixpath.join(posixpath.dirname(document), target))
    if path not in NAMES:
        return ""
    return address(NAMES[path]) + sharp + anchor


def _scrolling(markup: str) -> str:
    """Wide tables and long lines scroll by themselves, also by keyboard."""
    opened = '<div class="eh-scroll" tabindex="0" role="region" aria-label="Table"><table>'
    markup = markup.replace("<table>", opened).replace("</table>", "</table></div>")
    return markup.replace("<pre>", '<pre tabindex="0" role="region" aria-label="Commands or text to copy">')
