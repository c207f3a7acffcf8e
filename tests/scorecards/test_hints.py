"""Private hints: what a careful colleague would ask before a scorecard is submitted."""

import pytest

from scorecards.hints import hints
from scorecards.protected_words import SHIPPED

NAMES = {"1": "Depth", "2": "Care", "3": "Speed"}


def found(*, words=(), **values) -> list[tuple[str, str]]:
    return [(hint.field, hint.text) for hint in hints(values, NAMES, words)]


def test_nothing_written_gives_no_hint():
    assert found() == []


def test_a_score_without_evidence_is_asked_about():
    fields = [field for field, _ in found(score_1="4", score_2="3", evidence_2="Measured before changing anything")]

    assert fields == ["evidence_1"]


def test_not_assessed_needs_no_evidence():
    assert found(score_1="na", reason_1="other") == []


def test_the_same_text_in_two_dimensions_is_asked_about_once():
    text = "Drew the whole system and named its limits"

    fields = [field for field, _ in found(evidence_1=text, evidence_2=text.upper() + " ", evidence_3="short")]

    assert fields == ["evidence_2"]


@pytest.mark.parametrize(
    ("scores", "asked"), [(("3", "3", "3"), True), (("3", "3", "4"), False), (("3", "3", ""), False)]
)
def test_all_scores_equal_is_asked_about_from_three_on(scores, asked):
    values = {f"score_{number}": score for number, score in zip(NAMES, scores, strict=False)}
    values |= {f"evidence_{number}": f"something else for {number}" for number in NAMES}

    assert bool(found(**values)) is asked


@pytest.mark.parametrize(
    ("recommendation", "score", "asked"),
    [
        ("yes", "2", True),
        ("strong_yes", "1", True),
        ("no", "4", True),
        ("yes", "3", False),
        ("no", "2", False),
        ("", "1", False),
    ],
)
def test_a_recommendation_that_does_not_fit_the_scores_is_asked_about(recommendation, score, asked):
    fields = [
        field
        for field, _ in found(score_1=score, evidence_1="seen", recommendation=recommendation)
        if field == "recommendation"
    ]

    assert bool(fields) is asked


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Talked about her family at length", "family"),
        ("Seems too old for this", "too old"),
        ("Mentioned a religious holiday", "religious"),
        ("Has a disability", "disability"),
        ("Ist verheiratet und hat Kinder", "verheiratet"),
        ("Elle est enceinte", "enceinte"),
        ("Tiene hijos", "hijos"),
    ],
)
def test_a_protected_characteristic_is_pointed_at(text, word):
    everything = [entry for entries in SHIPPED.values() for entry in entries]

    ((field, hint),) = found(words=everything, evidence_1=text)

    assert field == "evidence_1"
    assert f"“{word}”" in hint


@pytest.mark.parametrize(
    "text",
    [
        "Found the race condition by reading the log",
        "Wrote a health check",
        "Packaged the page cache",
        "Managed storage well",
    ],
)
def test_words_of_the_trade_are_left_alone(text):
    everything = [entry for entries in SHIPPED.values() for entry in entries]

    assert found(words=everything, summary=text) == []


def test_a_word_counts_whole_and_a_star_takes_any_ending():
    assert found(words=["age"], summary="A manager of agents") == []
    assert len(found(words=["agen*"], summary="A manager of agents")) == 1


def test_words_of_scripts_without_spaces_are_found_inside():
    assert len(found(words=["宗教"], summary="彼の宗教について話した")) == 1


def test_a_word_with_signs_of_an_expression_is_taken_as_it_is():
    assert found(words=["(a+)+$", "[x"], summary="aaaaaaaaaaaaaaaaaaaaaaaaaaaa!") == []
