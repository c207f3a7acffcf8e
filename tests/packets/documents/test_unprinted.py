"""Signs for which no font has a picture."""

import io
from datetime import UTC, datetime

import pikepdf
import pytest

from packets.documents.markup import tree
from packets.documents.pdf import Attached, render
from packets.documents.unprinted import NAMED, Unprinted, kept, note_on, tell

NOWHERE = "\ue5a1"  # private use: no font that we ship or install has it
MOMENT = datetime(2026, 10, 3, tzinfo=UTC)
UA_PART = "{http://www.aiim.org/pdfua/ns/id/}part"
FILES = (Attached("debrief.json", "The debrief", b"{}"),)


def document(text: str) -> str:
    return (
        f'<html lang="en"><head><title>t</title></head><body data-head="h" data-foot="f">'
        f'<section class="glance"><p>One</p></section>'
        f'<section><p>{text}</p></section><section><p id="unprinted"></p></section></body></html>'
    )


def claims(pdf: bytes) -> tuple[str | None, str]:
    """The part of PDF/UA and the level of PDF/A that the file claims to keep."""
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as metadata:
        return metadata.get(UA_PART), metadata.pdfa_status


@pytest.mark.parametrize(
    ("pages", "place"),
    [((3,), "page 3"), ((1, 2, 3, 7), "pages 1–3, 7"), ((2, 4), "pages 2, 4"), ((), "pages ")],
)
def test_pages_that_follow_are_told_as_a_span(pages, place):
    assert Unprinted(0x738B, pages).place == place


def test_a_sign_is_told_by_number_and_name():
    assert Unprinted(0x1F98A, (1,)).name == "U+1F98A FOX FACE"
    assert Unprinted(ord(NOWHERE), (1,)).name == "U+E5A1"


def test_what_is_kept_of_a_packet_reads_back():
    row = Unprinted(0xE5A1, (1, 4))

    assert kept([[row.sign, list(row.pages)]]) == [row]


def test_more_signs_than_are_named_are_counted():
    words = note_on([Unprinted(0xE000 + number, (1,)) for number in range(NAMED + 7)], archival=False)

    assert words.count("U+E0") == NAMED
    assert "and 7 more" in words


def test_without_a_missing_sign_there_is_no_room_for_it():
    root = tree(document("x"))

    tell(root, "")

    assert "unprinted" not in [element.get("id") for element in root.iter()]


# --- in the file -------------------------------------------------------------
@pytest.mark.parametrize(("files", "claimed"), [((), ("1", "")), (FILES, ("1", "3B"))])
def test_a_file_whose_signs_are_all_printed_claims_its_standards(files, claimed):
    done = render(document("Żółć, سلام, שלום"), attached=files)

    assert done.unprinted == ()
    assert claims(done.content) == claimed


@pytest.mark.parametrize(("files", "standards"), [((), "PDF/UA."), (FILES, "PDF/UA or PDF/A.")])
def test_a_sign_without_a_font_is_told_with_its_page_and_nothing_is_claimed(files, standards, text_of):
    done = render(document(f"A {NOWHERE} sign"), attached=files)

    assert done.unprinted == (Unprinted(ord(NOWHERE), (2,)),)
    assert claims(done.content) == (None, "")
    text = text_of(done.content)
    assert "U+E5A1 on page 2" in text
    assert standards in text


def test_a_file_without_claims_keeps_tags_files_and_bytes():
    done, again = (render(document(NOWHERE), attached=FILES, dated=MOMENT) for _ in range(2))

    assert done == again
    with pikepdf.open(io.BytesIO(done.content)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert list(opened.attachments) == ["debrief.json"]


def test_what_a_font_joins_or_leaves_out_is_not_missing():
    assert render(document("fi ffl a\u200db a\u2060b \u00ad x\ufe0f لا")).unprinted == ()
