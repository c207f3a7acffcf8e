"""A legend that turns the scale round."""

import pytest

from rubrics.blueprints.directions import Directions
from rubrics.blueprints.documents import load
from rubrics.blueprints.legends import reversed_legend
from rubrics.blueprints.plan import plan
from tests.rubrics.role_documents import bare_table, blocks_of, codes, read, table

CARD = table("Criterion|1|2|3|4|5", "Care|mends|a|b|c|drops")


@pytest.mark.parametrize(
    "legend",
    [
        "<p>1 = excellent, 3 = average, 5 = poor</p>",
        "<p>1: excellent</p><p>5: poor</p>",
        "<p>1 – excellent; 2 – fnord; 5 – poor</p>",
        bare_table("1|Excellent|far above", "3|Average|as needed", "5|Poor|below"),
    ],
)
def test_the_lowest_number_is_best(legend: str):
    found = read(f"<h1>Interview scorecard</h1><h2>Scale</h2>{legend}<h2>Criteria</h2>{CARD}")

    assert found["dimensions"][0]["anchors"] == {"1": "drops", "2": "c", "3": "b", "4": "a", "5": "mends"}
    assert "scale_reversed" in codes(found)


@pytest.mark.parametrize(
    "legend",
    [
        "<p>1 = poor, 5 = excellent</p>",
        "<p>1 = excellent</p>",
        "<p>Room 1: excellent view</p>",
        table("Level|Meaning", "1|Poor"),
    ],
)
def test_any_other_legend_leaves_the_numbers_as_they_are(legend: str):
    found = read(f"<h1>Interview scorecard</h1><h2>Scale</h2>{legend}<h2>Criteria</h2>{CARD}")

    assert found["dimensions"][0]["anchors"]["5"] == "drops"
    assert not reversed_legend(blocks_of(legend))


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (bare_table("1|Excellent", "5|Poor"), {1: "Excellent", 5: "Poor"}),
        (bare_table("1|Excellent|a|b", "5|Poor|c|d"), {}),
        (bare_table("100|Excellent", "200|Poor"), {}),
        (bare_table("one|Excellent", "five|Poor"), {}),
        ("<p>1 = excellent</p><p>5 = poor</p>", {1: "excellent", 5: "poor"}),
        ("<p>1 = excellent</p><p>Take your time.</p><p>5 = poor</p>", {}),
        ("<p>1 = excellent, 2 = excellent, 5 = poor</p>", {}),
        ("<p>1 = excellent, 3 = poor, 5 = average</p>", {}),
        (f"<p>{'Read this. ' * 40}1 = excellent, 5 = poor</p>", {}),
        ("<p>Version 1.1: excellent, 5: poor</p>", {}),
    ],
)
def test_a_legend_is_one_run_of_numbers_whose_words_get_worse(markup, words):
    assert reversed_legend(blocks_of(markup)) == words


@pytest.mark.parametrize(("dimensions", "reversed_"), [("Care|mends|a|drops", True), ("Care||| ", False)])
def test_only_wordings_are_turned_round(dimensions, reversed_):
    card = table("Criterion|1|3|5", dimensions)

    found = read(f"<h1>Interview scorecard</h1><p>1 = excellent, 5 = poor</p>{card}")

    assert ("scale_reversed" in codes(found)) is reversed_


def test_levels_that_somebody_said_stay_as_they_were_said():
    document = load(f"<h1>Interview scorecard</h1><p>1 = excellent, 5 = poor</p>{CARD}".encode(), filename="x.html")
    (number,) = [block.number for block in document.blocks if block.kind == "table"]
    told = Directions(columns={(number, column): f"level-{column}" for column in range(1, 6)})

    (row,) = plan(document, told).dimensions

    assert row.anchors == {1: "mends", 2: "a", 3: "b", 4: "c", 5: "drops"}
