"""The levels of the scale, and what a score was given under."""

import pytest

from rubrics.levels import level_wording


@pytest.mark.parametrize(
    ("level", "anchor", "wording"),
    [
        (4, "Finds the cause alone", "Finds the cause alone"),
        (4, "", "Above the bar"),
        (3, None, "Meets the bar"),
        (None, "Finds the cause alone", ""),
        (None, None, ""),
    ],
)
def test_a_score_is_given_under_the_anchor_or_the_levels_name(level, anchor, wording):
    assert level_wording(level, anchor) == wording
