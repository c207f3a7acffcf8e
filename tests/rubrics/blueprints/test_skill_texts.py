"""The texts of one skill while it is read."""

import pytest

from rubrics.blueprints.lines import Cell, Line
from rubrics.blueprints.skill_texts import Texts, name_and_rest, text_at


def test_pieces_of_a_field_are_one_text():
    texts = Texts.of({"name": "Go", "use": ""})

    texts.add("use", " daily ")
    texts.add("use", "tools")

    assert texts.get("use") == "daily tools"
    assert texts.get("name") == "Go"
    assert texts.get("importance") == ""


def test_a_skill_says_whether_a_heading_named_it():
    assert Texts.of({}, heading=True).heading is True
    assert Texts().heading is False


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (Line("Go: code", bold="Go:"), ("Go", "code")),
        (Line("Go (Critical): code", bold="Go"), ("Go (Critical)", "code")),
        (Line("Go [nice to have] – code", bold="Go"), ("Go [nice to have]", "code")),
        (Line("Go (the language): code", bold="Go"), ("Go", "(the language): code")),
        (Line("1. Go: code", bold="1. Go"), ("Go", "code")),
        (Line("Go: code"), ("Go", "code")),
    ],
)
def test_a_bold_name_takes_its_importance_along(line, parts):
    assert name_and_rest(line, line.text) == parts


def test_a_beginning_of_the_line_that_cuts_its_bold_text_is_read_plainly():
    assert name_and_rest(Line("Go code", bold="Go code"), "Go") == ("Go", "")


def test_a_row_that_is_too_short_has_no_text_there():
    row = (Cell("a", False), Cell("b", False))

    assert [text_at(row, index) for index in range(3)] == ["a", "b", ""]
