"""The scorecard form: built from the rubric, filled with the draft, and what it sends on."""

import re
from html import unescape

import pytest
from crispy_forms.utils import render_crispy_form
from django.http import QueryDict
from django.utils import timezone

from candidates.models import Panelist
from rubrics.levels import LEVELS
from rubrics.models import Question
from rubrics.rows import add_row
from rubrics.services import fork_version
from scorecards import drafts
from scorecards.fields import look_name, name_of, note_name, rating_names, signal_name
from scorecards.forms import AmendForm, DeclineForm, HandoffForm, OverrideForm, ScorecardForm, first_control
from scorecards.models import Scorecard
from tests.pages import on_one_line
from tests.rubrics.drafting import write


@pytest.fixture
def panelist(unscored_application) -> Panelist:
    """The first interviewer of the fresh application."""
    return Panelist.objects.filter(interview__application=unscored_application).order_by("pk").first()


@pytest.fixture
def card(panelist) -> Scorecard:
    """Their scorecard, just opened."""
    return drafts.open_scorecard(panelist)


@pytest.fixture
def version(unscored_application):
    """The rubric that they judge by."""
    return unscored_application.opening.rubric_version


@pytest.fixture
def dimension(panelist):
    """The first dimension of their round."""
    return panelist.interview.round.dimensions.first()


def sent(**fields: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(fields)
    return data


# --- what it is built from ---------------------------------------------------
def test_dimensions_of_the_round_come_first_and_each_is_there_once(card, version, panelist):
    form = ScorecardForm(card=card, version=version)

    assert set(form.own) == set(panelist.interview.round.dimensions.all())
    assert set(form.own + form.other) == set(version.dimensions.all())
    assert len(form.own + form.other) == version.dimensions.count()


def test_questions_stand_beside_their_dimension_while_it_is_judged(card, version, person):
    by = person("recruiter")
    draft = fork_version(version, by=by)
    first, second = draft.dimensions.all()[:2]
    Question.objects.filter(dimension__version=draft).delete()
    question = add_row(draft, "question", among=str(first.pk), by=by)
    write(draft, {f"question_{question.pk}_text": "What broke last?"}, by=by)

    form = ScorecardForm(card=card, version=draft)

    asked = {row.pk: [asked.text for asked in form.group(row).questions] for row in form.other}
    assert (asked[first.pk], asked[second.pk]) == (["What broke last?"], [])
    assert render_crispy_form(form).count("Questions to ask") == 1


def test_every_signal_has_a_tick_and_a_note(card, version):
    form = ScorecardForm(card=card, version=version)

    for signal in version.signals.all():
        assert form.fields[signal_name(signal.pk)].label == signal.text
        assert note_name(signal.pk) in form.fields


def test_look_fors_of_the_exercise_stand_in_its_order(card, version, panelist):
    exercise = version.exercises.exclude(look_for=[]).first()
    panelist.interview.round.exercise = exercise
    card.panelist = panelist

    shown = ScorecardForm(card=card, version=version).look_fors()

    assert shown.exercise == exercise
    named = [re.search(r'<select name="([^"]*)"', control)[1] for control in shown.controls]
    called = [unescape(re.search(r"<label[^>]*>(.*)</label>", control)[1]) for control in shown.controls]
    assert named == [look_name(exercise.pk, index) for index in range(len(exercise.look_for))]
    assert called == exercise.look_for


@pytest.mark.parametrize("sent", [False, True])
def test_a_look_for_shows_what_became_of_it(card, version, panelist, sent):
    exercise = version.exercises.exclude(look_for=[]).first()
    panelist.interview.round.exercise = exercise
    card.panelist = panelist
    name = look_name(exercise.pk, 0)
    if not sent:
        card.look_for_marks.create(exercise=exercise, index=0, outcome="seen")

    first, *others = ScorecardForm({name: "seen"} if sent else None, card=card, version=version).look_fors().controls

    assert re.findall(r'<option value="([^"]*)" selected', first) == ["seen"]
    assert not any('value="seen" selected' in control for control in others)


def test_a_round_without_an_exercise_has_no_look_fors(card, version, panelist):
    panelist.interview.round.exercise = None
    card.panelist = panelist

    assert ScorecardForm(card=card, version=version).look_fors() is None


def test_nothing_is_prefilled_in_a_new_scorecard(card, version, dimension):
    form = ScorecardForm(card=card, version=version)

    group = form.group(dimension)
    assert not any(level.checked for level in group.levels.rows)
    assert not group.levels.not_assessed.checked
    assert form["recommendation"].value() == ""


def test_levels_stand_from_1_to_5_with_their_anchors(card, version, dimension):
    anchors = {anchor.level: anchor.text for anchor in dimension.anchors.all()}

    levels = ScorecardForm(card=card, version=version).group(dimension).levels.rows

    assert [level.value for level in levels] == list(LEVELS)
    assert {level.value: level.anchor_text for level in levels if level.is_given} == anchors
    assert len({level.id for level in levels}) == len(LEVELS)


def test_what_the_rubric_says_and_is_answered_is_marked_as_its_language(card, version, dimension):
    version.language = "de"

    html = on_one_line(render_crispy_form(ScorecardForm(card=card, version=version)))

    assert f'<bdi lang="de">{dimension.name}</bdi>' in html
    written = re.findall(r"<textarea[^<>]*>", html)
    assert written
    assert all('lang="de"' in field for field in written)
    assert not re.search(r'<(label|legend|fieldset)[^<>]*lang="de"', html)


@pytest.mark.parametrize(("text", "checked"), [("1", [1]), ("5", [5]), ("na", []), ("", [])])
def test_the_drafts_score_is_checked(card, version, dimension, text, checked):
    drafts.save_draft(card, {name_of("score", dimension.pk): text}, edit=0, by=card.panelist.user)

    group = ScorecardForm(card=card, version=version).group(dimension)

    assert [level.value for level in group.levels.rows if level.checked] == checked
    assert group.levels.not_assessed.checked == (text == "na")


def test_locking_disables_scores_reasons_and_recommendation(card, version, dimension):
    card.locked_at = timezone.now()

    form = ScorecardForm(card=card, version=version)

    score, reason, evidence = rating_names(dimension.pk)
    group = form.group(dimension)
    assert group.levels.locked
    assert group.reason.locked
    assert form.fields[score].disabled
    assert form.fields[reason].disabled
    assert form.fields["recommendation"].disabled
    assert not form.fields[evidence].disabled
    assert not form.fields["summary"].disabled


# --- what it sends on --------------------------------------------------------
def test_changes_are_the_fields_that_were_sent(card, version, dimension):
    name = name_of("evidence", dimension.pk)

    form = ScorecardForm(sent(**{name: "Seen", "edit": "3", "save": "1"}), card=card, version=version)

    assert form.changes() == {name: "Seen"}


def test_a_locked_field_is_no_change_whatever_was_sent(card, version, dimension):
    card.locked_at = timezone.now()
    score, _, evidence = rating_names(dimension.pk)

    form = ScorecardForm(sent(**{score: "5", evidence: "Seen"}), card=card, version=version)

    assert form.changes() == {evidence: "Seen"}


def test_the_reason_of_an_amendment_is_no_change_of_the_judgement(card, version):
    form = AmendForm(sent(summary="Better", why="A slip"), card=card, version=version, initial={})

    assert form.changes() == {"summary": "Better"}


def test_words_for_fields_that_are_gone_are_strays_and_choices_are_not(card, version):
    data = sent(evidence_999999="Kept words", note_999999="  ", score_999999="4", other="no field")

    form = ScorecardForm(data, card=card, version=version)

    assert form.strays() == ["Kept words"]


def test_problems_lead_to_the_first_control_of_their_field(card, version, dimension):
    score = name_of("score", dimension.pk)
    form = ScorecardForm(sent(), card=card, version=version)

    form.add_error(score, "Score it.")
    form.add_error(None, "Something else.")

    assert form.problems() == [(f"id_{score}_1", "Score it."), ("", "Something else.")]
    assert form.group(dimension).errors == ("Score it.",)


@pytest.mark.parametrize(
    ("name", "control"),
    [
        ("recommendation", "id_recommendation_0"),
        ("score_7", "id_score_7_1"),
        ("evidence_7", "id_evidence_7"),
        ("summary", "id_summary"),
    ],
)
def test_first_control_of_a_field(name, control):
    assert first_control(name) == control


# --- small forms -------------------------------------------------------------
def test_a_note_has_ids_of_its_own_beside_the_scorecard():
    assert HandoffForm()["text"].id_for_label == "id_handoff_text"
    assert DeclineForm()["decline_reason"].id_for_label == "decline_reason"


@pytest.mark.parametrize("field", ["user", "reason"])
def test_an_override_names_somebody_and_a_reason(person, field):
    people = type(person("admin")).objects.filter(pk=person("admin").pk)
    given = {"user": person("admin").pk, "reason": "They lead the meeting"}

    complete = OverrideForm(given, people=people)
    lacking = OverrideForm(given | {field: ""}, people=people)

    assert complete.is_valid()
    assert set(lacking.errors) == {field}


def test_an_override_is_for_the_people_on_offer(person):
    nobody = type(person("admin")).objects.none()
    form = OverrideForm({"user": person("admin").pk, "reason": "x"}, people=nobody)

    assert set(form.errors) == {"user"}


# --- what several forms share ------------------------------------------------
def test_what_one_wrote_stands_in_their_form_alone(card, version, dimension):
    signal = version.signals.first()
    blank = render_crispy_form(ScorecardForm(card=card, version=version))
    words = {name_of("evidence", dimension.pk): "Asked first", note_name(signal.pk): "Twice"}
    drafts.save_draft(card, words | {signal_name(signal.pk): "on"}, edit=0, by=card.panelist.user)
    own = render_crispy_form(ScorecardForm(card=card, version=version))

    other = drafts.open_scorecard(Panelist.objects.exclude(pk=card.panelist_id).filter(scorecard=None).first())
    others = render_crispy_form(ScorecardForm(card=other, version=version))

    assert ("Asked first" in own, 'value="Twice"' in own, own.count("checked")) == (True, True, 1)
    assert [text in blank + others for text in ("Asked first", "Twice", "checked")] == [False] * 3


def test_locking_one_form_locks_no_other(card, version):
    before = ScorecardForm(card=card, version=version)
    card.locked_at = timezone.now()
    locked = ScorecardForm(card=card, version=version)
    card.locked_at = None
    after = ScorecardForm(card=card, version=version)

    found = []
    for form in (before, locked, after):
        found.append({field.disabled for name, field in form.fields.items() if name.startswith("score_")})

    assert found == [{False}, {True}, {False}]


def test_a_locked_scorecard_is_shown_locked_though_nothing_was_said(card, version):
    plain = render_crispy_form(ScorecardForm(card=card, version=version))
    card.locked_at = timezone.now()
    locked = render_crispy_form(ScorecardForm(card=card, version=version))

    assert " disabled" not in plain
    assert locked.count(' name="score_') <= locked.count(" disabled")
