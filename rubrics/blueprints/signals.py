"""Strong signals, weak signals and red flags, in whichever markup a document lists them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from rubrics.blueprints import words
from rubrics.blueprints.lines import (
    Cell,
    Line,
    Row,
    is_bold_line,
    is_placeholder,
    table_lines,
    unnumbered,
    with_following,
)
from rubrics.blueprints.reading import Read
from rubrics.blueprints.sections import Block

SHORT = 40


def signals(blocks: Iterable[Block]) -> Read[tuple[str, ...]]:
    """The items of the lists in these blocks.

    Deeper lines join their item, or are the items where it only heads them. Where nothing is marked as a list, each
    paragraph is an item.
    """
    lines = [line for block in blocks for line in _lines(block)]
    texts = [" ".join(parts) for parts in _items(lines)]
    return Read(tuple(text for text in texts if not is_placeholder(text)))


def _lines(block: Block) -> Iterable[Line]:
    return table_lines(block.rows) if block.kind == "table" else block.lines


def _items(lines: list[Line]) -> list[list[str]]:
    """Each item with the deeper lines that belong to it."""
    listed = any(line.depth for line in lines)
    items: list[list[str]] = []
    below_a_label = False
    for line, following in with_following(lines):
        if line.depth > 1 and items and not below_a_label:
            items[-1].append(line.text)
        elif line.depth == 1 and following.depth > 1 and _is_label(line):
            below_a_label = True
        elif line.depth:
            below_a_label = below_a_label and line.depth > 1
            items.append([line.text])
        elif not listed and not line.text.endswith(":"):
            below_a_label = False
            items.append([unnumbered(line.text)])
    return items


def _is_label(line: Line) -> bool:
    return line.text.endswith(":") or is_bold_line(line)


def cut_at_signals(block: Block) -> list[Block]:
    """A text or list, parted where one of its lines heads a list of signals.

    Such lines become bold paragraphs.
    """
    pairs = list(with_following(block.lines))
    cuts = [index for index, (line, below) in enumerate(pairs) if _heads_signals(line, below)]
    if not cuts:
        return [block]
    pieces = [replace(block, lines=block.lines[: cuts[0]])] if cuts[0] else []
    for start, end in pairwise([*cuts, len(block.lines)]):
        pieces.extend(_headed(block, block.lines[start], block.lines[start + 1 : end]))
    return pieces


def with_red_flags_headed(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, in which a text's last line that says red flags right above a list is a bold paragraph.

    So is a label above the list behind that, which is of something else.
    """
    labelled = False
    for block, below in pairwise([*blocks, Block("text")]):
        is_above = below.kind == "list" and block.kind == "text"
        if is_above and _labels_red_flags(block.lines[-1]):
            labelled = True
            yield from _with_last_line_bold(block)
        elif is_above and labelled and block.lines[-1].text.endswith(":"):
            yield from _with_last_line_bold(block)
        else:
            labelled = labelled and block.kind == "list"
            yield block


def _with_last_line_bold(block: Block) -> Iterator[Block]:
    *above, label = block.lines
    if above:
        yield replace(block, lines=tuple(above))
    yield Block("text", lines=(replace(label, bold=label.text),), number=block.number)


def _labels_red_flags(line: Line) -> bool:
    if not line.text.endswith(":") and (len(line.text) >= SHORT or line.text.endswith(".")):
        return False
    return words.kind_of_signal(line.text) == "red_flag"


def _headed(block: Block, heading: Line, below: Iterable[Line]) -> Iterator[Block]:
    """A line as a bold paragraph, and the lines below it, as deep as they would be without it."""
    yield Block("text", lines=(Line(heading.text, 0, heading.text),), number=block.number)
    depths = ((line, max(line.depth - heading.depth, 0)) for line in below)
    lines = tuple(replace(line, depth=depth) for line, depth in depths)
    yield Block("list" if heading.depth else "text", lines=lines, number=block.number)


def _heads_signals(line: Line, following: Line) -> bool:
    if following.depth <= line.depth:
        return False
    if len(line.text) >= SHORT and not _is_label(line):
        return False
    return bool(words.kind_of_signal(line.text))


def signals_of_table(block: Block) -> dict[str, Block]:
    """A list for each kind of signal in a table that has kinds as columns, or as rows.

    None for any other.
    """
    if block.kind != "table" or not block.rows:
        return {}
    header = _kinds_across(block.rows[0])
    if sum(map(bool, header)) > 1 or "red_flag" in header[1:]:
        below = ((kind, cell) for row in block.rows[1:] for kind, cell in zip(header, row, strict=False))
        return lists_of_signals(below, block.number)
    cells = [(words.kind_of_signal(row[0].text), cell) for row in block.rows for cell in row[1:]]
    kinds = {kind for kind, _ in cells if kind}
    return lists_of_signals(cells, block.number) if len(kinds) > 1 else {}


def _kinds_across(header: Row) -> list[str]:
    """The kind of signals that each heading says; beside what is bad, what to look for is strong."""
    kinds = [words.kind_of_signal(cell.text) for cell in header]
    if "strong" in kinds or not any(kinds):
        return kinds
    pairs = zip(kinds, header, strict=True)
    return [kind or ("strong" if words.LOOK_FOR.search(cell.text) else "") for kind, cell in pairs]


def lists_of_signals(cells: Iterable[tuple[str, Cell]], number: int) -> dict[str, Block]:
    """A list for each kind of signal in cells that are of a kind, or of none (empty)."""
    found: dict[str, list[Line]] = {}
    for kind, cell in cells:
        if kind and cell.text:
            items = found.setdefault(kind, [])
            items.extend(Line(line.text, 1, line.bold) for line in cell.lines)
    return {kind: Block("list", lines=tuple(lines), number=number) for kind, lines in found.items()}
