"""The document beside its preview: its blocks as text of ours, each with what was made of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from rubrics.blueprints.documents import Document
from rubrics.blueprints.lines import Cell
from rubrics.blueprints.places import Place
from rubrics.blueprints.sections import Block, acts_as_heading
from rubrics.blueprints.sources import Group

MOST_ROWS = 3_000  # rows and lines that are shown
BELOW_ALL = 7  # the level of a bold line that stands for a heading


@dataclass(frozen=True)
class Made:
    """What was made of a block: how many things of a kind, and the key of the first."""

    words: str
    key: str


@dataclass(frozen=True)
class ShownRow:
    """A row of a table, or a line, by its number in the block; `used` says that something was made of it."""

    number: int
    used: bool
    cells: tuple[Cell, ...] = ()
    text: str = ""
    depth: int = 0


@dataclass(frozen=True)
class ShownBlock:
    """A block. `made` is what was made of it, and of a heading what was made of all below it too."""

    block: Block
    rows: tuple[ShownRow, ...]
    made: tuple[Made, ...]
    used: bool
    heads: bool

    @property
    def level(self) -> int:
        """The level of a heading below the page's own, 3 to 6."""
        return min(self.block.level + 2, 6)


@dataclass(frozen=True)
class ShownDocument:
    """The blocks that are shown; `left` counts the rows and lines that are not."""

    blocks: tuple[ShownBlock, ...]
    left: int = 0


@dataclass
class _Uses:
    """What was made of each place: for each block the things by kind, in the order of the page."""

    places: set[Place] = field(default_factory=set)
    things: dict[int, list[tuple[Group, str]]] = field(default_factory=dict)

    def add(self, place: Place | None, group: Group, key: str) -> None:
        if place is None:
            return
        self.places.add(place)
        things = self.things.setdefault(place.block, [])
        if not any(known == key for _, known in things[-MOST_BESIDE:]):
            things.append((group, key))


MOST_BESIDE = 12  # things that a fact may follow in its block


def shown_document(document: Document, groups: Iterable[Group]) -> ShownDocument:
    """The document's blocks with what the plan's groups made of them."""
    uses = _uses(groups)
    below = _below_headings(document.blocks, uses)
    shown: list[ShownBlock] = []
    room = MOST_ROWS
    for block in document.blocks:
        if room <= 0:
            break
        rows = tuple(islice(_rows(block, uses), room))
        room -= max(len(rows), 1)
        things = below.get(block.number, [])
        own = uses.things.get(block.number, [])
        heads = block.is_heading or acts_as_heading(block)
        shown.append(ShownBlock(block, rows, tuple(_made(own + things)), bool(own), heads))
    total = sum(max(len(block.rows), len(block.lines), 1) for block in document.blocks)
    return ShownDocument(tuple(shown), max(total - MOST_ROWS, 0))


def _uses(groups: Iterable[Group]) -> _Uses:
    uses = _Uses()
    for group in groups:
        for item in group.items:
            uses.add(item.place, group, item.key)
            for passage in item.passages:
                uses.add(passage.place, group, item.key)
    return uses


def heading_level(block: Block) -> int:
    """The level of a heading; 7 for a bold line that stands for one, 0 for any other block."""
    if block.is_heading:
        return block.level
    return BELOW_ALL if acts_as_heading(block) else 0


def _below_headings(blocks: Iterable[Block], uses: _Uses) -> dict[int, list[tuple[Group, str]]]:
    """What was made of the blocks below each heading, up to the next one of its level or above."""
    below: dict[int, list[tuple[Group, str]]] = {}
    open_headings: list[Block] = []
    for block in blocks:
        level = heading_level(block)
        while level and open_headings and heading_level(open_headings[-1]) >= level:
            open_headings.pop()
        for heading in open_headings:
            below.setdefault(heading.number, []).extend(uses.things.get(block.number, []))
        if level:
            open_headings.append(block)
    return below


def _rows(block: Block, uses: _Uses) -> Iterator[ShownRow]:
    for number, row in enumerate(block.rows):
        cells = tuple(cell for cell in row if cell.span)
        yield ShownRow(number, Place(block.number, number) in uses.places, cells)
    for number, line in enumerate(block.lines):
        used = Place(block.number, number) in uses.places
        yield ShownRow(number, used, text=line.text, depth=min(line.depth, DEEPEST_SHOWN))


DEEPEST_SHOWN = 4


def _made(things: Iterable[tuple[Group, str]]) -> Iterator[Made]:
    """How many different things of each kind, in the order of the page."""
    keys: dict[str, list[str]] = {}
    groups: dict[str, Group] = {}
    for group, key in things:
        groups[group.title] = group
        known = keys.setdefault(group.title, [])
        if key not in known[-MOST_BESIDE:]:
            known.append(key)
    for title, found in keys.items():
        group = groups[title]
        count = len(dict.fromkeys(found))
        yield Made(f"{count} {group.one if count == 1 else group.many}", found[0])
