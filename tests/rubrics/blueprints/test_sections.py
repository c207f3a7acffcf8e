"""Sections and the numbers that their headings state."""

import pytest

from rubrics.blueprints.lines import Line
from rubrics.blueprints.sections import Block, Parsed, acts_as_heading, cut_into_sections
from tests.rubrics.role_documents import read, sections_of


def sections(*headings: str, level: int = 2) -> list[tuple]:
    found = read("".join(f"<h{level}>{heading}</h{level}><p>x</p>" for heading in headings))
    return [(row["number"], row["title"]) for row in found["sections"]]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("1) Role", "2. Mission", "19 – Hiring"), [(1, "Role"), (2, "Mission"), (19, "Hiring")]),
        (("Role", "Mission", "Hiring"), [(None, "Role"), (None, "Mission"), (None, "Hiring")]),
        (("Section 1: Role", "SECTION 12 – Hiring"), [(1, "Role"), (12, "Hiring")]),
        (("I. Role", "IV: Mission", "XIX) Hiring"), [(1, "Role"), (4, "Mission"), (19, "Hiring")]),
        (("1 Role", "2 Mission", "3 Hiring"), [(1, "Role"), (2, "Mission"), (3, "Hiring")]),
        (("(1) Role", "[2] Mission", "#3 Hiring"), [(1, "Role"), (2, "Mission"), (3, "Hiring")]),
        (("1.0 Role", "2.0 Hiring"), [(1, "Role"), (2, "Hiring")]),
        (("30-day role goals", "24/7 hiring"), [(None, "30-day role goals"), (None, "24/7 hiring")]),
        (("I manage roles", "Hiring", "Skills"), [(None, "I manage roles"), (None, "Hiring"), (None, "Skills")]),
        (("1)<br>Role &amp;<br>Aim", "2)&nbsp;Hiring\u202e"), [(1, "Role & Aim"), (2, "Hiring")]),
    ],
)
@pytest.mark.parametrize("level", [1, 2, 3])
def test_sections_have_the_number_that_their_heading_states(headings, expected, level):
    assert sections(*headings, level=level) == expected


@pytest.mark.parametrize(
    "markup",
    [
        "<h1>Engineer</h1><h2>1) Role</h2><p>a</p><h2>2) Hiring</h2><h3>1. Red flags</h3><h3>2. Weak</h3><h3>3. x</h3>",
        "<p><strong>1) Role</strong></p><p>a</p><p><strong>2) Hiring</strong></p><p>x</p>",
        "<h1>Site</h1><h1>Engineer</h1><h2>1) Role</h2><p>a</p><h2>2) Hiring</h2><h3>1. Red flags</h3>",
    ],
)
def test_numbered_sub_headings_page_titles_and_bold_headings(markup):
    found = read(markup)["sections"]

    assert [(row["number"], row["title"]) for row in found if row["number"]] == [(1, "Role"), (2, "Hiring")]


# --- where a document is cut ---


def cut(markup: str) -> list[tuple[int | None, str, list[str]]]:
    """Number and title of each section, and the headings inside it."""
    return [
        (row.number, row.title, [block.text for block in row.blocks if block.is_heading]) for row in sections_of(markup)
    ]


def test_the_highest_level_that_is_numbered_twice_is_cut():
    markup = "<h1>Engineer</h1><h2>1) Role</h2><h3>1. a</h3><h3>2. b</h3><h2>2) Hiring</h2>"

    assert cut(markup) == [(1, "Role", ["1. a", "2. b"]), (2, "Hiring", [])]


def test_without_numbers_the_level_that_names_a_role_twice_is_cut():
    markup = "<h1>News</h1><h1>Blog</h1><h2>Role summary</h2><p>x</p><h2>Hiring</h2>"

    assert [title for _, title, _ in cut(markup)] == ["Blog", "Role summary", "Hiring"]


def test_without_either_the_highest_level_that_is_used_twice_is_cut():
    assert cut("<h1>One</h1><h3>a</h3><h3>b</h3>") == [(None, "a", []), (None, "b", [])]


def test_a_single_heading_is_a_section():
    assert cut("<h3>Role</h3><p>x</p>") == [(None, "Role", [])]


def test_a_page_title_with_text_of_its_own_is_a_section():
    bare = "<h1>Site</h1><h2>1) Role</h2><h2>2) Hiring</h2>"
    own = "<h1>Site</h1><p>About us.</p><h2>1) Role</h2><h2>2) Hiring</h2>"

    assert [title for _, title, _ in cut(bare)] == ["Role", "Hiring"]
    assert [title for _, title, _ in cut(own)] == ["Site", "Role", "Hiring"]


def test_what_stands_above_the_first_section_is_left_out():
    (first, _) = sections_of("<p>Menu</p><h2>1) Role</h2><p>x</p><h2>2) Hiring</h2>")

    assert [line.text for block in first.blocks for line in block.lines] == ["x"]


def test_parts_of_the_hiring_section_on_the_level_of_sections_are_moved_below_it():
    markup = "<h2>1) Role</h2><h2>2) Hiring</h2><h2>Red flags</h2><h2>Weak signals</h2><h2>3) Career</h2>"

    assert cut(markup) == [(1, "Role", []), (2, "Hiring", ["Red flags", "Weak signals"]), (3, "Career", [])]


def test_a_part_s_name_outside_the_hiring_section_is_a_section():
    assert [title for _, title, _ in cut("<h2>1) Role</h2><h2>Red flags</h2><h2>2) Hiring</h2>")] == [
        "Role",
        "Red flags",
        "Hiring",
    ]


def test_where_most_headings_of_a_level_have_no_number_they_are_sub_headings():
    inner = "<h2>a</h2><h2>b</h2><h2>c</h2>"
    markup = f"<h2>1) Role</h2>{inner}<h2>2) Skills</h2>{inner}<h2>3) Hiring</h2>"

    assert cut(markup) == [
        (1, "Role", ["a", "b", "c"]),
        (2, "Skills", ["a", "b", "c"]),
        (3, "Hiring", []),
    ]


def test_numbered_bold_paragraphs_are_sections_where_there_is_no_heading():
    markup = "<p><b>1) Role:</b></p><p>x</p><p><b>Note</b></p><p><b>2) Hiring</b></p>"

    found = sections_of(markup)

    assert [(row.number, row.title) for row in found] == [(1, "Role"), (2, "Hiring")]
    assert len(found[0].blocks) == 2


def test_a_document_without_headings_has_no_sections():
    assert cut_into_sections([Parsed(Block("text", lines=(Line("x"),)), "<p>x</p>")]) == ()
    assert cut_into_sections([]) == ()


@pytest.mark.parametrize(
    ("headings", "numbers"),
    [
        (("I. Role", "II. Role", "III. Role"), [1, 2, 3]),
        (("IX. Role", "XIV. Role", "XXX. Role"), [9, 14, 30]),
        (("I. Role", "Role", "Role"), [None, None, None]),
        (("1 Role", "2 Role", "Role"), [1, 2, None]),
        (("1 Role", "Role", "Role"), [None, None, None]),
    ],
)
def test_bare_and_roman_numbers_count_where_most_headings_have_one(headings, numbers):
    assert [number for number, _ in sections(*headings)] == numbers


# --- what a section shows ---


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<p onclick='x()'>a <script>b</script></p>", "<p>a </p>"),
        ("<p><a href='https://example.org'>a</a> <em>b</em></p>", "<p>a <em>b</em></p>"),
        ("<p>a&nbsp;b\u202e</p>", "<p>a&nbsp;b</p>"),
        ("<pre style='x'>a</pre>", "<pre>a</pre>"),
    ],
)
def test_a_section_s_html_has_structural_tags_and_spans_only(markup, shown):
    assert sections_of(f"<h2>1) Role</h2>{markup}<h2>2) Role</h2>")[0].html == shown


def test_a_table_keeps_its_spans_and_no_other_attribute():
    markup = "<table><tr><td colspan=2 style='x'>a</td></tr></table>"

    html = sections_of(f"<h2>1) Role</h2>{markup}<h2>2) Role</h2>")[0].html

    assert '<td colspan="2">a</td>' in html
    assert "style" not in html


@pytest.mark.parametrize(
    ("block", "heading"),
    [
        (Block("text", lines=(Line("Care", bold="Care"),)), True),
        (Block("text", lines=(Line("Care: why", bold="Care:"),)), False),
        (Block("text", lines=(Line("Care", bold="Care"), Line("x"))), False),
        (Block("list", lines=(Line("Care", 1, "Care"),)), False),
        (Block("heading", level=2, text="Care"), False),
    ],
)
def test_a_paragraph_of_one_bold_line_acts_as_a_heading(block, heading):
    assert acts_as_heading(block) is heading


def test_what_stands_around_three_numbered_sections_is_no_section():
    markup = "<h2>Subscribe</h2><p>x</p><h2>1) Role</h2><h2>2) Skills</h2><h2>3) Hiring</h2><h2>Read also</h2><p>y</p>"

    assert [title for _, title, _ in cut(markup)] == ["Role", "Skills", "Hiring"]


def test_bold_paragraphs_are_headings_where_there_are_no_others():
    assert cut("<p><b>Scale</b></p><p>x</p><p><b>Criteria</b></p><p>y</p>") == [
        (None, "Scale", []),
        (None, "Criteria", []),
    ]


def test_a_table_without_any_heading_is_a_section_named_by_the_line_above_it():
    row = "<table><tr><td>a</td></tr></table>"

    assert [title for _, title, _ in cut(f"<p>Score sheet</p>{row}")] == ["Score sheet"]
    assert cut_into_sections([Parsed(Block("table"), row)]) == ()


def test_a_table_above_the_first_heading_is_kept():
    markup = "<p>Score sheet</p><table><tr><td>a</td></tr></table><h2>Decision</h2><p>x</p><h2>Notes</h2><p>y</p>"

    assert [title for _, title, _ in cut(markup)] == ["Score sheet", "Decision", "Notes"]


def test_headings_of_levels_are_no_numbered_sections():
    levels = "<h4>1 - Poor</h4><p>a</p><h4>2 - Good</h4><p>b</p>"

    titles = [row.title for row in sections_of(f"<h1>Sheet</h1><h2>Care</h2>{levels}<h2>Order</h2>{levels}")]

    assert titles == ["Care", "Order"]


@pytest.mark.parametrize(
    ("title", "belongs"),
    [("Red flags", True), ("Exercise", True), ("Perks", False), ("Red flags in our last ten teams", False)],
)
def test_a_last_part_without_a_number_belongs_to_the_numbered_ones_up_to_its_first_sub_heading(title, belongs):
    numbered = "<h2>1) Care</h2><h2>2) Order</h2><h2>3) Songs</h2>"
    last = f"<h2>{title}</h2><ul><li>Lies</li></ul><h4>More forms</h4><ul><li>A letter</li></ul>"

    found = sections_of(numbered + last)

    assert [row.title for row in found] == ["Care", "Order", "Songs", *[title] * belongs]
    if belongs:
        assert [line.text for block in found[-1].blocks for line in block.lines] == ["Lies"]


def test_red_flags_behind_what_the_scores_mean_belong_to_the_numbered_sections():
    numbered = "".join(f"<h3>{number}. Why {number}?</h3><p>So.</p>" for number in (1, 2, 3))
    behind = (
        "<h2>How we score</h2><p>1 to 3.</p><h2>Red flags to watch for</h2><p>Lies.</p><h2>Related posts</h2><p>x</p>"
    )
    sections = sections_of(f"<h1>Interview questions</h1>{numbered}{behind}")

    assert [row.title for row in sections] == ["Why 1?", "Why 2?", "Why 3?", "Red flags to watch for"]
