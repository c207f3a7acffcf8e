"""What stands in where the hiring section lacks a part."""

import pytest

from rubrics.blueprints.interview import read_interview
from rubrics.blueprints.sections import Section
from tests.rubrics.role_documents import FINAL, START, codes, hiring_page, read, read_post, sections_of, table


def test_without_a_scorecard_the_focus_areas_stand_in():
    found = read_post(hiring_page("<h3>What to assess</h3><ul><li>Modelling: keys, types.</li><li>Care</li></ul>"))

    assert [row["name"] for row in found["dimensions"]] == ["Modelling", "Care"]
    assert all(row["draft"] is True and row["anchors"] == {} for row in found["dimensions"])
    assert "scorecard_missing" in codes(found)
    assert found["focus_areas"][0]["topics"] == ["keys", "types"]


def test_the_summary_at_the_end_is_no_source_of_dimensions():
    area = "<h3>What to assess</h3><ul><li><strong>Care</strong>: a, b.</li></ul>"
    found = read(f"{START}<h2>19) Hiring</h2>{area}{FINAL}{table('Dimension|Meets bar', 'Wrong|m')}")

    assert [(row["name"], row["draft"]) for row in found["dimensions"]] == [("Care", True)]
    assert "scorecard_missing" in codes(found)


# --- the section's parts, and what stands in for them ---


def section(inner: str) -> Section:
    return sections_of(f"<h2>1) Hiring</h2>{inner}<h2>2) Role</h2>")[0]


CARD = table("Dimension|Meets", "SQL|m")
AREAS = "<h3>What to assess</h3><ul><li>Care: a, b</li><li>Tact</li></ul>"


def test_a_whole_section_gives_all_parts_without_a_warning():
    inner = (
        f"{AREAS}<h3>Practical exercises</h3><h4>Exercise A: Plan</h4><p>Draw it.</p>"
        "<h3>Strong signals</h3><p>– a</p><h3>Weak signals</h3><p>– b</p><h3>Red flags</h3><p>– c</p>"
        f"<h3>Scorecard</h3>{CARD}"
    )

    found = read_interview(section(inner))

    assert found.warnings == ()
    assert [row.name for row in found.value.scorecard.dimensions] == ["SQL"]
    assert [row.name for row in found.value.focus_areas] == ["Care", "Tact"]
    assert [row.title for row in found.value.exercises] == ["Plan"]
    assert (found.value.strong, found.value.weak, found.value.red_flag) == (("a",), ("b",), ("c",))


def test_each_missing_part_is_told_in_the_order_of_the_page():
    found = read_interview(section("<p>Be kind.</p>"))

    assert [row.code for row in found.warnings] == [
        "scorecard_missing",
        "focus_areas_missing",
        "exercises_missing",
        "strong_signals_missing",
        "weak_signals_missing",
        "red_flags_missing",
    ]
    assert all("“Hiring”" in row.message for row in found.warnings)


def test_without_a_section_only_the_scorecard_is_told():
    found = read_interview(None)

    assert [row.message for row in found.warnings] == ["No scorecard table was found anywhere."]
    assert found.value.scorecard.dimensions == ()
    assert found.value.about_scores == ()


def test_a_table_before_the_scorecard_s_heading_is_joined_to_it():
    other = table("Dimension|Meets", "Wrong|m")

    found = read_interview(section(f"<p>x</p>{other}<h3>Scorecard</h3>{CARD}"))

    assert [row.name for row in found.value.scorecard.dimensions] == ["Wrong", "SQL"]


def test_a_scorecard_may_stand_anywhere_but_among_the_exercises():
    weighted = table("Skill|Weight", "SQL|100")
    elsewhere = read_interview(section(f"<h3>Notes</h3>{weighted}"))
    inside = read_interview(section(f"<h3>Exercises</h3><h4>Exercise A: x</h4>{weighted}"))

    assert [row.name for row in elsewhere.value.scorecard.dimensions] == ["SQL"]
    assert inside.value.scorecard.dimensions == ()


def test_focus_areas_that_stand_in_are_told_where_they_are_twins():
    found = read_interview(section("<h3>What to assess</h3><ul><li>Care: a</li><li>care: b</li></ul>"))

    assert [(row.name, row.draft) for row in found.value.scorecard.dimensions] == [("Care", True)]
    assert [row.code for row in found.warnings][:2] == ["scorecard_missing", "dimension_duplicate"]


def test_the_scale_is_looked_for_in_the_scorecard_first():
    found = read_interview(section(f"<p>Score 1–4.</p><h3>Scorecard</h3><p>Score 1–5.</p>{CARD}"))

    texts = [line.text for block in found.value.about_scores for line in block.lines]
    assert texts == ["Score 1–5.", "Score 1–4.", "Score 1–5."]


def test_wording_in_tables_below_the_names_of_the_scorecard_is_theirs():
    levels = "<h3>Care</h3>" + table("Score|Seen", "1|tears", "5|mends")
    found = read(
        f"<h1>Interview scorecard</h1>{table('Criterion|Weight', 'Care|70%', 'Order|30%')}<h2>Guidance</h2>{levels}"
    )

    assert [(row["name"], row["weight"], row["anchors"]) for row in found["dimensions"]] == [
        ("Care", 70, {"1": "tears", "5": "mends"}),
        ("Order", 30, {}),
    ]


@pytest.mark.parametrize("heading", ["Knock-outs", "Knockout", "Knock outs", "K.O.-Kriterien"])
def test_what_knocks_out_is_read_as_red_flags_and_said(heading):
    found = read(f"<h1>Interview scorecard</h1>{CARD}<h2>{heading}</h2><ul><li>No licence</li></ul>")

    assert found["signals"]["red_flag"] == ["No licence"]
    assert "knock_outs_as_red_flags" in codes(found)


def test_the_title_of_a_document_about_interviews_is_no_subject_of_its_questions():
    scored = "<p>Q1. Why maps?<br>Score: ____</p><p>Q2. How do you sort?<br>Score: ____</p>"
    found = read(f"<h1>Panel interview: archivist</h1>{scored}")

    assert [row["name"] for row in found["dimensions"]] == ["Why maps?", "How do you sort?"]
    assert found["focus_areas"] == []


def test_dimensions_in_an_exercise_are_those_of_a_sheet_without_any_other():
    rated = table("Dimension|Observations|Rating (1–5)", "Care||", "Order||")
    found = read(f"<h1>Observer sheet</h1><h2>Exercise: Sort the box (30 minutes)</h2>{rated}")

    assert [row["name"] for row in found["dimensions"]] == ["Care", "Order"]
    assert [row["title"] for row in found["exercises"]] == ["Sort the box"]
