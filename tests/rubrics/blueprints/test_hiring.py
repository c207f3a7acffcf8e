"""The hiring section and its parts: each rule by the kind of document that needs it."""

import pytest

from rubrics.blueprints.documents import UnusableBlueprint, load
from rubrics.blueprints.hiring import (
    Body,
    Context,
    Heading,
    Parts,
    Title,
    classified,
    classify,
    ends_the_part,
    find_hiring,
    group,
    is_an_exercise_s_sub_heading,
    is_bold_and_headed_elsewhere,
    is_deeper,
    is_scorecard_without_a_heading,
    labels_inside_exercise,
    names_a_focus_area,
    names_a_part,
    names_exercises_again,
    numbers_an_exercise,
    part_named,
    parts_of,
    signals_in_a_table,
)
from rubrics.blueprints.plan import plan
from rubrics.blueprints.sections import Section
from tests.rubrics.role_documents import (
    SIGNAL_LISTS,
    SIGNALS,
    bare_table,
    blocks_of,
    plan_of,
    read_hiring,
    sections_of,
    signal_parts,
    table,
)


def test_a_document_in_another_language_is_read_by_its_numbered_table():
    found = plan_of("<h2>1) Aufgabe</h2><p>t</p><h2>19) Einstellung</h2>" + bare_table("Dimension|1|3|5", "Fach|a|b|c"))

    assert found.dimensions[0].anchors == {1: "a", 3: "b", 5: "c"}
    assert "hiring_section_guessed" in [row.code for row in found.warnings]


@pytest.mark.parametrize(
    "title",
    ["XIX. How to Evaluate Candidates", "Interviewing and Selection", "Evaluation & Scorecard", "Interview Plan"],
)
def test_other_titles_of_the_hiring_section(title):
    assert read_hiring(signal_parts(*SIGNAL_LISTS), title=title)["signals"] == SIGNALS


def test_parts_on_the_level_of_the_sections_belong_to_the_hiring_section():
    found = read_hiring(signal_parts(*SIGNAL_LISTS, tag="h2"))

    assert found["signals"] == SIGNALS
    assert [row["number"] for row in found["sections"]] == [1, 2, 19, 20]


# --- which section it is ---


def headed(*titles: str, inner: str = "<p>x</p>") -> tuple[Section, ...]:
    return sections_of("".join(f"<h2>{title}</h2>{inner}" for title in titles))


def test_a_section_that_says_hiring_is_it_without_a_warning():
    found = find_hiring(headed("1) Role", "2) Hiring", "3) Notes"))

    assert found.value is not None
    assert found.value.title == "Hiring"
    assert found.warnings == ()


def test_a_section_that_names_no_hiring_is_it_by_two_parts():
    inner = "<h3>Red flags</h3><p>x</p><h3>Practical exercises</h3><p>x</p>"
    found = find_hiring(sections_of(f"<h2>1) Role</h2><h2>2) Meeting people</h2>{inner}"))

    assert found.value is not None
    assert found.value.title == "Meeting people"


def test_one_part_alone_does_not_make_a_section_the_hiring_one():
    found = find_hiring(sections_of("<h2>1) Role</h2><h2>2) Conduct</h2><h3>Red flags</h3><p>x</p>"))

    assert found.value is None
    assert [row.code for row in found.warnings] == ["hiring_section_missing"]


def test_the_closing_summary_is_never_the_hiring_section():
    parts = "<h3>Red flags</h3><p>x</p><h3>Scoring</h3><p>x</p>"

    assert find_hiring(sections_of(f"<h2>1) Role</h2><h2>2) Final scorecard summary</h2>{parts}")).value is None


def test_of_two_sections_that_say_hiring_the_one_with_parts_is_taken():
    parts = "<h3>Red flags</h3><p>x</p>"
    found = find_hiring(sections_of(f"<h2>1) Hiring process</h2><p>x</p><h2>2) Hiring criteria</h2>{parts}"))

    assert found.value is not None
    assert found.value.title == "Hiring criteria"


def test_a_guess_names_the_section_that_was_read():
    found = find_hiring(sections_of(f"<h2>1) Aufgabe</h2><h2>2) Einstellung</h2>{bare_table('Fach|1|3|5', 'x|a|b|c')}"))

    (warning,) = found.warnings
    assert warning.code == "hiring_section_guessed"
    assert "“Einstellung”" in warning.message


# --- the rules, each by the document that needs it ---


def title(text: str, level: int = 3) -> Title:
    """A heading of a level, or a bold paragraph (0)."""
    return Title(text, part_named(text), level)


IN_EXERCISES = Context("exercises", 3)
IN_FOCUS = Context("focus", 3)
OUTSIDE = Context()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Scorecard dimensions", "scorecard"),
        ("Red flags in a scorecard", "scorecard"),
        ("Red flags", "red_flag"),
        ("Ausschlusskriterien", "red_flag"),
        ("K.O.-Kriterien", "red_flag"),
        ("Critères éliminatoires", "red_flag"),
        ("Criterios excluyentes", "red_flag"),
        ("Weak signals", "weak"),
        ("What great looks like", "strong"),
        ("Practical exercises", "exercises"),
        ("What to assess in interviews", "focus"),
        ("Final scorecard summary", "final"),
        ("At a glance", "final"),
        ("Notes for the panel", ""),
    ],
)
def test_a_title_names_the_first_part_that_fits(text, part):
    assert part_named(text) == part


def test_a_part_is_named_by_a_heading_or_by_a_bold_paragraph():
    assert names_a_part(title("Red flags"), OUTSIDE)
    assert names_a_part(title("Red flags", level=0), OUTSIDE)
    assert not names_a_part(title("Notes"), OUTSIDE)


def test_a_heading_of_another_subject_ends_the_part_before_it():
    assert ends_the_part(title("Notes for the panel", level=3), IN_EXERCISES)
    assert ends_the_part(title("Notes for the panel", level=2), IN_EXERCISES)
    assert not ends_the_part(title("Notes for the panel", level=4), IN_EXERCISES)
    assert not ends_the_part(title("Notes for the panel", level=0), IN_EXERCISES)


def test_a_heading_is_deeper_only_below_a_part():
    assert is_deeper(title("x", level=4), IN_EXERCISES)
    assert not is_deeper(title("x", level=4), OUTSIDE)


def test_an_exercise_on_scorecards_below_the_heading_of_the_exercises():
    assert is_an_exercise_s_sub_heading(title("Design a scorecard", level=4), IN_EXERCISES)
    assert not is_an_exercise_s_sub_heading(title("Scorecard", level=3), IN_EXERCISES)
    assert not is_an_exercise_s_sub_heading(title("Design a scorecard", level=4), IN_FOCUS)


def test_case_studies_on_the_level_of_the_exercises():
    assert names_exercises_again(title("Case study: a broken build"), IN_EXERCISES)
    assert not names_exercises_again(title("Case study: a broken build"), IN_FOCUS)
    assert not names_exercises_again(title("Red flags"), IN_EXERCISES)


def test_bold_labels_inside_an_exercise_of_a_document_with_headed_signals():
    context = Context("exercises", 3, frozenset({"strong"}))

    assert is_bold_and_headed_elsewhere(title("Strong signals", level=0), context)
    assert not is_bold_and_headed_elsewhere(title("Strong signals", level=3), context)
    assert not is_bold_and_headed_elsewhere(title("Strong signals", level=0), IN_EXERCISES)


@pytest.mark.parametrize("text", ["What to assess", "Scoring"])
def test_bold_labels_inside_an_exercise_that_never_begin_a_part(text):
    assert is_bold_and_headed_elsewhere(title(text, level=0), IN_EXERCISES)
    assert not is_bold_and_headed_elsewhere(title(text, level=0), IN_FOCUS)


def test_an_exercise_with_a_letter_whose_title_names_red_flags():
    assert numbers_an_exercise(title("Exercise B: Red flags in a log"), IN_EXERCISES)
    assert not numbers_an_exercise(title("Red flags"), IN_EXERCISES)
    assert not numbers_an_exercise(title("Exercise B: Red flags in a log"), IN_FOCUS)


@pytest.mark.parametrize("text", ["Prompt:", "What to look for", "Scenario", "Evaluation criteria"])
def test_headings_for_the_fields_of_an_exercise(text):
    assert labels_inside_exercise(title(text), IN_EXERCISES)
    assert not labels_inside_exercise(title(text), IN_FOCUS)


def test_an_area_on_scoring_below_the_heading_of_the_areas():
    assert names_a_focus_area(title("Scoring models", level=4), IN_FOCUS)
    assert not names_a_focus_area(title("Scoring models", level=3), IN_FOCUS)
    assert not names_a_focus_area(title("Scoring models", level=4), IN_EXERCISES)


def test_signals_below_the_heading_of_the_areas_are_no_area():
    assert not names_a_focus_area(title("Red flags", level=4), IN_FOCUS)


CARD = table("Dimension|Meets bar|Exceeds bar", "Care|m|e")
SIGNS = table("Strong signals|Red flags", "asks|blames")


@pytest.mark.parametrize("part", ["", "red_flag", "weak", "strong", "focus"])
def test_a_scorecard_s_table_without_a_heading_of_its_own(part):
    (block,) = blocks_of(CARD)

    assert is_scorecard_without_a_heading(block, Context(part, 3))


@pytest.mark.parametrize("part", ["scorecard", "exercises", "final"])
def test_a_table_that_its_part_keeps(part):
    (block,) = blocks_of(CARD)

    assert not is_scorecard_without_a_heading(block, Context(part, 3))


def test_a_table_of_signals_below_a_heading_that_names_none():
    (block,) = blocks_of(SIGNS)

    assert sorted(signals_in_a_table(block, OUTSIDE)) == ["red_flag", "strong"]
    assert signals_in_a_table(block, IN_EXERCISES) == {}
    assert signals_in_a_table(block, IN_FOCUS) == {}


# --- the two passes ---


def test_the_first_pass_says_what_each_block_is():
    blocks = blocks_of("<h3>Red flags</h3><p>a</p><p><b>Weak signals</b></p><p>b</p><h3>Notes</h3><p>c</p>")

    found = list(classified(blocks))

    assert [type(entry) for entry in found] == [Heading, Body, Heading, Body, Heading, Body]
    assert [entry for entry in found if isinstance(entry, Heading)] == [
        Heading("red_flag", 3),
        Heading("weak", 3),
        Heading("", 3),
    ]
    assert [part for entry in found if isinstance(entry, Body) for part, _ in entry.shares] == ["red_flag", "weak"]


def test_a_bold_paragraph_keeps_the_level_of_the_heading_before_it():
    (block,) = blocks_of("<p><b>Weak signals</b></p>")

    assert classify(block, Context("red_flag", 4)) == Heading("weak", 4)


def test_content_before_any_part_belongs_to_none():
    (block,) = blocks_of("<p>Be kind.</p>")

    assert classify(block, OUTSIDE) == Body(())


def test_the_second_pass_keeps_the_order_of_the_page_within_each_part():
    a, b, c = blocks_of("<p>a</p><p>b</p><p>c</p>")
    entries = [Body((("weak", a),)), Heading("strong", 3), Body((("strong", b), ("weak", c))), Body(())]

    assert group(entries) == Parts(weak=(a, c), strong=(b,))


def test_without_a_section_there_are_no_parts():
    assert parts_of(None) == Parts()


def test_an_exercise_keeps_every_sub_heading_that_names_another_part():
    inner = (
        "<h3>Practical exercises</h3><h4>Exercise A: Red flags in a log</h4><p>Prompt: Read.</p>"
        "<h4>Strong answers</h4><p>x</p><p><b>Scoring</b></p><p>y</p><h3>Red flags</h3><p>– z</p>"
    )

    parts = parts_of(sections_of(f"<h2>1) Hiring</h2>{inner}<h2>2) Role</h2>")[0])

    assert [block.text for block in parts.exercises if block.is_heading] == [
        "Exercise A: Red flags in a log",
        "Strong answers",
    ]
    assert len(parts.red_flag) == 1
    assert parts.scorecard == ()


def test_warning_signs_beside_red_flags_are_weak_signals_and_alone_are_red_flags():
    signs, flags = "<h3>Warning signs</h3><ul><li>late</li></ul>", "<h3>Red flags</h3><ul><li>steals</li></ul>"
    both, alone = read_hiring(signs + flags)["signals"], read_hiring(signs)["signals"]

    assert (both["weak"], both["red_flag"]) == (["late"], ["steals"])
    assert (alone["weak"], alone["red_flag"]) == ([], ["late"])


def test_sections_of_hiring_are_read_together_where_sections_have_no_numbers():
    card, flags = bare_table("Criterion|1|3|5", "Care|a|b|c"), "<ul><li>steals</li></ul>"
    found = find_hiring(
        sections_of(f"<h2>Red flags</h2>{flags}<h2>Interview guide</h2><p>x</p><h2>Competencies</h2>{card}")
    )

    parts = parts_of(found.value)
    assert len(parts.red_flag) == len(parts.scorecard) == 1
    assert found.warnings == ()


@pytest.mark.parametrize(
    "title", ["Interview rubric: archivist", "Score sheet", "Bewertungsbogen", "Candidate feedback form"]
)
def test_a_document_whose_title_says_scorecard_is_one_as_a_whole(title):
    found = find_hiring(headed("Scale", "Criteria", "Decision"), title)

    assert found.value is not None
    assert [block.text for block in found.value.blocks if block.is_heading] == ["Scale", "Criteria", "Decision"]


def test_a_title_that_says_scorecard_on_a_document_about_the_role_is_not_enough():
    assert find_hiring(headed("Responsibilities", "Qualifications"), "Role blueprint and scorecard").value is None


def test_a_price_list_is_no_scorecard():
    (section,) = sections_of(f"<h1>Plans</h1>{bare_table('Feature|Basic|Standard|Advanced', 'Help|mail|chat|phone')}")

    assert find_hiring([section]).value is None


def test_levels_below_names_make_a_document_a_scorecard_with_a_warning():
    levels = "<ul><li>1: a</li><li>5: b</li></ul>"
    found = find_hiring(sections_of(f"<h2>Care</h2>{levels}<h2>Order</h2>{levels}"))

    assert found.value is not None
    assert [row.code for row in found.warnings] == ["hiring_section_guessed"]


@pytest.mark.parametrize(
    "heading", ["<h2>Exercise: sort the post (20 minutes)</h2>", "<p><strong>Case study – sort the post</strong></p>"]
)
def test_a_heading_with_a_name_is_the_exercise_itself(heading):
    below = "<p>Sort what lies here with:</p><ul><li>one bag</li><li>no list</li></ul>"
    page = f"<h1>Interview guide: Post clerk</h1>{heading}{below}"

    found = plan(load(page.encode(), filename="a.html"))

    [exercise] = found.exercises
    assert (exercise.title, exercise.prompt) == ("sort the post", "Sort what lies here with: one bag; no list")


@pytest.mark.parametrize(
    ("below", "titles"),
    [
        ("<p>Mend a map.</p><p>What to look for:</p><ul><li>a</li></ul>", ["Case study"]),
        ("<p>Choose one:</p><ul><li>Mend a map</li><li>Lift a map</li></ul>", ["Mend a map", "Lift a map"]),
        ("<p>Choose one.</p><ul><li>Mend a map</li><li>Lift a map</li></ul>", ["Mend a map", "Lift a map"]),
    ],
)
def test_a_case_study_that_says_what_to_look_for_is_the_exercise_itself(below, titles):
    found = plan(load(f"<h1>Interview guide</h1><h2>Case study</h2>{below}".encode(), filename="a.html"))

    assert [exercise.title for exercise in found.exercises] == titles


def test_a_heading_with_a_name_above_other_exercises_is_none_of_them():
    below = "<ul><li>Exercise A: Sort</li><li>Exercise B: Count</li></ul>"
    page = f"<h1>Interview guide</h1><h2>Practical exercise: choose one</h2>{below}"

    found = plan(load(page.encode(), filename="a.html"))

    assert [exercise.title for exercise in found.exercises] == ["Sort", "Count"]


# --- Where signals in bold end ---


def weak_in(inner: str) -> list[str]:
    section = load(f"<h2>1) Hiring</h2>{inner}<h2>2) Role</h2>".encode(), filename="role.html").sections[0]
    return [line.text for block in parts_of(section).weak for line in block.lines]


@pytest.mark.parametrize(
    "behind",
    [
        "<h3>Decision</h3><ul><li>Hire</li></ul>",
        "<p><b>Overall</b></p><ul><li>Hire</li></ul>",
    ],
)
def test_signals_below_a_bold_line_end_with_the_next_title(behind):
    assert weak_in(f"<h3>Summary</h3><p><b>Concerns</b></p><ul><li>guesses</li></ul>{behind}") == ["guesses"]


def test_a_bold_line_right_below_another_that_names_signals_stays_with_them():
    assert weak_in("<p><b>Weak signals</b></p><p><b>In maps</b></p><ul><li>guesses</li></ul>") == ["In maps", "guesses"]


@pytest.mark.parametrize(
    ("markup", "titles"),
    [
        (
            "<h1>Archivist</h1><h2>Interview process</h2><h3>Talk</h3><p>a</p><h3>Letter</h3><p>b</p>",
            ["Interview process", "Talk", "Letter"],
        ),
        (
            "<h1>Interview notes</h1><h2>Our house</h2><p>a</p><h2>Strong signals</h2><p>b</p>"
            "<h2>Red flags</h2><p>c</p>",
            ["Strong signals", "Red flags"],
        ),
        (
            "<h1>Archivist</h1><h2>Levels</h2><h3>Hiring</h3><ul><li>1: a</li><li>3: b</li></ul>"
            "<h2>Red flags</h2><p>c</p><h2>Lunch</h2><p>d</p>",
            ["Levels", "Hiring", "Red flags"],
        ),
    ],
)
def test_sections_that_belong_together_are_read_together(markup, titles):
    document = load(markup.encode(), filename="role.html")
    found = find_hiring(document.sections, document.title).value

    assert found is not None
    assert [block.text for block in found.blocks if block.is_heading] == titles


@pytest.mark.parametrize("title", ["FAQ", "Frequently asked questions", "Häufige Fragen"])
def test_frequently_asked_questions_are_asked_by_readers(title):
    assert part_named(title) == ""


WALK = "<p>Duration: 20 minutes</p><p>Walk the stacks with us.</p><p>Look for:</p><ul><li>spots mould</li></ul>"
CARD_AND_WALK = "<h1>Archivist</h1><h2>Interview scorecard</h2><p>Care (60%)</p><p>Order (40%)</p><h2>Walk</h2>"


def test_a_time_and_what_to_look_for_below_a_heading_make_an_exercise():
    (exercise,) = plan_of(f"{CARD_AND_WALK}{WALK}<h2>Red flags</h2><p>Lies.</p>").exercises

    assert (exercise.title, exercise.duration, exercise.look_for) == ("Walk", "20 minutes", ("spots mould",))


def test_a_talk_that_asks_is_no_exercise():
    assert plan_of(f"{CARD_AND_WALK}{WALK}<ul><li>What do you see?</li></ul>").exercises == ()


# --- which sections, where none says hiring ---


ASKED = "<h3>Question</h3><p>What broke?</p><p>Strong answer: mends it</p><p>Weak answer: hides it</p>"
RATED = bare_table("Criterion|1|3|5", "Care|a|b|c")


def found_in(markup: str) -> str | None:
    """The title of what holds the interview parts of a document; None where nothing does."""
    document = load(f"<h1>{markup}".encode(), filename="role.html")
    found = find_hiring(document.sections, document.title).value
    return None if found is None else found.title


def test_a_guide_of_subjects_with_questions_and_answers_is_read_whole():
    two = f"<h2>Care</h2>{ASKED}<h2>Order</h2>{ASKED.replace('broke', 'was lost')}"

    assert found_in(f"Interview with a porter</h1>{two}") == "Interview with a porter"
    assert found_in(f"Conversations with a porter</h1>{two}") is None


def test_scorecards_in_several_sections_without_numbers_are_read_together():
    markup = f"A porter</h1><h2>Hands</h2>{RATED}<h2>Head</h2>{RATED.replace('Care', 'Memory')}"

    assert found_in(markup) == "A porter"


def test_a_scorecard_among_skills_of_a_blueprint_is_not_the_hiring_section():
    skills = f"<h2>2) Technical Skills</h2>{RATED}"
    meeting = f"<h2>3) Meeting people</h2>{RATED}"
    role = "A porter</h1><h2>1) Role Summary</h2><p>Carries.</p>"

    assert found_in(f"{role}{skills}{meeting}") == "Meeting people"


def test_two_parts_without_a_scorecard_are_read_together_in_a_document_about_interviews():
    parts = "<h2>Red flags</h2><p>Lies.</p><h2>Exercises</h2><p>Carry it.</p>"

    assert found_in(f"Interview with a porter</h1>{parts}") == "Interview with a porter"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("How would you explain this exercise?", ""),
        ("Any red flags?", "red_flag"),
        ("Marking sheet: group exercise", "scorecard"),
        ("Group exercise", "exercises"),
    ],
)
def test_a_question_names_no_part_and_a_sheet_is_more_than_its_exercise(text, part):
    assert part_named(text) == part


def test_a_table_of_questions_is_of_the_questions_wherever_it_stands():
    (block,) = blocks_of(table("Question|Strong answer|Weak answer", "What broke?|a|b"))

    assert classify(block, Context()) == Body((("questions", block),))
    assert classify(block, Context(part="exercises")) != Body((("questions", block),))


@pytest.mark.parametrize(
    "markup",
    [
        "<h1>Role scorecard: Head baker</h1><h2>Mission</h2><p>Bread for all.</p><h2>Competencies</h2>"
        + table("Competency|Definition|Rating (A–C)", "Care|Minds the oven|", "Order|Minds the store|"),
        "<h1>Applicant appraisal</h1>" + table("|Poor|Fair|Good", "Care|||", "Order|||"),
        "<h1>Applicant notes</h1>" + table("Skill or ability|Weight|Notes", "Care|60%|", "Order|40%|"),
        "<h1>Candidate notes</h1>" + table("Area|Notes|Score", "Care||", "Order||"),
        "<h1>Competency based interview</h1><h2>Care</h2><p>Show us a torn map.</p><h2>Order</h2><p>Why boxes?</p>",
        "<p><b>CANDIDATE RATING SHEET</b></p>"
        + table("Rating factor|Max points|Points given", "Care|60||", "Order|40||", "TOTAL|100||"),
    ],
)
def test_a_sheet_is_known_by_its_title_or_by_what_heads_it(markup):
    assert [row.name for row in plan_of(markup).dimensions] == ["Care", "Order"]


def test_weights_in_headings_below_criteria_of_interviews_are_a_scorecard():
    levels = "<p>Excellent: mends. Poor: tears.</p>"
    weighed = f"<h3>Care (25%)</h3>{levels}<h3>Order (75%)</h3>{levels}"
    found = plan_of(f"<h1>Interview scoring</h1>{weighed}").dimensions

    assert [(row.name, row.weight, sorted(row.anchors)) for row in found] == [
        ("Care", 25, [1, 5]),
        ("Order", 75, [1, 5]),
    ]


WALK_TASK = "<p>Task: Find box 7.</p><p>Look for:</p><ul><li>asks first</li></ul>"


@pytest.mark.parametrize(("title", "is_one"), [("Walk (30 min)", True), ("Walk", False)])
def test_a_heading_with_a_time_above_a_task_and_what_to_look_for_is_an_exercise(title, is_one):
    found = plan_of(f"{CARD_AND_WALK.removesuffix('<h2>Walk</h2>')}<h2>{title}</h2>{WALK_TASK}").exercises

    assert [row.title for row in found] == (["Walk"] if is_one else [])


def test_a_table_that_words_levels_behind_exercises_is_the_scorecard():
    walk = f"<h2>Exercise 1: Walk (20 minutes)</h2>{WALK_TASK}"
    card = table("Competency|Below|At standard|Above", "Care|Drops|Holds|Mends", "Order|Heaps|Sorts|Maps")
    found = plan_of(f"<h1>Assessment centre guide</h1>{walk}<h2>Marking</h2>{card}")

    assert [row.name for row in found.dimensions] == ["Care", "Order"]
    assert [row.look_for for row in found.exercises] == [("asks first",)]


@pytest.mark.parametrize("title", ["Garden notes", "A map of candidates"])
def test_weights_beside_other_things_are_no_sheet(title):
    rows = table("Bed|Weight|Notes", "Roses|60%|", "Herbs|40%|")

    assert find_hiring(load(f"<h1>{title}</h1>{rows}".encode(), filename="x.html").sections, title).value is None


PROMPT = "<p>Write a page on the waiting list, in two hours at most.</p>"


@pytest.mark.parametrize(
    ("below", "is_one"),
    [(PROMPT, True), ("<p>Three of them.</p>", False), (f"{PROMPT}<ul><li>A map</li></ul>", False)],
)
def test_a_heading_that_says_exercise_above_nothing_but_what_to_do_is_one(below, is_one):
    card = table("Competency|1|5", "Care|Drops|Holds")
    found = plan_of(f"<h1>Interview scorecard</h1>{card}<h2>Exercise</h2>{below}<h2>Perks</h2><p>Tea.</p>").exercises

    assert ("Exercise" in [row.title for row in found]) is is_one


def test_practical_details_are_no_exercises():
    card = table("Competency|1|5", "Care|Drops|Holds")
    details = "<h2>Practical details</h2><ul><li><b>Where</b>: room 2</li><li><b>When</b>: at noon</li></ul>"

    assert plan_of(f"<h1>Interview scorecard</h1>{card}{details}").exercises == ()


def test_a_guide_whose_title_is_a_bold_line_above_a_text_is_read_whole():
    title = "<title>Porter</title><p><b>PORTER: INTERVIEW SCORING GUIDE</b></p><p>Two people score alone.</p>"
    levels = "<ul><li>Poor: Drops</li><li>Good: Holds</li><li>Excellent: Mends</li></ul>"
    found = plan_of(f"{title}<p><b>Care (weight: 40 %)</b></p>{levels}<p><b>Order (weight: 60 %)</b></p>{levels}")

    assert [(row.name, row.weight) for row in found.dimensions] == [("Care", 40), ("Order", 60)]


WEIGHED = "<h1>Ranger</h1><p>For the two wardens.</p><h2>1) Tracks ({})</h2><ul><li>reads a print</li></ul>"


def test_sections_whose_weights_make_a_hundred_are_what_is_scored():
    found = plan_of(WEIGHED.format("60%") + "<h2>2) Guests (40%)</h2><ul><li>greets first</li></ul>")

    assert [(row.name, row.weight) for row in found.dimensions] == [("Tracks", 60), ("Guests", 40)]
    assert "hiring_section_guessed" in {row.code for row in found.warnings}


def test_other_percentages_in_headings_are_no_scorecard():
    with pytest.raises(UnusableBlueprint):
        plan_of(WEIGHED.format("60%") + "<h2>2) Guests (70%)</h2><p>They came.</p>")


@pytest.mark.parametrize("title", ["Writing test (30 minutes)", "Presentation, 10 minutes", "Tarea (20 minutos)"])
def test_a_test_or_task_with_its_time_is_an_exercise(title):
    card = table("Competency|1|5", "Care|Drops|Mends")
    found = plan_of(f"<h1>Interview guide</h1>{card}<h2>{title}</h2><p>Sum up the minutes of a long meeting.</p>")

    [row] = found.exercises
    assert row.title == title.partition(" (")[0].partition(",")[0]
    assert row.prompt == "Sum up the minutes of a long meeting."
    assert row.duration


def test_a_test_without_a_time_is_none():
    card = table("Competency|1|5", "Care|Drops|Mends")
    found = plan_of(f"<h1>Interview guide</h1>{card}<h2>Writing test</h2><p>Sum up the minutes of a long meeting.</p>")

    assert found.exercises == ()


def test_an_exercise_beside_levels_makes_no_exercise_of_the_page():
    levels = table("Rating|What it looks like", "No|drops", "Yes|mends")
    exercise = "<h2>Weaving exercise (60 min)</h2><p>Weave a small basket with the tools that lie there.</p>"
    seen = "<p>Look for:</p><ul><li>Asks first</li></ul>"
    found = plan_of(f"<h1>Onsite: Weaver</h1><h2>Care</h2>{levels}<h2>Order</h2>{levels}{exercise}{seen}")

    assert [row.name for row in found.dimensions] == ["Care", "Order"]
    assert [(row.title, row.look_for) for row in found.exercises] == [("Weaving exercise", ("Asks first",))]


def test_an_exercise_above_a_list_of_deeds_is_one_exercise():
    card = table("Competency|1|5", "Care|Drops|Mends")
    exercise = "<h2>Pairing exercise</h2><p>90 minutes. Add a lid to the small basket.</p>"
    found = plan_of(
        f"<h1>Rubric</h1>{card}{exercise}<ul><li>Reads the plan first</li><li>Works in small steps</li></ul>"
    )

    assert [(row.title, row.duration, row.look_for) for row in found.exercises] == [
        ("Pairing exercise", "90 minutes", ("Reads the plan first", "Works in small steps"))
    ]
