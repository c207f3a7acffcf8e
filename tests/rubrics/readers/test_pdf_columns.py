"""A page in two columns is read one column after the other; tables and forms stay as they are."""

import pytest

from rubrics.readers.pdf_columns import in_reading_order
from rubrics.readers.pdf_lines import TextLine, Word, lines_of

SIZE = 10.0
TEXT = ("Lends books to those who", "come in and takes them", "back again when they", "have been read at last")
OTHER = ("Knows where each of them", "stands and who asked for", "the same one before this", "month has come to an end")


def words(text: str, x0: float, top: float) -> list[Word]:
    found: list[Word] = []
    x = x0
    for word in text.split():
        found.append(Word(word, x, x + 5 * len(word), top, top + SIZE, SIZE, "Sans"))
        x += 5 * len(word) + 3
    return found


def page(*rows: tuple[str, ...], starts: tuple[float, ...] = (50, 300)) -> list[TextLine]:
    """Rows of texts, the second one of each row beside the first."""
    found: list[Word] = []
    for number, row in enumerate(rows):
        for text, x0 in zip(row, starts, strict=False):
            found += words(text, x0, 100 + 14 * number)
    return lines_of(found, 0)


def read(lines: list[TextLine]) -> list[str]:
    return [line.text for group in in_reading_order(lines) for line in group]


def test_the_left_column_comes_before_the_right_one():
    title = "A title that stands above them both and runs over the gap between the columns"
    last = "Something below the columns that is as wide as the title that stands above"

    found = read(page((title,), *zip(TEXT, OTHER, strict=True), (last,)))

    assert found == [title, *TEXT, *OTHER, last]


def test_the_right_column_begins_where_the_left_one_does():
    """Otherwise its lists would be deeper ones."""
    (group,) = in_reading_order(page(*zip(TEXT, OTHER, strict=True)))

    assert {line.x0 for line in group} == {50}
    assert [line.column for line in group] == [0] * 4 + [1] * 4


def test_columns_of_unequal_length_are_columns():
    found = read(page(*zip(TEXT, OTHER, strict=True), ("and so on and on",)))

    assert found == [*TEXT, "and so on and on", *OTHER]


@pytest.mark.parametrize(
    "rows",
    [
        [("Care", text) for text in OTHER],  # names and texts
        [("Name: ____", "Date: ____")] * 6,  # a form's head
        list(zip(TEXT[:3], OTHER[:3], strict=True)),  # too few to be sure
    ],
)
def test_what_stands_in_rows_is_read_by_rows(rows):
    lines = page(*rows)

    assert in_reading_order(lines) == [[line] for line in lines]


def test_a_table_of_four_columns_is_read_by_rows():
    rows = [("Care for each book", "loses them all", "keeps some of them", "mends what is torn")] * 6
    lines = page(*rows, starts=(50, 170, 290, 410))

    assert in_reading_order(lines) == [[line] for line in lines]


def test_a_page_without_words_has_no_lines():
    assert in_reading_order([]) == []
