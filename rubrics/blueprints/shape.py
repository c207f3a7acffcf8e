"""The shape of a document: its headings and the heads of its tables, by which what was told is used again. Pure."""

from typing import TypedDict

from rubrics.blueprints.directions import UNTOLD, Directions, head_of, is_heading, understood
from rubrics.blueprints.documents import Document
from rubrics.blueprints.sections import Block, heading_of


class ShapedJson(TypedDict):
    """What was told of a shape: by the place of a heading or table among all of them, from 0, as digits.

    `columns` are by the place of their table and their own, as in "2-5".
    """

    blocks: dict[str, str]
    columns: dict[str, str]


def shape_of(document: Document) -> str:
    """A text that two documents share whose headings and tables are alike in words and order, whatever stands below.

    The document's own title is no part of it.
    """
    title = _title(document)
    parts: list[str] = []
    for block in _parts(document):
        if block.kind == "table":
            parts.append("\t".join(["table", *map(_folded, head_of(block))]))
        elif block.number != title:
            parts.append(f"{block.kind}{block.level}\t{_folded(heading_of(block))}")
    return "\n".join(parts)


def _parts(document: Document) -> list[Block]:
    """What can be told something: headings and tables, in the order of the page."""
    return [block for block in document.blocks if _can_be_told(block)]


def _can_be_told(block: Block) -> bool:
    return block.kind == "table" or is_heading(block)


def _title(document: Document) -> int:
    """The number of the first heading, where no other is of its level or above; else -1."""
    headings = [block for block in document.blocks if block.is_heading]
    if not headings:
        return -1
    first, *others = headings
    is_alone = all(block.level > first.level for block in others)
    return first.number if is_alone else -1


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def shaped(directions: Directions, document: Document) -> ShapedJson:
    """What was told of a document, as what is told of its shape."""
    places = {block.number: place for place, block in enumerate(_parts(document))}
    blocks = {str(places[number]): telling for number, telling in directions.blocks.items()}
    columns = {f"{places[table]}-{column}": telling for (table, column), telling in directions.columns.items()}
    return {"blocks": blocks, "columns": columns}


def told_of_shape(stored: ShapedJson, document: Document) -> Directions:
    """What was told of a document's shape, as what is told of the document itself."""
    parts = _parts(document)
    fields: dict[str, str] = {}
    for place, telling in (stored["blocks"] | stored["columns"]).items():
        number, dash, column = place.partition("-")
        if int(number) < len(parts):
            fields[f"told-{parts[int(number)].number}{dash}{column}"] = telling
    return understood(fields, document.blocks).directions if fields else UNTOLD
