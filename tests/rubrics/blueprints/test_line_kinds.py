"""Lines outside tables: levels, scales to tick, room for a score, and what is tested."""

import pytest

from rubrics.blueprints.line_kinds import (
    SCORE_BLANK,
    counts_a_question,
    cut_at_label,
    is_room,
    is_scale,
    labels_below_several,
    level_label,
    names_levels_alone,
    offers_levels,
    pairs_numbers_with_levels,
    split_level,
    split_numbered_word,
    what_is_tested,
    without_letters,
)
from rubrics.blueprints.lines import Line
from tests.rubrics.role_documents import blocks_of, table


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (Line("5 – Outstanding: leads others", 1), ("5 – Outstanding", "leads others")),
        (Line("Level 3: keeps", 1), ("Level 3", "keeps")),
        (Line("4-5 points – mends", 1), ("4-5 points", "mends")),
        (Line("3 (solid): keeps", 1), ("3 (solid)", "keeps")),
        (Line("Meets expectations – keeps", 1), ("Meets expectations", "keeps")),
        (Line("🟢 mends", 1), ("🟢", "mends")),
        (Line("1: no maps", 1), ("1", "no maps")),
        (Line("1: poor", 1), ("1 – poor", "")),
        (Line("1. Ask", 1), ("", "")),
        (Line("5 people: a team", 1), ("", "")),
        (Line("Care: keeps", 1), ("", "")),
        (Line("1 – Poor 2 – Fair 3 – Good", 1), ("", "")),
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
        ("Good planning", ""),
        ("Deep Work", ""),
        ("☐ meets our needs", "☐ meets our needs"),
    ],
)
def test_a_text_is_a_level_s_label_where_it_is_nothing_else(text, label):
    assert level_label(text) == label


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (Line("Superior (5): mends"), ("Superior (5)", "mends")),
        (Line("Fnord (1) – drops"), ("Fnord (1)", "drops")),
        (Line("Superior: mends"), ("", "")),
        (Line("Box (17): maps"), ("", "")),
    ],
)
def test_a_word_with_a_number_in_brackets_is_cut_off(line, parts):
    assert split_numbered_word(line) == parts


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (Line("Care – mends, keeps", bold="Care"), ("Care", "mends, keeps")),
        (Line("Care: mends"), ("Care", "mends")),
        (Line("Care: mends", bold="Care: mends"), ("Care", "mends")),
    ],
)
def test_a_line_is_cut_behind_what_is_bold_or_at_its_colon(line, parts):
    assert cut_at_label(line) == parts


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


@pytest.mark.parametrize(
    ("text", "offered"),
    [("Poor / Fair / Good", True), ("Poor | Fair | Good", True), ("Poor / Good", False), ("Ann / Bea / Cleo", False)],
)
def test_three_levels_at_least_are_a_choice(text, offered):
    assert offers_levels(text) is offered


@pytest.mark.parametrize(
    ("text", "blank"),
    [("Score: ____ / 5", True), ("Rating (1-5): ___", True), ("Score [1 – 5]", True), ("Score: 4", False)],
)
def test_room_for_a_score_without_a_name(text, blank):
    assert (SCORE_BLANK.match(text) is not None) is blank


@pytest.mark.parametrize(
    ("text", "counts"),
    [("Question 2", True), ("Question 2 (40 %)", True), ("Frage 3", True), ("Question 2: Why?", False)],
)
def test_a_heading_that_only_counts_questions(text, counts):
    assert counts_a_question(text) is counts


@pytest.mark.parametrize(
    ("text", "tested"),
    [
        ("Competency assessed: Tact", "Tact"),
        ("Competency: Tact.", "Tact"),
        ("Competency", ""),
        ("Tact: keeps calm", ""),
    ],
)
def test_a_line_says_what_a_question_is_about(text, tested):
    assert what_is_tested(text) == tested


def test_bold_lines_below_several_headings_are_labels():
    below = "<p><b>Benchmarks</b></p><p>a</p>"
    markup = f"<h3>Care</h3><p><b>Paper</b></p>{below}<h3>Order</h3>{below}"

    assert labels_below_several(blocks_of(markup)) == {"Benchmarks"}


@pytest.mark.parametrize(
    ("text", "room"),
    [("☐ 1 ☐ 2 ☐ 3", True), ("Rating: ( ) low ( ) high", True), ("Would you employ them? ( ) Yes ( ) No", False)],
)
def test_a_question_before_boxes_asks_and_leaves_no_room(text, room):
    assert is_room(text) is room


@pytest.mark.parametrize(
    ("markup", "headings"),
    [
        ("<h3>A. Care</h3><h3>B. Order</h3>", ["Care", "Order"]),
        ("<h3>A) Care</h3><h4>A. Maps</h4>", ["A) Care", "A. Maps"]),
        ("<h3>B. Care</h3><h3>C. Order</h3>", ["B. Care", "C. Order"]),
    ],
)
def test_letters_before_headings_are_left_out_where_they_count_from_a(markup, headings):
    assert [block.text for block in without_letters(blocks_of(markup))] == headings


@pytest.mark.parametrize(
    ("text", "parts"), [("★★ Uneven", ("★★", "Uneven")), ("★☆ – Loose", ("★", "Loose")), ("★", ("", ""))]
)
def test_stars_before_a_text_are_its_level(text, parts):
    assert split_level(Line(text, 1)) == parts


@pytest.mark.parametrize(
    ("markup", "alone"),
    [
        ("<ul><li>3 – Good: a</li><li>1 – Poor</li></ul>", True),
        ("<ul><li>3 – Good: a</li><li>Maps</li></ul>", False),
        ("<p>3 – Good</p>", False),
        (table("Score|Meaning", "3|Good", "1|Poor"), True),
        (table("Score|Meaning", "Care|Good", "1|Poor"), False),
    ],
)
def test_a_block_names_levels_alone(markup, alone):
    assert names_levels_alone(blocks_of(markup)[0]) is alone


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1 = poor, 5 = excellent", True),
        ("1: weak 2: fair", True),
        ("1 = maps, 2 = ink", False),
        ("5 = excellent", False),
    ],
)
def test_a_line_says_what_numbers_mean(text, says):
    assert pairs_numbers_with_levels(text) is says
