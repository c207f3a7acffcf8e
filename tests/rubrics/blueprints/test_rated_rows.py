"""What every shape of scorecard is read into."""

import pytest

from rubrics.blueprints.rated_rows import (
    DimensionRow,
    ReadTable,
    anchors_of,
    is_a_sentence,
    is_short,
    named_in,
    wording,
)
from tests.rubrics.role_documents import blocks_of, table


def test_texts_of_one_level_follow_each_other_and_empty_ones_are_left_out():
    assert anchors_of([(1, "a"), (2, "b."), (1, "c"), (2, "d"), (3, "")]) == {1: "a; c", 2: "b. d"}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("joins", "joins"),
        ("joins<br>groups", "joins; groups"),
        ("<ul><li>joins</li><li>groups.</li><li>sums</li></ul>", "joins; groups. sums"),
        ("<p>joins</p><p>groups</p>", "joins; groups"),
        *((sign, "") for sign in ("☐", "?", "[ ]", "( )", "4", "1 2 3", "____", "○", "✓", "")),
        ("4 joins", "4 joins"),
    ],
)
def test_a_cell_s_items_are_kept_apart_and_a_box_to_tick_is_no_wording(cell, text):
    (block,) = blocks_of(table("x|y", f"z|{cell}"))

    assert wording(block.rows[1], 1) == text


@pytest.mark.parametrize(
    ("cell", "name", "defined"),
    [
        ("Care", "Care", ()),
        ("<b>Care</b>", "Care", ()),
        ("<b>Care</b><br>mends", "Care", ("mends",)),
        ("<b>Care:</b> mends", "Care", ("mends",)),
        ("<b>Care</b> – mends<br>asks", "Care", ("mends", "asks")),
        ("<b>Care</b> for paper", "Care for paper", ()),
        ("Care<br>Mends what others tear", "Care", ("Mends what others tear",)),
        ("Care of<br>paper", "Care of paper", ()),
        ("Care<br>and the whole long rest of it", "Care and the whole long rest of it", ()),
        ("Care: Mends what others tear.", "Care", ("Mends what others tear.",)),
        ("Care: What would you mend first?", "Care", ("What would you mend first?",)),
        ("Care: Mends it all.", "Care: Mends it all.", ()),
        ("Care: Mends what others tear", "Care: Mends what others tear", ()),
        (
            "Care of old and torn paper: Mends what others tear.",
            "Care of old and torn paper: Mends what others tear.",
            (),
        ),
        (f"Care: Mends {'and mends ' * 30}it.", f"Care: Mends {'and mends ' * 30}it.", ()),
        ("Care<br>Mends what tears", "Care Mends what tears", ()),
        (
            "Care of old and torn paper<br>Mends what others tear",
            "Care of old and torn paper Mends what others tear",
            (),
        ),
        ("<b>Care:</b>", "Care:", ()),
        ("", "", ()),
    ],
)
def test_a_name_stands_apart_from_its_definition(cell, name, defined):
    (block,) = blocks_of(table("x|y", f"{cell}|z"))

    assert named_in(block.rows[1][0]) == (name, defined)


def test_a_row_that_is_too_short_has_no_wording():
    (block,) = blocks_of(table("x|y", "z"))

    assert wording(block.rows[1], 1) == ""


def test_a_table_has_anchors_where_one_of_its_rows_has():
    rows = (DimensionRow("a"), DimensionRow("b", anchors={3: "x"}))

    assert ReadTable(rows, (3,), False, "t").has_anchors
    assert not ReadTable(rows[:1], (3,), False, "t").has_anchors


@pytest.mark.parametrize(("words", "short"), [(1, True), (5, True), (6, False)])
def test_a_name_has_five_words_at_most(words, short):
    assert is_short(" ".join(["word"] * words)) is short


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Mends what others tear.", True),
        ("What would you mend?", True),
        ("Mends it all.", False),
        ("Mends what others tear", False),
    ],
)
def test_a_sentence_has_four_words_and_an_end(text, is_one):
    assert is_a_sentence(text) is is_one
