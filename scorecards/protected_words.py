"""Lists of words that may name a protected characteristic, by language.

They are hints for a writer, no filter. What ships is in `wordlists/`, in the lines that
`scorecards.phrases` reads; an administrator's list replaces it.
"""

from dataclasses import dataclass
from pathlib import Path

from scorecards.models import WordList
from scorecards.phrases import Entries, readable_part

LANGUAGES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish"}
FOLDER = Path(__file__).parent / "wordlists"
SHIPPED = {language: (FOLDER / f"{language}.txt").read_text(encoding="utf-8") for language in LANGUAGES}


@dataclass(frozen=True)
class Listed:
    """The list of one language as it counts: its text, and whether it is ours."""

    language: str
    text: str
    enabled: bool = True
    is_shipped: bool = True

    @property
    def name(self) -> str:
        """The language's English name; its code where it has none here."""
        return LANGUAGES.get(self.language, self.language)

    @property
    def size(self) -> int:
        """How many words and phrases it looks for."""
        read = readable_part(self.text)
        return len(read.sought) + len(read.sure)


def listed() -> dict[str, Listed]:
    """Every list by language, also those that are switched off. One query."""
    found = {language: Listed(language, text) for language, text in SHIPPED.items()}
    for row in WordList.objects.order_by("language"):
        text = row.words or SHIPPED.get(row.language, "")
        found[row.language] = Listed(row.language, text, row.enabled, not row.words)
    return found


def lists() -> dict[str, Entries]:
    """What counts, by language: the lists that are switched on. One query.

    A line that cannot be read is left out.
    """
    return {row.language: readable_part(row.text) for row in listed().values() if row.enabled}


def shipped_lists() -> dict[str, Entries]:
    """The lists that ship, without a look at the database."""
    return {language: readable_part(text) for language, text in SHIPPED.items()}
