"""Drawn scorecards: each is one that the product takes, and better people get better ones."""

from datetime import UTC, datetime
from random import Random
from statistics import mean

import pytest

from samples import judging
from samples.roles import ROLES
from scorecards.models import LookForMark, Rating, Scorecard

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ROLE = ROLES[0]


def submitted(level: float, *, turn: int = 0, seed: int = 1, role=ROLE):
    levels = [level] * len(role.dimensions)
    return judging.submitted(role, Random(seed), role.rounds[0], AT, levels, turn)


def scores_of(level: float) -> list[int]:
    cards = [submitted(level, seed=seed) for seed in range(20)]
    return [rating.score for card in cards for rating in card.ratings if rating.score]


# --- submitted ---------------------------------------------------------------
def test_every_dimension_of_the_round_is_answered_once(panelists):
    for role, _, step, panelist in panelists:
        if panelist.card and panelist.card.state == "submitted":
            assert tuple(rating.dimension for rating in panelist.card.ratings) == step.dimensions
            assert all(rating.dimension < len(role.dimensions) for rating in panelist.card.ratings)


def test_an_answer_is_a_score_with_evidence_or_a_reason(panelists):
    cards = [panelist.card for *_, panelist in panelists if panelist.card and panelist.card.state == "submitted"]
    for rating in [rating for card in cards for rating in card.ratings]:
        if rating.score is None:
            assert (rating.reason in Rating.Reason.values, rating.evidence) == (True, "")
        else:
            assert 1 <= rating.score <= 5
            assert rating.evidence
            assert not rating.reason
            assert "{" not in rating.evidence


def test_words_and_recommendation_fit_the_columns(panelists):
    for *_, panelist in panelists:
        card = panelist.card
        if card and card.state == "submitted":
            assert card.recommendation in Scorecard.Recommendation.values
            assert card.summary
            assert not card.decline_reason


@pytest.mark.parametrize(("level", "bounds"), [(-5, {1}), (9, {5})])
def test_scores_stay_on_the_scale_however_extreme_the_person(level, bounds):
    assert set(scores_of(level)) == bounds


def test_a_better_person_gets_better_scores_and_recommendations():
    assert mean(scores_of(2)) < mean(scores_of(3)) < mean(scores_of(4))
    assert submitted(1).recommendation == "strong_no"
    assert submitted(5).recommendation == "strong_yes"


@pytest.mark.parametrize(
    ("average", "recommendation"),
    [(1, "strong_no"), (1.99, "strong_no"), (2, "no"), (2.99, "no"), (3, "yes"), (4.19, "yes"), (4.2, "strong_yes")],
)
def test_a_recommendation_follows_the_mean(average, recommendation):
    assert judging._recommendation(average) == recommendation


def test_signals_and_look_fors_are_there_in_the_role(panelists):
    outcomes = set(LookForMark.Outcome.values)
    for role, _, step, panelist in panelists:
        if not panelist.card:
            continue
        known = {"strong": role.strong, "weak": role.weak, "red_flag": role.red_flags}
        for mark in panelist.card.marks:
            assert mark.index < len(known[mark.kind])
        if step.exercise is None:
            assert panelist.card.look_fors == ()
        elif panelist.card.state == "submitted":
            indices = [index for index, _ in panelist.card.look_fors]
            assert indices == list(range(len(role.exercises[step.exercise].look_for)))
            assert {outcome for _, outcome in panelist.card.look_fors} <= outcomes


def test_an_amendment_moves_the_first_score_by_one_step_later():
    for seed in range(10):
        card = submitted(3, turn=7, seed=seed)
        first = next(rating for rating in card.ratings if rating.score)
        assert card.amendment.dimension == first.dimension
        assert abs(card.amendment.score - first.score) == 1
        assert 1 <= card.amendment.score <= 5
        assert card.amendment.at > card.finished_at
        assert card.amendment.reason

    assert submitted(3, turn=6).amendment is None


# --- begun or declined -------------------------------------------------------
def test_a_draft_is_begun_and_not_finished(panelists):
    drafts = [
        (step, panelist.card) for _, _, step, panelist in panelists if panelist.card and panelist.card.state == "draft"
    ]

    assert drafts
    for step, card in drafts:
        assert (card.recommendation, card.summary, card.amendment) == ("", "", None)
        assert card.ratings[0].score
        assert len(card.ratings) <= len(step.dimensions)
        assert all(rating.score is None and rating.evidence for rating in card.ratings[1:])


def test_a_draft_of_a_round_with_one_dimension_has_its_score_only():
    step = ROLE.rounds[0]
    alone = type(step)(step.name, step.minutes, step.dimensions[:1])

    card = judging.draft(ROLE, Random(1), alone, AT, [3.0] * len(ROLE.dimensions))

    assert [rating.dimension for rating in card.ratings] == [step.dimensions[0]]


def test_who_declined_says_why_and_nothing_else(panelists):
    declined = [panelist.card for *_, panelist in panelists if panelist.card and panelist.card.state == "declined"]

    assert declined
    for card in declined:
        assert card.decline_reason
        assert (card.recommendation, card.summary, card.ratings, card.marks, card.look_fors) == ("", "", (), (), ())
