"""From a file's bytes to a Document: cleaned, cut into sections, every text block a list of lines."""

import hashlib
import html as html_module
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rubrics.blueprints import words
from rubrics.blueprints.lines import (
    BREAK,
    INVISIBLE,
    LISTS,
    lines_of_text,
    list_lines,
    own_rows,
    plain,
    raw_text,
    rows_of,
)
from rubrics.blueprints.markup import flatten
from rubrics.blueprints.reading import PlanWarning
from rubrics.blueprints.sections import NUMBERED, Block, Parsed, Section, cut_into_sections
from rubrics.readers.choice import SIZE_LIMIT as SIZE_LIMIT
from rubrics.readers.choice import read
from rubrics.readers.page import ASSUMED_HEADING, Page
from rubrics.readers.page import UnusableBlueprint as UnusableBlueprint

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
COMMENTS = {"-comment", "_comment", "!--"}
BLOCKS = HEADINGS | {"p", "pre", "blockquote", "ul", "ol", "table", "dl", "hr"}


@dataclass(frozen=True)
class Document:
    """A file's content, cut into its top sections, of which there is at least one.

    `blocks` are all of its blocks by their number, also those that stand in no section; `sha256` is that of the file's bytes, in hexadecimal digits; `url` is empty where the file names none;
    `too_deep` says that nested lists or tables were flattened; `warnings` are those of the file's reader;
    `assumed` says that the only heading is ours, above a table that has none.
    """

    title: str
    url: str
    sha256: str
    sections: tuple[Section, ...]
    too_deep: bool = False
    warnings: tuple[PlanWarning, ...] = ()
    assumed: bool = False
    blocks: tuple[Block, ...] = ()


def load(data: bytes, *, filename: str) -> Document:
    """The document in a file of any kind that is read, chosen by its content first and then by its name.

    Raises UnusableBlueprint for a file that is empty, above 8 MB, damaged, of a kind that is not read, or has no
    headed section.
    """
    return document_of(read(data, filename=filename), sha256=hashlib.sha256(data).hexdigest())


def document_of(page: Page, *, sha256: str) -> Document:
    """The document of a page that a reader gave; `sha256` is that of the file's bytes.

    Raises UnusableBlueprint where it has no headed section.
    """
    flat = flatten(_encodable(page.markup))
    parsed = _read(flat.markup)
    sections = cut_into_sections(parsed)
    has_table = any(row.block.kind == "table" for row in parsed)
    without_heading = has_table and not sections
    if without_heading:
        sections = cut_into_sections([_assumed_heading(), *parsed])
    if not sections:
        raise UnusableBlueprint("this is not a role blueprint: it has no section headings")
    title = page.title or _title(plain(html_module.unescape(flat.title)), parsed) or _bold_title(sections)
    said = "" if page.assumed else _line_that_says_form(parsed)
    title = title or said or page.name
    assumed = page.assumed or without_heading
    return Document(
        title=title,
        url=page.url,
        sha256=sha256,
        sections=sections,
        too_deep=flat.too_deep,
        warnings=page.warnings,
        assumed=assumed,
        blocks=_all_blocks(parsed, sections),
    )


def _all_blocks(parsed: Iterable[Parsed], sections: Iterable[Section]) -> tuple[Block, ...]:
    """Every block by its number, as it stands in its section: with the level that it has there."""
    cut: dict[int, Block] = {}
    for section in sections:
        for block in section.blocks:
            cut[block.number] = block
        if section.heading is not None:
            cut[section.place] = section.heading
    return tuple(cut.get(row.block.number, row.block) for row in parsed)


def _assumed_heading() -> Parsed:
    """What heads a document that is nothing but a table."""
    return Parsed(Block("heading", level=2, text=ASSUMED_HEADING), f"<h2>{ASSUMED_HEADING}</h2>")


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
    body = LexborHTMLParser(DOCTYPE + markup).body
    if body is None:
        return []
    parsed: list[Parsed] = []
    for number, row in enumerate(_blocks(body)):
        parsed.append(replace(row, block=replace(row.block, number=number)))
    return parsed


def _title(of_page: str, parsed: list[Parsed]) -> str:
    """What the only heading of the first level says, else what the page is called, else the first such heading.

    A page's own title is cut short and names its site, so that the heading goes first. It does not where it has a
    number, is the site's name at the title's end, or says less than the title, nor before a title that says blueprint.
    """
    headings = [row.block.text for row in parsed if row.block.level == 1]
    first = headings[0] if headings else ""
    if not of_page or not first:
        return of_page or first
    is_own = len(headings) == 1 and not NUMBERED.match(first) and not BLUEPRINT.search(of_page)
    goes_first = is_own and not _is_said_by(of_page, first)
    return first if goes_first else of_page


def _is_said_by(title: str, heading: str) -> bool:
    """Whether a title says a heading and more, at whose end nothing is that parts it from a site's name."""
    folded, said = title.casefold(), heading.casefold()
    if folded.endswith(said):
        return True
    return folded.startswith(said) and not SITE.match(title[len(heading) :])


BLUEPRINT = re.compile(r"\brole blueprint\b", re.IGNORECASE)
SITE = re.compile(r"\s*(?:[|·•–—»]|-\s)")


DOCTYPE = "<!doctype html>"  # without it a table behind a paragraph that is not closed stands inside that


def _bold_title(sections: tuple[Section, ...]) -> str:
    """The bold line above all others, where nothing stands right below it."""
    first = sections[0]
    is_title = len(sections) > 2 and not first.blocks and first.number is None
    return first.title if is_title else ""


def _line_that_says_form(parsed: list[Parsed]) -> str:
    """The first short line above all tables and lists that says scorecard, guide or the like, of those at the top."""
    top = [row.block for row in parsed[:MOST_AT_THE_TOP]]
    above = takewhile(lambda block: block.kind in {"heading", "text"}, top)
    return next(filter(_says_form, map(_text_of, above)), "")


def _text_of(block: Block) -> str:
    return block.text or " ".join(line.text for line in block.lines)


def _says_form(line: str) -> bool:
    """Whether a short line has more words than one, and some that say what the document is."""
    if " " not in line or len(line) > LONGEST_LINE:
        return False
    return any(pattern.search(line) for pattern in (words.SHEET, words.HIRING_SECTION))


MOST_AT_THE_TOP = 4  # blocks
LONGEST_LINE = 90  # characters


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
    """The block that a node is, or the blocks inside a quotation that holds some or a table that only places them.

    A rule and an empty text are none.
    """
    if node.tag == "table" and _only_places(node):
        for cell in _cells_of(node):
            yield from _blocks(cell)
        return
    if node.tag == "blockquote":
        inside = [child for child in node.iter() if child.tag in BLOCKS]
        for child in inside:
            yield from _block(child)
        if inside:
            return
    block = _block_of(node)
    if block is not None:
        yield Parsed(block, node.html or "")


def _only_places(table: LexborNode) -> bool:
    """Whether a table is there for the page's layout: it holds tables of several rows and columns, or a single cell."""
    cells = list(_cells_of(table))
    if len(cells) == 1 and sum(child.tag in BLOCKS for child in cells[0].iter()) > 1:
        return True
    return any(_holds_a_table(cell) for cell in cells)


def _holds_a_table(cell: LexborNode) -> bool:
    tables = (child for child in cell.iter() if child.tag == "table")
    return any(map(_is_no_line, tables))


def _is_no_line(table: LexborNode) -> bool:
    """Whether a table has several rows and columns, or only places others."""
    return _has_rows_and_columns(table) or _only_places(table)


def _has_rows_and_columns(table: LexborNode) -> bool:
    rows = list(own_rows(table))
    widths = [len(list(_cells(row))) for row in rows]
    return len(rows) > 1 and max(widths) > 1


def _cells_of(table: LexborNode) -> Iterator[LexborNode]:
    for row in own_rows(table):
        yield from _cells(row)


def _cells(row: LexborNode) -> Iterator[LexborNode]:
    return (child for child in row.iter() if child.tag in {"td", "th"})


def _block_of(node: LexborNode) -> Block | None:
    tag = node.tag or ""
    if tag == "hr":
        return None
    if tag == "table":
        return _table(node)
    if tag in LISTS:
        return Block("list", lines=tuple(list_lines(node)), ordered=tag == "ol")
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
