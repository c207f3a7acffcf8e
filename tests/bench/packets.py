"""A whole packet, claim to ready file, beside the bare render of the same HTML in the same warm process."""

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from statistics import median
from typing import Any

from scorecards.gathering import debrief_sheet
from scorecards.models import Packet
from scorecards.packets import content, pdf, services
from scorecards.packets.data import attachments
from scorecards.packets.redaction import redact
from tests.bench import data
from tests.bench.figures import Figure

PAIRS = 9


def measure(world: data.World) -> list[Figure]:
    application = data.application(world, "Packet Person")
    data.submitted(world, application, data.interviewers(world, 5, first=900))
    packet = services.new_packet(application, profile="full", by=world.recruiter, wake=False)
    html = _html(packet)
    files = attachments(redact(debrief_sheet(application), packet.profile), packet.profile)
    for _ in range(2):
        whole(packet), bare(html)
    tagged = {"pdf_variant": "pdf/ua-1"}
    pairs = [
        (whole(packet), bare(html), bare(html, **tagged), finished(html), finished(html, files)) for _ in range(PAIRS)
    ]
    return [
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


def _html(packet: Packet) -> str:
    return content.packet_html(
        redact(debrief_sheet(packet.application), packet.profile),
        profile=packet.profile,
        issued_to=packet.requested_by.display_name,
        issued_at=packet.requested_at,
        fingerprint=packet.fingerprint,
        document=f"packet {packet.pk}",
    )


def whole(packet: Packet) -> float:
    """Seconds from the claim to the stored file, as the task does it."""
    Packet.objects.filter(pk=packet.pk).update(state=Packet.State.QUEUED, attempts=0)
    started = time.perf_counter()
    claimed = services.claim(packet.pk)
    assert claimed is not None
    built = services.build(claimed)
    took = time.perf_counter() - started
    assert built.state == Packet.State.READY, built.error
    built.file.storage.delete(built.file.name)
    return took


def finished(html: str, files: Iterable[pdf.Attached] = ()) -> float:
    """Seconds of the product's own render of the HTML, with all that PDF/UA, and PDF/A where files are, asks for."""
    started = time.perf_counter()
    pdf.render(html, attached=files, dated=datetime(2026, 1, 1, tzinfo=UTC))
    return time.perf_counter() - started


def bare(html: str, **options: Any) -> float:
    """Seconds of WeasyPrint alone with the same parsed style sheet and fonts, kept warm as the product keeps them."""
    from weasyprint import HTML

    fonts, style, fetcher = pdf._engine()
    started = time.perf_counter()
    HTML(string=html, url_fetcher=fetcher).write_pdf(stylesheets=[style], font_config=fonts, **options)
    return time.perf_counter() - started
