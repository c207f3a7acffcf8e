"""Columns that are what somebody said, whatever the rules would make of them."""

import pytest

from rubrics.blueprints.columns import Columns
from rubrics.blueprints.directions import Directions
from rubrics.blueprints.documents import load
from rubrics.blueprints.lines import Cell
from rubrics.blueprints.plan import ImportPlan, plan
from rubrics.blueprints.told_columns import told_columns
from tests.rubrics.role_documents import table


def told(markup: str, *columns: str) -> ImportPlan:
    """The plan of a document whose only table has the columns that are told; an empty one is left to the rules."""
    document = load(f"<h1>Interview scorecard</h1>{markup}".encode(), filename="told.html")
    [number] = [block.number for block in document.blocks if block.rows]
    said = {(number, index): telling for index, telling in enumerate(columns) if telling}
    return plan(document, Directions(columns=said))


def rows(found: ImportPlan) -> list[tuple[str, float | None, dict[int, str]]]:
    return [(row.name, row.weight, row.anchors) for row in found.dimensions]


def codes(found: ImportPlan) -> set[str]:
    return {row.code for row in found.warnings}


GRADES = table(
    "Area|Share|Junior (L1)|Mid (L2)|Senior (L3)", "SQL|60|Reads|Writes|Tunes", "Ops|40|Looks|Fixes|Prevents"
)


def test_job_grades_become_the_levels_that_they_were_told_to_be():
    found = told(GRADES, "name", "weight", "level-1", "level-3", "level-5")

    assert "job_grades" in codes(told(GRADES))
    assert rows(found) == [
        ("SQL", 60, {1: "Reads", 3: "Writes", 5: "Tunes"}),
        ("Ops", 40, {1: "Looks", 3: "Fixes", 5: "Prevents"}),
    ]
    assert not codes(found) & {"job_grades", "levels_mapped", "scorecard_column_unread", "scale_unsupported"}
    assert found.levels_assumed is False


def test_a_column_that_is_left_out_has_no_warning():
    notes = table("Criterion|1|5|Colour", "Tact|Shouts|Listens|blue")

    assert "scorecard_column_unread" in codes(told(notes))
    assert "scorecard_column_unread" not in codes(told(notes, "", "", "", "nothing"))


def test_what_was_not_told_is_read_by_the_rules():
    found = told(table("Criterion|Meh|3|5", "Tact|Shouts|Asks|Listens"), "", "level-1")

    assert rows(found) == [("Tact", None, {1: "Shouts", 3: "Asks", 5: "Listens"})]


def test_a_level_that_was_told_belongs_to_no_other_column():
    found = told(table("Criterion|3|Right", "Tact|Asks|Listens"), "", "", "level-3")

    assert rows(found) == [("Tact", None, {3: "Listens"})]
    assert "scorecard_column_unread" in codes(found)


def test_two_columns_may_be_told_to_be_one_level():
    found = told(
        table("Criterion|1-2|3|4|5", "Tact|Shouts|Asks|Listens|Calms"), "", "", "level-3", "level-5", "level-5"
    )

    assert rows(found)[0][2][5] == "Listens; Calms"


def test_what_to_look_for_becomes_a_focus_area_of_the_dimension_s_name():
    card = table(
        "Criterion|3|Watch", "Tact|Asks|<ul><li>tone</li><li>pauses, breath</li></ul>", "Care|Checks|lists, order"
    )

    found = told(card, "", "", "look_for")

    assert [(row.name, row.topics) for row in found.focus_areas] == [
        ("Tact", ("tone", "pauses, breath")),
        ("Care", ("lists", "order")),
    ]


def test_a_column_of_questions_is_asked_beside_its_dimension():
    found = told(table("Criterion|3|Try", "Tact|Asks|Who was rude to you?"), "", "", "asked")

    assert [question.text for row in found.dimensions for question in row.questions] == ["Who was rude to you?"]


def test_a_scale_of_another_length_is_settled_once_each_column_is_told():
    card = table("Criterion|0|1|2", "Tact|Shouts|Asks|Listens")

    assert {"scale_unsupported", "levels_mapped"} <= codes(told(card))
    found = told(card, "", "level-1", "level-3", "level-5")
    assert rows(found) == [("Tact", None, {1: "Shouts", 3: "Asks", 5: "Listens"})]
    assert not codes(found) & {"scale_unsupported", "levels_mapped"}
    assert found.scale == {"min": 0, "max": 2}


def test_where_the_name_is_told_to_be_something_else_the_next_heading_names():
    header = tuple(Cell(text, True) for text in ("", "Nr", "Sense", "3"))

    assert told_columns(header, ["nothing", "nothing", "", ""]).name == 2


def test_names_in_the_last_column_are_found():
    found = told(table("3|5|What", "Asks|Listens|Tact"), "level-3", "level-5", "name")

    assert rows(found) == [("Tact", None, {3: "Asks", 5: "Listens"})]


# --- one header at a time ---


def columns(heads: str, told: str = "") -> Columns:
    """The columns of a header, whose headings and what was told of each are parted by bars."""
    header = tuple(Cell(text, True) for text in heads.split("|"))
    said = told.split("|") if told else []
    return told_columns(header, [*said, *[""] * (len(header) - len(said))])


SHEET = "Criterion|Weight|Question|What to look for|Red flags|1|3|5"


def test_without_a_word_the_rules_say_what_each_column_is():
    found = columns(SHEET)

    assert (found.name, found.weight, found.asked, found.title) == (0, 1, 2, "Criterion")
    assert (found.look_for, found.signs, found.levels) == ((3,), {4: "red_flag"}, {1: 5, 3: 6, 5: 7})
    assert (found.levels_told, found.left_out) == (False, frozenset())


def test_what_a_column_was_told_to_be_it_is_no_more_by_the_rules():
    found = columns(SHEET, "|nothing|nothing|nothing|nothing")

    assert (found.weight, found.asked, found.look_for, found.signs) == (None, None, (), {})
    assert found.left_out == {1, 2, 3, 4}


def test_a_telling_goes_before_the_rules_and_leaves_the_other_columns_to_them():
    found = columns("Criterion|Weight|Share|Question|Try", "||weight||asked")

    assert (found.name, found.weight, found.asked) == (0, 2, 4)


def test_what_to_look_for_is_told_beside_what_the_rules_find():
    assert columns("Criterion|What to look for|Tone|5", "||look_for").look_for == (2, 1)


@pytest.mark.parametrize(
    ("told", "levels_told"),
    [
        ("|level-1|level-3|level-5", True),
        ("|level-1|level-3", False),
        ("|nothing|nothing|nothing", False),
        ("|level-1|nothing|nothing", True),
    ],
)
def test_levels_are_told_where_none_is_left_to_the_rules(told, levels_told):
    assert columns("Criterion|1|3|5", told).levels_told is levels_told


def test_what_the_rules_warn_of_holds_while_they_read_a_level_or_refuse_one():
    by_rule = columns("Criterion|Poor|Average|Excellent")
    in_part = columns("Criterion|Poor|Average|Excellent", "|level-1")
    settled = columns("Criterion|Poor|Average|Excellent", "|level-1|level-3|level-5")
    grades = columns("Criterion|Junior|Senior", "|level-1")

    assert [row.code for row in by_rule.warnings] == ["levels_mapped"]
    assert (in_part.warnings, settled.warnings) == (by_rule.warnings, ())
    assert (by_rule.assumed, in_part.assumed, settled.assumed) == (True, True, False)
    assert [row.code for row in grades.warnings] == ["job_grades"]
    assert grades.refused == {2}


@pytest.mark.parametrize(
    ("heads", "told", "name"),
    [
        ("Criterion|Area|5", "nothing", 1),
        ("Criterion||Area|5", "nothing", 2),
        ("Criterion||5", "nothing", 1),
        ("Criterion|Weight|Area|5", "nothing", 2),
        ("Town|People", "", 0),
        ("Town|People", "|name", 1),
        ("Town|People", "nothing|", 1),
    ],
)
def test_names_stand_in_the_first_headed_column_that_nothing_else_was_told_or_read_of(heads, told, name):
    assert columns(heads, told).name == name
