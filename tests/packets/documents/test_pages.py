"""Every page of finished packets, for panels of 3, 8 and 20, on both papers: none is two
thirds empty, no table shows a single row alone, and the first page is one page.
"""

import io
import itertools
import re
import subprocess

import pikepdf
import pytest

from packets.documents.pdf import render
from tests.packets.documents import worlds
from tests.packets.documents.paper import Piece, emptiness, pieces

EMPTY = 2 / 3
WORLDS = [
    (3, 8, "a4", "full", "dimension"),
    (3, 8, "letter", "full", "interviewer"),
    (8, 8, "letter", "full", "dimension"),
    (8, 8, "a4", "no-interviewers", "interviewer"),
    (20, 12, "a4", "full", "dimension"),
    (3, 4, "a4", "summary", ""),
    (8, 8, "letter", "summary", ""),
    (20, 12, "letter", "summary", ""),
    (8, 8, "a4", "totals", ""),
]


@pytest.fixture(scope="module", params=WORLDS, ids=["-".join(map(str, row)).strip("-") for row in WORLDS])
def packet(request) -> tuple[str, str, bytes]:
    """The profile, the HTML and the file of one packet."""
    interviewers, dimensions, paper, profile, evidence_by = request.param
    html = worlds.html(worlds.debrief(interviewers, dimensions), profile, evidence_by)
    return profile, html, render(html, paper=paper).content


def read(pdf: bytes) -> list[str]:
    """The text of each page, each on one line."""
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True)
    return [" ".join(page.split()) for page in done.stdout.decode().split("\f")[:-1]]


def alone(piece: Piece) -> bool:
    return piece.rows == 1 < piece.whole


def test_no_page_is_two_thirds_empty(packet):
    _, _, pdf = packet

    assert max(emptiness(pdf)) < EMPTY


def test_no_row_of_a_table_stands_alone_on_its_page(packet):
    _, html, pdf = packet

    assert [piece for piece in pieces(pdf, html) if alone(piece)] == []


def test_the_first_page_holds_all_at_a_glance_and_is_one_page(packet):
    profile, _, pdf = packet

    first, second, *_ = read(pdf)
    heads = ["Hire", "Reasons", "Recommendations", "Profile", "Disagreement", "Dissent"]
    heads += [] if profile == "totals" else ["Red flags"]
    places = [first.index(word) for word in heads]
    assert places == sorted(places)
    assert ("Scores" if profile == "summary" else "Contents") in second[:120]


@pytest.mark.parametrize("packet", [row for row in WORLDS if row[3] == "summary"], indirect=True)
def test_a_summary_has_two_or_three_pages_and_no_evidence(packet):
    _, _, pdf = packet

    pages = read(pdf)
    assert len(pages) in {2, 3}
    assert "Evidence" not in " ".join(pages)


@pytest.mark.parametrize("dimensions", [1, 9, 24, 25])
def test_long_words_stay_on_the_first_page(dimensions):
    sheet = worlds.debrief(6, dimensions, words=500, candidate="Eleftheria Anagnostopoulou of Thessaloniki")

    first, second, *_ = read(render(worlds.html(sheet, "summary"), paper="letter").content)

    assert "… goes on under" in first
    assert "Scores" in second[:120]


def test_bookmarks_lead_from_the_first_page_to_the_last_part(packet):
    _, _, pdf = packet

    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        titles = [item.title for item in outline.root]

    letters = [title.partition(":")[0] for title in titles if title.startswith("Appendix")]
    assert (titles[0], titles[-1]) == ("At a glance", "About this document")
    assert letters == [f"Appendix {letter}" for letter in "ABC"[: len(letters)]]


def test_headings_descend_one_level_at_a_time_as_poppler_reads_them(packet, tmp_path):
    _, _, pdf = packet
    path = tmp_path / "packet.pdf"
    path.write_bytes(pdf)

    told = subprocess.run(["pdfinfo", "-struct", str(path)], capture_output=True, check=True).stdout.decode()

    levels = [int(level) for level in re.findall(r"^\s*H(\d)\b", told, re.MULTILINE)]
    assert levels[:2] == [1, 2]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
