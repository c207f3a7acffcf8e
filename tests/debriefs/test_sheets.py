"""What a sheet says of its figures: shown to people, put in order, and told where it has gaps."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from debriefs.sheets import Composite, rounded
from scorecards.facts import LookForFact, MarkFact
from tests.debriefs.facts import card, dimension, rating, re_rating, scored, sheet_of


@pytest.fixture
def sheet_of_every_state():
    """One card of each state."""
    states = ("submitted", "declined", "draft", "missing", "after_decision")
    cards = [card(number, rating("a", 3), state=state) for number, state in enumerate(states, 1)]
    return sheet_of([dimension("a")], cards)


# --- one rating --------------------------------------------------------------
@pytest.mark.parametrize(
    ("score", "reason", "is_remark"), [(3, "", False), (None, "ran out of time", False), (None, "", True)]
)
def test_evidence_with_neither_score_nor_reason_is_a_remark(score, reason, is_remark):
    row = replace(scored(4).dimensions[0].ratings[0], score=score, reason=reason)

    assert row.is_remark is is_remark


def test_final_score_is_the_newest_re_rating_or_the_first_score():
    initial = scored(4).dimensions[0].ratings[0]
    again = replace(initial, re_ratings=(re_rating(1, "depth", 2), re_rating(1, "depth", None)))

    assert (initial.final_score, again.final_score) == (4, None)


# --- one dimension -----------------------------------------------------------
@pytest.mark.parametrize(
    ("scores", "mean", "median", "span"),
    [
        ((), "–", "–", "–"),
        ((4,), "4.0", "4", "4"),
        ((2, 3), "2.5", "2.5", "2–3"),
        ((1, 1, 3), "1.7", "1", "1–3"),
    ],
)
def test_figures_are_shown_short_and_a_dash_where_there_is_none(scores, mean, median, span):
    row = scored(*scores).dimensions[0]

    assert (row.mean_shown, row.median_shown, row.range_shown) == (mean, median, span)


@pytest.mark.parametrize(("scores", "spread"), [((), 0), ((3,), 0), ((1, 5), 4)])
def test_spread_is_highest_less_lowest(scores, spread):
    assert scored(*scores).dimensions[0].spread == spread


@pytest.mark.parametrize(("scores", "shown"), [((3, 4), "–"), ((2, 3, 4), "1.3–4.7")])
def test_band_is_shown_by_its_ends_from_three_scores_on(scores, shown):
    """2, 3, 4: 3 ± 2.920 × 1 / √3, which is 1.686."""
    assert scored(*scores).dimensions[0].band_shown == shown


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ((), "n = 0"),
        ((None,), "n = 0"),
        ((4,), "n = 1: one rating only, 4.0"),
        ((3, 4), "n = 2, mean 3.5, range 3–4"),
        ((2, 3, 4), "n = 3, mean 3.0, range 2–4, 90\u00a0% band 1.3–4.7"),
    ],
)
def test_words_say_how_many_scores_and_what_they_come_to(scores, words):
    assert scored(*scores).dimensions[0].words == words


def test_sides_go_from_the_lowest_score_to_the_highest_and_not_assessed_comes_last():
    row = scored(4, None, 1, 5).dimensions[0]

    assert [rating.score for rating in row.sides] == [1, 4, 5, None]


def test_ratings_are_found_by_card_and_a_card_without_one_has_none():
    sheet = sheet_of([dimension("a")], [card(7, rating("a", 2)), card(8)])
    [row] = sheet.dimensions

    found = row.by_cards(reversed(sheet.cards))

    assert [rating and rating.score for rating in found] == [None, 2]
    assert row.by_card(7).score == 2
    assert row.by_card(9) is None


def test_current_figures_are_the_final_ones_only_once_somebody_re_rated():
    row = scored(2, 3).dimensions[0]
    final = scored(5, 5).dimensions[0]

    assert row.current is row
    assert replace(row, final=final).current is final


# --- composite ---------------------------------------------------------------
@pytest.mark.parametrize(
    ("composite", "shown", "complete"),
    [
        (Composite(None, 0, 2), "–", False),
        (Composite(Fraction(10, 3), 1, 2), "3.33", False),
        (Composite(Fraction(4), 2, 2), "4.00", True),
    ],
)
def test_composite_says_how_much_of_the_rubric_it_rests_on(composite, shown, complete):
    assert (composite.shown, composite.complete) == (shown, complete)


# --- the whole ---------------------------------------------------------------
def test_cards_are_submitted_declined_or_still_missing(sheet_of_every_state):
    sheet = sheet_of_every_state

    assert [row.state for row in sheet.submitted] == ["submitted"]
    assert [row.state for row in sheet.declined] == ["declined"]
    assert [row.state for row in sheet.missing] == ["draft", "missing", "after_decision"]
    assert sheet.complete is False


def test_sheet_is_complete_when_everybody_submitted_or_declined():
    cards = [card(1), card(2, state="declined")]

    assert sheet_of([dimension("a")], cards).complete is True


@pytest.mark.parametrize(
    ("states", "tally"),
    [
        (("submitted", "missing"), "1 of 2 submitted"),
        (("submitted", "submitted", "released"), "2 of 2 submitted, 1 released"),
        (("released", "missing", "draft"), "0 of 2 submitted, 1 released"),
        (("declined", "submitted"), "1 of 1 submitted, 1 declined"),
        (("withdrawn", "missing", "after_decision"), "0 of 2 submitted, 1 withdrawn"),
        (("declined", "declined", "released"), "none expected, 2 declined, 1 released"),
        ((), "none expected"),
    ],
)
def test_a_panelist_that_nobody_waits_for_is_counted_apart(states, tally):
    sheet = sheet_of([dimension("a")], [card(number, state=state) for number, state in enumerate(states, 1)])

    assert sheet.tally == tally


def test_agenda_puts_disagreement_first_then_what_weighs_more():
    keys = [dimension("agreed", 40), dimension("far", 10), dimension("near", 20), dimension("must", 20, must_have=True)]
    first = [rating("agreed", 3), rating("far", 1), rating("near", 3), rating("must", 3)]
    second = [rating("agreed", 3), rating("far", 4), rating("near", 4), rating("must", 4)]

    sheet = sheet_of(keys, [card(1, *first), card(2, *second)])

    assert [row.key for row in sheet.agenda] == ["far", "must", "near", "agreed"]
    assert [row.key for row in sheet.dimensions] == ["agreed", "far", "near", "must"]


def test_each_dimension_is_disputed_thin_agreed_or_a_gap():
    keys = [dimension("alone"), dimension("unscored"), dimension("close"), dimension("apart")]
    first = [rating("apart", 2), rating("close", 3), rating("alone", 5), rating("unscored", None, "no time")]
    second = [rating("apart", 4), rating("close", 4), rating("alone", None, "not my focus")]

    sheet = sheet_of(keys, [card(1, *first), card(2, *second)])

    assert [row.key for row in sheet.disputed] == ["apart"]
    assert [row.key for row in sheet.thin] == ["alone"]
    assert [row.key for row in sheet.agreed] == ["close"]
    assert [row.key for row in sheet.gaps] == ["unscored"]
    assert [row.key for row in sheet.agenda] == ["apart", "alone", "close", "unscored"]


def test_a_lone_low_rating_comes_before_a_lone_high_one_whatever_they_weigh():
    keys = [dimension("fine", 70, must_have=True), dimension("low", 5), dimension("heavy", 15), dimension("light", 10)]
    given = [rating("fine", 5), rating("low", 1), rating("heavy", 3), rating("light", 3)]

    sheet = sheet_of(keys, [card(1, *given)])

    assert [row.key for row in sheet.thin] == ["low", "heavy", "light", "fine"]
    assert sheet.disputed == sheet.agreed == ()


@pytest.mark.parametrize(
    ("given", "is_split", "is_mixed"),
    [
        (("strong_no", "strong_yes"), True, False),
        (("yes", "strong_no", "no", "strong_yes"), True, False),
        (("no", "yes", "yes"), False, True),
        (("strong_no", "yes"), False, True),
        (("no", "strong_yes"), False, True),
        (("strong_no", "no"), False, False),
        (("yes", "strong_yes"), False, False),
        ((), False, False),
    ],
)
def test_recommendations_are_split_where_strong_stands_against_strong(given, is_split, is_mixed):
    cards = [card(number, recommendation=name) for number, name in enumerate(given, 1)]
    unheard = card(98, recommendation="strong_no", shadow=True), card(99, state="missing")

    sheet = sheet_of([], [*cards, *unheard])

    assert (sheet.is_split, sheet.is_mixed) == (is_split, is_mixed)


def test_scorecards_stand_from_strong_no_to_strong_yes():
    given = ("yes", "strong_no", "strong_yes", "no")
    sheet = sheet_of([], [card(number, recommendation=name) for number, name in enumerate(given, 1)])

    assert [row.scorecard_id for row in sheet.by_recommendation] == [2, 4, 1, 3]


def test_a_red_flag_is_told_once_with_everybody_who_saw_it():
    flag = MarkFact("Blames others", True, "twice")
    cards = [replace(card(number), red_flags=(flag,)) for number in (1, 2)]
    cards.append(replace(card(3, state="draft"), red_flags=(flag,)))

    [(text, marks)] = sheet_of([], cards).red_flags

    assert text == "Blames others"
    assert [row.scorecard_id for row, _ in marks] == [1, 2]


def test_look_fors_of_one_text_in_two_exercises_stay_apart():
    looks = (LookForFact("A: Design", "Asks first", "seen"), LookForFact("B: Review", "Asks first", "missed"))
    sheet = sheet_of([], [replace(card(1), look_fors=looks)])

    told = [(exercise, text, [look.outcome for _, look in rows]) for exercise, text, rows in sheet.look_fors]

    assert told == [("A: Design", "Asks first", ["seen"]), ("B: Review", "Asks first", ["missed"])]


# --- rounding ----------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (None, 3, None),
        (Fraction(1, 3), 3, 0.333),
        (Fraction(5, 2), 0, 2.0),
        (Decimal("2.675"), 2, 2.68),
        (Decimal("1.0005"), 3, 1.0),
    ],
)
def test_rounding_goes_half_to_even_at_the_place_asked_for(value, places, shown):
    assert rounded(value, places) == shown
