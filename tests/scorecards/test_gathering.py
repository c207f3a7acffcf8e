"""Facts read from the database: each panelist in a debrief's order, and no judgement before its time."""

import pytest
from django.utils import timezone

from candidates.models import Panelist
from scorecards import drafts
from scorecards.fields import look_name, name_of, note_name, signal_name
from scorecards.gathering import card_facts, facts_of_panelists
from scorecards.models import Scorecard, Sighting


@pytest.fixture
def panel(unscored_application) -> list[Panelist]:
    """Both interviewers of the fresh application, who have not begun."""
    return list(Panelist.objects.filter(interview__application=unscored_application).order_by("pk"))


def facts_of(panelist, **options):
    [(application, fact)] = facts_of_panelists(Panelist.objects.filter(pk=panelist.pk), **options)
    assert application == panelist.interview.application_id
    return fact


def test_a_panelist_without_a_scorecard_says_who_and_nothing_else(panel):
    fact = facts_of(panel[0])

    assert (fact.state, fact.scorecard_id, fact.recommendation, fact.ratings) == ("missing", 0, None, ())
    assert fact.interviewer_email == panel[0].user.email
    assert fact.round_name == panel[0].interview.round.name


def test_a_draft_tells_no_judgement_unless_asked_for(panel, complete_answers):
    card = drafts.open_scorecard(panel[0])
    drafts.save_draft(card, complete_answers(panel[0]), edit=0, by=panel[0].user)

    kept, told = facts_of(panel[0]), facts_of(panel[0], unfinished=True)

    assert (kept.state, kept.scorecard_id) == ("draft", card.pk)
    assert (kept.recommendation, kept.summary, kept.ratings) == (None, "", ())
    assert (told.recommendation, told.summary) == ("yes", "summary seen")
    assert len(told.ratings) == panel[0].interview.round.dimensions.count()


def test_ratings_stand_in_the_rubrics_order_with_their_wording(panel, hand_in):
    hand_in(panel[0], score="2")

    ratings = facts_of(panel[0]).ratings

    ordered = panel[0].interview.round.dimensions.order_by("order")
    assert [row.dimension for row in ratings] == [dimension.key for dimension in ordered]
    assert {row.score for row in ratings} == {2}
    assert all(row.anchor_text for row in ratings)


def test_marks_stand_by_their_kind_with_ticks_and_notes(panel, complete_answers, unscored_application):
    flag = unscored_application.opening.rubric_version.signals.filter(kind="red_flag").first()
    weak = unscored_application.opening.rubric_version.signals.filter(kind="weak").first()
    changes = complete_answers(panel[0]) | {signal_name(flag.pk): "on", note_name(weak.pk): "Once"}
    drafts.save_draft(drafts.open_scorecard(panel[0]), changes, edit=0, by=panel[0].user)

    fact = facts_of(panel[0], unfinished=True)

    assert [(mark.text, mark.seen, mark.note) for mark in fact.red_flags] == [(flag.text, True, "")]
    assert [(mark.text, mark.seen, mark.note) for mark in fact.weak_signals] == [(weak.text, False, "Once")]
    assert fact.strong_signals == ()


def test_a_look_for_is_told_with_its_exercise(panel, unscored_application):
    exercise = unscored_application.opening.rubric_version.exercises.exclude(look_for=[]).first()
    type(panel[0].interview.round).objects.filter(pk=panel[0].interview.round_id).update(exercise=exercise)
    name = look_name(exercise.pk, 0)
    drafts.save_draft(drafts.open_scorecard(panel[0]), {name: "missed"}, edit=0, by=panel[0].user)

    [look] = facts_of(panel[0], unfinished=True).look_fors

    assert (look.text, look.outcome) == (exercise.look_for[0], "missed")
    assert exercise.title in look.exercise


def test_a_shadow_is_told_as_one(panel):
    Panelist.objects.filter(pk=panel[0].pk).update(role="shadow")

    assert facts_of(panel[0]).shadow


def test_sightings_before_the_submission_are_told_and_later_ones_are_not(panel, hand_in, person):
    seen = hand_in(panel[1])
    Sighting.objects.create(user=panel[0].user, scorecard=seen, way=Sighting.Way.DEBRIEF)
    hand_in(panel[0])
    Sighting.objects.create(user=panel[1].user, scorecard=seen, way=Sighting.Way.PACKET)

    [sight] = facts_of(panel[0]).saw

    assert sight.interviewer_id == panel[1].user_id
    assert sight.way == Sighting.Way.DEBRIEF.label
    assert sight.at <= timezone.now()
    assert facts_of(panel[1]).saw == ()


def test_a_way_that_was_not_recorded_is_empty(panel, hand_in):
    seen = hand_in(panel[1])
    Sighting.objects.create(user=panel[0].user, scorecard=seen)
    hand_in(panel[0])

    assert [sight.way for sight in facts_of(panel[0]).saw] == [""]


def test_cards_come_in_the_order_that_they_are_asked_for(panel, hand_in):
    cards = [hand_in(panelist) for panelist in panel]

    assert [fact.scorecard_id for fact in card_facts(reversed(cards))] == [card.pk for card in reversed(cards)]


def test_panelist_stand_by_round_and_take_one_query(unscored_application, panel, hand_in, django_assert_num_queries):
    for panelist in panel:
        hand_in(panelist)

    with django_assert_num_queries(1):
        found = facts_of_panelists(Panelist.objects.filter(interview__application=unscored_application))

    rounds = [fact.round_name for _, fact in found]
    assert rounds == list(
        unscored_application.opening.rounds.order_by("order").values_list("name", flat=True)[: len(rounds)]
    )


def test_what_was_not_assessed_has_its_reason_and_no_score(panel, complete_answers):
    dimension = panel[0].interview.round.dimensions.first()
    changes = complete_answers(panel[0]) | {
        name_of("score", dimension.pk): "na",
        name_of("reason", dimension.pk): "not my focus",
    }
    drafts.save_draft(drafts.open_scorecard(panel[0]), changes, edit=0, by=panel[0].user)

    ratings = {row.dimension: row for row in facts_of(panel[0], unfinished=True).ratings}

    told = ratings[dimension.key]
    assert (told.score, told.not_assessed_reason, told.anchor_text) == (None, "not my focus", "")
    assert Scorecard.objects.get(panelist=panel[0]).is_writable
