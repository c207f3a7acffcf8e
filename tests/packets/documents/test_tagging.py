"""What PDF/UA-1 and PDF/A-3b ask of the file's structure, read back with pikepdf."""

import io
import itertools

import pikepdf
import pytest

from debriefs import meetings
from packets.documents import pdf

SHOWING = {"Tj", "TJ", "'", '"', "Do", "f", "f*", "S", "s", "B", "B*", "b", "b*", "sh"}
# The rule book that pikepdf's validator knows has no extension schemas, by which PDF/A-3 lets PDF/UA be named.
EXTENSION = ("pdfaExtension", "pdfaSchema", "pdfaProperty", "pdfuaid")


@pytest.fixture(scope="module")
def built_before() -> dict[bool, bytes]:
    """The packet in both forms, which no test changes: each is built by the first that asks for it."""
    return {}


@pytest.fixture
def packet_in(built_before, pdf_of, scored_application, two_panelists, hand_in, person):
    """The bytes of a full packet of the debrief that `decide` brings about, archival or not."""

    def built(archival: bool) -> bytes:
        if archival not in built_before:
            decide(scored_application, two_panelists, hand_in, person("manager"))
            built_before[archival] = pdf_of("full", archival=archival)
        return built_before[archival]

    return built


@pytest.fixture(params=[False, True], ids=["ua", "archival"])
def document(request, packet_in):
    with pikepdf.open(io.BytesIO(packet_in(request.param))) as opened:
        yield opened


def decide(scored, panelists, submitted, by) -> None:
    """Two long scorecards, a debrief with a note, and a decision taken twice."""
    submitted(panelists[1], words="said at length. " * 600)
    meetings.open_debrief(scored, by=by)
    meetings.add_note(scored, text="We spoke of it.", kind="note", dimension=None, by=by)
    words = {"rationale": "Enough depth.", "conditions": "A call.", "dissent": "Not for me.", "dissenter": "Ines"}
    meetings.record_decision(scored, by=by, outcome="hold", **words)
    meetings.reopen_debrief(scored, reason="New evidence.", by=by)
    meetings.record_decision(scored, by=by, outcome="hire", **words)


@pytest.fixture
def archival(packet_in):
    return packet_in(True)


def elements(node, kind=""):
    """The structure elements below the node in reading order, of one kind if given."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if kind in ("", kid.S):
                yield kid
            yield from elements(kid, kind)


def tree(document):
    return document.Root.StructTreeRoot


def marks(page):
    """(operator, the innermost enclosing mark or None) of everything that the page shows."""
    stack = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BMC", "BDC"}:
            stack.append((str(operands[0]), operands[1].get("/MCID") if len(operands) > 1 else None))
        elif name == "EMC":
            stack.pop()
        elif name in SHOWING:
            yield name, tuple(stack)


def test_everything_shown_is_tagged_or_an_artifact(document):
    numbers = list(tree(document).ParentTree.Nums)
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    known = {element.objgen for element in elements(tree(document))}

    for page in document.pages:
        owned = owners[page.StructParents]
        for operator, enclosing in marks(page):
            assert enclosing, f"{operator} is in no mark"
            kinds = [kind for kind, _ in enclosing]
            for kind, mark in enclosing:
                assert kind == "/Artifact" or owned[mark].objgen in known
            assert "/Artifact" not in kinds or kinds == ["/Artifact"]


def test_running_lines_are_no_content(document):
    assert len(document.pages) > 5
    for page in document.pages:
        pagination = [
            operands
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC" and operands[1].get("/Type") == "/Pagination"
        ]
        assert len(pagination) == 4


def test_title_and_language_are_said(document):
    assert str(document.Root.Lang) == "en"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert document.Root.MarkInfo.Marked
    with document.open_metadata() as metadata:
        assert metadata["dc:title"].startswith("Debrief packet: Elias Okafor")
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert all(page.Tabs == "/S" for page in document.pages)


def test_every_picture_says_what_it_shows_and_where(document):
    figures = list(elements(tree(document), "/Figure"))

    assert len(figures) > 10
    for figure in figures:
        width, height = figure.Pg.MediaBox[2:]
        left, low, right, high = map(float, figure.A.BBox)
        assert len(str(figure.Alt)) > 10
        assert 0 <= left < right <= width
        assert 0 <= low < high <= height


def test_headings_descend_one_level_at_a_time(document):
    levels = [int(str(row.S)[2]) for row in elements(tree(document)) if str(row.S) in {"/H1", "/H2", "/H3"}]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_outline_names_sections_dimensions_and_interviewers(document):
    with document.open_outline() as outline:
        below = {item.title: [row.title for row in item.children] for item in outline.root}

    assert list(below) == [
        "At a glance",
        "Coverage and independence",
        "Matrix",
        "Evidence by dimension",
        "Meeting",
        "Decision",
        "Appendix A: Scorecards",
        "Appendix B: Rubric as used",
        "Appendix C: Exercises",
        "About this document",
    ]
    assert "Observability" in below["Evidence by dimension"]
    assert below["Appendix A: Scorecards"] == [
        "Ines Keller, Systems deep dive",
        "Tomas Brandt, Design and collaboration",
    ]


def test_every_table_has_headers_that_its_cells_find(document):
    names = tree(document).IDTree.Names
    known = {bytes(name) for name in itertools.islice(names, 0, None, 2)}

    tables = list(elements(tree(document), "/Table"))
    assert len(tables) > 10
    for table in tables:
        heads = list(elements(table, "/TH"))
        assert heads
        assert all(str(head.A.Scope) in {"/Row", "/Column"} for head in heads)
        assert {bytes(head.ID) for head in heads} <= known
        for cell in elements(table, "/TD"):
            assert {bytes(name) for name in cell.A.get("/Headers", [])} <= known
    assert len(known) == len(names) // 2


def test_a_table_that_goes_on_says_its_head_again(document):
    evidence = [table for table in elements(tree(document), "/Table") if len(list(elements(table, "/THead")))]
    pages = {table.Pg.objgen for table in evidence}

    assert len(evidence) > 15
    assert len(pages) > 4
    assert all(len(list(elements(table, "/THead"))) == 1 for table in evidence)


def test_links_of_the_contents_are_described_and_lead_somewhere(document):
    links = [note for page in document.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    names = document.Root.Names.Dests.Names
    known = {str(name) for name in itertools.islice(names, 0, None, 2)}

    assert len(links) > 15
    assert {str(link.Dest) for link in links} <= known
    assert all(str(link.Contents) for link in links)
    assert all("/StructParent" in link for link in links)


def test_every_font_is_in_the_file(document):
    fonts = [font for name in document.pages[0].Resources.Font for font in [document.pages[0].Resources.Font[name]]]

    assert fonts
    for font in fonts:
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor or "/FontFile3" in (
            font.DescendantFonts[0].FontDescriptor
        )
        assert "/ToUnicode" in font


@pytest.mark.parametrize("text", ["Häagen ſtraße Łódź", "Ευχαριστώ πολύ", "Спасибо большое їґ"])
def test_latin_greek_and_cyrillic_need_no_font_of_the_system(text):
    rendered = pdf.render(
        f'<html lang="en"><title>t</title><h1>{text}</h1><p>{text} <strong>{text}</strong></p>'
    ).content

    with pikepdf.open(io.BytesIO(rendered)) as document:
        fonts = document.pages[0].Resources.Font
        names = {str(fonts[name].BaseFont).partition("+")[2] for name in fonts}
    assert names
    assert all(name.startswith("Packet-") for name in names)


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_paper_is_as_asked_for(pdf_of, paper, size):
    with pikepdf.open(io.BytesIO(pdf_of("totals", paper=paper))) as document:
        assert {tuple(round(float(side)) for side in page.MediaBox[2:]) for page in document.pages} == {size}


def test_paper_and_form_are_the_companys_unless_chosen(requested_packet, settings):
    settings.PACKET_PAPER, settings.PACKET_ARCHIVAL = "letter", True

    company, chosen = requested_packet(), requested_packet(paper="a4", archival=False)

    assert (company.paper, company.archival) == ("letter", True)
    assert (chosen.paper, chosen.archival) == ("a4", False)
    assert requested_packet().pk == company.pk != chosen.pk


# --- PDF/A -------------------------------------------------------------------
def test_archival_packet_keeps_the_rules_of_pdf_a(archival):
    from pikepdf.pdfa import validate_written

    findings = [str(row) for row in validate_written(io.BytesIO(archival), "3b").findings]

    assert [row for row in findings if not any(name in row for name in EXTENSION)] == []


def test_archival_packet_says_what_it_is(archival):
    with pikepdf.open(io.BytesIO(archival)) as document:
        with document.open_metadata() as metadata:
            assert metadata.pdfa_status == "3B"
        assert str(document.Root.OutputIntents[0].S) == "/GTS_PDFA1"
        files = list(document.Root.AF)
        assert [str(row.UF) for row in files] == ["debrief.json", "scorecards.csv"]
        assert {str(row.AFRelationship) for row in files} == {"/Data"}
        assert all(str(row.Desc) for row in files)


def test_plain_packet_carries_no_files(packet_in):
    with pikepdf.open(io.BytesIO(packet_in(False))) as document:
        assert list(document.attachments) == []
        assert "/AF" not in document.Root
