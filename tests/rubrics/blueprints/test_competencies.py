"""Dimensions that stand under headings or in lists."""

import pytest

from rubrics.blueprints.competencies import is_scale, level_label, read_competencies, split_level, weighted
from rubrics.blueprints.lines import Line
from tests.rubrics.role_documents import blocks_of, table


def found(markup: str, *, titled: bool = True) -> dict[str, dict[int, str]] | None:
    """The anchors by name of what stands below headings in this markup; None where nothing is a dimension."""
    reading = read_competencies(blocks_of(markup), titled=titled)
    return None if reading is None else {row.name: row.anchors for row in reading.value.rows}


LEVELS = "<ul><li>1 – Poor: a</li><li>3: b</li><li><b>5 (superb)</b> – c</li></ul>"
WORDING = {1: "a", 3: "b", 5: "c"}


@pytest.mark.parametrize(
    "markup",
    [
        f"<h3>Care</h3>{LEVELS}",
        f"<p><b>Care</b></p>{LEVELS}",
        f"<h3>Competency 2: Care</h3><p>How careful?</p>{LEVELS}",
        f"<h3>Care</h3><p><b>Benchmarks</b></p>{LEVELS}",
        f"<h3>Care</h3><h4>Rating scale</h4>{LEVELS}",
        "<ul><li>Care<ul><li>1: a</li><li>3: b</li><li>5: c</li></ul></li></ul>",
        "<h3>Care</h3><p>1 = a<br>3 = b<br>5 = c</p>",
        "<h3>Care</h3><p>1 - a\n3 - b\n5 - c</p>",
        "<p>Care<br>1 - a<br>3 - b<br>5 - c</p>",
        f"<h3>Scorecard: weaver</h3><h4>Rating scale</h4><p>1: poor</p><p>5: superb</p><h4>Care</h4>{LEVELS}",
        "<h3>Care</h3><p><b>1</b></p><p>a</p><p><b>3</b></p><p>b</p><p><b>5</b></p><p>c</p>",
        "<h3>Care</h3><h4>Level 1</h4><p>a</p><h4>Level 3</h4><p>b</p><h4>Level 5</h4><p>c</p>",
        "<h3>Care</h3>" + table("Level|Definition", "5|c", "3|b", "1|a"),
        "<h3>Care</h3><p>Why?</p>" + table("5 – Superb|c", "3 – Solid|b", "1 – Poor|a"),
    ],
)
def test_levels_below_a_name_are_its_wording(markup):
    assert found(markup, titled=False) == {"Care": WORDING}


def test_words_alone_name_levels_and_say_so():
    reading = read_competencies(blocks_of("<h3>Care</h3><p>Weak: a</p><p>Good: b</p><p>Superb: c</p>"), titled=False)

    assert reading is not None
    assert reading.value.rows[0].anchors == WORDING
    assert reading.value.assumed is True
    assert [row.code for row in reading.warnings] == ["levels_mapped"]


@pytest.mark.parametrize(
    "markup",
    [
        f"<h3>Rating scale</h3>{LEVELS}",
        f"<h3>Pass/fail thresholds</h3>{LEVELS}",
        "<h3>Care</h3><p>Strong answer: a</p><p>Weak answer: b</p>",
        "<h3>Strong signals</h3><ul><li>a</li></ul><h3>Weak signals</h3><ul><li>b</li></ul>",
        "<h3>Steps</h3><p>1. Ask</p><p>2. Listen</p>",
        "<h3>Care</h3><ul><li>3: b</li></ul>",
        "<h3>Care</h3><p>Why it matters: a</p>",
    ],
)
def test_scales_signals_and_steps_are_no_dimensions(markup):
    assert found(markup) is None


def test_level_zero_is_left_out_and_told():
    reading = read_competencies(
        blocks_of("<h3>Care</h3><ul><li>0: a</li><li>1: b</li><li>2: c</li></ul>"), titled=False
    )

    assert reading is not None
    assert reading.value.rows[0].anchors == {1: "b", 2: "c"}
    assert [row.code for row in reading.warnings] == ["level_zero_unread"]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Care (60%)", ("Care", 60)),
        ("Care – 60 %: handles paper", ("Care", 60)),
        ("2. Care [weight: 12,5 %]", ("Care", 12.5)),
        ("Care: 40%", ("Care", 40)),
        ("Care for 40% of the time", None),
        ("Care", None),
    ],
)
def test_a_weight_behind_a_name(text, row):
    reading = weighted(text)

    assert (reading and (reading.name, reading.weight)) == row


def test_weights_in_lists_count_only_below_a_scorecard_s_heading():
    markup = "<ul><li>Care (60%)</li><li>Order (40%)</li><li>Total (100%)</li></ul>"

    assert found(markup) == {"Care": {}, "Order": {}}
    assert found(markup, titled=False) is None


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Care: ☐ 1 ☐ 2 ☐ 3</p><p>Order: ☐ 1 ☐ 2 ☐ 3</p>",
        "<ul><li>Care ____ / 5</li><li>Order ____ / 5</li></ul>",
        "<p>Care (1–5): ___</p><p>Order (1–5): ___</p><p>Total (1–5): ___</p>",
        "<p>Care 1 2 3 4 5</p><p>Order 1 2 3 4 5</p>",
        "<h3>Care</h3><p>1 – Poor 2 – Fair 3 – Good</p><h3>Order</h3><p>1 – Poor 2 – Fair 3 – Good</p>",
    ],
)
def test_names_with_room_for_a_score(markup):
    assert found(markup, titled=False) == {"Care": {}, "Order": {}}


def test_a_list_is_rated_where_a_text_asks_for_it():
    items = "<ul><li>Care</li><li><b>Order</b>: finds it again</li></ul>"

    assert found(f"<p>Rate each of the following from 1 to 5.</p>{items}") == {"Care": {}, "Order": {}}
    assert found(items) is None


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (Line("5 – Outstanding: leads others", 1), ("5 – Outstanding", "leads others")),
        (Line("Level 3: keeps", 1), ("Level 3", "keeps")),
        (Line("4-5 points – mends", 1), ("4-5 points", "mends")),
        (Line("3 (solid): keeps", 1), ("3 (solid)", "keeps")),
        (Line("Meets expectations – keeps", 1), ("Meets expectations", "keeps")),
        (Line("1. Ask", 1), ("", "")),
        (Line("5 people: a team", 1), ("", "")),
        (Line("Care: keeps", 1), ("", "")),
    ],
)
def test_a_line_begins_with_a_level(line, parts):
    assert split_level(line) == parts


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Level 3", "Level 3"),
        ("Excellent", "Excellent"),
        ("4–5", "4–5"),
        ("3 tips", ""),
        ("Care", ""),
        ("Red flags", ""),
    ],
)
def test_a_text_is_a_level_s_label_where_it_is_nothing_else(text, label):
    assert level_label(text) == label


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("1 2 3 4 5", True),
        ("☐ Suited (5) ☐ Unsuited (1)", True),
        ("☐ 0 ☐ 1 ☐ 2", True),
        ("1 – Poor 2 – Fair 3 – Good", True),
        ("1 2", False),
        ("3 4 5", False),
    ],
)
def test_a_scale_counts_from_zero_or_one_to_three_at_least(text, scale):
    assert is_scale(text) is scale
