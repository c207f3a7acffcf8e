"""The words that a document gives its numbers, as in “1 = excellent, 4 = poor”, where they turn the scale round. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from rubrics.blueprints.labels import rank_of
from rubrics.blueprints.levels import read_levels
from rubrics.blueprints.line_kinds import pairs_in
from rubrics.blueprints.lines import Row
from rubrics.blueprints.planned_dimensions import PlannedDimension
from rubrics.blueprints.rated_rows import anchors_of
from rubrics.blueprints.reading import Read
from rubrics.blueprints.scorecard import Scorecard
from rubrics.blueprints.sections import Block


def by_its_legend(scorecard: Read[Scorecard], blocks: Iterable[Block]) -> Read[Scorecard]:
    """The scorecard with its levels turned round, where its numbers are the levels and a legend calls the lowest best.

    A warning shows what was read as what. Any other scorecard is given back as it is.
    """
    found = scorecard.value
    if found.levels_assumed or found.levels_told or not any(row.anchors for row in found.dimensions):
        return scorecard
    words = reversed_legend(blocks)
    if not words:
        return scorecard
    numbers = sorted(set(words).union(found.levels) - {0})
    labels = {number: f"{number} ({words[number]})" if number in words else f"{number}" for number in numbers}
    levels = read_levels(labels)
    if levels.of == {number: number for number in numbers}:
        return scorecard
    dimensions = tuple(_turned(row, levels.of) for row in found.dimensions)
    of = tuple(sorted(set(levels.of.values())))
    turned = replace(found, dimensions=dimensions, levels_assumed=True, levels=of, numbers=tuple(numbers))
    return Read(turned, scorecard.warnings + levels.warnings)


def _turned(row: PlannedDimension, of: Mapping[int, int]) -> PlannedDimension:
    texts = sorted((of.get(number, number), text) for number, text in row.anchors.items())
    return replace(row, anchors=anchors_of(texts))


def reversed_legend(blocks: Iterable[Block]) -> dict[int, str]:
    """The word of each number, where the words get worse as the numbers grow; empty where they do not.

    Words that are not known are left out; two at least are.
    """
    for pairs in _legends(blocks):
        ranked = {number: rank_of(word) for number, word in sorted(pairs.items())}
        ranks = [rank for rank in ranked.values() if rank is not None]
        if len(ranks) > 1 and all(above > below for above, below in pairwise(ranks)):
            return {number: pairs[number] for number, rank in ranked.items() if rank is not None}
    return {}


def _legends(blocks: Iterable[Block]) -> Iterator[dict[int, str]]:
    """The numbers of each table, and of each run of texts, that pairs them with words."""
    pairs: dict[int, str] = {}
    for block in blocks:
        if block.kind == "table":
            yield {int(row[0].text): row[1].text for row in block.rows if _pairs(row)}
            continue
        found = [pair for line in block.lines for pair in pairs_in(line.text)]
        if not found:
            yield pairs
            pairs = {}
        pairs.update((int(number), word.strip()) for number, word in found)
    yield pairs


def _pairs(row: Row) -> bool:
    """Whether a row has a number of one or two digits, and one or two texts."""
    return len(row) in {2, 3} and row[0].text.isdecimal() and len(row[0].text) < 3
