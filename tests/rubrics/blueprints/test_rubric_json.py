"""The format evenhand-rubric/1, which other programs rely on."""

import json

import pytest

from rubrics.blueprints.exercises import PlannedExercise
from rubrics.blueprints.focus_areas import PlannedFocusArea
from rubrics.blueprints.plan import PlannedSection
from rubrics.blueprints.planned_dimensions import PlannedDimension
from rubrics.blueprints.rubric_json import RubricJson, as_json_rows, dimension_json, weight_json
from rubrics.blueprints.skills import PlannedSkill
from rubrics.blueprints.soft_skills import PlannedSoftSkill
from tests.rubrics.role_documents import read, read_hiring, table


@pytest.mark.parametrize(
    ("weight", "printed"),
    [(None, "null"), (40.0, "40"), (12.5, "12.5"), (0.0, "0"), (33.3, "33.3")],
)
def test_a_whole_weight_is_printed_without_a_point(weight, printed):
    assert json.dumps(weight_json(weight)) == printed


def test_levels_are_texts_in_ascending_order():
    found = dimension_json("sql", "SQL", None, {5: "e", 1: "a", 3: "c"}, draft=False)

    assert list(found["anchors"].items()) == [("1", "a"), ("3", "c"), ("5", "e")]


def test_only_a_draft_says_that_it_is_one():
    real = dimension_json("sql", "SQL", None, {}, draft=False)
    draft = dimension_json("sql", "SQL", None, {}, draft=True)

    assert list(real) == ["key", "name", "weight", "anchors"]
    assert draft == {**real, "draft": True}


@pytest.mark.parametrize(
    ("row", "printed"),
    [
        (
            PlannedDimension("sql", "SQL", 40.0, {3: "m"}),
            {"key": "sql", "name": "SQL", "weight": 40, "anchors": {"3": "m"}},
        ),
        (
            PlannedFocusArea("Care", "a, b", ("a", "b")),
            {"name": "Care", "detail": "a, b", "topics": ["a", "b"]},
        ),
        (
            PlannedExercise(None, "Plan", None, "Draw.", ("x",)),
            {"label": None, "title": "Plan", "duration": None, "prompt": "Draw.", "look_for": ["x"]},
        ),
        (
            PlannedSkill("must-have", "Go", "code", "tools", "Critical"),
            {"group": "must-have", "name": "Go", "description": "code", "use": "tools", "importance": "Critical"},
        ),
        (
            PlannedSoftSkill("Calm", "W.", "H.", "S."),
            {"name": "Calm", "why": "W.", "how": "H.", "strong": "S."},
        ),
        (
            PlannedSection(3, "Role", "<p>not printed</p>"),
            {"number": 3, "title": "Role"},
        ),
    ],
)
def test_each_kind_of_row_prints_its_names_in_their_order(row, printed):
    assert as_json_rows([row, row]) == [printed, printed]
    assert list(row.as_json()) == list(printed)


def test_a_whole_rubric_has_every_name_whatever_the_document_lacks():
    found = read("<h2>1) Role Summary</h2><p>x</p><h2>2) Role</h2><p>y</p>")

    assert list(found) == [name for name in RubricJson.__annotations__ if name in RubricJson.__required_keys__]
    assert found["format"] == "evenhand-rubric/1"
    assert found["source"]["url"] is None
    assert found["signals"] == {"strong": [], "weak": [], "red_flag": []}
    assert found["scale"] is None


def test_what_is_printed_is_json_and_comes_back_the_same():
    found = read_hiring("<h3>Scorecard</h3>" + table("Dimension|Weight|3", "SQL|100|m"))

    assert json.loads(json.dumps(found)) == found
