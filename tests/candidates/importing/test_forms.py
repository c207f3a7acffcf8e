"""What the forms of a list take."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from candidates.importing.bringing import LEAVE_OUT, NEW, Choice, Line, Verdict
from candidates.importing.forms import ChoicesForm, LayoutForm, ListForm
from candidates.importing.roster import Layout, Means, Person
from rubrics.readers.choice import SIZE_LIMIT

ROWS = [(1, ("A", "a@x.example")), (7, ("B", "b@x.example"))]
GUESSED = Layout((Means.NAME, Means.EMAIL), 1)


def test_the_sha256_is_of_the_bytes_that_were_pasted():
    form = ListForm({"pasted": "A <a@x.example>"})

    assert form.is_valid()
    assert form.cleaned_data["sha256"] == sha256(b"A <a@x.example>").hexdigest()
    assert form.cleaned_data["rows"].rows == ((1, ("A", "a@x.example")),)


@pytest.mark.parametrize("first", ["0", "8", "x", ""])
def test_the_first_candidate_stands_in_a_row_of_the_list(first):
    form = LayoutForm({"first": first, "column_0": "name", "column_1": "email"}, rows=ROWS, guessed=GUESSED)

    assert list(form.errors) == ["first"]


def test_each_meaning_is_one_columns():
    form = LayoutForm({"first": "1", "column_0": "email", "column_1": "email"}, rows=ROWS, guessed=GUESSED)

    assert list(form.errors) == ["column_1"]


def test_only_what_was_offered_is_chosen():
    asked = Line(Person(3, "A", "a@x.example"), Verdict.ASKED, "?", (Choice(NEW, "Somebody else"), LEAVE_OUT))
    lines = [asked, Line(Person(4, "B", "b@x.example"), Verdict.READY)]

    assert ChoicesForm({"row_3": NEW}, lines=lines).is_valid()
    assert list(ChoicesForm({"row_3": "7"}, lines=lines).errors) == ["row_3"]
    assert list(ChoicesForm(lines=lines).fields) == ["row_3"]


# --- the list ------------------------------------------------------------------------
def upload(content: bytes, name: str = "people.csv") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content)}


def test_a_file_is_read_with_the_sha256_of_its_bytes():
    content = b"Name,E-mail\nAlma,alma@x.example\n"

    form = ListForm({}, upload(content))

    assert form.is_valid()
    assert form.cleaned_data["sha256"] == sha256(content).hexdigest()
    assert [cells for _, cells in form.cleaned_data["rows"].rows] == [("Name", "E-mail"), ("Alma", "alma@x.example")]


@pytest.mark.parametrize(
    ("sent", "files", "errors"),
    [
        ({}, {}, {"file": ["Choose a file, or paste the list below."]}),
        ({"pasted": " \n "}, {}, {"file": ["Choose a file, or paste the list below."]}),
        ({"pasted": "A"}, upload(b"A,b"), {"pasted": ["Choose a file or paste the list, not both."]}),
        ({}, upload(b"\n\n"), {"file": ["The list cannot be read: the file is empty."]}),
        ({"pasted": ",\n;"}, {}, {"pasted": ["The list is empty."]}),
    ],
)
def test_a_list_that_is_none_is_refused_where_it_was_given(sent, files, errors):
    for file in files.values():
        file.seek(0)

    assert ListForm(sent, files).errors == errors


def test_a_file_that_is_too_large_is_not_read():
    form = ListForm({}, upload(b"x" * (SIZE_LIMIT + 1)))

    assert form.errors == {"file": [f"This file has {SIZE_LIMIT + 1:,} bytes; the limit is {SIZE_LIMIT:,}."]}


def test_lines_that_are_a_table_are_read_as_one():
    form = ListForm({"pasted": "Name\tE-mail\tPhone\nAlma\talma@x.example\t1"})

    assert form.is_valid()
    assert len(form.cleaned_data["rows"].rows[0][1]) == 3


# --- the columns ----------------------------------------------------------------------
def test_columns_as_chosen_are_the_layout():
    form = LayoutForm({"first": "7", "column_0": "nothing", "column_1": "name"}, rows=ROWS, guessed=GUESSED)

    assert form.is_valid()
    assert form.layout() == Layout((Means.NOTHING, Means.NAME), 7)
    assert [field.name for field in form.columns] == ["column_0", "column_1"]


def test_columns_begin_with_what_was_guessed():
    form = LayoutForm(rows=ROWS, guessed=GUESSED)

    assert [field.value() for field in form.columns] == [Means.NAME, Means.EMAIL]
    assert form["first"].value() == 1


def test_several_columns_may_be_ignored_and_the_second_of_a_meaning_is_named():
    ignored = {"first": "1", "column_0": "nothing", "column_1": "nothing"}
    twice = {"first": "1", "column_0": "name", "column_1": "name"}

    assert LayoutForm(ignored, rows=ROWS, guessed=GUESSED).is_valid()
    assert LayoutForm(twice, rows=ROWS, guessed=GUESSED).errors == {
        "column_1": ["Another column is the name already. Ignore one of them."]
    }


def test_choices_are_given_by_row():
    asked = [
        Line(Person(row, "A", "a@x.example"), Verdict.ASKED, "?", (Choice(NEW, "Somebody else"), LEAVE_OUT))
        for row in (3, 5)
    ]

    form = ChoicesForm({"row_3": NEW}, lines=asked)

    assert form.is_valid()
    assert form.choices() == {3: NEW, 5: ""}
    assert [(line.person.row, field.name) for line, field in form.asked] == [(3, "row_3"), (5, "row_5")]
