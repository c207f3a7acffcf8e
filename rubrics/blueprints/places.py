"""Where in a document a text that was read stands: the block, and the row or line in it. Pure."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rubrics.blueprints.sections import Block


@dataclass(frozen=True)
class Place:
    """A block by its number and, in a table or a list, the row or line in it from 0; -1 for a heading as a whole."""

    block: int
    row: int = -1


@dataclass
class Texts:
    """The texts of some blocks, to be searched without regard to case, white space and signs.

    A position counts letters and digits from the first text's beginning; `alone` are those of each whole text.
    """

    joined: str = ""
    alone: dict[str, list[int]] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    @classmethod
    def of(cls, blocks: Iterable[Block]) -> "Texts":
        """The texts of the document's own blocks, in the order given."""
        texts = cls()
        parts: list[str] = []
        at = 0
        for block in blocks:
            if block.number < 0:
                continue
            for row, written in _written(block):
                text = comparable(written)
                if text:
                    texts.starts.append(at)
                    texts.alone.setdefault(text, []).append(at)
                    texts.places.append(Place(block.number, row))
                    parts.append(text)
                    at += len(text)
        texts.joined = "".join(parts)
        return texts

    def find(self, text: str, after: int = 0) -> int:
        """Where the beginning of a text stands at or behind a position; -1 where it does not."""
        beginning = comparable(text)[:ENOUGH]
        return self.joined.find(beginning, after) if beginning else -1

    def whole(self, text: str) -> list[int]:
        """Where a text is all that a cell, line or heading says; at most 20 places."""
        return self.alone.get(comparable(text), [])[:MOST_PLACES]

    def place(self, at: int) -> Place:
        """The place of a position that was found."""
        return self.places[bisect_right(self.starts, at) - 1]

    def covered(self, at: int, text: str) -> tuple[Place, ...]:
        """The places that a text which was found at a position is made of: the lines that follow as far as it says them.

        Up to two lines in between that it does not say, such as a label, do not end it.
        """
        whole = comparable(text)
        index = bisect_right(self.starts, at) - 1
        found, length, missed = [self.places[index]], self._end(index) - at, 0
        while length < len(whole) and missed < MOST_MISSED and index + 1 < len(self.starts):
            index += 1
            written = self.joined[self.starts[index] : self._end(index)]
            if written in whole:
                found.append(self.places[index])
                length += len(written)
                missed = 0
            else:
                missed += 1
        return tuple(found)

    def _end(self, index: int) -> int:
        """Where a text ends."""
        return self.starts[index + 1] if index + 1 < len(self.starts) else len(self.joined)

    def start_of_row(self, at: int) -> int:
        """Where the row of a position begins: in a table a fact may stand before its name."""
        index = bisect_right(self.starts, at) - 1
        while index > 0 and self.places[index - 1] == self.places[index]:
            index -= 1
        return self.starts[index]


ENOUGH = 60  # letters that tell one text from another
MOST_MISSED = 3  # lines in a row
MOST_PLACES = 20
SIGNS = re.compile(r"[\W_]+")


def comparable(text: str) -> str:
    """A text without anything but letters and digits, whatever their case."""
    if text.isascii():
        return text.translate(ASCII_SIGNS).lower()
    return SIGNS.sub("", text).casefold()


ASCII_SIGNS = {number: None for number in range(128) if not chr(number).isalnum()}


def _written(block: Block) -> Iterator[tuple[int, str]]:
    """Each text of a block with the row or line that it stands in."""
    if block.kind != "table":
        if block.text:
            yield -1, block.text
        for number, line in enumerate(block.lines):
            yield number, line.text
        return
    if block.text:
        yield 0, block.text
    for number, row in enumerate(block.rows):
        for cell in row:
            yield number, cell.text
