"""The forms of the meeting: what they offer and how they hand on what was typed."""

import pytest

from accounts.models import User
from debriefs.forms import AttendanceForm, DecisionForm, MeetingNoteForm, ReRatingForm
from rubrics.levels import LEVEL_MEANINGS, LEVELS
from rubrics.models import Dimension
from scorecards.models import Rating

MUST_HAVES = {"depth": "Depth", "care": "Care"}
DECIDED = {"outcome": "hire", "rationale": "Clear evidence.", "rationale_depth": "Deep", "rationale_care": ""}


@pytest.fixture
def dimension(scored_application):
    return scored_application.opening.rubric_version.dimensions.first()


def test_note_is_on_the_whole_unless_a_dimension_of_the_rubric_is_named(scored_application, dimension):
    offered = scored_application.opening.rubric_version.dimensions.all()
    other = Dimension.objects.exclude(version=scored_application.opening.rubric_version).first()
    sent = {"text": "Fine", "kind": "note"}

    whole = MeetingNoteForm(sent, dimensions=offered)
    one = MeetingNoteForm(sent | {"dimension": str(dimension.pk)}, dimensions=offered)
    unknown = MeetingNoteForm(sent | {"dimension": str(other.pk if other else 10**9)}, dimensions=offered)

    assert (whole.is_valid(), whole.cleaned_data["dimension"]) == (True, None)
    assert (one.is_valid(), one.cleaned_data["dimension"]) == (True, dimension)
    assert (unknown.is_valid(), set(unknown.errors)) == (False, {"dimension"})


def test_attendance_takes_only_people_who_are_offered(sample, person):
    offered = User.objects.filter(pk=person("manager").pk)

    known = AttendanceForm({"users": [person("manager").pk], "names": ""}, people=offered)
    unknown = AttendanceForm({"users": [person("admin").pk], "names": ""}, people=offered)

    assert known.is_valid()
    assert set(unknown.errors) == {"users"}


def test_re_rating_offers_every_level_in_its_wording_and_every_reason(dimension):
    wording = {anchor.level: anchor.text for anchor in dimension.anchors.all()}

    choices = dict(ReRatingForm(dimension=dimension).fields["answer"].choices)

    assert list(choices) == [*map(str, LEVELS), *Rating.Reason.values]
    shown = {level: choices[str(level)].partition(": ")[2] for level in LEVELS}
    assert shown == {level: wording.get(level) or LEVEL_MEANINGS[level] for level in LEVELS}


def test_decision_asks_for_each_must_have_after_the_outcome():
    form = DecisionForm(must_haves=MUST_HAVES)

    assert list(form.fields)[:4] == ["outcome", "rationale_depth", "rationale_care", "rationale"]


def test_decision_is_handed_on_with_its_reasons_by_key():
    form = DecisionForm(DECIDED, must_haves=MUST_HAVES)

    assert form.is_valid()
    assert form.decided() == {
        "outcome": "hire",
        "rationale": "Clear evidence.",
        "conditions": "",
        "dissent": "",
        "dissenter": "",
        "rationales": {"depth": "Deep", "care": ""},
    }


def test_dissent_needs_somebody_whose_words_it_is():
    form = DecisionForm(DECIDED | {"dissent": "I saw no depth."}, must_haves=MUST_HAVES)

    assert set(form.errors) == {"dissenter"}
