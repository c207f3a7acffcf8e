"""What the forms of a list take."""

from hashlib import sha256

import pytest

from candidates.importing.bringing import LEAVE_OUT, NEW, Choice, Line, Standing
from candidates.importing.forms import ChoicesForm, LayoutForm, ListForm
from candidates.importing.roster import Layout, Means, Person

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
    asked = Line(Person(3, "A", "a@x.example"), Standing.ASKED, "?", (Choice(NEW, "Somebody else"), LEAVE_OUT))
    lines = [asked, Line(Person(4, "B", "b@x.example"), Standing.READY)]

    assert ChoicesForm({"row_3": NEW}, lines=lines).is_valid()
    assert list(ChoicesForm({"row_3": "7"}, lines=lines).errors) == ["row_3"]
    assert list(ChoicesForm(lines=lines).fields) == ["row_3"]
