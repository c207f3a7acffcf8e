"""Interview questions, and what strong and weak answers to them are."""

import pytest

from rubrics.blueprints.planned_dimensions import PlannedQuestion
from rubrics.blueprints.questions import asks_questions, is_asked, kind_of_answer, questions
from tests.rubrics.role_documents import bare_table, blocks_of, table

KINDS = ("strong", "weak", "red_flag")


def test_questions_below_subjects_are_areas_and_labelled_answers_are_signals():
    found = questions(
        blocks_of(
            "<h3>Care</h3><p><b>Lead question</b></p><p>Tell us about a map.</p><p>Who helped, and how?</p>"
            "<ul><li><b>Good answer:</b> both hands</li><li>Poor answer: no idea</li><li>Red flag: laughs</li></ul>"
        )
    ).value

    (area,) = found.areas
    assert (area.name, area.topics) == ("Care", ("Tell us about a map.", "Who helped, and how?"))
    assert tuple(map(found.texts, KINDS)) == (("both hands",), ("no idea",), ("laughs",))
    assert found.grouped is True


def test_answers_listed_below_a_label_belong_to_it():
    found = questions(
        blocks_of(
            "<h3>Why paper?</h3><p>Strong answers:</p><ul><li>a</li><li>b</li></ul>"
            "<h4>Weak answers</h4><ul><li>c</li></ul>"
        )
    ).value

    assert tuple(map(found.texts, KINDS)) == (("a", "b"), ("c",), ())
    assert [row.name for row in found.areas] == ["Why paper?"]
    assert found.grouped is False


def test_a_table_of_questions_is_read_by_its_columns_and_tells_what_it_leaves_out():
    markup = table(
        "Skill|Question|Good answer|Weak answer|Time", "Care|Why?|a|b|5", "|How?|c|d|5", "Order|Where?|e|f|5"
    )
    found = questions(blocks_of(markup))

    assert [(row.name, row.topics) for row in found.value.areas] == [("Care", ("Why?", "How?")), ("Order", ("Where?",))]
    assert tuple(map(found.value.texts, KINDS)) == (("a", "c", "e"), ("b", "d", "f"), ())
    assert found.value.asked["Care"] == (PlannedQuestion("Why?", "a", "b"), PlannedQuestion("How?", "c", "d"))
    assert [row.message for row in found.warnings] == ["The column “Time” beside the questions was left out."]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Why paper?", True),
        ("Describe a repair.", True),
        ("Beschreiben Sie eine Reparatur.", True),
        ("Describes repairs well.", False),
        ("How well maps are handled", False),
    ],
)
def test_a_command_asks_and_a_definition_does_not(text, asks):
    assert is_asked(text) is asks


@pytest.mark.parametrize(
    ("rows", "asks"),
    [
        (("Question|Strong answer", "Why?|a"), True),
        (("Frage|Gute Antwort|Schwache Antwort", "Warum?|a|b"), True),
        (("Question|1|3|5", "Why?|a|b|c"), False),
        (("Competency|Strong signals", "Care|a"), False),
        (("Skill|Question|Poor answer|Good answer|Superb answer", "Care|Why?|a|b|c"), False),
    ],
)
def test_a_table_asks_questions_where_it_says_what_answers_are(rows, asks):
    (block,) = blocks_of(table(*rows))

    assert asks_questions(block) is asks


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Strong answer", "strong"),
        ("What a good answer includes", "strong"),
        ("Poor response", "weak"),
        ("Red flags", "red_flag"),
        ("Bonne réponse", "strong"),
        ("Respuesta débil", "weak"),
        ("Evidence of strength", "strong"),
        ("Signs of a weakness", "weak"),
        ("Positive Verhaltensanker", "strong"),
        ("Negative Anzeichen", "weak"),
        ("Indicateurs négatifs", "weak"),
        ("Indicadores positivos", "strong"),
        ("Question", ""),
        ("A strong answer to this one would talk at length", ""),
    ],
)
def test_a_label_says_what_kind_of_answer_follows(text, kind):
    assert kind_of_answer(text) == kind


def test_no_blocks_have_no_questions():
    assert questions([]).value.areas == ()


def test_an_answer_belongs_to_the_one_question_above_it():
    """Below two questions nobody can say whose it is."""
    found = questions(
        blocks_of(
            "<h3>Care</h3><p>Why paper?</p><ul><li>Strong answer: both hands</li><li>Weak answer: no idea</li>"
            "<li>Red flag: laughs</li></ul><p>Who helped?</p><p>And how?</p><ul><li>Strong answer: by name</li></ul>"
        )
    ).value

    first, *others = found.asked["Care"]
    assert first == PlannedQuestion("Why paper?", "both hands", "no idea")
    assert others == [PlannedQuestion("Who helped?"), PlannedQuestion("And how?")]
    assert tuple(map(found.without({"Care"}).texts, KINDS)) == (("by name",), (), ("laughs",))
    assert found.without({"Care"}).areas == ()


@pytest.mark.parametrize(
    ("rows", "asks"),
    [
        (("Competency|Question|Notes", "Care|How do you lift a map?|"), True),
        (("Competency|Question|Score", "Care|How do you lift a map?|"), False),
        (("Competency|Question|1|3|5", "Care|How do you lift a map?|a|b|c"), False),
        (("Question|Yes|No", "May you work here?||"), False),
        (("Topic|Question types", "Care|open and closed"), False),
    ],
)
def test_a_table_that_asks_and_rates_nothing_is_one_of_questions(rows, asks):
    (block,) = blocks_of(table(*rows))

    assert asks_questions(block) is asks


def test_rows_across_a_table_name_what_the_questions_below_them_are_about():
    rows = (
        "<tr><td colspan='2'>Care</td></tr><tr><td>How do you lift a map?</td><td></td></tr>"
        "<tr><td colspan='2'>Order</td></tr><tr><td>Where is box 7?<br>And box 8?</td><td></td></tr>"
    )
    found = questions(blocks_of(f"<table><tr><th>Question</th><th>Notes</th></tr>{rows}</table>")).value

    assert {name: [row.text for row in asked] for name, asked in found.asked.items()} == {
        "Care": ["How do you lift a map?"],
        "Order": ["Where is box 7?", "And box 8?"],
    }


@pytest.mark.parametrize(
    ("markup", "asked"),
    [
        ("<h3>Care</h3><p><b>Ask</b></p><blockquote>Lift a map for us.</blockquote>", ["Lift a map for us."]),
        ("<h3>Care</h3><p>Q: How do you lift a map?</p>", ["How do you lift a map?"]),
        (
            "<h3>Care</h3><p>How do you lift a map?</p><p><b>Why ask this:</b> Shows care.</p>",
            ["How do you lift a map?"],
        ),
        (
            "<h3>Care</h3><p>How do you lift a map?</p><p><b>Would you hire the candidate?</b></p>",
            ["How do you lift a map?"],
        ),
        ("<h3>Question 1: Tell us about a map.</h3><p><b>Competency:</b> Care</p>", ["Tell us about a map."]),
    ],
)
def test_what_asks_and_what_only_speaks_of_asking(markup, asked):
    found = questions(blocks_of(markup)).value

    assert [row.text for row in found.asked["Care"]] == asked


def test_a_list_of_levels_says_nothing_about_answers():
    found = questions(
        blocks_of("<h3>Scale</h3><ol><li>Poor</li><li>Fair</li><li>Good</li></ol><ul><li>Superb</li></ul>")
    )

    assert found.value.answers == ()


def test_room_to_write_on_is_no_answer():
    found = questions(
        blocks_of("<p>Why paper?</p><p><b>Good answers</b></p><ul><li>both hands</li></ul><p>Score given: ____</p>")
    )

    assert found.value.texts("strong") == ("both hands",)


def test_a_heading_that_is_a_level_is_nothing_to_ask_about():
    found = questions(
        blocks_of("<h3>Care</h3><h4>Great</h4><ul><li>restores</li></ul><h4>Okay</h4><ul><li>keeps</li></ul>")
    )

    assert found.value.asked == {}


def test_expected_points_as_a_heading_are_answers_to_what_was_asked_above():
    asked = "<ul><li>Why maps?</li><li>Why paper?</li></ul>"
    found = questions(blocks_of(f"<h3>Care</h3>{asked}<h4>Expected points:</h4><ul><li>both hands</li></ul>"))

    assert found.value.texts("strong") == ("both hands",)


def test_a_short_label_with_a_text_behind_it_explains_and_a_command_asks():
    items = "<ul><li>Why maps?</li><li>What it shows: care.</li><li>Tell us: your last map.</li></ul>"
    found = questions(blocks_of(f"<h3>Care</h3>{items}"))

    assert [row.text for row in found.value.asked["Care"]] == ["Why maps?", "Tell us: your last map."]


def test_an_item_names_what_is_asked_deeper_below_it():
    care = "<li><b>Care</b> (30%)<ul><li>Ask: Why?</li><li>1: a</li><li>3: b</li></ul></li>"
    order = "<li>Order<ul><li>Question: How do you sort?</li><li>1: a</li></ul></li>"
    asked = questions(blocks_of(f"<ul>{care}{order}</ul>")).value.asked

    assert {name: [row.text for row in rows] for name, rows in asked.items()} == {
        "Care": ["Why?"],
        "Order": ["How do you sort?"],
    }


@pytest.mark.parametrize(
    ("below", "asked", "alone"),
    [
        ("<h4>How do you lift a map?</h4>", ["Why maps?", "How do you lift a map?"], []),
        ("<h3>How do you lift a map?</h3>", ["Why maps?"], ["How do you lift a map?"]),
        ("<h4>Interview questions</h4><p>And plans?</p>", ["Why maps?", "And plans?"], []),
        ("<h4>Notes</h4><p>And plans?</p>", ["Why maps?", "And plans?"], []),
        ("<h3>Interview questions</h3><p>And plans?</p>", ["Why maps?"], ["And plans?"]),
        ("<h4>Question 2 (40 %)</h4><p>And plans?</p>", ["Why maps?"], ["And plans?"]),
        ("<h4>Great</h4><p>And plans?</p>", ["Why maps?"], ["And plans?"]),
        ("<h3>Interview scorecard</h3><p>And plans?</p>", ["Why maps?"], ["And plans?"]),
    ],
)
def test_a_heading_goes_on_with_a_subject_or_ends_it_by_its_words_and_rank(below, asked, alone):
    found = questions(blocks_of(f"<h3>Care</h3><p>Why maps?</p>{below}")).value

    assert [row.text for row in found.asked["Care"]] == asked
    assert [area.name for area in found.areas if area.name != "Care"] == alone


def test_a_subject_s_weight_is_no_part_of_its_name():
    found = questions(blocks_of("<h3>Care (40%)</h3><p>Why maps?</p>")).value

    assert list(found.asked) == ["Care"]


@pytest.mark.parametrize(
    "label",
    [
        "<p><b>Look for:</b></p>",
        "<p><b>We’re listening for</b></p>",
        "<h3>What to listen for</h3>",
        "<h3>Key points</h3>",
    ],
)
def test_what_is_listened_for_below_questions_that_stand_alone_are_answers(label):
    asked = f"<p>1. Why maps?</p>{label}<ul><li>order</li></ul><p>2. Why ink?</p>{label}<ul><li>age</li></ul>"

    assert questions(blocks_of(asked)).value.texts("strong") == ("order", "age")


def test_room_for_questions_asks_nothing():
    found = questions(
        blocks_of("<h3>Care</h3><p><b>Questions</b></p><ul><li>[Question 1]</li><li>Why maps?</li></ul>")
    ).value

    assert [row.text for row in found.asked["Care"]] == ["Why maps?"]


def test_a_line_that_says_competency_above_its_question_names_what_is_asked_below():
    cards = "<p>Competency: Care</p><p>Question: Why maps?</p><p>Competency: Order</p><p>Question: Why ink?</p>"

    asked = questions(blocks_of(cards)).value.asked

    assert {name: [row.text for row in rows] for name, rows in asked.items()} == {
        "Care": ["Why maps?"],
        "Order": ["Why ink?"],
    }


def test_a_paragraph_behind_an_answer_that_is_complete_is_no_more_of_it():
    found = questions(
        blocks_of("<h3>Care</h3><p>Why maps?</p><p>Poor answer: shrugs</p><p>Competency 2: Order</p>")
    ).value

    assert found.texts("weak") == ("shrugs",)


def test_expected_points_with_nothing_asked_above_are_no_answers():
    found = questions(blocks_of("<h3>Care</h3><h4>Expected points</h4><ul><li>both hands</li></ul>")).value

    assert found.answers == ()


def test_answers_that_are_the_wording_of_a_level_are_left_out():
    found = questions(
        blocks_of("<h3>Care</h3><p>Why maps?</p><ul><li>Poor answer: No idea</li><li>Good answer: Both hands</li></ul>")
    ).value

    left = found.without_texts({"no idea"})

    assert [answer.text for answer in left.answers] == ["Both hands"]
    assert left.asked == found.asked


@pytest.mark.parametrize(
    ("length", "kind"),
    [(40, "strong"), (41, "")],
)
def test_a_longer_text_is_no_label_of_answers(length, kind):
    assert kind_of_answer("Strong answers " + "x" * (length - 15)) == kind


# --- cards and cells ---


def test_the_card_of_a_dimension_asks_about_it():
    card = bare_table("Competency|Care", "Question|What broke?", "Strong answer|mends it", "Weak answer|hides it")

    found = questions(blocks_of(card)).value

    assert [(row.name, row.topics) for row in found.areas] == [("Care", ("What broke?",))]
    assert tuple(map(found.texts, KINDS)) == (("mends it",), ("hides it",), ())


def test_a_table_that_asks_nothing_is_passed_over():
    assert questions(blocks_of(table("Town|People", "Rome|many"))).value.areas == ()


def asked_in(cell: str, head: str = "Competency and question") -> dict[str, tuple[str, ...]]:
    rows = f"<tr><td>{cell}</td><td>a</td><td>b</td></tr>"
    found = questions(blocks_of(f"<table><tr><th>{head}</th><th>Strong</th><th>Weak</th></tr>{rows}</table>"))
    return {area.name: area.topics for area in found.value.areas}


def test_the_first_line_of_a_cell_names_what_the_others_ask_about():
    assert asked_in("Care<br>What broke?<br>Who mended it?") == {"Care": ("What broke? Who mended it?",)}


def test_a_cell_of_one_line_asks_it_whatever_its_head_promises():
    assert asked_in("What broke?") == {"What broke?": ()}


def test_several_questions_in_a_cell_are_asked_one_by_one():
    assert set(asked_in("What broke?<br>Who mended it?", head="Question")) == {"What broke?", "Who mended it?"}
