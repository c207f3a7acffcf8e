"""Which tables are a scorecard's, and what else they hold."""

import pytest

from rubrics.blueprints.recognising import has_room_for_scores, is_scorecard, rates_something, weighs_something
from tests.rubrics.role_documents import blocks_of, table


@pytest.mark.parametrize(
    ("markup", "is_one"),
    [
        (table("Dimension|Meets", "SQL|m"), True),
        (table("Skill|Meets|Exceeds", "SQL|m|e"), True),
        (table("Skill|Meets", "SQL|m"), False),
        (table("Skill|Weight", "SQL|100"), False),
        ("<table><caption>Scorecard</caption>" + table("Dimension|Notes", "SQL|x")[7:], True),
        (table("Dimension|Notes", "SQL|x"), False),
        (table("Dimension|Meets"), False),
        ("<p>Dimension</p>", False),
    ],
)
def test_a_table_is_a_scorecard_by_two_levels_or_by_saying_dimension(markup, is_one):
    (block,) = blocks_of(markup)

    assert is_scorecard(block) is is_one


@pytest.mark.parametrize(("head", "is_one"), [("Area|Weight", True), ("Area|Owner", False), ("Item|Weight", False)])
def test_weights_beside_areas_and_signs_make_a_scorecard(head, is_one):
    assert is_scorecard(blocks_of(table(f"{head}|Strong|Weak", "Care|40%|a|b"))[0]) is is_one


@pytest.mark.parametrize(
    ("rows", "has_room"),
    [
        (("Dimension|Notes|Score (1-5)", "Care||"), True),
        (("Dimension|Definition", "Care|Both hands"), False),
        (("Step|Notes|Score", "Care||"), False),
    ],
)
def test_room_for_scores_stands_beside_what_is_rated(rows, has_room):
    assert has_room_for_scores(blocks_of(table(*rows))[0]) is has_room


@pytest.mark.parametrize(
    ("rows", "rates"),
    [
        (("Criterion|Poor|Good", "Care|a|b"), True),
        (("Plan|1|2", "Care|a|b"), True),
        (("Plan|Basic|Standard|Advanced", "Help|a|b|c"), False),
        (("Plan|Price", "Help|a"), False),
    ],
)
def test_a_scorecard_says_so_itself_by_numbers_or_by_its_first_heading(rows, rates):
    (block,) = blocks_of(table(*rows))

    assert rates_something(block) is rates


@pytest.mark.parametrize(
    ("rows", "weighs"),
    [
        (("Criterion|Weight", "Care|60", "Order|40"), True),
        (("Criterion|Max points", "Care|60", "Order|40"), True),
        (("Criterion|Max points", "Care|6", "Order|4"), False),
        (("Criterion|Notes", "Care|", "Order|"), False),
    ],
)
def test_weights_and_points_that_make_a_hundred_weigh_something(rows, weighs):
    (block,) = blocks_of(table(*rows))

    assert weighs_something(block) is weighs


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("Level|Care|Order", "1|a|b", "5|c|d"), True),
        (("Level|Meaning", "1|a", "3|b", "5|c"), False),
        (("Rating|Definition|Care|Order", "Poor|a|b|c", "Excellent|d|e|f"), True),
        (("Rating|Definition|Grade", "Poor|a|b", "Excellent|c|d"), False),
        (("Price|Shop", "1|a", "5|b"), False),
    ],
)
def test_a_table_says_by_itself_whether_it_is_a_scorecard(rows, expected):
    (block,) = blocks_of(table(*rows))

    assert is_scorecard(block) is expected
