"""What a person says that the parts of a document are, before it is read: its headings, tables and columns. Pure.

A part is named by the number of its block, a column by that of its table and its own, both from 0. In a form the field
`told-12` says what block 12 is, and `told-12-3` what its column 3 is; an empty value leaves it to Evenhand.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rubrics.blueprints.columns import header_and_body
from rubrics.blueprints.sections import Block, acts_as_heading
from rubrics.blueprints.tellings import COLUMNS, OF_COLUMNS, OF_HEADINGS, OF_TABLES, ONCE


@dataclass(frozen=True)
class Directions:
    """What was told of blocks by their number, and of columns by the numbers of table and column."""

    blocks: Mapping[int, str] = field(default_factory=dict)
    columns: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.blocks or self.columns)

    def of_columns(self, block: Block) -> tuple[str, ...]:
        """What was told of each column of a table, empty for what was not; nothing where none was told of any."""
        if not any(table == block.number for table, _ in self.columns):
            return ()
        told = [self.columns.get((block.number, index), "") for index in range(len(head_of(block)))]
        return tuple(told) if any(told) else ()

    def as_fields(self) -> dict[str, str]:
        """The same as a form's fields."""
        fields = {f"told-{block}": telling for block, telling in self.blocks.items()}
        for (block, column), telling in self.columns.items():
            fields[f"told-{block}-{column}"] = telling
        return fields


UNTOLD = Directions()


def is_heading(block: Block) -> bool:
    """Whether a block can be told what it heads: a heading, or a bold line that stands for one."""
    return block.is_heading or acts_as_heading(block)


def head_of(block: Block) -> tuple[str, ...]:
    """The headings of a table's columns; none for a table that has no row below them, and for any other block."""
    if block.kind != "table" or len(block.rows) < 2:
        return ()
    header, _ = header_and_body(block.rows)
    return tuple(cell.text for cell in header)


# --- From a form ---


@dataclass(frozen=True)
class Understood:
    """What a form told, and a sentence for each thing that could not be understood."""

    directions: Directions
    refusals: tuple[str, ...] = ()


def understood(fields: Mapping[str, str], blocks: tuple[Block, ...]) -> Understood:
    """What the fields of a form tell of a document's blocks. Other fields are passed over."""
    told: dict[int, str] = {}
    columns: dict[tuple[int, int], str] = {}
    refusals: list[str] = []
    for name, telling in fields.items():
        if not name.startswith("told-") or not telling:
            continue
        found = FIELD.fullmatch(name)
        refusal = _refusal(found, telling, blocks)
        if refusal:
            refusals.append(refusal)
        elif found and found["column"]:
            columns[int(found["block"]), int(found["column"])] = telling
        elif found:
            told[int(found["block"])] = telling
    refusals += _doubled(columns)
    return Understood(Directions(told, columns), tuple(refusals))


FIELD = re.compile(r"told-(?P<block>\d{1,6})(?:-(?P<column>\d{1,3}))?", re.ASCII)
SHOWN = 40  # characters of what was sent


def _refusal(found: re.Match[str] | None, telling: str, blocks: tuple[Block, ...]) -> str:
    """Why a field cannot be understood; empty where it can."""
    number = int(found["block"]) if found else len(blocks)
    block = blocks[number] if number < len(blocks) else None
    if found is None or block is None or not (is_heading(block) or block.kind == "table"):
        return "Something was told of a heading or table that this document does not have. It was left out."
    if not found["column"]:
        known = OF_TABLES if block.kind == "table" else OF_HEADINGS
    elif int(found["column"]) < len(head_of(block)):
        known = OF_COLUMNS
    else:
        return "Something was told of a column that its table does not have. It was left out."
    if telling in known:
        return ""
    return f"“{telling[:SHOWN]}” is nothing that this part of the document can be. Choose one of the answers offered."


def _doubled(columns: dict[tuple[int, int], str]) -> Iterator[str]:
    """Takes out what a second column of a table was told to be and only one can be, and says so."""
    labels = dict(COLUMNS)
    taken: set[tuple[int, str]] = set()
    for (block, column), telling in sorted(columns.items()):
        if telling in ONCE and (block, telling) in taken:
            del columns[block, column]
            yield f"Two columns of one table were said to be “{labels[telling]}”. The first of them was taken."
        taken.add((block, telling))
