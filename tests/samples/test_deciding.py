"""Drawn debriefs: a meeting after the last scorecard with those who judged, and decisions that fit the evidence."""

from datetime import timedelta
from random import Random

import pytest

from debriefs.models import Decision
from samples import deciding, words
from samples.drawing import AS_OF
from samples.roles import ROLES


@pytest.fixture(scope="session")
def met(openings):
    """Role and application of every debrief that met."""
    pairs = [(ROLES[opening.role], application) for opening in openings for application in opening.applications]
    return [(role, application) for role, application in pairs if application.meeting]


@pytest.fixture(scope="session")
def decided(met):
    return [(role, application) for role, application in met if application.decisions]


def cards_of(application):
    return [panelist.card for talk in application.interviews for panelist in talk.panelists if panelist.card]


# --- the meeting -------------------------------------------------------------
def test_a_meeting_comes_after_the_last_scorecard_and_its_amendment(met):
    for _, application in met:
        for card in cards_of(application):
            assert application.meeting.at > card.finished_at
            if card.amendment:
                assert application.meeting.at > card.amendment.at


def test_those_who_judged_attend_once_and_shadows_do_not(met):
    for _, application in met:
        judges = {
            panelist.person
            for talk in application.interviews
            for panelist in talk.panelists
            if panelist.card and panelist.card.state == "submitted" and not panelist.shadow
        }
        assert set(application.meeting.attendees) == judges
        assert len(application.meeting.attendees) == len(judges)


def test_notes_are_about_must_haves_and_the_last_about_the_whole(met):
    for role, application in met:
        *single, (last, _) = application.meeting.notes
        assert last is None
        assert {index for index, _ in single} <= set(role.must_haves)


def test_where_nobody_judged_there_is_no_meeting():
    assert deciding.meeting(ROLES[0], Random(1), (), 0) is None


def test_a_re_rating_moves_a_counted_score_of_its_author_by_one_step(met):
    found = [(application, row) for _, application in met for row in application.meeting.re_ratings]

    assert {bool(row.source) for _, row in found} == {False, True}
    for application, row in found:
        panelists = application.interviews[row.round].panelists
        panelist = next(panelist for panelist in panelists if panelist.person == row.person)
        before = next(rating.score for rating in panelist.card.ratings if rating.dimension == row.dimension)
        assert not panelist.shadow
        assert abs(row.score - before) == 1
        assert 1 <= row.score <= 5
        assert row.reason
        assert panelist.card.amendment is None or panelist.card.amendment.dimension != row.dimension


# --- decisions ---------------------------------------------------------------
def test_decisions_come_after_the_meeting_and_before_the_day_of_the_sample(decided):
    for _, application in decided:
        moments = [application.meeting.at, *(decision.at for decision in application.decisions)]
        assert moments == sorted(set(moments))
        assert moments[-1] < AS_OF


def test_one_decision_stands_and_a_hold_before_it_was_reopened(decided):
    outcomes = {tuple(decision.outcome for decision in application.decisions) for _, application in decided}

    assert outcomes == {("hire",), ("no_hire",), ("hold", "hire"), ("hold", "no_hire")}
    for _, application in decided:
        *earlier, last = application.decisions
        assert last.reopened == ""
        assert all(decision.reopened for decision in earlier)
        assert all(decision.outcome in Decision.Outcome.values for decision in application.decisions)


def test_a_final_decision_says_of_every_must_have_whether_it_is_met(decided):
    for role, application in decided:
        last = application.decisions[-1]
        assert [index for index, _ in last.rationales] == role.must_haves
        assert all(text in words.MUSTS[last.outcome] for _, text in last.rationales)
        assert last.rationale in words.RATIONALES[last.outcome]


def test_whoever_dissents_recommended_otherwise(decided):
    dissents = 0
    for _, application in decided:
        last = application.decisions[-1]
        if last.dissenter is None:
            assert last.dissent == ""
            continue
        dissents += 1
        own = [
            panelist.card.recommendation
            for talk in application.interviews
            for panelist in talk.panelists
            if panelist.person == last.dissenter and panelist.card
        ]
        agreeing = {"hire": {"yes", "strong_yes"}, "no_hire": {"no", "strong_no"}}[last.outcome]
        assert last.dissent
        assert set(own) - agreeing

    assert dissents


def test_only_a_hire_has_conditions(decided):
    with_conditions = {application.decisions[-1].outcome for _, application in decided if conditions_of(application)}

    assert with_conditions == {"hire"}


def conditions_of(application) -> str:
    return application.decisions[-1].conditions


def test_the_able_are_hired_and_a_wait_moves_the_decision_by_three_days(met):
    role, application = met[0]

    def decisions(ability, turn):
        return deciding.decisions(role, Random(1), application.interviews, ability, turn)

    assert [decisions(ability, 0)[0].outcome for ability in (3.8, 3.81)] == ["no_hire", "hire"]
    (soon,), (wait, later) = decisions(4.5, 0), decisions(4.5, 5)
    assert (wait.at - soon.at, later.at - soon.at) == (timedelta(0), timedelta(days=3))
