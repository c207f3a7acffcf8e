"""Blocks cut into the top sections of a document, with the number that each heading states."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Protocol

import nh3

from rubrics.blueprints import words
from rubrics.blueprints.labels import rank_of
from rubrics.blueprints.lines import INVISIBLE, Line, Row, is_bold_line

TAGS = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "strong", "em", "b", "i", "code", "pre", "br", "hr",
    "blockquote", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "dl", "dt", "dd", "div", "figure",
}  # fmt: skip
SPANS = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}


@dataclass(frozen=True)
class Block:
    """A piece of the page, by `kind`.

    "heading": `level` 1-6 and `text`. "text" and "list": `lines`. "table": `rows`, and its caption as `text`.
    `number` is its place in the document from 0, and -1 for a heading that is ours. `told` is what a person said that
    it is, and `columns` the same for each column of a table (see `directions`); both are empty where nobody said so.
    `ordered` says that a list is numbered.
    """

    kind: str
    level: int = 0
    text: str = ""
    lines: tuple[Line, ...] = ()
    rows: tuple[Row, ...] = ()
    number: int = field(default=-1, compare=False)
    told: str = ""
    columns: tuple[str, ...] = ()
    ordered: bool = False

    @property
    def is_heading(self) -> bool:
        return self.kind == "heading"


class BlockReader(Protocol):
    """What gathers a part's items from its blocks, one after the other."""

    def heading(self, block: Block) -> None: ...
    def table(self, block: Block) -> None: ...
    def lines(self, block: Block) -> None: ...


def hand_to(reader: BlockReader, blocks: Iterable[Block]) -> None:
    """Give each block to the reader as what it is; a list counts as lines."""
    for block in blocks:
        if block.is_heading:
            reader.heading(block)
        elif block.kind == "table":
            reader.table(block)
        else:
            reader.lines(block)


@dataclass(frozen=True)
class Parsed:
    """A block with its HTML as parsed, which is not clean yet."""

    block: Block
    html: str


@dataclass(frozen=True)
class Section:
    """A top section: its number where the heading has one, its blocks and its cleaned HTML.

    `heading` is the block that heads it, None where a line or a table stands for it.
    """

    number: int | None
    title: str
    html: str
    blocks: tuple[Block, ...] = ()
    heading: Block | None = field(default=None, compare=False)

    @property
    def place(self) -> int:
        """The number of its heading's block; -1 where it has none of the document's own."""
        return -1 if self.heading is None else self.heading.number


ROMAN = {"I": 1, "V": 5, "X": 10}
PREFIX = r"^\s*(?:(?:section|part|chapter|abschnitt|teil|kapitel|partie)\s+)?[#(\[]?\s*"
NUMBERED = re.compile(
    PREFIX + r"(\d{1,3})(?:\.0)?(?:\s*[):\]–—]|\s*\.(?!\d)|\s*-(?=\s)|(?<=#\d)(?=\s))[\s.:–—-]*(?=\S)", re.IGNORECASE
)
LOOSELY_NUMBERED = re.compile(r"^\s*(?:(\d{1,2})(?:\.0)?\s+(?=[^\W\d_])|([IVX]{1,6})\s*[.):–—-]\s*(?=\S))")


@dataclass
class _Cut:
    """A section while the document is cut: its title as written, what stands below it, and its heading."""

    title: str
    below: list[Parsed] = field(default_factory=list)
    heading: Block | None = None


def cut_into_sections(parsed: list[Parsed]) -> tuple[Section, ...]:
    """Cut at the top heading level; where there is no heading, at bold paragraphs, if possible those with a number.

    What stands above the first section is left out (but for a table), and so is a page title with nothing of its own.
    With three numbered sections, so is what stands before the first and after the last of them. A table below a
    mere line is a section; otherwise there is none where nothing heads one.
    """
    if not any(row.block.is_heading for row in parsed):
        parsed = _with_bold_headings(parsed)
    top = _top_level([row.block for row in parsed if row.block.is_heading])
    if top == 0:
        return _of_tables(parsed)
    parsed = _with_sub_headings(parsed, top)
    cuts = _cut(parsed, top)
    if _begins_with_page_title(cuts, parsed, top):
        del cuts[0]
    names = _names([cut.title for cut in cuts])
    named = _numbered_run(list(zip(names, cuts, strict=True)))
    return tuple(_section(number, title, cut) for (number, title), cut in named if title)


Named = tuple[tuple[int | None, str], _Cut]
FEWEST_NUMBERED = 3


def _numbered_run(named: list[Named]) -> list[Named]:
    """What stands from the first numbered section to the last, where there are three at least.

    Around them are advertisements and other posts. Signals or an exercise right behind them belong to them, also behind
    what the scores mean.
    """
    numbered = [index for index, ((number, _), _) in enumerate(named) if number is not None]
    if len(numbered) < FEWEST_NUMBERED:
        return named
    last = takewhile(_may_stand_behind, named[numbered[-1] + 1 :])
    behind = map(_before_sub_headings, filter(_names_a_last_part, last))
    return named[numbered[0] : numbered[-1] + 1] + list(behind)


def _may_stand_behind(entry: Named) -> bool:
    (_, title), _ = entry
    return _names_a_last_part(entry) or words.LEGEND.search(title) is not None


def _names_a_last_part(entry: Named) -> bool:
    """Whether a section is short of a number and called “Red flags” or “Exercise”, and not like another post."""
    (_, title), _ = entry
    title = WATCHED.sub("", title)
    if len(title.split()) > MOST_WORDS_OF_A_PART:
        return False
    return bool(words.kind_of_signal(title)) or words.EXERCISES.search(title) is not None


MOST_WORDS_OF_A_PART = 3
WATCHED = re.compile(r"\s+to (?:watch|look|listen)(?: out)? for\W*$", re.IGNORECASE)


def _before_sub_headings(entry: Named) -> Named:
    """The section up to its first sub-heading, which may be that of an advertisement."""
    name, cut = entry
    below = list(takewhile(lambda row: not row.block.is_heading, cut.below))
    return name, replace(cut, below=below)


def _of_tables(parsed: list[Parsed]) -> tuple[Section, ...]:
    """A document of tables without any heading, as one section; its title is the first line above them.

    Empty where no short line stands above a table.
    """
    if not any(row.block.kind == "table" for row in parsed):
        return ()
    title = _title_above(parsed)
    if title == UNTITLED:
        return ()
    return (_section(None, title, _Cut("", parsed)),)


def _title_above(parsed: Iterable[Parsed]) -> str:
    """The first line of the first block, where it is a short text; else what the table's caption says."""
    block = next(row.block for row in parsed if _has_lines_or_rows(row.block))
    text = block.lines[0].text if block.lines else block.text
    return text if 0 < len(text) <= LONGEST_TITLE else UNTITLED


def _has_lines_or_rows(block: Block) -> bool:
    return bool(block.lines) or block.kind == "table"


LONGEST_TITLE = 120
UNTITLED = "Untitled section"


def _cut(parsed: Iterable[Parsed], top: int) -> list[_Cut]:
    """The sections, and before them what stands above the first heading where a table is among it."""
    cuts: list[_Cut] = []
    above: list[Parsed] = []
    for row in parsed:
        if row.block.is_heading and row.block.level <= top:
            cuts.append(_Cut(row.block.text, heading=row.block))
        elif cuts:
            cuts[-1].below.append(row)
        else:
            above.append(row)
    if any(row.block.kind == "table" for row in above):
        cuts.insert(0, _Cut(_title_above(above), above))
    return cuts


def _with_sub_headings(parsed: list[Parsed], top: int) -> list[Parsed]:
    """The blocks with each sub-heading that stands on the level of the sections moved one level down.

    Such are headings without a number where most have none and the sections have, and those that name a part
    of the hiring section after its own heading.
    """
    headings = [row.block for row in parsed if row.block.is_heading]
    mixed = _is_mixed([block for block in headings if block.level == top])
    out: list[Parsed] = []
    below_hiring = False
    for row in parsed:
        block = row.block
        if _may_be_a_sub_heading(block, top):
            part = below_hiring and words.names_hiring_part(block.text)
            if mixed or part:
                block = replace(block, level=top + 1)
        if block.is_heading and block.level <= top:
            below_hiring = bool(words.HIRING_SECTION.search(block.text))
        out.append(row if block is row.block else Parsed(block, row.html))
    return out


def _may_be_a_sub_heading(block: Block, top: int) -> bool:
    """Whether a heading stands on the level of the sections and has no number."""
    return block.is_heading and block.level == top and not NUMBERED.match(block.text)


def _is_mixed(headings: list[Block]) -> bool:
    """Whether sections, which are numbered, share their level with more sub-headings, which are not."""
    numbered = sum(bool(NUMBERED.match(block.text)) for block in headings)
    return 3 <= numbered < len(headings) / 2


def _begins_with_page_title(cuts: list[_Cut], parsed: list[Parsed], top: int) -> bool:
    """Whether the first heading is the page's own, above all sections, with nothing of its own below it."""
    if len(cuts) < 2 or cuts[0].below:
        return False
    first = next(row.block for row in parsed if row.block.is_heading)
    return first.level < top


def _with_bold_headings(parsed: list[Parsed]) -> list[Parsed]:
    """Bold paragraphs as the headings that they stand for: those with a number, else all of them."""
    bold = [row for row in parsed if acts_as_heading(row.block)]
    numbered = [row for row in bold if NUMBERED.match(row.block.lines[0].text)]
    heads = numbered or bold
    ids = {id(row) for row in heads}
    out: list[Parsed] = []
    for row in parsed:
        is_head = id(row) in ids
        out.append(replace(row, block=_as_heading(row.block)) if is_head else row)
    return out


def _as_heading(block: Block) -> Block:
    return Block("heading", level=2, text=block.lines[0].text.rstrip(": "), number=block.number)


def acts_as_heading(block: Block) -> bool:
    """A paragraph that is nothing but a short bold text."""
    return block.kind == "text" and len(block.lines) == 1 and is_bold_line(block.lines[0])


def heading_of(block: Block) -> str:
    """What a heading says, or a bold line that stands for one; empty for any other block."""
    if block.is_heading:
        return block.text
    return block.lines[0].text if acts_as_heading(block) else ""


def _top_level(headings: list[Block]) -> int:
    """The highest level that is numbered twice, else names two parts of a role, else is used twice.

    Where no level is used twice, the highest of all; 0 where there is no heading.
    """
    for fits in (_is_numbered, words.ROLE_SECTIONS.search, bool):
        levels = [block.level for block in headings if fits(block.text)]
        often = [level for level, count in Counter(levels).items() if count > 1]
        if often:
            return min(often)
    return min((block.level for block in headings), default=0)


def _is_numbered(heading: str) -> bool:
    """Whether a heading begins with its number; “3 – Good” names a level."""
    found = NUMBERED.match(heading)
    return found is not None and rank_of(heading[found.end() :]) is None


def _names(headings: list[str]) -> list[tuple[int | None, str]]:
    """Number and title of each heading.

    Bare and Roman numbers count where most headings have one.
    """
    loose = [LOOSELY_NUMBERED.match(heading) for heading in headings]
    if sum(map(bool, loose)) * 2 <= len(headings):
        loose = [None] * len(headings)
    return [_name(heading, found) for heading, found in zip(headings, loose, strict=True)]


def _name(heading: str, loose: re.Match[str] | None) -> tuple[int | None, str]:
    found = NUMBERED.match(heading)
    if found:
        return int(found.group(1)), heading[found.end() :].strip()
    if loose:
        number = int(loose.group(1)) if loose.group(1) else _roman(loose.group(2))
        return number, heading[loose.end() :].strip()
    return None, heading.strip()


def _roman(numeral: str) -> int:
    """The value of a numeral of I, V and X; a sign before a greater one is taken away."""
    values = [ROMAN[sign] for sign in numeral]
    total = 0
    for index, value in enumerate(values):
        if value < max(values[index:]):
            total -= value
        else:
            total += value
    return total


def _section(number: int | None, title: str, cut: _Cut) -> Section:
    markup = "\n".join(row.html for row in cut.below)
    plain_spaces = markup.replace("&nbsp;", "\u00a0")  # references are slow to clean
    cleaned = nh3.clean(plain_spaces, tags=TAGS, attributes=SPANS, strip_comments=True)
    blocks = tuple(row.block for row in cut.below)
    return Section(number, title, INVISIBLE.sub("", cleaned), blocks, cut.heading)
