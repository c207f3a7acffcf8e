"""Names outside tables that have no levels: with weights, with room for a score, or in lists to rate."""

from collections.abc import Iterable

import pytest

from rubrics.blueprints.names_to_rate import (
    above_signals,
    below_their_heading,
    sections_to_rate,
    to_fill_in,
    to_rate,
    weighted,
    with_points,
    with_weights,
    with_weights_in_headings,
)
from rubrics.blueprints.rated_rows import DimensionRow
from tests.rubrics.role_documents import blocks_of


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


@pytest.mark.parametrize(
    "markup",
    [
        "<h3>Care (60%)</h3><p>a</p><h3>Order (40%)</h3><p>b</p>",
        "<p><b>Care (60%)</b></p><p>a</p><p><b>Order (40%)</b></p><p>b</p>",
        "<ul><li>Care (60%)</li><li>Order (40%)</li><li>Total (100%)</li></ul>",
    ],
)
def test_names_with_weights(markup):
    rows = with_weights(blocks_of(markup))

    assert [(row.name, row.weight) for row in rows] == [("Care", 60), ("Order", 40)]


@pytest.mark.parametrize(
    ("points", "weights", "code"),
    [((60, 40), [60, 40], "points_as_weights"), ((20, 10), [None, None], "points_left_out")],
)
def test_points_are_weights_where_they_make_a_hundred(points, weights, code):
    care, order = points
    found = with_points(blocks_of(f"<ul><li>Care ({care} points)</li><li>Order ({order} points)</li></ul>"))

    assert [row.name for row in found.value] == ["Care", "Order"]
    assert [row.weight for row in found.value] == weights
    assert [warning.code for warning in found.warnings] == [code]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Care: ☐ 1 ☐ 2 ☐ 3</p><p>Order: ☐ 1 ☐ 2 ☐ 3</p>",
        "<ul><li>Care ____ / 5</li><li>Order ____ / 5</li></ul>",
        "<p>Care (1–5): ___</p><p>Order (1–5): ___</p><p>Total (1–5): ___</p>",
        "<p>Care 1 2 3 4 5</p><p>Order 1 2 3 4 5</p>",
        "<p>Care: Poor / Fair / Good</p><p>Order: Poor / Fair / Good</p>",
        "<h3>Care</h3><p>1 – Poor 2 – Fair 3 – Good</p><h3>Order</h3><p>1 – Poor 2 – Fair 3 – Good</p>",
        "<h3>Skills</h3><p>Care</p><p>1 2 3 4 5</p><p>Order</p><p>1 2 3 4 5</p>",
        "<h3>Candidate</h3><p>1 2 3</p><h3>Care</h3><p>1 2 3</p><h3>Order</h3><p>1 2 3</p>",
        "<h3>Care</h3><p><b>Look for</b></p><p>1 2 3</p><h3>Order</h3><p><b>Look for</b></p><p>1 2 3</p>",
        "<ul><li>Care<ul><li>1 2 3</li></ul></li><li>Order<ul><li>Score: ___</li></ul></li></ul>",
        "<p>Competency: Care</p><p>1 2 3 4 5</p><p>Competency: Order</p><p>1 2 3 4 5</p>",
        "<h3>Question 1</h3><p>Care</p><p>1 2 3</p><h3>Question 2</h3><p>Order</p><p>1 2 3</p>",
    ],
)
def test_names_with_room_for_a_score(markup):
    assert [row.name for row in to_fill_in(blocks_of(markup))] == ["Care", "Order"]


@pytest.mark.parametrize(
    "above", ["<p>Rate each of these.</p>", "<p>1 = poor, 2 = fair, 3 = good</p>", "<p>Each applicant is judged.</p>"]
)
def test_names_before_blanks_are_rated_below_a_request_or_a_legend(above):
    blanks = "<ol><li>Care ____</li><li>Order ____</li></ol><p>Assessor: ____</p><p>Date: ____</p>"
    found = [row.name for row in to_fill_in(blocks_of(above + blanks))]

    assert found == ([] if "judged" in above else ["Care", "Order"])


ITEMS = "<ul><li>Care</li><li><b>Order</b>: finds it again</li></ul>"


def test_a_list_is_rated_where_a_text_asks_for_it():
    asked = to_rate(blocks_of(f"<p>Rate each of the following from 1 to 5.</p>{ITEMS}"))

    assert [row.name for row in asked] == ["Care", "Order"]
    assert to_rate(blocks_of(ITEMS)) == []


@pytest.mark.parametrize(
    "before",
    ["<p>Look for:</p>", "<h3>Tips</h3>", "<h3>Interview questions</h3>", "<h3>Strong signals</h3>"],
)
def test_a_list_of_other_things_is_not_rated(before):
    assert to_rate(blocks_of(f"<p>Rate each of the following from 1 to 5.</p>{before}{ITEMS}")) == []


def test_headings_are_rated_where_a_text_asks_to_score_each_section():
    markup = "<h3>Care</h3><ul><li>a</li></ul><h3>Order</h3><ul><li>b</li></ul>"
    asked = sections_to_rate(blocks_of(f"<p>Score each section.</p>{markup}"))

    assert [row.name for row in asked] == ["Care", "Order"]
    assert sections_to_rate(blocks_of(markup)) == []


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("Core competencies", ["Care", "Order"]),
        ("Criteria to score", ["Care", "Order"]),
        ("Competencies of our team", []),
    ],
)
def test_a_list_below_a_heading_that_says_criteria(heading, names):
    assert [row.name for row in below_their_heading(blocks_of(f"<h3>{heading}</h3>{ITEMS}"))] == names


def names(rows: Iterable[DimensionRow]) -> list[tuple[str, float | None]]:
    return [(row.name, row.weight) for row in rows]


def test_a_name_with_its_definition_behind_it_stands_above_a_scale():
    markup = (
        "<h3>Scoring</h3><p>Score each of these.</p><p>1 2 3 4 5</p>"
        "<p>Care – Does the candidate handle paper well?</p><p>Rating: 1 2 3 4 5</p>"
        "<p>Order – Did the candidate find the box?</p><p>Rating: 1 2 3 4 5</p>"
        "<p>Overall – What do you think of the candidate?</p><p>Rating: 1 2 3 4 5</p>"
    )

    assert names(to_fill_in(blocks_of(markup))) == [("Care", None), ("Order", None)]


def test_a_counted_question_above_a_scale_is_called_by_what_it_asks():
    markup = "<p>Question 1: Why maps?</p><p>1 2 3 4 5</p><p>Question 2: Why paper?</p><p>1 2 3 4 5</p>"

    assert names(to_fill_in(blocks_of(markup))) == [("Why maps?", None), ("Why paper?", None)]


@pytest.mark.parametrize(
    ("markup", "rows"),
    [
        (
            "<ol><li>Talk ____ / 60</li><li>Letter ____ / 40</li></ol><p>Total ____ / 100</p>",
            [("Talk", 60), ("Letter", 40)],
        ),
        ("<ul><li>Talk ____ / 5</li><li>Letter ____ / 5</li></ul>", []),
        (
            "<h3>Question 1 (60 points)</h3><p>Why maps?</p><h3>Question 2 (40 points)</h3><p>Why paper?</p>",
            [("Why maps?", 60), ("Why paper?", 40)],
        ),
    ],
)
def test_points_that_make_a_hundred_are_weights(markup, rows):
    assert names(with_points(blocks_of(markup)).value) == rows


SIGNS = "<p><b>Green flags</b></p><ul><li>a</li></ul><p><b>Red flags</b></p><ul><li>b</li></ul>"


@pytest.mark.parametrize(
    ("markup", "rows"),
    [
        (
            f"<h3>Care</h3><h4>Questions</h4><p>Why?</p>{SIGNS}<h3>Order</h3><h4>Questions</h4>{SIGNS}",
            ["Care", "Order"],
        ),
        (f"<h3>Care</h3>{SIGNS}<h3>Order</h3><p>x</p>", []),
        ("<h3>Care</h3><p><b>Red flags</b></p><h3>Order</h3><p><b>Red flags</b></p>", []),
    ],
)
def test_headings_above_two_kinds_of_signals(markup, rows):
    assert [row.name for row in above_signals(blocks_of(markup))] == rows


def test_headings_that_come_below_several_others_name_nothing_above_a_scale():
    label = "<h4>Remarks of the panel</h4><p>Be brief.</p><p>Rating: 1 2 3 4 5</p>"

    assert names(to_fill_in(blocks_of(f"<h3>Care</h3>{label}<h3>Order</h3>{label}"))) == [
        ("Care", None),
        ("Order", None),
    ]


@pytest.mark.parametrize(
    ("behind", "rows"),
    [
        ("", ["Care", "Order"]),
        ("<h3>Traits</h3><ul><li>Tact</li><li>Wit</li></ul>", ["Tact", "Wit"]),
    ],
)
def test_must_haves_are_rated_where_nothing_else_can_be(behind, rows):
    lists = "<h3>Must have</h3><ul><li>Care</li></ul><h3>Nice to have</h3><ul><li>Order</li></ul>"
    found = to_rate(blocks_of(f"{lists}{behind}<h3>How</h3><p>Rate each item from 1 to 4.</p>"))

    assert [row.name for row in found] == rows


@pytest.mark.parametrize(
    "markup",
    [
        "<h3>Care</h3><p>Weight: 60%</p><h3>Order</h3><p>Sorts.</p><p><b>Weighting:</b> 40 %</p>",
        "<h3>Care</h3><ul><li>Gewichtung: 60 %</li><li>lifts</li></ul><h3>Order</h3><p>Sorts.<br>Weight – 40%</p>",
        "<p><b>Care</b></p><p><i>Weight: 60%</i></p><p><b>Order</b></p><p><i>Weight: 40%</i></p>",
    ],
)
def test_a_line_that_is_nothing_but_a_weight_is_that_of_the_heading_above(markup):
    rows = with_weights(with_weights_in_headings(blocks_of(markup)))

    assert [(row.name, row.weight) for row in rows] == [("Care", 60), ("Order", 40)]


def test_a_heading_with_its_weight_takes_no_other():
    blocks = blocks_of("<h3>Care (60%)</h3><p>Weight: 10%</p>")

    assert with_weights_in_headings(blocks) == blocks


def test_numbered_lines_above_scales_are_names_and_closing_questions_are_none():
    boxes = "<p>( ) 1 ( ) 2 ( ) 3</p>"
    end = "<p>Further remarks:</p><p>Would you employ them? ( ) Yes ( ) No</p>"
    rows = to_fill_in(blocks_of(f"<p>1. Care of maps</p>{boxes}<p>2. Order</p>{boxes}{end}"))

    assert [row.name for row in rows] == ["Care of maps", "Order"]


def test_a_bold_line_that_counts_a_question_is_named_by_what_is_asked_below_it():
    first = "<p><b>Question 1 (30 points)</b></p><p>How do you lift a map?</p>"
    found = with_points(blocks_of(f"{first}<p><b>Question 2 (70 points)</b></p><p>How do you sort?</p>"))

    assert [(row.name, row.weight) for row in found.value] == [("How do you lift a map?", 30), ("How do you sort?", 70)]


def test_points_may_be_given_as_a_range_from_nothing():
    found = with_points(blocks_of("<p>1) Care (0 to 60 points): lifts.</p><p>2) Order (0-40 points): sorts.</p>"))

    assert [(row.name, row.weight) for row in found.value] == [("Care", 60), ("Order", 40)]


BLANKS = "<p>Care ____</p><p>Order of maps: ______</p><p>Remarks ________</p><p>Total ____</p>"


def test_names_before_blanks_are_rated_where_a_line_asks_to_rate_each():
    rows = to_fill_in(blocks_of(f"<p>Applicant ______</p><p>Desk ____</p><p>Score each item from 1 to 5.</p>{BLANKS}"))

    assert [row.name for row in rows] == ["Care", "Order of maps"]


@pytest.mark.parametrize("asked", ["", "<p>Rate the candidate from 1 to 5.</p>"])
def test_blanks_alone_are_details(asked):
    assert to_fill_in(blocks_of(asked + BLANKS)) == []


def test_questions_above_room_for_a_score_are_rated():
    first = "<p>Q1. Why maps?<br>Look for: care<br>Score (0-5): ____</p>"
    second = "<p>2) How do you sort?</p><p>Notes</p><p>Score: ____ / 5</p>"
    end = "<p>Would you employ them?<br>Score: ____</p>"

    assert [row.name for row in to_fill_in(blocks_of(first + second + end))] == ["Why maps?", "How do you sort?"]


def test_bold_lines_with_weights_are_rated():
    rows = with_weights(blocks_of("<p><b>Care (60%)</b></p><p>lifts</p><p><b>Order (40%)</b></p><p>sorts</p>"))

    assert [(row.name, row.weight) for row in rows] == [("Care", 60), ("Order", 40)]


def test_one_weight_alone_is_no_scorecard_s():
    assert with_weights(blocks_of("<h3>Care (60%)</h3><p>lifts</p><h3>Order</h3>")) == []


def test_what_a_line_says_of_a_bold_name_before_its_scale_is_no_part_of_the_name():
    care, order = "<p><b>Care</b> lifts maps: 1 2 3 4 5</p>", "<p><b>Order</b> sorts boxes: 1 2 3 4 5</p>"

    assert [row.name for row in to_fill_in(blocks_of(care + order))] == ["Care", "Order"]


def test_levels_questions_and_sentences_in_a_list_of_criteria_are_no_names():
    items = "<li>Care: lifts maps</li><li>[ ] Order.</li><li>Why maps?</li><li>3 – solid</li>"
    long = "<li>Everything that they have ever done with any map</li>"

    found = below_their_heading(blocks_of(f"<h3>Criteria</h3><ul>{items}{long}</ul>"))

    assert [row.name for row in found] == ["Care", "Order"]


def test_boxes_with_other_choices_than_numbers_are_no_room_for_a_score():
    ticks = "<p>☐ 1 ☐ 2 ☐ 3 ☐ 4 ☐ 5</p>"
    other = "<p>☐ not needed ☐ 2 hours ☐ 4 hours, pay: ☐ 1 ☐ 2</p>"
    form = f"<h3>Care</h3>{ticks}<h3>Order</h3>{ticks}<h3>Trial day</h3>{other}"

    assert [row.name for row in to_fill_in(blocks_of(form))] == ["Care", "Order"]


def test_boxes_with_words_alone_are_room_for_a_score():
    ticks = "<p>☐ poor ☐ fair ☐ good</p>"

    assert [row.name for row in to_fill_in(blocks_of(f"<h3>Care</h3>{ticks}<h3>Order</h3>{ticks}"))] == [
        "Care",
        "Order",
    ]


def boxes(*items: str) -> str:
    return "<ul>" + "".join(f"<li>☐ {item}</li>" for item in items) + "</ul>"


def test_lists_of_boxes_behind_those_of_skills_are_of_the_same_form():
    form = f"<h3>Skills</h3>{boxes('Care', 'Order')}<h3>Attitude</h3>{boxes('On time', 'Polite')}"
    other = f"<h3>After the interview</h3>{boxes('File the notes')}<h3>Decision</h3>{boxes('Hire', 'Wait')}"

    assert [row.name for row in below_their_heading(blocks_of(form + other))] == ["Care", "Order", "On time", "Polite"]


def test_lists_without_boxes_behind_those_of_skills_are_none():
    form = f"<h3>Skills</h3>{boxes('Care', 'Order')}<h3>Attitude</h3><ul><li>On time</li><li>Polite</li></ul>"

    assert [row.name for row in below_their_heading(blocks_of(form))] == ["Care", "Order"]
