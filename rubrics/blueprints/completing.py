"""What a document says of its dimensions outside their table: weights in a list, what to look for below their headings.

Pure.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from rubrics.blueprints import words
from rubrics.blueprints.levels import quoted
from rubrics.blueprints.line_kinds import (
    begins_with_a_box,
    cut_at_label,
    is_asked,
    is_room,
    is_to_write_on,
    level_label,
    split_level,
)
from rubrics.blueprints.lines import Line, unnumbered
from rubrics.blueprints.planned_dimensions import PlannedDimension, folded
from rubrics.blueprints.rated_rows import LookFor
from rubrics.blueprints.reading import PlanWarning, Read
from rubrics.blueprints.scorecard import Scorecard
from rubrics.blueprints.sections import Block, heading_of
from rubrics.blueprints.weights import weight_in_name, weights_to_check


def completed(
    found: Read[Scorecard],
    blocks: tuple[Block, ...],
    *,
    but: Collection[str] = (),
) -> Read[Scorecard]:
    """The scorecard with the weights and the look-fors that these blocks say of its dimensions.

    What is looked for in an answer (`but`) stands with its question already.
    """
    weighted = _with_listed_weights(found, blocks)
    scorecard = weighted.value
    known = {entry.name for entry in scorecard.look_for}
    below = [entry for entry in _look_for_below(blocks, scorecard.dimensions, but) if entry.name not in known]
    known.update(entry.name for entry in below)
    bare = [entry for entry in _bare_lists(blocks, scorecard.dimensions, but) if entry.name not in known]
    whole = replace(scorecard, look_for=scorecard.look_for + tuple(below + bare))
    return Read(whole, weighted.warnings + tuple(_about_bare_lists(bare)))


# --- Weights ---


def _with_listed_weights(found: Read[Scorecard], blocks: Iterable[Block]) -> Read[Scorecard]:
    """The scorecard with the weights of a list that has one for each of its dimensions and nothing else."""
    rows = found.value.dimensions
    if not rows or any(row.weight is not None for row in rows):
        return found
    names = {folded(row.name) for row in rows}
    listed = (_listed_weights(block) for block in blocks if block.kind == "list")
    weights = next((by_name for by_name in listed if by_name.keys() == names), None)
    if weights is None:
        return found
    dimensions = tuple(replace(row, weight=weights[folded(row.name)]) for row in rows)
    to_check = weights_to_check([row.weight for row in dimensions])
    scorecard = replace(found.value, dimensions=dimensions)
    return Read(scorecard, found.warnings + to_check)


def _listed_weights(block: Block) -> dict[str, float]:
    """The weight of each item, by what stands before it; empty where an item has none."""
    weights: dict[str, float] = {}
    for line in block.lines:
        name, weight = weight_in_name(line.text)
        if weight is None:
            return {}
        weights[folded(name.rstrip(" :–—-"))] = weight
    return weights


# --- What to look for ---


def _look_for_below(
    blocks: Iterable[Block],
    dimensions: Iterable[PlannedDimension],
    but: Collection[str],
) -> Iterator[LookFor]:
    """What is said to be looked for below the headings that name dimensions, in the order of the page."""
    names = {folded(row.name): row.name for row in dimensions}
    texts: dict[str, list[str]] = {}
    name, is_list_next = "", False
    for block in blocks:
        heading = heading_of(block)
        if heading:
            name, is_list_next = _named(heading, names), False
        elif name and block.kind == "text":
            texts.setdefault(name, []).extend(_labelled(block))
            is_list_next = _announces(block)
        elif name and is_list_next and block.kind == "list":
            texts.setdefault(name, []).extend(line.text for line in block.lines)
            is_list_next = False
    for named, found in texts.items():
        left = tuple(text for text in found if text not in but)
        if left:
            yield LookFor(named, left)


def _named(heading: str, names: Mapping[str, str]) -> str:
    """The dimension that a heading names, with its number and its weight or without; empty for any other heading."""
    name, _ = weight_in_name(unnumbered(heading).rstrip(" :"))
    return names.get(folded(name), "")


def _labelled(block: Block) -> Iterator[str]:
    """The texts behind a label that says to look for them."""
    for line in block.lines:
        label, text = cut_at_label(line)
        if text and words.TO_WATCH_FOR.match(label):
            yield text


def _announces(block: Block) -> bool:
    """Whether a text ends with a colon and says that what comes next is to be looked for."""
    last = block.lines[-1].text if block.lines else ""
    return last.endswith(":") and words.TO_WATCH_FOR.match(last) is not None


def _bare_lists(
    blocks: tuple[Block, ...],
    dimensions: Iterable[PlannedDimension],
    but: Collection[str],
) -> Iterator[LookFor]:
    """The lists right below the headings of dimensions that have no levels, where nothing calls them anything else."""
    names = {folded(row.name): row.name for row in dimensions if not row.anchors}
    for block, below in pairwise(blocks):
        name = _named(heading_of(block), names) if heading_of(block) else ""
        if name and _says_what_is_seen(below, but):
            texts = tuple(line.text for line in below.lines if line.depth == 1)
            yield LookFor(name, texts)


def _says_what_is_seen(block: Block, but: Collection[str]) -> bool:
    """Whether a block is a list that neither asks nor offers anything, and no answer of a question."""
    if block.kind != "list" or any(line.depth > 1 for line in block.lines):
        return False
    if any(line.text in but for line in block.lines):
        return False
    return not any(map(_is_something_else, block.lines))


def _is_something_else(line: Line) -> bool:
    text = line.text
    if is_asked(text) or is_room(text) or begins_with_a_box(text) or is_to_write_on(text):
        return True
    return bool(split_level(line)[0] or level_label(text) or cut_at_label(line)[1])


def _about_bare_lists(found: list[LookFor]) -> Iterator[PlanWarning]:
    if found:
        names = quoted(entry.name for entry in found)
        message = f"The lists below {names} were read as what to look for. This is our reading, so check it."
        yield PlanWarning("look_for_guessed", message)
