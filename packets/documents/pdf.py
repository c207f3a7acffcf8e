"""HTML to a tagged PDF. WeasyPrint is imported only here, by whoever renders: never in a web process."""

import atexit
import gc
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from packets.documents.markup import tree
from packets.documents.typesetting import prepare
from packets.documents.unprinted import Unprinted, note_on, tell, unprinted_of

STATIC = Path(__file__).resolve().parents[2] / "static"
STYLE = STATIC / "packets" / "packet.css"
FONTS = {f"font:{path.name}": path for path in sorted((STATIC / "vendor" / "noto").glob("*.ttf"))}
SIZES = {"a4": "A4", "letter": "letter"}


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF, from which a program reads the packet back."""

    name: str
    description: str
    content: bytes


class Engine(NamedTuple):
    """Made once for each paper in a process: fonts, style sheet, and a document's reader."""

    fonts: Any
    style: Any
    document: Callable[..., Any]


class Rendered(NamedTuple):
    """A document's bytes, and the signs in it for which no font has a picture."""

    content: bytes
    unprinted: tuple[Unprinted, ...]


@cache
def _engine(paper: str = "a4") -> Engine:
    from cssselect2 import ElementWrapper
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class RefuseAll(URLFetcher):  # type: ignore[misc] # the package ships no types
        """A packet loads nothing: any address in its text is refused, the rest printed."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            raise ValueError("a packet loads nothing from outside")

    class OwnFonts(RefuseAll):
        """The style sheet loads the fonts that we ship, and nothing else."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            if url not in FONTS:
                return super().fetch(url, headers)
            return URLFetcherResponse(url, FONTS[url].read_bytes())

    class Written(HTML):  # type: ignore[misc] # the package ships no types
        """HTML that our own templates wrote: read in C, and styled by our sheet alone.

        WeasyPrint's own sheet for all of HTML gives every element a style for each of
        its six kinds of notes and markers, which takes as long as the rest of the
        styles together.
        """

        def __init__(self, html: str, words: str = "") -> None:
            root = tree(html)
            tell(root, words)
            prepare(root)
            self.base_url = None
            self.url_fetcher = RefuseAll()
            self.media_type = "print"
            self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return []

    fonts = FontConfiguration()
    style = STYLE.read_text(encoding="utf-8").replace("size: A4", f"size: {SIZES[paper]}")
    # The font folder is removed while there is still an interpreter to do it.
    atexit.register(_engine.cache_clear)
    return Engine(fonts, CSS(string=style, font_config=fonts, url_fetcher=OwnFonts()), Written)


def render(
    html: str,
    *,
    paper: str = "a4",
    attached: Iterable[Attached] = (),
    dated: datetime | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> Rendered:
    """The PDF of the HTML: PDF/UA-1, and PDF/A-3b as well where files are attached. The
    same input gives the same bytes.

    Where a sign cannot be printed the document says so in its element `unprinted`, and
    claims to be neither. `dated` is the moment that the attached files bear.
    """
    engine = _engine(paper)
    files = tuple(attached)
    collecting = gc.isenabled()
    gc.disable()
    try:
        written = _written(engine, engine.document(html), files, dated, progress=progress)
        if not written.unprinted:
            return written
        words = note_on(written.unprinted, archival=bool(files))
        again = _written(engine, engine.document(html, words), files, dated, claims=False)
        return Rendered(again.content, written.unprinted)
    finally:
        if collecting:
            gc.enable()


def warm_up(paper: str) -> None:
    """Have this process, and those that fork from it, hold all that a first render on the paper reads."""
    render('<html lang="en"><head><title>One</title></head><body><p>One word.</p></body></html>', paper=paper)


def _written(
    engine: Engine,
    document: Any,
    attached: tuple[Attached, ...],
    dated: datetime | None,
    *,
    claims: bool = True,
    progress: Callable[[str, int], None] | None = None,
) -> Rendered:
    """The document laid out and written; with `claims` it says which standards it keeps."""
    from packets.documents.tagging import finish

    laid_out = document.render(stylesheets=[engine.style], font_config=engine.fonts)
    if progress:
        progress("Writing the file", 80)
    archival = bool(attached) and claims
    kind: dict[str, object] = {"pdf_tags": True}
    if archival:
        kind |= {"pdf_variant": "pdf/a-3b", "output_intent": ""}
    elif claims:
        kind = {"pdf_variant": "pdf/ua-1"}
    written = laid_out.write_pdf(
        finisher=lambda document, pdf: finish(document, pdf, archival=archival),
        pdf_identifier=False,
        custom_metadata=True,
        attachments=[_attachment(row, dated) for row in attached],
        **kind,
    )
    return Rendered(_identified(written), unprinted_of(laid_out))


def _attachment(row: Attached, dated: datetime | None) -> Any:
    from weasyprint import Attachment

    return Attachment(
        string=row.content,
        name=row.name,
        description=row.description,
        created=dated,
        modified=dated,
        relationship="Data",
    )


def _identified(written: bytes) -> bytes:
    """The file with an identifier of its bytes, which costs the library twice the work."""
    before, name, after = written.rpartition(b"/Type /XRef")
    digest = hashlib.sha256(written).hexdigest()[:32].encode()
    return b"".join((before, name, b"/ID [<", digest, b"><", digest, b">]", after))
