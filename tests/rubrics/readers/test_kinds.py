"""What a file is, by its content first and then by its name; what is not read says how to save it."""

import pytest

from rubrics.readers.kinds import Kind, kind_of_bytes, kind_of_text, names_a_text
from rubrics.readers.page import UnusableBlueprint
from tests.rubrics.office_files import docx, ods, odt, xlsx, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60)


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (docx([]), Kind.WORD),
        (odt([]), Kind.OPEN_TEXT),
        (xlsx({}), Kind.EXCEL),
        (ods({}), Kind.OPEN_SPREADSHEET),
        (b"%PDF-1.7\n", Kind.PDF),
        (b"\x00\n%PDF-1.4", Kind.PDF),
        (b"words", None),
        (b"BMW is a maker of cars", None),
    ],
)
def test_a_file_is_known_by_its_content(data, kind):
    assert kind_of_bytes(data) == kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (ole("EncryptedPackage"), "password"),
        (ole("WordDocument"), "save it as .docx"),
        (ole("Workbook"), "save it as .xlsx"),
        (ole("Something"), "old format"),
        (b"\x89PNG\r\n\x1a\n", "picture (PNG)"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "picture (WebP)"),
        (b"\x00\x00\x00\x18ftypheic", "no text"),
        (b"\x1f\x8b\x08\x00", "unpack it"),
        (b"MZ\x90\x00\x03", "a program"),
        (zipped({"notes.md": "x"}), "ZIP archive: unpack it"),
        (zipped({"ppt/presentation.xml": "x"}), "a presentation"),
        (zipped({"xl/workbook.bin": "x"}), "save it as .xlsx"),
        (zipped({"Index/Tables/1.iwa": "x"}), "Numbers file: export it"),
        (zipped({"Index/Document.iwa": "x"}), "export it"),
        (zipped({"mimetype": "application/epub+zip"}), "an e-book"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.presentation"}), "no text and no spreadsheet"),
        (zipped({"[Content_Types].xml": "<Types/>"}), "damaged"),
    ],
)
def test_a_file_that_is_not_read_is_told_how_to_be_saved(data, words):
    with pytest.raises(UnusableBlueprint) as refusal:
        kind_of_bytes(data)

    assert words in str(refusal.value)


def test_an_office_file_whose_main_part_has_another_name_is_known_by_its_list():
    kinds = "application/vnd.openxmlformats-officedocument"
    types = f'<Override PartName="/a/b.xml" ContentType="{kinds}.spreadsheetml.sheet.main+xml"/>'

    assert kind_of_bytes(zipped({"[Content_Types].xml": f"<Types>{types}</Types>"})) == Kind.EXCEL


@pytest.mark.parametrize(
    ("text", "filename", "kind"),
    [
        ('{"a": 1}', "a.txt", Kind.JSON),
        ("[{}]", "a", Kind.JSON),
        ("[Draft] Librarian\n\nA text", "a.txt", Kind.TEXT),
        ("[1]: a link", "a.md", Kind.MARKDOWN),
        ("<h2>A</h2>", "a.md", Kind.MARKDOWN),
        ("<!doctype html><p>x", "a.md", Kind.HTML),
        ("<h2>A</h2>", "a.json", Kind.HTML),
        ("words", "a.htm", Kind.HTML),
        ("Words <p>a</p><p>b</p><p>c</p>", "a", Kind.HTML),
        ("# A\n\nwords", "a.txt", Kind.MARKDOWN),
        ("| A | B |\n|---|---|\n| 1 | 2 |", "pasted.txt", Kind.MARKDOWN),
        ("a,b\n1,2", "a.csv", Kind.SEPARATED),
        ("Skill\t1\t3\nCare\tno\tyes", "pasted.txt", Kind.SEPARATED),
        ("Skill,1,3\nCare,no,yes\nCraft,no,yes", "pasted.txt", Kind.SEPARATED),
        ("Hello, you.\nBye, you.", "pasted.txt", Kind.TEXT),
    ],
)
def test_a_text_is_known_by_its_content_and_then_by_its_name(text, filename, kind):
    assert kind_of_text(text, filename) == kind


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r"{\rtf1\ansi x}", "RTF"),
        ("From: a\nMIME-Version: 1.0\n\nx", "MHTML"),
        ("<?xml version='1.0'?><note/>", "an XML file"),
        ("%!PS-Adobe-3.0", "PostScript"),
    ],
)
def test_a_text_of_a_kind_that_is_not_read_says_so(text, words):
    with pytest.raises(UnusableBlueprint, match=words):
        kind_of_text(text, "a")


def test_html_with_an_xml_declaration_is_html():
    assert kind_of_text("<?xml version='1.0'?><!DOCTYPE html><html>", "a.xhtml") == Kind.HTML


def test_only_names_of_texts_allow_a_guess():
    assert names_a_text("a.CSV")
    assert not names_a_text("a.html")
