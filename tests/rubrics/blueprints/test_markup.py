"""Flattening keeps the hiring section, whatever the markup around it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubrics.blueprints.markup import NESTING_LIMIT, flatten
from tests.drill import LONG
from tests.rubrics.role_documents import START, plan_of

LENGTH = 600_000 if LONG else 100_000
HIRING = (
    "<h2>19) Hiring Evaluation Criteria</h2><h3>Strong candidate signals</h3><ul><li>Asks first</li></ul>"
    "<h3>Scorecard dimensions</h3><table><tr><th>Dimension</th><th>Meets bar</th><th>Exceeds bar</th></tr>"
    "<tr><td>Craft</td><td>Tidy</td><td>Teaches</td></tr></table>"
)


def hiring_is_found(markup: str) -> bool:
    found = plan_of(markup)
    return [row.anchors for row in found.dimensions] == [{3: "Tidy", 5: "Teaches"}] and found.strong == ("Asks first",)


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<ul>", "</ul>", "<li>", "</li>", "<table>", "</table>", "<tr>", "<td>", "<b>", "</b>"),
        *("<h2>2)x</h2>", "<h4>", "</h4>", "<div>", "</div>", "<svg>", "</svg>", "<!--", "-->", "<", ">", "<br>"),
        *("&amp;", "&#0;", "&#x202e;", "text", "<td><h3>y</h3></td>"),
    ]
)


@pytest.mark.parametrize(
    "between",
    [
        "<div>" * 5000,
        "<div>" * 300 + "x" + "</div>" * 300,
        "<b>" * 5000,
        "<ul><li>" * 400,
        "<table><tr><td>" * 400,
        "<table><tr><td>never closed",
        "<ul><li>never closed",
        "</table></ul></div></p>",
        "<svg><text>",
        "<template>",
        "<!-- a note --><script>if (1 < 2) alert()</script>",
        '<p title="a > b">quoted</p>',
        "<p>3 < 5 and 7 > 6</p>",
    ],
)
def test_nothing_before_it_loses_the_hiring_section(between):
    assert hiring_is_found(START + between + HIRING)


def test_lost_nesting_of_lists_is_told_and_lost_wrappers_are_not():
    deep = flatten("<ul><li>" * (NESTING_LIMIT + 1))
    wrapped = flatten("<div>" * 1000)

    assert deep.too_deep is True
    assert wrapped.too_deep is False


@pytest.mark.parametrize("tag", ["script", "style", "iframe", "svg", "template", "noscript", "textarea", "math"])
def test_text_of_silent_elements_is_gone(tag):
    markup = flatten(f"<p>kept</p><{tag}>secret<{tag}>secret</{tag}></{tag}><p>kept too</p>").markup

    assert "secret" not in markup
    assert markup.count("kept") == 2


def test_only_spans_survive_as_attributes():
    markup = flatten('<table><tr><td colspan="2" onclick="x()" style="a">y</td></tr></table><p onerror=z()>w').markup

    assert markup == '<table><tr><td colspan="2">y</td></tr></table><p>w'


def test_wrappers_part_texts():
    found = plan_of(START + "<div>One thing</div><div>Another</div>" + HIRING)

    assert "One thingAnother" not in re.sub(r"<[^>]+>", "", found.sections[1].html)


def test_a_break_is_a_line_and_wrapping_is_not():
    area = "<li><strong>Judgement</strong><br>\n- priorities,\n  trade-offs (cost, speed), range 1–5</li>"
    found = plan_of(START + HIRING + f"<h3>What to assess in interviews</h3><ol>{area}</ol>")

    assert [(row.name, row.topics) for row in found.focus_areas] == [
        ("Judgement", ("priorities", "trade-offs (cost, speed)", "range 1–5"))
    ]


def test_headings_inside_list_items_and_cells_keep_their_text():
    cell = HIRING.replace("<td>Craft</td>", "<td><h4>Craft</h4></td>")
    item = "<h3>Practical exercises</h3><ol><li><h4>Exercise A: Plan</h4><p>Prompt: Draw it.</p></li></ol>"
    found = plan_of(START + cell + item)

    assert [row.name for row in found.dimensions] == ["Craft"]
    assert [(row.label, row.title, row.prompt) for row in found.exercises] == [("A", "Plan", "Draw it.")]


@pytest.mark.parametrize(
    "filler",
    [
        "<p>text &amp; more</p>",
        "a<br>",
        "word\n",
        "<li>item</li>",
        "<svg>",
        '<a ="',
        "<a ='>' ",
        "<!--",
        "</ul>",
        "<h4>",
    ],
)
def test_a_long_document_of_one_piece_is_read_to_its_end(filler):
    markup = START + filler * (LENGTH // len(filler))

    assert plan_of(markup) is not None


@settings(max_examples=150 if LONG else 30)
@given(st.lists(PIECES, max_size=40))
def test_any_tangle_is_read_plain(pieces):
    found = plan_of(START + " ".join(pieces))

    assert not re.search("[\u202a-\u202e\x00-\x08]", str(found.as_json()))
    assert not re.search(r"<(?:svg|script|h2)|on\w+=", "".join(row.html for row in found.sections))


# --- what comes out of a few tags ---


@pytest.mark.parametrize(
    ("markup", "flat"),
    [
        ("<P CLASS=x>a</P>", "<p>a</p>"),
        ("<p>a<br/>b<hr></p>", "<p>a<br>b<hr></p>"),
        ("<b>a</b> <strong>b</strong> <i>c</i>", "<strong>a</strong> <strong>b</strong> <em>c</em>"),
        ("a<div>b</div>c", "a<hr>b<hr>c"),
        ("<ul><li><div>a</div><div>b</div></li></ul>", "<ul><li><br>a<br>b<br></li></ul>"),
        ("<custom-tag>a</custom-tag><a href=x>b</a>", "ab"),
        ("<p>a</ul></table>b</p>", "<p>ab</p>"),
        ("<tr><td>a</td></tr>", "<hr>a<hr>"),
        ("a < b > c", "a < b > c"),
        ("<!-- a --><!DOCTYPE html><?php b ?>c", "c"),
        ("<!-->a", "a"),
        ("<!-- never closed", ""),
        ("", ""),
    ],
)
def test_a_few_tags_become_fewer(markup, flat):
    assert flatten(markup).markup == flat


def test_a_heading_closes_every_list_and_table_that_is_open():
    flat = flatten("<ul><li>a<table><tr><td>b<h2>Head</h2>c").markup

    assert flat == "<ul><li>a<table><tr><td>b</table></ul><h2>Head</h2>c"


def test_a_heading_that_is_all_its_cell_holds_stays_in_the_cell():
    assert flatten("<table><tr><td><h4>a</h4></td></tr></table>").markup == "<table><tr><td><br>a</td></tr></table>"


def test_a_heading_ends_where_the_next_block_begins():
    assert flatten("<h2>a<p>b</p>").markup == "<h2>a</h2><p>b</p>"
    assert flatten("<h2><p>a</p></h2>").markup == "<h2>a</h2></p>"
    assert flatten("<h2>a<h3>b</h3>").markup == "<h2>a</h2><h3>b</h3>"


def test_an_item_behind_a_heading_inside_its_list_gets_a_list_of_its_own():
    assert flatten("<ul><li>a<h3>Head</h3><li>b</li></ul>").markup == ("<ul><li>a</ul><h3>Head</h3><ul><li>b</li></ul>")


def test_bold_text_is_nested_three_deep_at_most():
    assert flatten("<b>" * 5 + "a" + "</b>" * 5).markup == "<strong>" * 3 + "a" + "</strong>" * 3


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title>a &amp; b</title>", "a &amp; b"),
        ("<title>a</title><title>b</title>", "a"),
        ("<svg><title>a</title></svg>", ""),
        ("<p>a</p>", ""),
    ],
)
def test_the_page_s_title_is_the_first_one_outside_drawings(markup, title):
    assert flatten(markup).title == title


def test_what_stands_behind_an_element_that_is_never_closed_goes_on_at_the_next_heading():
    assert flatten("<script>a<p>b</p><h2>Head</h2>c").markup == "<h2>Head</h2>c"
    assert flatten("<script>a<p>b</p>").markup == ""


def test_lists_are_nested_as_deep_as_the_limit():
    exact = "<ul>" * NESTING_LIMIT + "a" + "</ul>" * NESTING_LIMIT

    assert flatten(exact).markup == exact
    assert flatten(exact).too_deep is False
    assert flatten(f"<ul>{exact}</ul>").markup.count("<ul>") == NESTING_LIMIT


# --- what is struck out, raised or made bold by a style ---


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Finds 2<sup class='fn' data-fn='a'><a href='#a'>1</a></sup>.", "Finds 2."),
        ("Finds 2<sup><a href='#note'>1</a></sup>.", "Finds 2."),
        ("Finds 2<a href='#_ftn1'><sup>[1]</sup></a>.", "Finds 2."),
        ("10<sup>6</sup> rows of H<sub>2</sub>O", "10⁶ rows of H₂O"),
        ("the 5<sup>th</sup>", "the 5th"),
        ("<del>old</del><s>er</s> <strike>gone</strike><ins>new</ins>", " new"),
        ("<span style='text-decoration:line-through'>old</span>new", "new"),
        ("a <s>b never closed", "a b never closed"),
        ("<ruby>佐藤<rp>(</rp><rt>さとう</rt><rp>)</rp></ruby>さん", "佐藤さん"),
        ("<ruby>佐<rt>さ<rb>藤<rt>とう</ruby>さん", "佐藤さん"),
        ("<ruby>佐藤<rt>never closed", "佐藤"),
        ("<a href='https://example.org'>kept</a> <a href='#notes-for-all'>too</a>", "kept too"),
    ],
)
def test_footnotes_and_struck_out_text_are_left_out_and_figures_stay_raised(markup, text):
    assert flatten(f"<p>{markup}</p>").markup == f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("markup", "flat"),
    [
        ("<style>.c1{font-weight:700}</style><p><span class=c1>a</span> b</p>", "<p><strong>a</strong> b</p>"),
        ("<p><span style='font-weight: bold'>a</span> b</p>", "<p><strong>a</strong> b</p>"),
        ("<p style='font-weight:700'>a</p><p>b</p>", "<p><strong>a</strong></p><p>b</p>"),
        ("<b style='font-weight:normal'><p>a</p></b>", "<p>a</p>"),
        ("<p><span>a <b>b</b></span></p>", "<p>a <strong>b</strong></p>"),
    ],
)
def test_bold_by_style_or_class_is_bold(markup, flat):
    assert flatten(markup).markup == flat


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<p class='title'>Weaver: Role Blueprint</p><h2>1) Role Summary</h2>", "Weaver: Role Blueprint"),
        ("<ul><li>Menu</li></ul><p>Weaver</p><h2>Role summary</h2>", "Weaver"),
        ("<p>Hello.</p><h1>Weaver</h1>", ""),
        (f"<p>{'word ' * 40}</p><h2>1) Role</h2>", ""),
        ("<title>Page</title><p>Weaver</p><h2>1) Role</h2>", "Page"),
    ],
)
def test_the_paragraph_before_the_first_section_is_the_title_where_there_is_none(markup, title):
    assert flatten(markup).title == title


@pytest.mark.parametrize(
    "markup",
    ["<p>a <s>b <s>c never closed</p>", "<p>a <del>b</p><p>c</p><p><del>never closed</p>"],
)
def test_struck_out_text_that_is_never_closed_is_kept_each_time(markup):
    text = re.sub("<[^>]*>", "", markup)

    assert re.sub("<[^>]*>", "", flatten(markup).markup).split() == text.split()


def test_letters_that_get_longer_in_lower_case_do_not_shift_what_is_cut_out():
    assert flatten("<p>İzmir</p><SCRIPT>secret</SCRIPT><p>İstanbul</p>").markup == "<p>İzmir</p><p>İstanbul</p>"


def test_how_a_sign_is_read_ends_soon_or_is_text():
    long = "x" * 500

    assert long in flatten(f"<p><ruby>字<rt>{long}</p>").markup


def test_what_opens_a_folded_part_is_a_bold_line_of_its_own():
    folded = "<details><summary>Care</summary><p>1 – a</p></details>"

    assert "<p><strong>Care</strong></p><p>1 – a</p>" in flatten(folded).markup


def test_folded_parts_are_dimensions_of_a_scorecard():
    levels = "<p>1 – tears</p><p>3 – keeps</p><p>5 – restores</p>"
    parts = "".join(f"<details><summary>{name}</summary>{levels}</details>" for name in ("Care", "Order"))

    found = plan_of(f"<h1>Scorecard: archivist</h1>{parts}")

    assert [(row.name, row.anchors) for row in found.dimensions] == [
        ("Care", {1: "tears", 3: "keeps", 5: "restores"}),
        ("Order", {1: "tears", 3: "keeps", 5: "restores"}),
    ]


def test_an_end_tag_inside_a_cell_closes_no_list_around_its_table():
    markup = flatten("<ul><li>a<table><tr><td>b</ul>c</td></tr></table></li><li>d</li></ul>").markup

    assert markup.index("d") < markup.rindex("</ul>")
    assert markup.index("</table>") < markup.index("</ul>")
