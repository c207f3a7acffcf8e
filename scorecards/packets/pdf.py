"""HTML to a tagged PDF. WeasyPrint is imported only here, inside the worker's task."""

import gc
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

STYLE = Path(__file__).resolve().parents[2] / "static" / "print" / "packet.css"


@cache
def _engine() -> tuple[Any, Any, Any]:
    """Font configuration, parsed style sheet and URL fetcher, made once in a process."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    class RefuseAll(URLFetcher):  # type: ignore[misc] # the package ships no types
        """A packet loads nothing: whatever address its text names is refused, and the rest is printed."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError("a packet loads nothing from outside")

    refuse = RefuseAll()
    fonts = FontConfiguration()
    return fonts, CSS(string=STYLE.read_text(encoding="utf-8"), font_config=fonts, url_fetcher=refuse), refuse


def render(html: str, *, progress: Callable[[str, int], None] | None = None) -> bytes:
    """The PDF/UA-1 bytes of the HTML; the same HTML gives the same bytes."""
    from weasyprint import HTML

    fonts, style, fetcher = _engine()
    collecting = gc.isenabled()
    gc.disable()
    try:
        laid_out = HTML(string=html, url_fetcher=fetcher).render(stylesheets=[style], font_config=fonts)
        if progress:
            progress("Writing the file", 80)
        return bytes(laid_out.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"evenhand", custom_metadata=True))
    finally:
        if collecting:
            gc.enable()
