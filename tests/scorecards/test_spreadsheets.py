"""Cells of a CSV: text that no spreadsheet takes for a formula."""

import pytest

from scorecards.spreadsheets import cell


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_reckon_becomes_text(sign):
    assert cell(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), ("", ""), (0, "0"), (-3, "'-3"), ("1=1", "1=1"), (" =1", " =1"), ("'=1", "'=1")],
)
def test_everything_else_stands_as_it_is(value, text):
    assert cell(value) == text
