"""Form fields into a judgement and back: nothing is lost, nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.levels import LEVELS
from scorecards.fields import (
    NoSuchAnswer,
    NoSuchField,
    answer_chosen,
    changes_of,
    is_note,
    judgement_of,
    kind_of,
    texts_of,
)
from scorecards.judgement import Answer, Changes, Judgement, Mark
from scorecards.models import LookForMark, Rating, Scorecard

ids = st.integers(min_value=0, max_value=10**17 - 1)
texts = st.text(max_size=40)
reasons = st.sampled_from(["", *Rating.Reason.values])
scored = st.builds(Answer, score=st.sampled_from([None, *LEVELS]), reason=reasons, evidence=texts)
skipped = st.builds(Answer, not_assessed=st.just(True), reason=reasons, evidence=texts)
judgements = st.builds(
    Judgement,
    recommendation=st.sampled_from(["", *Scorecard.Recommendation.values]),
    summary=texts,
    answers=st.dictionaries(ids, scored | skipped, max_size=9),
    marks=st.dictionaries(ids, st.builds(Mark, seen=st.booleans(), note=texts), max_size=5),
    looks=st.dictionaries(
        st.tuples(ids, st.integers(min_value=0, max_value=9999)),
        st.sampled_from(["", *LookForMark.Outcome.values]),
        max_size=5,
    ),
)


@given(judgements)
def test_a_judgement_comes_back_from_its_fields(judgement):
    assert judgement_of(texts_of(judgement)) == judgement


@given(judgements)
def test_fields_come_back_from_their_judgement(judgement):
    fields = texts_of(judgement)

    assert texts_of(judgement_of(fields)) == fields


@given(judgements, judgements)
def test_changes_leave_the_fields_that_they_do_not_name(before, changed):
    """A save brings some fields only; the others keep their text."""
    named = dict(list(texts_of(changed).items())[::2])

    after = texts_of(before.amended(changes_of(named)))

    kept = {name: text for name, text in texts_of(before).items() if name not in named}
    assert after.items() >= (named | kept).items()


@given(judgements)
def test_tidying_twice_is_tidying_once_and_changes_no_score(judgement):
    tidied = judgement.tidied

    assert tidied.tidied == tidied
    assert not judgement.differs_from(tidied)
    assert {pk: row.score for pk, row in tidied.answers.items() if row.is_given} == {
        pk: row.score for pk, row in judgement.answers.items() if row.is_given
    }


def test_fields_by_their_names():
    changes = changes_of(
        {
            "recommendation": "no",
            "score_12": "na",
            "reason_12": "other",
            "evidence_3": "Drew it",
            "score_3": "4",
            "signal_5": "on",
            "note_5": "Twice",
            "look_7_0": "missed",
        }
    )

    assert changes == Changes(
        whole={"recommendation": "no"},
        answers={
            12: {"score": None, "not_assessed": True, "reason": "other"},
            3: {"evidence": "Drew it", "score": 4, "not_assessed": False},
        },
        marks={5: {"seen": True, "note": "Twice"}},
        looks={(7, 0): "missed"},
    )


@pytest.mark.parametrize(
    "name",
    ["", "colour", "score_", "score_x", "score_²", "score_-1", "Score_1", "score_1 ", "look_1", f"note_{'9' * 18}"],
)
def test_a_name_that_no_form_has_is_refused(name):
    with pytest.raises(NoSuchField) as refused:
        changes_of({name: ""})

    assert refused.value.name == name
    assert not is_note(name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("score_1", "0"),
        ("score_1", "6"),
        ("score_1", "3.0"),
        ("score_1", "３"),
        ("score_1", "NA"),
        ("reason_1", "bored"),
        ("recommendation", "maybe"),
        ("look_1_1", "perhaps"),
    ],
)
def test_a_choice_that_is_not_offered_is_refused(name, text):
    with pytest.raises(NoSuchAnswer) as refused:
        changes_of({name: text})

    assert (refused.value.name, refused.value.kind) == (name, kind_of(name))


def test_which_fields_hold_words_beside_a_choice():
    names = ["evidence_1", "note_1", "score_1", "signal_1", "summary", "evidence_x"]

    assert [name for name in names if is_note(name)] == ["evidence_1", "note_1"]


def test_a_re_rating_is_a_score_or_a_reason():
    assert answer_chosen("5") == Answer(5)
    assert answer_chosen("other") == Answer(not_assessed=True, reason="other")


@pytest.mark.parametrize("text", ["", "na", "6"])
def test_a_re_rating_is_nothing_else(text):
    with pytest.raises(NoSuchAnswer):
        answer_chosen(text)
