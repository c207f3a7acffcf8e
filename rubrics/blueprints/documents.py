"""From a file's bytes to a Document: cleaned, cut into sections, every text block a list of lines."""

import codecs
import hashlib
import html as html_module
import json
import re
from dataclasses import dataclass, field, replace

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from rubrics.blueprints import words
from rubrics.blueprints.markup import flatten

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
class Line:
    """One line of text with the list depth that its markup and dashes give (0: no list item)."""

    text: str
    depth: int = 0
    bold: str = ""


@dataclass(frozen=True)
class Cell:
    text: str
    header: bool
    span: int = 1
    lines: tuple[Line, ...] = ()


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
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
    r"|(?<=[\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\x7f])"  # joiners matter between other scripts and emoji
)
BOLD, UNBOLD = "\x01", "\x02"  # where bold text begins and ends, inside raw text only
MARKS = re.compile(f"[{BOLD}{UNBOLD}]")
ROMAN = {"I": 1, "V": 5, "X": 10}
PREFIX = r"^\s*(?:(?:section|part|chapter|abschnitt|teil|kapitel|partie)\s+)?[#(\[]?\s*"
NUMBERED = re.compile(
    PREFIX + r"(\d{1,3})(?:\.0)?(?:\s*[):\]–—]|\s*\.(?!\d)|\s*-(?=\s)|(?<=#\d)(?=\s))[\s.:–—-]*(?=\S)", re.IGNORECASE
)
LOOSELY_NUMBERED = re.compile(r"^\s*(?:(\d{1,2})(?:\.0)?\s+(?=[^\W\d_])|([IVX]{1,6})\s*[.):–—-]\s*(?=\S))")
BULLET = r"(?:[-–—•*‣◦▪·●○■►▸➤→✓✔✅❌✗🚩]\ufe0f?|&#8211;)"
DASH = re.compile(rf"^(\s*){BULLET}\s+(?=\S)")
BULLETS = re.compile(rf"^(?:[\s{BOLD}{UNBOLD}]*{BULLET}[{BOLD}{UNBOLD}]*\s+)+")
ORDINAL = re.compile(r"^\s*\(?\d{1,2}[.)]\s+(?=\S)")


def plain(text: str) -> str:
    """Without control, override and other invisible characters, white space folded."""
    hidden = not (text.isascii() and text.isprintable())
    return " ".join((INVISIBLE.sub("", text) if hidden else text).split())


def unnumbered(name: str) -> str:
    """A name without the number of its place in a list."""
    return ORDINAL.sub("", name)


def parted(text: str) -> tuple[str, str]:
    """A name and what follows it: cut at the first colon or lone dash outside brackets."""
    found = PARTED.match(unnumbered(text))
    return (found.group(1).strip(" :"), found.group(2).strip()) if found else (unnumbered(text).strip(" :"), "")


PARTED = re.compile(r"^((?:[^():]|\([^()]*\)|:(?=\S)|[()](?=[^()]*$))*?)(?:\s*:\s|\s*：\s*|\s[–—-]\s)(.*)$")


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
        lines = _lines_of_text("".join(loose)) if loose else []
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
        text = plain(MARKS.sub("", _raw(node)))
        if text:
            out.append((Block("heading", level=int(node.tag[1]), text=text), html))
    elif node.tag == "table":
        caption = node.css_first("caption")
        title = plain(caption.text()) if caption else ""
        out.append((Block("table", text=title, rows=tuple(_rows(node))), html))
    elif node.tag in {"ul", "ol"}:
        lines: list[Line] = []
        _list_lines(node, 1, lines)
        out.append((Block("list", lines=tuple(lines)), html))
    elif node.tag == "blockquote" and any(child.tag in BLOCKS for child in node.iter()):
        for child in node.iter():
            if child.tag in BLOCKS:
                _add(child, out)
    elif node.tag != "hr":
        lines = _lines_of_text(_raw(node))
        if lines:
            out.append((Block("text", lines=tuple(lines)), html))


def _raw(node: LexborNode, skip: frozenset[str] = frozenset()) -> str:
    """The node's text with `<br>` as a line break, bold text marked, list items dashed, white space as written."""
    parts: list[str] = []
    stack: list[LexborNode | str] = list(reversed(list(node.iter(include_text=True))))
    while stack:
        child = stack.pop()
        if isinstance(child, str):
            parts.append(child)
        elif child.tag == "-text":
            parts.append(MARKS.sub("", child.text(deep=False) or ""))
        elif child.tag == "br":
            parts.append(BREAK)
        elif child.tag not in skip:
            before, after = AROUND.get(child.tag or "", ("", ""))
            parts.append(before)
            stack.append(after)
            stack.extend(reversed(list(child.iter(include_text=True))))
    return "".join(parts)


AROUND = {
    **dict.fromkeys(("p", "div", "tr"), (BREAK, BREAK)),
    **dict.fromkeys(("strong", "b"), (BOLD, UNBOLD)),
    **dict.fromkeys(("li", "dd"), (BREAK + "• ", BREAK)),
    "dt": (BREAK + BOLD, UNBOLD + BREAK),
    "td": ("", " "),
    "th": ("", " "),
}


def _lines_of_text(raw: str) -> list[Line]:
    """Lines of a paragraph: dash lines become list lines by indent; mere wrapping folds into the line before."""
    if raw.isascii() and raw.isprintable() and not DASH.match(raw):  # most texts: one line without marks or breaks
        text = " ".join(raw.split())
        return [Line(text)] if text else []
    raw = _shown(raw.replace("\r\n", "\n").replace("\t", "    "))
    lines: list[tuple[int, list[str]]] = []
    indents: list[int] = []
    for stated in raw.split(BREAK):
        anew = True
        for written in stated.split("\n"):
            if not MARKS.sub("", written).strip():
                if lines and written:
                    lines[-1][1].append(written)
                continue
            dash = DASH.match(MARKS.sub("", written[:80]))
            if dash:
                lines.append((_depth(len(dash.group(1)), indents), [_undashed(written)]))
            elif anew or not lines or _starts_anew(lines[-1][1][-1], written):
                lines.append((0, [written]))
            else:
                lines[-1][1].append(written)
            anew = False
    found = (_line(depth, " ".join(parts)) for depth, parts in lines)
    return [line for line in found if line.text]


def _shown(raw: str) -> str:
    return INVISIBLE.sub(lambda found: found.group() if found.group() in (BOLD, UNBOLD) else "", raw)


def _undashed(written: str) -> str:
    """The line without its bullet marks; a mark inside bold text is cut out of it."""
    marks = BULLETS.match(written)
    rest = written[marks.end() :] if marks else written
    return BOLD + rest if marks and marks.group().count(BOLD) > marks.group().count(UNBOLD) else rest


def _line(depth: int, marked: str) -> Line:
    """A line with the bold text that it begins with (runs with nothing but white space between them are one)."""
    text = plain(MARKS.sub("", marked))
    leading = LEADING_BOLD.match(marked)
    bold = plain(MARKS.sub("", leading.group())) if leading else ""
    return Line(text, depth, bold)


LEADING_BOLD = re.compile(f"(?:\\s*{UNBOLD}?\\(?(?:\\d{{1,2}}[.)]\\s*)?{BOLD}[^{UNBOLD}]*(?:{UNBOLD}|$))+")


def _starts_anew(last: str, written: str) -> bool:
    """Whether a line after a mere line feed is one of its own: a label, a number, all bold, or after a colon."""
    text = MARKS.sub("", written).strip()
    whole = written.strip().startswith(BOLD) and BOLD_LABEL.match(written.strip())
    return bool(whole or LABELLED.match(text) or ORDINAL.match(text)) or MARKS.sub("", last).rstrip().endswith(":")


BOLD_LABEL = re.compile(f"^{BOLD}[^{UNBOLD}]*(?:{UNBOLD}\\s*(?:$|[:(\\[–—]|-\\s)|$|:{UNBOLD})")
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
        own = _lines_of_text(_raw(item, frozenset({"ul", "ol", "table"})))
        first = own[0].depth if own else 0
        for index, line in enumerate(own):
            beside = 0 if first and line.depth else min(index, 1)
            out.append(Line(line.text, depth + max(line.depth - first, beside), line.bold))
        for nested in item.iter():
            if nested.tag in {"ul", "ol"}:
                _list_lines(nested, depth + 1, out)


def _rows(table: LexborNode) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    pending: dict[int, tuple[int, Cell]] = {}
    for row in _own_rows(table):
        cells = [child for child in row.iter() if child.tag in {"td", "th"}]
        rows.append(_row(cells, pending))
    return rows


def _own_rows(table: LexborNode) -> list[LexborNode]:
    """The table's rows, not those of a table inside one of its cells."""
    groups = [child for child in table.iter() if child.tag in {"tr", "thead", "tbody", "tfoot"}]
    rows = [row for group in groups for row in ([group] if group.tag == "tr" else group.iter()) if row.tag == "tr"]
    return rows[:5000]


def _row(cells: list[LexborNode], pending: dict[int, tuple[int, Cell]]) -> tuple[Cell, ...]:
    """One row with row spans of earlier rows filled in; a column span repeats nothing but counts."""
    out: list[Cell] = []
    queue = [(cell, _cell(cell)) for cell in cells[:60]]
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


def _cell(node: LexborNode) -> Cell:
    lines = tuple(_lines_of_text(_raw(node)))
    text = " ".join(line.text for line in lines)
    return Cell("" if BLANK.match(text) else text, node.tag == "th", _number(node, "colspan"), lines)


BLANK = re.compile(r"^[-–—]*$|^n\s*/\s*a\.?$", re.IGNORECASE)


def _number(node: LexborNode, name: str) -> int:
    value = (node.attributes.get(name) or "1").strip()
    return min(max(int(value), 1), 30) if value.isdigit() and len(value) < 4 else 1


def _sections(blocks: list[tuple[Block, str]]) -> tuple[Section, ...]:
    """Cut at the top heading level; where there is no heading, at bold paragraphs that are numbered."""
    if not any(block.kind == "heading" for block, _ in blocks):
        blocks = [(_as_heading(block), html) for block, html in blocks]
    top = _top_level([block for block, _ in blocks if block.kind == "heading"])
    if top == 0:
        return ()
    blocks = _with_sub_headings(blocks, top)
    cut: list[tuple[str, list[tuple[Block, str]]]] = []
    for block, html in blocks:
        if block.kind == "heading" and block.level <= top:
            cut.append((block.text, []))
        elif cut:
            cut[-1][1].append((block, html))
    if cut and cut[0][1] == [] and len(cut) > 1 and _is_page_title(blocks, top):
        del cut[0]
    names = _names([heading for heading, _ in cut])
    sections = (_section(number, title, parts) for (number, title), (_, parts) in zip(names, cut, strict=True))
    return tuple(section for section in sections if section.title)


def _with_sub_headings(blocks: list[tuple[Block, str]], top: int) -> list[tuple[Block, str]]:
    """The blocks with each sub-heading that stands on the level of the sections moved one level down.

    Such are headings without a number where most have none and the sections have, and those that name a part
    of the hiring section after its own heading.
    """
    heads = [block for block, _ in blocks if block.kind == "heading" and block.level == top]
    numbered = sum(bool(NUMBERED.match(block.text)) for block in heads)
    mixed = 3 <= numbered < len(heads) / 2
    out, hiring = [], False
    for block, html in blocks:
        if block.kind == "heading" and block.level == top and not NUMBERED.match(block.text):
            part = hiring and words.names_hiring_part(block.text)
            block = replace(block, level=top + 1) if mixed or part else block
        if block.kind == "heading" and block.level <= top:
            hiring = bool(words.HIRING_SECTION.search(block.text))
        out.append((block, html))
    return out


def _is_page_title(blocks: list[tuple[Block, str]], top: int) -> bool:
    """Whether the first heading is the page's own, above all sections, with nothing of its own below it."""
    first = next(block for block, _ in blocks if block.kind == "heading")
    return first.level < top


def _as_heading(block: Block) -> Block:
    text = block.lines[0].text if block.lines else ""
    numbered = acts_as_heading(block) and NUMBERED.match(text)
    return Block("heading", level=2, text=text.rstrip(": ")) if numbered else block


def acts_as_heading(block: Block) -> bool:
    """A paragraph that is nothing but a short bold text."""
    return block.kind == "text" and len(block.lines) == 1 and is_bold_line(block.lines[0])


def is_bold_line(line: Line) -> bool:
    return bool(line.bold) and len(line.text) < 120 and line.text.rstrip(": ") == line.bold.rstrip(": ")


def _top_level(headings: list[Block]) -> int:
    """The highest level that is numbered twice, else names two parts of a role, else is used twice."""
    for fits in (NUMBERED.match, words.ROLE_SECTIONS.search, lambda _: True):
        levels = [block.level for block in headings if fits(block.text)]
        often = [level for level in sorted(set(levels)) if levels.count(level) > 1]
        if often:
            return often[0]
    return min((block.level for block in headings), default=0)


def _names(headings: list[str]) -> list[tuple[int | None, str]]:
    """Number and title of each heading; bare and Roman numbers count where most headings have one."""
    loose = [LOOSELY_NUMBERED.match(heading) for heading in headings]
    loosely = sum(map(bool, loose)) * 2 > len(headings)
    return [_name(heading, found if loosely else None) for heading, found in zip(headings, loose, strict=True)]


def _name(heading: str, loose: re.Match[str] | None) -> tuple[int | None, str]:
    found = NUMBERED.match(heading)
    if found:
        return int(found.group(1)), heading[found.end() :].strip()
    if loose:
        number = int(loose.group(1)) if loose.group(1) else _roman(loose.group(2))
        return number, heading[loose.end() :].strip()
    return None, heading.strip()


def _roman(numeral: str) -> int:
    values = [ROMAN[sign] for sign in numeral]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def _section(number: int | None, title: str, parts: list[tuple[Block, str]]) -> Section:
    markup = "\n".join(html for _, html in parts)
    html = INVISIBLE.sub("", nh3.clean(markup, tags=TAGS, attributes=SPANS, strip_comments=True))
    return Section(number, title, html, tuple(block for block, _ in parts))
