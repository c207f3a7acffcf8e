"""Exercises in every markup that the family uses; all of them say the same."""

import pytest

from tests.rubrics.role_documents import read_hiring, table

HEADING = "<h3>Practical exercises or case studies (recommended)</h3>"
LOOK_FOR = ["x (a, b)", "y z"]
LIST = "<ul><li>x (a, b)</li><li>y z</li></ul>"
DASHED = "– Prompt: Draw it.\n– What to look for:\n  – x (a, b)\n  – y z"


def exercises(inner: str) -> list[tuple]:
    return [tuple(row.values()) for row in read_hiring(HEADING + inner)["exercises"]]


def case(label: str | None = "A", title: str = "Design case", duration: str | None = None) -> list[tuple]:
    return [(label, title, duration, "Draw it.", LOOK_FOR)]


@pytest.mark.parametrize(
    "markup",
    [
        f"<p><strong>Exercise A: Design case</strong>\n{DASHED}</p>",
        f"<p>Exercise A: Design case\n{DASHED}</p>",
        f"<p><strong>Exercise A: Design case</strong><br />{DASHED.replace(chr(10), '<br />')}</p>",
        "<p><b>Exercise A: Design case</b><br>– Prompt: Draw it.<br>– What to look for:<br>– x (a, b)<br>– y z</p>",
        f"<p><strong>Exercise A: Design case</strong>\n{DASHED.replace('Draw it', 'Draw' + chr(10) + '  it')}</p>",
        f"<p><b>Exercise A: Design case</b>\n{DASHED.replace('Prompt:', '<b>Prompt:</b>')}</p><p>Keep time.</p>",
        f"<h4>Exercise A: Design case</h4><ul><li>Prompt: Draw it.</li><li>What to look for:{LIST}</li></ul>",
        f"<h4>Exercise (A) – Design case</h4><p>Draw it.</p><p>Evaluation criteria:</p>{LIST}",
        f"<h4>Exercise a: Design case</h4><h5>Prompt</h5><p>Draw it.</p><h5>What to look for</h5>{LIST}",
        f"<h3>Exercise A: Design case</h3><p>Draw it.</p><p>What good looks like:</p>{LIST}<h3>Red flags</h3><p>q</p>",
        f"<ol><li><strong>Exercise A: Design case</strong>\n {DASHED}</li></ol>",
        f"<ol><li>Exercise A: Design case<ul><li>Prompt: Draw it.</li><li>Look for:{LIST}</li></ul></li></ol>",
        "<h4>Exercise A: Design case</h4><p><b>Prompt:</b> Draw it.<br><b>What to look for:</b> x (a, b); y z.</p>",
        "<h4>Exercise A: Design case</h4><ul><li>Prompt – Draw it.</li><li>What to look for – x (a, b); y z</li></ul>",
        "<h4>Exercise A: Design case</h4><p>Draw it. What to look for: x (a, b); y z.</p>",
        table("Exercise|Prompt|What to look for", "Exercise A: Design case|Draw it.|x (a, b); y z"),
        table("#|Exercise|Task|Look for", f"A|Design case|Draw it.|{LIST}"),
    ],
)
def test_one_exercise_is_read_the_same_from_any_markup(markup):
    assert exercises(markup) == case()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Exercise 1: Design case", case("1")),
        ("Exercise #2: Design case", case("2")),
        ("Exercise II: Design case", case("II")),
        ("Case study: Design case", case(None)),
        ("1) Design case", case(None)),
        ("Exercise A: Design case (60 minutes)", case(duration="60 minutes")),
        ("Exercise A (60–90 min): Design case", case(duration="60–90 min")),
        ("Exercise A: Design case – 1.5 hours", case(duration="1.5 hours")),
        ("Exercise A: Design case (take-home, 1 week)", case(duration="take-home, 1 week")),
        ("Exercise A: Design case (whiteboard)", case(title="Design case (whiteboard)")),
        ("Exercise A: 90-minute design case", case(title="90-minute design case", duration="90-minute")),
        ("Exercise A: Strong consistency, red flags", case(title="Strong consistency, red flags")),
    ],
)
def test_label_title_and_duration_come_from_the_heading(title, expected):
    assert exercises(f"<h4>{title}</h4><p>Prompt: Draw it.</p><p>What to look for:</p>{LIST}") == expected
    assert exercises(f"<p><strong>{title}</strong>\n{DASHED}</p>") == expected


@pytest.mark.parametrize(
    ("prompt", "duration"),
    [
        ("You have 45 minutes.", "45 minutes"),
        ("Within 2 hours, draw it.", "2 hours"),
        ("Alerts fire within 5 minutes.", None),
        ("Cut costs in 30 days.", None),
    ],
)
def test_a_duration_in_the_prompt_is_the_exercise_s_and_not_the_story_s(prompt, duration):
    assert exercises(f"<h4>Exercise A: Plan</h4><p>{prompt}</p>")[0][2] == duration


def test_a_duration_line_is_no_prompt():
    lines = "<ul><li><b>Time:</b> 45 min</li><li><b>Prompt:</b> Draw it.</li><li><b>What to look for</b>"

    assert exercises(f"<h4>Exercise A: Design case</h4>{lines}{LIST}</li></ul>") == case(duration="45 min")


def test_two_exercises_in_one_paragraph():
    markup = f"<p><b>Exercise A: Design case</b>\n{DASHED}\n<b>Exercise B: Debug</b>\n– Prompt: Fix.</p>"

    assert exercises(markup) == [*case(), ("B", "Debug", None, "Fix.", [])]


def test_list_items_that_are_complete_in_themselves():
    markup = "<ol><li><b>Design (60–90 min):</b> Draw it.</li><li>Debug a query: find why.</li></ol>"

    assert exercises(markup) == [
        (None, "Design", "60–90 min", "Draw it.", []),
        (None, "Debug a query", None, "find why.", []),
    ]


def test_dashes_and_ranges_inside_a_sentence_are_no_list():
    lines = "– Prompt: Draw - or sketch – it, 1–5 boxes.\n– What to look for:\n  – x – with y\n  – range 1–5"

    assert exercises(f"<p><b>Exercise A: Plan</b>\n{lines}</p>") == [
        ("A", "Plan", None, "Draw - or sketch – it, 1–5 boxes.", ["x – with y", "range 1–5"])
    ]


def test_a_german_exercise():
    lines = "<ul><li>Aufgabe: Zeichne.</li><li>Worauf achten:<ul><li>Ordnung</li></ul></li></ul>"

    assert exercises(f"<h4>Übung A: Entwurf (60 Minuten)</h4>{lines}") == [
        ("A", "Entwurf", "60 Minuten", "Zeichne.", ["Ordnung"])
    ]


@pytest.mark.parametrize("line", ["<p><em>60 min</em></p><p>Draw it.</p>", "<p><b>Prompt (60 min):</b> Draw it.</p>"])
def test_a_time_on_its_own_line_or_in_a_label_is_the_duration(line):
    assert exercises(f"<h4>Exercise A: Plan</h4>{line}") == [("A", "Plan", "60 min", "Draw it.", [])]


def test_a_table_inside_an_exercise_belongs_to_it():
    criteria = table("Criterion|Good", "x|gx", "y|gy")

    assert exercises(f"<h4>Exercise A: Plan</h4><p>Draw it.</p><p>What to look for:</p>{criteria}") == [
        ("A", "Plan", None, "Draw it.", ["x – gx", "y – gy"])
    ]
