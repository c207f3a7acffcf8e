"""Focus areas and signals in every markup that the family uses."""

import pytest

from tests.rubrics.role_documents import read_hiring, table

ASSESS = "<h3>What to assess in interviews</h3>"
AREAS = [("SQL basics", "joins, keys (a, b)."), ("Care", "why; how.")]
SIGNALS = {"strong": ["a – b", "c"], "weak": ["d"], "red_flag": ["e"]}


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


def parts(
    strong: str, weak: str, red: str, names: str = "Strong signals|Weak signals|Red flags", tag: str = "h3"
) -> str:
    texts = zip(names.split("|"), (strong, weak, red), strict=True)
    return "".join(f"<{tag}>{name}</{tag}>{text}" for name, text in texts)


LISTS = ("<ul><li>a – b</li><li>c</li></ul>", "<ul><li>d</li></ul>", "<ul><li>e</li></ul>")


@pytest.mark.parametrize(
    "markup",
    [
        parts(*LISTS, names="Strong candidate signals|Weak candidate signals|Red flags"),
        parts(*LISTS, names="Green flags|Yellow flags|Deal-breakers"),
        parts(*LISTS, names="What great looks like|Weaker signals|Red-flag behaviors"),
        parts(*LISTS, names="Signals of a strong candidate|Weak candidate signals / concerns|🚩 Red Flags"),
        parts(*LISTS, names="What strong candidates demonstrate|What weak candidates show|Red flag behaviours"),
        parts(*LISTS, names="Positive indicators|Negative indicators|Disqualifiers"),
        parts(*LISTS, names="Strong signals (hire)|Weak signals (probe)|Red flags 🚩", tag="h4"),
        "<h3>Candidate signals</h3>" + parts(*LISTS, names="Strong|Weak|Red flags", tag="h4"),
        parts("<p>– a – b<br>– c</p>", "<p>They:\n– d</p>", "<p>* e</p>"),
        parts("<p>✅ a – b<br>✓ c</p>", "<p>→ d</p>", "<p>1. e</p>"),
        parts(
            "<ul><li>– a – b</li><li>• c</li></ul>", "<p>d</p>", "<p>Any of:</p><ul><li>e</li></ul><p>One will do.</p>"
        ),
        parts("<p>a – b</p><p>c</p>", "<p>d</p>", table("Red flag", "e")),
        parts("<ul><li><b>Craft</b><ul><li>a – b</li><li>c</li></ul></li></ul>", "<p>d</p>", "<p>e</p>"),
        "".join(
            f"<p><b>{name}:</b></p>{text}" for name, text in zip(["Strong", "Weak", "Red flags"], LISTS, strict=True)
        ),
        "<p><b>Strong signals</b>\n– a – b\n– c</p><p><b>Weak signals:</b><br>– d</p><p><b>Red flags</b>\n– e</p>",
        "<p><b>Strong signals</b>\n– a – b\n– c\n<b>Weak signals:</b>\n– d\n<b>Red flags</b>\n– e</p>",
        f"<ul><li>Strong signs{LISTS[0]}</li><li><b>Weak signals</b>{LISTS[1]}</li><li>Red flags:{LISTS[2]}</li></ul>",
        "<dl><dt>Strong</dt><dd>a – b</dd><dd>c</dd><dt>Weak signals</dt><dd>d</dd><dt>Red flags</dt><dd>e</dd></dl>",
        "<h3>Candidate signals</h3>" + table("Area|Strong|Weak|Red flags", "X|a – b|d|e", "Y|c||"),
        "<h3>Candidate signals</h3>" + table("Red flags|Strong signals|Weak signals", f"e|{LISTS[0]}|– d"),
        table(f"Strong signals|{LISTS[0]}", "Weak signals|d", "Red flags|e", head="td"),
        "<h3>Practical exercises</h3><p><b>Exercise A: x</b>\n– Prompt: q</p>" + parts(*LISTS, tag="h3"),
    ],
)
def test_signals_are_read_the_same_from_any_markup(markup):
    assert read_hiring(markup)["signals"] == SIGNALS


def test_what_stands_below_an_item_belongs_to_it():
    found = read_hiring("<h3>Red flags</h3><ul><li>e<ul><li>f</li><li>g</li></ul></li></ul>")

    assert found["signals"]["red_flag"] == ["e f g"]


@pytest.mark.parametrize(
    "title",
    ["XIX. How to Evaluate Candidates", "Interviewing and Selection", "Evaluation & Scorecard", "Interview Plan"],
)
def test_other_titles_of_the_hiring_section(title):
    assert read_hiring(parts(*LISTS), title=title)["signals"] == SIGNALS


def test_parts_on_the_level_of_the_sections_belong_to_the_hiring_section():
    found = read_hiring(parts(*LISTS, tag="h2"))

    assert found["signals"] == SIGNALS
    assert [row["number"] for row in found["sections"]] == [1, 2, 19, 20]
