"""A whole packet, claim to ready file, beside the bare render of the same HTML in the same warm process."""

import io
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from pikepdf import Pdf

from packets import life
from packets.documents import pdf
from packets.documents.attachments import attachments
from packets.models import Packet
from tests.bench import data
from tests.bench.figures import Figure
from tests.bench.pages import signed_in

PAIRS = 9
REFERENCE = 880  # ms: the 22 pages that a packet of 5 x 8 first took, at the 25 pages a second that were asked for
PLAIN = f"<html lang='en'><head><title>t</title></head><body>{f'<p>{data.EVIDENCE * 4}</p>' * 62}</body></html>"
CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]


def measure(world: data.World) -> list[Figure]:
    application = data.application(world, "Packet Person")
    data.submitted(world, application, data.interviewers(world, 5))
    packet = life.new_packet(application, profile="full", by=world.recruiter, wake=False)
    contents = life.contents_of(application, packet.profile)
    html, files = life.html_of(packet, contents), attachments(contents.sheet, packet.profile)
    for _ in range(2):
        whole(packet), bare(html)
    tagged = {"pdf_variant": "pdf/ua-1"}
    pairs = [
        (whole(packet), bare(html), bare(html, **tagged), finished(html), finished(html, files)) for _ in range(PAIRS)
    ]
    pages, plain_pages = (len(Pdf.open(io.BytesIO(pdf.render(text).content)).pages) for text in (html, PLAIN))
    rendered, plain = (median(finished(text, clock=time.process_time) for _ in range(PAIRS)) for text in (html, PLAIN))
    printed = [(finished(html), chromium(html)) for _ in range(PAIRS)]
    return [
        Figure("packet 5 x 8: tagged render", rendered * 1000, "ms of CPU", most=REFERENCE),
        Figure("packet 5 x 8: pages a second of the tagged render", pages / rendered),
        Figure("plain paragraphs: pages a second, the engine's ceiling here", plain_pages / plain),
        Figure(
            "packet 5 x 8: tagged render, of Chromium's print with its start", median(a / b for a, b in printed), most=1
        ),
        Figure("packet 5 x 8: asking again, server time", asked_again(world, packet) * 1000, "ms", most=30),
        Figure("packet 5 x 8: whole build, of a bare render", median(a / b for a, b, *_ in pairs), most=1.15),
        Figure("packet 5 x 8: whole build, of a bare tagged render", median(a / c for a, _, c, *_ in pairs)),
        Figure("packet 5 x 8: tags, of an untagged render", median(c / b for _, b, c, *_ in pairs)),
        Figure(
            "packet 5 x 8: artifacts and the rest of PDF/UA, of a tagged render", median(d / c for *_, c, d, _ in pairs)
        ),
        Figure("packet 5 x 8: PDF/A-3b with its files, of PDF/UA", median(e / d for *_, d, e in pairs)),
        Figure("packet 5 x 8: whole build", median(a for a, *_ in pairs) * 1000, "ms"),
        Figure("packet 5 x 8: bare render", median(b for _, b, *_ in pairs) * 1000, "ms"),
    ]


def whole(packet: Packet, *, keep: bool = False) -> float:
    """Seconds from the claim to the stored file, as the task does it; the file goes again unless it is to be kept."""
    Packet.objects.filter(pk=packet.pk).update(state=Packet.State.QUEUED, attempts=0)
    started = time.perf_counter()
    claimed = life.claim(packet.pk)
    assert claimed is not None
    built = life.build(claimed)
    took = time.perf_counter() - started
    assert built.state == Packet.State.READY, built.error
    if not keep:
        built.file.storage.delete(built.file.name)
    return took


def finished(html: str, files: Iterable[pdf.Attached] = (), *, clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds of the product's own render of the HTML, with all that PDF/UA, and PDF/A where files are, asks for.

    With the process's clock they are those of one core, whoever else is busy on the machine.
    """
    started = clock()
    pdf.render(html, attached=files, dated=datetime(2026, 1, 1, tzinfo=UTC))
    return clock() - started


def chromium(html: str) -> float:
    """Seconds of a headless Chromium that starts, prints the same HTML with the same style sheet, and ends."""
    style = pdf.STYLE.read_text(encoding="utf-8")
    for address, path in pdf.FONTS.items():
        style = style.replace(address, path.as_uri())
    with tempfile.TemporaryDirectory() as folder:
        page, target = Path(folder, "packet.html"), Path(folder, "packet.pdf")
        page.write_text(html.replace("</head>", f"<style>{style}</style></head>", 1), encoding="utf-8")
        command = [*CHROMIUM, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", page.as_uri()]
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        took = time.perf_counter() - started
        assert len(Pdf.open(target).pages) > 1
    return took


def asked_again(world: data.World, packet: Packet) -> float:
    """Median seconds of the request that asks for a packet which is there already."""
    whole(packet, keep=True)
    client, taken = signed_in(world.recruiter), []
    for _ in range(PAIRS * 2):
        started = time.perf_counter()
        answer = client.post(f"/applications/{packet.application_id}/packets/", {"profile": packet.profile})
        taken.append(time.perf_counter() - started)
        assert answer["Location"] == f"/packets/{packet.pk}/"
    return median(taken)


def bare(html: str, **options: Any) -> float:
    """Seconds of WeasyPrint alone with the same parsed style sheet and fonts, kept warm as the product keeps them."""
    from weasyprint import HTML

    engine = pdf._engine()
    started = time.perf_counter()
    HTML(string=html).write_pdf(stylesheets=[engine.style], font_config=engine.fonts, **options)
    return time.perf_counter() - started
