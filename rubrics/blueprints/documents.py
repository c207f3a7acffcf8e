"""From a file's bytes to a Document: cleaned, cut into sections, every text block a list of lines."""

import codecs
import hashlib
import html as html_module
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rubrics.blueprints.lines import (
    BREAK,
    INVISIBLE,
    LISTS,
    lines_of_text,
    list_lines,
    plain,
    raw_text,
    rows_of,
)
from rubrics.blueprints.markup import flatten
from rubrics.blueprints.sections import Block, Parsed, Section, cut_into_sections

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?(?:iso-8859-1|latin-?1|windows-1252|cp1252)\b",
    re.IGNORECASE,
)
SIZE_LIMIT = 8 * 1024 * 1024
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
COMMENTS = {"-comment", "_comment", "!--"}
BLOCKS = HEADINGS | {"p", "pre", "blockquote", "ul", "ol", "table", "dl", "hr"}


class UnusableBlueprint(ValueError):
    """The file is no role blueprint; the message names the problem in one line."""


@dataclass(frozen=True)
class Document:
    """A file's content, cut into its top sections, of which there is at least one.

    `sha256` is that of the file's bytes, in hexadecimal digits; `url` is empty where the file names none;
    `too_deep` says that nested lists or tables were flattened.
    """

    title: str
    url: str
    sha256: str
    sections: tuple[Section, ...]
    too_deep: bool = False


@dataclass(frozen=True)
class _Page:
    """A file's markup, and what stands beside it: title and address are empty where the file has none."""

    markup: str
    title: str = ""
    url: str = ""


def load(data: bytes, *, filename: str) -> Document:
    """The document in a WordPress post (JSON) or an HTML file.

    Raises UnusableBlueprint for a file that is empty, above 8 MB, corrupt, or has no headed section.
    """
    if not data.strip():
        raise UnusableBlueprint("the file is empty")
    if len(data) > SIZE_LIMIT:
        raise UnusableBlueprint(f"the file has {len(data):,} bytes; the limit is {SIZE_LIMIT:,}")
    page = _open(_decode(data))
    flat = flatten(_encodable(page.markup))
    parsed = _read(flat.markup)
    sections = cut_into_sections(parsed)
    if not sections:
        raise UnusableBlueprint("this is not a role blueprint: it has no section headings")
    title = page.title or plain(html_module.unescape(flat.title)) or _first_heading(parsed)
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(title, page.url, sha256, sections, flat.too_deep)


def _decode(data: bytes) -> str:
    """The text: UTF-8, UTF-16 or -32 by its byte order mark, or what an HTML page declares.

    Nothing is guessed.
    """
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
    if DECLARED.search(data[:2048]) and not _is_utf8(data):
        return "cp1252"
    return "utf-8-sig"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _open(text: str) -> _Page:
    """The page that the text is, whichever of the two formats it has."""
    if not text.lstrip().startswith(("{", "[")):
        return _Page(text)
    post = _post(text)
    markup = _rendered(post, "content")
    if markup is None:
        raise UnusableBlueprint("the JSON has no content.rendered, so it is not a WordPress post")
    if not markup.strip():
        raise UnusableBlueprint("content.rendered is empty")
    return _Page(markup, _title(post), _url(post))


def _post(text: str) -> object:
    """The post in a JSON text, or the only one of a list of posts."""
    try:
        post: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnusableBlueprint("the file looks like JSON but cannot be parsed") from error
    if not isinstance(post, list):
        return post
    if len(post) != 1:
        raise UnusableBlueprint(f"the JSON is a list of {len(post)} posts; it must hold exactly one")
    return post[0]


def _title(post: object) -> str:
    without_tags = re.sub(r"<[^>]*>", "", _rendered(post, "title") or "")
    return plain(html_module.unescape(without_tags))


def _url(post: object) -> str:
    url = post.get("link") if isinstance(post, dict) else None
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        return ""
    return plain(url)


def _rendered(post: object, name: str) -> str | None:
    part = post.get(name) if isinstance(post, dict) else None
    rendered = part.get("rendered") if isinstance(part, dict) else None
    return rendered if isinstance(rendered, str) else None


def _encodable(markup: str) -> str:
    """The markup as it is.

    One that UTF-8 cannot write (a lone surrogate is why) loses its invisible characters.
    """
    try:
        markup.encode()
    except UnicodeEncodeError:
        return INVISIBLE.sub("", markup)
    return markup


def _read(markup: str) -> list[Parsed]:
    """Blocks in document order, each with its HTML as parsed (a section's is cleaned as a whole)."""
    body = LexborHTMLParser(markup).body
    return [] if body is None else list(_blocks(body))


def _first_heading(parsed: list[Parsed]) -> str:
    return next((row.block.text for row in parsed if row.block.level == 1), "")


def _blocks(body: LexborNode) -> Iterator[Parsed]:
    """Each block, and each run of text between blocks, in document order."""
    stack: list[LexborNode] = [body]
    loose: list[str] = []
    while stack:
        node = stack.pop()
        if node.tag == "-text":
            loose.append(node.text(deep=False) or "")
        elif node.tag == "br":
            loose.append(BREAK)
        elif node.tag in BLOCKS:
            yield from _loose_text(loose)
            loose.clear()
            yield from _block(node)
        elif node.tag not in COMMENTS:
            stack.extend(reversed(list(node.iter(include_text=True))))
    yield from _loose_text(loose)


def _loose_text(written: list[str]) -> Iterator[Parsed]:
    """A paragraph of text that stands between blocks, where there is any."""
    lines = lines_of_text("".join(written)) if written else []
    if lines:
        text = html_module.escape(" ".join(line.text for line in lines))
        yield Parsed(Block("text", lines=tuple(lines)), f"<p>{text}</p>")


def _block(node: LexborNode) -> Iterator[Parsed]:
    """The block that a node is, or the blocks inside a quotation that holds some.

    A rule and an empty text are none.
    """
    if node.tag == "blockquote":
        inside = [child for child in node.iter() if child.tag in BLOCKS]
        for child in inside:
            yield from _block(child)
        if inside:
            return
    block = _block_of(node)
    if block is not None:
        yield Parsed(block, node.html or "")


def _block_of(node: LexborNode) -> Block | None:
    tag = node.tag or ""
    if tag == "hr":
        return None
    if tag == "table":
        return _table(node)
    if tag in LISTS:
        return Block("list", lines=tuple(list_lines(node)))
    lines = lines_of_text(raw_text(node))
    if not lines:
        return None
    if tag in HEADINGS:
        return Block("heading", level=int(tag[1]), text=" ".join(line.text for line in lines))
    return Block("text", lines=tuple(lines))


def _table(node: LexborNode) -> Block:
    caption = node.css_first("caption")
    title = plain(caption.text()) if caption else ""
    return Block("table", text=title, rows=tuple(rows_of(node)))
