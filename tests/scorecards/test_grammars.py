"""The files of kinds of words."""

import pytest

from scorecards.clauses import sentences
from scorecards.grammars import GRAMMARS, KINDS, read_grammar
from scorecards.protected_words import LANGUAGES


def first(text: str):
    return next(sentences(text))[0]


def test_every_language_that_ships_has_a_grammar():
    assert set(GRAMMARS) == set(LANGUAGES)


@pytest.mark.parametrize("kind", ["candidate", "his", "state", "work", "served", "thing", "on", "apart"])
def test_every_grammar_has_the_kinds_that_the_rule_needs(kind):
    assert all(grammar.kinds[kind].whole for grammar in GRAMMARS.values())


def test_a_word_is_whole_begun_or_ended_and_accents_count_where_they_are_written():
    grammar = read_grammar("work = *ó taught teach*")

    fitting = [
        word for word in ("taught", "Teaching", "enseñó", "enseno", "taughts") if grammar.has("work", first(word))
    ]

    assert fitting == ["taught", "Teaching", "enseñó"]


def test_a_kind_that_is_not_known_is_an_error():
    with pytest.raises(ValueError, match="“sort” is not a kind"):
        read_grammar("# note\n\nsort = a b")


def test_a_file_without_words_has_every_kind():
    assert set(read_grammar("verb may be last").kinds) == set(KINDS)
