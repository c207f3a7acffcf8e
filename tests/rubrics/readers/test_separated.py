"""CSV of every program: the separator by columns that stay the same, quoted texts, a line that names it."""

import pytest

from rubrics.readers.page import UnusableBlueprint
from rubrics.readers.separated import looks_like_a_table, read, rows_of, separator_of


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a;b\n1,5;2,5\n", ";"),
        ("a,b\n1;2,3\n", ","),
        ("a\tb, c\n1\t2, 3\n", "\t"),
        ("a|b|c\n1|2|3\n", "|"),
        ("one column\nof words\n", ","),
        ("Skill,Words\nCare,doesn't know 'why' or \"how\" it is\nCraft,b\n", ","),
        ('Skill;Words\nCare;"one, two, three"\nCraft;"a\nb, c"\n', ";"),
    ],
)
def test_the_separator_is_the_one_that_gives_rows_alike(text, separator):
    assert separator_of(text) == separator


def test_a_first_line_may_name_the_separator():
    assert rows_of("\ufeffsep=|\r\na|b,c\r\n") == [["a", "b,c"]]


def test_quotation_marks_inside_a_text_are_kept():
    assert rows_of('a,b\n"said ""no"", then left",c\n')[1] == ['said "no", then left', "c"]


def test_a_cell_that_was_guarded_against_formulas_is_as_it_was():
    assert "<td>=SUM</td><td>- dash</td>" in read("a,b\n'=SUM,'- dash\n").markup


@pytest.mark.parametrize(("text", "words"), [("a,b\n" * 2001, "2,001 rows"), ('a,b\n"' + "x" * 200_000, "never ends")])
def test_what_is_too_long_is_refused_in_words(text, words):
    with pytest.raises(UnusableBlueprint, match=words):
        read(text)


def test_prose_with_commas_is_no_table():
    assert not looks_like_a_table("Dear Ann, hello.\nHow are you, and how is he?\nBye, Bo\n")
