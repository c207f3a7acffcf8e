"""From a file's bytes to a Document: cleaned, cut into sections, every text block a list of lines."""

import hashlib
import html as html_module
import json
import re
from dataclasses import dataclass, field

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from rubrics.blueprints.markup import flatten

SIZE_LIMIT = 8 * 1024 * 1024
TAGS = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "strong", "em", "b", "i", "code", "pre", "br", "hr",
    "blockquote", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "dl", "dt", "dd", "div", "figure",
}  # fmt: skip
SPANS = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
BREAK = "\u2028"  # a line break that the markup states; a plain one may be mere wrapping
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = HEADINGS | {"p", "pre", "blockquote", "ul", "ol", "table", "dl", "hr"}


class UnusableBlueprint(ValueError):
    """The file is no role blueprint; the message names the problem in one line."""


@dataclass(frozen=True)
class Cell:
    text: str
    header: bool
    span: int = 1


@dataclass(frozen=True)
class Line:
    """One line of text with the list depth that its markup and dashes give (0: no list item)."""

    text: str
    depth: int = 0
    bold: str = ""


@dataclass(frozen=True)
class Block:
    """A heading (`level` 1-6), a text block (`lines`), or a table (`rows`)."""

    kind: str
    level: int = 0
    text: str = ""
    lines: tuple[Line, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True)
class Section:
    """A top section: its number where the heading has one, its blocks and its cleaned HTML."""

    number: int | None
    title: str
    html: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Document:
    title: str
    url: str
    sha256: str
    sections: tuple[Section, ...]
    too_deep: bool = False
    intro: tuple[Block, ...] = field(default=())


INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
NUMBERED = re.compile(r"^\s*(?:section\s+)?(\d{1,3})\s*[.):–—-]\s*(?=\S)", re.IGNORECASE)
DASH = re.compile(r"^(\s*)(?:[-–—•*‣◦▪·●]|&#8211;)\s+(?=\S)")


def plain(text: str) -> str:
    """Without control, override and other invisible characters, white space folded."""
    return " ".join(INVISIBLE.sub("", text).split())


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
    sections = _sections(blocks)
    if not sections:
        raise UnusableBlueprint("this is no role blueprint: it has no section headings")
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(title or found_title, url, sha256, sections, too_deep)


def _decode(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableBlueprint(f"the file is not UTF-8 text (byte {error.start})") from error
    if "\x00" in text[:1000]:
        raise UnusableBlueprint("the file is not text")
    return text


def _open(text: str) -> tuple[str, str, str]:
    """Title, address and markup, whichever of the two formats the file is in."""
    if not text.lstrip().startswith(("{", "[")):
        return "", "", text
    try:
        post = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnusableBlueprint("the file looks like JSON but cannot be read as such") from error
    if isinstance(post, list) and len(post) == 1:
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
        lines = _lines_of_text("".join(loose))
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
        text = plain(node.text())
        if text:
            out.append((Block("heading", level=int(node.tag[1]), text=text), html))
    elif node.tag == "table":
        out.append((Block("table", rows=tuple(_rows(node))), html))
    elif node.tag in {"ul", "ol"}:
        lines: list[Line] = []
        _list_lines(node, 1, lines)
        out.append((Block("list", lines=tuple(lines)), html))
    elif node.tag == "blockquote" and any(child.tag in BLOCKS for child in node.iter()):
        for child in node.iter():
            if child.tag in BLOCKS:
                _add(child, out)
    elif node.tag != "hr":
        lines = _lines_of_text(_raw(node), _bold_of(node))
        if lines:
            out.append((Block("text", lines=tuple(lines)), html))


def _raw(node: LexborNode, skip: frozenset[str] = frozenset()) -> str:
    """The node's text with `<br>` as a line break, white space as written."""
    parts: list[str] = []
    stack = list(reversed(list(node.iter(include_text=True))))
    while stack:
        child = stack.pop()
        if child.tag == "-text":
            parts.append(child.text(deep=False) or "")
        elif child.tag == "br":
            parts.append(BREAK)
        elif child.tag in skip:
            continue
        else:
            if child.tag in {"p", "div", "dt", "dd", "li", "tr"}:
                parts.append(BREAK)
            stack.extend(reversed(list(child.iter(include_text=True))))
    return "".join(parts)


def _bold_of(node: LexborNode) -> str:
    found = node.css_first("strong, b")
    return plain(found.text()) if found else ""


def _lines_of_text(raw: str, bold: str = "") -> list[Line]:
    """Lines of a paragraph: dash lines become list lines by indent; mere wrapping folds into the line before."""
    raw = INVISIBLE.sub("", raw.replace("\r\n", "\n").replace("\t", "    "))
    lines: list[tuple[int, list[str]]] = []
    indents: list[int] = []
    for stated in raw.split(BREAK):
        anew = True
        for written in stated.split("\n"):
            if not written.strip():
                continue
            dash = DASH.match(written)
            if dash:
                lines.append((_depth(len(dash.group(1)), indents), [written[dash.end() :]]))
            elif anew or not lines or _starts_anew(lines[-1][1][-1], written):
                lines.append((0, [written]))
            else:
                lines[-1][1].append(written)
            anew = False
    texts = [(depth, plain(" ".join(parts))) for depth, parts in lines]
    kept = [(depth, text) for depth, text in texts if text]
    return [Line(text, depth, bold if at == 0 and depth == 0 else "") for at, (depth, text) in enumerate(kept)]


def _starts_anew(last: str, written: str) -> bool:
    return bool(LABELLED.match(written.strip())) or last.rstrip().endswith(":")


LABELLED = re.compile(r"^[^\s:][^:]{1,40}:\s")


def _depth(indent: int, indents: list[int]) -> int:
    while indents and indent < indents[-1]:
        indents.pop()
    if not indents or indent > indents[-1]:
        indents.append(indent)
    return len(indents)


def _list_lines(node: LexborNode, depth: int, out: list[Line]) -> None:
    if depth > 12:
        out.append(Line(plain(node.text()), depth))
        return
    for item in node.iter():
        if item.tag in {"ul", "ol"}:
            _list_lines(item, depth + 1, out)
            continue
        own = _lines_of_text(_raw(item, frozenset({"ul", "ol", "table"})), _bold_of(item))
        for index, line in enumerate(own):
            out.append(Line(line.text, depth + max(line.depth, min(index, 1)), line.bold))
        for nested in item.iter():
            if nested.tag in {"ul", "ol"}:
                _list_lines(nested, depth + 1, out)


def _rows(table: LexborNode) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    pending: dict[int, tuple[int, Cell]] = {}
    for row in table.css("tr")[:5000]:
        cells = [child for child in row.iter() if child.tag in {"td", "th"}]
        rows.append(_row(cells, pending))
    return rows


def _row(cells: list[LexborNode], pending: dict[int, tuple[int, Cell]]) -> tuple[Cell, ...]:
    """One row with row spans of earlier rows filled in; a column span repeats nothing but counts."""
    out: list[Cell] = []
    queue = [(cell, Cell(plain(_raw(cell)), cell.tag == "th", _number(cell, "colspan"))) for cell in cells[:60]]
    while queue or len(out) in pending:
        column = len(out)
        if column in pending:
            left, cell = pending.pop(column)
            out.append(cell)
            if left > 1:
                pending[column] = (left - 1, cell)
            continue
        node, cell = queue.pop(0)
        if (rows := _number(node, "rowspan")) > 1:
            pending[column] = (rows - 1, cell)
        out.append(cell)
        out.extend(Cell("", cell.header, 0) for _ in range(cell.span - 1))
    return tuple(out)


def _number(node: LexborNode, name: str) -> int:
    value = (node.attributes.get(name) or "1").strip()
    return min(max(int(value), 1), 30) if value.isdigit() and len(value) < 4 else 1


def _sections(blocks: list[tuple[Block, str]]) -> tuple[Section, ...]:
    """Cut at the top heading level: the one that is used for most numbered headings, else the highest used twice."""
    top = _top_level([block for block, _ in blocks if block.kind == "heading"])
    if top == 0:
        return ()
    sections: list[Section] = []
    current: list[tuple[Block, str]] | None = None
    heading = ""
    for block, html in blocks:
        if block.kind == "heading" and block.level <= top:
            if current is not None:
                sections.append(_section(heading, current))
            heading, current = block.text, []
        elif current is not None:
            current.append((block, html))
    if current is not None:
        sections.append(_section(heading, current))
    return tuple(section for section in sections if section.title)


def _top_level(headings: list[Block]) -> int:
    numbered = [block.level for block in headings if NUMBERED.match(block.text)]
    if len(numbered) >= 3:
        return max(set(numbered), key=lambda level: (numbered.count(level), -level))
    levels = sorted({block.level for block in headings})
    for level in levels:
        if sum(block.level == level for block in headings) > 1:
            return level
    return levels[0] if levels else 0


def _section(heading: str, parts: list[tuple[Block, str]]) -> Section:
    numbered = NUMBERED.match(heading)
    title = heading[numbered.end() :] if numbered else heading
    number = int(numbered.group(1)) if numbered else None
    markup = "\n".join(html for _, html in parts)
    html = INVISIBLE.sub("", nh3.clean(markup, tags=TAGS, attributes=SPANS, strip_comments=True))
    return Section(number, title.strip(), html, tuple(block for block, _ in parts))
