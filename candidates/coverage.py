"""Who covers which dimension how often, and the smallest change by which nothing rests on one person. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

ENOUGH = 2  # people who judge a dimension independently of each other
LARGEST = 3  # changes that are looked at together


@dataclass(frozen=True)
class Part:
    """An interview, or a round of a plan: the dimensions it covers, and how many people judge them there."""

    name: str
    dimensions: frozenset[int]
    panel_size: int


@dataclass(frozen=True)
class Change:
    """What could be done: `panel_size` more people in a part that is there, or a part that is planned besides."""

    part: Part
    panel_size: int
    is_new: bool = False


def covered(dimensions: Sequence[int], parts: Sequence[Part]) -> dict[int, int]:
    """By dimension, how many people judge it."""
    counts = dict.fromkeys(dimensions, 0)
    for part in parts:
        for dimension in part.dimensions & counts.keys():
            counts[dimension] += part.panel_size
    return counts


def thin(dimensions: Sequence[int], parts: Sequence[Part]) -> list[int]:
    """Those that fewer than ENOUGH people judge, in their order."""
    counts = covered(dimensions, parts)
    return [dimension for dimension in dimensions if counts[dimension] < ENOUGH]


def smallest_change(
    dimensions: Sequence[int], parts: Sequence[Part], offers: Sequence[Change]
) -> list[tuple[Change, int]]:
    """The fewest changes, each with how often, after which as little as possible is lacking; none where none helps.

    Of several as small, the one that asks for the fewest people.
    """
    best: tuple[Change, ...] = ()
    fewest = _ranked(dimensions, parts, best)
    for chosen in _sets(offers):
        rank = _ranked(dimensions, parts, chosen)
        if rank < fewest:
            best, fewest = chosen, rank
    return list(Counter(best).items())


def _sets(offers: Sequence[Change]) -> Iterator[tuple[Change, ...]]:
    for size in range(1, LARGEST + 1):
        yield from combinations_with_replacement(offers, size)


def _ranked(dimensions: Sequence[int], parts: Sequence[Part], chosen: Sequence[Change]) -> tuple[int, int, int]:
    """How many dimensions stay thin, by how much, with how many changes and people: less is better."""
    added = [Part(change.part.name, change.part.dimensions, change.panel_size) for change in chosen]
    counts = covered(dimensions, list(parts) + added)
    lacking = sum(max(0, ENOUGH - counts[dimension]) for dimension in dimensions)
    return lacking, len(chosen), sum(change.panel_size for change in chosen)


def sentence(change: Sequence[tuple[Change, int]]) -> str:
    """The change as words that follow a colon; empty where there is none."""
    words = []
    for one, times in change:
        if one.is_new:
            words.append(f"plan {one.part.name}")
        else:
            more = "one more interviewer" if times == 1 else f"{times} more interviewers"
            words.append(f"{more} in {one.part.name}")
    return ", and ".join(words)
