"""The sample's roles hold together: positions lead somewhere, and each can be imported like any other rubric."""

import pytest

from samples.roles import ROLES
from samples.words import DECLINED, FOLLOWED, MUSTS, RATIONALES, SEEN, SUMMARIES

by_title = pytest.mark.parametrize("role", ROLES, ids=[role.title for role in ROLES])


@by_title
def test_rounds_cover_every_dimension_and_name_exercises_that_are_there(role):
    covered = {index for step in role.rounds for index in step.dimensions}

    assert covered == set(range(len(role.dimensions)))
    assert all(step.exercise is None or step.exercise < len(role.exercises) for step in role.rounds)
    assert all(step.minutes > 0 and step.dimensions for step in role.rounds)


@by_title
def test_dimensions_have_keys_of_their_own_and_something_to_talk_about(role):
    keys = [row.key for row in role.dimensions]

    assert len(set(keys)) == len(keys)
    assert all(row.topics for row in role.dimensions)
    assert role.must_haves == [index for index, row in enumerate(role.dimensions) if row.must_have]
    assert role.must_haves


@by_title
def test_weights_are_set_for_all_dimensions_or_for_none(role):
    weights = [row.weight for row in role.dimensions if row.weight is not None]

    assert not weights or (len(weights), sum(weights)) == (len(role.dimensions), 100)


@by_title
def test_a_plan_has_the_same_digest_every_time_and_no_warning(role):
    plan, again = role.as_plan(), role.as_plan()

    assert plan == again
    assert len(plan.sha256) == 64
    assert plan.warnings == ()
    assert [row.key for row in plan.dimensions] == [row.key for row in role.dimensions]


@by_title
def test_anchors_hold_the_levels_that_have_words(role):
    for row in role.dimensions:
        levels = {1: row.below, 3: row.meets, 5: row.exceeds}
        assert row.anchors == {level: text for level, text in levels.items() if text}
        assert {3, 5} <= set(row.anchors)


def test_roles_differ_in_title_and_content():
    assert len({role.title for role in ROLES}) == len(ROLES)
    assert len({role.as_plan().sha256 for role in ROLES}) == len(ROLES)


def test_there_are_words_for_every_score_recommendation_and_outcome():
    assert set(SEEN) == set(FOLLOWED) == {1, 2, 3, 4, 5}
    assert set(SUMMARIES) == {"strong_no", "no", "yes", "strong_yes"}
    assert {"hire", "no_hire", "hold"} == set(RATIONALES)
    assert {"hire", "no_hire"} <= set(MUSTS)
    assert DECLINED
    assert all("{topic}" in text for texts in SEEN.values() for text in texts)
