"""Weights of a rubric as shares of a composite: they sum to 100, say how they came about, and cannot be half set."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.shares import explained, number_shown, obstacle, percent_shown, shares

percents = st.one_of(st.none(), st.decimals(0, 500, places=3))


def words(*weights):
    return [share.words for share in shares(weights)]


# --- shares ------------------------------------------------------------------
@given(st.lists(percents, min_size=1, max_size=12))
def test_shares_sum_to_a_hundred_whatever_is_set(weights):
    found = shares(weights)

    assert len(found) == len(weights)
    assert sum(share.percent for share in found) == 100
    assert all(share.percent >= 0 for share in found)


@given(st.lists(percents, min_size=2, max_size=8))
def test_dimensions_without_a_weight_have_one_share(weights):
    found = {share.percent for share in shares(weights) if share.weight is None}

    assert len(found) <= 1


def test_no_weights_are_equal_shares():
    assert words(None, None, None, None, None, None, None, None) == ["12.5 % (equal share)"] * 8


def test_dimensions_without_a_weight_share_the_rest_equally():
    assert words(50, None, None) == ["50 %", "25 % (equal share of the rest)", "25 % (equal share of the rest)"]
    assert words(Decimal("62.500"), None, Decimal("7.500")) == ["62.5 %", "30 % (equal share of the rest)", "7.5 %"]


def test_less_than_one_percent_is_left_and_shared_too():
    assert words(Decimal("99.2"), None, None) == [
        "99.2 %",
        "0.4 % (equal share of the rest)",
        "0.4 % (equal share of the rest)",
    ]


def test_nothing_is_left_beside_a_hundred_and_more():
    assert words(60, None, 40) == ["60 %", "0 % (nothing is left for it)", "40 %"]
    assert words(120, 80, None) == [
        "60 % (weight 120 of 200)",
        "40 % (weight 80 of 200)",
        "0 % (nothing is left for it)",
    ]


def test_weights_that_miss_a_hundred_count_in_proportion():
    assert words(2, 1) == ["66.7 % (weight 2 of 3)", "33.3 % (weight 1 of 3)"]


def test_thirds_as_people_write_them_are_thirds():
    found = shares([33.3, 33.3, 33.3])

    assert [share.percent for share in found] == [Fraction(100, 3)] * 3
    assert words(33.3, 33.3, 33.3) == ["33.3 %"] * 3


def test_a_weight_of_nothing_counts_nothing_unless_all_are_so():
    assert words(0, None) == ["0 %", "100 % (equal share of the rest)"]
    assert words(0, 100) == ["0 %", "100 %"]
    assert words(0, 0) == ["50 % (equal share, since all weights are 0)"] * 2


def test_a_rubric_without_dimensions_has_no_shares():
    assert shares([]) == ()


@pytest.mark.parametrize(
    ("value", "shown"), [(Fraction(100, 3), "33.3"), (Fraction(10), "10"), (Fraction("12.25"), "12.2"), (1000, "1000")]
)
def test_numbers_are_shown_to_one_decimal(value, shown):
    assert number_shown(Fraction(value)) == shown
    assert percent_shown(Fraction(value)) == f"{shown} %"


# --- a sentence on them ------------------------------------------------------
@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ([], ""),
        ([None, None], ""),
        ([70, 30], ""),
        ([33.33, 33.33, 33.33], ""),
        ([45, None, 15], "Dimensions without a weight share the remaining 40 % equally."),
        ([Decimal("99.2"), None], "Dimensions without a weight share the remaining 0.8 % equally."),
        ([75, 25, None], "The weights add up to 100 %, so dimensions without a weight do not count."),
        (
            [90, 60, None],
            "The weights add up to 150 %, so they count in proportion, and dimensions without a weight do not count.",
        ),
        ([20, 20], "The weights add up to 40 %, so they count in proportion."),
        ([0, 0, 0], "All weights are 0, so every dimension has the same share."),
    ],
)
def test_how_shares_come_from_weights_is_said_where_it_is_not_plain(weights, sentence):
    assert explained(weights) == sentence


# --- what cannot be published ------------------------------------------------
@pytest.mark.parametrize(
    "weights",
    [
        {},
        {"Care": None, "Depth": None},
        {"Care": 60, "Depth": 40},
        {"Care": 60, "Depth": None},
        {"Care": 33.3, "Depth": 33.3, "Pace": 33.3},
        {"Care": Decimal("12.500"), "Depth": Decimal("87.500")},
    ],
)
def test_weights_that_can_be_reached_are_no_obstacle(weights):
    assert obstacle(weights) == ""


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        (
            {"Care": 100, "Depth": None},
            "“Depth” has no weight, and the other weights add up to 100 %, which leaves nothing for it. Lower the "
            "other weights, or give it a weight so that all add up to 100 %.",
        ),
        (
            {"Care": 70, "Depth": None, "Pace": 45, "Tone": None},
            "“Depth” and “Tone” have no weight, and the other weights add up to 115 %, which leaves nothing for them. "
            "Lower the other weights, or give them a weight so that all add up to 100 %.",
        ),
        (
            {"Care": 99.9, "Depth": None},
            "“Depth” has no weight, and the other weights add up to 99.9 %, which leaves only 0.1 % for it. Lower the "
            "other weights, or give it a weight so that all add up to 100 %.",
        ),
        (
            {"Care": 99.5, "Depth": None},
            "“Depth” has no weight, and the other weights add up to 99.5 %, which leaves only 0.5 % for it. Lower the "
            "other weights, or give it a weight so that all add up to 100 %.",
        ),
        (
            {"Care": 40, "Depth": 45},
            "The weights add up to 85 %, not 100 %. Raise some of them, by 15 % in all, or clear one: its dimension "
            "then takes what the others leave.",
        ),
        (
            {"Care": 80, "Depth": 32.5},
            "The weights add up to 112.5 %, not 100 %. Lower some of them, by 12.5 % in all.",
        ),
    ],
)
def test_weights_that_cannot_be_reached_say_why_and_how_to_mend_them(weights, said):
    assert obstacle(weights) == said
