"""What every reader gives back: a page of markup, and what is to be said about it."""

from dataclasses import dataclass

from rubrics.blueprints.reading import PlanWarning

ASSUMED_HEADING = "Interview scorecard"  # of a table that stands under no heading
TAKEN = "Word, OpenDocument, Excel, CSV, PDF, HTML, Markdown, text or WordPress JSON"


class UnusableBlueprint(ValueError):
    """The file is no role blueprint; the message names the problem in one line."""


@dataclass(frozen=True)
class Page:
    """A document as markup, not clean yet, and what stands beside it.

    `title` is plain text and `url` an address; each is empty where the file has none. `name` is what to call a
    document that nothing in it names. `assumed` says that the heading above its table is ours. `rubric` is the text
    of a file in format evenhand-rubric/1, which has no markup.
    """

    markup: str
    title: str = ""
    url: str = ""
    name: str = ""
    assumed: bool = False
    rubric: str = ""
    warnings: tuple[PlanWarning, ...] = ()


@dataclass(frozen=True)
class Rows:
    """The rows that hold a word, by their number from 1, and what is to be said about the file."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    notes: tuple[str, ...] = ()


def shown_list(names: list[str], most: int = 5) -> str:
    """Names in quotation marks, at most so many of them, and how many there are besides."""
    quoted = ", ".join(f"“{name}”" for name in names[:most])
    rest = len(names) - most
    return f"{quoted} and {rest} more" if rest > 0 else quoted
