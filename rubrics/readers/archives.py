"""The ZIP archives that Office files are: opened within bounds, their XML read without entities."""

import zipfile
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from rubrics.readers.page import UnusableBlueprint

MOST_FILES = 5_000
MOST_BYTES = 64 * 1024 * 1024  # of all that is text inside; pictures are never unpacked
MOST_RATIO = 400
TEXT = (".xml", ".rels", ".vml")
DAMAGED = "this file is damaged and cannot be opened: open it in the program it came from and save it again"
BOMB = "this file unpacks to far more than a document needs, so it was not opened: save the document anew"


def is_archive(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


class Archive:
    """An archive whose text is small enough to unpack.

    Raises UnusableBlueprint where it is damaged, protected by a password or made to fill the memory.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            self._members = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise UnusableBlueprint(DAMAGED) from error
        self._check()

    def _check(self) -> None:
        if any(info.flag_bits & 0x1 for info in self._members.values()):
            raise UnusableBlueprint("this file is protected by a password: save a copy without one")
        texts = [info for info in self._members.values() if info.filename.lower().endswith(TEXT)]
        total = sum(info.file_size for info in texts)
        packed = sum(info.compress_size for info in texts)
        if len(self._members) > MOST_FILES or total > MOST_BYTES:
            raise UnusableBlueprint(BOMB)
        if total > 1_000_000 and total > packed * MOST_RATIO:
            raise UnusableBlueprint(BOMB)

    @property
    def names(self) -> list[str]:
        """The names of its members, in the archive's order."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """The bytes of a member, 64 MB at most. Raises UnusableBlueprint where it is missing or damaged."""
        if name not in self._members:
            raise UnusableBlueprint(DAMAGED)
        try:
            with self._zip.open(name) as member:
                data = member.read(MOST_BYTES + 1)
        except Exception as error:
            raise UnusableBlueprint(DAMAGED) from error
        if len(data) > MOST_BYTES:
            raise UnusableBlueprint(BOMB)
        return data

    def xml(self, name: str) -> Element:
        """The root of an XML member. Raises UnusableBlueprint where it is missing, damaged or has entities."""
        data = self.read(name)
        try:
            root: Element = fromstring(data, forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
            raise UnusableBlueprint(DAMAGED) from error
        return root

    def xml_or_none(self, name: str) -> Element | None:
        """The root of an XML member that a document may do without."""
        return self.xml(name) if name in self._members else None
