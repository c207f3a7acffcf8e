"""Weights of dimensions as a scorecard writes them, in percent."""

import re
import unicodedata

from rubrics.blueprints import by_language
from rubrics.blueprints.reading import PlanWarning, Read

TOLERANCE = 0.5  # percent by which weights may miss 100: thirds are written as 33


def weight_of(name: str, written: str) -> Read[float | None]:
    """The weight as written: a number, a percentage or a fraction, and None for an empty cell.

    A range, a negative or an impossible number is none, with a warning.
    """
    text = unicodedata.normalize("NFKC", written.rstrip(RAISED_FIGURES)).replace("\u2044", "/")
    if not text:
        return Read(None)
    found = WEIGHT.match(text)
    if found is None:
        message = f"The weight of “{name}” (“{text}”) is not a number."
        return Read(None, (PlanWarning("weight_unreadable", message),))
    return Read(_number(found["number"]) / float(found["parts"] or 1))


def weight_in_name(name: str) -> tuple[str, float | None]:
    """A name without the percentage in brackets, or behind a dash or a colon, at its end, and that percentage.

    A number in brackets that is called a weight needs no sign of percent.
    """
    found = IN_BRACKETS.search(name) or BEHIND_A_DASH.search(name) or CALLED_WEIGHT.search(name)
    if found is None:
        return name, None
    return name[: found.start()], _number(found.group(1))


def weight_alone(line: str) -> str:
    """The percentage that a line is nothing but the weight of, as written: “Weight: 30 %”; empty for any other line."""
    found = ALONE.fullmatch(line)
    return found.group(1) if found else ""


def points_as_weights(where: str) -> PlanWarning:
    """Says that points which make a hundred together were read as weights; `where` is what names them."""
    message = (
        f"“{where}” gives points that add up to 100, so they were read as weights. This is our reading, so check it."
    )
    return PlanWarning("points_as_weights", message)


def shares_as_weights(where: str) -> PlanWarning:
    """Says that percentages which make a hundred together were read as weights, whatever heads them (`where`)."""
    message = f"The percentages below “{where}” add up to 100, so they were read as weights. This is our reading, so check it."
    return PlanWarning("shares_as_weights", message)


ALL_POINTS = 100


def weights_as_shares(where: str) -> PlanWarning:
    """Says that weights on a scale of their own were read as shares of their sum; `where` heads them."""
    message = f"The weights below “{where}” are no percentages, so each was read as its share of their sum."
    return PlanWarning("weights_as_shares", message)


def _number(written: str) -> float:
    return float(written.replace(",", "."))


RAISED_FIGURES = "⁰¹²³⁴⁵⁶⁷⁸⁹ "  # a footnote's mark
WEIGHT = re.compile(
    r"^[^\d.,/–—-]*(?P<number>\d{0,3}[.,]\d{1,6}|\d{1,3})\s*(?:/\s*(?P<parts>[1-9]\d{0,2}))?"
    r"\s*(?P<percent>%|percent|prozent)?(?![\d.,]*\s*[-–—]\s*\d|\d|[.,]\d)[^\d]*$",
    re.IGNORECASE,
)
CALLED = rf"(?:{by_language.WEIGHTS})\s*[:=]?\s*"
NUMBER = r"(\d{1,3}(?:[.,]\d{1,3})?)"
PERCENTAGE = rf"(?:{CALLED})?{NUMBER}\s*%"
ALONE = re.compile(rf"\W*(?:{by_language.WEIGHTS})\W*[:=–—-]\s*{NUMBER}\s*%\W*", re.IGNORECASE)
IN_BRACKETS = re.compile(rf"\s*[(\[]{PERCENTAGE}[)\]]$", re.IGNORECASE)
CALLED_WEIGHT = re.compile(rf"\s*[(\[]{CALLED}{NUMBER}[)\]]$", re.IGNORECASE)
BEHIND_A_DASH = re.compile(rf"(?<=[^\s\d])(?:\s*:|\s+[-–—])\s*{PERCENTAGE}$", re.IGNORECASE)


def in_percent(weights: list[float | None]) -> list[float | None]:
    """Weights that are written as shares of one, as percentages; any others as they are."""
    given = [weight for weight in weights if weight is not None]
    if not _are_shares(given):
        return weights
    percentages: list[float | None] = []
    for share in weights:
        percentages.append(None if share is None else _percent(share))
    return percentages


def _percent(share: float) -> float:
    return round(share * 100, 3)


def _are_shares(given: list[float]) -> bool:
    """At least two, none above one and not all of them one, together no more than one."""
    if len(given) < 2 or max(given) > 1 or min(given) == 1:
        return False
    return sum(given) <= 1.01


def weights_to_check(weights: list[float | None]) -> tuple[PlanWarning, ...]:
    """Warnings where weights (in percent) do not add up to 100, and where only some rows have one."""
    given = [weight for weight in weights if weight is not None]
    if not given:
        return ()
    warnings: list[PlanWarning] = []
    if abs(sum(given) - 100) > TOLERANCE:
        message = f"The scorecard's weights add up to {sum(given):g}, not 100."
        warnings.append(PlanWarning("weights_sum", message))
    if len(given) < len(weights):
        message = "Some rows of the scorecard have no weight."
        warnings.append(PlanWarning("weights_incomplete", message))
    return tuple(warnings)
