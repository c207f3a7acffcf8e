"""A judgement as a value: what it lacks, how it differs, how it is amended."""

import pytest

from scorecards.judgement import OTHER, Answer, Changes, Judgement, Lack, Mark
from scorecards.models import Rating

COMPLETE = Judgement(
    recommendation="yes",
    answers={1: Answer(4, evidence="Seen"), 2: Answer(not_assessed=True, reason="not my focus")},
)


def with_answer(dimension_id, answer):
    return COMPLETE.amended(
        Changes(
            answers={
                dimension_id: {
                    "score": answer.score,
                    "not_assessed": answer.not_assessed,
                    "reason": answer.reason,
                    "evidence": answer.evidence,
                }
            }
        )
    )


def test_the_reason_that_wants_words_is_the_one_on_the_form():
    assert Rating.Reason.OTHER == OTHER


def test_a_complete_judgement_lacks_nothing():
    assert COMPLETE.lacks([1, 2], evidence_levels=[1, 4, 5]) == ()


def test_an_empty_judgement_lacks_each_score_and_the_recommendation():
    assert Judgement().lacks([2, 1], evidence_levels=[5]) == (
        Lack("score", 2),
        Lack("score", 1),
        Lack("recommendation"),
    )


@pytest.mark.parametrize(
    ("answer", "lacks"),
    [
        (Answer(), [Lack("score", 1)]),
        (Answer(evidence="Only a remark"), [Lack("score", 1)]),
        (Answer(5), [Lack("evidence", 1, score=5)]),
        (Answer(5, evidence=" \n"), [Lack("evidence", 1, score=5)]),
        (Answer(3), []),
        (Answer(not_assessed=True), [Lack("reason", 1)]),
        (Answer(not_assessed=True, reason=OTHER), [Lack("evidence", 1)]),
        (Answer(not_assessed=True, reason=OTHER, evidence="Fire alarm"), []),
        (Answer(3, reason=OTHER), []),
    ],
)
def test_what_an_answer_lacks(answer, lacks):
    assert with_answer(1, answer).lacks([1, 2], evidence_levels=[5]) == tuple(lacks)


def test_a_dimension_of_another_round_may_stay_open_and_not_half_answered():
    open_still = with_answer(9, Answer(evidence="In passing"))
    half = with_answer(9, Answer(not_assessed=True))

    assert open_still.lacks([1, 2], []) == ()
    assert half.lacks([1, 2], []) == (Lack("reason", 9),)


def test_a_lock_asks_for_no_evidence():
    without = with_answer(1, Answer(5))

    assert list(without.unjudged([1, 2])) == []
    assert without.lacks([1, 2], [5]) == (Lack("evidence", 1, score=5),)


def test_what_says_nothing_makes_no_difference():
    same = COMPLETE.amended(
        Changes(
            answers={1: {"reason": "ran out of time"}, 3: {"evidence": ""}},
            marks={7: {"seen": False}},
            looks={(1, 0): ""},
        )
    )

    assert not same.differs_from(COMPLETE)
    assert same.tidied == COMPLETE
    assert same.changed_answers(since=COMPLETE) == {}


def test_changed_answers_are_those_that_say_something_else():
    cleared = {"score": None, "not_assessed": False, "evidence": ""}
    changes = Changes(whole={"summary": "New"}, answers={1: cleared, 2: {"evidence": "More"}, 3: {"score": 2}})

    after = COMPLETE.amended(changes)

    assert after.differs_from(COMPLETE)
    assert after.changed_answers(since=COMPLETE) == {
        1: Answer(),
        2: Answer(not_assessed=True, reason="not my focus", evidence="More"),
        3: Answer(2),
    }


def test_an_amendment_leaves_the_value_before_it_as_it_was():
    after = COMPLETE.amended(Changes(whole={"recommendation": "no"}, marks={7: {"note": "Late"}}))

    assert (after.recommendation, after.marks) == ("no", {7: Mark(note="Late")})
    assert (COMPLETE.recommendation, COMPLETE.marks) == ("yes", {})


@pytest.mark.parametrize(
    ("other", "parts"),
    [
        (Answer(4, evidence="Seen"), ()),
        (Answer(5, evidence="Seen"), ("score",)),
        (Answer(not_assessed=True, reason="other", evidence="Seen"), ("score", "reason")),
        (Answer(4), ("evidence",)),
    ],
)
def test_parts_in_which_two_answers_differ(other, parts):
    assert Answer(4, evidence="Seen").differs_from(other) == parts
