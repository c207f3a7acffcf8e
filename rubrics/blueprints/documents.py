"""From a file's bytes to a Document: cleaned, cut into sections, every text block a list of lines."""

import codecs
import hashlib
import html as html_module
import json
import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rubrics.blueprints.lines import (
    BREAK,
    INVISIBLE,
    Line,
    lines_of_text,
    list_lines,
    plain,
    raw_text,
    rows_of,
)
from rubrics.blueprints.markup import flatten
from rubrics.blueprints.sections import Block, Section, cut_into_sections

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?(?:iso-8859-1|latin-?1|windows-1252|cp1252)\b", re.IGNORECASE
)
SIZE_LIMIT = 8 * 1024 * 1024
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = HEADINGS | {"p", "pre", "blockquote", "ul", "ol", "table", "dl", "hr"}


class UnusableBlueprint(ValueError):
    """The file is no role blueprint; the message names the problem in one line."""


@dataclass(frozen=True)
class Document:
    title: str
    url: str
    sha256: str
    sections: tuple[Section, ...]
    too_deep: bool = False
    intro: tuple[Block, ...] = field(default=())


def load(data: bytes, *, filename: str) -> Document:
    """The document in a WordPress post (JSON) or an HTML file.

    Raises UnusableBlueprint for a file that is empty, too large, corrupt, or has no headed section.
    """
    if not data.strip():
        raise UnusableBlueprint("the file is empty")
    if len(data) > SIZE_LIMIT:
        raise UnusableBlueprint(f"the file has {len(data):,} bytes; {SIZE_LIMIT:,} is the most")
    text = _decode(data)
    title, url, markup = _open(text)
    if _has_surrogate(markup):
        markup = INVISIBLE.sub("", markup)
    markup, too_deep, page_title = flatten(markup)
    blocks = _read(markup)
    found_title = plain(html_module.unescape(page_title)) or _first_heading(blocks)
    sections = cut_into_sections(blocks)
    if not sections:
        raise UnusableBlueprint("this is no role blueprint: it has no section headings")
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(title or found_title, url, sha256, sections, too_deep)


def _decode(data: bytes) -> str:
    """The text: UTF-8, UTF-16 or -32 by its byte order mark, or what an HTML page declares. Nothing is guessed."""
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnusableBlueprint(f"the file is not UTF-8 text (byte {error.start})") from error
    if text.count("\x00") * 50 > len(text):
        raise UnusableBlueprint("the file is not text")
    return text


def _encoding(data: bytes) -> str:
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return name
    declared = DECLARED.search(data[:2048])
    return "cp1252" if declared and not _is_utf8(data) else "utf-8-sig"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _open(text: str) -> tuple[str, str, str]:
    """Title, address and markup, whichever of the two formats the file is in."""
    if not text.lstrip().startswith(("{", "[")):
        return "", "", text
    try:
        post = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnusableBlueprint("the file looks like JSON but cannot be read as such") from error
    if isinstance(post, list):
        if len(post) != 1:
            raise UnusableBlueprint(f"the JSON is a list of {len(post)} posts; one is needed")
        post = post[0]
    markup = _rendered(post, "content")
    if markup is None:
        raise UnusableBlueprint("the JSON has no content.rendered, so it is no WordPress post")
    if not markup.strip():
        raise UnusableBlueprint("content.rendered is empty")
    title = plain(html_module.unescape(re.sub(r"<[^>]*>", "", _rendered(post, "title") or "")))
    url = post.get("link")
    return (
        title,
        plain(url) if isinstance(url, str) and url.startswith(("http://", "https://")) else "",
        markup,
    )


def _rendered(post: object, name: str) -> str | None:
    part = post.get(name) if isinstance(post, dict) else None
    rendered = part.get("rendered") if isinstance(part, dict) else None
    return rendered if isinstance(rendered, str) else None


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _read(markup: str) -> list[tuple[Block, str]]:
    """Blocks in document order, each with its HTML as parsed (a section's is cleaned as a whole)."""
    blocks: list[tuple[Block, str]] = []
    body = LexborHTMLParser(markup).body
    if body is not None:
        _walk(body, blocks)
    return blocks


def _first_heading(blocks: list[tuple[Block, str]]) -> str:
    return next((block.text for block, _ in blocks if block.level == 1), "")


def _walk(root: LexborNode, out: list[tuple[Block, str]]) -> None:
    stack: list[LexborNode] = [root]
    loose: list[str] = []

    def flush() -> None:
        lines = lines_of_text("".join(loose)) if loose else []
        loose.clear()
        if lines:
            out.append(
                (
                    Block("text", lines=tuple(lines)),
                    "<p>" + html_module.escape(" ".join(x.text for x in lines)) + "</p>",
                )
            )

    while stack:
        node = stack.pop()
        if node.tag == "-text":
            loose.append(node.text(deep=False) or "")
            continue
        if node.tag in BLOCKS:
            flush()
            _add(node, out)
        elif node.tag == "br":
            loose.append(BREAK)
        elif node.tag not in {"-comment", "_comment", "!--"}:
            stack.extend(reversed(list(node.iter(include_text=True))))
            continue
    flush()


def _add(node: LexborNode, out: list[tuple[Block, str]]) -> None:
    html = node.html or ""
    if node.tag in HEADINGS:
        text = " ".join(line.text for line in lines_of_text(raw_text(node)))
        if text:
            out.append((Block("heading", level=int(node.tag[1]), text=text), html))
    elif node.tag == "table":
        caption = node.css_first("caption")
        title = plain(caption.text()) if caption else ""
        out.append((Block("table", text=title, rows=tuple(rows_of(node))), html))
    elif node.tag in {"ul", "ol"}:
        lines: list[Line] = []
        list_lines(node, 1, lines)
        out.append((Block("list", lines=tuple(lines)), html))
    elif node.tag == "blockquote" and any(child.tag in BLOCKS for child in node.iter()):
        for child in node.iter():
            if child.tag in BLOCKS:
                _add(child, out)
    elif node.tag != "hr":
        lines = lines_of_text(raw_text(node))
        if lines:
            out.append((Block("text", lines=tuple(lines)), html))
