"""Exercises in every markup that the family uses; all of them say the same."""

import pytest

from rubrics.blueprints.exercises import PlannedExercise, is_a_table_of_exercises, is_numbered_exercise
from rubrics.blueprints.exercises import exercises as exercises_of
from rubrics.blueprints.reading import Read
from tests.rubrics.role_documents import START, blocks_of, hiring_page, plan_of, read_hiring, read_post, table

TESTS = START + "<h2>Interview evaluation criteria</h2><h3>Practical exercises</h3>"
HEADING = "<h3>Practical exercises or case studies (recommended)</h3>"
LOOK_FOR = ["x (a, b)", "y z"]
LIST = "<ul><li>x (a, b)</li><li>y z</li></ul>"
DASHED = "– Prompt: Draw it.\n– What to look for:\n  – x (a, b)\n  – y z"


def exercises(inner: str) -> list[tuple]:
    return [tuple(row.values()) for row in read_hiring(HEADING + inner)["exercises"]]


def case(label: str | None = "A", title: str = "Design case", duration: str | None = None) -> list[tuple]:
    return [(label, title, duration, "Draw it.", LOOK_FOR)]


def test_exercises_as_headings_with_lists():
    inner = """<h3>Practical exercises</h3><h4>Exercise 1: Join two tables (45 minutes)</h4><p>Prompt: Write it.</p>
    <p>What to look for:</p><ul><li>Correct keys</li><li>Range 1–5 checked</li></ul>
    <h4>Exercise 2: Explain</h4>
    <ul><li>Prompt: Say why.</li><li>What to look for:<ul><li>Plain words</li></ul></li></ul>"""
    found = read_post(hiring_page(inner))

    assert found["exercises"] == [
        {
            "label": "1",
            "title": "Join two tables",
            "duration": "45 minutes",
            "prompt": "Write it.",
            "look_for": ["Correct keys", "Range 1–5 checked"],
        },
        {"label": "2", "title": "Explain", "duration": None, "prompt": "Say why.", "look_for": ["Plain words"]},
    ]


def test_a_bold_label_inside_an_exercise_does_not_end_the_exercises():
    found = plan_of(
        TESTS + "<h4>Exercise 1: Plan (60 minutes)</h4><p><strong>Scenario:</strong> Do it.</p>"
        "<p><strong>Evaluate:</strong></p><ul><li>a</li><li>b</li></ul>"
        "<h4>Case study: Two</h4><p>Time: 45 min</p><p>Task: go</p><p>Look for: c; d</p>"
    )

    assert [(row.label, row.title, row.duration, row.prompt, row.look_for) for row in found.exercises] == [
        ("1", "Plan", "60 minutes", "Do it.", ("a", "b")),
        (None, "Two", "45 min", "go", ("c", "d")),
    ]


def test_exercises_as_one_list_item_each():
    found = plan_of(TESTS + "<ul><li><strong>Capacity:</strong> Given X, plan Y.</li><li>90-minute review</li></ul>")

    assert [(row.label, row.title, row.prompt) for row in found.exercises] == [
        (None, "Capacity", "Given X, plan Y."),
        (None, "90-minute review", ""),
    ]


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


# --- the part's blocks, read alone ---


def read_exercises(markup: str) -> list[PlannedExercise]:
    return list(exercises_of(blocks_of(markup)).value)


def titles(markup: str) -> list[tuple[str | None, str]]:
    return [(row.label, row.title) for row in read_exercises(markup)]


@pytest.mark.parametrize(
    ("title", "numbered"),
    [
        ("Exercise A: Plan", True),
        ("Technical exercise 2: Plan", True),
        ("3. Case study B – Plan", True),
        ("A: Plan", True),
        ("Exercise: Plan", False),
        ("1) Plan", False),
        ("Plan A", False),
        ("Red flags", False),
    ],
)
def test_an_exercise_is_numbered_by_what_stands_behind_its_kind(title, numbered):
    assert is_numbered_exercise(title) is numbered


def test_a_part_without_blocks_has_no_exercises():
    assert exercises_of([]) == Read(())


def test_an_empty_table_is_no_exercise_and_no_error():
    assert read_exercises("<table></table><h4>Exercise A: Plan</h4><p>Draw it.</p>") == [
        PlannedExercise("A", "Plan", None, "Draw it.", ())
    ]


def test_a_field_s_heading_before_any_exercise_is_taken_for_one():
    assert titles("<h4>Prompt</h4><p>Draw it.</p>") == [(None, "Prompt")]


def test_a_table_s_columns_without_a_known_title_belong_to_the_prompt():
    (found,) = read_exercises(table("Exercise|Setting|Duration", "Plan|In pairs|1 hour"))

    assert found == PlannedExercise(None, "Plan", "1 hour", "In pairs", ())


def test_a_table_without_a_column_of_titles_has_them_in_its_first_free_one():
    assert titles(table("Duration|What|Task", "1 hour|Plan|Draw it.")) == [(None, "Plan")]


def test_a_label_s_column_goes_into_the_title_unless_it_says_so_itself():
    rows = ("1|Exercise A: Plan|x", "2|Debug|y", "Exercise 3|Talk|z", "|Walk|w")

    assert titles(table("#|Exercise|Task", *rows)) == [
        ("A", "Plan"),
        ("2", "Debug"),
        ("3", "Talk"),
        (None, "Walk"),
    ]


def test_a_row_without_a_title_is_no_exercise():
    assert titles(table("Exercise|Task", "|x", "Plan|y")) == [(None, "Plan")]


def test_bold_words_inside_a_prompt_open_no_exercise():
    markup = "<h4>Exercise A: Plan</h4><p>Draw it.</p><p><b>Be quick</b> about it.</p>"

    assert titles(markup) == [("A", "Plan")]


def test_a_bold_beginning_behind_a_list_opens_the_next_exercise():
    markup = "<p><b>Plan</b></p><ul><li>Draw it.</li></ul><p><b>Debug</b></p><ul><li>Fix it.</li></ul>"

    assert titles(markup) == [(None, "Plan"), (None, "Debug")]


def test_where_only_the_label_is_bold_the_title_is_what_follows():
    assert titles("<p><b>Exercise A:</b> Plan</p>") == [("A", "Plan")]


def test_a_bold_title_and_its_prompt_may_share_a_line():
    (found,) = read_exercises("<p><b>Exercise A: Plan</b> (1 hour): Draw it.</p>")

    assert (found.title, found.duration, found.prompt) == ("Plan", "1 hour", "Draw it.")


@pytest.mark.parametrize(
    ("texts", "duration"),
    [
        ("<h4>Plan (1 hour)</h4><p>Duration: 2 hours</p><p>You have 3 hours.</p>", "1 hour"),
        ("<h4>Plan</h4><p>Duration: 2 hours</p><p>You have 3 hours.</p>", "2 hours"),
        ("<h4>Plan</h4><p>Draw it.</p><p>You have 3 hours.</p>", "3 hours"),
        ("<h4>4-hour plan</h4><p>Draw it.</p>", "4-hour"),
        ("<h4>Plan</h4><p>Time: as long as it takes</p>", "as long as it takes"),
        ("<h4>Plan</h4><p>Time:</p><p>Draw it.</p>", None),
    ],
)
def test_a_duration_comes_from_the_heading_then_its_line_then_the_prompt(texts, duration):
    assert read_exercises(texts)[0].duration == duration


def test_what_is_deeper_joins_the_thing_that_it_stands_below():
    inner = "<ul><li>x<ul><li>x1</li><li>x2</li></ul></li><li>y</li></ul>"

    (found,) = read_exercises(f"<h4>Plan</h4><p>What to look for:</p>{inner}")

    assert found.look_for == ("x x1 x2", "y")


def test_a_paragraph_behind_a_list_of_things_to_look_for_is_none_of_them():
    (found,) = read_exercises("<h4>Plan</h4><p>Look for:</p><ul><li>x</li></ul><p>Be kind.</p>")

    assert found.look_for == ("x",)


def test_paragraphs_may_be_what_to_look_for():
    (found,) = read_exercises("<h4>Plan</h4><p>Look for:</p><p>x</p><p>y</p>")

    assert found.look_for == ("x", "y")


def test_a_single_thing_to_look_for_keeps_its_full_stop():
    (one,) = read_exercises("<h4>Plan</h4><p>Look for: x.</p>")
    (two,) = read_exercises("<h4>Plan</h4><p>Look for: x; y (a; b).</p>")

    assert one.look_for == ("x.",)
    assert two.look_for == ("x", "y (a; b)")


def test_a_prompt_goes_on_behind_what_to_look_for():
    (found,) = read_exercises("<h4>Plan</h4><p>Look for: x; y</p><p>Task: Draw it.</p><p>Then talk.</p>")

    assert found.prompt == "Draw it. Then talk."
    assert found.look_for == ("x", "y")


def test_a_sentence_that_only_begins_like_a_label_is_prompt():
    (found,) = read_exercises("<h4>Plan</h4><p>What to look for in a log is up to you as long as you say why</p>")

    assert found.look_for == ()
    assert found.prompt.startswith("What to look for in a log")


@pytest.mark.parametrize(
    "markup",
    [
        "<ul><li>Pack (60 minutes) – Pack a crate with:<ul><li>ten cups</li><li>no straw</li></ul></li></ul>",
        "<ul><li><b>Pack (60 minutes)</b> – Pack a crate with:<ul><li>ten cups</li><li>no straw</li></ul></li></ul>",
        "<p><b>Exercise A: Pack (60 minutes)</b><br>– Prompt: Pack a crate with:<br>   – ten cups<br>   – no straw</p>",
    ],
)
def test_items_of_a_list_in_a_prompt_are_kept_apart_and_its_colon_stays(markup):
    (found,) = read_exercises(markup)

    assert (found.title, found.duration, found.prompt) == (
        "Pack",
        "60 minutes",
        "Pack a crate with: ten cups; no straw",
    )


@pytest.mark.parametrize(
    ("prompt", "duration"),
    [
        ("Please spend no more than 3 hours.", "3 hours"),
        ("You will have at most 45 minutes for it.", "45 minutes"),
        ("This should take roughly two drafts.", None),
        ("20 minutes. Shelve the cart.", "20 minutes"),
        ("Shelve the cart together, 50 minutes, in our hall.", "50 minutes"),
        ("Dauer 25 Minuten. Ein Wagen ist einzuräumen.", "25 Minuten"),
        ("Vous disposez de 30 minutes pour ranger.", "30 minutes"),
        ("Ordene el carro. Tiempo: 10 minutos.", "10 minutos"),
        ("A reader calls after 20 minutes and complains.", None),
        ("Plan the move. 3 weeks, not more, are left.", None),
    ],
)
def test_a_time_that_the_prompt_allows(prompt, duration):
    (found,) = exercises_of(blocks_of(f"<h4>Exercise A: Shelving</h4><p>{prompt}</p>")).value

    assert found.duration == duration


def test_a_bold_line_with_a_name_behind_its_kind_is_a_title_and_a_bold_label_a_field():
    (named,) = exercises_of(blocks_of("<p><b>Exercise: Shelve a box (20 minutes)</b></p><p>Ten maps.</p>")).value
    (labelled,) = exercises_of(blocks_of("<h4>Shelving</h4><p><b>Exercise:</b> Shelve a box.</p>")).value

    assert (named.title, named.duration, named.prompt) == ("Shelve a box", "20 minutes", "Ten maps.")
    assert (labelled.title, labelled.prompt) == ("Shelving", "Shelve a box.")


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        ("Exercise|Duration|Task", True),
        ("Case study|What to look for|Notes", True),
        ("Exercise|1|3", False),
        ("Competency|Duration|Task", False),
    ],
)
def test_a_table_whose_first_column_names_exercises(head, is_one):
    (block,) = blocks_of(table(head, "Shelving|20|Shelve."))

    assert is_a_table_of_exercises(block) is is_one


def test_an_item_with_a_time_at_its_end_is_a_title_without_bold_text():
    title = "<li>Exercise: Shelve a box (20 minutes)</li>"
    items = f"<ul>{title}<li>Ten maps.</li><li>What to look for:</li><li>order</li></ul>"
    (found,) = exercises_of(blocks_of(items)).value

    assert (found.title, found.duration) == ("Shelve a box", "20 minutes")
    assert (found.prompt, found.look_for) == ("Ten maps.", ("order",))


def test_the_round_that_an_exercise_is_counted_by_is_no_part_of_its_name():
    inner = "<h2>Round 2: Map exercise (90 min)</h2><p>Task: Draw it.</p><p>Look for:</p><ul><li>north</li></ul>"
    (found,) = plan_of(
        f"<h1>Interview packet</h1>{inner}<h2>Scorecard</h2>{table('Criterion|1|5', 'Care|a|b')}"
    ).exercises

    assert (found.title, found.duration, found.look_for) == ("Map exercise", "90 min", ("north",))


@pytest.mark.parametrize("says", ["Wir achten auf:", "Nous observons :", "Qué buscamos:", "À observer :"])
def test_what_is_watched_for_in_other_languages(says):
    [row] = exercises(f"<h4>Exercise A: Design case</h4><p>Draw it.</p><p>{says}</p>{LIST}")

    assert row == (*case()[0][:3], "Draw it.", LOOK_FOR)


DEEDS = "<ul><li>asks whom it serves</li><li>Names two limits</li></ul>"


def test_a_last_list_of_deeds_is_to_be_looked_for_and_said_to_be_our_reading():
    found = read_hiring(f"{HEADING}<h4>Exercise A: Design case</h4><p>Draw it.</p>{DEEDS}")

    assert found["exercises"][0]["look_for"] == ["asks whom it serves", "Names two limits"]
    assert found["exercises"][0]["prompt"] == "Draw it."
    assert "look_for_guessed" in [row["code"] for row in found["warnings"]]


@pytest.mark.parametrize(
    "text",
    [
        f"<p>Draw it with:</p>{DEEDS}",
        "<p>Draw it.</p><ul><li>Two views of it</li><li>A note on its cost</li></ul>",
        "<p>Draw it.</p><ul><li>asks whom it serves</li><li>Then sleep</li></ul>",
        "<p>Draw it.</p><ul><li>Sketches of each part</li><li>Names of all parts</li></ul>",
    ],
)
def test_other_lists_below_a_prompt_belong_to_it(text):
    found = read_hiring(f"{HEADING}<h4>Exercise A: Design case</h4>{text}")

    assert found["exercises"][0]["look_for"] == []
    assert "look_for_guessed" not in [row["code"] for row in found["warnings"]]
