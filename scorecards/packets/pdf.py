"""HTML to a tagged PDF. WeasyPrint is imported only here, inside the worker's task."""

import atexit
import gc
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from scorecards.packets.markup import tree

STATIC = Path(__file__).resolve().parents[2] / "static"
STYLE = STATIC / "print" / "packet.css"
FONTS = {f"font:{path.name}": path for path in sorted((STATIC / "vendor" / "noto").glob("*.ttf"))}
SIZES = {"a4": "A4", "letter": "letter"}


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF, from which a program reads the packet back."""

    name: str
    description: str
    content: bytes


class Engine(NamedTuple):
    """What is made once in a process for each size of paper: fonts, style sheet, and how a document is read."""

    fonts: Any
    style: Any
    document: Callable[[str], Any]


@cache
def _engine(paper: str = "a4") -> Engine:
    from cssselect2 import ElementWrapper
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class RefuseAll(URLFetcher):  # type: ignore[misc] # the package ships no types
        """A packet loads nothing: whatever address its text names is refused, and the rest is printed."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError("a packet loads nothing from outside")

    class OwnFonts(RefuseAll):
        """The style sheet loads the fonts that we ship, and nothing else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in FONTS:
                return super().fetch(url, headers)
            return URLFetcherResponse(url, FONTS[url].read_bytes())

    class Written(HTML):  # type: ignore[misc] # the package ships no types
        """HTML that our own templates wrote: read in C, and styled by our sheet alone.

        WeasyPrint's own sheet for all of HTML gives every element a style for each of its six kinds of notes and
        markers, which takes as long as the rest of the styles together.
        """

        def __init__(self, html: str) -> None:
            self.base_url = None
            self.url_fetcher = RefuseAll()
            self.media_type = "print"
            self.wrapper_element = ElementWrapper.from_html_root(tree(html), content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return []

    fonts = FontConfiguration()
    style = STYLE.read_text(encoding="utf-8").replace("size: A4", f"size: {SIZES[paper]}")
    atexit.register(_engine.cache_clear)  # the font folder is removed while there is still an interpreter to do it
    return Engine(fonts, CSS(string=style, font_config=fonts, url_fetcher=OwnFonts()), Written)


def render(
    html: str,
    *,
    paper: str = "a4",
    attached: Iterable[Attached] = (),
    dated: datetime | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> bytes:
    """The PDF/UA-1 bytes of the HTML, PDF/A-3b as well where files are attached. The same input gives the same bytes.

    `dated` is the moment that the attached files bear.
    """
    engine = _engine(paper)
    collecting = gc.isenabled()
    gc.disable()
    try:
        laid_out = engine.document(html).render(stylesheets=[engine.style], font_config=engine.fonts)
        if progress:
            progress("Writing the file", 80)
        return _written(laid_out, tuple(attached), dated)
    finally:
        if collecting:
            gc.enable()


def _written(laid_out: Any, attached: tuple[Attached, ...], dated: datetime | None) -> bytes:
    from weasyprint import Attachment

    from scorecards.packets.tagging import finish

    files = [
        Attachment(
            string=row.content,
            name=row.name,
            description=row.description,
            created=dated,
            modified=dated,
            relationship="Data",
        )
        for row in attached
    ]
    kind = {"pdf_variant": "pdf/a-3b", "pdf_tags": True, "output_intent": ""} if files else {"pdf_variant": "pdf/ua-1"}
    return _identified(
        laid_out.write_pdf(
            finisher=lambda document, pdf: finish(pdf, archival=bool(files)),
            pdf_identifier=False,
            custom_metadata=True,
            attachments=files,
            **kind,
        )
    )


def _identified(written: bytes) -> bytes:
    """The file with an identifier made of its bytes; the library would put together each object twice for one."""
    before, mark, after = written.rpartition(b"/Type /XRef")
    digest = hashlib.sha256(written).hexdigest()[:32].encode()
    return b"".join((before, mark, b"/ID [<", digest, b"><", digest, b">]", after))
