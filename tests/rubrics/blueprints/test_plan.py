"""A whole document as an ImportPlan: the shipped sample, real blueprints, other languages, hostile files."""

import contextlib
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubrics.blueprints.documents import UnusableBlueprint, load
from rubrics.blueprints.plan import plan
from tests.drill import LONG
from tests.rubrics.role_documents import (
    SAMPLE,
    START,
    codes,
    hiring_page,
    plan_of,
    read,
    read_hiring,
    read_post,
    scorecard,
    table,
)

ROOT = Path(__file__).resolve().parents[3]
LINES, REPEATED, MEGABYTES = (3_000, 20_000, 5) if LONG else (500, 3_000, 1)
HOSTILE = "\u202e\u2066\u061c\u200b\ufeff\x07\u00ad\U000e0041"


def test_sample_is_found_whole():
    found = plan(load(SAMPLE.read_bytes(), filename=SAMPLE.name)).as_json()

    assert found["title"] == "Platform Reliability Engineer"
    assert [len(row["anchors"]) for row in found["dimensions"]] == [2] * 8
    assert [row["label"] for row in found["exercises"]] == ["A", "B", "C"]
    assert [len(row["look_for"]) for row in found["exercises"]] == [4, 4, 3]
    assert {kind: len(rows) for kind, rows in found["signals"].items()} == {"strong": 4, "weak": 3, "red_flag": 3}
    assert len(found["focus_areas"]) == 7
    assert found["focus_areas"][0]["topics"] == ["Processes", "memory", "networks (DNS, TLS, routing)", "storage"]
    assert {row["group"] for row in found["skills"]} == {"must-have", "good-to-have", "advanced", "emerging"}
    assert all(row["why"] and row["how"] and row["strong"] for row in found["soft_skills"])
    assert len(found["sections"]) == 20
    assert found["scale"] == {"min": 1, "max": 5}
    assert found["warnings"] == []


@pytest.mark.parametrize("path", sorted((ROOT.parent / "shared" / "blueprints").glob("*.json")), ids=lambda p: p.stem)
def test_real_blueprints_are_read_without_a_warning(path):
    found = plan(load(path.read_bytes(), filename=path.name)).as_json()

    assert found["warnings"] == []
    assert len(found["dimensions"]) == 8
    assert len(found["sections"]) == 20


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert('zq')</script>",
        "<style>zq</style>",
        "<img src=x onerror='zq'>",
        "<iframe srcdoc='<b>zq</b>'></iframe>",
        "<svg><script>zq</script></svg>",
        "<!-- zq -->",
        "<template>zq</template>",
        "<a href='javascript:zq'>ok</a>",
        "<p style='zq' onclick='zq'>ok</p>",
    ],
)
def test_nothing_hostile_is_kept(hostile):
    document = load(hiring_page(hostile + "<p>fine</p>").encode(), filename="x.html")

    assert "zq" not in json.dumps(plan(document).as_json())
    assert all("zq" not in section.html for section in document.sections)


def test_deep_nesting_loses_nothing():
    html = "<div>" * 5000 + hiring_page(scorecard(["Dimension", "Meets bar"], ["SQL", "b"])) + "</div>" * 5000

    assert [row["name"] for row in read_post(html)["dimensions"]] == ["SQL"]


def test_megabytes_are_read():
    words = "word " * (MEGABYTES * 200_000)
    html = hiring_page(f"<p>{words}</p>" + scorecard(["Dimension", "Meets bar"], ["SQL", "b"]))

    assert [row["name"] for row in read_post(html)["dimensions"]] == ["SQL"]


def test_text_is_plain():
    found = read_post(hiring_page("<h3>Red flags</h3><ul><li>Fish &amp;amp; chips\u202e &lt;b&gt;</li></ul>"))

    assert found["signals"]["red_flag"] == ["Fish &amp; chips <b>"]


@settings(max_examples=150 if LONG else 30)
@given(
    st.lists(
        st.sampled_from(
            [
                "<h2>Hiring",
                "<h3>Scorecard",
                "<table>",
                "<tr>",
                "<td>",
                "</td>",
                "<li>",
                "<ul>",
                "– a",
                "<p>",
                "\n",
                "é",
                "<td colspan=9",
                ">",
                "&#0;",
                "<th>5",
                "</table>",
                "<br>",
            ]
        ),
        max_size=60,
    )
)
def test_any_markup_is_read_or_refused(parts):
    with contextlib.suppress(UnusableBlueprint):
        plan(load("".join(parts).encode(), filename="x.html")).as_json()


def test_no_text_carries_marks_that_cannot_be_seen():
    inner = "<h3>Red flags</h3><ul><li>{0}a{0}b{0}</li></ul><h3>Scorecard</h3>" + table("Dimension|Meets", "{0}A|{0}m")
    found = read_hiring(inner.replace("{0}", HOSTILE))

    assert found["signals"]["red_flag"] == ["ab"]
    assert found["dimensions"][0]["name"] == "A"
    assert not set(HOSTILE) & set(str(found))


def test_joiners_stay_where_writing_needs_them():
    persian, family = "می\u200cخواهم", "👩\u200d👧"
    found = read_hiring(f"<h3>Red flags</h3><ul><li>{persian} {family} a\u200db</li></ul>")

    assert found["signals"]["red_flag"] == [f"{persian} {family} ab"]


def test_a_german_document_is_read_by_its_numbers_and_says_what_it_lacks():
    card = table("Kriterium|Gewichtung|1 – Unzureichend|5 – Herausragend", "Fachwissen|100 %|a|b", "Gesamt|100 %||")
    found = read(f"<h2>1. Aufgabe</h2><p>x</p><h2>Abschnitt 2: Einstellung</h2><h3>Bewertung</h3>{card}")

    assert [(row["name"], row["weight"], row["anchors"]) for row in found["dimensions"]] == [
        ("Fachwissen", 100, {"1": "a", "5": "b"})
    ]
    assert {"hiring_section_guessed", "focus_areas_missing", "skills_missing"} <= set(codes(found))


@pytest.mark.parametrize("line", ["<li>e</li>", "<p>– e</p>", "<h4>e</h4><p>f</p>", "e<br>"])
@pytest.mark.parametrize("title", ["8) Technical Skills", "9) Soft Skills", "19) Hiring</h2><h3>Red flags</h3><h2>"])
def test_a_part_of_very_many_lines_is_read_to_its_end(line, title):
    found = read(f"{START}<h2>{title}</h2>{line * LINES}<h2>19) Hiring</h2><h3>Weak signals</h3><p>– d</p>")

    assert found["sections"][-1]["number"] == 19


def test_an_empty_row_in_any_table_does_not_stop_the_reading():
    rows = "<table><tr></tr><tr><th>Skill</th></tr><tr></tr><tr><td>Go</td></tr></table>"
    found = read(f"{START}<h2>8) Technical Skills</h2>{rows}<h2>9) Soft Skills</h2>{rows}<h2>19) Hiring</h2>{rows}")

    assert [row["name"] for row in found["skills"]] == ["Go"]


@pytest.mark.parametrize(
    "word", ["interview ", "technical ", "what to ", "strong a ", "1 = a, ", "(critical ", "- ", "Use: ", "(a "]
)
def test_a_line_that_repeats_a_known_word_for_ever_is_read(word):
    long = word * REPEATED
    parts = (
        f"<h2>8) Technical Skills</h2><ul><li>Go {long}</li></ul><h2>19) Hiring</h2><h3>{long}</h3><p>score {long}</p>"
    )
    found = read(f"{START}{parts}<h2>{long}</h2><h2>20) Final summary</h2>")

    assert [row["number"] for row in found["sections"] if row["number"]] == [1, 2, 8, 19, 20]


# --- the plan as a whole ---


def test_warnings_stand_in_the_order_of_the_page():
    found = read(
        "<title>Designer</title><h2>1) Role</h2>"
        + "<ul><li>" * 30
        + "</li></ul>" * 30
        + "<h2>2) Hiring</h2><p>Score 1–4.</p>"
    )

    assert codes(found) == [
        "nesting_too_deep",
        "scorecard_missing",
        "focus_areas_missing",
        "exercises_missing",
        "strong_signals_missing",
        "weak_signals_missing",
        "red_flags_missing",
        "skills_missing",
        "soft_skills_missing",
        "role_summary_missing",
        "scale_unsupported",
    ]


def test_a_document_without_a_hiring_section_is_told_so_once():
    found = read("<title>Designer</title><h2>1) Role Summary</h2><p>x</p><h2>2) Role</h2><p>y</p>")

    assert codes(found) == ["hiring_section_missing", "scorecard_missing", "skills_missing", "soft_skills_missing"]


def test_a_document_about_something_else_is_refused():
    with pytest.raises(UnusableBlueprint, match="it has no section on a role"):
        plan_of("<h2>Cooking</h2><p>Stir.</p><h2>Eating</h2><p>Chew.</p>")


def test_a_hiring_section_alone_makes_a_role_blueprint():
    found = plan_of(
        "<h2>Cooking</h2><h2>Meeting people</h2><h3>Red flags</h3><p>– x</p><h3>Weak signals</h3><p>– y</p>"
    )

    assert found.signals == {"strong": (), "weak": ("y",), "red_flag": ("x",)}


def test_levels_are_assumed_where_words_name_them_and_not_where_digits_do():
    words = plan_of(hiring_page(scorecard(["Dimension", "Meets bar"], ["SQL", "m"])))
    digits = plan_of(hiring_page(scorecard(["Dimension", "3"], ["SQL", "m"])))

    assert words.levels_assumed is True
    assert digits.levels_assumed is False
    assert plan_of(START).levels_assumed is False


def test_a_plan_keeps_every_section_with_its_html_and_prints_its_name_alone():
    found = plan_of(START)

    assert [(row.number, row.title, row.html) for row in found.sections] == [
        (1, "Role Summary", "<p>Keeps it up.</p>"),
        (2, "Role Mission", "<p>Calm.</p>"),
    ]
    assert found.as_json()["sections"] == [
        {"number": 1, "title": "Role Summary"},
        {"number": 2, "title": "Role Mission"},
    ]


def test_the_same_document_always_gives_the_same_plan():
    assert plan(load(SAMPLE.read_bytes(), filename="a")) == plan(load(SAMPLE.read_bytes(), filename="b"))


SUPPORT = SAMPLE.with_name("customer-support-lead.html")


def test_the_sample_page_lacks_nothing_but_soft_skills():
    found = plan(load(SUPPORT.read_bytes(), filename=SUPPORT.name))

    assert found.title == "Customer Support Lead"
    assert codes(found.as_json()) == ["soft_skills_missing"]
    assert all(row.anchors for row in found.dimensions)
    assert found.strong
    assert found.weak
    assert found.red_flag


def test_one_line_says_what_a_mere_scorecard_lacks():
    found = read("<h1>Interview scorecard</h1>" + table("Criterion|1|5", "Care|a|b"))

    (row,) = [row for row in found["warnings"] if row["code"].endswith("_missing")]
    assert row["code"] == "parts_missing"
    assert row["message"].startswith("The document says nothing on: a role summary, technical skills, ")


def test_a_role_s_document_names_each_part_that_it_lacks():
    found = read(f"{START}<h2>19) Hiring</h2><h3>Scorecard</h3>" + table("Criterion|1|5", "Care|a|b"))

    assert {"exercises_missing", "skills_missing", "red_flags_missing"} <= set(codes(found))
    assert "parts_missing" not in codes(found)


def test_what_a_scorecard_rates_below_a_heading_that_says_skills_is_no_skill_besides():
    card = table("Criterion|Score (1-5)|Notes", "Minutes||", "Ledgers||")
    found = plan_of(
        f"<h1>Hiring scorecard: Clerk</h1><h2>Scale</h2><p>1 is poor.</p><h2>Skills</h2>{card}<p>Average: __</p>"
    )

    assert [row.name for row in found.dimensions] == ["Minutes", "Ledgers"]
    assert found.skills == ()


# --- nothing is made up ---

PARTS = [
    "<h1>Interview scorecard: porter</h1>",
    "<h2>Red flags</h2><ul><li>Blames lifts</li></ul>",
    "<h2>Strong signals</h2><p>Greets twice. Carries gently.</p>",
    "<h2>Exercises</h2><h3>Exercise A: Stairs</h3><p>Carry trunks upstairs.</p>",
    "<h2>Interview questions</h2><h3>Strength</h3><p>What weighs most?</p><p>Strong answer: names crates</p>",
    "<h2>Scorecard</h2>"
    + table("Criterion|Weight|1|3|5", "Balance|60 %|wobbles|stands|dances", "Haste|40 %|runs|walks|waits"),
    table("Level|Warmth|Wit", "1|frowns|yawns", "5|beams|jokes"),
    "<h2>Patience</h2><ul><li>1: sighs</li><li>3: hums</li><li>5: whistles</li></ul>",
    "<p>Rate each: Punctuality ____ / 5, Posture ____ / 5</p>",
    "<h2>What to assess</h2><ul><li>Routes: alleys, bridges</li></ul>",
    "<h2>Technical Skills</h2><ul><li><b>Ropework:</b> Ties knots.</li></ul>",
    "<p>1 = awful, 5 = superb</p>",
    "<ul><li>Tact (30 %)</li><li>Grip (70 %)</li></ul>",
]


def said_by(value: object) -> set[str]:
    """The words of all texts in a plan, beside its warnings."""
    if isinstance(value, dict):
        return set().union(*(said_by(inner) for inner in value.values()))
    if isinstance(value, list | tuple):
        return set().union(*map(said_by, value))
    return set(re.findall(r"\w+", value.casefold())) if isinstance(value, str) else set()


@settings(max_examples=100 if LONG else 30)
@given(parts=st.lists(st.sampled_from(PARTS), min_size=1, max_size=9))
def test_a_plan_says_no_word_that_its_document_does_not_say(parts):
    """However its parts stand to each other: a rule may misplace a text, and never makes one up."""
    markup = "".join(parts)
    written = set(re.findall(r"\w+", re.sub(r"<[^>]*>", " ", markup).casefold()))

    with contextlib.suppress(UnusableBlueprint):
        found = plan_of(markup)
        texts = [
            *(text for row in found.dimensions for text in (row.name, *row.anchors.values())),
            *(question.text for row in found.dimensions for question in row.questions),
            *(text for row in found.focus_areas for text in (row.name, row.detail, *row.topics)),
            *(text for row in found.exercises for text in (row.title, row.prompt, *row.look_for)),
            *(text for texts in found.signals.values() for text in texts),
            *(text for row in found.skills for text in (row.name, row.description)),
        ]
        assert said_by(texts) <= written
