"""Variants that other files of the family are likely to have: columns, totals, exercises, skills."""

import pytest

from rubrics.blueprints.documents import load
from rubrics.blueprints.plan import ImportPlan, plan

START = "<h2>1) Role Summary</h2><p>Keeps the lights on.</p><h2>2) Role Mission</h2><p>Calm nights.</p>"
CARD = START + "<h2>19) Hiring Evaluation Criteria</h2><h3>Scorecard dimensions</h3>"
TESTS = START + "<h2>Interview evaluation criteria</h2><h3>Practical exercises</h3>"
SKILLS = START + "<h2>8) Technical Skills Required</h2><h3>Must-have technical skills</h3>"


def read(markup: str) -> ImportPlan:
    return plan(load(markup.encode(), filename="role.html"))


def table(*rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def weights(found: ImportPlan) -> list[tuple[str, float | None]]:
    return [(row.name, row.weight) for row in found.dimensions]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("A|12,5|x|y", "B|87.5 %|x|y", "Total|100||"), [("A", 12.5), ("B", 87.5)]),
        (("A|0.4|x|y", "B|0,6|x|y"), [("A", 40), ("B", 60)]),
        (("A|40|x|y", "B|60|x|y", "Gesamtwert|100||"), [("A", 40), ("B", 60)]),
        (("Overall calm|50|x|y", "Total cost|50|x|y"), [("Overall calm", 50), ("Total cost", 50)]),
    ],
)
def test_weights_and_totals(rows, expected):
    found = read(CARD + table("Dimension|Weight|Meets|Exceeds", *rows))

    assert weights(found) == expected
    assert "weights_sum" not in [row.code for row in found.warnings]


def test_levels_come_in_any_order_and_spelling():
    found = read(CARD + table("Dimension|5 – Superb|Level 3|Score 4|2|1", "A|e|c|d|b|a"))

    assert found.dimensions[0].anchors == {1: "a", 2: "b", 3: "c", 4: "d", 5: "e"}
    assert found.levels_assumed is False


def test_a_title_row_and_a_category_column_are_no_dimensions():
    head = "<tr><th colspan=4>Card</th></tr><tr><th>Category</th><th>Dimension</th><th>Meets</th><th>Exceeds</th></tr>"
    rows = "<tr><td rowspan=2>T</td><td>A</td><td>x</td><td>y</td></tr><tr><td>B</td><td>x</td><td>y</td></tr>"
    found = read(CARD + f"<table>{head}{rows}</table>")

    assert [row.name for row in found.dimensions] == ["A", "B"]


def test_four_numbered_columns_are_another_scale():
    found = read(CARD + table("Dimension|1|2|3|4", "A|x|y|z|w"))

    assert found.scale == {"min": 1, "max": 4}
    assert "scale_unsupported" in [row.code for row in found.warnings]


def test_a_document_in_another_language_is_read_by_its_numbered_table():
    found = read("<h2>1) Aufgabe</h2><p>t</p><h2>19) Einstellung</h2>" + table("Dimension|1|3|5", "Fach|a|b|c"))

    assert found.dimensions[0].anchors == {1: "a", 3: "b", 5: "c"}
    assert "hiring_section_guessed" in [row.code for row in found.warnings]


def test_a_bold_label_inside_an_exercise_does_not_end_the_exercises():
    found = read(
        TESTS + "<h4>Exercise 1: Plan (60 minutes)</h4><p><strong>Scenario:</strong> Do it.</p>"
        "<p><strong>Evaluate:</strong></p><ul><li>a</li><li>b</li></ul>"
        "<h4>Case study: Two</h4><p>Time: 45 min</p><p>Task: go</p><p>Look for: c; d</p>"
    )

    assert [(row.label, row.title, row.duration, row.prompt, row.look_for) for row in found.exercises] == [
        ("1", "Plan", "60 minutes", "Do it.", ("a", "b")),
        (None, "Two", "45 min", "go", ("c", "d")),
    ]


def test_exercises_as_one_list_item_each():
    found = read(TESTS + "<ul><li><strong>Capacity:</strong> Given X, plan Y.</li><li>90-minute review</li></ul>")

    assert [(row.label, row.title, row.prompt) for row in found.exercises] == [
        (None, "Capacity", "Given X, plan Y."),
        (None, "90-minute review", ""),
    ]


def test_skills_as_lists():
    found = read(
        SKILLS + "<ul><li><strong>Linux</strong> – kernels (Critical)<ul><li>Use: repair</li></ul></li>"
        "<li><strong>Go</strong> (Important): code. Use: tools.</li></ul>"
    )

    assert [(row.name, row.description, row.use, row.importance) for row in found.skills] == [
        ("Linux", "kernels", "repair", "Critical"),
        ("Go", "code", "tools", "Important"),
    ]
