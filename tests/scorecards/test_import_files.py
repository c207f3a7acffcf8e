"""A file of scorecards is read however a spreadsheet program wrote it, or told what it is."""

import csv
import io
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from scorecards.import_files import BadRows, read
from scorecards.import_rows import CARD_COLUMNS
from scorecards.spreadsheets import cell
from tests.rubrics.office_files import docx, ods, sheet_data, text_cell, xlsx, xlsx_of
from workbench.tables import workbook

GOOD = {
    "opening": "historic-role",
    "candidate_name": "Zoë Ångström",
    "candidate_email": "zoe@example.org",
    "round": "On site",
    "interviewer_email": "old.hand@example.com",
    "dimension": "Depth",
    "score": "4",
    "not_assessed_reason": "",
    "evidence": "Named the bottleneck; twice.",
    "recommendation": "yes",
    "submitted_at": "2024-05-06T10:00:00+02:00",
}


def written(*changes: dict[str, str], separator: str = ",", header=CARD_COLUMNS) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(header)
    for change in changes or ({},):
        writer.writerow((GOOD | change)[name] for name in CARD_COLUMNS)
    return out.getvalue()


def problems(data: bytes) -> list[tuple[int, str]]:
    try:
        return read(data).problems
    except BadRows as error:
        return error.problems


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_separators_and_encodings_are_recognised(separator, encoding):
    reading = read(written(separator=separator).encode(encoding))

    assert reading.problems == []
    assert [(row.candidate_name, row.evidence, row.score) for row in reading.rows] == [
        ("Zoë Ångström", "Named the bottleneck; twice.", 4)
    ]


def test_a_time_without_a_zone_is_by_the_clocks_of_the_zone_given():
    data = written({"submitted_at": "2024-05-06 10:00"}, {"submitted_at": "2024-05-06T10:00:00Z"}).encode()

    reading = read(data, zone=ZoneInfo("Europe/Paris"))

    assert [row.submitted_at.isoformat() for row in reading.rows] == [
        "2024-05-06T08:00:00+00:00",
        "2024-05-06T10:00:00+00:00",
    ]
    assert [line for line, _ in read(data).problems] == [2]


@pytest.mark.parametrize(
    ("submitted_at", "said"),
    [
        ("2024-03-31 02:30", "does not exist in Europe/Paris, as clocks go forward"),
        ("2024-10-27 02:30", "comes twice in Europe/Paris, as clocks go back: write its zone"),
    ],
)
def test_a_time_that_its_clocks_do_not_show_once_is_refused_by_line(submitted_at, said):
    reading = read(written({"submitted_at": submitted_at}).encode(), zone=ZoneInfo("Europe/Paris"))

    assert reading.problems == [(2, f"submitted_at {submitted_at!r} {said}")]
    assert reading.rows == []


def test_a_line_that_names_the_separator_is_none_of_the_rows():
    reading = read(b"sep=;\r\n" + written({}, {"score": "9"}, separator=";").encode())

    assert [row.line for row in reading.rows] == [3]
    assert [line for line, _ in reading.problems] == [4]


def test_the_header_is_read_whatever_its_case():
    header = [name.replace("_", " ").title() for name in CARD_COLUMNS]

    assert len(read(written(header=header).encode()).rows) == 1


def test_rows_of_empty_cells_are_passed_over():
    empty = "," * (len(CARD_COLUMNS) - 1)

    reading = read((written() + f"{empty}\r\n  {empty}\r\n\r\n").encode())

    assert (len(reading.rows), reading.problems) == (1, [])


def test_a_header_once_more_is_passed_over_and_told():
    reading = read((written() + written({"score": "5"})).encode())

    assert ([row.line for row in reading.rows], reading.problems) == ([2, 4], [])
    assert reading.notes == ("Line 3 repeats the header and was skipped.",)


@pytest.mark.parametrize("score", ["4", "4.0", "4,00", " 4 "])
def test_a_whole_number_is_one_however_it_is_written(score):
    assert read(written({"score": score}, separator=";").encode()).rows[0].score == 4


@pytest.mark.parametrize("score", ["4.5", "40", "4.01", "٤", "0", "6"])
def test_no_score_is_rounded(score):
    assert "is not a whole number" in problems(written({"score": score}).encode())[0][1]


@pytest.mark.parametrize("given", ["strong_yes", "Strong yes", "STRONG-YES"])
def test_recommendations_are_read_as_pages_word_them(given):
    assert read(written({"recommendation": given}).encode()).rows[0].recommendation == "strong_yes"


def test_a_time_in_the_future_is_refused():
    soon = (timezone.now() + timedelta(hours=1)).isoformat()

    assert "is in the future" in problems(written({"submitted_at": soon}).encode())[0][1]


def test_what_is_lacking_is_told_beside_what_was_found():
    [(line, words)] = problems(b"Name;Score\nx;3\n")

    assert line == 1
    assert words.startswith("the header is missing opening, candidate_name")
    assert words.endswith("(found, separated by semicolons: Name, Score)")


def test_another_encoding_says_how_to_save_the_file():
    assert problems(written().encode("cp1252")) == [
        (2, "the file is not UTF-8: save it as “CSV UTF-8” in your spreadsheet program")
    ]


@pytest.mark.parametrize("evidence", ["=1+1", "'=1+1", "''-x", "'tis", "- first\n- second", "  kept  ", "@all", "x"])
def test_evidence_comes_back_as_it_was_written(evidence):
    assert read(written({"evidence": cell(evidence)}).encode()).rows[0].evidence == evidence


HEAD = list(CARD_COLUMNS)
CARD = list(GOOD.values())


@pytest.mark.parametrize("write", [xlsx, ods])
def test_a_workbook_is_read_as_a_csv_is(write):
    reading = read(write({"Scorecards": [HEAD, CARD, [*CARD[:5], "Breadth", *CARD[6:]]]}))

    assert (reading.problems, reading.notes) == ([], ())
    assert [(row.line, row.dimension, row.score, row.evidence) for row in reading.rows] == [
        (2, "Depth", 4, "Named the bottleneck; twice."),
        (3, "Breadth", 4, "Named the bottleneck; twice."),
    ]


def test_a_score_may_be_a_number_and_a_title_may_stand_above_the_header():
    cells = "".join(text_cell(f"{chr(65 + at)}5", text) for at, text in enumerate(CARD) if text and at != 6)
    number = f'<row r="5">{cells}<c r="G5"><v>4</v></c></row>'
    above = sheet_data([["What we thought in 2024"], [], HEAD])

    reading = read(xlsx_of({"Scorecards": above.replace("</sheetData>", f"{number}</sheetData>")}))

    assert [(row.line, row.score) for row in reading.rows] == [(5, 4)]


@pytest.mark.parametrize("evidence", ["=1+1", "'=1+1", "'tis", "- first\n- second", "a < b & <i>c</i>", "@all"])
def test_evidence_comes_back_from_an_exported_workbook(evidence):
    with workbook(HEAD, [list((GOOD | {"evidence": evidence}).values())]) as file:
        assert read(file.read()).rows[0].evidence == evidence


def test_a_cell_beside_the_columns_and_a_date_without_a_zone_are_problems_of_their_row():
    dated = [*CARD[:-1], "2024-05-06 10:00"]

    found = problems(xlsx({"Scorecards": [HEAD, [*CARD, "a remark"], dated]}))

    assert [line for line, _ in found] == [2, 3]
    assert found[0][1] == "has more fields than the header"
    assert found[1][1].endswith("is not an ISO 8601 time with a zone, as 2024-05-06T10:00:00+02:00 is")


def test_what_of_a_workbook_was_not_read_is_told():
    reading = read(xlsx({"Scorecards": [HEAD, CARD], "Old": [["x"]]}))

    assert reading.notes == ("Only the first sheet with a list was read. Not read: “Old”.",)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (xlsx({"Scorecards": [["Name", "Score"], ["x", "3"]]}), "(found: Name, Score)"),
        (xlsx({"Scorecards": []}), "the workbook is empty"),
        (docx([("p", "text")]), "has no rows"),
        (b"PK\x03\x04 no archive", "damaged"),
        (b"%PDF-1.7", "has no rows"),
    ],
    ids=["other columns", "empty", "Word", "damaged", "PDF"],
)
def test_another_file_says_what_it_is(data, says):
    [(line, words)] = problems(data)

    assert line == 1
    assert says in words
