"""The aggregate against published figures, and the rules of what counts."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from debriefs.aggregate import aggregate, sample_sd
from debriefs.export import debrief_json
from debriefs.facts import DecisionFact, MeetingNoteFact
from debriefs.sheets import rounded
from tests.debriefs.facts import MOMENT, card, dimension, meeting, rating, re_rating, scored, sheet_of

NUMACC1 = [10000001, 10000003, 10000002]
NUMACC4 = [100000002, *[100000001, 100000003] * 500]


@pytest.mark.parametrize(("values", "mean"), [(NUMACC1, 10000002), (NUMACC4, 100000002)], ids=["NumAcc1", "NumAcc4"])
def test_sd_agrees_with_the_nist_reference_data_sets_for_accuracy(values, mean):
    """NIST StRD, univariate: certified to be exactly 1 (NumAcc4: 0.1, its values here in tenths)."""
    assert Fraction(sum(values), len(values)) == mean
    assert sample_sd(values) == 1


def test_sd_is_the_sample_sd_of_the_textbook_example():
    """2, 4, 4, 4, 5, 5, 7, 9: population 2, sample sqrt(32 / 7) = 2.138."""
    assert rounded(sample_sd([2, 4, 4, 4, 5, 5, 7, 9])) == 2.138


def test_dimension_figures_are_those_of_the_published_format():
    """The example of the debrief format: four ratings 2, 3, 3, 5."""
    row = debrief_json(scored(2, 3, 3, 5))["dimensions"][0]

    assert (row["n"], row["mean"], row["median"], row["min"], row["max"], row["sd"]) == (4, 3.25, 3.0, 2, 5, 1.258)
    assert row["disagreement"] is True


@pytest.mark.parametrize(
    ("scores", "median"), [((1, 5, 5), 5.0), ((1, 2, 4, 5), 3.0), ((2, 3), 2.5), ((4,), 4.0), ((1, 1, 2, 5, 5), 2.0)]
)
def test_median_is_the_middle_or_the_mean_of_the_two_middle_ones(scores, median):
    assert debrief_json(scored(*scores))["dimensions"][0]["median"] == median


@pytest.mark.parametrize(("scores", "shown"), [([3] * 15 + [4], 3.062), ([3] * 13 + [4] * 3, 3.188)])
def test_mean_is_rounded_half_to_even(scores, shown):
    """49/16 = 3.0625 goes down to the even 2, 51/16 = 3.1875 up to the even 8."""
    assert debrief_json(scored(*scores))["dimensions"][0]["mean"] == shown


@pytest.mark.parametrize(("value", "shown"), [("2.0005", 2.0), ("2.0015", 2.002), ("2.00149999", 2.001)])
def test_rounding_is_exact_where_a_float_would_not_be(value, shown):
    assert rounded(Fraction(value)) == shown


def test_figures_are_rounded_on_output_only():
    """Means 5/3 and 4/3 at weights 2 and 1: exactly 14/9, from the exact means."""
    keys = [dimension("a", 2), dimension("b", 1)]
    cards = [card(1, rating("a", 1), rating("b", 1)), card(2, rating("a", 2), rating("b", 1))]
    cards.append(card(3, rating("a", 2), rating("b", 2)))

    sheet = sheet_of(keys, cards)

    assert sheet.dimensions[0].mean == Fraction(5, 3)
    assert sheet.composite.value == Fraction(14, 9)
    assert debrief_json(sheet)["composite"]["value"] == 1.556


@pytest.mark.parametrize(
    ("scores", "disagreement"),
    [((1, 3), False), ((3, 5), False), ((1, 4), True), ((2, 5), True), ((1, 5), True), ((4,), False), ((), False)],
)
def test_disagreement_is_a_range_of_three_or_more(scores, disagreement):
    assert scored(*scores).dimensions[0].disagreement is disagreement


@pytest.mark.parametrize(("scores", "sd"), [((), None), ((3,), None), ((3, 3), 0.0), ((2, 3), 0.707)])
def test_sd_needs_two_ratings(scores, sd):
    assert debrief_json(scored(*scores))["dimensions"][0]["sd"] == sd


def test_composite_weighs_dimensions_as_declared():
    keys = [dimension("a", 50), dimension("b", 30), dimension("c", 20)]
    cards = [card(1, rating("a", 4), rating("b", 2), rating("c", 5))]

    composite = debrief_json(sheet_of(keys, cards))["composite"]

    assert composite == {"value": 3.6, "dimensions_scored": 3, "dimensions_total": 3}


def test_composite_is_the_mean_of_dimensions_not_of_interviewers():
    """One interviewer rates both dimensions, two more only the first: interviewers' means would give 3.667."""
    cards = [card(1, rating("a", 5), rating("b", 1)), card(2, rating("a", 5)), card(3, rating("a", 2))]

    sheet = sheet_of([dimension("a"), dimension("b")], cards)

    assert sheet.composite.value == Fraction(5, 2)


def test_composite_of_an_unscored_dimension_is_incomplete_and_says_of_how_many():
    keys = [dimension("a", 50), dimension("b", 30), dimension("c", 20)]
    cards = [card(1, rating("a", 4), rating("b", 2), rating("c", None, "ran out of time"))]

    sheet = sheet_of(keys, cards)

    assert sheet.composite.complete is False
    assert debrief_json(sheet)["composite"] == {"value": 3.25, "dimensions_scored": 2, "dimensions_total": 3}
    assert [row.key for row in sheet.gaps] == ["c"]


def test_nothing_scored_has_no_figures():
    sheet = sheet_of([dimension("a")], [])

    row = debrief_json(sheet)["dimensions"][0]

    assert [row[name] for name in ("n", "mean", "median", "min", "max", "sd")] == [0, None, None, None, None, None]
    assert debrief_json(sheet)["composite"]["value"] is None


def test_not_assessed_is_in_no_figure_but_counted_as_such():
    row = debrief_json(scored(2, None, 4, None))["dimensions"][0]

    assert (row["n"], row["mean"], row["min"], row["max"], row["not_assessed"]) == (2, 3.0, 2, 4, 2)
    assert [given["score"] for given in row["ratings"]] == [2, None, 4, None]


def test_unrated_is_neither_zero_nor_not_assessed():
    cards = [card(1, rating("a", 4)), card(2), card(3, rating("a", None))]

    row = debrief_json(sheet_of([dimension("a")], cards))["dimensions"][0]

    assert (row["n"], row["mean"], row["not_assessed"], len(row["ratings"])) == (1, 4.0, 0, 1)


@pytest.mark.parametrize("state", ["draft", "declined", "missing"])
def test_only_submitted_scorecards_count(state):
    cards = [card(1, rating("a", 4)), card(2, rating("a", 1), state=state)]

    sheet = sheet_of([dimension("a")], cards)

    assert (sheet.dimensions[0].n, sheet.dimensions[0].mean) == (1, 4)
    assert sheet.recommendations == {"strong_no": 0, "no": 0, "yes": 1, "strong_yes": 0}


def test_declined_is_not_missing():
    cards = [card(1), card(2, state="declined"), card(3, state="draft"), card(4, state="missing")]

    scorecards = debrief_json(sheet_of([dimension("a")], cards))["scorecards"]

    assert scorecards == {
        "expected": 4,
        "submitted": 1,
        "declined": 1,
        "released": 0,
        "withdrawn": 0,
        "missing": ["person3@example.com", "person4@example.com"],
    }


@pytest.mark.parametrize(
    ("states", "counted"),
    [
        (("declined", "missing"), ["missing"]),
        (("declined", "submitted"), ["submitted"]),
        (("declined", "declined"), ["declined"]),
        (("declined", "released"), ["released"]),
        (("withdrawn", "missing"), ["withdrawn", "missing"]),
    ],
)
def test_who_declined_and_was_put_back_counts_once(states, counted):
    cards = [replace(card(number, state=state, interviewer=7), interview_id=1) for number, state in enumerate(states)]
    elsewhere = [card(8, interviewer=7, state="declined"), card(9, state="declined")]

    sheet = sheet_of([dimension("a")], [*elsewhere, *cards])

    assert [row.state for row in sheet.cards] == ["declined", "declined", *counted]


def test_shadow_is_never_counted_or_named():
    cards = [card(1, rating("a", 4)), card(2, rating("a", 1), shadow=True, recommendation="strong_no")]

    said = debrief_json(sheet_of([dimension("a")], cards))

    assert (said["dimensions"][0]["n"], said["dimensions"][0]["mean"]) == (1, 4.0)
    assert (said["scorecards"]["expected"], said["recommendations"]["strong_no"]) == (1, 0)
    assert "person2" not in str(said)


def test_one_interviewer_in_two_interviews_counts_for_each():
    cards = [card(1, rating("a", 2), interviewer=7), card(2, rating("a", 4), interviewer=7)]

    row = debrief_json(sheet_of([dimension("a")], cards))["dimensions"][0]

    assert (row["n"], row["mean"]) == (2, 3.0)
    assert [(given["interviewer"], given["round"]) for given in row["ratings"]] == [
        ("person7@example.com", "Round 1"),
        ("person7@example.com", "Round 2"),
    ]


def test_independence_counts_those_who_had_seen_nothing():
    cards = [card(1), card(2, saw_others_first=True), card(3), card(4, state="draft")]

    independence = debrief_json(sheet_of([dimension("a")], cards))["independence"]

    assert independence == {"submitted": 3, "before_seeing_others": 2, "imported": 0}


# --- what the meeting changed ------------------------------------------------
def test_re_ratings_give_final_figures_beside_the_initial_ones():
    initial = sheet_of([dimension("a"), dimension("b")], [card(1, rating("a", 2), rating("b", 4)), card(2)])
    met = replace(initial.facts, meeting=meeting(re_rating(1, "a", 5)))

    sheet = aggregate(met)

    first, second = sheet.dimensions
    assert (first.mean, first.final.mean, second.final) == (2, 5, None)
    assert (sheet.composite.value, sheet.final_composite.value) == (3, Fraction(9, 2))


def test_a_re_rating_is_of_its_card_and_its_dimension_alone():
    initial = sheet_of([dimension("a")], [card(1, rating("a", 2)), card(2, rating("a", 2))])
    met = replace(initial.facts, meeting=meeting(re_rating(2, "a", 4), re_rating(1, "b", 5)))

    ratings = aggregate(met).dimensions[0].ratings

    assert [row.final_score for row in ratings] == [2, 4]


def test_notes_stand_at_their_dimension():
    notes = (
        MeetingNoteFact("a", "On a", "Ruth", MOMENT),
        MeetingNoteFact(None, "On the whole", "Ruth", MOMENT),
    )
    facts = replace(sheet_of([dimension("a"), dimension("b")], []).facts, meeting=meeting(notes=notes))

    sheet = aggregate(facts)

    assert [[note.text for note in row.notes] for row in sheet.dimensions] == [["On a"], []]


def test_what_came_after_the_decision_is_in_no_figure_and_owes_its_place():
    late = replace(card(2, rating("a", 5)), submitted_at=MOMENT + timedelta(days=2))
    facts = replace(
        sheet_of([dimension("a")], [card(1, rating("a", 3)), late]).facts,
        decision=DecisionFact("hold", "Budget", "Ruth", MOMENT + timedelta(days=1), "", "", ""),
    )

    sheet = aggregate(facts)

    assert (sheet.dimensions[0].n, sheet.dimensions[0].mean) == (1, 3)
    assert [row.state for row in sheet.missing] == ["after_decision"]


def test_dimensions_without_a_weight_share_what_the_others_leave():
    """Shares 30, 10 and 60: 0.3 × 5 + 0.1 × 1 + 0.6 × 2 = 2.8."""
    keys = [dimension("a", 30), dimension("b", 10), dimension("c")]

    sheet = sheet_of(keys, [card(1, rating("a", 5), rating("b", 1), rating("c", 2))])

    assert [row.weight for row in sheet.dimensions] == [30, 10, 60]
    assert [row.share.percent for row in sheet.dimensions] == [30, 10, 60]
    assert sheet.composite.value == Fraction(14, 5)


def test_half_set_weights_of_an_early_version_count_as_its_shares_say():
    """75 and 50 leave nothing: they count 3 to 2, and the third dimension not at all."""
    keys = [dimension("a", 75), dimension("b", 50), dimension("c")]

    sheet = sheet_of(keys, [card(1, rating("a", 5), rating("b", 3), rating("c", 1))])

    assert [row.share.percent for row in sheet.dimensions] == [60, 40, 0]
    assert [row.weight for row in sheet.dimensions] == [75, 50, 0]
    assert sheet.composite.value == Fraction(21, 5)
    assert sheet.composite.complete is True
    assert sheet.weighing.startswith("The weights add up to 125 %")


def test_what_has_no_share_makes_no_composite_alone():
    keys = [dimension("a", 100), dimension("b")]

    sheet = sheet_of(keys, [card(1, rating("b", 4))])

    assert sheet.composite.value is None
    assert (sheet.composite.dimensions_scored, sheet.composite.dimensions_total) == (1, 2)


def test_weights_that_nobody_set_are_equal_shares_of_a_hundred():
    sheet = sheet_of([dimension("a"), dimension("b"), dimension("c")], [])

    assert [row.weight for row in sheet.dimensions] == [Fraction(100, 3)] * 3
