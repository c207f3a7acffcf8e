"""What reading a document costs as it grows, in every format, and what its preview costs beside the bare converter."""

import gc
import json
import resource
from collections.abc import Callable
from math import log
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile

from rubrics.blueprints.files import open_file
from rubrics.readers import choice
from tests.bench import data
from tests.bench.figures import Figure
from tests.bench.pages import signed_in
from tests.rubrics.office_files import Block, docx, html_file, ods, odt, xlsx
from tests.rubrics.role_documents import plan_of_file

MEGABYTE = 1_000_000
LARGEST = 5 * MEGABYTE  # characters
STEPS = 4  # the smaller document has this part of the larger one's size
ROUNDS = 3  # of which the least counts, whatever the size
WORDS = [
    "care",
    "order",
    "paper",
    "shelf",
    "lends",
    "reads",
    "keeps",
    "mends",
    "asks",
    "tells",
    "waits",
    "opens",
    "closes",
    "counts",
    "sorts",
    "finds",
]
LEVELS = ("1", "3", "5")


def measure(world: data.World) -> list[Figure]:
    figures = _previews(world)
    for name, write in WRITERS.items():
        figures += _growth(name, write)
    return figures + _pdf_growth()


# --- documents ---


def _sentence(random: Random, words: int) -> str:
    return " ".join(random.choices(WORDS, k=words)).capitalize() + "."


def _blocks(size: int) -> list[Block]:
    """A role's document of about so many characters: prose and lists, then its scorecard."""
    random = Random(size)
    blocks: list[Block] = [("h1", "Librarian: Role Blueprint"), ("h2", "1) Role Summary")]
    written = 0
    while written < size:
        paragraph = _sentence(random, 60)
        items = [_sentence(random, 12) for _ in range(6)]
        blocks += [("h3", _sentence(random, 4)), ("p", paragraph), ("ul", items)]
        written += len(paragraph) + sum(map(len, items))
    rows = [(f"Criterion {number}", *(_sentence(random, 8) for _ in LEVELS)) for number in range(8)]
    blocks += [("h2", "2) Hiring Evaluation Criteria"), ("h3", "Scorecard"), ("table", [("Criterion", *LEVELS), *rows])]
    return blocks


def _rows(size: int) -> list[tuple[str, ...]]:
    """A sheet of about so many characters, from 8 to 400 rows, since a rubric has no thousands."""
    random = Random(size)
    count = min(max(size // 1_000, 8), 400)
    words = max(size // (count * len(LEVELS) * 6), 1)
    rows = [(f"Criterion {number}", *(_sentence(random, words) for _ in LEVELS)) for number in range(count)]
    return [("Criterion", *LEVELS), *rows]


def _post(size: int) -> bytes:
    markup = html_file(_blocks(size)).decode()
    return json.dumps({"title": {"rendered": "Librarian"}, "content": {"rendered": markup}}).encode()


def _markdown(size: int) -> bytes:
    return "\n\n".join(_markdown_block(kind, content) for kind, content in _blocks(size)).encode()


def _markdown_block(kind: str, content: object) -> str:
    if kind == "ul" and isinstance(content, list):
        return "\n".join(f"- {item}" for item in content)
    if kind == "table" and isinstance(content, list):
        head, *rows = ("| " + " | ".join(row) + " |" for row in content)
        return "\n".join([head, "|-" * len(content[0]) + "|", *rows])
    level = int(kind[1]) if kind.startswith("h") else 0
    return f"{'#' * level} {content}".strip()


def _separated(size: int) -> bytes:
    return "\n".join(";".join(row) for row in _rows(size)).encode()


def _rubric(size: int) -> bytes:
    dimensions = []
    for number, (name, *texts) in enumerate(_rows(size)[1:]):
        anchors = dict(zip(LEVELS, texts, strict=True))
        dimensions.append({"key": f"c-{number}", "name": name, "weight": None, "anchors": anchors})
    return json.dumps({"format": "evenhand-rubric/1", "title": "Librarian", "dimensions": dimensions}).encode()


def _pdf(size: int) -> bytes:
    from weasyprint import HTML

    sheet = "<style>@page{size:A4} td,th{border:1px solid}</style>"
    return bytes(HTML(string=sheet + html_file(_blocks(size)).decode()).write_pdf())


WRITERS: dict[str, Callable[[int], bytes]] = {
    "HTML": lambda size: html_file(_blocks(size)),
    "WordPress": _post,
    "Markdown": _markdown,
    "text": _markdown,
    "Word": lambda size: docx(_blocks(size)),
    "OpenDocument": lambda size: odt(_blocks(size)),
    "Excel": lambda size: xlsx({"Scorecard": _rows(size)}),
    "ODS": lambda size: ods({"Scorecard": _rows(size)}),
    "CSV": _separated,
    "rubric JSON": _rubric,
}
ENDINGS = {"Markdown": "md", "text": "txt", "CSV": "csv"}


# --- figures ---


def _growth(name: str, write: Callable[[int], bytes]) -> list[Figure]:
    filename = f"librarian.{ENDINGS.get(name, 'x')}"
    base, less, more = (_seconds(write(size), filename) for size in (1_000, LARGEST // STEPS, LARGEST))
    return _figures(name, less - base, more - base, f"{LARGEST / MEGABYTE:g} MB of text")


def _pdf_growth() -> list[Figure]:
    """A PDF has sixty pages at most, which is about 150 kB of text."""
    base, less, more = (_seconds(_pdf(size), "librarian.pdf", rounds=1) for size in (1_000, 35_000, 140_000))
    return _figures("PDF", less - base, more - base, "0.14 MB of text")


def _figures(name: str, less: float, more: float, size: str) -> list[Figure]:
    exponent = log(more / less) / log(STEPS)
    return [
        Figure(f"reading: {name}, exponent of its growth", exponent, most=1.2),
        Figure(f"reading: {name}, {size}", more, "s"),
    ]


def _previews(world: data.World) -> list[Figure]:
    """The page that shows an ordinary file and what it says, beside its bare reader, which gives markup."""
    client = signed_in(world.recruiter)
    figures = []
    for name, ending in ORDINARY.items():
        content = _pdf(ORDINARY_SIZE) if name == "PDF" else WRITERS[name](ORDINARY_SIZE)
        filename = f"librarian.{ending}"

        def preview(content: bytes = content, filename: str = filename) -> None:
            sent = {"file": SimpleUploadedFile(filename, content)}
            response = client.post("/rubrics/import/", sent)
            assert response.status_code == 200
            assert b'id="document"' in response.content

        def read(content: bytes = content, filename: str = filename) -> None:
            choice.read(content, filename=filename)

        preview()
        ratio = _least(preview) / _least(read)
        figures.append(
            Figure(f"reading: preview of a file of {name} beside its document, of its bare reader", ratio, most=1.5)
        )
    return figures


ORDINARY = {"Word": "docx", "OpenDocument": "odt", "Excel": "xlsx", "PDF": "pdf"}
ORDINARY_SIZE = 12_000  # characters


def _seconds(content: bytes, filename: str, *, rounds: int = ROUNDS) -> float:
    """Reading and planning."""

    def read() -> None:
        assert plan_of_file(open_file(content, filename=filename)).dimensions

    return _least(read, rounds=rounds)


def _least(call: Callable[[], None], *, rounds: int = ROUNDS) -> float:
    """Seconds of the processor in this process and its children, which others on the machine do not lengthen."""
    return min(_taken(call) for _ in range(rounds))


def _taken(call: Callable[[], None]) -> float:
    gc.collect()
    gc.freeze()  # what is left of the measurements before is not gone through again
    before = _processor_seconds()
    call()
    taken = _processor_seconds() - before
    gc.unfreeze()
    return taken


def _processor_seconds() -> float:
    """By the microsecond: `os.times` counts in hundredths, of which a bare reader takes ten."""
    spent = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)
