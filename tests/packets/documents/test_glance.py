"""What the first page of a packet holds, from values."""

from dataclasses import replace

import pytest

from debriefs.aggregate import aggregate
from debriefs.facts import DecisionFact
from packets.documents.glance import FLAG_NAMES, FLAGS, MOST, NAMED, ROOMY, glance
from scorecards.facts import MarkFact
from tests.debriefs.facts import MOMENT, card, dimension, rating, scored, sheet_of
from tests.packets.documents import worlds

DECISION = DecisionFact("no_hire", "Too thin.", "Ruth Adeyemi", MOMENT, "I would.", "Ines Keller", "", {})


def flagged(count: int, *, people: int = 1, seen: bool = True):
    marks = tuple(MarkFact(f"Flag {number}", seen, "") for number in range(count))
    cards = [replace(card(number, rating("depth", 3)), red_flags=marks) for number in range(1, people + 1)]
    return sheet_of([dimension("depth")], cards)


def test_short_texts_of_a_decision_are_whole():
    sheet = scored(4)
    found = glance(aggregate(replace(sheet.facts, decision=DECISION)), individuals=True)

    assert (found.reasons.text, found.conditions.text, found.dissent.text) == ("Too thin.", "", "I would.")
    assert not found.is_cut


def test_without_a_decision_there_are_no_reasons():
    assert glance(scored(4), individuals=True).reasons.text == ""


def test_long_texts_are_cut_and_say_so():
    assert glance(worlds.debrief(8, 8, words=400), individuals=True).is_cut


@pytest.mark.parametrize(("count", "named"), [(NAMED, True), (NAMED + 1, False)])
def test_recommendations_name_people_only_where_there_is_room(count, named):
    tally = glance(scored(*[3] * count), individuals=True).tally

    assert [(row.kind, row.count) for row in tally] == [("strong_yes", 0), ("yes", count), ("no", 0), ("strong_no", 0)]
    assert bool(tally[1].names) is named


def test_recommendations_say_which_scorecards_were_imported():
    cards = [card(1, rating("depth", 4)), replace(card(2, rating("depth", 4)), imported=True)]
    tally = glance(sheet_of([dimension("depth")], cards), individuals=True).tally

    assert tally[1].names == ("Person 1", "Person 2 (imported)")


def test_totals_name_nobody():
    found = glance(flagged(1), individuals=False)

    assert [row.names for row in found.tally] == [()] * 4
    assert found.flags == ()


def test_ratings_that_cross_the_middle_are_disagreement():
    assert [row.key for row in glance(scored(1, 4), individuals=True).disputed] == ["depth"]
    assert glance(scored(2, 4), individuals=True).disputed == ()


def test_of_many_red_flags_the_first_are_shown_and_the_others_counted():
    found = glance(flagged(FLAGS + 2, people=FLAG_NAMES + 1), individuals=True)

    assert [flag.text.text for flag in found.flags] == [f"Flag {number}" for number in range(FLAGS)]
    assert found.more_flags == 2
    assert {(len(flag.names), flag.more) for flag in found.flags} == {(FLAG_NAMES, 1)}


def test_a_red_flag_that_was_only_noted_says_so():
    assert glance(flagged(1, seen=False), individuals=True).flags[0].names == ("Person 1 (only noted)",)


@pytest.mark.parametrize(("count", "close"), [(ROOMY, False), (ROOMY + 1, True), (MOST, True)])
def test_rows_of_a_long_profile_stand_closer(count, close):
    profile = glance(worlds.debrief(3, count), individuals=True).profile

    assert profile
    assert profile.close is close


@pytest.mark.parametrize("count", [0, MOST + 1])
def test_a_profile_that_no_page_holds_is_left_out(count):
    rows = [dimension(f"d{number}") for number in range(count)]

    assert glance(sheet_of(rows, [card(1)]), individuals=True).profile is None
