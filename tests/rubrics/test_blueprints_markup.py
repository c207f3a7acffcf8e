"""Flattening keeps the hiring section, whatever the markup around it; family variants that tables and lines meet."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubrics.blueprints.documents import load
from rubrics.blueprints.markup import NESTING_LIMIT, flatten
from rubrics.blueprints.plan import ImportPlan, plan

START = "<h2>1) Role Summary</h2><p>Keeps the lights on.</p><h2>2) Role Mission</h2><p>Calm nights.</p>"
HIRING = (
    "<h2>19) Hiring Evaluation Criteria</h2><h3>Strong candidate signals</h3><ul><li>Asks first</li></ul>"
    "<h3>Scorecard dimensions</h3><table><tr><th>Dimension</th><th>Meets bar</th><th>Exceeds bar</th></tr>"
    "<tr><td>Craft</td><td>Tidy</td><td>Teaches</td></tr></table>"
)


def read(markup: str) -> ImportPlan:
    return plan(load(markup.encode(), filename="role.html"))


def hiring_is_found(markup: str) -> bool:
    found = read(markup)
    return [row.anchors for row in found.dimensions] == [{3: "Tidy", 5: "Teaches"}] and found.strong == ("Asks first",)


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

    assert deep[1] is True
    assert wrapped[1] is False


@pytest.mark.parametrize("tag", ["script", "style", "iframe", "svg", "template", "noscript", "textarea", "math"])
def test_text_of_silent_elements_is_gone(tag):
    markup, _, _ = flatten(f"<p>kept</p><{tag}>secret<{tag}>secret</{tag}></{tag}><p>kept too</p>")

    assert "secret" not in markup
    assert markup.count("kept") == 2


def test_only_spans_survive_as_attributes():
    markup, _, _ = flatten('<table><tr><td colspan="2" onclick="x()" style="a">y</td></tr></table><p onerror=z()>w')

    assert markup == '<table><tr><td colspan="2">y</td></tr></table><p>w'


def test_wrappers_part_texts():
    found = read(START + "<div>One thing</div><div>Another</div>" + HIRING)

    assert "One thingAnother" not in re.sub(r"<[^>]+>", "", found.sections[1].html)


def test_a_break_is_a_line_and_wrapping_is_not():
    area = "<li><strong>Judgement</strong><br>\n- priorities,\n  trade-offs (cost, speed), range 1–5</li>"
    found = read(START + HIRING + f"<h3>What to assess in interviews</h3><ol>{area}</ol>")

    assert [(row.name, row.topics) for row in found.focus_areas] == [
        ("Judgement", ("priorities", "trade-offs (cost, speed)", "range 1–5"))
    ]


def test_headings_inside_list_items_and_cells_keep_their_text():
    cell = HIRING.replace("<td>Craft</td>", "<td><h4>Craft</h4></td>")
    item = "<h3>Practical exercises</h3><ol><li><h4>Exercise A: Plan</h4><p>Prompt: Draw it.</p></li></ol>"
    found = read(START + cell + item)

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
    markup = START + filler * (600_000 // len(filler))

    flatten(markup)
    assert read(markup) is not None


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<ul>", "</ul>", "<li>", "</li>", "<table>", "</table>", "<tr>", "<td>", "<b>", "</b>"),
        *("<h2>2)x</h2>", "<h4>", "</h4>", "<div>", "</div>", "<svg>", "</svg>", "<!--", "-->", "<", ">", "<br>"),
        *("&amp;", "&#0;", "&#x202e;", "text", "<td><h3>y</h3></td>"),
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=40))
def test_any_tangle_is_read_plain(pieces):
    found = read(START + " ".join(pieces))

    assert not re.search("[\u202a-\u202e\x00-\x08]", str(found.as_json()))
    assert not re.search(r"<(?:svg|script|h2)|on\w+=", "".join(row.html for row in found.sections))
