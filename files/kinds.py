"""Which kind of file a candidate handed in, by what is in it and never by its name.

Pure, and imports no Django.
"""

import struct
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from os import SEEK_END
from pathlib import PurePath
from typing import IO

TAKEN = "Choose a PDF, a Word file (.docx), or a picture (PNG, JPEG, GIF, WebP)."
HEAD = 1024  # bytes
TAIL = 4096  # bytes; programs leave some behind a PDF's end mark
BEFORE_PDF = b"\xef\xbb\xbf\x00 \t\r\n"  # what some programs leave before its first one
MOST_PIXELS = 80_000_000  # a little less than what Pillow warns of
MOST_MEMBERS = 5_000


class Kind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    PNG = "png"
    JPEG = "jpg"
    GIF = "gif"
    WEBP = "webp"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Value and words, for a column."""
        return [(kind.value, FORMATS[kind].words) for kind in cls]


@dataclass(frozen=True)
class Format:
    """What a kind is called on a page, and what it is for a browser."""

    words: str
    content: str


FORMATS = {
    Kind.PDF: Format("PDF", "application/pdf"),
    Kind.DOCX: Format("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    Kind.PNG: Format("picture (PNG)", "image/png"),
    Kind.JPEG: Format("picture (JPEG)", "image/jpeg"),
    Kind.GIF: Format("picture (GIF)", "image/gif"),
    Kind.WEBP: Format("picture (WebP)", "image/webp"),
}
PICTURES = {
    b"\x89PNG\r\n\x1a\n": Kind.PNG,
    b"\xff\xd8\xff": Kind.JPEG,
    b"GIF87a": Kind.GIF,
    b"GIF89a": Kind.GIF,
}
FORMATS_OF_PICTURES = {Kind.PNG: "PNG", Kind.JPEG: "JPEG", Kind.GIF: "GIF", Kind.WEBP: "WEBP"}  # as Pillow calls them
OTHERS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is a file of an old Office format. Save it as .docx or PDF."),
    (b"{\\rtf", "This is an RTF file. Save it as .docx or PDF."),
    (b"II*\x00", "This is a TIFF picture. Save it as PDF or PNG."),
    (b"MM\x00*", "This is a TIFF picture. Save it as PDF or PNG."),
    (b"\x1f\x8b", "This is a compressed file. Unpack it and take the document inside."),
    (b"7z\xbc\xaf", "This is a compressed file. Unpack it and take the document inside."),
    (b"Rar!", "This is a compressed file. Unpack it and take the document inside."),
    (b"MZ", f"This is a program, not a document. {TAKEN}"),
    (b"\x7fELF", f"This is a program, not a document. {TAKEN}"),
)
PHOTOS_OF_PHONES = (b"heic", b"heix", b"mif1", b"avif")


class Refused(ValueError):
    """Not a kind that is taken; the words say what it is and what to do."""


def kind_of(file: IO[bytes]) -> Kind:
    """The kind of the file, which is left at its beginning. Raises Refused."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if not head:
        raise Refused("This file is empty.")
    if head.lstrip(BEFORE_PDF).startswith(b"%PDF-"):
        return _of_pdf(file)
    for signature, kind in PICTURES.items():
        if head.startswith(signature):
            return _of_picture(file, kind)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _of_picture(file, Kind.WEBP)
    if head.startswith(b"PK\x03\x04"):
        return _of_archive(file)
    raise Refused(_what_it_is(head))


def _of_pdf(file: IO[bytes]) -> Kind:
    """One that has its end mark near its end."""
    size = file.seek(0, SEEK_END)
    file.seek(max(size - TAIL, 0))
    tail = file.read(TAIL)
    file.seek(0)
    if b"%%EOF" not in tail:
        raise Refused("This PDF is damaged or not complete. Open it in the program it came from and save it again.")
    return Kind.PDF


def _of_picture(file: IO[bytes], kind: Kind) -> Kind:
    """One that a reader of pictures can read, of at most MOST_PIXELS: its head, and check sums where it has some. No
    pixel is unpacked."""
    from PIL import Image  # whoever takes no picture need not wait for it

    try:
        picture = Image.open(file, formats=[FORMATS_OF_PICTURES[kind]])
        is_small = picture.width * picture.height <= MOST_PIXELS
        if is_small:
            picture.verify()
    except Image.DecompressionBombError:
        is_small = False
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise Refused("This picture is damaged. Open it in the program it came from and save it again.") from error
    finally:
        file.seek(0)
    if not is_small:
        raise Refused(f"This picture has more than {MOST_PIXELS // 1_000_000} million pixels. Make it smaller.")
    return kind


def _of_archive(file: IO[bytes]) -> Kind:
    """Of an archive only the list of its members is read."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist()[:MOST_MEMBERS])
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise Refused("This file is damaged. Open it in the program it came from and save it again.") from error
    finally:
        file.seek(0)
    if any(PurePath(name).name == "vbaProject.bin" for name in names):
        raise Refused("This Word file holds macros. Save it as .docx or PDF.")
    if "word/document.xml" in names:
        return Kind.DOCX
    if "mimetype" in names or "[Content_Types].xml" in names:
        raise Refused(f"This is an Office file of a kind that is not taken. Save it as PDF. {TAKEN}")
    raise Refused("This is a ZIP archive. Unpack it and take the document inside.")


def _what_it_is(head: bytes) -> str:
    for signature, words in OTHERS:
        if head.startswith(signature):
            return words
    if head[4:8] == b"ftyp":
        if head[8:12] in PHOTOS_OF_PHONES:
            return "This is a photo in a phone’s own format. Save it as JPEG or PNG."
        return f"This is a film or sound. {TAKEN}"
    return f"This file is not of a kind that is taken. {TAKEN}"


def named(name: str, kind: Kind, *, limit: int) -> str:
    """The file's own name without folders, with the ending that fits what is in it."""
    own = name.replace("\\", "/").rpartition("/")[2].strip(" .")
    stem, dot, ending = own.rpartition(".")
    fits = ending.lower() == kind or (kind is Kind.JPEG and ending.lower() == "jpeg")
    if dot and stem and fits:
        shown = ending.lower()
    else:
        stem, shown = own, kind.value
    kept = stem[: limit - len(shown) - 1] or "file"
    return f"{kept}.{shown}"
