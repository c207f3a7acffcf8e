"""What stands in where the hiring section lacks a part."""

import pytest

from rubrics.blueprints.directions import Directions
from rubrics.blueprints.interview import read_interview
from rubrics.blueprints.sections import Section
from rubrics.blueprints.told import told_of
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


# --- what stands beside the scorecard ---


def test_columns_of_what_to_look_for_are_focus_areas_of_their_dimensions():
    card = table("Criterion|What to look for|1|5", "Care|a torn map|tears|mends", "Order||heaps|maps")

    found = read_interview(section(f"<h3>Scorecard</h3>{card}")).value

    assert [(row.name, row.detail) for row in found.focus_areas] == [("Care", "a torn map")]


def test_what_levels_above_mean_leaves_the_rest_of_the_section_to_the_other_parts():
    levels = "<h3>Poor</h3><p>Care: drops</p><p>Order: heaps</p><h3>Superb</h3><p>Care: mends</p><p>Order: maps</p>"

    found = read_interview(section(f"{levels}<h3>Red flags</h3><p>– Lies.</p>")).value

    assert {row.name: row.anchors for row in found.scorecard.dimensions} == {
        "Care": {1: "drops", 5: "mends"},
        "Order": {1: "heaps", 5: "maps"},
    }
    assert found.red_flag == ("Lies.",)


def test_the_wording_of_a_level_is_no_signal():
    levels = "<h3>Weak</h3><p>Care: drops</p><p>Order: heaps</p><h3>Strong</h3><p>Care: mends</p><p>Order: maps</p>"

    found = read_interview(section(levels)).value

    assert [row.name for row in found.scorecard.dimensions] == ["Care", "Order"]
    assert (found.strong, found.weak) == ((), ())


def test_a_table_of_signals_below_criteria_names_the_dimensions():
    signals = table("Criterion|Strong signals|Weak signals", "Care|mends|tears", "Order|maps|heaps")

    found = read_interview(section(f"<h3>What we hear</h3>{signals}")).value

    assert [row.name for row in found.scorecard.dimensions] == ["Care", "Order"]
    assert (found.strong, found.weak) == (("mends", "maps"), ("tears", "heaps"))


# --- questions ---


def test_the_subjects_of_questions_stand_in_as_dimensions_that_ask_them():
    care, order = "<h4>Care</h4><ul><li>What broke?</li></ul>", "<h4>Order</h4><ul><li>Where is it?</li></ul>"

    found = read_interview(section(f"<h3>Interview questions</h3>{care}{order}"))

    dimensions = found.value.scorecard.dimensions
    asked = {row.name: [question.text for question in row.questions] for row in dimensions}
    assert asked == {"Care": ["What broke?"], "Order": ["Where is it?"]}
    assert all(row.draft for row in dimensions)
    assert found.value.focus_areas == ()
    assert found.warnings[0].message.endswith("so the subjects of the questions became draft dimensions.")


def test_questions_about_a_dimension_are_its_own_and_no_focus_area():
    asked = "<h3>Interview questions</h3><h4>SQL</h4><ul><li>What is a key?</li></ul>"

    found = read_interview(section(f"<h3>Scorecard</h3>{CARD}{asked}")).value

    assert [[question.text for question in row.questions] for row in found.scorecard.dimensions] == [["What is a key?"]]
    assert found.focus_areas == ()


# --- what was told ---


def told_of_blocks(inner: str, **said: str):
    """What is read of a section of whose headings something was said, by the first word of each."""
    whole = section(inner)
    numbers = {block.text.split()[0]: block.number for block in whole.blocks if block.is_heading}
    directions = Directions({numbers[word]: telling for word, telling in said.items()})
    return whole, told_of(whole.blocks, directions)


def test_what_was_told_is_of_its_part_beside_what_rules_find():
    whole, told = told_of_blocks(
        "<h3>Red flags</h3><p>– Lies.</p><h3>Woes</h3><p>– Shouts.</p><h3>Joys</h3><p>– Sings.</p>",
        Woes="red_flag",
        Joys="strong",
    )

    found = read_interview(whole, told).value

    assert (found.strong, found.red_flag) == (("Sings.",), ("Lies.", "Shouts."))
    assert [block.lines[0].text for block in found.parts["red_flag"]] == ["Lies.", "Shouts."]


def test_what_was_told_is_read_where_no_section_was_found():
    _, told = told_of_blocks("<h3>Joys</h3><p>– Sings.</p>", Joys="strong")
    _, outside = told_of_blocks("<h3>Joys</h3><p>– Sings.</p>", Joys="skills")

    assert read_interview(None, told).value.strong == ("Sings.",)
    assert read_interview(None, outside).value.strong == ()
    assert [row.code for row in read_interview(None, outside).warnings] == ["scorecard_missing"]


def test_headings_that_were_told_are_all_dimensions_where_there_is_no_table():
    whole, told = told_of_blocks("<h3>Joys</h3><p>Sings.</p>", Joys="dimension")

    found = read_interview(whole, told)

    assert [row.name for row in found.value.scorecard.dimensions] == ["Joys"]
    assert "scorecard_missing" not in [row.code for row in found.warnings]


def test_dimensions_in_an_exercise_are_those_of_a_sheet_without_any_other():
    rated = table("Dimension|Observations|Rating (1–5)", "Care||", "Order||")
    found = read(f"<h1>Observer sheet</h1><h2>Exercise: Sort the box (30 minutes)</h2>{rated}")

    assert [row["name"] for row in found["dimensions"]] == ["Care", "Order"]
    assert [row["title"] for row in found["exercises"]] == ["Sort the box"]


@pytest.mark.parametrize("heading", ["K.-o.-Kriterien", "Red flags", "Señales de alerta", "Motivos de exclusión"])
def test_red_flags_below_a_table_of_questions_are_no_dimensions(heading):
    asked = table("Topic|Question|Good answer|Weak answer", "Care|What breaks?|Says what|Says nothing")
    found = read(f"<h1>Interview questions</h1>{asked}<h2>{heading}</h2><ul><li>Lies</li><li>Threatens</li></ul>")

    assert found["signals"]["red_flag"] == ["Lies", "Threatens"]
    assert not {"Lies", "Threatens"} & {row["name"] for row in found["dimensions"]}
