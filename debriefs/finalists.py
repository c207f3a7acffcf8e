"""Two to four debriefs of one opening side by side, dimension by dimension. Pure, and
imports no Django.

Nobody is ranked: finalists stand in the order of their names until the reader asks for
another order, which then says what it is. Where they were judged by different versions
of the rubric, each dimension says how these differ.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from accounts.folding import sort_key
from debriefs.aggregate import aggregate
from debriefs.facts import DebriefFacts, DimensionFact
from debriefs.sheets import DebriefSheet, DimensionSheet
from rubrics.shares import Share, explained, shares

FEWEST, MOST = 2, 4
BY_NAME, BY_COMPOSITE = "name", "composite"


@dataclass(frozen=True)
class Version:
    """A rubric version that some of the scorecards were given under."""

    number: int
    title: str
    dimensions: tuple[DimensionFact, ...]

    @property
    def label(self) -> str:
        return f"{self.title}, version {self.number}"

    @cached_property
    def shares(self) -> dict[str, Share]:
        """Each dimension's share of the composite, by key."""
        keys = [row.key for row in self.dimensions]
        return dict(zip(keys, shares(row.weight for row in self.dimensions), strict=True))

    @property
    def weighing(self) -> str:
        """A sentence on how its shares come from its weights, where that needs one."""
        return explained(row.weight for row in self.dimensions)

    def by_key(self, key: str) -> DimensionFact | None:
        """The dimension of that key; None where this version has none."""
        return next((row for row in self.dimensions if row.key == key), None)


@dataclass(frozen=True)
class Judged:
    """One application's facts, and the versions it was judged by, else the
    opening's.
    """

    facts: DebriefFacts
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class Finalist:
    sheet: DebriefSheet
    versions: tuple[Version, ...]

    @property
    def name(self) -> str:
        return self.sheet.facts.candidate_name

    @property
    def versions_shown(self) -> str:
        return " and ".join(version.label for version in self.versions)


@dataclass(frozen=True)
class Difference:
    """What versions word differently; `texts` pairs each version's label with its
    words."""

    what: str
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cell:
    """A finalist's sheet of one dimension; None where none of their versions has it."""

    finalist: Finalist
    sheet: DimensionSheet | None

    @property
    def n(self) -> int:
        """How many scores it rests on."""
        return self.sheet.n if self.sheet else 0


@dataclass(frozen=True)
class Row:
    key: str
    name: str
    must_have: bool
    shares: tuple[str, ...]
    cells: tuple[Cell, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Choice:
    """An order that the reader may ask for."""

    value: str
    label: str


@dataclass(frozen=True)
class Comparison:
    finalists: tuple[Finalist, ...]
    rows: tuple[Row, ...]
    versions: tuple[Version, ...]
    order: str
    order_words: str
    choices: tuple[Choice, ...]

    @property
    def one_version(self) -> bool:
        return len(self.versions) == 1

    @property
    def language(self) -> str:
        """Of the opening's rubric, as a code (BCP 47)."""
        return self.finalists[0].sheet.facts.rubric_language


def compare(judged: Iterable[Judged], *, order: str = BY_NAME) -> Comparison:
    """The finalists side by side; an order that isn't offered counts as none."""
    finalists = sorted(map(_finalist, judged), key=_by_name)
    versions = {version.label: version for finalist in finalists for version in finalist.versions}
    newest_first = tuple(sorted(versions.values(), key=lambda version: (-version.number, version.title)))
    choices = _choices(newest_first)
    if order not in {choice.value for choice in choices}:
        order = BY_NAME
    ordered = tuple(_ordered(finalists, order))
    rows = tuple(_row(key, ordered, newest_first) for key in _keys(newest_first))
    return Comparison(ordered, rows, newest_first, order, _order_words(ordered, rows, order), choices)


def _by_name(finalist: Finalist) -> tuple[str, int]:
    return sort_key(finalist.name), finalist.sheet.facts.application_id


def _finalist(judged: Judged) -> Finalist:
    """The sheet on the dimensions of the versions judged by, named as the newest has
    them."""
    newest_first = sorted(judged.versions, key=lambda version: -version.number)
    known = {row.key: row for version in reversed(newest_first) for row in version.dimensions}
    dimensions = tuple(known[key] for key in _keys(newest_first))
    return Finalist(aggregate(replace(judged.facts, dimensions=dimensions)), tuple(reversed(newest_first)))


def _keys(versions: Iterable[Version]) -> list[str]:
    """Every dimension once: the first version's in their order, then what only the
    others have."""
    return list(dict.fromkeys(row.key for version in versions for row in version.dimensions))


# --- order -------------------------------------------------------------------
def _choices(versions: tuple[Version, ...]) -> tuple[Choice, ...]:
    """Names always; composites only of one version; a dimension's mean where all
    versions word it alike."""
    choices = [Choice(BY_NAME, "Name")]
    if len(versions) == 1:
        choices.append(Choice(BY_COMPOSITE, "Composite"))
    for row in versions[0].dimensions:
        if not _differences(row.key, versions):
            choices.append(Choice(f"mean:{row.key}", f"Mean of {row.name}"))
    return tuple(choices)


def _figure(finalist: Finalist, order: str) -> Fraction:
    """The figure that the order goes by; 0, below every score, where there is none."""
    if order == BY_COMPOSITE:
        return finalist.sheet.composite.value or Fraction(0)
    row = finalist.sheet.dimension(order.removeprefix("mean:"))
    if row is None or row.mean is None:
        return Fraction(0)
    return row.mean


def _ordered(finalists: list[Finalist], order: str) -> list[Finalist]:
    """Highest first, without a figure last; equal ones keep the order of their
    names.
    """
    if order == BY_NAME:
        return finalists
    return sorted(finalists, key=lambda row: _figure(row, order), reverse=True)


def _order_words(finalists: tuple[Finalist, ...], rows: tuple[Row, ...], order: str) -> str:
    """What the order is and what it rests on."""
    if order == BY_NAME:
        return "By name. No ranking."
    if order == BY_COMPOSITE:
        declared = any(row.share.weight is not None for row in finalists[0].sheet.dimensions)
        weights = "weights as set in the rubric" if declared else "equal weights"
        figures = [(row.name, row.sheet.composite) for row in finalists]
        scored = [(name, f"{row.dimensions_scored} of {row.dimensions_total} dimensions") for name, row in figures]
        return f"By composite, highest first: {weights}, {_shared(scored)}."
    row = next(row for row in rows if f"mean:{row.key}" == order)
    counts = [(cell.finalist.name, f"n = {cell.n}") for cell in row.cells]
    return f"By the mean of {row.name}, highest first: {_shared(counts)}."


def _shared(parts: list[tuple[str, str]]) -> str:
    """What holds for all, said once; else for each by name."""
    said = {text for _, text in parts}
    if len(said) == 1:
        return said.pop()
    return ", ".join(f"{text} for {name}" for name, text in parts)


# --- one dimension -----------------------------------------------------------
def _row(key: str, finalists: tuple[Finalist, ...], versions: tuple[Version, ...]) -> Row:
    found = [version.by_key(key) for version in versions]
    facts = [fact for fact in found if fact]
    cells = tuple(Cell(finalist, finalist.sheet.dimension(key)) for finalist in finalists)
    return Row(
        key=key,
        name=facts[0].name,
        must_have=facts[0].must_have,
        shares=tuple(dict.fromkeys(_shares(key, versions))),
        cells=cells,
        differences=_differences(key, versions),
    )


def _shares(key: str, versions: Iterable[Version]) -> Iterator[str]:
    """The dimension's share in each version that has it, in words."""
    for version in versions:
        if key in version.shares:
            yield version.shares[key].words


def _weight(fact: DimensionFact) -> str:
    return "no weight set" if fact.weight is None else f"weight {fact.weight:g}"


def _differences(key: str, versions: tuple[Version, ...]) -> tuple[Difference, ...]:
    """What the versions say differently of this dimension, oldest version first; empty
    where they agree."""
    oldest_first = versions[::-1]
    labels = [version.label for version in oldest_first]
    found = [version.by_key(key) for version in oldest_first]
    facts = [fact for fact in found if fact]
    if len(facts) < len(found):
        presence = map(_presence, found)
        return (Difference("The dimension itself", tuple(zip(labels, presence, strict=True))),)
    levels = sorted({level for fact in facts for level in fact.anchors})
    said = [_said(fact, levels) for fact in facts]
    differences = []
    for what in said[0]:
        texts = [row[what] for row in said]
        if len(set(texts)) > 1:
            differences.append(Difference(what, tuple(zip(labels, texts, strict=True))))
    return tuple(differences)


def _presence(fact: DimensionFact | None) -> str:
    return "judged" if fact else "not in this version"


def _said(fact: DimensionFact, levels: list[int]) -> dict[str, str]:
    """What a version says of the dimension, by what it is about; the same for every
    version."""
    said = {
        "Name": fact.name,
        "Must have": "yes" if fact.must_have else "no",
        "Weight": _weight(fact),
    }
    for level in levels:
        said[f"Level {level}"] = fact.anchors.get(level, "no wording")
    return said
