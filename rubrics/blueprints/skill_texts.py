"""The texts of one skill while it is read, field by field."""

import re
from dataclasses import dataclass, field

from rubrics.blueprints.lines import Line, Row, parted, unnumbered

IMPORTANCE = (
    r"(?:critical|important|optional|essential|required|recommended|desirable|very high|high|medium|low|must[- ]have|nice[- ]to[- ]have"
    r"|kritisch|wichtig)"
)
GRADE = rf"(?:(?:importance|priority)\s*:\s*)?({IMPORTANCE}(?:\s*(?:to|/|–|-|or)\s*{IMPORTANCE})*(?:\s*[,;(–—][^)\]]{{0,80}})?)"
KIND = r"(?:emerging|context[- ]specific|future|growing|advanced|role[- ]specific|team[- ]specific|domain[- ]specific)"
IN_BRACKETS = (
    rf"(?:(?:importance|priority)\s*:\s*)?((?:{KIND}\s*[,/;–&-]\s*)?{IMPORTANCE}"
    rf"(?:\s*(?:to|/|–|-|or|,|&|and)\s*(?:{IMPORTANCE}|{KIND}))*"
    r"(?:\s*[,;(–—/][^)\]]{0,80}|\s+(?:at|for|in|from|when|if|on)\s[^)\]]{0,60})?)"
)
GRADE_ALONE = re.compile(rf"^\W*{GRADE}\)?\W*$", re.IGNORECASE)
TRAILING = re.compile(rf"\s*[(\[]{IN_BRACKETS}[)\]]\s*\.?$", re.IGNORECASE)
LEADING = re.compile(rf"\s*[(\[]{IN_BRACKETS}[)\]]", re.IGNORECASE)


@dataclass
class Texts:
    """What was read for each field, piece by piece.

    `heading` where a heading named the skill.
    """

    parts: dict[str, list[str]] = field(default_factory=dict)
    heading: bool = False

    @classmethod
    def of(cls, values: dict[str, str], *, heading: bool = False) -> "Texts":
        return cls({name: [text] for name, text in values.items()}, heading)

    def add(self, name: str, text: str) -> None:
        self.parts.setdefault(name, []).append(text.strip())

    def get(self, name: str) -> str:
        """All that was read for the field; empty where nothing was."""
        return " ".join(text for text in self.parts.get(name, ()) if text)


def text_at(row: Row, index: int) -> str:
    """The text in a column, counted from 0; empty where the row is too short for it."""
    return row[index].text if index < len(row) else ""


def name_and_rest(line: Line, text: str) -> tuple[str, str]:
    """A skill's name and what follows it in `text`, the line or a beginning of it.

    The name ends with the bold text, and takes the importance in brackets behind it along.
    """
    if not line.bold or not text.startswith(line.bold):
        return parted(text)
    rest = text[len(line.bold) :]
    name = unnumbered(line.bold).strip(" :–—-")
    bracket = LEADING.match(rest)
    if bracket:
        name, rest = name + bracket.group(), rest[bracket.end() :]
    return name, rest.strip(" :–—-")
