"""The tables of words: as they are compared, and none of them twice with two meanings in one language."""

import re

import pytest

from rubrics.blueprints import by_language


@pytest.mark.parametrize("language", sorted(by_language.RANKS))
def test_a_level_s_words_are_in_the_form_that_is_compared_and_have_one_rank(language):
    phrases = [phrase for row in by_language.RANKS[language].values() for phrase in row.split("|")]

    assert phrases == [" ".join(phrase.casefold().split()) for phrase in phrases]
    assert len(phrases) == len(set(phrases))


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_each_of_the_four_languages_has_words_for_bad_middling_and_best(language):
    assert {1, 3, 5} <= set(by_language.RANKS[language])


@pytest.mark.parametrize(
    "name", [name for name in dir(by_language) if name.isupper() and isinstance(getattr(by_language, name), str)]
)
def test_a_table_of_patterns_is_one_pattern(name):
    assert re.compile(getattr(by_language, name))
