"""A legend that turns the scale round."""

import pytest

from rubrics.blueprints.legends import reversed_legend
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
