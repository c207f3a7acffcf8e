"""Lines outside tables: levels, scales to tick, room for a score, and what is tested."""

import pytest

from rubrics.blueprints.line_kinds import (
    SCORE_BLANK,
    begins_with_a_box,
    counts_a_question,
    cut_at_label,
    headings_below_several,
    is_asked,
    is_room,
    is_scale,
    is_sign,
    is_to_write_on,
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


# --- what a line is ---


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("3 (solid) keeps", ("3 (solid)", "keeps")),
        ("3 (solid)", ("3 – (solid)", "")),
        ("4 solid: keeps", ("4 solid", "keeps")),
    ],
)
def test_a_word_in_brackets_belongs_to_the_number_of_its_level(text, parts):
    assert split_level(Line(text, 1)) == parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 2 3 4 5", True),
        ("0 – 1 – 2 – 3", True),
        ("Rating: 1 2 3", True),
        ("1 poor 2 fair 3 good", True),
        ("☐ yes ☐ no", True),
        ("☐ yes", False),
        ("2 3 4", False),
        ("1 2", False),
        ("1 2 4 5", False),
        ("1 2 3 " + "word " * 40, False),
    ],
)
def test_a_scale_counts_from_its_lowest_number_without_a_gap_or_has_boxes(text, expected):
    assert is_scale(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Comments: ______", True),
        ("______", True),
        ("Notes ……", True),
        ("Date ......", True),
        ("Wait...", False),
        ("Comments", False),
        ("Comments: ____ and more", False),
        ("word " * 13 + "____", False),
    ],
)
def test_room_to_write_on_ends_its_line_behind_a_short_label(text, expected):
    assert is_to_write_on(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("☐ yes", True), ("[ ] yes", True), (" ( ) no", True), ("yes ☐", False), ("[x] yes", False)],
)
def test_a_choice_begins_with_an_empty_box(text, expected):
    assert begins_with_a_box(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Why maps?", True),
        ("“Why maps?”", True),
        ("Please describe a net.", True),
        ("Erklären Sie das Netz.", True),
        ("Expliquez un filet.", True),
        ("Describes a net.", False),
        ("How well they describe a net", False),
    ],
)
def test_a_text_asks_by_its_end_or_as_a_command(text, expected):
    assert is_asked(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Red flag", True), ("Weak signals", True), ("Good answer", True), ("Level 3", False), ("Care", False)],
)
def test_a_sign_is_a_flag_a_signal_or_an_answer(text, expected):
    assert is_sign(text) is expected


def test_a_heading_below_several_others_is_no_name():
    """Such as “Levels” below each competency; below one alone it may be a competency itself."""
    care = "<h3>Care</h3><h4>Levels</h4><p>a</p><h4>Maps</h4><p>b</p>"
    order = "<h3>Order</h3><h4>Levels</h4><p>a</p><h5>Boxes</h5><p>b</p>"

    assert headings_below_several(blocks_of(care + order)) == {"Levels"}


def test_a_heading_twice_below_the_same_one_stands_below_that_alone():
    assert headings_below_several(blocks_of("<h3>Care</h3><h4>Maps</h4><p>a</p><h4>Maps</h4><p>b</p>")) == frozenset()


@pytest.mark.parametrize(
    ("titles", "shown"),
    [
        (("A. Stock", "B. Team"), ["Stock", "Team"]),
        (("A. Stock", "C. Team"), ["A. Stock", "C. Team"]),
        (("B. Stock", "C. Team"), ["B. Stock", "C. Team"]),
        (("A. Stock", "Team"), ["A. Stock", "Team"]),
    ],
)
def test_letters_count_headings_only_where_they_begin_with_a_and_leave_none_out(titles, shown):
    blocks = blocks_of("".join(f"<h3>{title}</h3>" for title in titles))

    assert [block.text for block in without_letters(blocks)] == shown
