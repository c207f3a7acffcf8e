import pytest

from rubrics.blueprints.rubric_json import RubricJson
from tests.rubrics.role_documents import codes, read, table

CARD = table("Competency|1|5", "Care|Drops|Mends", "Order|Heaps|Maps")


def guide(inner: str, card: str = CARD) -> RubricJson:
    return read(f"<h1>Interview scorecard</h1>{card}{inner}")


def weights(found: RubricJson) -> list[float | None]:
    return [row["weight"] for row in found["dimensions"]]


@pytest.mark.parametrize(
    "items", [("Care: 60 %", "Order: 40 %"), ("Order – 40%", "Care – 60%"), ("Care (60%)", "Order (40%)")]
)
def test_a_list_of_all_dimensions_has_their_weights(items):
    lines = "".join(f"<li>{item}</li>" for item in items)

    assert weights(guide(f"<p><i>Weights:</i></p><ul>{lines}</ul>")) == [60, 40]


@pytest.mark.parametrize("items", ["<li>Care: 60 %</li>", "<li>Care: 60 %</li><li>Songs: 40 %</li>", "<li>Care</li>"])
def test_a_list_of_other_things_has_no_weights(items):
    assert weights(guide(f"<ul>{items}</ul>")) == [None, None]


def test_weights_of_the_table_go_before_those_of_a_list():
    card = table("Competency|Weight|1|5", "Care|70 %|Drops|Mends", "Order|30 %|Heaps|Maps")

    assert weights(guide("<ul><li>Care: 60 %</li><li>Order: 40 %</li></ul>", card)) == [70, 30]


def test_listed_weights_that_make_no_hundred_are_to_be_checked():
    found = guide("<ul><li>Care: 60 %</li><li>Order: 30 %</li></ul>")

    assert weights(found) == [60, 30]
    assert "weights_sum" in codes(found)


BEHAVIOURS = "<h1>Interview questions</h1><h2>Care</h2>{}<p><b>Lead question</b></p><p>What broke last?</p>"


@pytest.mark.parametrize(
    "said", ["<p>Look for someone who:</p><ul><li>asks first</li></ul>", "<p>What to look for: asks first</p>"]
)
def test_what_to_look_for_below_a_dimension_s_heading_is_a_focus_area_of_its_name(said):
    found = read(BEHAVIOURS.format(said))

    assert [row["name"] for row in found["dimensions"]] == ["Care"]
    assert ("Care", ["asks first"]) in [(row["name"], row["topics"]) for row in found["focus_areas"]]


def test_a_list_behind_another_paragraph_is_nothing_to_look_for():
    found = read(BEHAVIOURS.format("<p>Look for someone who:</p><p>We meet at noon.</p><ul><li>a map</li></ul>"))

    assert "a map" not in [topic for row in found["focus_areas"] for topic in row["topics"]]


LISTED = (
    "<h2>Care</h2><ul><li>mends what broke</li><li>asks early</li></ul><h2>Order</h2><ul><li>sorts by date</li></ul>"
)
BARE = table("Competency|Weight", "Care|60 %", "Order|40 %")


def test_a_list_right_below_a_dimension_without_levels_says_what_to_look_for():
    found = guide(LISTED, BARE)

    assert [row["name"] for row in found["focus_areas"]] == ["Care", "Order"]
    assert found["focus_areas"][0]["topics"] == ["mends what broke", "asks early"]
    assert "look_for_guessed" in codes(found)


@pytest.mark.parametrize(
    "items",
    ["<li>Why?</li><li>How?</li>", "<li>☐ mends</li><li>☐ drops</li>", "<li>Time: Monday</li>", "<li>3 – mends</li>"],
)
def test_other_lists_below_a_dimension_say_nothing_to_look_for(items):
    found = guide(f"<h2>Care</h2><ul>{items}</ul><h2>Order</h2><p>Sorts.</p>", BARE)

    assert "look_for_guessed" not in codes(found)


def test_a_list_below_a_dimension_with_levels_is_left_alone():
    assert "look_for_guessed" not in codes(guide(LISTED))
