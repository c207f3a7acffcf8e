"""Searches in the starter set."""

import pytest

from rubrics.library.finding import find_starters
from rubrics.library.starter import starter_set


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("negotiation", "en", "negotiation"),
        ("negotation", "en", "negotiation"),
        ("DELEG", "en", "delegation"),
        ("written delegation", "en", None),
        ("verhandeln", "de", "negotiation"),
        ("rückschlägen", "de", "setbacks"),
        ("ruckschlagen", "de", "setbacks"),
        ("negotiation", "de", None),
        ("???", "en", None),
    ],
)
def test_words_find_a_dimension(text, language, first):
    found = [source.key for source in find_starters(text, language)]

    assert (found[0] if found else None) == first


def test_nothing_sought_finds_all():
    assert find_starters(" ", "de") == list(starter_set("de"))


def test_what_bears_the_words_comes_first():
    found = [source.key for source in find_starters("planning", "en")]
    others = [source.key for source in find_starters("plan", "en")]

    assert found[0] == others[0] == "planning"
    assert len(others) > 1
