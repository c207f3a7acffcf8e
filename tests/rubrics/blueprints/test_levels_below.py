"""Names with their levels below them, line by line, in lists or in small tables."""

import pytest

from rubrics.blueprints.levels import read_levels
from rubrics.blueprints.levels_below import with_levels
from tests.rubrics.role_documents import blocks_of, table


def found(markup: str, *, titled: bool = False) -> dict[str, dict[int, str]]:
    """The wording of levels by dimension in this markup, from 1 to 5; several texts of one level would fail."""
    anchors: dict[str, dict[int, str]] = {}
    for entry in with_levels(blocks_of(markup), titled=titled):
        levels = read_levels(dict(enumerate(entry.labels))).of
        assert len(set(levels.values())) == len(levels)
        anchors[entry.name] = {level: entry.texts[index] for index, level in levels.items()}
    return anchors


LEVELS = "<ul><li>1 – Poor: a</li><li>3: b</li><li><b>5 (superb)</b> – c</li></ul>"
WORDING = {1: "a", 3: "b", 5: "c"}


@pytest.mark.parametrize(
    "markup",
    [
        f"<h3>Care</h3>{LEVELS}",
        f"<p><b>Care</b></p>{LEVELS}",
        f"<h3>Competency 2: Care</h3><p>How careful?</p>{LEVELS}",
        f"<h3>Care</h3><p><b>Benchmarks</b></p>{LEVELS}",
        f"<h3>Care</h3><h4>Rating scale</h4>{LEVELS}",
        "<ul><li>Care<ul><li>1: a</li><li>3: b</li><li>5: c</li></ul></li></ul>",
        "<h3>Care</h3><p>1 = a<br>3 = b<br>5 = c</p>",
        "<h3>Care</h3><p>1 - a\n3 - b\n5 - c</p>",
        "<p>Care<br>1 - a<br>3 - b<br>5 - c</p>",
        f"<h3>Scorecard: weaver</h3><h4>Rating scale</h4><p>1: poor</p><p>5: superb</p><h4>Care</h4>{LEVELS}",
        "<h3>Care</h3><p><b>1</b></p><p>a</p><p><b>3</b></p><p>b</p><p><b>5</b></p><p>c</p>",
        "<h3>Care</h3><h4>Level 1</h4><p>a</p><h4>Level 3</h4><p>b</p><h4>Level 5</h4><p>c</p>",
        "<h3>Care</h3>" + table("Level|Definition", "5|c", "3|b", "1|a"),
        "<h3>Care</h3><p>Why?</p>" + table("5 – Superb|c", "3 – Solid|b", "1 – Poor|a"),
        f"<h3>Question 1</h3><p>Why?</p><p>Competency: Care</p>{LEVELS}",
        f"<h3>Question 1</h3><p>Care</p>{LEVELS}",
        f"<h3>Care</h3>{LEVELS}<p>Score: ____ / 5</p>",
    ],
)
def test_levels_below_a_name_are_its_wording(markup):
    assert found(markup) == {"Care": WORDING}


def test_what_stands_between_two_levels_is_of_the_first():
    markup = "<h3>Care</h3><p>1: a</p><p>and more</p><p>3</p><p>Never</p><p>5: c</p>"

    assert found(markup) == {"Care": {1: "a; and more", 3: "Never", 5: "c"}}


@pytest.mark.parametrize(
    "markup",
    [
        f"<h3>Rating scale</h3>{LEVELS}",
        f"<h3>Pass/fail thresholds</h3>{LEVELS}",
        "<h3>Care</h3><p>Strong answer: a</p><p>Weak answer: b</p>",
        "<h3>Care</h3><p>Good answer: a</p><p>Poor answer: b</p><p>Good answer: c</p><p>Poor answer: d</p>",
        "<h3>Strong signals</h3><ul><li>a</li></ul><h3>Weak signals</h3><ul><li>b</li></ul>",
        "<h3>Steps</h3><p>1. Ask</p><p>2. Listen</p>",
        "<h3>Care</h3><ul><li>3: b</li></ul>",
        "<h3>Care</h3><p>Why it matters: a</p>",
    ],
)
def test_scales_signals_and_steps_are_no_dimensions(markup):
    assert found(markup, titled=True) == {}


def test_job_grades_are_levels_in_a_scorecard_alone():
    markup = "<h3>Care</h3><ul><li><b>Junior:</b> a</li><li><b>Mid:</b> b</li><li><b>Senior:</b> c</li></ul>"

    assert found(markup, titled=True) == {"Care": {}}
    assert found(markup) == {}


def test_a_list_of_levels_to_choose_from_names_no_wording():
    choices = "<ul><li>superb</li><li>fair</li><li>poor</li><li>not applicable</li></ul><p>Remarks: ____</p>"

    assert found(f"<h3>Care</h3>{choices}<h3>Order</h3>{choices}") == {
        "Care": {1: "", 3: "", 5: ""},
        "Order": {1: "", 3: "", 5: ""},
    }


def test_a_short_word_behind_a_levels_number_is_its_name_above_a_text():
    lowest = "<p><b>Level 1: Awareness</b></p><ul><li>names a map</li></ul>"
    middle = "<p><b>Level 3: Practice</b></p><ul><li>dates it</li></ul>"

    assert found(f"<h3>Care</h3>{lowest}{middle}") == {"Care": {1: "names a map", 3: "dates it"}}


def test_levels_behind_a_name_in_one_line_stand_apart():
    care = "<li><b>Care</b> – 1: tears; 2: keeps; 3: restores</li>"
    order = "<li><b>Order</b> – 1: heaps; 2: sorts; 3: maps</li>"

    assert found(f"<ul>{care}{order}</ul>") == {
        "Care": {1: "tears", 2: "keeps", 3: "restores"},
        "Order": {1: "heaps", 2: "sorts", 3: "maps"},
    }


def test_a_heading_of_a_numbered_level_has_its_name_behind_the_number():
    levels = "<h4>Level 1: Awareness</h4><p>names a map</p><h4>Level 3: Practice</h4><p>dates it</p>"

    assert found(f"<h3>Care</h3>{levels}<h3>Order</h3>{levels}") == {
        "Care": {1: "names a map", 3: "dates it"},
        "Order": {1: "names a map", 3: "dates it"},
    }


def test_a_question_may_stand_between_a_plain_name_and_its_levels():
    care = f"<p>Care</p><p>Question: How do you lift a map?</p>{LEVELS}"
    order = f"<p>Order</p><p>Tell us about a box.</p>{LEVELS}"

    assert found(care + order) == {"Care": WORDING, "Order": WORDING}


def test_a_line_that_says_competency_names_the_levels_right_below_it():
    care = "<li>Competency: Care</li><li>Good (3): keeps</li><li>Poor (1): tears</li>"
    order = "<li>Competency: Order</li><li>Good (3): sorts</li><li>Poor (1): heaps</li>"

    assert found(f"<ul>{care}{order}</ul>") == {"Care": {3: "keeps", 1: "tears"}, "Order": {3: "sorts", 1: "heaps"}}


def test_a_text_behind_the_last_level_is_no_wording():
    markup = "<h3>Care</h3><p>1: a<br>3: b<br>5: c</p><p>Decision: yes / no</p>"

    assert found(markup) == {"Care": WORDING}


def test_a_text_behind_a_level_s_name_is_its_wording():
    markup = "<h3>Care</h3><p><b>Level 1: Basic</b></p><p>a</p><p>and more</p><p><b>Level 3: Sound</b></p><p>b</p>"

    assert found(markup) == {"Care": {1: "a; and more", 3: "b"}}


def test_a_question_or_definition_may_stand_between_an_item_and_its_levels():
    levels = "<li>1: a</li><li>3: b</li><li>5: c</li>"
    care = f"<li><b>Care</b> (30%)<ul><li>Ask: Why?</li>{levels}</ul></li>"
    order = f"<li><b>Order</b> (70%)<ul><li>Definition: sorts</li>{levels}</ul></li>"

    assert found(f"<ul>{care}{order}</ul>") == {"Care (30%)": WORDING, "Order (70%)": WORDING}


def test_a_mere_line_names_a_dimension_only_where_another_one_does_too():
    line, other = "<p>Care</p>" + LEVELS, "<p>Order</p>" + LEVELS

    assert set(found(f"<h3>Tact</h3>{LEVELS}<p>Notes follow.</p>{line}")) == {"Tact"}
    assert set(found(line + other)) == {"Care", "Order"}


def test_a_line_that_says_competency_names_the_table_of_levels_below_its_question():
    levels = table("Level|Behaviour", "Superior|c", "Good|b", "Poor|a")
    cards = f"<p>Competency: Care</p><p>How careful?</p>{levels}<p>Competency: Order</p><p>How tidy?</p>{levels}"

    assert list(found(f"<h3>Guide</h3>{cards}")) == ["Care", "Order"]


def test_what_counts_a_question_in_bold_names_no_dimension():
    levels = "<p>1 - a<br>3 - b<br>5 - c</p>"

    assert found(f"<p><b>Question 2.</b> then</p>{levels}<p><b>Care:</b> lifts</p>{levels}", titled=True) == {
        "Care": WORDING
    }


@pytest.mark.parametrize("label", ["Question", "Notes", "Follow-up questions"])
def test_a_label_behind_the_last_level_ends_its_wording(label):
    markup = f"<h3>Care</h3>{LEVELS}<ul><li>{label}<p>Tell me what you mended.</p></li></ul>"

    assert found(markup) == {"Care": WORDING}


def test_letters_with_an_equals_sign_are_levels():
    markup = "<h3>Care</h3><p>A = c.<br>B = b.<br>C = a.</p>"

    assert found(markup) == {"Care": {1: "a.", 3: "b.", 5: "c."}}


def test_levels_without_wording_and_words_beside_numbers_are_no_names():
    rows = ("Level|Proficiency|Example", "7|Expert|c", "6||", "4|Medium|b", "1|Basic|a")
    [entry] = with_levels(blocks_of(f"<h3>Care</h3>{table(*rows)}"), titled=False)

    assert entry.name == "Care"
    assert [text for text in entry.texts if text] == ["c", "b", "a"]


def test_a_caption_that_says_the_name_is_not_the_name():
    captioned = table("Level|Example", "5|c", "3|b", "1|a").replace(
        "<table>", "<table><caption>Levels for Care</caption>"
    )

    assert found(f"<h3>Care</h3>{captioned}") == {"Care": WORDING}
