"""How two versions of a rubric differ: what was added, removed, reworded and moved, with
the words marked. Pure: no Django.

A version comes as sections of items, each with facts: labels and their texts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["added", "removed", "changed", "moved"]
Mark = Literal["same", "added", "removed"]
WORD = re.compile(r"\s+|\w+|[^\w\s]")
ALIKE = 0.6  # of 1: how much of two items' words must agree for one to be the other, reworded
MOST_CELLS = 2_000_000  # of words compared with words; beyond, a text counts as written anew
MOST_PAIRS = 10_000


@dataclass(frozen=True)
class Fact:
    """A labelled text of an item; empty where the item says nothing there.

    One that is `whole`, such as a number, is not taken apart into words.
    """

    label: str
    text: str
    whole: bool = False


@dataclass(frozen=True)
class Item:
    """One part of a rubric. `key` is what it keeps through versions, or empty."""

    key: str
    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Section:
    """Items of one kind in their order."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Words:
    """A run of text that stands in both versions, in the later or in the earlier one alone."""

    text: str
    mark: Mark


@dataclass(frozen=True)
class FactChange:
    """A text that differs, with its words marked."""

    label: str
    words: tuple[Words, ...]


@dataclass(frozen=True)
class ItemChange:
    """What became of an item. One that was `changed` may have moved as well."""

    kind: Kind
    name: str
    facts: tuple[FactChange, ...]
    has_moved: bool = False


@dataclass(frozen=True)
class SectionChange:
    """A section of which something changed."""

    title: str
    changes: tuple[ItemChange, ...]


def differences(before: Sequence[Section], after: Sequence[Section]) -> tuple[SectionChange, ...]:
    """What changed from one version to the other, by sections of the same titles, in their order.

    Sections without a change are left out.
    """
    earlier = {section.title: section.items for section in before}
    found = []
    for section in after:
        changes = tuple(_changes(earlier.get(section.title, ()), section.items))
        if changes:
            found.append(SectionChange(section.title, changes))
    return tuple(found)


def _changes(before: Sequence[Item], after: Sequence[Item]) -> Iterator[ItemChange]:
    """In the order of the later version; what was removed comes last."""
    pairs = _pairs(before, after)
    moved = _moved(pairs)
    for place, item in enumerate(after):
        if place not in pairs:
            yield ItemChange("added", item.name, _all_of(item, "added"))
            continue
        facts = tuple(_reworded(before[pairs[place]], item))
        if facts:
            yield ItemChange("changed", item.name, facts, place in moved)
        elif place in moved:
            yield ItemChange("moved", item.name, (), has_moved=True)
    kept = set(pairs.values())
    for place, item in enumerate(before):
        if place not in kept:
            yield ItemChange("removed", item.name, _all_of(item, "removed"))


def _all_of(item: Item, mark: Mark) -> tuple[FactChange, ...]:
    worded = [fact for fact in item.facts if fact.text]
    return tuple(FactChange(fact.label, (Words(fact.text, mark),)) for fact in worded)


# --- which item is which -----------------------------------------------------
def _pairs(before: Sequence[Item], after: Sequence[Item]) -> dict[int, int]:
    """Of items that are the same: the place in the later version to that in the earlier one."""
    pairs: dict[int, int] = {}
    for sign in (_key, _folded):
        earlier = [sign(item) for item in before]
        later = [sign(item) for item in after]
        pairs = _same(before, after, earlier, later, pairs)
    return pairs | _alike(before, after, pairs)


def _key(item: Item) -> str:
    return item.key


def _folded(item: Item) -> str:
    return " ".join(item.name.casefold().split())


def _same(
    before: Sequence[Item],
    after: Sequence[Item],
    earlier: list[str],
    later: list[str],
    known: dict[int, int],
) -> dict[int, int]:
    """The known pairs, and those whose signs (`earlier` and `later`, by place) are the same and not empty."""
    pairs = dict(known)
    free: dict[str, list[int]] = {}
    taken = set(known.values())
    for place in range(len(before)):
        if place not in taken and earlier[place]:
            free.setdefault(earlier[place], []).append(place)
    for place in range(len(after)):
        if place not in pairs and free.get(later[place]):
            pairs[place] = free[later[place]].pop(0)
    return pairs


def _alike(before: Sequence[Item], after: Sequence[Item], known: dict[int, int]) -> dict[int, int]:
    """Of the rest, pairs that share most of their words, the most alike first."""
    rest_before = [place for place in range(len(before)) if place not in set(known.values())]
    rest_after = [place for place in range(len(after)) if place not in known]
    if len(rest_before) * len(rest_after) > MOST_PAIRS:
        return {}
    scored = []
    for later in rest_after:
        for earlier in rest_before:
            likeness = _likeness(before[earlier], after[later])
            if likeness >= ALIKE:
                scored.append((-likeness, later, earlier))
    pairs: dict[int, int] = {}
    for _, later, earlier in sorted(scored):
        if later not in pairs and earlier not in pairs.values():
            pairs[later] = earlier
    return pairs


def _likeness(one: Item, other: Item) -> float:
    """From 0 to 1: how many of their words are the same, wherever they stand."""
    words, others = _bag(one), _bag(other)
    total = len(words) + len(others)
    return 2 * len(words & others) / total if total else 0.0


def _bag(item: Item) -> set[str]:
    facts = " ".join(fact.text for fact in item.facts)
    return set(re.findall(r"\w+", f"{item.name} {facts}".casefold()))


def _moved(pairs: dict[int, int]) -> set[int]:
    """The places, in the later version, of items that stand elsewhere among those that stayed."""
    order = [pairs[place] for place in sorted(pairs)]
    matcher = SequenceMatcher(None, sorted(order), order, autojunk=False)
    kept: set[int] = set()
    for block in matcher.get_matching_blocks():
        kept.update(order[block.b : block.b + block.size])
    return {later for later, earlier in pairs.items() if earlier not in kept}


# --- which words -------------------------------------------------------------
def _reworded(before: Item, after: Item) -> Iterator[FactChange]:
    """The facts whose texts differ, in the order of the later item."""
    earlier = {fact.label: fact for fact in before.facts}
    later = {fact.label: fact for fact in after.facts}
    for label in {**later, **earlier}:
        old = earlier.get(label, Fact(label, ""))
        new = later.get(label, Fact(label, ""))
        if old.text != new.text:
            yield FactChange(label, _whole(old.text, new.text) if new.whole else marked(old.text, new.text))


def marked(before: str, after: str) -> tuple[Words, ...]:
    """The later text with its new words marked, and where they stood the words that it lost."""
    old, new = WORD.findall(before), WORD.findall(after)
    if len(old) * len(new) > MOST_CELLS:
        return _whole(before, after)
    runs: list[tuple[str, Mark]] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, end in matcher.get_opcodes():
        if tag == "equal":
            runs.append(("".join(new[k:end]), "same"))
            continue
        runs += [("".join(old[i:j]), "removed"), ("".join(new[k:end]), "added")]
    return tuple(_joined(runs))


def _whole(before: str, after: str) -> tuple[Words, ...]:
    """The one text in place of the other."""
    if before and after:
        after = f" {after}"
    return tuple(_joined([(before, "removed"), (after, "added")]))


def _joined(runs: Iterable[tuple[str, Mark]]) -> Iterator[Words]:
    """Without empty runs."""
    for text, mark in runs:
        if text:
            yield Words(text, mark)
