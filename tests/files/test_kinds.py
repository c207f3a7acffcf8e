"""A file is what is in it, whatever its name says."""

from io import BytesIO

import pytest
from PIL import Image

from files import kinds
from files.kinds import FORMATS, Kind, Refused, kind_of, named
from tests.files.conftest import PDF, archive


def picture(kind: str) -> bytes:
    written = BytesIO()
    Image.new("RGB", (2, 2)).save(written, kind)
    return written.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, Kind.PDF),
        (b"\n\n" + PDF, Kind.PDF),
        (DOCX, Kind.DOCX),
        (b"\xef\xbb\xbf" + PDF + b"\x00" * 2000, Kind.PDF),
        (picture("PNG"), Kind.PNG),
        (picture("JPEG"), Kind.JPEG),
        (picture("GIF"), Kind.GIF),
        (picture("WEBP"), Kind.WEBP),
    ],
)
def test_kind_is_read_from_the_bytes(data, kind):
    file = BytesIO(data)

    assert kind_of(file) is kind
    assert file.tell() == 0
    assert kind in FORMATS


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"<html><script>alert(1)</script>", "not of a kind"),
        (b"<svg onload=alert(1)>", "not of a kind"),
        (b"MZ\x90\x00", "program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office format"),
        (b"{\\rtf1", "RTF"),
        (b"\x00\x00\x00\x18ftypheic", "JPEG"),
        (b"\x00\x00\x00\x18ftypmp42", "film"),
        (archive("a.txt"), "ZIP"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "Save it as PDF"),
        (archive("word/document.xml", "word/vbaProject.bin"), "macros"),
        (b"PK\x03\x04 and no more", "damaged"),
        (b"%PDF-1.7 and no end", "not complete"),
        (b"<html>%PDF-1.7 %%EOF", "not of a kind"),
        (b"GIF89a%PDF-1.7 <html>", "picture is damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "picture is damaged"),
        (b"\xff\xd8\xff\xe0....", "picture is damaged"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "picture is damaged"),
        (picture("PNG")[:-14], "picture is damaged"),
    ],
)
def test_what_is_not_taken_says_what_it_is(data, words):
    with pytest.raises(Refused, match=words):
        kind_of(BytesIO(data))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("resume.pdf", "resume.pdf"),
        ("RESUME.PDF", "RESUME.pdf"),
        ("resume.pdf.exe", "resume.pdf.exe.pdf"),
        ("C:\\me\\resume.docx", "resume.docx.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("", "file.pdf"),
        (".pdf", "pdf.pdf"),
        ("履歴書.pdf", "履歴書.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_the_ending_fits_the_content(name, shown):
    assert named(name, Kind.PDF, limit=150) == shown


def test_both_endings_of_a_photo_stay():
    assert named("me.jpeg", Kind.JPEG, limit=150) == "me.jpeg"


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr(kinds, "MOST_PIXELS", 3)

    with pytest.raises(Refused, match="Make it smaller"):
        kind_of(BytesIO(picture("PNG")))
