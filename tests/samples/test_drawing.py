"""Drawing the sample: the same plan gives the same values, whatever else is drawn, and all of them are possible."""

from dataclasses import replace
from datetime import timedelta

import pytest

from samples import words
from samples.drawing import AS_OF, PER_OPENING, Plan, draw, name_of
from samples.roles import ROLES


# --- the same again ----------------------------------------------------------
def test_the_same_plan_gives_the_same_values(plan, openings):
    assert list(draw(plan)) == openings


def test_an_opening_is_the_same_whatever_is_drawn_before_it(plan, openings):
    *_, last = draw(plan)

    assert last == openings[-1]
    assert next(iter(draw(plan))) == openings[0]


def test_another_seed_gives_other_values(plan, openings):
    others = list(draw(replace(plan, seed=2)))

    assert len(others) == len(openings)
    assert all(one.applications != other.applications for one, other in zip(openings, others, strict=True))


def test_a_later_day_moves_everything_by_as_much(plan, openings):
    later = list(draw(replace(plan, as_of=AS_OF + timedelta(days=30))))

    moved = [one.created_at - other.created_at for one, other in zip(later, openings, strict=True)]
    assert set(moved) == {timedelta(days=30)}


# --- how much ----------------------------------------------------------------
@pytest.mark.parametrize(
    ("candidates", "count"),
    [(1, 1), (5, 1), (6, 1), (12, 2), (17, 2), (6 * len(ROLES), len(ROLES)), (1_000, 20), (1_001, 21)],
)
def test_openings_grow_with_the_candidates(candidates, count):
    assert Plan(candidates, 5, 1).openings == count


@pytest.mark.parametrize("candidates", [1, 2, 7, 49, 50, 51, 999, 1_001])
def test_every_candidate_is_drawn_for_one_opening(candidates):
    plan = Plan(candidates, 5, 1)

    shares = [plan.share(number) for number in range(plan.openings)]

    assert [person for share in shares for person in share] == list(range(candidates))
    assert all(0 < len(share) <= PER_OPENING for share in shares)
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


def test_some_candidates_applied_twice_and_never_for_the_same_opening(openings):
    for opening in openings:
        people = [application.candidate for application in opening.applications]
        assert len(people) == len(set(people))

    every = [application.candidate for opening in openings for application in opening.applications]
    assert set(every) == set(range(120))
    assert len(every) > 120


def test_some_openings_are_confidential():
    openings = list(draw(Plan(6 * PER_OPENING, 5, 1)))

    assert {opening.confidential for opening in openings} == {False, True}


# --- names -------------------------------------------------------------------
def test_names_hang_on_seed_kind_and_number_alone():
    assert name_of("candidate", 5, 1) == name_of("candidate", 5, 1)
    assert len({name_of(kind, 5, seed) for kind in ("candidate", "manager") for seed in (1, 2)}) == 4


def test_every_fourteenth_candidate_writes_theirs_in_another_script():
    names = [name_of("candidate", number, 1) for number in range(28)]

    assert [names[13], names[27]] == list(words.OTHER_SCRIPTS[:2])
    others = [name for name in names if name not in words.OTHER_SCRIPTS]
    assert all(name.split(" ", 1)[0] in words.FIRST and name.split(" ", 1)[1] in words.LAST for name in others)
    assert name_of("manager", 13, 1) not in words.OTHER_SCRIPTS


# --- panels ------------------------------------------------------------------
def test_panels_have_a_lead_nobody_twice_and_at_most_one_shadow(applications):
    for application in applications:
        for talk in application.interviews:
            people = [panelist.person for panelist in talk.panelists]
            shadows = [panelist.shadow for panelist in talk.panelists]
            assert len(people) == len(set(people))
            assert set(people) <= set(range(9))
            assert not shadows[0]
            assert sum(shadows) <= 1


def test_one_interviewer_alone_leads_every_round():
    for opening in draw(Plan(candidates=40, interviewers=1, seed=1)):
        for application in opening.applications:
            for talk in application.interviews:
                assert [(panelist.person, panelist.shadow) for panelist in talk.panelists] == [(0, False)]


def test_every_round_of_the_role_is_held_once_in_its_order(openings):
    for opening in openings:
        rounds = list(range(len(ROLES[opening.role].rounds)))
        for application in opening.applications:
            held = [talk.round for talk in application.interviews]
            assert held in ([], rounds)
            starts = [talk.starts_at for talk in application.interviews]
            assert starts == sorted(starts)


# --- times -------------------------------------------------------------------
def test_things_happen_in_their_order(openings):
    for opening in openings:
        for application in opening.applications:
            assert opening.created_at <= application.created_at <= AS_OF
            for talk in application.interviews:
                assert application.created_at < talk.starts_at < talk.due_at


def test_no_scorecard_is_begun_before_its_interview_ended_or_in_the_future(panelists):
    for _, talk, step, panelist in panelists:
        if panelist.card:
            ended = talk.starts_at + timedelta(minutes=step.minutes)
            assert min(ended, AS_OF) <= panelist.card.finished_at + timedelta(minutes=5)
            assert panelist.card.finished_at < AS_OF


def test_some_scorecards_are_late_and_some_missing(panelists):
    cards = [(talk, panelist.card) for _, talk, _, panelist in panelists]

    assert any(card and card.finished_at > talk.due_at for talk, card in cards)
    assert any(card is None and talk.due_at < AS_OF for talk, card in cards)
    assert any(card is None and talk.starts_at > AS_OF for talk, card in cards)


# --- whoever was let in ------------------------------------------------------
def test_whoever_was_let_in_sat_in_the_last_round_only_and_has_submitted(applications):
    let_in = 0
    for application in applications:
        for talk in application.interviews:
            for panelist in talk.panelists:
                if panelist.saw_first:
                    let_in += 1
                    earlier = application.interviews[:-1]
                    assert talk is application.interviews[-1]
                    assert panelist.person not in {other.person for before in earlier for other in before.panelists}
                    assert (panelist.card.state, panelist.card.amendment) == ("submitted", None)

    assert let_in
