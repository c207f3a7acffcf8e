"""Private hints to the writer of a scorecard, before it is submitted. Pure: they block nothing and leave no trace."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean

SAME_TEXT_FROM = 20
EQUAL_FROM = 3


@dataclass(frozen=True)
class Hint:
    """`field` is where to look; `text` says what a careful colleague would ask."""

    field: str
    text: str


def hints(values: Mapping[str, str], names: Mapping[str, str], protected: Iterable[str]) -> list[Hint]:
    """Hints on a draft's flat values. `names` maps dimension id (as text) to name; `protected` are words or stems
    (a trailing * stands for any ending) that name protected characteristics."""
    scores = {number: values.get(f"score_{number}", "") for number in names}
    given = {number: int(score) for number, score in scores.items() if score.isdigit()}
    return [
        *_without_evidence(given, values, names),
        *_same_text(values, names),
        *_all_equal(given),
        *_unfitting(given, values.get("recommendation", "")),
        *_protected(values, names, protected),
    ]


def _without_evidence(given: Mapping[str, int], values: Mapping[str, str], names: Mapping[str, str]) -> Iterable[Hint]:
    for number in given:
        if not values.get(f"evidence_{number}", "").strip():
            yield Hint(
                f"evidence_{number}", f"“{names[number]}” has a score and no evidence: what did you see or hear?"
            )


def _same_text(values: Mapping[str, str], names: Mapping[str, str]) -> Iterable[Hint]:
    first: dict[str, str] = {}
    for number, name in names.items():
        text = " ".join(values.get(f"evidence_{number}", "").casefold().split())
        if len(text) < SAME_TEXT_FROM:
            continue
        if text in first:
            yield Hint(f"evidence_{number}", f"“{name}” has the same text as “{first[text]}”: does it prove both?")
        first.setdefault(text, name)


def _all_equal(given: Mapping[str, int]) -> Iterable[Hint]:
    if len(given) >= EQUAL_FROM and len(set(given.values())) == 1:
        field = f"score_{next(iter(given))}"
        yield Hint(field, f"All {len(given)} scores are {next(iter(given.values()))}: was everything equally good?")


def _unfitting(given: Mapping[str, int], recommendation: str) -> Iterable[Hint]:
    """A yes on a mean below 2.5, a no on a mean above 3.5: the middle of the scale is 3."""
    if not given or not recommendation:
        return
    mean = fmean(given.values())
    if recommendation in {"yes", "strong_yes"} and mean < 2.5:
        yield Hint(
            "recommendation", "You recommend yes, and your scores are mostly below the bar: say why in the summary."
        )
    if recommendation in {"no", "strong_no"} and mean > 3.5:
        yield Hint(
            "recommendation", "You recommend no, and your scores are mostly above the bar: say why in the summary."
        )


@lru_cache(maxsize=8)
def pattern_of(protected: tuple[str, ...]) -> re.Pattern[str] | None:
    """One expression for the words; None where there is none. Words in scripts without spaces match anywhere."""
    parts = [_part(word.strip()) for word in protected if word.strip(" *")]
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _part(word: str) -> str:
    stem = re.escape(word.removesuffix("*"))
    if not word.isascii() and not any(sign.isalpha() and sign.casefold() != sign.upper() for sign in word):
        return stem
    return rf"(?<!\w){stem}" + (r"\w*" if word.endswith("*") else r"(?!\w)")


def _protected(values: Mapping[str, str], names: Mapping[str, str], protected: Iterable[str]) -> Iterable[Hint]:
    pattern = pattern_of(tuple(protected))
    for field in [*(f"evidence_{number}" for number in names), "summary"]:
        found = pattern.search(values.get(field, "")) if pattern else None
        if found:
            where = "The summary" if field == "summary" else f"“{names[field.partition('_')[2]]}”"
            text = f"{where} mentions “{found.group()}”, which may touch a protected characteristic. Keep to the work."
            yield Hint(field, text)
