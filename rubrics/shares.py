"""The share of a composite that each dimension has, from the weights that a rubric
version sets. Pure: no Django.

Page, packet, JSON and the composite itself read the shares here and nowhere else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from rubrics.blueprints.weights import TOLERANCE

WHOLE = Fraction(100)
Weight = Fraction | Decimal | float | None
MOST = 500  # rubric versions whose shares a process keeps, and numbers that it has written


@dataclass(frozen=True)
class Share:
    """One dimension's part of the composite: `percent` from 0 to 100.

    `weight` is what the rubric sets, in percent, None where it sets none. `note` says
    how the share came about, and is empty where it is the weight.
    """

    percent: Fraction
    weight: Fraction | None
    note: str = ""

    @property
    def shown(self) -> str:
        """To one decimal: “33.3 %”."""
        return percent_shown(self.percent)

    @property
    def words(self) -> str:
        """The share and how it came about: “10 % (equal share of the rest)”."""
        return f"{self.shown} ({self.note})" if self.note else self.shown


@dataclass(frozen=True)
class _Weights:
    """Weights in percent, exact, None where none is set."""

    given: tuple[Fraction | None, ...]

    @property
    def stated(self) -> list[Fraction]:
        return [weight for weight in self.given if weight is not None]

    @property
    def total(self) -> Fraction:
        return sum(self.stated, Fraction(0))

    @property
    def rest(self) -> Fraction:
        """What is left of 100 for the dimensions without a weight; negative where the others exceed it."""
        return WHOLE - self.total

    @property
    def unset(self) -> int:
        return self.given.count(None)

    @property
    def is_whole(self) -> bool:
        """They add up to 100, or miss it by as little as thirds that are written as 33.3 do."""
        return abs(self.rest) <= TOLERANCE


def shares(weights: Iterable[Weight]) -> tuple[Share, ...]:
    """One for each weight (percent, None where none is set), together exactly 100.

    A weight is its share, and dimensions without one share the rest of 100 equally.
    Where nothing is left for them they have none. Weights that do not add up to 100
    then count in proportion, or equally where all of them are 0.
    """
    return _shares(tuple(weights))


@lru_cache(maxsize=MOST)
def _shares(weights: tuple[Weight, ...]) -> tuple[Share, ...]:
    """Equal weights have equal shares, whatever kind of number they are."""
    found = _exact(weights)
    return tuple(_share(weight, found) for weight in found.given)


def _exact(weights: Iterable[Weight]) -> _Weights:
    return _Weights(tuple(map(_fraction, weights)))


def _fraction(weight: Weight) -> Fraction | None:
    return None if weight is None else Fraction(str(weight))


def _share(weight: Fraction | None, among: _Weights) -> Share:
    if weight is None:
        return _without_weight(among)
    if among.unset and among.rest > 0:
        return Share(weight, weight)
    if among.total == 0:
        return Share(WHOLE / len(among.given), weight, "equal share, since all weights are 0")
    percent = weight * WHOLE / among.total
    if percent_shown(percent) == percent_shown(weight):
        return Share(percent, weight)
    return Share(percent, weight, f"weight {number_shown(weight)} of {number_shown(among.total)}")


def _without_weight(among: _Weights) -> Share:
    if among.rest <= 0:
        return Share(Fraction(0), None, "nothing is left for it")
    note = "equal share of the rest" if among.stated else "equal share"
    return Share(among.rest / among.unset, None, note)


def explained(weights: Iterable[Weight]) -> str:
    """A sentence on how the shares come from weights that are not simply the shares; else empty."""
    found = _exact(weights)
    if not found.stated:
        return ""
    total = percent_shown(found.total)
    if found.unset and found.rest > 0:
        return f"Dimensions without a weight share the remaining {percent_shown(found.rest)} equally."
    if found.unset and found.rest == 0:
        return "The weights add up to 100 %, so dimensions without a weight do not count."
    if found.unset:
        return (
            f"The weights add up to {total}, so they count in proportion, and dimensions without a weight do not count."
        )
    if found.total == 0:
        return "All weights are 0, so every dimension has the same share."
    return "" if found.is_whole else f"The weights add up to {total}, so they count in proportion."


def obstacle(weights: Mapping[str, Weight]) -> str:
    """Why weights (by the dimension's name) cannot be published, and how to mend them; empty where they can.

    They cannot where nothing worth naming is left for dimensions without a weight, and
    where all are set and miss 100.
    """
    found = _exact(weights.values())
    if not found.stated:
        return ""
    if found.unset and found.rest <= TOLERANCE:
        return _nothing_left(weights, found)
    if found.unset or found.is_whole:
        return ""
    off = percent_shown(abs(found.rest))
    told = f"The weights add up to {percent_shown(found.total)}, not 100 %."
    if found.rest < 0:
        return f"{told} Lower some of them, by {off} in all."
    return f"{told} Raise some of them, by {off} in all, or clear one: its dimension then takes what the others leave."


def _nothing_left(weights: Mapping[str, Weight], found: _Weights) -> str:
    names = [f"“{name}”" for name, weight in weights.items() if weight is None]
    has, it = ("has", "it") if len(names) == 1 else ("have", "them")
    left = "nothing" if found.rest <= 0 else f"only {percent_shown(found.rest)}"
    return (
        f"{_listed(names)} {has} no weight, and the other weights add up to {percent_shown(found.total)}, "
        f"which leaves {left} for {it}. Lower the other weights, or give {it} a weight so that all add up to 100 %."
    )


def _listed(names: list[str]) -> str:
    """“A”, “B” and “C”."""
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"


@lru_cache(maxsize=MOST)
def number_shown(value: Fraction) -> str:
    """To one decimal, half to even; a whole number without it."""
    return f"{float(round(value, 1)):.10g}"


def percent_shown(value: Fraction) -> str:
    """As `number_shown`, with the sign: “12.5 %”."""
    return f"{number_shown(value)} %"
