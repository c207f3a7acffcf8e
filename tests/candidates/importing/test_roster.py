"""Lists as people keep them: with headings in several languages or none, two rows of them, pasted lines."""

from functools import partial

import pytest

from accounts.texts import is_address
from candidates.importing import roster
from candidates.importing.roster import Layout, Means, layout_of, pasted_rows

people = partial(roster.people, is_address=is_address)


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
        (("Alma", "alma@x"), "not an e-mail address"),
        (("Alma", "alma@x..example"), "not an e-mail address"),
        (("=HYPERLINK(1)", "a@x.example"), "formula"),
    ],
)
def test_a_bad_row_says_what_is_wrong(row, says):
    [(_, _, problem)] = read(("Name", "E-mail"), row)[:1]

    assert says in problem


@pytest.mark.parametrize("name", ["Ж" * 300, "محمد علي", "李小龙", "O’Brien-Smith Jr.", "ng"])
def test_names_of_any_script_are_names(name):
    assert read(("Name", "E-mail"), (name, "a@x.example")) == [(name, "a@x.example", "")]


def test_a_row_that_says_the_same_again_says_so_and_one_that_says_something_else_is_named():
    rows = numbered(
        ("Name", "E-mail"),
        ("Alma Reyes", "alma@x.example"),
        ("ALMA REYES", "alma@x.example"),
        ("Bruno Costa", "alma@x.example"),
    )

    alma, again, bruno = people(rows, layout_of(rows))

    assert (alma.name, bruno.name) == ("Alma Reyes", "Bruno Costa")
    assert (alma.repeats, again.repeats, bruno.repeats) == (0, 2, 0)
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


# --- headings ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("heading", "means"),
    [
        ("E-mail address (private)", Means.EMAIL),
        ("LAST NAME as in the passport", Means.FAMILY),
        ("Name", Means.NAME),
        ("Names", Means.NOTHING),
        ("Vorname", Means.GIVEN),
        ("Prénom", Means.GIVEN),
        ("Phone", Means.NOTHING),
        ("", Means.NOTHING),
    ],
)
def test_a_heading_counts_whole_or_as_a_beginning_of_words(heading, means):
    layout = layout_of(numbered((heading, "Full name", "Mail")))

    assert layout.columns[0] == means


def test_of_two_columns_with_one_heading_the_first_has_it():
    layout = layout_of(numbered(("Name", "Full name", "E-mail"), ("Alma", "Reyes", "alma@x.example")))

    assert layout.columns == (Means.NAME, Means.NOTHING, Means.EMAIL)


def test_of_two_rows_of_headings_the_one_that_names_more_counts_and_of_equals_the_later():
    fewer_below = [("Name", "E-mail"), ("Name", "free text"), ("Alma", "alma@x.example")]
    equal_below = [("Name", "free text"), ("Full name", "Remarks"), ("Alma", "hired before")]

    assert layout_of(numbered(*fewer_below)).first == 2
    assert layout_of(numbered(*equal_below)).first == 3


@pytest.mark.parametrize(("above", "first"), [(11, 13), (12, 1)])
def test_a_heading_is_sought_in_the_first_twelve_rows(above, first):
    notes = [("a remark", "")] * above

    layout = layout_of(numbered(*notes, ("Name", "Remarks"), ("Alma Reyes", "")))

    assert layout.first == first


def test_below_an_address_no_heading_is_sought():
    layout = layout_of(numbered(("Alma Reyes", "alma@x.example"), ("Name", "E-mail"), ("Bo Li", "bo@x.example")))

    assert layout.first == 1


def test_rows_keep_the_numbers_that_they_have_in_the_file():
    rows = numbered(("Name", "E-mail"), ("Alma Reyes", "alma@x.example"), first=5)

    assert layout_of(rows).first == 6
    assert [person.row for person in people(rows, layout_of(rows))] == [6]


def test_a_heading_without_rows_below_has_its_first_person_in_the_next_row():
    layout = layout_of(numbered(("Name", "E-mail"), first=4))

    assert layout.first == 5


def test_a_first_row_of_unknown_words_above_addresses_is_a_heading():
    known = [("Wer", "Wohin"), ("Alma Reyes", "alma@x.example"), ("Bo Li", "bo@x.example")]

    assert layout_of(numbered(*known)).first == 2
    assert layout_of(numbered(("Alma Reyes", ""))).first == 1


def test_a_list_of_no_rows_has_no_columns():
    layout = layout_of([])

    assert (layout.columns, layout.first) == ((), 1)


@pytest.mark.parametrize(
    ("cells", "means"),
    [
        (("alma@x.example", "none"), Means.EMAIL),
        (("alma@x.example", "none", "none"), Means.NOTHING),
    ],
)
def test_a_column_holds_addresses_where_half_of_its_cells_do(cells, means):
    rows = numbered(("Name", "Where"), *[("Somebody", cell) for cell in cells])

    assert layout_of(rows).columns == (Means.NAME, means)


@pytest.mark.parametrize(("cells", "means"), [(("Alma", "7"), Means.NOTHING), (("Alma", "Bo", "7"), Means.NAME)])
def test_a_column_holds_names_where_most_of_its_cells_have_letters(cells, means):
    rows = numbered(*[(cell, f"{at}@x.example") for at, cell in enumerate(cells)])

    assert layout_of(rows).columns == (means, Means.EMAIL)


def test_names_are_sought_in_no_column_where_first_or_last_names_stand():
    rows = numbered(("Remarks", "Last name"), ("knows Bo", "Reyes"))

    assert layout_of(rows).columns == (Means.NOTHING, Means.FAMILY)


@pytest.mark.parametrize("means", [Means.NAME, Means.GIVEN, Means.FAMILY, Means.EMAIL])
def test_one_column_that_says_who_is_enough(means):
    assert Layout((Means.NOTHING, means), 1).lacks == ""


# --- rows as people --------------------------------------------------------------
def test_a_whole_name_counts_more_than_its_parts():
    rows = numbered(("Alma", "Reyes", "Alma Maria Reyes"), ("Bo", "Li", ""))
    layout = Layout((Means.GIVEN, Means.FAMILY, Means.NAME), 1)

    assert [person.name for person in people(rows, layout)] == ["Alma Maria Reyes", "Bo Li"]


def test_one_part_of_a_name_is_a_name():
    rows = numbered(("Alma", ""), ("", "Li"))

    assert [person.name for person in people(rows, Layout((Means.GIVEN, Means.FAMILY), 1))] == ["Alma", "Li"]


def test_cells_beyond_the_columns_are_passed_over():
    rows = numbered(("Alma Reyes", "alma@x.example", "seen twice"))

    [alma] = people(rows, Layout((Means.NAME, Means.EMAIL), 1))

    assert (alma.name, alma.email) == ("Alma Reyes", "alma@x.example")


def test_a_name_beside_an_address_with_a_name_is_the_one_that_counts():
    rows = numbered(("Alma Reyes", "A. R. <Alma@x.example>"), ("", "“Bo” <bo@x.example>"))

    found = people(rows, Layout((Means.NAME, Means.EMAIL), 1))

    assert [(person.name, person.email) for person in found] == [
        ("Alma Reyes", "alma@x.example"),
        ("“Bo”", "bo@x.example"),
    ]


def test_white_space_is_folded():
    rows = numbered(("  Alma \t\n Reyes ", " alma@x.example "))

    [alma] = people(rows, Layout((Means.NAME, Means.EMAIL), 1))

    assert (alma.name, alma.email) == ("Alma Reyes", "alma@x.example")


@pytest.mark.parametrize("cell", ["alma@x.example\u200b", "\ufeffAlma@x.example", "A <al\u00adma@x.exam\u2060ple>"])
def test_signs_that_nobody_sees_are_no_part_of_an_address(cell):
    [alma] = people(numbered(("Alma", cell)), Layout((Means.NAME, Means.EMAIL), 1))

    assert (alma.email, alma.problem) == ("alma@x.example", "")


def test_a_name_keeps_the_joiners_that_its_script_is_written_with():
    [person] = people(numbered(("علی\u200cرضا",)), Layout((Means.NAME,), 1))

    assert person.name == "علی\u200cرضا"


@pytest.mark.parametrize(("letters", "problem"), [(300, False), (301, True)])
def test_a_name_has_three_hundred_characters_at_most(letters, problem):
    [person] = people(numbered(("x" * letters,)), Layout((Means.NAME,), 1))

    assert bool(person.problem) == problem


@pytest.mark.parametrize(("length", "problem"), [(254, False), (255, True)])
def test_an_address_has_254_characters_at_most(length, problem):
    address = "a" * (length - len("@x.example")) + "@x.example"

    [person] = people(numbered(("Alma", address)), Layout((Means.NAME, Means.EMAIL), 1))

    assert bool(person.problem) == problem


@pytest.mark.parametrize("cells", [("@SUM(A1)", ""), ("+cmd(1)", ""), ("-x(1)", ""), ("Alma", "=A1")])
def test_a_formula_is_told_first(cells):
    [person] = people(numbered(cells), Layout((Means.NAME, Means.EMAIL), 1))

    assert person.problem == "A cell holds a formula. Write what it shows."


@pytest.mark.parametrize("name", ["-- Alma", "+ Alma", "Alma (+)", "-Alma"])
def test_a_sign_before_a_name_is_no_formula(name):
    [person] = people(numbered((name,)), Layout((Means.NAME,), 1))

    assert person.problem == ""


def test_a_row_that_cannot_be_used_has_its_problem_and_no_doubt():
    rows = numbered(("Alma Reyes", ""), ("Alma Reyes", "alma at x"))

    _, second = people(rows, Layout((Means.NAME, Means.EMAIL), 1))

    assert "not an e-mail address" in second.problem
    assert second.doubt == ""


def test_a_heading_that_comes_again_is_nobody():
    rows = numbered(("Name", "Town"), ("Alma Reyes", "Kufstein"), ("Name", "Town"), ("Bruno Costa", "Wörgl"))

    found = people(rows, layout_of(rows))

    assert [(person.name, person.aside) for person in found] == [
        ("Alma Reyes", ""),
        ("Name", "This is the heading again."),
        ("Bruno Costa", ""),
    ]


def test_a_heading_of_our_own_that_comes_again_is_nobody_whatever_its_case():
    rows = numbered(("Wer", "Wohin"), ("Alma Reyes", "alma@x.example"), ("Bo Li", "bo@x.example"), ("WER", "wohin"))

    assert people(rows, layout_of(rows))[-1].aside == "This is the heading again."


def test_two_totals_are_no_doubt_of_each_other():
    rows = numbered(("Name", "Town"), ("Total", "Kufstein"), ("Total", "Wörgl"))

    assert [bool(person.aside) for person in people(rows, layout_of(rows))] == [True, True]
    assert [person.doubt for person in people(rows, layout_of(rows))] == ["", ""]


def test_a_third_row_of_an_address_is_asked_about_with_the_first():
    rows = numbered(("Ann", "jobs@x.example"), ("Ben", "jobs@x.example"), ("Cleo", "jobs@x.example"))

    doubts = [person.doubt for person in people(rows, Layout((Means.NAME, Means.EMAIL), 1))]

    assert doubts == ["", *["Row 1 has the same address for Ann."] * 2]


# --- pasted lines ------------------------------------------------------------------
def test_pasted_lines_keep_their_numbers_past_empty_ones():
    assert pasted_rows("\nAlma <alma@x.example>\n\n,;\nBo <bo@x.example>\n") == (
        (2, ("Alma", "alma@x.example")),
        (5, ("Bo", "bo@x.example")),
    )


@pytest.mark.parametrize(
    "line",
    [
        "Alma Reyes <alma@x.example>",
        '"Alma Reyes" <alma@x.example>;',
        "Alma Reyes (alma@x.example)",
        "Alma Reyes [mailto:alma@x.example]",
        "Alma Reyes, alma@x.example",
        "Alma Reyes; alma@x.example",
        "Alma Reyes\talma@x.example",
    ],
)
def test_a_pasted_line_is_written_in_many_ways(line):
    assert pasted_rows(line) == ((1, ("Alma Reyes", "alma@x.example")),)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Haddad, Noor", ("Noor Haddad", "")),
        ("de la Cruz, Ana María", ("Ana María de la Cruz", "")),
        ("Alma, Reyes, alma@x.example", ("Alma, Reyes", "alma@x.example")),
        ("alma@x.example; Alma Reyes", ("Alma Reyes", "alma@x.example")),
        ("alma@x.example is Alma", ("alma@x.example is Alma", "")),
        ("Alma a@x.example b@x.example", ("Alma a@x.example b@x.example", "")),
        ("Alma=1", ("Alma=1", "")),
    ],
)
def test_a_line_that_is_written_otherwise_takes_no_address_from_the_others(line, read):
    assert pasted_rows(f"Zoe Alpha <zoe@x.example>\nYan Beta, yan@x.example\n{line}") == (
        (1, ("Zoe Alpha", "zoe@x.example")),
        (2, ("Yan Beta", "yan@x.example")),
        (3, read),
    )


@pytest.mark.parametrize("line", ["alma@x.example is Alma", "Alma=1", "7", "Reyes, Alma"])
def test_a_line_that_names_nobody_surely_makes_it_a_table(line):
    assert pasted_rows(f"Bo Li, bo@x.example\n{line}") is None


def test_an_address_within_a_name_is_read_or_said():
    rows = [("Name",), ("Zoe Alpha <zoe@x.example>",), ("alma@x.example is Alma",)]
    numbered_rows = numbered(*rows)

    zoe, alma = people(numbered_rows, Layout((Means.NAME,), 2))

    assert (zoe.name, zoe.email, zoe.problem) == ("Zoe Alpha", "zoe@x.example", "")
    assert "holds an e-mail address" in alma.problem


def test_a_column_where_only_some_have_an_address_is_read():
    rows = numbered(("Ann", "", ""), ("Bo", "bo@x.example", ""), ("Cem", "", ""), ("Dan", "", ""))

    assert layout_of(rows).columns == (Means.NAME, Means.EMAIL, Means.NOTHING)


@pytest.mark.parametrize(
    ("heading", "read"),
    [
        (("First", "Last", "Mail"), (Means.GIVEN, Means.FAMILY, Means.EMAIL)),
        (("Family", "Given", "E-mail"), (Means.FAMILY, Means.GIVEN, Means.EMAIL)),
        (("Name", "Last contact", "Mail"), (Means.NAME, Means.NOTHING, Means.EMAIL)),
    ],
)
def test_short_headings_count_where_they_stand_alone(heading, read):
    assert layout_of(numbered(heading, ("Reyes", "Alma", "alma@x.example"))).columns == read


def test_an_address_alone_is_a_line_without_a_name():
    assert pasted_rows("alma@x.example") == ((1, ("", "alma@x.example")),)
