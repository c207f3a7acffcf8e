"""The PDF itself: the same bytes for the same facts, readable by a program and by a screen reader, nothing loaded."""

import hashlib
import io
import re
import subprocess
import sys

import pikepdf
import pytest

from debriefs import meetings
from packets import life
from packets.documents import pdf
from packets.documents.typesetting import prepare
from packets.documents.unprinted import tell
from packets.models import Packet
from tests.config.processes import ROOT

HOSTILE = '<script>alert(1)</script> <img src="http://127.0.0.1:9/x.png"> & <a href="file:///etc/passwd">x</a>'


@pytest.fixture(scope="module")
def built_before() -> list[bytes]:
    """The sample's packet once a test has asked for it; no test changes it."""
    return []


@pytest.fixture
def full_packet(request, built_before) -> bytes:
    if not built_before:
        built_before.append(request.getfixturevalue("pdf_of")("full"))
    return built_before[0]


def test_same_facts_give_the_same_bytes(finished_packet):
    packet = finished_packet("full")

    again = life.pdf_of(packet, lambda stage, progress: None).content

    assert hashlib.sha256(again).hexdigest() == packet.sha256


def test_same_html_gives_the_same_bytes_in_another_process():
    program = (
        "import hashlib, sys; sys.path.insert(0, '.');"
        "from packets.documents.pdf import render;"
        "print(hashlib.sha256(render('<html lang=en><title>t</title><h1>One</h1><p>two</p>').content).hexdigest())"
    )

    done = [
        subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env={"PYTHONHASHSEED": seed, "TZ": zone}, capture_output=True
        )
        for seed, zone in [("1", "UTC"), ("2", "Asia/Tokyo")]
    ]

    assert len(done[0].stdout) == 65, done[0].stderr
    assert done[0].stdout == done[1].stdout


def test_own_reading_and_own_sheet_print_what_the_engine_would(requested_packet, html_of, text_of):
    from weasyprint import HTML

    engine, seen = pdf._engine(), {}
    html = html_of(requested_packet("full"))

    theirs = HTML(string=html)
    tell(theirs.etree_element, "")
    prepare(theirs.etree_element)

    for name, document in {"ours": engine.document(html), "engine's": theirs}.items():
        laid_out = document.render(stylesheets=[engine.style], font_config=engine.fonts)
        seen[name] = (len(laid_out.pages), text_of(laid_out.write_pdf()))

    assert seen["ours"] == seen["engine's"]
    assert len(seen["ours"][1]) > 3000


def test_every_page_carries_head_and_page_number(full_packet, text_of):
    pages = len(pikepdf.open(io.BytesIO(full_packet)).pages)

    text = text_of(full_packet)

    assert pages > 3
    assert re.findall(rf"Page (\d+) of {pages}\b", text) == [str(number) for number in range(1, pages + 1)]
    assert text.count("Elias Okafor · Platform Reliability Engineer") == pages


def test_document_has_title_language_outline_and_tags(full_packet):
    document = pikepdf.open(io.BytesIO(full_packet))

    with document.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert str(document.Root.Lang) == "en"
    assert str(document.docinfo["/Title"]).startswith("Debrief packet: Elias Okafor")
    assert document.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in document.Root
    assert {
        "Matrix",
        "Decision",
        "Evidence by dimension",
        "Appendix A: Scorecards",
        "Appendix B: Rubric as used",
    } <= set(titles)


def test_packet_says_what_was_decided_and_by_whom(pdf_of, scored_application, person, text_of):
    meetings.record_decision(
        scored_application,
        by=person("manager"),
        outcome="no_hire",
        rationale="Too little depth.",
        dissent="I saw depth.",
        dissenter="Ines Keller",
    )

    text = text_of(pdf_of("totals"))

    for words in ("No hire", "Too little depth.", "I saw depth.", "Decided by Marek Novak"):
        assert words in text


def test_html_in_text_is_text_and_loads_nothing(pdf_of, scored_application, two_panelists, hand_in, text_of):
    hand_in(two_panelists[1], words=HOSTILE)

    text = text_of(pdf_of("full"))

    assert "<script>alert(1)</script>" in text


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/x.png", "https://example.com/x.css", "file:///etc/passwd"])
def test_every_address_is_refused(url):
    style = f"<style>@import url({url}); p {{ background: url({url}) }}</style>"

    rendered = pdf.render(
        f'<html lang="en"><title>t</title>{style}<p>before<img src="{url}" alt="x">after</p></html>'
    ).content

    with pikepdf.open(io.BytesIO(rendered)) as document:
        assert list(document.pages[0].get_images()) == []
    assert b"root:" not in rendered


def test_packet_with_every_odd_sign_is_built(finished_packet, scored_application, two_panelists, hand_in):
    hand_in(
        two_panelists[1],
        words="\U0001f469\u200d\U0001f4bb \u05e9\u05dc\u05d5\u05dd \u4f60\u597d \ufffe\ufb01 " + "W" * 600,
    )

    assert Packet.objects.filter(pk=finished_packet("full").pk, state="ready").exists()
