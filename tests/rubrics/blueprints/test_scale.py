"""The scale that a document states."""

import pytest

from rubrics.blueprints.reading import Read
from rubrics.blueprints.scale import bounds_in, read_scale
from rubrics.blueprints.scorecard import Scorecard
from tests.rubrics.role_documents import (
    START,
    bare_table,
    blocks_of,
    codes,
    hiring_page,
    plan_of,
    read_hiring,
    read_post,
    table,
)

CARD = START + "<h2>19) Hiring Evaluation Criteria</h2><h3>Scorecard dimensions</h3>"
HEADING = "<h3>Scorecard dimensions</h3>"


def test_another_scale_is_a_warning():
    found = read_post(hiring_page("<h3>Scorecard</h3><p>Rate on a scale of 1–4.</p>"))

    assert found["scale"] == {"min": 1, "max": 4}
    assert "scale_unsupported" in codes(found)


def test_four_numbered_columns_are_another_scale():
    found = plan_of(CARD + bare_table("Dimension|1|2|3|4", "A|x|y|z|w"))

    assert found.scale == {"min": 1, "max": 4}
    assert "scale_unsupported" in [row.code for row in found.warnings]


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("Use a consistent rubric (e.g., 1–5) per dimension.", (1, 5)),
        ("Score each dimension between 1 and 5.", (1, 5)),
        ("Scale: 1 (poor) to 5 (excellent)", (1, 5)),
        ("1 = poor, 5 = excellent", (1, 5)),
        ("Use a five-point scale.", (1, 5)),
        ("Use a 4-point scale.", (1, 4)),
        ("Score out of 10.", (0, 10)),
        ("Hire 3–5 people and rate them.", None),
        ("An interview takes 2-3 hours.", None),
    ],
)
def test_the_scale_is_what_the_text_states(text, scale):
    found = read_hiring(f"{HEADING}<p>{text}</p>{table('Dimension|Meets', 'A|m')}")

    assert found["scale"] == (scale and {"min": scale[0], "max": scale[1]})
    assert ("scale_unsupported" in codes(found)) == (scale not in {None, (1, 5)})


def test_columns_from_zero_to_four_are_another_scale_and_each_is_one_level_higher():
    found = read_hiring(HEADING + table("Dimension|0|1|2|3|4", "A|z|a|b|c|d"))

    assert found["scale"] == {"min": 0, "max": 4}
    assert found["dimensions"][0]["anchors"] == {"1": "z", "2": "a", "3": "b", "4": "c", "5": "d"}
    assert {"scale_unsupported", "levels_mapped"} <= set(codes(found))


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("Rate each from 1 to 5.", (1, 5)),
        ("Score (0–4)", (0, 4)),
        ("Scale: 1 (poor) through 10 (superb)", (1, 10)),
        ("1 = poor; 3 = good", (1, 3)),
        ("a ten-point scale", (1, 10)),
        ("a 7 point scale", (1, 7)),
        ("scored out of 5", (1, 5)),
        ("scored out of 100", (0, 100)),
        ("Bewertung von 1 bis 6", (1, 6)),
        ("rated within 1-3 days", None),
        ("points 1.5 to 2", None),
        ("score 1-1", None),
        ("from 1 to 5 people", None),
    ],
)
def test_a_text_states_bounds_only_where_it_speaks_of_scores(text, bounds):
    assert bounds_in(text) == bounds


@pytest.mark.parametrize(
    ("levels", "assumed", "scale"),
    [
        ((1, 2, 3, 4, 5), False, {"min": 1, "max": 5}),
        ((0, 1, 2, 3), False, {"min": 0, "max": 3}),
        ((1, 2, 3), True, None),
        ((1, 3, 5), False, None),
        ((2, 3, 4), False, None),
        ((1, 2), False, None),
        ((), False, None),
    ],
)
def test_unbroken_columns_from_zero_or_one_are_a_scale(levels, assumed, scale):
    scorecard = Scorecard(levels=levels, levels_assumed=assumed)

    assert read_scale([], scorecard).value == scale


def test_what_the_text_states_goes_before_the_columns():
    blocks = blocks_of("<p>Rate on a scale of 1 to 5.</p>")

    found = read_scale(blocks, Scorecard(levels=(1, 2, 3, 4)))

    assert found == Read({"min": 1, "max": 5})


def test_the_first_text_that_states_a_scale_is_taken():
    blocks = blocks_of("<p>Be kind.</p><h3>Score 1–4</h3><p>Rate out of 10.</p>")

    assert read_scale(blocks, Scorecard()).value == {"min": 1, "max": 4}


@pytest.mark.parametrize(
    "markup",
    [
        "<h3>Scored 1–3</h3>",
        "<p>Scored 1–3</p>",
        "<ul><li>x</li><li>Scored 1–3</li></ul>",
        "<table><caption>Scored 1–3</caption><tr><td>x</td></tr></table>",
        "<table><tr><td>Dimension</td><td>Scored 1–3</td></tr></table>",
    ],
)
def test_a_scale_may_stand_in_headings_lines_captions_and_first_rows(markup):
    found = read_scale(blocks_of(markup), Scorecard())

    assert found.value == {"min": 1, "max": 3}


def test_a_scale_in_a_later_row_of_a_table_is_somebody_s_wording():
    markup = "<table><tr><td>Dimension</td></tr><tr><td>Scored 1–3</td></tr></table>"

    assert read_scale(blocks_of(markup), Scorecard()) == Read(None)


def test_another_scale_names_its_bounds():
    (warning,) = read_scale(blocks_of("<p>Score out of 10.</p>"), Scorecard()).warnings

    assert warning.code == "scale_unsupported"
    assert warning.message.startswith("The document states a scale of 0 to 10;")
