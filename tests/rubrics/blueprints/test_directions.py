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
