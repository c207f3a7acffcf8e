"""What a file said, kept as plain values and planned once more."""

import json

import pytest

from rubrics.blueprints.files import OpenedFile, open_file
from rubrics.readers.page import UnusableBlueprint
from tests.rubrics.role_documents import plan_of_file

CSV = "Skill;1;5\nCare;ñ;yes\n".encode()


def test_an_opened_file_survives_its_way_through_a_form():
    opened = open_file(CSV, filename="night-porter.csv")

    sent = OpenedFile.from_json(json.loads(json.dumps(opened.as_json())))

    assert sent == opened
    assert plan_of_file(sent) == plan_of_file(opened)
    assert plan_of_file(sent).title == "Night porter"


def test_a_table_that_is_no_scorecard_is_refused_with_what_its_head_should_say():
    with pytest.raises(UnusableBlueprint, match="first row should name"):
        plan_of_file(open_file(b"Town,People\nRome,many\n", filename="towns.csv"))


def test_a_table_under_no_heading_is_taken_for_the_scorecard():
    markup = b"<table><tr><th>Skill</th><th>1</th><th>5</th></tr><tr><td>Care</td><td>no</td><td>yes</td></tr></table>"

    plan = plan_of_file(open_file(markup, filename="pasted.html"))

    assert [(row.name, row.anchors) for row in plan.dimensions] == [("Care", {1: "no", 5: "yes"})]
    assert [section.title for section in plan.sections] == ["Interview scorecard"]
