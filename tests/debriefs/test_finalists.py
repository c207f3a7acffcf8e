"""Finalists side by side, as values: the order is the reader's, and versions that differ say so."""

from dataclasses import replace

from debriefs.finalists import BY_COMPOSITE, Judged, Version, compare
from tests.debriefs.facts import card, dimension, rating, sheet_of

DEPTH, CARE = dimension("depth"), dimension("care", must_have=True)
ONE = Version(1, "Engineer", (DEPTH, CARE))


def judged(name, *cards, versions=(ONE,), number=1):
    facts = sheet_of([], list(cards)).facts
    return Judged(replace(facts, candidate_name=name, application_id=number), versions)


def scores(number, depth, care=None):
    given = [rating("depth", depth)] + ([rating("care", care)] if care else [])
    return card(number, *given)


def names(comparison):
    return [row.name for row in comparison.finalists]


def test_nobody_is_ranked_until_an_order_is_asked_for():
    pair = [judged("Noor", scores(1, 5, 5)), judged("Ada", scores(2, 1, 1))]

    comparison = compare(pair)

    assert names(comparison) == ["Ada", "Noor"]
    assert comparison.order_words == "By name. No ranking."


def test_order_by_composite_says_weights_and_how_many_dimensions_it_rests_on():
    three = [judged("Ada", scores(1, 2, 2)), judged("Noor", scores(2, 4, 4)), judged("Bo", scores(3, 3, 3))]

    comparison = compare(three, order=BY_COMPOSITE)

    assert names(comparison) == ["Noor", "Bo", "Ada"]
    assert comparison.order_words == "By composite, highest first: equal weights, 2 of 2 dimensions."


def test_composites_that_rest_on_different_dimensions_say_so_for_each():
    pair = [judged("Ada", scores(1, 3, 3)), judged("Noor", scores(2, 4))]

    words = compare(pair, order=BY_COMPOSITE).order_words

    assert words == (
        "By composite, highest first: equal weights, 1 of 2 dimensions for Noor, 2 of 2 dimensions for Ada."
    )


def test_weights_of_the_rubric_are_named():
    weighted = Version(1, "Engineer", (dimension("depth", 70), dimension("care", 30)))
    pair = [judged(name, scores(n, n, 3), versions=(weighted,)) for n, name in enumerate(("Ada", "Bo"), 1)]

    comparison = compare(pair, order=BY_COMPOSITE)

    assert "weights as set in the rubric" in comparison.order_words
    assert [row.shares for row in comparison.rows] == [("70 %",), ("30 %",)]


def test_shares_are_those_of_each_version():
    half_set = Version(1, "Engineer", (dimension("depth", 60), dimension("care", 60), dimension("speed")))
    newer = Version(2, "Engineer", (dimension("depth"), dimension("care")))
    pair = [judged("Ada", scores(1, 5, 5), versions=(half_set,)), judged("Noor", scores(2, 2, 2), versions=(newer,))]

    comparison = compare(pair)

    assert {row.key: row.shares for row in comparison.rows} == {
        "depth": ("50 % (equal share)", "50 % (weight 60 of 120)"),
        "care": ("50 % (equal share)", "50 % (weight 60 of 120)"),
        "speed": ("0 % (nothing is left for it)",),
    }
    assert [version.weighing for version in comparison.versions] == [
        "",
        "The weights add up to 120 %, so they count in proportion, and dimensions without a weight do not count.",
    ]


def test_without_a_score_one_stands_last_and_equal_ones_by_name():
    four = [judged("Zoe", scores(1, 4)), judged("Ada"), judged("Bo", scores(2, 4)), judged("Cy", scores(3, 5))]

    assert names(compare(four, order=BY_COMPOSITE)) == ["Cy", "Bo", "Zoe", "Ada"]


def test_order_by_one_dimension_names_it_and_its_counts():
    pair = [judged("Ada", scores(1, 2)), judged("Noor", scores(2, 4), scores(3, 5))]

    comparison = compare(pair, order="mean:depth")

    assert names(comparison) == ["Noor", "Ada"]
    assert comparison.order_words == "By the mean of Depth, highest first: n = 2 for Noor, n = 1 for Ada."


def test_an_order_that_is_not_offered_is_none():
    pair = [judged("Noor", scores(1, 5)), judged("Ada", scores(2, 1))]

    assert [compare(pair, order=order).order for order in ("mean:nothing", "salary", "")] == ["name"] * 3


def test_rows_follow_the_rubric_and_hold_a_cell_for_each():
    pair = [judged("Ada", scores(1, 2, 3), scores(2, 4)), judged("Noor", scores(3, 4))]

    depth, care = compare(pair).rows

    assert [(row.key, row.must_have, row.differences) for row in (depth, care)] == [
        ("depth", False, ()),
        ("care", True, ()),
    ]
    assert [(cell.finalist.name, cell.sheet.n, cell.sheet.mean) for cell in depth.cells] == [
        ("Ada", 2, 3),
        ("Noor", 1, 4),
    ]
    assert [cell.sheet.n for cell in care.cells] == [1, 0]


def test_versions_that_differ_say_where_and_are_not_ordered_by_composite():
    reworded = replace(DEPTH, name="Depth of knowledge", anchors={3: "Knows why"}, weight=20)
    newer = Version(2, "Engineer", (reworded, dimension("speed")))
    older = Version(1, "Engineer", (replace(DEPTH, anchors={3: "Knows how"}), CARE))
    pair = [
        judged("Ada", scores(1, 5, 5), versions=(older,)),
        judged("Noor", card(2, rating("depth", 2), rating("speed", 4)), versions=(newer,)),
    ]

    comparison = compare(pair, order=BY_COMPOSITE)
    rows = {row.key: row for row in comparison.rows}

    assert comparison.order == "name"
    assert [choice.value for choice in comparison.choices] == ["name"]
    assert list(rows) == ["depth", "speed", "care"]
    assert [(row.what, dict(row.texts)) for row in rows["depth"].differences] == [
        ("Name", {"Engineer, version 1": "Depth", "Engineer, version 2": "Depth of knowledge"}),
        ("Weight", {"Engineer, version 1": "no weight set", "Engineer, version 2": "weight 20"}),
        ("Level 3", {"Engineer, version 1": "Knows how", "Engineer, version 2": "Knows why"}),
    ]
    assert dict(rows["care"].differences[0].texts) == {
        "Engineer, version 1": "judged",
        "Engineer, version 2": "not in this version",
    }
    assert [cell.sheet is None for cell in rows["care"].cells] == [False, True]
    assert [cell.sheet is None for cell in rows["speed"].cells] == [True, False]


def test_a_dimension_that_all_versions_word_alike_may_be_ordered_by():
    newer = Version(2, "Engineer", (DEPTH, replace(CARE, must_have=False)))
    pair = [judged("Ada", scores(1, 2)), judged("Noor", scores(2, 4), versions=(newer,))]

    comparison = compare(pair, order="mean:depth")

    assert [choice.value for choice in comparison.choices] == ["name", "mean:depth"]
    assert names(comparison) == ["Noor", "Ada"]
    assert [row.what for row in comparison.rows[1].differences] == ["Must have"]


def test_one_finalist_judged_by_two_versions_keeps_both():
    newer = Version(2, "Engineer", (replace(DEPTH, name="Depth of knowledge"), dimension("speed")))
    mixed = judged("Ada", scores(1, 2, 5), card(2, rating("speed", 4), rating("depth", 4)), versions=(ONE, newer))

    comparison = compare([mixed, judged("Noor", versions=(newer,))])
    ada = comparison.finalists[0]

    assert ada.versions_shown == "Engineer, version 1 and Engineer, version 2"
    assert {row.key: (row.name, row.mean) for row in ada.sheet.dimensions} == {
        "depth": ("Depth of knowledge", 3),
        "speed": ("Speed", 4),
        "care": ("Care", 5),
    }
