"""Words, sentences and clauses of a text."""

import pytest

from scorecards.clauses import folded, sentences


def clauses(text: str) -> list[int]:
    return [token.clause for sentence in sentences(text) for token in sentence]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("one two", [0, 0]),
        ("one, two", [0, 1]),
        ("one but two", [0, 1, 1]),
        ("one and two", [0, 0, 0]),
        ("one and is two", [0, 0, 1, 1]),
        ("eins, weil zwei", [0, 1, 1]),
        ("3,5 (two)", [0, 0, 1]),
    ],
)
def test_a_clause_ends_at_a_comma_and_before_its_words(text, numbers):
    assert clauses(text) == numbers


def test_a_word_is_kept_with_and_without_its_accents():
    [[token]] = sentences("Él")

    assert (token.folded, token.written, token.capital) == ("el", "él", True)


def test_a_number_with_a_point_ends_no_sentence():
    assert len(list(sentences("Python 3.11 is new. It works."))) == 2


def test_letters_that_do_not_decompose_are_spelled():
    assert folded("Łódź, Straße") == "lodz, strasse"


def test_a_word_knows_that_a_colon_stands_before_it():
    [words] = sentences("one, two: three")

    assert [token.after_colon for token in words] == [False, False, True]
