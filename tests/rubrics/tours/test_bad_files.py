"""Files that people upload by mistake or in bad faith, through the page: told what is wrong and what to do, in bounded
time, with nothing run, fetched or stored."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from rubrics.models import Blueprint, RubricVersion
from tests.rubrics.office_files import W, docx, docx_of, sheet_data, text_cell, xlsx, xlsx_of, zipped
from tests.rubrics.readers.test_kinds import ole
from tests.rubrics.readers.test_pdf import locked, pdf

ROWS = [("Criterion", "1", "3", "5"), ("Care", "loses", "keeps", "mends"), ("Order", "heaps", "sorts", "maps")]
CARD = [("h1", "Interview scorecard"), ("table", ROWS)]
PAGE = "<h1>Interview scorecard</h1><table><tr><th>Criterion<th>1<th>5<tr><td>Care<td>loses<td>mends</table>"
MANY = 200_000
ROW = "<row><c><v>1</v></c></row>"
AWAY = "http://127.0.0.1:9/"


@pytest.fixture
def recruiter(client_of) -> Client:
    return client_of("recruiter")


def upload(client: Client, name: str, data: bytes) -> HttpResponse:
    return client.post(reverse("blueprint_import"), {"file": SimpleUploadedFile(name, data)})


def word_document(body: str, before: str = "") -> bytes:
    markup = f"{before}<w:document {W}><w:body>{body}</w:body></w:document>"
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": markup})


REFUSED = {
    "protected by a password: save a copy without one": ("a.docx", lambda: ole("EncryptedPackage")),
    "this PDF is protected by a password": ("a.pdf", lambda: locked(pdf(PAGE))),
    "a scan): run text recognition": (
        "a.pdf",
        lambda: pdf("<svg width=9 height=9><rect width=9 height=9 /></svg>", ""),
    ),
    "this PDF is damaged and cannot be opened: save it again": ("a.pdf", lambda: pdf(PAGE)[:900]),
    "this file is damaged and cannot be opened": ("a.docx", lambda: docx(CARD)[:400]),
    "open it in the program it came from": ("a.docx", lambda: docx_of("<w:p>")),
    "is damaged and cannot be": ("a.docx", lambda: word_document("&a;", '<!DOCTYPE x [<!ENTITY a "aa">]>')),
    "unpacks to far more than a document needs": ("a.docx", lambda: word_document("<w:p/>" * 3_000_000)),
    "this is a ZIP archive: unpack it": ("a.docx", lambda: zipped({"hello.txt": "x"})),
    "more than 2,000 rows or 20,000 cells: keep": (
        "a.xlsx",
        lambda: xlsx_of({"S": f"<sheetData>{ROW * MANY}</sheetData>"}),
    ),
    "the table has 200,000 rows; a rubric's has at most": ("a.csv", lambda: b"Care,1,5\n" * MANY),
    "every sheet of this workbook is hidden: show": (
        "a.xlsx",
        lambda: xlsx_of({"A": sheet_data(ROWS)}, states={"A": "hidden"}),
    ),
    "this is a picture (PNG)": ("a.docx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99)),
    "this is a program, not a document": ("a.pdf", lambda: b"MZ\x90\0" + bytes(99)),
}


@pytest.mark.parametrize("words", REFUSED)
def test_a_file_that_is_not_read_says_why_and_leaves_nothing(recruiter, words):
    name, data = REFUSED[words]
    before = Blueprint.objects.count(), RubricVersion.objects.count()

    response = upload(recruiter, name, data())

    assert response.status_code == 422
    (told,) = response.context["form"].errors["file"]
    assert words in told
    assert "\n" not in told
    assert (Blueprint.objects.count(), RubricVersion.objects.count()) == before


def with_macro() -> bytes:
    packed = BytesIO(xlsx({"S": ROWS}))
    with ZipFile(packed, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return packed.getvalue()


def uncalculated() -> bytes:
    head = "".join(text_cell(f"{column}1", text) for column, text in zip("ABC", ("Criterion", "1", "5"), strict=True))
    row = f'{text_cell("A2", "Care")}<c r="B2"><f>1+1</f></c>{text_cell("C2", "mends")}'
    return xlsx_of({"S": f'<sheetData><row r="1">{head}</row><row r="2">{row}</row></sheetData>'})


def merged() -> bytes:
    cells = sheet_data([("Criterion", "Levels", "", ""), ("", "1", "3", "5"), ROWS[1]])
    spans = '<mergeCells count="2"><mergeCell ref="B1:D1"/><mergeCell ref="A1:A2"/></mergeCells>'
    return xlsx_of({"S": cells + spans})


@pytest.mark.parametrize(
    ("name", "data", "code", "levels"),
    [
        ("macros.xlsm", with_macro, "macros_left_out", {1: "loses", 3: "keeps", 5: "mends"}),
        ("formulas.xlsx", uncalculated, "formula_without_value", {5: "mends"}),
        ("merged.xlsx", merged, "", {1: "loses", 3: "keeps", 5: "mends"}),
        ("really-word.pdf", lambda: docx(CARD), "", {1: "loses", 3: "keeps", 5: "mends"}),
        ("really-a-page.json", lambda: PAGE.encode(), "", {1: "loses", 5: "mends"}),
    ],
)
def test_a_file_with_something_odd_is_read_and_says_what_was_left_out(recruiter, name, data, code, levels):
    response = upload(recruiter, name, data())

    assert response.status_code == 200
    plan = response.context["plan"]
    assert plan.dimensions[0].anchors == levels
    assert code in {row.code for row in plan.warnings} | {""}


def test_scripts_and_addresses_of_a_document_reach_no_page(recruiter):
    odd = f"<img src='{AWAY}x.png'><script>alert(1)</script><iframe src='{AWAY}'></iframe><p onclick='x()'>Hello</p>"

    shown = upload(recruiter, "page.html", f"{PAGE}{odd}".encode()).content.decode()

    assert AWAY not in shown
    assert "alert(1)" not in shown
    assert re.search(r"<p[^>]*onclick", shown) is None
