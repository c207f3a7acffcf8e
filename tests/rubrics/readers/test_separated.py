"""CSV of every program: the separator by columns that stay the same, quoted texts, a line that names it."""

import pytest

from rubrics.readers.page import UnusableBlueprint
from rubrics.readers.separated import looks_like_a_table, read, rows_of, separator_of, unescaped


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


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("sep=;\nonly words", True),
        ("a\tb\nc\td\n", True),
        ("a\tb\nc\td\nwords alone\n", True),
        ("a\tb\nwords\nalone\n", False),
        ("a\tb\n", False),
        ("a,b,c\nd,e,f\ng,h,i\n", True),
        ("a,b,c\nd,e,f\n", False),
        ("a,b\nd,e\ng,h\n", False),
        ("a;b;c\n\nd;e;f\n;;\ng;h;i\n", True),
        ("a|b|c\nd|e|f\ng|h\n", False),
        ("", False),
    ],
)
def test_a_text_is_a_table_where_its_rows_are_alike(text, table):
    assert looks_like_a_table(text) is table


def test_of_two_separators_that_part_all_rows_alike_the_one_of_more_columns_is_taken():
    assert separator_of("a,b,c;d\ne,f,g;h\n") == ","
    assert separator_of("a,b;c\ne,f;h\n") == ";"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_rows_end_as_any_program_ends_them(ending):
    assert rows_of(f"a;b{ending}1;2{ending}") == [["a", "b"], ["1", "2"]]


def test_a_blank_behind_a_separator_is_no_part_of_its_cell_and_a_stated_one_needs_its_line():
    assert rows_of('a, "b, c"\nd, e\n') == [["a", "b, c"], ["d", "e"]]
    assert rows_of('"SEP=|"\na|b\n') == [["a", "b"]]
    assert rows_of("sep=|") == [["sep=|"]]


def test_columns_beyond_sixty_are_left_out_and_too_many_cells_refused():
    wide = ",".join(str(number) for number in range(70))

    assert "<td>59</td>" in read(f"{wide}\n{wide}\n").markup
    assert "<td>60</td>" not in read(f"{wide}\n{wide}\n").markup
    with pytest.raises(UnusableBlueprint, match="cells; a rubric's has at most 20,000"):
        read(f"{wide}\n" * 300)


@pytest.mark.parametrize(
    ("written", "read_as"), [("'=1", "=1"), ("'+1", "+1"), ("'-1", "-1"), ("'@a", "@a"), ("'a", "'a"), ("a'=1", "a'=1")]
)
def test_only_what_was_guarded_loses_its_apostrophe(written, read_as):
    assert unescaped(written) == read_as
