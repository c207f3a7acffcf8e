"""A table as CSV and as an Excel file: numbers stay numbers, and no text is a formula."""

from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from workbench import tables
from workbench.tables import TooManyRows, csv_lines, workbook

ROWS = [["=1+1", 4, None, datetime(2026, 5, 6, 7, 8, tzinfo=UTC), "Zoë\x07"]]


def test_a_csv_is_marked_and_escaped():
    assert "".join(csv_lines(["a", "b"], [["=1+1", None], ["x,y", 3]])) == '\ufeffa,b\r\n\'=1+1,\r\n"x,y",3\r\n'


def test_a_workbook_holds_numbers_and_no_formula():
    with workbook(["a", "b", "c", "d", "e"], ROWS) as file:
        cells = [cell for row in load_workbook(file).active.iter_rows(min_row=2) for cell in row]

    assert [cell.value for cell in cells] == ["'=1+1", 4, None, "2026-05-06T07:08:00+00:00", "Zoë"]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 1)

    with pytest.raises(TooManyRows):
        workbook(["a"], [[1], [2]])
