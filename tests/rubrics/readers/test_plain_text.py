"""Plain text: headings by place and shape, lists by bullets and indent, tables by tabs and gaps."""

import pytest

from rubrics.readers.plain_text import has_headings, read

TEXT = """Night porter: Role Blueprint

1) Role Summary

Opens the door
at night.

2) Hiring

STRONG SIGNALS
  - Greets first
    and smiles
      * by name
  - Locks up

Plain label

Competency   1        3
Calm         shouts   breathes
"""


def test_a_text_is_read_as_headings_lists_and_tables():
    assert read(TEXT).markup == (
        "<h1>Night porter: Role Blueprint</h1>"
        "<h2>1) Role Summary</h2><p>Opens the door\nat night.</p><h2>2) Hiring</h2>"
        "<h3>STRONG SIGNALS</h3><ul><li>Greets first and smiles</li><ul><li>by name</li></ul><li>Locks up</li></ul>"
        "<h3>Plain label</h3>"
        "<table><tr><th>Competency</th><th>1</th><th>3</th></tr><tr><td>Calm</td><td>shouts</td><td>breathes</td></tr>"
        "</table>"
    )


def test_sections_may_follow_each_other_without_an_empty_line():
    text = "Porter: Role Blueprint\n1) Role\nOpens.\n2) Hiring\nRed flags:\n- sleeps\n3) Table\nName | 1\nCalm | no\n"

    assert read(text).markup == (
        "<h1>Porter: Role Blueprint</h1><h2>1) Role</h2><p>Opens.</p><h2>2) Hiring</h2><h3>Red flags</h3>"
        "<ul><li>sleeps</li></ul><h2>3) Table</h2>"
        "<table><tr><th>Name</th><th>1</th></tr><tr><td>Calm</td><td>no</td></tr></table>"
    )


def test_a_numbered_list_is_no_row_of_sections():
    assert "<h" not in read("Do this, please.\n1) open\n2) close\n3) lock\nThen go.\n").markup


def test_markup_in_a_text_is_text():
    assert read("Title\n\n- a <b> c\n").markup == "<h1>Title</h1><ul><li>a &lt;b&gt; c</li></ul>"


def test_an_underline_is_no_text():
    assert read("Strong signals\n==============\nGreets first, always.\n").markup.startswith(
        "<h1>Strong signals</h1><p>"
    )


@pytest.mark.parametrize("text", ["just words", "Dear all, this is a letter.\n\nIt has two sentences. Bye.", ""])
def test_words_alone_head_nothing(text):
    assert "<h" not in read(text).markup


def test_numbered_lines_are_sections_where_there_are_two():
    assert has_headings(TEXT)
    assert not has_headings("1) one thing")


def test_lines_that_count_up_from_one_are_a_list():
    markup = read("SHEET\n\nRate each.\n\n1. Care - lifts\n2. Order - sorts\n   and finds\n").markup

    assert "<ol><li>Care - lifts</li><li>Order - sorts and finds</li></ol>" in markup


def test_lines_that_do_not_count_up_are_no_list():
    assert "<ol>" not in read("Notes\n\nOne\n3. a thing\n7. another thing\n").markup


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("Care\n\n1 - tears maps\n3 - keeps maps\n", "<h1>Care</h1><p>1 - tears maps\n3 - keeps maps</p>"),
        (
            "Form\n\nEXERCISE: SHELVE A BOX (20 minutes)\n\nTen maps.\n",
            "<h1>Form</h1><h2>EXERCISE: SHELVE A BOX (20 minutes)</h2><p>Ten maps.</p>",
        ),
        (
            "Form\n\nName of applicant ______\n\nCare\n\nx.\n",
            "<h1>Form</h1><p>Name of applicant ______</p><h2>Care</h2><p>x.</p>",
        ),
        ("Care\n\n[ ] superb\n[ ] poor\n", "<h1>Care</h1><ul><li>superb</li><li>poor</li></ul>"),
    ],
)
def test_levels_blanks_and_boxes_are_no_headings_and_capitals_are(text, markup):
    assert read(text).markup == markup


def test_bars_between_aligned_columns_are_no_part_of_their_cells():
    markup = read("Criterion   | 1      | 3\nCare        | tears  | keeps maps\n").markup

    assert markup == (
        "<table><tr><th>Criterion</th><th>1</th><th>3</th></tr>"
        "<tr><td>Care</td><td>tears</td><td>keeps maps</td></tr></table>"
    )


def test_lines_that_end_in_a_scale_stay_apart_and_head_nothing():
    markup = read("Form\n\nCare ...... 1 2 3 4\nOrder ..... 1 2 3 4\n").markup

    assert markup == "<h1>Form</h1><p>Care ...... 1 2 3 4<br>Order ..... 1 2 3 4</p>"


def test_numbers_before_a_gap_in_several_lines_are_levels():
    markup = read("Form\n\nCare (20%)\n  3  keeps maps\n  1  tears maps\n\n12  Long Lane\n").markup

    assert "<h2>Care (20%)</h2><p>  3 – keeps maps\n  1 – tears maps</p>" in markup
    assert "12  Long Lane" in markup


# --- what a line is, by its shape --------------------------------------------------------
LETTER = "Guide\n\n{}\n\nSay hello first, then listen.\n"


@pytest.mark.parametrize(
    "line",
    [
        "Care of maps",
        "Care of maps:",
        "x" * 90,
        "one two three four five six seven eight nine ten eleven twelve",
        "CARE: ALL OF IT",
        "CARE: ALL OF IT (by hand)",
        "  Care",
    ],
)
def test_a_short_line_between_empty_ones_is_a_heading(line):
    assert f"<h2>{line.strip().rstrip(':')}</h2>" in read(LETTER.format(line)).markup


@pytest.mark.parametrize(
    "line",
    [
        "Care of maps.",
        "Care, of course,",
        "Why maps?",
        "x" * 91,
        "one two three four five six seven eight nine ten eleven twelve thirteen",
        "Care: all of it",
        "Signed ___",
        "Care   Maps",
        "Care\tMaps",
        "12 345",
        "- Care",
        "Care of maps\nand of plans",
    ],
)
def test_a_sentence_an_item_a_row_or_a_line_that_goes_on_is_none(line):
    assert "<h2>" not in read(LETTER.format(line)).markup


@pytest.mark.parametrize("bullet", ["-", "–", "•", "*", "▪", "○", "➤", "✔", "☐", "✓\ufe0f", "[ ]", "[]", "o "])
def test_many_signs_stand_before_items(bullet):
    assert read(f"Care\n\n{bullet} keeps\n{bullet} mends\n").markup == (
        "<h1>Care</h1><ul><li>keeps</li><li>mends</li></ul>"
    )


def test_a_letter_or_sign_that_is_no_bullet_stays_in_its_line():
    assert "\no keeps\n-mends</p>" in read("Care\n\nMaps, as ever.\no keeps\n-mends\n").markup


@pytest.mark.parametrize("rule", ["---", "=====", "~~~", "___", "***", "  ###  ", "- - -", "* * * * *"])
def test_a_line_of_one_sign_is_no_text(rule):
    assert read(f"Care\n{rule}\nKeeps maps, always.\n").markup == "<h1>Care</h1><p>Keeps maps, always.</p>"


@pytest.mark.parametrize("rule", ["--", "-=-=-", "= =", "-" * 200])
def test_two_signs_or_mixed_or_very_many_are_text(rule):
    assert rule in read(f"Care.\n{rule}\nKeeps maps, always.\n").markup


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("Section 1: Role\nOpens.\nSection 2: Hiring\nx.\n", 2),
        ("#1. Role\nOpens.\n#2. Hiring\nx.\n", 2),
        ("2) Role\nOpens.\n1) Hiring\nx.\n", 0),
        ("    1) Role\nOpens.\n    2) Hiring\nx.\n", 0),
        ("100) Role\nOpens.\n200) Hiring\nx.\n", 0),
    ],
)
def test_numbered_lines_head_sections_where_they_count_up(text, headings):
    assert read(f"Dear all, read on.\n{text}").markup.count("<h") == headings


def test_sections_in_capitals_stand_above_the_other_headings():
    text = "Guide\n\nSIGNALS\n\nStrong ones\n\nGreets, always.\n\nTASKS\n\nFirst one\n\nLocks, always.\n"

    found = read(text).markup

    assert [f"<h{level}>{name}" in found for level, name in ((1, "Guide"), (2, "SIGNALS"), (3, "Strong ones"))] == [
        True
    ] * 3
    assert "<h2>TASKS" in found


def test_one_section_in_capitals_stands_beside_the_others():
    text = "Guide\n\nSIGNALS\n\nGreets, always.\n\nTasks\n\nLocks, always.\n"

    assert "<h2>SIGNALS" in read(text).markup
    assert "<h2>Tasks" in read(text).markup


def test_a_first_line_with_nothing_below_it_is_no_title():
    assert "<h1>" not in read("Guide\n\n").markup
    assert read("Guide\nthat goes on\n\nand on.\n").markup.count("<h") == 0


def test_a_label_above_a_list_is_a_heading_though_text_stands_above_it():
    assert read("Guide\n\nRead on.\nRed flags:\n- sleeps\n").markup.endswith(
        "<h2>Red flags</h2><ul><li>sleeps</li></ul>"
    )
    assert "<h2>" not in read("Guide\n\nRead on.\nRed flags: two\n- sleeps\n").markup
    assert "<h2>" not in read("Guide\n\nRead on.\nRed flags\n- sleeps\n").markup


def test_items_stand_as_deep_as_they_are_indented_and_come_back():
    markup = read("Care\n\n- a\n\t- b\n        - c\n    - d\n- e\n").markup

    assert markup == ("<h1>Care</h1><ul><li>a</li><ul><li>b</li><ul><li>c</li></ul><li>d</li></ul><li>e</li></ul>")


def test_one_row_of_columns_is_a_line_of_text():
    assert "<table>" not in read("Care\n\nMaps   Plans\n").markup


def test_a_table_ends_with_a_line_of_another_kind():
    markup = read("Care\n\nA   B\n1   2\nand more.\n").markup

    assert markup.endswith("</table><p>and more.</p>")


def test_lines_end_as_windows_and_old_macs_end_them():
    assert read("\ufeffCare\r\n\r\n- a\r\n").markup == read("Care\r\r- a\r").markup == read("Care\n\n- a\n").markup


def test_a_counted_list_keeps_lines_that_go_on_and_has_two_items_at_least():
    assert "<ol>" not in read("Care\n\nDo, please:\n1. one thing\n").markup
    assert "<ol><li>one</li><li>two</li></ol>" in read("Care\n\nDo, please:\n(1) one\n(2) two\n").markup


@pytest.mark.parametrize(
    "text",
    [
        "1) Role\nOpens.\nand closes.\n",
        "1) Role\n\nOpens.\n2) Hiring\nx.\n",
        "1) open\n2) close\nand wait, please.\n3) lock\n4) leave\nand wait, please.\n",
        "- Red flags:\n- sleeps\n",
        "Red flags: two:\n- sleeps\n",
    ],
)
def test_one_number_a_list_and_an_item_head_nothing(text):
    assert "<h" not in read(f"Dear all, read on.\n{text}").markup


@pytest.mark.parametrize(
    "text",
    [
        "Care\n\nTact\n",
        "Read, please.\n1) Role\nOpens.\n2) Hiring\n",
        "1) open\n2) close\n\n3) lock\n4) leave\n",
        f"1) {'x' * 90}\n\n2) {'x' * 90}\n",
        "1) Opens.\n\n2) Closes.\n",
    ],
)
def test_sections_by_number_stand_after_an_empty_line_and_are_short(text):
    assert not has_headings(text)


def test_an_indented_line_below_a_table_is_no_row_of_it():
    assert read("Care\n\nA   B\n1   2\n  and more, too.\n").markup.endswith("</table><p>  and more, too.</p>")


def test_bars_around_a_row_are_no_columns():
    markup = read("Care, please.\n\n| Name | 1 |\n| Tact | no |\n").markup

    assert markup.endswith("<tr><th>Name</th><th>1</th></tr><tr><td>Tact</td><td>no</td></tr></table>")


def test_a_tab_is_four_blanks_deep():
    assert "<ul><li>b</li><li>c</li></ul>" in read("Care\n\n- a\n\t- b\n    - c\n").markup


def test_room_for_a_mark_below_a_list_is_no_part_of_its_last_item():
    assert read("Care\n\n  * mends\n  * asks\n  mark: __\n\nTact\n").markup.endswith(
        "<ul><li>mends</li><li>asks</li></ul><p>  mark: __</p><h2>Tact</h2>"
    )
