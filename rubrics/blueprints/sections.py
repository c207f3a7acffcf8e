"""Blocks cut into the top sections of a document, with the number that each heading states."""

import re
from dataclasses import dataclass, replace

import nh3

from rubrics.blueprints import words
from rubrics.blueprints.lines import INVISIBLE, Cell, Line, is_bold_line

TAGS = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "strong", "em", "b", "i", "code", "pre", "br", "hr",
    "blockquote", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "dl", "dt", "dd", "div", "figure",
}  # fmt: skip
SPANS = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}


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


ROMAN = {"I": 1, "V": 5, "X": 10}
PREFIX = r"^\s*(?:(?:section|part|chapter|abschnitt|teil|kapitel|partie)\s+)?[#(\[]?\s*"
NUMBERED = re.compile(
    PREFIX + r"(\d{1,3})(?:\.0)?(?:\s*[):\]–—]|\s*\.(?!\d)|\s*-(?=\s)|(?<=#\d)(?=\s))[\s.:–—-]*(?=\S)", re.IGNORECASE
)
LOOSELY_NUMBERED = re.compile(r"^\s*(?:(\d{1,2})(?:\.0)?\s+(?=[^\W\d_])|([IVX]{1,6})\s*[.):–—-]\s*(?=\S))")


def cut_into_sections(blocks: list[tuple[Block, str]]) -> tuple[Section, ...]:
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
    markup = "\n".join(html for _, html in parts).replace("&nbsp;", "\u00a0")  # references are slow to clean
    html = INVISIBLE.sub("", nh3.clean(markup, tags=TAGS, attributes=SPANS, strip_comments=True))
    return Section(number, title, html, tuple(block for block, _ in parts))
