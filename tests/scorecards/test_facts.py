"""A scorecard's facts: what they say in words, and what amendments leave of what was said first."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from scorecards.facts import AmendmentFact, CardFact, LookForFact, MarkFact, RatingFact, amended

MOMENT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MARK = MarkFact("Asks why", True, "twice")


def rating(dimension: str, score: int | None, **more) -> RatingFact:
    given = {"not_assessed_reason": "", "evidence": "", "anchor_text": ""}
    return RatingFact(dimension, score, **given | more)


@pytest.fixture
def card() -> CardFact:
    """A submitted scorecard with two ratings."""
    return CardFact(
        scorecard_id=3,
        interviewer_id=5,
        interviewer_email="one@example.com",
        interviewer_name="One",
        round_name="Talk",
        interview_id=2,
        state="submitted",
        shadow=False,
        recommendation="yes",
        summary="Calm.",
        red_flags=(MARK,),
        look_fors=(LookForFact("Design", "Draws first", "seen"),),
        submitted_at=MOMENT,
        ratings=(rating("depth", 4), rating("breadth", 2)),
    )


def amendment(*ratings: RatingFact, recommendation="yes", summary="Calm.", had_seen=0) -> AmendmentFact:
    return AmendmentFact(MOMENT, "I mixed two people up.", had_seen, recommendation, summary, ratings)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (rating("depth", 3), "3"),
        (rating("depth", None, not_assessed_reason="other"), "not assessed (other)"),
        (rating("depth", None, evidence="Said little."), "a note without a score"),
    ],
)
def test_an_answer_in_words(row, words):
    assert row.answer_words == words


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("seen", "seen"), ("missed", "missed"), ("not_reached", "not reached")],
)
def test_an_outcome_in_words(outcome, words):
    assert LookForFact("Design", "Draws first", outcome).outcome_words == words


@pytest.mark.parametrize(("recommendation", "words"), [("strong_no", "Strong no"), ("yes", "Yes"), (None, "")])
def test_a_recommendation_in_words(card, recommendation, words):
    assert replace(card, recommendation=recommendation).recommendation_words == words


def test_a_card_without_words_keeps_who_and_what_was_recommended(card):
    bare = card.without_words()

    assert (bare.summary, bare.red_flags, bare.look_fors, bare.ratings) == ("", (), (), ())
    assert (bare.interviewer_name, bare.recommendation) == ("One", "yes")


def test_a_card_that_nobody_amended_stays_what_it_is(card):
    assert amended(card, ()) is card
    assert card.first_recommendation_words == ""


def test_the_last_amendment_stands_and_the_first_judgement_beside_it(card):
    now = amended(
        card,
        (amendment(recommendation="no"), amendment(recommendation="strong_no", summary="Rude.")),
    )

    assert (now.recommendation, now.summary) == ("strong_no", "Rude.")
    assert (now.first_recommendation, now.first_summary) == ("yes", "Calm.")
    assert now.first_recommendation_words == "Yes"
    assert now.ratings == card.ratings


def test_what_an_amendment_left_alone_has_no_words_of_a_change(card):
    now = amended(card, (amendment(rating("depth", 5)),))

    assert now.first_recommendation_words == ""
    assert now.first_summary is None


def test_an_amended_rating_keeps_all_that_it_was_before(card):
    now = amended(card, (amendment(rating("depth", 3)), amendment(rating("depth", 5))))

    [depth, breadth] = now.ratings
    assert depth.score == 5
    assert [row.score for row in depth.earlier] == [4, 3]
    assert all(row.earlier == () for row in depth.earlier)
    assert breadth == rating("breadth", 2)


def test_a_rating_that_came_with_an_amendment_has_nothing_before(card):
    now = amended(card, (amendment(rating("speed", 1)),))

    assert now.ratings[-1] == rating("speed", 1)


@pytest.mark.parametrize(("seen", "told"), [((0, 0), False), ((0, 2), True)])
def test_amending_after_seeing_others_is_told(card, seen, told):
    now = amended(card, tuple(amendment(had_seen=number) for number in seen))

    assert now.amended_after_seeing_others == told
