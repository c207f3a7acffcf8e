"""Archives are opened within bounds: what is damaged, locked or made to fill the memory is refused."""

import zipfile
from io import BytesIO

import pytest

from rubrics.readers.archives import Archive, is_archive
from rubrics.readers.page import UnusableBlueprint
from tests.rubrics.office_files import zipped


def test_members_are_read_by_name():
    archive = Archive(zipped({"a.xml": "<a b='1'/>", "c.txt": "words"}))

    assert archive.names == ["a.xml", "c.txt"]
    assert archive.read("c.txt") == b"words"
    assert archive.xml("a.xml").get("b") == "1"
    assert archive.xml_or_none("d.xml") is None


@pytest.mark.parametrize(
    "content", ["<a>", "", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"]
)
def test_xml_that_is_broken_or_has_entities_is_refused(content):
    with pytest.raises(UnusableBlueprint, match="damaged"):
        Archive(zipped({"a.xml": content})).xml("a.xml")


def test_a_missing_member_is_refused():
    with pytest.raises(UnusableBlueprint, match="damaged"):
        Archive(zipped({"a.xml": "<a/>"})).read("b.xml")


def test_a_truncated_archive_is_refused():
    data = zipped({"a.xml": "<a/>"})

    assert is_archive(data)
    with pytest.raises(UnusableBlueprint, match="damaged"):
        Archive(data[:-20])


def test_a_member_with_wrong_bytes_is_refused():
    data = bytearray(zipped({"a.xml": "<a>words and more words</a>"}))
    data[45] ^= 0xFF

    with pytest.raises(UnusableBlueprint, match="damaged"):
        Archive(bytes(data)).read("a.xml")


def test_an_archive_that_unpacks_to_too_much_is_refused_unopened():
    with pytest.raises(UnusableBlueprint, match="unpacks to far more"):
        Archive(zipped({"a.xml": " " * 5_000_000}))


def test_pictures_may_be_as_large_as_they_are():
    assert Archive(zipped({"media/a.bmp": b"\x00" * 5_000_000, "a.xml": "<a/>"})).names


def test_a_locked_archive_is_refused_with_what_to_do():
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xml", "<a/>")
    data = bytearray(packed.getvalue())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag that says so, as the archive's list has it

    with pytest.raises(UnusableBlueprint, match="without one"):
        Archive(bytes(data))
