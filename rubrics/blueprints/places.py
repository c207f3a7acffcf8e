"""Where in a document a text that was read stands: the block, and the row or line in it. Pure."""

import re
from bisect import bisect_left, bisect_right
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

    A position counts letters and digits from the first text's beginning.
    """

    joined: str = ""
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
        wanted = comparable(text)
        found: list[int] = []
        at = self.joined.find(wanted) if wanted else -1
        for _ in range(MOST_TRIED):
            if at < 0 or len(found) == MOST_PLACES:
                break
            if self._begins(at) and self._begins(at + len(wanted)):
                found.append(at)
            at = self.joined.find(wanted, at + 1)
        return found

    def _begins(self, at: int) -> bool:
        """Whether a text begins at a position, or all end there."""
        index = bisect_left(self.starts, at)
        return at == len(self.joined) or self.starts[index : index + 1] == [at]

    def place(self, at: int) -> Place:
        """The place of a position that was found."""
        return self.places[bisect_right(self.starts, at) - 1]

    def start_of_row(self, at: int) -> int:
        """Where the row of a position begins: in a table a fact may stand before its name."""
        index = bisect_right(self.starts, at) - 1
        while index > 0 and self.places[index - 1] == self.places[index]:
            index -= 1
        return self.starts[index]


ENOUGH = 60  # letters that tell one text from another
MOST_TRIED = 200
MOST_PLACES = 20
SIGNS = re.compile(r"[\W_]+")


def comparable(text: str) -> str:
    """A text without anything but letters and digits, whatever their case."""
    return SIGNS.sub("", text).casefold()


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
