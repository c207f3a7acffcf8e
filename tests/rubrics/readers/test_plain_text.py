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
