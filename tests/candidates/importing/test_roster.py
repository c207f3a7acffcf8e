"""Lists as people keep them: with headings in several languages or none, two rows of them, pasted lines."""

import pytest

from candidates.importing.roster import Means, layout_of, pasted_rows, people


def numbered(*rows: tuple[str, ...], first: int = 1) -> list[tuple[int, tuple[str, ...]]]:
    return list(enumerate(rows, first))


def read(*rows: tuple[str, ...]) -> list[tuple[str, str, str]]:
    listed = numbered(*rows)
    return [(person.name, person.email, person.problem) for person in people(listed, layout_of(listed))]


ALMA = ("Alma Reyes", "alma@x.example", "")


@pytest.mark.parametrize(
    "rows",
    [
        [("Name", "E-mail"), ("Alma Reyes", "Alma@X.example")],
        [("Nachname", "Vorname", "E-Mail-Adresse"), ("Reyes", "Alma", "alma@x.example")],
        [("Applicants", "", ""), ("Full name", "Phone", "Email address"), ("Alma Reyes", "0123", "alma@x.example")],
        [("Alma Reyes", "alma@x.example")],
        [("1", "alma@x.example", "Alma Reyes")],
        [("Contact",), ("Alma Reyes <alma@x.example>",)],
        [("Name", "Where to write"), ("Alma Reyes", "mailto:alma@x.example")],
    ],
    ids=["plain", "two names", "two headings", "none", "numbers first", "in one cell", "heading of our own"],
)
def test_the_columns_are_recognised(rows):
    assert read(*rows) == [ALMA]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Alma Reyes <alma@x.example>\nBo Li <bo@x.example>", 2),
        ("Alma Reyes <alma@x.example>, Bo Li <bo@x.example>;\n", 2),
        ("Alma Reyes\talma@x.example\n\nBo Li\tbo@x.example\n", 2),
        ("Reyes, Alma <alma@x.example>", 1),
        ("Alma Reyes alma@x.example", 1),
        ("Alma Reyes <alma@x.example>\nBo Li\n", 2),
        ("Alma Reyes\nBo Li", 2),
        ('{"Alma": 1}', None),
        ("Alma, Reyes, alma@x.example", None),
        ("Name, E-mail\nAlma, alma@x.example", None),
    ],
)
def test_pasted_lines(text, found):
    rows = pasted_rows(text)

    assert (rows if rows is None else len(rows)) == found


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("", "a@x.example"), "name is missing"),
        (("45012", "a@x.example"), "no letters"),
        (("Ж" * 301, "a@x.example"), "301 characters"),
        (("Alma", "a@x.example; b@x.example"), "two e-mail addresses"),
        (("Alma", "alma at x"), "not an e-mail address"),
        (("=HYPERLINK(1)", "a@x.example"), "formula"),
    ],
)
def test_a_bad_row_says_what_is_wrong(row, says):
    [(_, _, problem)] = read(("Name", "E-mail"), row)[:1]

    assert says in problem


@pytest.mark.parametrize("name", ["Ж" * 300, "محمد علي", "李小龙", "O’Brien-Smith Jr.", "ng"])
def test_names_of_any_script_are_names(name):
    assert read(("Name", "E-mail"), (name, "a@x.example")) == [(name, "a@x.example", "")]


def test_a_row_that_says_the_same_again_is_left_out_and_one_that_says_something_else_is_named():
    rows = numbered(
        ("Name", "E-mail"),
        ("Alma Reyes", "alma@x.example"),
        ("ALMA REYES", "alma@x.example"),
        ("Bruno Costa", "alma@x.example"),
    )

    alma, bruno = people(rows, layout_of(rows))

    assert (alma.name, bruno.name) == ("Alma Reyes", "Bruno Costa")
    assert (alma.doubt, bruno.doubt) == ("", "Row 2 has the same address for Alma Reyes.")


def test_what_is_lacking_is_asked_for():
    layout = layout_of(numbered(("A", "B"), ("1", "2")))

    assert layout.columns == (Means.NOTHING, Means.NOTHING)
    assert "names" in layout.lacks


@pytest.mark.parametrize(
    "rows",
    [
        [("Name", "E-mail"), ("Alma Reyes", "alma@x.example"), ("Bo Li", "")],
        [("Name", "E-mail"), ("Alma Reyes", "alma@x.example"), ("Bo Li",)],
        [("Alma Reyes <alma@x.example>",), ("Bo Li",)],
    ],
    ids=["empty", "no cell", "one column"],
)
def test_an_address_may_be_missing(rows):
    assert read(*rows) == [ALMA, ("Bo Li", "", "")]


def test_a_list_may_hold_names_alone():
    assert read(("Name", "Phone"), ("Alma Reyes", "0123"), ("Bo Li", "0124")) == [
        ("Alma Reyes", "", ""),
        ("Bo Li", "", ""),
    ]


@pytest.mark.parametrize("addresses", [("", ""), ("", "alma@x.example"), ("alma@x.example", "")])
def test_one_name_twice_is_a_question_where_an_address_is_missing(addresses):
    rows = numbered(("Name", "E-mail"), ("Alma Reyes", addresses[0]), ("ALMA REYES", addresses[1]))

    first, second = people(rows, layout_of(rows))

    assert first.doubt == ""
    assert second.doubt == "Row 2 has the same name, and not both have an address."


def test_namesakes_with_two_addresses_are_two_people():
    rows = numbered(("Name", "E-mail"), ("Alma Reyes", "a@x.example"), ("Alma Reyes", "b@x.example"))

    assert [person.doubt for person in people(rows, layout_of(rows))] == ["", ""]
