"""Forms that have a table for each dimension."""

import pytest

from rubrics.blueprints.forms_apart import with_forms_apart
from tests.rubrics.role_documents import blocks_of, read

ROOM = "<tr><td>Rating</td><td>☐ 1</td><td>☐ 2</td><td>☐ 3</td></tr>"


def form(name: str, question: str, *seen: str, room: str = ROOM) -> str:
    items = "".join(f"<p>{text}</p>" for text in seen)
    rows = (
        f"<tr><td>Question</td><td colspan=3>{question}</td></tr><tr><td>Look for</td><td colspan=3>{items}</td></tr>"
    )
    return f"<table><tr><td colspan=4><b>{name}</b></td></tr>{rows}{room}</table>"


TWO = form("1. Care", "How do you mend it?", "Asks first", "Mends well") + form("2. Order", "Where is it?", "Sorts")


def test_each_form_is_a_dimension_with_its_question_and_what_to_look_for():
    found = read(f"<h1>Panel interview form</h1><p>Ratings: 1 Poor, 2 Fair, 3 Good</p>{TWO}")

    assert [row["name"] for row in found["dimensions"]] == ["Care", "Order"]
    asked = [row["questions"][0] for row in found["dimensions"]]
    assert [(row["text"], row["strong"]) for row in asked] == [
        ("How do you mend it?", "Asks first; Mends well"),
        ("Where is it?", "Sorts"),
    ]


def test_a_choice_of_other_things_below_them_names_no_dimension():
    found = read(f"<h1>Panel interview form</h1>{TWO}<p>Recommendation: ☐ Appoint ☐ Keep on file</p>")

    assert [row["name"] for row in found["dimensions"]] == ["Care", "Order"]


@pytest.mark.parametrize(
    "markup",
    [
        form("Care", "How?", "Asks first"),
        TWO.replace("Look for", "Salary"),
        TWO.replace("<b>1. Care</b>", "How?").replace("<b>2. Order</b>", "Why?"),
    ],
)
def test_other_tables_stay_as_they_are(markup):
    blocks = tuple(blocks_of(markup))

    assert with_forms_apart(blocks) == blocks
