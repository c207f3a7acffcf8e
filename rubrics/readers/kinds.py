"""Which kind of file the bytes are: by content first, then by name. What is not read is told how to be saved."""

import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import PurePath

from rubrics.readers import plain_text, separated
from rubrics.readers.archives import DAMAGED, Archive, is_archive
from rubrics.readers.page import TAKEN, UnusableBlueprint


class Kind(StrEnum):
    JSON = "JSON"
    HTML = "HTML"
    MARKDOWN = "Markdown"
    SEPARATED = "CSV"
    TEXT = "text"
    WORD = "Word"
    EXCEL = "Excel"
    OPEN_TEXT = "OpenDocument text"
    OPEN_SPREADSHEET = "OpenDocument spreadsheet"
    PDF = "PDF"


# --- bytes ---

PICTURES = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"BM": "BMP",
}
COMPRESSED = {b"\x1f\x8b": "gzip", b"7z\xbc\xaf": "7-Zip", b"Rar!": "RAR", b"BZh": "bzip2", b"\xfd7zXZ": "xz"}
PROGRAMS = (b"\x7fELF", b"MZ", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_FORMATS = (
    ("EncryptedPackage", "this file is protected by a password: save a copy without one"),
    ("WordDocument", "this is a Word file of the old format (.doc): save it as .docx"),
    ("Workbook", "this is an Excel file of the old format (.xls): save it as .xlsx"),
    ("Book", "this is an Excel file of the old format (.xls): save it as .xlsx"),
    ("PowerPoint Document", "this is a presentation: copy its text into a Word file, or paste it here"),
    ("__properties_version1.0", "this is an Outlook message: save its text as HTML, or paste it here"),
)


def kind_of_bytes(data: bytes) -> Kind | None:
    """The kind of a file that is no text, or None for text.

    Raises UnusableBlueprint for a kind that is not read.
    """
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if is_archive(data):
        return _kind_of_archive(Archive(data))
    if data.startswith(OLE):
        raise UnusableBlueprint(_of_old_format(data))
    _refuse_what_has_no_text(data)
    return None


def _of_old_format(data: bytes) -> str:
    for name, refusal in OLD_FORMATS:
        if name.encode("utf-16-le") in data:
            return refusal
    return f"this is an Office file of an old format, which is not read: save it as .docx or .xlsx ({TAKEN} are taken)"


def _refuse_what_has_no_text(data: bytes) -> None:
    for signature, name in PICTURES.items():
        if data.startswith(signature) and (len(signature) > 2 or b"\x00" in data[:64]):
            raise UnusableBlueprint(_picture(name))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise UnusableBlueprint(_picture("WebP"))
    if data[4:8] == b"ftyp":
        raise UnusableBlueprint("this is a picture or film, which has no text: save the document as Word, PDF or HTML")
    for signature, name in COMPRESSED.items():
        if data.startswith(signature):
            raise UnusableBlueprint(f"this is a compressed file ({name}): unpack it and take the document inside")
    if data.startswith(PROGRAMS) and b"\x00" in data[:64]:
        raise UnusableBlueprint(f"this is a program, not a document; {TAKEN} are taken")


def _picture(name: str) -> str:
    return f"this is a picture ({name}), which has no text to read: save the document itself as Word, PDF or HTML"


ZIPPED = (
    ("word/document.xml", Kind.WORD),
    ("xl/workbook.xml", Kind.EXCEL),
)
REFUSED_ZIPPED = (
    (r"xl/workbook\.bin$", "this is an Excel binary workbook (.xlsb): save it as .xlsx"),
    (r"ppt/", "this is a presentation: copy its text into a Word file, or paste it here"),
    (r"Index/Tables/|Index/CalculationEngine", "this is a Numbers file: export it to Excel or CSV"),
    (r"Index/|index\.xml$|Index\.zip$", "this is a Pages, Numbers or Keynote file: export it to Word or Excel"),
    (r"META-INF/container\.xml$", "this is an e-book: save the document as Word, PDF or HTML"),
)
OPEN_DOCUMENTS = {
    "application/vnd.oasis.opendocument.text": Kind.OPEN_TEXT,
    "application/vnd.oasis.opendocument.text-template": Kind.OPEN_TEXT,
    "application/vnd.oasis.opendocument.spreadsheet": Kind.OPEN_SPREADSHEET,
    "application/vnd.oasis.opendocument.spreadsheet-template": Kind.OPEN_SPREADSHEET,
}
MAIN_PART = re.compile(r'PartName="/?([^"]+)"\s+ContentType="[^"]*\.(wordprocessingml|spreadsheetml)[^"]*\.main\+xml"')


def _kind_of_archive(archive: Archive) -> Kind:
    names = archive.names
    for name, kind in ZIPPED:
        if name in names:
            return kind
    if "mimetype" in names:
        return _open_document(archive)
    for pattern, refusal in REFUSED_ZIPPED:
        if any(re.match(pattern, name) for name in names):
            raise UnusableBlueprint(refusal)
    if "[Content_Types].xml" in names:
        return _by_main_part(archive)
    raise UnusableBlueprint("this is a ZIP archive: unpack it and take the document inside")


def _open_document(archive: Archive) -> Kind:
    mime = archive.read("mimetype").decode("ascii", errors="replace").strip()
    kind = OPEN_DOCUMENTS.get(mime)
    if kind is not None:
        return kind
    if mime == "application/epub+zip":
        raise UnusableBlueprint("this is an e-book: save the document as Word, PDF or HTML")
    raise UnusableBlueprint("this OpenDocument file is no text and no spreadsheet: save it as .odt, .ods or PDF")


def _by_main_part(archive: Archive) -> Kind:
    """An Office file whose main part has another name than usual."""
    types = archive.read("[Content_Types].xml").decode("utf-8", errors="replace")
    found = MAIN_PART.search(types)
    if found is None:
        raise UnusableBlueprint(DAMAGED)
    return Kind.WORD if found.group(2) == "wordprocessingml" else Kind.EXCEL


# --- texts ---

MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|h[1-6]|p|div|span|table|tbody|tr|td|ul|ol|li|section|article|main"
    r"|google-sheets-html-origin|b|strong|style|link)(?=[\s/>])",
    re.IGNORECASE,
)
WHOLE_PAGE = re.compile(r"<(?:!doctype|html)(?=[\s>])", re.IGNORECASE)
BLOCK_MARKUP = re.compile(r"</(?:h[1-6]|p|div|table|tr|td|ul|ol|li|body)\s*>", re.IGNORECASE)
WRITTEN_IN_MARKDOWN = (
    re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE),
    re.compile(r"^ {0,3}\|?[ \t]*:?-{3,}:?[ \t]*\|[-:| \t]*$", re.MULTILINE),
    re.compile(r"^\S[^\n]*\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE),
    re.compile(r"(?:^|\s)\*\*\S[^*\n]*\*\*", re.MULTILINE),
)
UNDERLINED_NUMBER = re.compile(r"^\d{1,2}[.)] [^\n]*\n-{3,}[ \t]*$", re.MULTILINE)  # no heading of Markdown's
NAMES = {
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".mdown": Kind.MARKDOWN,
    ".csv": Kind.SEPARATED,
    ".tsv": Kind.SEPARATED,
    ".tab": Kind.SEPARATED,
    ".json": Kind.JSON,
}
LOOKED_AT = 200_000  # characters
WRITTEN = {".txt", ".text", ".md", ".markdown", ".mdown", ".csv", ".tsv", ".tab"}


def names_a_text(filename: str) -> bool:
    """Whether a file's name says that it is a text of a kind that has no way to state its encoding."""
    return PurePath(filename).suffix.lower() in WRITTEN


def kind_of_text(text: str, filename: str) -> Kind:
    """The kind of a text. Raises UnusableBlueprint for a kind that is not read."""
    written = text.lstrip("\ufeff \t\r\n")
    _refuse_other_markup(written)
    ending = PurePath(filename).suffix.lower()
    named = NAMES.get(ending)
    if _looks_like_json(written, named):
        return Kind.JSON
    if _looks_like_html(written, named):
        return Kind.HTML
    if named in {Kind.MARKDOWN, Kind.SEPARATED, Kind.JSON}:
        return named
    if UNDERLINED_NUMBER.search(written[:LOOKED_AT]):
        return Kind.TEXT
    if any(pattern.search(written[:LOOKED_AT]) for pattern in WRITTEN_IN_MARKDOWN):
        return Kind.MARKDOWN
    return Kind.SEPARATED if separated.looks_like_a_table(text) else Kind.TEXT


def _refuse_other_markup(written: str) -> None:
    for signature, refusal in OTHER_MARKUP:
        if signature(written[:4000]):
            raise UnusableBlueprint(refusal)


def _starts_with(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern, re.IGNORECASE).match


OTHER_MARKUP = (
    (_starts_with(r"\{\\rtf"), "this is an RTF file: open it in Word or LibreOffice and save it as .docx or .odt"),
    (
        _starts_with(r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:"),
        "this is a web archive or e-mail (MHTML): save the page as HTML, or copy it and paste it here",
    ),
    (_starts_with(r"%!PS"), "this is a PostScript file: save the document as PDF"),
    (
        _starts_with(r"<\?xml[^>]*\?>\s*(?:<\?[^>]*\?>\s*)*<(?!!doctype html|html|!--)"),
        f"this is an XML file, which is not read: save the document as one of these: {TAKEN}",
    ),
    (_starts_with(r"bplist00|<!DOCTYPE plist"), "this is a web archive of Safari: save the page as HTML or PDF"),
)


def _looks_like_json(written: str, named: Kind | None) -> bool:
    if not written.startswith(("{", "[")):
        return False
    if named in {Kind.MARKDOWN, Kind.SEPARATED}:
        return False
    return written.startswith("{") or bool(JSON_LIST.match(written)) or named is Kind.JSON


JSON_LIST = re.compile(r"\[\s*(?:[{\[\]\"]|-?\d|$)")


def _looks_like_html(written: str, named: Kind | None) -> bool:
    """Whether it begins with an element, or has many; Markdown may hold a few."""
    if MARKUP.match(written) or written.startswith("<!--"):
        return named is not Kind.MARKDOWN or WHOLE_PAGE.match(written) is not None
    if named is Kind.HTML:
        return True
    if named in {Kind.MARKDOWN, Kind.SEPARATED}:
        return False
    beginning = written[:20_000]
    return len(BLOCK_MARKUP.findall(beginning)) > 2 and not plain_text.has_headings(beginning)
