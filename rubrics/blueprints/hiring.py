"""The hiring section's parts, and of these focus areas and signals."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from rubrics.blueprints import words
from rubrics.blueprints.exercises import is_numbered_exercise
from rubrics.blueprints.lines import (
    ORDINAL,
    Cell,
    Line,
    is_bold_line,
    opens_bold,
    outside_brackets,
    split_name,
    table_lines,
    unnumbered,
)
from rubrics.blueprints.scorecard import is_scorecard
from rubrics.blueprints.sections import Block, Section, acts_as_heading


@dataclass(frozen=True)
class PlannedFocusArea:
    name: str
    detail: str
    topics: tuple[str, ...]


PARTS = (
    ("scorecard", words.SCORECARD),
    ("red_flag", words.RED_FLAG),
    ("weak", words.WEAK),
    ("strong", words.STRONG),
    ("exercises", words.EXERCISES),
    ("focus", words.FOCUS),
)
SIGNALS = tuple(part for part in PARTS if part[0] in {"red_flag", "weak", "strong"})


def parts_of(section: Section | None) -> dict[str, list[Block]]:
    """The section's blocks by part; a sub-heading that names no part belongs to the part that it stands in."""
    parts: dict[str, list[Block]] = {name: [] for name in [*dict(PARTS), "final"]}
    blocks = [piece for block in (section.blocks if section else ()) for piece in _pieces(block)]
    headed = {_part_named(block.text) for block in blocks if block.kind == "heading"}
    current, level = "", 0
    for block in blocks:
        if block.kind == "heading" or acts_as_heading(block):
            title = block.text or block.lines[0].text
            found = _part_named(title)
            deeper = bool(current) and block.kind == "heading" and block.level > level
            within = found == "exercises" or (block.kind == "text" and found in headed | {"focus", "scorecard"})
            nested = current == "exercises" and (
                deeper or within or is_numbered_exercise(title) or (not found and _is_label(title))
            )
            nested = nested or (current == "focus" and deeper and found not in dict(SIGNALS))
            if (found or (block.kind == "heading" and not deeper)) and not nested:
                current, level = found, block.level or level
                continue
        if current not in {"scorecard", "exercises", "final"} and block.kind == "table" and is_scorecard(block):
            parts["scorecard"].append(block)
            continue
        table = _signal_table(block) if current not in {"scorecard", "exercises", "focus"} else {}
        for kind, lines in table.items():
            parts[kind].append(Block("list", lines=tuple(lines)))
        if current and not table:
            parts[current].append(block)
    return parts


def _part_named(title: str) -> str:
    if words.CLOSING.search(title) and words.FINAL_SECTION.search(title):
        return "final"
    return next((name for name, pattern in PARTS if pattern.search(title)), "")


def _is_label(title: str) -> bool:
    return bool(words.LOOK_FOR.search(title) or words.PROMPT.search(title.rstrip(": ")))


def _pieces(block: Block) -> list[Block]:
    """A text or list, parted where one of its lines is a heading that names a kind of signal."""
    cuts = [at for at, line in enumerate(block.lines) if _heads_signals(block, at, line)]
    if not cuts:
        return [block]
    pieces = [replace(block, lines=block.lines[: cuts[0]])] if cuts[0] else []
    for start, end in pairwise([*cuts, len(block.lines)]):
        line = block.lines[start]
        shift = line.depth
        below = tuple(replace(row, depth=max(row.depth - shift, 0)) for row in block.lines[start + 1 : end])
        pieces.append(Block("text", lines=(Line(line.text, 0, line.text),)))
        pieces.append(Block("list" if shift else "text", lines=below))
    return pieces


def _heads_signals(block: Block, at: int, line: Line) -> bool:
    following = block.lines[at + 1].depth if at + 1 < len(block.lines) else 0
    label = line.text.endswith(":") or is_bold_line(line) or len(line.text) < 40
    return following > line.depth and label and any(kind.search(line.text) for _, kind in SIGNALS)


def _signal_table(block: Block) -> dict[str, list[Line]]:
    """The items of a table that has kinds of signals as columns, or as rows; none for any other table."""
    if block.kind != "table" or not block.rows:
        return {}
    header = [_signal_kind(cell) for cell in block.rows[0]]
    if sum(map(bool, header)) > 1 or "red_flag" in header[1:]:
        cells = [(kind, cell) for row in block.rows[1:] for kind, cell in zip(header, row, strict=False)]
        return _by_kind(cells)
    rows = [(_signal_kind(row[0]), cell) for row in block.rows if row for cell in row[1:]]
    return _by_kind(rows) if len({kind for kind, _ in rows if kind}) > 1 else {}


def _signal_kind(cell: Cell) -> str:
    return next((name for name, pattern in SIGNALS if pattern.search(cell.text)), "")


def _by_kind(cells: Iterable[tuple[str, Cell]]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for kind, cell in cells:
        if kind and cell.text:
            found.setdefault(kind, []).extend(Line(line.text, 1, line.bold) for line in cell.lines)
    return found


def list_items(blocks: Iterable[Block]) -> list[str]:
    """Items of the lists in these blocks; deeper lines join their item, or are the items where it only heads them.

    Where nothing is marked as a list, each paragraph is an item.
    """
    lines = [line for block in blocks for line in (table_lines(block.rows) if block.kind == "table" else block.lines)]
    listed = any(line.depth for line in lines)
    items: list[list[str]] = []
    heads = False
    for at, line in enumerate(lines):
        deeper = at + 1 < len(lines) and lines[at + 1].depth > line.depth
        if line.depth > 1 and items and not heads:
            items[-1].append(line.text)
        elif line.depth == 1 and deeper and (line.text.endswith(":") or is_bold_line(line)):
            heads = True
        elif line.depth or not (listed or line.text.endswith(":")):
            heads = heads and line.depth > 1
            items.append([unnumbered(line.text) if not line.depth else line.text])
    return [" ".join(parts) for parts in items]


Areas = list[tuple[str, list[Line]]]


def focus_areas(blocks: Iterable[Block]) -> tuple[PlannedFocusArea, ...]:
    areas: Areas = []
    under_heading = False
    for block in blocks:
        if block.kind == "heading":
            areas.append((unnumbered(block.text), []))
        elif block.kind == "table":
            areas += _areas_of_table(block)
        else:
            bold = any(line.depth == 0 and opens_bold(line) for line in block.lines)
            bold = bold or (under_heading and not any(line.bold for line in block.lines))
            for line in block.lines:
                _focus_line(line, areas, listed=not bold)
        bare = bool(block.lines) and is_bold_line(block.lines[-1]) and bool(areas) and not areas[-1][1]
        under_heading = block.kind == "heading" or bare or (under_heading and block.kind != "table")
    return tuple(_area(name, lines) for name, lines in areas if name)


def _areas_of_table(block: Block) -> Areas:
    rows = block.rows[1:] if len(block.rows) > 1 else block.rows
    first = 1 if rows and all(re.fullmatch(r"\W*\w{0,2}\W*", row[0].text) for row in rows if row) else 0
    return [
        (unnumbered(row[first].text), list(row[first + 1].lines))
        for row in rows
        if len(row) > first + 1 and row[first].text
    ]


def _focus_line(line: Line, areas: Areas, *, listed: bool) -> None:
    if (listed and (line.depth == 1 or ORDINAL.match(line.text))) or (line.depth == 0 and opens_bold(line)):
        name, detail = split_name(line)
        areas.append((name, [Line(detail)] if detail else []))
    elif areas and (line.depth or not listed):
        areas[-1][1].append(line)


def _area(name: str, lines: list[Line]) -> PlannedFocusArea:
    """The lines of a list are told apart by commas, so that each is a topic of its own."""
    parts: list[str] = []
    for line in lines:
        if parts and line.depth and not parts[-1].endswith((":", ",", ";")):
            parts[-1] = parts[-1].rstrip(".") + ","
        parts.append(line.text)
    detail = " ".join(parts)
    return PlannedFocusArea(name, detail, tuple(topics(detail)))


def topics(detail: str) -> list[str]:
    """The detail cut at commas outside brackets, its final full stop dropped."""
    text = detail.strip()
    text = text[:-1] if text.endswith((".", "。")) else text
    return [part.strip() for part in outside_brackets(text, ",，、") if part.strip()]
