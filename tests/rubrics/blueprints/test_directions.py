"""What a form tells of a document, and what of it cannot be understood."""

import pytest

from rubrics.blueprints.directions import UNTOLD, Directions, understood
from rubrics.blueprints.documents import load
from tests.rubrics.role_documents import table

GUIDE = f"<h1>Guide</h1><p>Hello.</p>{table('Criterion|3', 'Tact|Asks')}<table><tr><td>Alone</td></tr></table>"
BLOCKS = load(GUIDE.encode(), filename="guide.html").blocks


def test_a_form_s_fields_are_understood_and_written_again():
    fields = {"told-0": "exercises", "told-2": "scorecard", "told-2-1": "level-4", "told-2-0": "", "language": "en"}

    found = understood(fields, BLOCKS)

    assert found.refusals == ()
    assert found.directions == Directions({0: "exercises", 2: "scorecard"}, {(2, 1): "level-4"})
    assert found.directions.as_fields() == {"told-0": "exercises", "told-2": "scorecard", "told-2-1": "level-4"}


@pytest.mark.parametrize(
    ("name", "telling", "words"),
    [
        ("told-9", "exercise", "a heading or table that this document does not have"),
        ("told-1", "exercise", "a heading or table that this document does not have"),
        ("told-x", "exercise", "a heading or table that this document does not have"),
        ("told-٣", "exercise", "a heading or table that this document does not have"),
        ("told-1-0", "name", "a heading or table that this document does not have"),
        ("told-2-2", "name", "a column that its table does not have"),
        ("told-3-0", "name", "a column that its table does not have"),
        ("told-0-0", "name", "a column that its table does not have"),
        ("told-2-1", "level-6", "“level-6” is nothing that this part of the document can be"),
        ("told-0", "weight", "“weight” is nothing that this part of the document can be"),
        ("told-2", "exercise", "“exercise” is nothing that this part of the document can be"),
    ],
)
def test_what_cannot_be_understood_is_said_and_takes_nothing_else_along(name, telling, words):
    found = understood({name: telling, "told-0": "focus"} | {name: telling}, BLOCKS)

    [refusal] = found.refusals
    assert words in refusal
    assert found.directions == (UNTOLD if name == "told-0" else Directions({0: "focus"}))


def test_one_column_alone_is_the_name():
    found = understood({"told-2-1": "name", "told-2-0": "name"}, BLOCKS)

    assert found.directions.columns == {(2, 0): "name"}
    assert found.refusals == ("Two columns of one table were said to be “Name”. The first of them was taken.",)


def test_what_is_told_of_one_table_s_columns_says_nothing_of_another():
    other = load(f"{table('A|B', 'a|b')}{table('C|D', 'c|d')}".encode(), filename="x.html").blocks
    told = Directions({}, {(other[1].number, 1): "level-4", (other[1].number, 9): "name"})

    assert told.of_columns(other[0]) == ()
    assert told.of_columns(other[1]) == ("", "level-4")
    assert Directions({}, {(other[0].number, 9): "name"}).of_columns(other[0]) == ()


def test_one_telling_may_be_of_several_columns_unless_it_is_of_one_alone():
    fields = {"told-2-0": "level-4", "told-2-1": "level-4"}

    assert understood(fields, BLOCKS).refusals == ()
    assert understood(fields, BLOCKS).directions.columns == {(2, 0): "level-4", (2, 1): "level-4"}


def test_what_was_sent_is_quoted_up_to_forty_letters():
    [refusal] = understood({"told-0": "x" * 50}, BLOCKS).refusals

    assert refusal.startswith(f"“{'x' * 40}” is nothing")


@pytest.mark.parametrize(
    ("told", "says"), [(UNTOLD, False), (Directions({0: "focus"}), True), (Directions({}, {(1, 0): "name"}), True)]
)
def test_directions_say_something_where_a_block_or_a_column_is_told(told, says):
    assert bool(told) is says
