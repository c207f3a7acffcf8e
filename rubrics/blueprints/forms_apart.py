"""Forms that have a table for each dimension: its name across the first row, and
labelled rows below. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rubrics.blueprints import by_language, words
from rubrics.blueprints.lines import Line, Row, is_placeholder
from rubrics.blueprints.sections import Block
from rubrics.blueprints.turned import name_of

LEVEL = 6  # of the heading that a name becomes: below every other
FEWEST = 2


def with_forms_apart(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks, in which such tables, two at least, are a heading with what their
    rows say below it."""
    blocks = tuple(blocks)
    forms = [block for block in blocks if _is_a_form(block)]
    if len(forms) < FEWEST:
        return blocks
    apart: list[Block] = []
    for block in blocks:
        if _is_a_form(block):
            apart.extend(_apart(block))
        else:
            apart.append(block)
    return tuple(apart)


def _is_a_form(block: Block) -> bool:
    """Whether a table names something across its first row, and has room for a score or
    a question beside labels."""
    if block.kind != "table" or block.told or len(block.rows) < 2:
        return False
    first, *below = block.rows
    if not first[0].text or any(cell.text for cell in first[1:]) or first[0].text.endswith("?"):
        return False
    labels = [row[0].text for row in below]
    if not all(map(LABEL.match, labels)):
        return False
    return any(map(ROOM.match, labels)) or any(map(words.ASKS.search, labels))


def _apart(block: Block) -> Iterator[Block]:
    first, *below = block.rows
    yield Block("heading", level=LEVEL, text=name_of(first[0].text), number=block.number)
    for row in below:
        label = row[0].text.rstrip(": ")
        lines = _lines_behind(row)
        if not ROOM.match(label) and lines:
            yield from _labelled(label, lines, block.number)
        elif ROOM.match(label):
            choices = " ".join(cell.text for cell in row[1:])
            room = choices.strip() or f"{label}: ____"
            yield Block("text", lines=(Line(room),), number=block.number)


def _labelled(label: str, lines: list[Line], number: int) -> Iterator[Block]:
    """What stands behind a label: questions each behind it, anything else as a list
    below it."""
    if words.ASKS.search(label):
        asked = (replace(line, text=f"{label}: {line.text}", bold="", depth=0) for line in lines)
        yield Block("text", lines=tuple(asked), number=number)
    else:
        yield Block("text", lines=(Line(f"{label}:"),), number=number)
        yield Block("list", lines=tuple(replace(line, depth=1) for line in lines), number=number)


def _lines_behind(row: Row) -> list[Line]:
    return [line for cell in row[1:] for line in cell.lines if not is_placeholder(line.text)]


ROOM = re.compile(
    rf"^\W*(?:{by_language.LEVEL_HEADS}|{by_language.SCORE_HEADS})\W*(?:\([^()]{{1,20}}\))?\W*$",
    re.IGNORECASE,
)
LABEL = re.compile(
    rf"{ROOM.pattern}|{words.ASKS.pattern}|{words.LOOK_FOR.pattern}|{words.SUBLABEL.pattern}"
    rf"|{words.GOOD_ANSWER.pattern}|{words.POOR_ANSWER.pattern}",
    re.IGNORECASE,
)
