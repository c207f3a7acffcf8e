"""Cells of a CSV: text that no spreadsheet takes for a formula."""

import pytest

from scorecards.spreadsheets import cell, line, text_of


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_reckon_becomes_text(sign):
    assert cell(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), ("", ""), (0, "0"), (-3, "'-3"), ("1=1", "1=1"), (" =1", " =1"), ("'tis", "'tis")],
)
def test_everything_else_stands_as_it_is(value, text):
    assert cell(value) == text


@pytest.mark.parametrize("value", ["=1", "'=1", "''=1", "'tis", "'", "", "-", "\t", "x"])
def test_a_cell_is_read_back_as_it_was(value):
    assert text_of(cell(value)) == value


def test_a_line_ends_as_a_csv_does():
    assert line(["a,b", None, "=1"]) == '"a,b",,\'=1\r\n'
