"""Searches in the starter set, by the rules of other lists; it is so small that no
table holds it. Pure: no Django."""

from functools import cache

from accounts.folding import sought, terms
from rubrics.library.sources import DimensionSource
from rubrics.library.starter import starter_set


def find_starters(text: str, language: str) -> list[DimensionSource]:
    """The dimensions of this language that have every word of the text, each with one
    error at most.

    Those that have the words in their name come first, then those that have them as
    they are written. All of them for an empty text, none for one without any word.
    """
    every = starter_set(language)
    if not text.strip():
        return list(every)
    words = sought(text)
    if not words:
        return []
    found = [source for source in every if _has(source, words)]
    as_written = [alternatives[:1] for alternatives in words]
    named = {source.key for source in found if _named(source, words)}
    written = {source.key for source in found if _has(source, as_written)}
    return sorted(found, key=lambda source: (source.key not in named, source.key not in written))


def _named(source: DimensionSource, words: list[list[str]]) -> bool:
    kept = frozenset(terms(source.name))
    return all(not kept.isdisjoint(alternatives) for alternatives in words)


def _has(source: DimensionSource, words: list[list[str]]) -> bool:
    kept = _terms(source.key, source.language)
    return all(not kept.isdisjoint(alternatives) for alternatives in words)


@cache
def _terms(key: str, language: str) -> frozenset[str]:
    source = next(found for found in starter_set(language) if found.key == key)
    texts = [source.name, source.summary]
    texts.extend(source.anchors.values())
    texts.extend(ask.text for ask in source.questions)
    return frozenset(terms(*texts))
