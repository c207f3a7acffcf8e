"""What a document says of its dimensions outside their table: weights in a list, what to look for below their headings.

Pure.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from rubrics.blueprints.line_kinds import cut_at_label
from rubrics.blueprints.lines import unnumbered
from rubrics.blueprints.planned_dimensions import PlannedDimension, folded
from rubrics.blueprints.rated_rows import LookFor
from rubrics.blueprints.reading import Read
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
    return replace(weighted, value=replace(scorecard, look_for=scorecard.look_for + tuple(below)))


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
        if text and LOOK_FOR.match(label):
            yield text


def _announces(block: Block) -> bool:
    """Whether a text ends with a colon and says that what comes next is to be looked for."""
    last = block.lines[-1].text if block.lines else ""
    return last.endswith(":") and LOOK_FOR.match(last) is not None


LOOK_FOR = re.compile(
    r"\W*(?:(?:what|things) (?:we |you |to |interviewers )?)?(?:look(?:ing)?(?: out)? for|look[- ]?fors?\b)"
    r"|\W*(?:worauf (?:wir |sie |zu )?achten|zu achten auf|points? à observer|à observer|qué (?:buscar|observar))",
    re.IGNORECASE,
)
