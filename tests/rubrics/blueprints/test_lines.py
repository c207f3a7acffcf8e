"""Text nodes, lists and tables as lines, before white space is folded."""

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from rubrics.blueprints.lines import (
    BREAK,
    Cell,
    Line,
    in_one_line,
    is_bold_line,
    is_placeholder,
    lines_of_text,
    list_lines,
    opens_bold,
    outside_brackets,
    parted,
    plain,
    raw_text,
    rows_of,
    split_name,
    table_lines,
    unnumbered,
    with_following,
)


def node(markup: str, tag: str) -> LexborNode:
    found = LexborHTMLParser(markup).css_first(tag)
    assert found is not None
    return found


def lines(markup: str) -> list[Line]:
    """The lines of a paragraph with this markup inside."""
    return lines_of_text(raw_text(node(f"<p>{markup}</p>", "p")))


def listed(markup: str) -> list[tuple[int, str]]:
    return [(line.depth, line.text) for line in list_lines(node(markup, "ul"))]


def rows(*markup: str) -> list[list[str]]:
    """The texts of a table's rows, each written as its cells."""
    table = "<table>" + "".join(f"<tr>{row}</tr>" for row in markup) + "</table>"
    return [[cell.text for cell in row] for row in rows_of(node(table, "table"))]


# --- plain text ---


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  a \n\t b  ", "a b"),
        ("a\u00a0b", "a b"),
        ("a\u200bb\ufeff", "ab"),
        ("\u202eabc\u202c", "abc"),
        ("x\x07y", "xy"),
        ("a\u200db", "ab"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("", ""),
    ],
)
def test_plain_text_has_single_blanks_and_nothing_that_cannot_be_seen(text, shown):
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1. Care", "Care"),
        ("(2) Care", "Care"),
        ("12) Care", "Care"),
        ("123. Care", "123. Care"),
        ("1.5 hours", "1.5 hours"),
        ("1.2 Care", "Care"),
        ("1.2.3. Care", "Care"),
        ("1.", "1."),
    ],
)
def test_a_name_loses_the_number_of_its_place_and_no_other(text, name):
    assert unnumbered(text) == name


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Care: why", ("Care", "why")),
        ("Care – why: how", ("Care", "why: how")),
        ("2. Care - why", ("Care", "why")),
        ("Odds (a: b): sums", ("Odds (a: b)", "sums")),
        ("Self-care", ("Self-care", "")),
        ("Range 1:2", ("Range 1:2", "")),
        ("设计：细节", ("设计", "细节")),
        ("Care:", ("Care", "")),
    ],
)
def test_a_name_ends_at_the_first_colon_or_lone_dash_outside_brackets(text, parts):
    assert parted(text) == parts


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (Line("Care: why", bold="Care:"), ("Care", "why")),
        (Line("Care taken: why", bold="Care"), ("Care", "taken: why")),
        (Line("1. Care – why", bold="1. Care"), ("Care", "why")),
        (Line("(1) Care: why", bold="Care"), ("Care", "why")),
        (Line("Care: why"), ("Care", "why")),
    ],
)
def test_a_bold_beginning_is_the_name_whatever_follows_it(line, parts):
    assert split_name(line) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a, b", ["a", " b"]),
        ("a (b, c), d", ["a (b, c)", " d"]),
        ("a [b, {c, d}], e", ["a [b, {c, d}]", " e"]),
        ("a), b", ["a)", " b"]),
        ("a (b, c", ["a (b, c"]),
        ("", [""]),
    ],
)
def test_a_separator_inside_brackets_parts_nothing(text, parts):
    assert outside_brackets(text, ",") == parts


# --- lines of a paragraph ---


def test_wrapping_folds_and_a_stated_break_does_not():
    assert lines("one\n  two<br>three") == [Line("one two"), Line("three")]
    assert lines("1 - hides\n3 - shares\n2 - 3 times") == [Line("1 - hides"), Line("3 - shares 2 - 3 times")]


def test_dash_lines_are_as_deep_as_they_are_indented():
    found = lines("Name\n – a\n   – b\n     – c\n – d")

    assert [(line.depth, line.text) for line in found] == [(0, "Name"), (1, "a"), (2, "b"), (3, "c"), (1, "d")]


def test_a_tab_indents_like_four_blanks():
    found = lines("Name\n- a\n\t- b\n    - c")

    assert [line.depth for line in found] == [0, 1, 2, 2]


@pytest.mark.parametrize("mark", ["-", "–", "•", "*", "→", "✅", "✔️", "🚩"])
def test_every_bullet_mark_makes_a_list_line_and_is_gone(mark):
    assert lines(f"{mark} a<br>{mark} b") == [Line("a", 1), Line("b", 1)]


def test_a_dash_inside_a_sentence_or_before_a_number_is_no_bullet():
    assert lines("5 – 10 people<br>-20 degrees") == [Line("5 – 10 people"), Line("-20 degrees")]


def test_a_line_feed_before_a_label_a_number_or_after_a_colon_begins_a_line():
    found = lines("Assess:\nthis\nPrompt: that\n2. more\nand more")

    assert [line.text for line in found] == ["Assess:", "this", "Prompt: that", "2. more and more"]


def test_a_line_that_is_all_bold_is_one_of_its_own():
    found = lines("text\n<b>Label</b>\nmore")

    assert [(line.text, line.bold) for line in found] == [("text", ""), ("Label more", "Label")]


def test_bold_text_that_is_written_in_two_runs_is_one_beginning():
    assert lines("<b>SQL</b> <b>basics</b>: joins") == [Line("SQL basics: joins", bold="SQL basics")]


def test_a_bullet_inside_bold_text_is_cut_out_of_it():
    assert lines("<b>– Care</b> why") == [Line("Care why", 1, "Care")]


def test_a_text_of_blanks_and_invisible_signs_has_no_lines():
    assert lines(" \u200b<br> \n <b> </b>") == []


def test_a_break_is_a_mark_of_its_own_in_raw_text():
    assert raw_text(node("<p>a<br>b</p>", "p")) == f"a{BREAK}b"


# --- lists ---


def test_a_list_is_as_deep_as_its_markup():
    markup = "<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li><li>d</li></ul>"

    assert listed(markup) == [(1, "a"), (2, "b"), (3, "c"), (1, "d")]


def test_a_list_that_stands_in_a_list_without_an_item_is_one_deeper():
    assert listed("<ul><li>a</li><ul><li>b</li></ul></ul>") == [(1, "a"), (2, "b")]


def test_dash_lines_inside_an_item_are_below_it():
    assert listed("<ul><li>a<br>– b<br>– c</li></ul>") == [(1, "a"), (2, "b"), (2, "c")]


def test_a_second_line_of_an_item_is_below_its_first():
    assert listed("<ul><li>a<br>b</li></ul>") == [(1, "a"), (2, "b")]


def test_items_that_begin_with_a_dash_of_their_own_are_no_deeper_for_it():
    assert listed("<ul><li>– a</li><li>• b</li></ul>") == [(1, "a"), (1, "b")]


def test_what_is_nested_more_than_twelve_deep_is_one_line():
    markup = "<ul><li>x" * 13 + "<ul><li>a</li><li>b</li></ul>" + "</li></ul>" * 13

    found = listed(markup)

    assert max(depth for depth, _ in found) == 13
    assert found[-1] == (13, "xab")


# --- tables ---


def test_a_cell_that_spans_rows_stands_in_each_of_them():
    assert rows('<td rowspan="3">T</td><td>a</td>', "<td>b</td>", "<td>c</td>", "<td>d</td>") == [
        ["T", "a"],
        ["T", "b"],
        ["T", "c"],
        ["d"],
    ]


def test_a_cell_that_spans_columns_is_said_once():
    table = node('<table><tr><td colspan="3">T</td><td>a</td></tr></table>', "table")

    (row,) = rows_of(table)

    assert [(cell.text, cell.span) for cell in row] == [("T", 3), ("", 0), ("", 0), ("a", 1)]


def test_rows_and_columns_that_span_at_once_leave_later_rows_in_order():
    assert rows('<td>a</td><td rowspan="2" colspan="2">T</td><td>b</td>', "<td>c</td><td>d</td>") == [
        ["a", "T", "", "b"],
        ["c", "T", "d"],
    ]


@pytest.mark.parametrize("span", ["0", "x", "", "-3", "9999"])
def test_a_span_that_makes_no_sense_is_one(span):
    assert rows(f'<td colspan="{span}">a</td><td>b</td>') == [["a", "b"]]


def test_a_span_is_thirty_at_most():
    assert len(rows('<td colspan="500">a</td>')[0]) == 30


@pytest.mark.parametrize("blank", ["-", "—", "n/a", "N / A", "&nbsp;", ""])
def test_a_cell_that_says_nothing_is_empty(blank):
    assert rows(f"<td>{blank}</td><td>a</td>") == [["", "a"]]


def test_rows_of_a_table_inside_a_cell_are_not_those_of_the_table():
    assert rows("<td>a<table><tr><td>b</td></tr></table></td>") == [["a b"]]


def test_rows_without_cells_are_left_out():
    assert rows("", "<td>a</td>", "") == [["a"]]


def test_a_row_has_at_most_sixty_written_cells():
    assert len(rows("<td>a</td>" * 100)[0]) == 60


def cells(*texts: str, header: bool = False) -> tuple[Cell, ...]:
    return tuple(Cell(text, header) for text in texts)


def test_a_table_is_a_line_per_row_without_the_row_that_heads_it():
    body = (cells("x", "good"), cells("", ""), cells("y", ""))

    assert table_lines((cells("Criterion", "Good", header=True), *body)) == [Line("x – good", 1), Line("y", 1)]
    assert table_lines((cells("Signals", "Notes"), *body)) == [Line("x – good", 1), Line("y", 1)]
    assert table_lines(body) == [Line("x – good", 1), Line("y", 1)]
    assert table_lines(()) == []


# --- lines themselves ---


@pytest.mark.parametrize(
    ("line", "bold"),
    [
        (Line("Care:", bold="Care"), True),
        (Line("Care", bold="Care:"), True),
        (Line("Care taken", bold="Care"), False),
        (Line("Care"), False),
        (Line("x" * 120, bold="x" * 120), False),
    ],
)
def test_a_bold_line_is_short_and_nothing_but_bold(line, bold):
    assert is_bold_line(line) is bold


def test_a_number_before_the_bold_text_is_no_bold_beginning():
    assert opens_bold(Line("Care: why", bold="Care"))
    assert not opens_bold(Line("1. Care: why", bold="Care"))
    assert not opens_bold(Line("Care"))


def test_each_line_stands_beside_the_next_and_the_last_beside_an_empty_one():
    a, b = Line("a"), Line("b", 1)

    assert list(with_following([a, b])) == [(a, b), (b, Line(""))]
    assert list(with_following([])) == []


def test_a_counted_name_above_its_lines_stays_whole():
    assert [line.text for line in lines("Criterion 1: Care<br>5 – mends<br>1 – tears")] == [
        "Criterion 1: Care",
        "5 – mends",
        "1 – tears",
    ]


def test_a_level_s_word_before_a_dash_begins_a_line():
    assert [line.text for line in lines("Strong - mends\nAverage – keeps\nWeak - tears\nGood maps - a rare thing")] == [
        "Strong - mends",
        "Average – keeps",
        "Weak - tears Good maps - a rare thing",
    ]


# --- levels and names on one line ---


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("<b>1:</b> tears <b>5:</b> mends", ["1: tears", "5: mends"]),
        ("<b>Poor</b>: tears <b>Superb</b>: mends", ["Poor: tears", "Superb: mends"]),
        ("<b>Poor:</b> tears <b>all</b> paper", ["Poor: tears all paper"]),
        ("<b>Rome:</b> hills <b>Bern:</b> bears", ["Rome: hills Bern: bears"]),
        ("1: tears; 3: keeps; 5: mends", ["1: tears", "3: keeps", "5: mends"]),
        ("1: tears; 5: mends", ["1: tears; 5: mends"]),
        ("1: tears; 4: keeps; 5: mends", ["1: tears; 4: keeps; 5: mends"]),
        ("1 = poor; 2 = fair; 3 = good", ["1 = poor; 2 = fair; 3 = good"]),
        ("Tone: 1 = cold; 2 = correct; 3 = warm", ["Tone:", "1 = cold", "2 = correct", "3 = warm"]),
    ],
)
def test_levels_on_one_line_stand_apart_where_all_of_it_is_levels(markup, texts):
    assert [line.text for line in lines(markup)] == texts


@pytest.mark.parametrize("text", ["--- Care ---", "== Care ==", "*** Care ***", "–– Care ––"])
def test_a_name_between_equal_rules_is_as_bold_as_one_can_write_without_markup(text):
    assert lines(text) == [Line("Care", 0, "Care")]


@pytest.mark.parametrize("text", ["--- Care ==", "- Care -", "--- Care", "---"])
def test_rules_that_do_not_match_frame_nothing(text):
    assert [line.bold for line in lines(text)] in ([""], [])


def test_rows_of_a_table_inside_a_cell_are_not_its_own():
    inner = "<table><tr><td>deep</td></tr></table>"

    assert len(rows(f"<td>Care</td><td>{inner}</td>", "<td>Order</td><td>x</td>")) == 2


def test_levels_words_in_one_text_stand_apart_where_all_its_labels_are_such():
    assert [line.text for line in lines("Excellent: mends it. Fair: keeps it. Poor: tears it.")] == [
        "Excellent: mends it.",
        "Fair: keeps it.",
        "Poor: tears it.",
    ]
    assert len(lines("Good: mends it. Note: take care. Poor: tears it.")) == 1
    assert len(lines("Good: mends it. Good: keeps it.")) == 1


# --- texts that become one, and room for a text ---


@pytest.mark.parametrize(
    ("texts", "line"),
    [
        (["lifts", "turns"], "lifts; turns"),
        (["Lifts.", "Turns"], "Lifts. Turns"),
        (["Does:", "lifts,", "turns"], "Does: lifts, turns"),
        (["lifts", "", "turns"], "lifts; turns"),
        (["", "turns"], "turns"),
        ([], ""),
    ],
)
def test_texts_in_one_line_stay_apart_by_their_own_signs_else_by_a_semicolon(texts, line):
    assert in_one_line(texts) == line


@pytest.mark.parametrize(
    ("text", "expected"),
    [("…", True), ("____", True), ("[what you saw]", True), ("-", True), ("n/a", False), ("Care", False)],
)
def test_a_placeholder_only_keeps_room_for_a_text(text, expected):
    assert is_placeholder(text) is expected


def test_rows_of_a_table_s_head_body_and_foot_are_read_and_a_table_in_a_cell_has_none():
    inner = "<table><tr><td>inner</td></tr></table>"
    head, foot = "<thead><tr><th>Care</th></tr></thead>", "<tfoot><tr><td>end</td></tr></tfoot>"
    markup = f"<table>{head}<tbody><tr><td>lifts{inner}</td></tr></tbody>{foot}</table>"

    assert [[cell.text for cell in row] for row in rows_of(node(markup, "table"))] == [
        ["Care"],
        ["lifts inner"],
        ["end"],
    ]
