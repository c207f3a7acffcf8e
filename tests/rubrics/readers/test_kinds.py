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


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xd8\xff\xe0", "picture (JPEG)"),
        (b"GIF89a", "picture (GIF)"),
        (b"II*\x00", "picture (TIFF)"),
        (b"MM\x00*", "picture (TIFF)"),
        (b"BM\x36\x00\x00\x00", "picture (BMP)"),
        (b"7z\xbc\xaf\x27\x1c", "compressed file (7-Zip)"),
        (b"Rar!\x1a\x07", "compressed file (RAR)"),
        (b"BZh91AY", "compressed file (bzip2)"),
        (b"\xfd7zXZ\x00", "compressed file (xz)"),
        (b"\x7fELF\x02\x00", "a program"),
        (b"\xca\xfe\xba\xbe\x00", "a program"),
        (b"\xcf\xfa\xed\xfe\x00", "a program"),
        (ole("Book"), "save it as .xlsx"),
        (ole("PowerPoint Document"), "a presentation"),
        (ole("__properties_version1.0"), "an Outlook message"),
        (zipped({"index.xml": "x"}), "Pages, Numbers or Keynote"),
        (zipped({"Index.zip": "x"}), "Pages, Numbers or Keynote"),
        (zipped({"META-INF/container.xml": "x"}), "an e-book"),
    ],
)
def test_pictures_programs_and_packed_files_are_told_apart(data, words):
    with pytest.raises(UnusableBlueprint) as refusal:
        kind_of_bytes(data)

    assert words in str(refusal.value)


def test_what_is_protected_is_told_before_what_it_is():
    with pytest.raises(UnusableBlueprint, match="password"):
        kind_of_bytes(ole("WordDocument") + "EncryptedPackage".encode("utf-16-le"))


@pytest.mark.parametrize(
    "data",
    [b"MZ is how the notes begin", b"BM is how they go on", b"%PDF in words", b" " * 1024 + b"%PDF-1.7"],
)
def test_words_that_begin_like_another_file_are_text(data):
    assert kind_of_bytes(data) is None


@pytest.mark.parametrize(
    ("name", "kind"), [("text-template", Kind.OPEN_TEXT), ("spreadsheet-template", Kind.OPEN_SPREADSHEET)]
)
def test_a_template_is_read_as_what_is_made_from_it(name, kind):
    assert kind_of_bytes(zipped({"mimetype": f"application/vnd.oasis.opendocument.{name}\n"})) == kind


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
    ("text", "filename", "kind"),
    [
        ("\ufeff \n{}", "a.txt", Kind.JSON),
        ("[1, 2]", "a.txt", Kind.JSON),
        ("[a note]", "a.JSON", Kind.JSON),
        ("words", "a.json", Kind.JSON),
        ('{"a": 1}', "a.md", Kind.MARKDOWN),
        ("[1]", "a.csv", Kind.SEPARATED),
        ("<!-- seen --><p>a</p>", "a.txt", Kind.HTML),
        ("<!-- seen --><p>a</p>", "a.mdown", Kind.MARKDOWN),
        ("<html><p>x", "a.markdown", Kind.HTML),
        ("words", "a.xhtml", Kind.HTML),
        ("Words <p>a</p><p>b</p>", "a.txt", Kind.TEXT),
        ("Words <p>a</p><p>b</p><p>c</p>", "a.csv", Kind.SEPARATED),
        ("Librarian\n=========\n\nwords", "a.txt", Kind.MARKDOWN),
        ("Librarian\n---------\n\nwords", "a.txt", Kind.MARKDOWN),
        ("One who is **kind** to all", "a.txt", Kind.MARKDOWN),
        ("#hired in May", "a.txt", Kind.TEXT),
        ("words", "a.tab", Kind.SEPARATED),
        ("words", "a.TSV", Kind.SEPARATED),
    ],
)
def test_a_name_counts_where_the_content_leaves_it_open(text, filename, kind):
    assert kind_of_text(text, filename) == kind


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("bplist00", "web archive of Safari"),
        ("<!DOCTYPE plist PUBLIC", "web archive of Safari"),
        ("\n  {\\rtf1 x}", "RTF"),
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
    assert all(names_a_text(name) for name in ("a.CSV", "a.txt", "a.md", "a.tsv"))
    assert not any(names_a_text(name) for name in ("a.html", "a.json", "csv", ""))


def test_numbered_lines_with_a_line_below_them_are_plain_text():
    text = "SCORE SHEET\n===========\n\n1. CARE\n-------\nWhy?\n\n2. ORDER\n--------\nHow?\n"

    assert kind_of_text(text, "sheet.txt") is Kind.TEXT
    assert kind_of_text(text.replace("1. ", "").replace("2. ", ""), "sheet.txt") is Kind.MARKDOWN
