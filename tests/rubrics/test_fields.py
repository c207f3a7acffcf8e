"""The editor's fields: their names, and their texts as values and back."""

from decimal import Decimal

import pytest

from rubrics.fields import FieldName, NoSuchField, NotTaken, is_shows, level_of, parsed, part_of


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("title", FieldName("", 0, "title")),
        ("needs_evidence_5", FieldName("", 0, "needs_evidence_5")),
        ("dimension_12_level_3", FieldName("dimension", 12, "level_3")),
        ("exercise_3_look_for", FieldName("exercise", 3, "look_for")),
        ("exercise_3_shows_12", FieldName("exercise", 3, "shows_12")),
    ],
)
def test_a_name_says_kind_row_and_part(name, field):
    assert parsed(name) == field
    assert str(field) == name


@pytest.mark.parametrize(
    "name",
    [
        *["", "state", "dimension_12", "dimension_12_key", "dimension_x_name", "dimension_1_level_6"],
        *["needs_evidence_6", "area_1_shows_2", f"dimension_{'9' * 20}_name", "title\n", "exercise_1_shows_x"],
        *["exercise_1_shows_", "nothing_1_name"],
    ],
)
def test_any_other_name_is_none(name):
    with pytest.raises(NoSuchField):
        parsed(name)


@pytest.mark.parametrize(
    ("name", "text", "value", "shown"),
    [
        ("title", "  A \t role ", "A role", "A role"),
        ("summary", " one  two \n\n three \n", "one two\n\nthree", "one two\n\nthree"),
        ("exercise_1_look_for", "one\n\n  two  \n", ["one", "two"], "one\ntwo"),
        ("dimension_1_must_have", "on", True, "on"),
        ("dimension_1_must_have", "", False, ""),
        ("dimension_1_weight", "12,50 %", Decimal("12.5"), "12.5"),
        ("dimension_1_weight", "100", Decimal(100), "100"),
        ("dimension_1_weight", "33.33333", Decimal("33.333"), "33.333"),
        ("dimension_1_weight", " ", None, ""),
        ("language", "cs", "cs", "cs"),
        ("skill_1_group", "advanced", "advanced", "advanced"),
        ("exercise_1_shows_2", "on", True, "on"),
    ],
)
def test_a_text_is_a_value_and_shown_again(name, text, value, shown):
    part = part_of(parsed(name))

    assert part.read(text) == value
    assert part.shown(part.read(text)) == shown


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("dimension_1_weight", "much", "A weight is a number of percent, such as"),
        ("dimension_1_weight", "-1", "from 0 to 100"),
        ("dimension_1_weight", "NaN", "from 0 to 100"),
        ("dimension_1_weight", "1e999999", "from 0 to 100"),
        ("language", "xx", "Choose one of the entries offered"),
        ("dimension_1_name", "x" * 301, "This text has 301 characters; the limit is 300"),
        ("exercise_1_look_for", "x\n" * 201, "This list has 201 lines; the limit is 200"),
    ],
)
def test_what_a_field_cannot_hold_is_told(name, text, words):
    with pytest.raises(NotTaken, match=words):
        part_of(parsed(name)).read(text)


def test_only_levels_have_a_level_and_only_exercises_show():
    assert (level_of("level_3"), level_of("needs_evidence_5"), level_of("weight_reason")) == (3, 5, None)
    assert is_shows(parsed("exercise_1_shows_2"))
    assert not is_shows(parsed("exercise_1_title"))


# --- bounds ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("title", 300),
        ("summary", 20_000),
        ("dimension_1_name", 300),
        ("dimension_1_weight_reason", 500),
        ("dimension_1_level_1", 20_000),
        ("question_1_text", 20_000),
        ("exercise_1_label", 20),
        ("exercise_1_title", 500),
        ("exercise_1_duration", 100),
        ("exercise_1_prompt", 20_000),
        ("area_1_name", 500),
        ("skill_1_name", 300),
        ("skill_1_importance", 300),
        ("soft_1_name", 300),
    ],
)
def test_a_text_is_taken_up_to_its_limit(name, limit):
    part = part_of(parsed(name))

    assert part.read("x" * limit) == "x" * limit
    with pytest.raises(NotTaken, match=f"the limit is {limit:,}"):
        part.read("x" * (limit + 1))


def test_white_space_that_goes_does_not_make_a_text_too_long():
    assert part_of(parsed("title")).read(" " * 400 + "A role") == "A role"


@pytest.mark.parametrize("name", ["exercise_1_look_for", "area_1_topics"])
def test_a_list_is_taken_up_to_its_limit(name):
    part = part_of(parsed(name))

    assert len(part.read("x\n" * 200)) == 200
    with pytest.raises(NotTaken, match="the limit is 20,000"):
        part.read("x" * 20_001)


@pytest.mark.parametrize(("text", "value"), [("0", Decimal(0)), ("1000", Decimal(1000)), (" 7,5%", Decimal("7.5"))])
def test_a_weight_is_taken_from_nothing_to_a_thousand(text, value):
    assert part_of(parsed("dimension_1_weight")).read(text) == value


@pytest.mark.parametrize("text", ["1000.001", "-0.001", "Infinity", "1.2.3", "12 5"])
def test_any_other_weight_is_not_taken(text):
    with pytest.raises(NotTaken):
        part_of(parsed("dimension_1_weight")).read(text)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(Decimal("12.500"), "12.5"), (Decimal("100.000"), "100"), (Decimal("1E+2"), "100"), (Decimal(0), "0"), (None, "")],
)
def test_a_weight_is_shown_without_idle_noughts(value, shown):
    assert part_of(parsed("dimension_1_weight")).shown(value) == shown


@pytest.mark.parametrize(("text", "ticked"), [("on", True), ("", False), ("true", False), ("ON", False)])
def test_only_what_browsers_send_is_a_tick(text, ticked):
    assert part_of(parsed("skill_1_group")).read("emerging") == "emerging"
    assert part_of(parsed("needs_evidence_1")).read(text) is ticked


def test_an_unknown_field_is_named():
    with pytest.raises(NoSuchField) as caught:
        parsed("dimension_1_colour")

    assert caught.value.name == "dimension_1_colour"


@pytest.mark.parametrize(
    ("part", "level"),
    [("level_1", 1), ("needs_evidence_1", 1), ("name", None), ("shows_3", None), ("look_for", None), ("level", None)],
)
def test_the_level_that_a_part_is_about(part, level):
    assert level_of(part) == level
