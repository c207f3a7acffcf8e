"""A stored version in format evenhand-rubric/1 says what the import of its document printed."""

from dataclasses import replace

import pytest

from rubrics.blueprints.exercises import PlannedExercise
from rubrics.blueprints.plan import ImportPlan
from rubrics.export import rubric_json, signals_by_kind
from rubrics.models import Rubric, RubricVersion, Signal
from rubrics.rows import add_row
from rubrics.services import import_plan
from tests.rubrics.drafting import reword, write
from tests.rubrics.role_documents import START, plan_of, table

HIRING = "<h2>19) Hiring</h2>"
AREAS = "<h3>What to assess</h3><ul><li>Care: a, b</li></ul>"


def stored(plan: ImportPlan) -> RubricVersion:
    version, _ = import_plan(plan, filename="x.html", by=None)
    return RubricVersion.objects.get(pk=version.pk)


@pytest.mark.parametrize(
    "markup",
    [
        START,
        f"{START}{HIRING}{AREAS}",
        f"{START}{HIRING}<h3>Scorecard</h3>" + table("Dimension|Weight|3|5", "SQL|12,5|m|e", "Care|87.5||"),
        f"{START}{HIRING}<h3>Scorecard</h3>" + table("Dimension|0|1|2|3|4", "SQL|z|a|b|c|d"),
        f"{START}{HIRING}<h3>Scorecard</h3><p>Score out of 10.</p>" + table("Dimension|Meets", "SQL|m"),
        f"{START}{HIRING}<h3>Exercises</h3><h4>Exercise A: Plan (1 hour)</h4><p>Draw it.</p><p>Look for: x; y</p>",
        f"{START}{HIRING}<h3>Weak signals</h3><p>– b</p><p>– a</p><h3>Strong signals</h3><p>– d</p><p>– c</p>",
        f"{START}<h2>8) Technical skills</h2><ul><li>Go (High): code. Use: tools.</li></ul>",
        f"{START}<h2>9) Soft skills</h2><ul><li><b>Calm</b>: Why: W. In practice: H.</li></ul>",
        "<h2>Role</h2><p>x</p><h2>Role &amp; mission</h2><p>\u202ey</p>",
    ],
)
def test_an_export_says_what_the_import_printed(db, markup):
    plan = plan_of(markup)

    assert rubric_json(stored(plan)) == plan.as_json()


def without_questions(rubric):
    """What a document said: the sample's questions were written beside it."""
    for dimension in rubric["dimensions"]:
        dimension.pop("questions", None)
    return rubric


def test_the_sample_comes_back_whole(published_version, sample_plan):
    assert without_questions(rubric_json(published_version)) == sample_plan.as_json()


def test_names_stand_in_the_same_order_as_in_the_import(published_version, sample_plan):
    exported, imported = without_questions(rubric_json(published_version)), sample_plan.as_json()

    assert list(exported) == list(imported)
    for name in ("dimensions", "focus_areas", "exercises", "skills", "soft_skills", "sections"):
        assert list(exported[name][0]) == list(imported[name][0])


def test_a_label_and_a_duration_that_are_not_given_are_null(db, plan_of_one_dimension):
    exercise = PlannedExercise(None, "Plan", None, "", ())

    (found,) = rubric_json(stored(replace(plan_of_one_dimension, exercises=(exercise,))))["exercises"]

    assert (found["label"], found["duration"]) == (None, None)


def test_an_edit_of_a_draft_is_in_its_export(draft_version, person):
    dimension = draft_version.dimensions.first()

    reword(dimension, by=person("recruiter"), level_2="new", level_3="", level_5="", name="Care")

    first = rubric_json(draft_version)["dimensions"][0]
    assert (first["name"], first["key"], first["anchors"]) == ("Care", dimension.key, {"2": "new"})


def test_a_version_without_a_document_has_an_empty_source(db):
    rubric = Rubric.objects.create(slug="by-hand", title="By hand")
    version = RubricVersion.objects.create(rubric=rubric, number=1)

    found = rubric_json(version)

    assert found["source"] == {"title": None, "url": None, "sha256": None}
    assert (found["sections"], found["scale"], found["warnings"]) == ([], None, [])


def test_focus_areas_that_stand_in_stay_drafts_when_they_are_exported(db):
    found = rubric_json(stored(plan_of(f"{START}{HIRING}{AREAS}")))

    assert [(row["name"], row["draft"]) for row in found["dimensions"]] == [("Care", True)]


@pytest.mark.parametrize(
    ("written", "exported"),
    [("100", 100), ("12,5", 12.5), ("33.333", 33.333), ("", None)],
)
def test_a_weight_survives_the_database(db, written, exported):
    card = table("Dimension|Weight|3", f"SQL|{written}|m")

    (found,) = rubric_json(stored(plan_of(f"{START}{HIRING}<h3>Scorecard</h3>{card}")))["dimensions"]

    assert found["weight"] == exported
    assert isinstance(found["weight"], type(exported))


def test_signals_are_sorted_into_kinds_and_each_kind_is_there():
    rows = [Signal(kind="weak", text="b"), Signal(kind="strong", text="c"), Signal(kind="weak", text="a")]

    assert signals_by_kind(rows) == {"strong": ["c"], "weak": ["b", "a"], "red_flag": []}


def test_an_export_takes_as_many_queries_for_many_dimensions_as_for_one(
    db, sample_plan, plan_of_one_dimension, django_assert_num_queries
):
    few, many = stored(plan_of_one_dimension), stored(sample_plan)

    with django_assert_num_queries(11):
        rubric_json(few)
    with django_assert_num_queries(11):
        rubric_json(many)


def test_questions_and_what_an_exercise_shows_are_added_where_there_are_any(draft_version, person):
    by, dimension, exercise = person("recruiter"), draft_version.dimensions.first(), draft_version.exercises.first()
    before = rubric_json(draft_version)
    question = add_row(draft_version, "question", among=str(dimension.pk), by=by)
    texts = {f"question_{question.pk}_text": "Why?", f"question_{question.pk}_strong": "Says why"}
    write(draft_version, texts | {f"exercise_{exercise.pk}_shows_{dimension.pk}": "on"}, by=by)

    found = rubric_json(draft_version)

    asked = before["dimensions"][0].get("questions", [])
    assert found["dimensions"][0]["questions"] == [*asked, {"text": "Why?", "strong": "Says why", "weak": ""}]
    assert found["dimensions"][1] == before["dimensions"][1]
    assert found["exercises"][0]["dimensions"] == [dimension.key]
