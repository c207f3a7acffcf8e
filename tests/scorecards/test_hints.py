"""Private hints: what a careful colleague would ask before a scorecard is submitted."""

import pytest

from scorecards.fields import judgement_of, name_of
from scorecards.hints import Dismissed, Hint, Protected, hints
from scorecards.phrases import read_list

NAMES = {1: "Depth", 2: "Care", 3: "Speed"}


def found(**texts) -> list[tuple[str, str]]:
    """Field and text of each hint on a draft of these fields."""
    found = hints(judgement_of(texts), NAMES, Protected())
    return [(name_of(hint.part, hint.dimension_id), hint.text) for hint in found]


def protected(*dismissed, **texts) -> list[Hint]:
    """The hints on words of a draft, where “family” and “wife” are protected."""
    lists = {"en": read_list("family, wife")}
    found = hints(judgement_of(texts), NAMES, Protected(lists, dismissed=dismissed))
    return [hint for hint in found if hint.key]


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


def test_what_is_said_of_the_scores_holds_where_most_of_them_are_at_the_bar():
    told = dict(
        found(
            score_1="1", evidence_1="a", score_2="3", evidence_2="b", score_3="3", evidence_3="c", recommendation="yes"
        )
    )

    assert told["recommendation"] == (
        "You recommend yes, but your scores are below the bar on average. Say why in the summary."
    )


def test_each_protected_word_of_a_field_is_pointed_at_once():
    hints = protected(evidence_1="Her family. The family, his wife", summary="a family")

    assert [(hint.part, hint.dimension_id, hint.places[0].words) for hint in hints] == [
        ("evidence", 1, "family"),
        ("evidence", 1, "wife"),
        ("summary", None, "family"),
    ]
    assert [len(hint.places) for hint in hints] == [2, 1, 1]
    assert hints[0].text.startswith("“Depth” mentions “family”")
    assert len({hint.key for hint in hints}) == 3


@pytest.mark.parametrize(
    ("dismissed", "told"),
    [
        (Dismissed(1, "family", "spoke of her", ""), False),
        (Dismissed(1, "family", "", "and of work"), False),
        (Dismissed(1, "family", "", ""), True),
        (Dismissed(1, "wife", "spoke of her", "and of work"), True),
        (Dismissed(2, "family", "spoke of her", "and of work"), True),
        (Dismissed(None, "family", "spoke of her", "and of work"), True),
    ],
)
def test_a_dismissed_word_is_told_again_only_in_another_text(dismissed, told):
    assert bool(protected(dismissed, evidence_1="Spoke of her family and of work")) is told


def test_the_first_word_of_a_field_stays_dismissed_while_the_text_goes_on():
    assert protected(Dismissed(None, "family", "", ""), summary="Family and work") == []


def test_words_dismissed_near_the_start_of_a_text_stay_away_when_it_begins_otherwise():
    dismissed = Dismissed(None, "wife", "saw his", "")

    assert protected(dismissed, summary="Measured first. Saw his wife") == []
    assert len(protected(dismissed, summary="Measured first. Told his wife")) == 1
