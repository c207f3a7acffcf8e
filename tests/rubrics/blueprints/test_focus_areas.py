"""Focus areas in every markup that the family uses."""

import pytest

from rubrics.blueprints.focus_areas import PlannedFocusArea, focus_areas, topics
from rubrics.blueprints.reading import Read
from tests.rubrics.role_documents import blocks_of, read_hiring, table

ASSESS = "<h3>What to assess in interviews</h3>"
AREAS = [("SQL basics", "joins, keys (a, b)."), ("Care", "why; how.")]


def areas(inner: str) -> list[tuple]:
    return [(row["name"], row["detail"]) for row in read_hiring(inner)["focus_areas"]]


@pytest.mark.parametrize(
    "markup",
    [
        "<ol><li><b>SQL basics</b>\n – joins, keys (a, b).</li><li><b>Care</b>\n – why; how.</li></ol>",
        "<ul><li><b>SQL basics:</b> joins, keys (a, b).</li><li><b>2. Care</b> — why; how.</li></ul><p>Be kind.</p>",
        "<ul><li><b>SQL</b> <b>basics</b>: joins, keys (a, b).</li><li>Care – why; how.</li></ul>",
        "<h4>1) SQL basics</h4><p>joins, keys (a, b).</p><h4>Care</h4><p>why; how.</p>",
        "<p><b>SQL basics:</b> joins, keys (a, b).</p><p><b>Care:</b> why; how.</p>",
        "<p><b>SQL basics</b><br>– joins, keys (a, b).</p><p><b>Care</b><br>– why; how.</p>",
        "<p><b>SQL basics</b>\n – joins, keys (a, b).\n<b>Care</b>\n – why; how.</p>",
        "<p>Assess:\n– SQL basics: joins, keys (a, b).\n– Care: why; how.</p>",
        "<p>1. SQL basics: joins, keys (a, b).<br>2. Care: why; how.</p>",
        table("Area|What to assess", "SQL basics|joins, keys (a, b).", "Care|why; how."),
        table("#|Focus area|Detail", "1|SQL basics|joins, keys (a, b).", "2|Care|why; how.", head="td"),
    ],
)
def test_areas_are_read_the_same_from_any_markup(markup):
    assert areas(ASSESS + markup) == AREAS


@pytest.mark.parametrize(
    "title",
    [
        "What interviewers should assess",
        "Assessment areas",
        "Interview focus areas",
        "Competencies to evaluate",
        "Key assessment dimensions",
    ],
)
def test_other_titles_of_the_areas(title):
    markup = "<ul><li><b>SQL basics:</b> joins, keys (a, b).</li><li>Care: why; how.</li></ul>"

    assert areas(f"<h3>{title}</h3>{markup}") == AREAS


@pytest.mark.parametrize(
    "markup",
    [
        "<ul><li><b>SQL</b><ul><li>joins, speed</li><li>keys (a, b).</li></ul></li></ul>",
        "<p><strong>SQL</strong></p><ul><li>joins, speed</li><li>keys (a, b)</li></ul>",
        "<h4>SQL</h4><ul><li>joins, speed.</li><li>keys (a, b)</li></ul>",
        "<ul><li><b>SQL</b>\n – joins, speed\n – keys (a, b).</li></ul>",
    ],
)
def test_each_line_of_a_list_is_a_topic_of_its_own(markup):
    assert read_hiring(ASSESS + markup)["focus_areas"][0]["topics"] == ["joins", "speed", "keys (a, b)"]


def test_names_with_dashes_and_the_word_strong_stay_areas():
    markup = "<h4>Strong ownership of candidate data</h4><p>x</p><h4>Self-care</h4><p>y</p>"

    assert areas(ASSESS + markup) == [("Strong ownership of candidate data", "x"), ("Self-care", "y")]


def test_a_range_in_a_name_is_no_separator():
    assert areas(ASSESS + "<ul><li><b>Odds (1:2)</b>: sums</li><li>Self-care and trade-offs</li></ul>") == [
        ("Odds (1:2)", "sums"),
        ("Self-care and trade-offs", ""),
    ]


# --- the part's blocks, read alone ---


def read_areas(markup: str) -> list[tuple[str, str]]:
    return [(row.name, row.detail) for row in focus_areas(blocks_of(markup)).value]


@pytest.mark.parametrize(
    ("detail", "parts"),
    [
        ("a, b, c.", ["a", "b", "c"]),
        ("a (b, c), d", ["a (b, c)", "d"]),
        ("a; b", ["a; b"]),
        ("1.5 hours, e.g. more.", ["1.5 hours", "e.g. more"]),
        ("甲、乙，丙。", ["甲", "乙", "丙"]),
        ("a,, b,", ["a", "b"]),
        (" . ", []),
        ("", []),
    ],
)
def test_topics_are_what_commas_outside_brackets_part(detail, parts):
    assert topics(detail) == parts


def test_a_part_without_blocks_has_no_areas():
    assert focus_areas([]) == Read(())


def test_text_before_the_first_area_belongs_to_none():
    assert read_areas("<p>Ask all of them.</p><ul><li>Care: a</li></ul>") == [("Care", "a")]


def test_a_plain_list_below_a_heading_is_its_detail():
    assert read_areas("<h4>Care</h4><ul><li>a</li><li>b</li></ul>") == [("Care", "a, b")]


def test_a_list_with_bold_names_below_a_heading_is_one_of_areas():
    assert read_areas("<h4>People</h4><ul><li><b>Care</b>: a</li><li><b>Tact</b>: b</li></ul>") == [
        ("People", ""),
        ("Care", "a"),
        ("Tact", "b"),
    ]


def test_a_list_behind_a_table_is_one_of_areas_again():
    markup = "<h4>Care</h4>" + table("Area|Detail", "Tact|b") + "<ul><li>Calm</li></ul>"

    assert read_areas(markup) == [("Care", ""), ("Tact", "b"), ("Calm", "")]


@pytest.mark.parametrize("first", ["1", "#2", "(a)", "IV", ""])
def test_a_column_of_numbers_or_letters_before_the_name_is_skipped(first):
    assert read_areas(table("#|Area|Detail", f"{first}|Care|a")) == [("Care", "a")]


def test_a_row_without_a_name_or_a_detail_s_column_is_no_area():
    assert read_areas(table("Area|Detail", "|a", "Care|b")) == [("Care", "b")]
    assert read_areas("<table><tr><td>Area</td></tr><tr><td>Care of all</td></tr></table>") == []


def test_a_table_of_one_row_is_an_area_and_no_header():
    assert read_areas("<table><tr><td>Care of all</td><td>a</td></tr></table>") == [("Care of all", "a")]


@pytest.mark.parametrize(
    ("lines", "detail"),
    [
        ("a, b\n – c", "a, b, c"),
        ("a.\n – b.", "a, b."),
        ("a:\n – b", "a: b"),
        ("a;\n – b", "a; b"),
    ],
)
def test_each_line_of_a_list_is_parted_from_the_one_before(lines, detail):
    assert read_areas(f"<p><b>Care</b>\n – {lines}</p>") == [("Care", detail)]


def test_an_area_is_printed_with_its_topics():
    (area,) = focus_areas(blocks_of("<h4>1) Care</h4><p>a, b.</p>")).value

    assert area == PlannedFocusArea("Care", "a, b.", ("a", "b"))
    assert area.as_json() == {"name": "Care", "detail": "a, b.", "topics": ["a", "b"]}


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        ("Able to tell “order,” find, and keep.", ["Able to tell “order,” find", "and keep"]),
        ('Says "a, b", c', ['Says "a, b"', "c"]),
        ("Liest „a, b“, c", ["Liest „a, b“", "c"]),
        ("Lit « a, b », c", ["Lit « a, b »", "c"]),
        ("A 3“ pipe, b", ["A 3“ pipe", "b"]),
    ],
)
def test_topics_are_not_cut_inside_quotation_marks(detail, expected):
    assert topics(detail) == expected
