"""Pages about one exercise."""

import pytest

from rubrics.blueprints.exercise_pages import is_exercise_page
from tests.rubrics.role_documents import plan_of, sections_of, table


def test_the_page_s_title_is_the_exercise_and_its_headings_are_its_fields():
    found = plan_of(
        "<h1>Take-home exercise: index</h1><h2>Background</h2><p>We have a heap.</p><h2>Task</h2><p>Sort it.</p>"
        "<h2>Your task</h2><p>Tell us.</p><h2>Duration</h2><p>2 hours</p>"
        "<h2>How we evaluate</h2><ul><li>order</li><li>haste</li></ul>"
    )

    (exercise,) = found.exercises
    assert exercise.prompt == "Background: We have a heap. Sort it. Tell us."
    assert exercise.duration == "2 hours"
    assert exercise.look_for == ("order", "haste")


def test_a_table_of_levels_on_the_page_is_the_scorecard():
    card = table("Criterion|1|3|5", "Order|a|b|c")
    found = plan_of(f"<h1>Pairing exercise</h1><h2>Task</h2><p>Sort it.</p><h2>Rubric</h2>{card}")

    assert [(row.name, row.anchors) for row in found.dimensions] == [("Order", {1: "a", 3: "b", 5: "c"})]
    assert [(row.title, row.prompt) for row in found.exercises] == [("Pairing exercise", "Sort it.")]


def test_several_exercises_of_one_page_are_told_apart():
    found = plan_of(
        "<h1>Practical exercises</h1>"
        "<h2>Exercise 1: Sort</h2><p>Sort it.</p><p>What to look for:</p><ul><li>order</li></ul>"
        "<h2>Exercise 2: Tell</h2><p>Tell us.</p><p>What to look for:</p><ul><li>calm</li></ul>"
    )

    assert [(row.label, row.title, row.look_for) for row in found.exercises] == [
        ("1", "Sort", ("order",)),
        ("2", "Tell", ("calm",)),
    ]


def test_a_table_of_exercises_has_no_exercise_around_it():
    rows = table(
        "Exercise|Duration|Task|What to look for", "Sort|30 minutes|Sort it|care", "Tell|10 minutes|Tell it|calm"
    )
    found = plan_of(f"<h1>Work samples for the post</h1><h2>Exercises</h2>{rows}").exercises

    assert [row.title for row in found] == ["Sort", "Tell"]


@pytest.mark.parametrize(
    "scale", ["<ul><li>2 – Good: clear</li><li>1 – Poor: none</li></ul>", table("Score|Meaning", "2|Clear", "1|None")]
)
def test_a_section_on_the_scale_is_no_exercise(scale):
    walk = "<h2>Exercises</h2><h3>Walk (20 minutes)</h3><p>Walk the stacks.</p><p>Look for:</p><ul><li>care</li></ul>"

    assert [row.title for row in plan_of(f"{walk}<h2>Rating scale</h2>{scale}").exercises] == ["Walk"]


@pytest.mark.parametrize(
    ("title", "inner", "is_one"),
    [
        ("Pairing exercise", "<h2>What we look for</h2><p>x</p>", True),
        ("System design interview", "<h2>Prompt</h2><p>x</p>", True),
        ("Coding challenge: cart", "<h2>Your task</h2><p>x</p><h2>What we are looking for</h2><p>y</p>", True),
        ("Work sample", "<h2>Task</h2><p>x</p>", True),
        ("Work sample: Letter", "<h2>Letter</h2><p>Time limit: 20 minutes</p>", True),
        ("Work sample: Letter", "<h2>Letter</h2><p>Time limit: none</p>", False),
        ("Pairing exercise", "<h2>History</h2><p>x</p>", False),
        ("Morning exercise scorecard", "<h2>Task</h2><p>x</p>", False),
        ("Gardening", "<h2>Task</h2><p>x</p>", False),
    ],
)
def test_a_page_is_an_exercise_s_by_its_title_and_one_of_its_fields(title, inner, is_one):
    assert is_exercise_page(title, sections_of(inner)) is is_one


def test_what_is_about_several_exercises_is_none_of_them():
    found = plan_of(
        "<h1>Practical exercises</h1><h2>Overview</h2><p>Both take a morning.</p>"
        "<h2>Exercise 1: Sort</h2><p>Sort it.</p><p>What to look for:</p><ul><li>order</li></ul>"
        "<h2>Exercise 2: Tell</h2><p>Tell us.</p><p>What to look for:</p><ul><li>calm</li></ul>"
    )

    assert [row.title for row in found.exercises] == ["Sort", "Tell"]


def test_a_heading_above_a_card_goes_with_it_and_a_text_stays():
    card = table("Criterion|1|3|5", "Order|a|b|c")
    headed = plan_of(f"<h1>Pairing exercise</h1><h2>Task</h2><p>Sort it.</p><h2>Rubric</h2>{card}")
    texted = plan_of(f"<h1>Pairing exercise</h1><h2>Task</h2><p>Sort it.</p><p>Rated together.</p>{card}")

    assert [row.prompt for row in headed.exercises] == ["Sort it."]
    assert [row.prompt for row in texted.exercises] == ["Sort it. Rated together."]
    assert [row.name for row in texted.dimensions] == ["Order"]


def test_a_table_that_weighs_is_a_card_too():
    found = plan_of(
        f"<h1>Pairing exercise</h1><h2>Task</h2><p>Sort it.</p>{table('Criterion|Weight', 'Order|60 %', 'Haste|40 %')}"
    )

    assert [(row.name, row.weight) for row in found.dimensions] == [("Order", 60), ("Haste", 40)]
