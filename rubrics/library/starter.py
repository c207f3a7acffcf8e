"""The starter set: general dimensions in our own words, one file per language.
Pure: no Django.

A set that breaks a promise of ours is not loaded: `flaws` says which and where.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from rubrics.levels import LEVELS
from rubrics.library.sources import SIGNAL_KINDS, Ask, DimensionSource

LANGUAGES = ("en", "de")
SHORTEST, LONGEST = 60, 220  # characters of an anchor: a behaviour, and no essay
ALIKE = 0.5  # share of their words that two levels of one dimension may have in common
LISTS = ("questions", *SIGNAL_KINDS)
TEXTS = ("name", "summary")
WORD = re.compile(r"\w+")

# Words that only say how much: a level that differs from another by these alone names
# no behaviour of its own.
DEGREES = frozenset(
    WORD.findall("""
        always almost barely completely considerably deeply especially exceptionally excellent
        extremely fairly fully generally good greatly hardly highly less little more most mostly
        much never often outstanding particularly poor quite rarely rather seldom significantly
        slightly some sometimes somewhat strongly sufficiently too usually very well

        ausgezeichnet ausreichend äußerst besonders deutlich etwas fast ganz gelegentlich gut
        häufig hervorragend höchst immer kaum leicht manchmal mehr meist meistens nie oft
        schlecht sehr selten stark stets teilweise überaus üblicherweise viel völlig
        weitgehend weniger wenig ziemlich
    """)
)


class FaultyStarterSet(ValueError):
    """A file of the starter set breaks a promise; the message says where."""


@cache
def starter_set(language: str) -> tuple[DimensionSource, ...]:
    """The dimensions in this language, one of LANGUAGES, in the order of their file.

    Raises FaultyStarterSet where a file breaks a promise.
    """
    sets = {code: _read(code) for code in LANGUAGES}
    found = [*flaws(sets)]
    if found:
        raise FaultyStarterSet(" ".join(found))
    return tuple(_dimension(key, row, language) for key, row in sets[language].items())


def starter_dimension(key: str, language: str) -> DimensionSource | None:
    """The dimension of this key and language; None where the set has none."""
    if language not in LANGUAGES:
        return None
    return next((found for found in starter_set(language) if found.key == key), None)


def _read(language: str) -> dict[str, Any]:
    path = Path(__file__).with_name(f"starter.{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _dimension(key: str, row: Mapping[str, Any], language: str) -> DimensionSource:
    return DimensionSource(
        key=key,
        name=row["name"],
        language=language,
        anchors={level: row["anchors"][str(level)] for level in LEVELS},
        origin={"starter": key, "language": language},
        summary=row["summary"],
        questions=tuple(map(Ask, row["questions"])),
        signals={kind: tuple(row[kind]) for kind in SIGNAL_KINDS},
    )


# --- promises -----------------------------------------------------------------
def flaws(sets: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """What is wrong with the sets, as read from their files by language; nothing where
    all is well."""
    first, *others = sets
    for language in others:
        if list(sets[language]) != list(sets[first]):
            yield f"{language}: its keys are not those of {first}, in their order."
    for language, rows in sets.items():
        for key, row in rows.items():
            yield from (f"{language}, {key}: {flaw}" for flaw in _flaws_of(row))
        yield from _repeated(language, rows)


def _flaws_of(row: Mapping[str, Any]) -> Iterator[str]:
    for name in TEXTS:
        if not str(row.get(name, "")).strip():
            yield f"it has no {name}."
    for name in LISTS:
        if not row.get(name):
            yield f"it has no {name}."
    anchors: Mapping[str, str] = row.get("anchors", {})
    if list(anchors) != [str(level) for level in LEVELS]:
        yield "it does not have five anchors in their order."
    for level, text in anchors.items():
        if not SHORTEST <= len(text) <= LONGEST:
            yield f"level {level} has {len(text)} characters, and not {SHORTEST} to {LONGEST}."
    yield from _alike(anchors)


def _alike(anchors: Mapping[str, str]) -> Iterator[str]:
    for (level, text), (other, further) in combinations(anchors.items(), 2):
        if likeness(text, further) > ALIKE:
            yield f"levels {level} and {other} say the same."


def likeness(text: str, other: str) -> float:
    """The share of words that both have, 0 to 1, whatever their order and their words
    of degree."""
    words, further = _telling(text), _telling(other)
    every = words | further
    return len(words & further) / len(every) if every else 1.0


def _telling(text: str) -> set[str]:
    return set(WORD.findall(text.casefold())) - DEGREES


def _repeated(language: str, rows: Mapping[str, Any]) -> Iterator[str]:
    """No wording stands twice in one language, in whichever dimensions."""
    seen: dict[str, str] = {}
    for key, row in rows.items():
        for text in _wordings(row):
            if text in seen:
                yield f"{language}, {key}: “{text}” also stands in {seen[text]}."
            seen[text] = key


def _wordings(row: Mapping[str, Any]) -> Sequence[str]:
    found = list(row.get("anchors", {}).values())
    for name in LISTS:
        found.extend(row.get(name, []))
    return found
