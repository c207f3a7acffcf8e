"""Numbered lists whose order says the level: read as levels where the document says so.
Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from rubrics.blueprints import words
from rubrics.blueprints.levels import quoted
from rubrics.blueprints.line_kinds import is_asked, split_level
from rubrics.blueprints.lines import Line
from rubrics.blueprints.reading import PlanWarning, Read
from rubrics.blueprints.scale import bounds_in
from rubrics.blueprints.sections import Block, heading_of

FEWEST_LEVELS = 3
MOST_LEVELS = 7


@dataclass(frozen=True)
class _Counted:
    """A numbered list: its place among the blocks, the name above it, and the texts
    between that and the list."""

    place: int
    name: str
    between: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class _Order:
    """How many levels there are (0: as many as a list has), the number of the first,
    and whether the best comes first."""

    count: int
    first: int = 1
    falls: bool = False

    def number(self, index: int, count: int) -> int:
        return self.first + (count - 1 - index if self.falls else index)


def with_counted_levels(blocks: Iterable[Block]) -> Read[tuple[Block, ...]]:
    """The blocks, in which each item of such a list begins with the number of its
    level.

    Two names at least have such a list, and all of these are as long. The document says
    that they are levels: by a scale of as many numbers, by a label above them, or by
    words such as “lowest to highest”.
    """
    blocks = _with_bare_numbers(tuple(blocks))
    lists = list(_lists(blocks))
    order = _order(blocks, lists)
    if order is None:
        return Read(blocks)
    count = order.count or lists[0].count
    taken = [entry for entry in lists if entry.count == count]
    if len({entry.name for entry in taken}) < 2 or len(taken) < len(lists):
        return Read(blocks)
    written = list(blocks)
    for entry in taken:
        written[entry.place] = _numbered(blocks[entry.place], order, entry.count)
    return Read(tuple(written), (_by_order(taken, order),))


def _with_bare_numbers(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks, in which lines that count levels with nothing behind the number have
    a dash there: “1 Waits”, “2 Asks”.

    Three lines at least that follow each other do, from or down to 0 or 1, and such
    lines come twice at least.
    """
    lines = [line for block in blocks if block.kind == "text" for line in block.lines]
    scales = list(filter(_is_a_scale, _runs_of_numbers(lines)))
    if len(scales) < 2:
        return blocks
    counted = {id(line) for run in scales for line in run}
    return tuple(_dashed(block, counted) for block in blocks)


def _runs_of_numbers(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The lines that begin with a mere number, each run with those that count on."""
    run: list[Line] = []
    for line in lines:
        if not _goes_on(run, line):
            yield run
            run = []
        if BARE.match(line.text):
            run.append(line)
    yield run


def _dashed(block: Block, counted: set[int]) -> Block:
    lines: list[Line] = []
    for line in block.lines:
        lines.append(_with_a_dash(line) if id(line) in counted else line)
    return replace(block, lines=tuple(lines))


def _goes_on(run: list[Line], line: Line) -> bool:
    """Whether a line has the number next to that of the run's last line, in the same
    direction."""
    numbers = [_bare_number(entry) for entry in [*run[-2:], line]]
    if -1 in numbers:
        return False
    steps = {below - above for above, below in pairwise(numbers)}
    return len(steps) < 2 and steps <= {1, -1}


def _is_a_scale(run: list[Line]) -> bool:
    ends = {_bare_number(line) for line in run[:1] + run[-1:]}
    return len(run) >= FEWEST_LEVELS and not ends.isdisjoint({0, 1})


def _bare_number(line: Line) -> int:
    """The number that a line begins with and that a capital follows; -1 for any other
    line."""
    found = BARE.match(line.text)
    return int(found[1]) if found else -1


def _with_a_dash(line: Line) -> Line:
    return replace(line, text=BARE.sub(r"\1 – ", line.text), bold="")


BARE = re.compile(r"(\d{1,2}) (?=[^\W\d_a-zß-ÿ])")


def _lists(blocks: Iterable[Block]) -> Iterator[_Counted]:
    """The numbered lists below names, which ask nothing and begin with no level
    themselves."""
    name = ""
    between: list[str] = []
    for place, block in enumerate(blocks):
        heading = heading_of(block)
        if heading and (block.is_heading or not _is_a_label(heading)):
            name, between = heading, []
        elif block.kind != "list":
            between += [line.text for line in block.lines]
        elif name and _may_be_levels(block) and not _heads_other_things((name, *between[-1:])):
            items = [line for line in block.lines if line.depth == 1]
            yield _Counted(place, name, tuple(between), len(items))


def _may_be_levels(block: Block) -> bool:
    items = [line for line in block.lines if line.depth == 1]
    if not block.ordered or not FEWEST_LEVELS <= len(items) <= MOST_LEVELS:
        return False
    return not any(map(_asks_or_begins_with_a_level, items))


def _asks_or_begins_with_a_level(line: Line) -> bool:
    return is_asked(line.text) or bool(split_level(line)[0])


def _heads_other_things(texts: Iterable[str]) -> bool:
    texts = list(texts)
    if any(map(words.kind_of_signal, texts)):
        return True
    others = (words.QUESTIONS, words.EXERCISES, words.LOOK_FOR)
    return any(sign.search(text) for sign in others for text in texts)


def _is_a_label(text: str) -> bool:
    return any(sign.search(text) for sign in (LABEL, RISES, FALLS))


def _order(blocks: Iterable[Block], lists: list[_Counted]) -> _Order | None:
    """What the document says of the order of these lists; None where it says nothing."""
    if not lists:
        return None
    texts = [line.text for block in blocks for line in block.lines]
    texts += [block.text for block in blocks]
    scales = [scale for scale in map(_scale_in, texts) if scale is not None]
    low, high = next(filter(lambda scale: _holds(scale, lists), scales), NO_SCALE)
    labelled = all(any(map(LABEL.search, entry.between)) for entry in lists)
    if scales and low > high and not labelled:
        return None
    falls = any(map(FALLS.search, texts))
    if low <= high:
        return _Order(high - low + 1, low, falls)
    rises = any(map(RISES.search, texts))
    is_said = labelled or rises or falls
    return _Order(0, falls=falls) if is_said else None


Bounds = tuple[int, int]
NO_SCALE: Bounds = (1, 0)


def _holds(scale: Bounds, lists: Iterable[_Counted]) -> bool:
    """Whether a list has as many items as a scale has numbers."""
    low, high = scale
    return any(entry.count == high - low + 1 for entry in lists)


def _scale_in(text: str) -> Bounds | None:
    """The lowest and the highest number of the levels that a text speaks of."""
    found = NUMBERS.search(text)
    if found is None:
        return bounds_in(text)
    return int(found["low"]), int(found["high"])


def _numbered(block: Block, order: _Order, count: int) -> Block:
    """The list, each of whose items begins with its level's number."""
    index = -1
    lines = []
    for line in block.lines:
        if line.depth == 1:
            index += 1
            line = replace(line, text=f"{order.number(index, count)} – {line.text}", bold="")
        lines.append(line)
    return replace(block, lines=tuple(lines))


def _by_order(lists: Iterable[_Counted], order: _Order) -> PlanWarning:
    names = quoted(dict.fromkeys(entry.name for entry in lists))
    which = "highest" if order.falls else "lowest"
    message = (
        f"The numbered lists below {names} were read as levels, the {which} first. This is our reading, so check it."
    )
    return PlanWarning("levels_by_order", message)


LABEL = words.words(
    r"^\W*(?:(?:rating|scoring|score|performance|proficiency)\W+)?(?:levels?|scale|stufen|niveaux|niveles|escala|échelle)\W*$"
)
RISES = words.words(
    r"\b(?:lowest|worst|weakest) (?:first|(?:to|up to|through) (?:the )?(?:highest|best|strongest))\b",
    r"\blow(?:er)? to high(?:er)?\b|\bweak to strong\b|\bpoor to (?:excellent|outstanding)\b",
    r"\b(?:schwächste|schlechteste|niedrigste)s? zuerst\b|\bvon (?:schwach|niedrig) (?:bis|nach|zu) (?:stark|hoch)\b|\baufsteigend\b",
    r"\bdu (?:plus|moins) (?:faible|bas|bon) au (?:plus|meilleur)\b|\bordre croissant\b|\bde menor a mayor\b|\bde peor a mejor\b",
)
FALLS = words.words(
    r"\b(?:highest|best|strongest) (?:first|(?:to|down to|through) (?:the )?(?:lowest|worst|weakest))\b",
    r"\bhigh(?:er)? to low(?:er)?\b|\bstrong to weak\b",
    r"\b(?:stärkste|beste|höchste)s? zuerst\b|\bvon (?:stark|hoch) (?:bis|nach|zu) (?:schwach|niedrig)\b|\babsteigend\b",
    r"\bdu (?:plus fort|plus haut|meilleur) au\b|\bordre décroissant\b|\bde mayor a menor\b|\bde mejor a peor\b",
)
NUMBERS = re.compile(
    r"\b(?:numbers?|levels?|scale|steps?|zahl|stufen?|chiffres?|niveaux?|número|niveles)\b\D{0,20}"
    r"(?P<low>[01])\s*(?:[-–—]|to|bis|à|a)\s*(?P<high>[2-9])\b",
    re.IGNORECASE,
)
