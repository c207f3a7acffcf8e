"""Two to four debriefs of one opening side by side, dimension by dimension. Pure, and imports no Django.

Nobody is ranked: finalists stand in the order of their names until the reader asks for another order, which then says
what it is. Where they were judged by different versions of the rubric, each dimension says how these differ.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from scorecards.aggregate import aggregate
from scorecards.facts import DebriefFacts, DimensionFact
from scorecards.sheets import DebriefSheet, DimensionSheet

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

    def by_key(self, key: str) -> DimensionFact | None:
        return next((row for row in self.dimensions if row.key == key), None)


@dataclass(frozen=True)
class Judged:
    """One application's facts, and the versions its scorecards were given under (the opening's where there is none)."""

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
    """One thing that versions say differently of a dimension; `texts` pairs the version's label with what it says."""

    what: str
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cell:
    """A finalist's sheet of one dimension; None where none of their versions has it."""

    finalist: Finalist
    sheet: DimensionSheet | None


@dataclass(frozen=True)
class Row:
    key: str
    name: str
    must_have: bool
    weights: tuple[str, ...]
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
    def equal_weights(self) -> bool:
        return all(row.weight is None for version in self.versions for row in version.dimensions)


def compare(judged: Iterable[Judged], *, order: str = BY_NAME) -> Comparison:
    """The finalists side by side; an order that isn't offered counts as none."""
    finalists = sorted(map(_finalist, judged), key=lambda row: (row.name.casefold(), row.sheet.facts.application_id))
    versions = {version.label: version for finalist in finalists for version in finalist.versions}
    newest_first = tuple(sorted(versions.values(), key=lambda version: (-version.number, version.title)))
    choices = _choices(newest_first)
    if order not in {choice.value for choice in choices}:
        order = BY_NAME
    ordered = tuple(_ordered(finalists, order))
    rows = tuple(_row(key, ordered, newest_first) for key in _keys(newest_first))
    return Comparison(ordered, rows, newest_first, order, _order_words(ordered, rows, order), choices)


def _finalist(judged: Judged) -> Finalist:
    """The sheet on the dimensions of the versions judged by; where these are several, the newest wording names them."""
    newest_first = sorted(judged.versions, key=lambda version: -version.number)
    known = {row.key: row for version in reversed(newest_first) for row in version.dimensions}
    dimensions = tuple(known[key] for key in _keys(newest_first))
    return Finalist(aggregate(replace(judged.facts, dimensions=dimensions)), tuple(reversed(newest_first)))


def _keys(versions: Iterable[Version]) -> list[str]:
    """Every dimension once: the first version's in their order, then what only the others have."""
    return list(dict.fromkeys(row.key for version in versions for row in version.dimensions))


# --- order -------------------------------------------------------------------
def _choices(versions: tuple[Version, ...]) -> tuple[Choice, ...]:
    """Names always; composites only of one version; a dimension's mean where all versions word it alike."""
    choices = [Choice(BY_NAME, "Name")]
    if len(versions) == 1:
        choices.append(Choice(BY_COMPOSITE, "Composite"))
    for row in versions[0].dimensions:
        if not _differences(row.key, versions):
            choices.append(Choice(f"mean:{row.key}", f"Mean of {row.name}"))
    return tuple(choices)


def _value_of(order: str) -> Callable[[Finalist], Fraction | None]:
    key = order.removeprefix("mean:")

    def value(finalist: Finalist) -> Fraction | None:
        if order == BY_COMPOSITE:
            return finalist.sheet.composite.value
        row = finalist.sheet.dimension(key)
        return row.mean if row else None

    return value


def _ordered(finalists: list[Finalist], order: str) -> list[Finalist]:
    """Highest first, without a figure last; equal ones keep the order of their names."""
    if order == BY_NAME:
        return finalists
    value = _value_of(order)
    return sorted(finalists, key=lambda row: -(value(row) or Fraction(0)))


def _order_words(finalists: tuple[Finalist, ...], rows: tuple[Row, ...], order: str) -> str:
    """What the order is and what it rests on."""
    if order == BY_NAME:
        return "By name: nobody is ranked."
    if order == BY_COMPOSITE:
        declared = any(row.declared_weight is not None for row in finalists[0].sheet.dimensions)
        weights = "weights as set in the rubric" if declared else "equal weights"
        figures = [(row.name, row.sheet.composite) for row in finalists]
        shares = [(name, f"{row.dimensions_scored} of {row.dimensions_total} dimensions") for name, row in figures]
        return f"By composite, highest first: {weights}, {_shared(shares)}."
    row = next(row for row in rows if f"mean:{row.key}" == order)
    counts = [(cell.finalist.name, f"n = {cell.sheet.n if cell.sheet else 0}") for cell in row.cells]
    return f"By the mean of {row.name}, highest first: {_shared(counts)}."


def _shared(parts: list[tuple[str, str]]) -> str:
    """What holds for all, said once; else for each by name."""
    said = {text for _, text in parts}
    return said.pop() if len(said) == 1 else ", ".join(f"{text} for {name}" for name, text in parts)


# --- one dimension -----------------------------------------------------------
def _row(key: str, finalists: tuple[Finalist, ...], versions: tuple[Version, ...]) -> Row:
    facts = [fact for version in versions if (fact := version.by_key(key))]
    cells = tuple(Cell(finalist, finalist.sheet.dimension(key)) for finalist in finalists)
    return Row(
        key=key,
        name=facts[0].name,
        must_have=facts[0].must_have,
        weights=tuple(dict.fromkeys(_weight(fact) for fact in facts)),
        cells=cells,
        differences=_differences(key, versions),
    )


def _weight(fact: DimensionFact) -> str:
    return "no weight set" if fact.weight is None else f"weight {fact.weight:g}"


def _differences(key: str, versions: tuple[Version, ...]) -> tuple[Difference, ...]:
    """What the versions say differently of this dimension, oldest version first; empty where they agree."""
    facts = [(version.label, version.by_key(key)) for version in reversed(versions)]
    if any(fact is None for _, fact in facts):
        presence = tuple((label, "judged" if fact else "not in this version") for label, fact in facts)
        return (Difference("The dimension itself", presence),)
    known = [(label, fact) for label, fact in facts if fact]
    levels = sorted({level for _, fact in known for level in fact.anchors})
    said = {
        "Name": [fact.name for _, fact in known],
        "Must have": ["yes" if fact.must_have else "no" for _, fact in known],
        "Weight": [_weight(fact) for _, fact in known],
        **{f"Level {level}": [fact.anchors.get(level, "no wording") for _, fact in known] for level in levels},
    }
    labels = [label for label, _ in known]
    return tuple(
        Difference(what, tuple(zip(labels, texts, strict=True))) for what, texts in said.items() if len(set(texts)) > 1
    )
