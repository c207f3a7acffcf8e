"""The finished PDF as programs that show PDFs read it: names found whole, in the order of
their script, and the head of a table on each of its pages.
"""

import io
import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest

from debriefs.aggregate import aggregate
from debriefs.facts import DecisionFact, MeetingNoteFact, OverrideFact
from debriefs.sheets import DebriefSheet
from packets.documents.content import packet_html
from packets.documents.pdf import render
from scorecards.facts import AmendmentFact, LookForFact, MarkFact, SightFact
from tests.debriefs.facts import MOMENT, card, dimension, meeting, rating, re_rating, sheet_of
from tests.packets.documents.tags import texts_of

CANDIDATE = "إسلام العلا"
DECIDER = "دلال"
POLISH, HEBREW, JAPANESE = "Błażej Krzyżanowski-Wróbel", "נועה בר־לב", "佐藤美咲"
DOUBLE, LONG = "Chidi Okonkwo-Bright", "Eleftheria Anagnostopoulou-Petridis"
PANEL = [POLISH, HEBREW, JAPANESE, DOUBLE, LONG]
HYPHENATED = [name.split()[-1] for name in (POLISH, DOUBLE, LONG)]
DECIDED = datetime(2026, 10, 3, 8, 15, tzinfo=UTC)
# So many short lines that no page holds them, each kind of row with a word of its own.
TALL = {
    kind: "\n".join(f"{kind} {number}" for number in range(1, 91)) for kind in ("seen", "why", "let", "again", "so")
}


def sheet() -> DebriefSheet:
    """A debrief in which every kind of row is higher than a page."""
    dimensions = [dimension("depth"), dimension("care")]
    cards = [
        replace(
            card(number, replace(rating("depth", 1 + number % 5), evidence=f"Asked {POLISH} and {DOUBLE}. " * number)),
            interviewer_name=name,
            summary=f"As {LONG} said.",
            look_fors=(LookForFact("A: Design", "Asks first", "seen"),),
        )
        for number, name in enumerate(PANEL, 1)
    ]
    seen = replace(rating("depth", 2), evidence=TALL["seen"])
    amendment = AmendmentFact(MOMENT, TALL["why"], 1, "yes", "", ())
    sight = SightFact(2, HEBREW, "b@example.org", MOMENT, "debrief page")
    flag = MarkFact("Blames others", True, f"as {DOUBLE} said")
    cards[0] = replace(cards[0], ratings=(seen,), amendments=(amendment,), saw=(sight,), red_flags=(flag,))
    decision = DecisionFact("hire", "Enough.", DECIDER, DECIDED, "No.", DOUBLE, "", {"depth": TALL["so"]})
    override = OverrideFact(HEBREW, MOMENT, TALL["let"], 1, POLISH, "a@example.org")
    note = MeetingNoteFact("depth", "Spoken of\u000bat length", DECIDER, MOMENT)
    met = meeting(replace(re_rating(1, "depth", 4), reason=TALL["again"]), notes=(note,))
    facts = sheet_of(dimensions, cards).facts
    return aggregate(replace(facts, candidate_name=CANDIDATE, decision=decision, overrides=(override,), meeting=met))


@pytest.fixture(scope="module", params=["a4", "letter"])
def pdf(request) -> bytes:
    html = packet_html(
        sheet(), profile="full", issued_to=DOUBLE, issued_at=MOMENT, fingerprint="0" * 64, document="packet 1"
    )
    return render(html, paper=request.param).content


@pytest.fixture(scope="module", params=["poppler", "mupdf", "pdfium"])
def pages(request, pdf, tmp_path_factory) -> list[str]:
    """The text of each page, as Chrome's viewer (pdfium) and two others read it.

    MuPDF writes letters from right to left as they stand on the page.
    """
    if request.param == "pdfium":
        return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    path = tmp_path_factory.mktemp("read") / "packet.pdf"
    path.write_bytes(pdf)
    reader = {
        "poppler": ["pdftotext", "-enc", "UTF-8", str(path), "-"],
        "mupdf": ["mutool", "draw", "-q", "-F", "txt", str(path)],
    }[request.param]
    read = subprocess.run(reader, capture_output=True, check=True).stdout.decode()
    return [_logical(page) if request.param == "mupdf" else page for page in read.split("\f") if page.strip()]


def _logical(text: str) -> str:
    return re.sub("[\u0590-\u06ff][\u0590-\u06ff -]*", lambda found: found[0][::-1], text)


def one_line(pages: list[str]) -> str:
    """All pages as one line, without the marks that Poppler sets around right-to-left words."""
    return " ".join(re.sub("[\u202a-\u202e]", "", " ".join(pages)).split())


@pytest.mark.parametrize("name", HYPHENATED)
def test_a_name_with_a_hyphen_is_never_broken(pages, name):
    first, last = name.split("-")

    text = "\n".join(pages)
    whole = one_line(pages).count(name)
    assert whole > 5
    assert len(re.findall(rf"{first}\s*-?\s*{last}", text)) == whole


@pytest.mark.parametrize("name", [POLISH, HEBREW, JAPANESE, DOUBLE, *CANDIDATE.split(), DECIDER])
def test_a_name_is_found_as_it_is_written(pages, name):
    assert one_line(pages).count(name) > 2


def test_a_name_from_right_to_left_leaves_what_follows_in_its_place(pages):
    text = one_line(pages)

    assert f"Decided by {DECIDER}, 3 October 2026, 08:15 UTC." in text
    assert f"{DECIDER}, 2 Mar 2026, 09:30 UTC" in text
    if "2 Round ," not in text:  # pdfium turns a short line round that begins from right to left
        assert f"{HEBREW}, Round 2" in text


def test_lines_are_broken_where_they_were_when_written(pages):
    assert re.search(r"Spoken of\s*\n\s*at length", "\n".join(pages))


@pytest.mark.parametrize(
    ("kind", "head"),
    [
        ("seen", "Score Interviewer Evidence"),
        ("why", "Amended By Had seen Reason"),
        ("let", "Granted By For Reason"),
        ("again", "Score Interviewer Dimension and reason"),
        ("so", "Dimension What it means for the decision"),
    ],
)
def test_a_row_higher_than_a_page_has_the_tables_head_on_each(pages, kind, head):
    words = head.split()
    of_row = [page for page in pages if re.search(rf"^{kind} \d+\s*$", page, re.MULTILINE)]
    headed = [page for page in of_row if all(word in page.split() for word in words)]

    assert len(headed) >= 2
    assert headed == of_row


def test_each_part_of_a_table_is_tagged_with_its_head(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tables = [row for row in document.objects if isinstance(row, pikepdf.Dictionary) and row.get("/S") == "/Table"]
        kinds = [[str(kid.S) for kid in table.K] for table in tables]

    with_head = [row for row in kinds if "/THead" in row]
    assert len(with_head) == len(kinds) - 2  # all but the first page's tally and the list of facts
    assert len(with_head) > 15


@pytest.mark.parametrize("name", [POLISH, JAPANESE, DOUBLE, LONG])
def test_chromes_viewer_finds_a_name_that_is_searched_for(pdf, name):
    found = 0
    for page in pypdfium2.PdfDocument(pdf):
        search = page.get_textpage().search(name, match_case=True)
        while search.get_next():
            found += 1

    assert found > 2


def test_no_sign_of_ours_is_left_in_what_a_reader_copies(pages):
    assert not re.search("[\u2060\u2066-\u2069]", "".join(pages))


def test_the_outline_and_links_hold_no_joiner(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        titles = [title for item in outline.root for title in (item.title, *(row.title for row in item.children))]
        notes = [str(note.Contents) for page in document.pages for note in page.get("/Annots", [])]

    assert any(LONG in title for title in titles)
    assert not any("\u2060" in text for text in titles + notes)


# --- language ----------------------------------------------------------------
def test_what_people_wrote_is_tagged_in_the_rubrics_language_and_our_words_in_english():
    german = aggregate(replace(sheet().facts, rubric_language="de"))
    html = packet_html(
        german, profile="full", issued_to="Ruth", issued_at=MOMENT, fingerprint="0" * 64, document="packet 1"
    )

    with pikepdf.open(io.BytesIO(render(html).content)) as document:
        assert str(document.Root.Lang) == "de"
        ours = {str(text.get("/Lang")) for text in texts_of(document, "/H1")[1:]}  # the first is the candidate's name
        cells = [str(text.get("/Lang")) for text in texts_of(document, "/TH")]
        theirs = {str(text.get("/Lang")) for text in texts_of(document, "/NonStruct")}
    assert ours == {"en"}
    assert "en" in cells
    assert "None" in theirs  # as the whole document


def test_long_words_of_a_dimension_are_broken_as_their_language_does():
    name = "Verantwortungsbereitschaftsverständnis"
    facts = sheet_of([replace(dimension("depth"), name=name)], [card(1, rating("depth", 3))]).facts
    broken = []
    for language in ("de", "fi"):
        html = packet_html(
            aggregate(replace(facts, rubric_language=language)),
            profile="totals",
            issued_to="Ruth",
            issued_at=MOMENT,
            fingerprint="0" * 64,
            document="packet 1",
        )
        broken.append(re.findall(r"(Ver\w+)\u2010", _read(render(html).content)))

    assert broken[0]
    assert broken[0] != broken[1]


def _read(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()
