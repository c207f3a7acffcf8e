"""Dimensions that stand under headings or in lists: which of the ways to find them is taken, and what is told of it."""

from rubrics.blueprints.competencies import read_competencies
from rubrics.blueprints.directions import Directions
from rubrics.blueprints.documents import load
from rubrics.blueprints.plan import plan
from rubrics.blueprints.rated_rows import ReadTable
from rubrics.blueprints.reading import Read
from tests.rubrics.role_documents import blocks_of


def reading(markup: str, *, titled: bool = True) -> Read[ReadTable]:
    read = read_competencies(blocks_of(markup), titled=titled)
    assert read is not None
    return read


def found(markup: str, *, titled: bool = True) -> dict[str, dict[int, str]] | None:
    """The anchors by name of what stands below headings in this markup; None where nothing is a dimension."""
    read = read_competencies(blocks_of(markup), titled=titled)
    return None if read is None else {row.name: row.anchors for row in read.value.rows}


LEVELS = "<ul><li>1 – Poor: a</li><li>3: b</li><li><b>5 (superb)</b> – c</li></ul>"
WORDING = {1: "a", 3: "b", 5: "c"}
TO_FILL_IN = "<p>Care: ☐ 1 ☐ 2 ☐ 3</p><p>Order: ☐ 1 ☐ 2 ☐ 3</p>"


def test_levels_go_before_names_alone():
    assert found(f"<h3>Tact</h3>{LEVELS}<h3>Others</h3>{TO_FILL_IN}") == {"Tact": WORDING}


def test_words_alone_name_levels_and_say_so():
    read = reading("<h3>Care</h3><p>Weak: a</p><p>Good: b</p><p>Superb: c</p>", titled=False)

    assert read.value.rows[0].anchors == WORDING
    assert read.value.assumed is True
    assert [row.code for row in read.warnings] == ["levels_mapped"]


def test_levels_that_count_from_zero_are_one_level_higher_and_told():
    read = reading("<h3>Care</h3><ul><li>0: a</li><li>1: b</li><li>2: c</li></ul>", titled=False)

    assert read.value.rows[0].anchors == {1: "a", 2: "b", 3: "c"}
    assert [row.code for row in read.warnings] == ["levels_mapped"]


def test_of_a_scale_from_zero_to_five_zero_is_left_out_and_told():
    read = reading("<h3>Care</h3><ul><li>0: a</li><li>1: b</li><li>3: c</li><li>5: d</li></ul>", titled=False)

    assert read.value.rows[0].anchors == {1: "b", 3: "c", 5: "d"}
    assert [row.code for row in read.warnings] == ["level_zero_unread"]


def test_levels_right_below_the_sheet_s_own_title_are_told():
    codes = [row.code for row in reading(f"<h3>Scorecard: weaver</h3>{LEVELS}").warnings]

    assert "dimensions_from_layout" in codes


def test_names_that_were_guessed_are_told_and_those_with_weights_are_not():
    guessed = reading(TO_FILL_IN, titled=False)
    weighted = reading("<ul><li>Care (60%)</li><li>Order (40%)</li></ul>")

    assert [row.code for row in guessed.warnings] == ["dimensions_from_layout"]
    assert weighted.warnings == ()


def test_points_go_before_a_list_to_rate():
    read = reading("<p>Rate each of the following.</p><ul><li>Care (60 points)</li><li>Order (40 points)</li></ul>")

    assert [(row.name, row.weight) for row in read.value.rows] == [("Care", 60), ("Order", 40)]


def test_a_list_counts_only_below_a_scorecard_s_heading():
    weights = "<ul><li>Care (60%)</li><li>Order (40%)</li><li>Total (100%)</li></ul>"
    asked = "<p>Rate each of the following from 1 to 5.</p><ul><li>Care</li><li>Order</li></ul>"

    assert found(weights) == found(asked) == {"Care": {}, "Order": {}}
    assert found(weights, titled=False) is None
    assert found(asked, titled=False) is None


def test_nothing_is_found_in_a_mere_list():
    assert found("<ul><li>Care</li><li>Order</li></ul>") is None


def test_a_heading_that_was_told_to_be_a_dimension_leaves_the_others_to_the_rules():
    """Found by the rules, its levels would have gone before names alone."""
    document = load(
        f"<h1>Scorecard: archivist</h1><h2>Tact</h2>{LEVELS}<h2>Others</h2>{TO_FILL_IN}".encode(), filename="told.html"
    )
    (tact,) = [block.number for block in document.blocks if block.text == "Tact"]

    untold = plan(document)
    told = plan(document, Directions({tact: "dimension"}))

    assert [row.name for row in untold.dimensions] == ["Tact"]
    assert [(row.name, row.anchors) for row in told.dimensions] == [("Tact", WORDING), ("Care", {}), ("Order", {})]


def test_points_behind_names_that_make_a_hundred_are_their_weights():
    levels = "<p>A = mends<br>B = holds<br>C = drops</p>"
    found = read_competencies(
        blocks_of(f"<h3>Care (60 points)</h3>{levels}<h3>Order (40 points)</h3>{levels}"), titled=True
    )

    assert found is not None
    assert [(row.name, row.weight) for row in found.value.rows] == [("Care", 60), ("Order", 40)]
    assert "points_as_weights" in {row.code for row in found.warnings}
