"""Plain text, as it is mailed and pasted: headings by their place and shape, lists by their bullets, tables by gaps."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rubrics.readers.page import Page
from rubrics.readers.sheet_rows import sheet_markup
from rubrics.readers.tables import MOST_COLUMNS, GridCell, nested_list, text_cell

BULLET = re.compile(r"^(\s*)(?:[-–—•*‣◦▪·●○■►▸➤→✓✔☐]\ufe0f?|\[\s?\]|o(?=\s{2}))\s+(?=\S)")
TO_WRITE_ON = re.compile(r"_{3,}")
NUMBERED = re.compile(r"^\s{0,3}(?:(?:section|part|chapter)\s+)?#?(\d{1,2})\s*[).:]\s+\S", re.IGNORECASE)
LEVEL = re.compile(r"^\s*\d{1,2}\s*(?:=|[-–—]\s)\s*(?=[^\W\d])")
COUNTED = re.compile(r"^\s{0,3}\(?(\d{1,2})[.)]\s+(?=\S)")
UNDERLINE = re.compile(r"^\s*([=~_*#-])(?:[ \t]*\1){2,}\s*$")  # also “* * *”
LEVEL_WITH_A_GAP = re.compile(r"^(\s*\d{1,2}) {2,}(?=[^\W\d])")
ENDS_IN_ROOM = re.compile(r"(?:(?:^|[\s.…]{1,8})\d{1,2}){3,}$|[_☐□○◯⬜]$|\[\s?\]$")  # for a score, a mark or a remark
GAP = re.compile(r" +\| +|\t+| {3,}")
LONGEST = 90
MOST_WORDS = 12
ENDS_A_SENTENCE = re.compile(r"[.;,!?]$")


@dataclass(frozen=True)
class _Line:
    """A line and what stands around it: whether it is the first after an empty one, and the one below it."""

    text: str
    first: bool
    below: str

    @property
    def stripped(self) -> str:
        return self.text.strip()

    @property
    def is_empty(self) -> bool:
        return not self.stripped


def read(text: str) -> Page:
    """The page of a text; where no line heads a section, it has none."""
    lines = _lines(text)
    levels = _levels(lines)
    return Page("".join(_markup(lines, levels)))


def has_headings(text: str) -> bool:
    """Whether some line looks like the number and name of a section."""
    return sum(1 for line in _lines(text) if _is_numbered(line)) > 1


def _lines(text: str) -> list[_Line]:
    written = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    written = ["" if _is_underline(line) else line.rstrip() for line in written]
    written = _with_levels_written_out(written)
    above = ["", *written]
    below = [*written[1:], ""]
    return [_Line(line, not above[index].strip(), below[index].strip()) for index, line in enumerate(written)]


def _with_levels_written_out(written: list[str]) -> list[str]:
    """The lines, of which two after each other that begin with a number and a gap are levels: “5  Leads”."""
    out = list(written)
    for index, (above, below) in enumerate(pairwise(written)):
        if LEVEL_WITH_A_GAP.match(above) and LEVEL_WITH_A_GAP.match(below):
            out[index] = LEVEL_WITH_A_GAP.sub(r"\1 – ", above)
            out[index + 1] = LEVEL_WITH_A_GAP.sub(r"\1 – ", below)
    return out


def _is_underline(line: str) -> bool:
    return len(line) < 200 and UNDERLINE.match(line) is not None


# --- headings ---


def _levels(lines: list[_Line]) -> dict[int, int]:
    """The level of each line that is a heading, by its index: sections stand above what is below them."""
    crowded = _numbered_without_room(lines)
    headings = crowded | _labels_of_lists(lines) | _headings(lines)
    numbered = {index for index in headings if _is_numbered(lines[index])}
    numbered |= crowded
    capitals = {index for index in headings if lines[index].stripped.isupper()}
    sections = numbered if len(numbered) > 1 else capitals
    if len(sections) < 2:
        sections = headings
    levels = {index: 3 - (index in sections) for index in headings}
    title = _first_written(lines)
    if title not in numbered and _is_a_title(lines, title):
        levels[title] = 1
    return levels


def _headings(lines: list[_Line]) -> set[int]:
    if len(lines) < 2:
        return set()
    return {index for index, line in enumerate(lines) if _is_heading(line)}


def _first_written(lines: list[_Line]) -> int:
    """The index of the first line with a word, or 0."""
    return next((index for index, line in enumerate(lines) if not line.is_empty), 0)


def _numbered_without_room(lines: list[_Line]) -> set[int]:
    """Numbered lines that head a section though no empty line stands above them: they count up, with text between."""
    found: dict[int, int] = {}
    for index, line in enumerate(lines):
        number = NUMBERED.match(line.text)
        above = lines[index - 1].text if index else ""
        in_a_list = NUMBERED.match(above) or NUMBERED.match(line.below) or not line.below
        if number and not in_a_list and _is_short(line.stripped):
            found[index] = int(number.group(1))
    numbers = list(found.values())
    if len(numbers) < 2:
        return set()
    counts_up = all(above < below for above, below in pairwise(numbers))
    return set(found) if counts_up else set()


def _labels_of_lists(lines: list[_Line]) -> set[int]:
    """Short lines with a colon at their end, right above a list."""
    return {index for index, line in enumerate(lines) if _labels_a_list(line)}


def _labels_a_list(line: _Line) -> bool:
    if BULLET.match(line.text) or not BULLET.match(line.below):
        return False
    text = line.stripped
    return text.endswith(":") and ": " not in text and _is_short(text)


def _is_short(text: str) -> bool:
    return len(text) <= LONGEST and len(text.split()) <= MOST_WORDS and not ENDS_A_SENTENCE.search(text)


def _is_a_title(lines: list[_Line], index: int) -> bool:
    """Whether the first line stands alone, or right above a numbered one, with something below it."""
    line = lines[index]
    below = any(not other.is_empty for other in lines[index + 1 :])
    alone = not line.below or bool(NUMBERED.match(line.below))
    return below and alone and _has_a_headings_shape(line)


def _is_heading(line: _Line) -> bool:
    """Whether a line heads what follows; one with a colon inside, or that goes on below, says something itself."""
    if not _has_a_headings_shape(line) or _begins_a_list(line):
        return False
    if _is_numbered(line):
        return True
    has_a_text = ": " in line.stripped and not BRACKETED.sub("", line.stripped).isupper()
    return not has_a_text and not line.below[:1].islower()


BRACKETED = re.compile(r"\([^()]*\)")


def _has_a_headings_shape(line: _Line) -> bool:
    """A short line after an empty one that is no sentence, no item and no row."""
    text = line.stripped
    if not text or not line.first or BULLET.match(line.text) or GAP.search(text) or TO_WRITE_ON.search(text):
        return False
    if ends_in_room(text):
        return False
    if not _is_short(text):
        return False
    return any(map(str.isalpha, text))


def _is_numbered(line: _Line) -> bool:
    short = len(line.stripped) <= LONGEST and not ENDS_A_SENTENCE.search(line.stripped)
    return line.first and short and not _begins_a_list(line) and bool(NUMBERED.match(line.text))


def _begins_a_list(line: _Line) -> bool:
    """Whether another line with a number, or another level, follows at once."""
    return any(sign.match(line.text) and sign.match(line.below) for sign in (COUNTED, LEVEL))


# --- the rest ---


def _markup(lines: list[_Line], levels: dict[int, int]) -> Iterator[str]:
    index = 0
    while index < len(lines):
        if index in levels:
            text = html.escape(lines[index].stripped.rstrip(":"))
            yield f"<h{levels[index]}>{text}</h{levels[index]}>"
            index += 1
        elif lines[index].is_empty:
            index += 1
        else:
            end = _end_of_run(lines, levels, index)
            yield _run([line.text for line in lines[index:end]])
            index = end


def _end_of_run(lines: list[_Line], levels: dict[int, int], start: int) -> int:
    """The index after the lines of one kind that begin at `start`: items, rows of a table, or a paragraph."""
    kind = _kind(lines[start].text)
    end = start + 1
    while end < len(lines) and end not in levels and _goes_on(lines[end], kind):
        end += 1
    return end


def _kind(text: str) -> str:
    if BULLET.match(text):
        return "list"
    if COUNTED.match(text):
        return "counted"
    return "table" if GAP.search(text.strip()) else "text"


def _goes_on(line: _Line, kind: str) -> bool:
    """Whether a line belongs to what was begun; an item may be wrapped, below its bullet."""
    if line.is_empty:
        return False
    found = _kind(line.text)
    is_wrapped = found == "text" and line.text[:1].isspace() and not ends_in_room(line.text)
    if kind in {"list", "counted"} and is_wrapped:
        return True
    return found == kind


def _run(lines: list[str]) -> str:
    kind = _kind(lines[0])
    if kind == "list":
        return "".join(_list(lines))
    if kind == "counted" and _counts_up(lines):
        return "<ol>" + "".join(f"<li>{html.escape(item)}</li>" for item in _counted(lines)) + "</ol>"
    if kind == "table" and len(lines) > 1:
        return sheet_markup([_cells(line) for line in lines])
    return "<p>" + "".join(_broken(lines)) + "</p>"


def ends_in_room(line: str) -> bool:
    """Whether a line ends in room for a score, a mark or a remark.

    The next one does not go on with it.
    """
    return ENDS_IN_ROOM.search(line[-LONGEST:]) is not None


def _broken(lines: list[str]) -> Iterator[str]:
    """The lines of a paragraph; one that ends in room for a score is not wrapped."""
    for line, below in pairwise([*lines, ""]):
        yield html.escape(line)
        if below:
            yield "<br>" if ends_in_room(line) else "\n"


def _counts_up(lines: list[str]) -> bool:
    """Whether lines are numbered from 1 on, two at least."""
    found = [COUNTED.match(line) for line in lines]
    numbers = [int(number[1]) for number in found if number is not None]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))


def _counted(lines: list[str]) -> list[str]:
    """The items of a numbered list, without their numbers and with the lines that go on below them."""
    items: list[str] = []
    for line in lines:
        found = COUNTED.match(line)
        if found is None:
            items[-1] += " " + line.strip()
        else:
            items.append(line[found.end() :].strip())
    return items


def _cells(line: str) -> list[GridCell]:
    parts = GAP.split(line.strip(" \t|"), MOST_COLUMNS)
    return [text_cell(part) for part in parts]


def _list(lines: list[str]) -> Iterator[str]:
    """The items of a list, each at the depth that its indent gives."""
    indents: list[int] = []
    items: list[tuple[int, list[str]]] = []
    for line in lines:
        found = BULLET.match(line)
        if found is None:
            items[-1][1].append(line.strip())
            continue
        indent = len(found.group(1).expandtabs(4))
        while indents and indent < indents[-1]:
            indents.pop()
        if not indents or indent > indents[-1]:
            indents.append(indent)
        items.append((len(indents), [line[found.end() :].strip()]))
    yield from nested_list([(depth, html.escape(" ".join(parts))) for depth, parts in items])
