"""The document beside its preview: its blocks as text of ours, each with what was made of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from rubrics.blueprints.columns import Columns, columns_of, header_and_body
from rubrics.blueprints.directions import UNTOLD, Directions, head_of, is_heading
from rubrics.blueprints.documents import Document
from rubrics.blueprints.lines import Cell
from rubrics.blueprints.places import Place
from rubrics.blueprints.sections import Block, acts_as_heading
from rubrics.blueprints.sources import Group
from rubrics.blueprints.tellings import NOTHING, SCORECARD
from rubrics.blueprints.told_columns import told_columns
from rubrics.blueprints.turned import read_level_rows, read_turned

MOST_ROWS = 3_000  # rows and lines that are shown
MOST_CONTROLS = 1_000  # a form with twice as many fields is refused as a whole
BELOW_ALL = 7  # the level of a bold line that stands for a heading


@dataclass(frozen=True)
class Made:
    """What was made of a block: how many things of a kind, and the key of the first."""

    words: str
    key: str


@dataclass(frozen=True)
class ShownRow:
    """A row of a table, or a line; `anchor` is its id on the page, `used` says that something was made of it."""

    anchor: str
    used: bool
    cells: tuple[Cell, ...] = ()
    text: str = ""
    depth: int = 0


@dataclass(frozen=True)
class ShownColumn:
    """A column that can be told what it is: its field's name, its heading, what was told, and what it was read as."""

    name: str
    heading: str
    telling: str
    read_as: str

    @property
    def untold(self) -> str:
        """What its control says while nothing is told."""
        if self.telling:
            return "As Evenhand reads it"
        return f"Read as: {self.read_as}" if self.read_as else "Say what it is"


@dataclass(frozen=True)
class ShownBlock:
    """A block. `made` is what was made of it, and of a heading what was made of all below it too.

    `can_be_told` says that it has a control, which `heads` (a heading) and tables have, and `telling` what was told.
    """

    block: Block
    rows: tuple[ShownRow, ...]
    made: tuple[Made, ...]
    used: bool
    heads: bool
    can_be_told: bool = False
    telling: str = ""
    columns: tuple[ShownColumn, ...] = ()

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return f"block-{self.block.number}"

    @property
    def is_table(self) -> bool:
        return self.block.kind == "table"

    @property
    def name(self) -> str:
        """The name of the field that tells what it is."""
        return f"told-{self.block.number}"

    @property
    def title(self) -> str:
        """What it is called beside its control."""
        if self.block.text:
            return self.block.text
        return self.block.lines[0].text if self.block.lines else "this table"

    @property
    def classes(self) -> str:
        """How the page marks it."""
        used = " eh-block-used" if self.used else ""
        left_out = " eh-block-out" if self.telling == NOTHING else ""
        return f"eh-block{used}{left_out}"

    @property
    def columns_told(self) -> bool:
        return any(column.telling for column in self.columns)

    @property
    def level(self) -> int:
        """The level of a heading below the page's own, 3 to 6."""
        return min(self.block.level + 2, 6)


@dataclass(frozen=True)
class ShownDocument:
    """The blocks that are shown.

    `left` counts the rows and lines that are not, and `untellable` the headings and tables that have no control.
    """

    blocks: tuple[ShownBlock, ...]
    left: int = 0
    untellable: int = 0

    @property
    def fields(self) -> set[str]:
        """The names of all controls that are shown."""
        names = {shown.name for shown in self.blocks if shown.can_be_told}
        return names.union(column.name for shown in self.blocks for column in shown.columns)


@dataclass
class _Uses:
    """What was made of each place: for each block the things by kind, in the order of the page."""

    places: set[Place] = field(default_factory=set)
    things: dict[int, list[tuple[Group, str]]] = field(default_factory=dict)

    def add(self, places: Iterable[Place], group: Group, key: str) -> None:
        for place in places:
            self.places.add(place)
            things = self.things.setdefault(place.block, [])
            if not any(known == key for _, known in things[-MOST_BESIDE:]):
                things.append((group, key))


MOST_BESIDE = 12  # things that a fact may follow in its block


def shown_document(document: Document, groups: Iterable[Group], directions: Directions = UNTOLD) -> ShownDocument:
    """The document's blocks with what the plan's groups made of them, and what was told of them."""
    uses = _uses(groups)
    below = _below_headings(document.blocks, uses)
    shown: list[ShownBlock] = []
    room, controls, untellable = MOST_ROWS, MOST_CONTROLS, 0
    for block in document.blocks:
        if room <= 0:
            break
        rows = tuple(islice(_rows(block, uses), room))
        room -= max(len(rows), 1)
        own = uses.things.get(block.number, [])
        made = tuple(_made(own + below.get(block.number, [])))
        row = ShownBlock(block, rows, made, bool(own), is_heading(block))
        if row.heads or row.is_table:
            row = _with_controls(row, directions, own)
            controls -= 1 + len(row.columns)
            if controls < 0:
                row = replace(row, can_be_told=False, columns=())
                untellable += 1
        shown.append(row)
    total = sum(max(len(block.rows), len(block.lines), 1) for block in document.blocks)
    return ShownDocument(tuple(shown), max(total - MOST_ROWS, 0), untellable)


def _with_controls(row: ShownBlock, directions: Directions, own: list[tuple[Group, str]]) -> ShownBlock:
    """A heading or a table with what it can be told."""
    telling = directions.blocks.get(row.block.number, "")
    columns = tuple(_columns(row.block, directions, own))
    return replace(row, can_be_told=True, telling=telling, columns=columns)


def _uses(groups: Iterable[Group]) -> _Uses:
    uses = _Uses()
    for group in groups:
        for item in group.items:
            uses.add(item.places, group, item.key)
            for passage in item.passages:
                uses.add(passage.places, group, item.key)
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


def _columns(block: Block, directions: Directions, own: list[tuple[Group, str]]) -> Iterator[ShownColumn]:
    """The columns of a table that is the scorecard, or was told to be it."""
    told = directions.of_columns(block)
    telling = directions.blocks.get(block.number, "")
    made_dimensions = any(group.one == "dimension" for group, _ in own)
    is_card = made_dimensions or telling == SCORECARD or bool(told)
    if telling == NOTHING or not is_card:
        return
    heads = head_of(block)
    if not heads:
        return
    read = _read_columns(block, told)
    for index, heading in enumerate(heads):
        answer = told[index] if told else ""
        name = f"told-{block.number}-{index}"
        yield ShownColumn(name, heading or f"Column {index + 1}", answer, _read_as(read, index))


def _read_columns(block: Block, told: tuple[str, ...]) -> Columns | None:
    """What the columns were read as; None where the rows are levels, and so the columns are not."""
    header, _ = header_and_body(block.rows)
    if told:
        return told_columns(header, told)
    if read_level_rows(block) or read_turned(block):
        return None
    return columns_of(header, titled=True)


def _read_as(columns: Columns | None, index: int) -> str:
    if columns is None:
        return ""
    if index == columns.name:
        return "name"
    if index == columns.weight:
        return "weight"
    if index == columns.asked:
        return "what to ask"
    level = next((level for level, found in columns.anchored.items() if index in found), 0)
    return f"level {level}" if level else "not read"


def _rows(block: Block, uses: _Uses) -> Iterator[ShownRow]:
    for number, row in enumerate(block.rows):
        cells = tuple(cell for cell in row if cell.span)
        used = Place(block.number, number) in uses.places
        yield ShownRow(f"block-{block.number}-{number}", used, cells)
    for number, line in enumerate(block.lines):
        used = Place(block.number, number) in uses.places
        depth = min(line.depth, DEEPEST_SHOWN)
        yield ShownRow(f"block-{block.number}-{number}", used, text=line.text, depth=depth)


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
        different = len(dict.fromkeys(found))
        yield Made(groups[title].count(different), found[0])
