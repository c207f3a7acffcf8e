"""Text nodes, lists and tables as lines.

Dashes, indents and bold beginnings are read before white space is folded.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise

from selectolax.lexbor import LexborNode

from rubrics.blueprints import words
from rubrics.blueprints.labels import label_of, rank_of, said_beside_its_rank

BREAK = "\u2028"  # a line break that the markup states; a plain one may be mere wrapping


@dataclass(frozen=True)
class Line:
    """One line of text with the list depth that its markup and dashes give (0: no list item).

    `bold` is the bold text that it begins with, perhaps after a number or a bracket.
    """

    text: str
    depth: int = 0
    bold: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell of a table.

    `span` counts its columns; 0 is the filler behind a cell that spans several.
    """

    text: str
    header: bool
    span: int = 1
    lines: tuple[Line, ...] = ()


INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
    r"|(?<=[\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\x7f])"  # joiners matter between other scripts and emoji
)
BOLD, UNBOLD = "\x01", "\x02"  # where bold text begins and ends, inside raw text only
BOLD_SIGNS = re.compile(f"[{BOLD}{UNBOLD}]")
BULLET = r"(?:[-–—•*‣◦▪·●○■►▸➤→✓✔✅❌✗🚩]\ufe0f?|&#8211;)"
DASH = re.compile(rf"^(\s*){BULLET}\s+(?=\S)")
BULLETS = re.compile(rf"^(?:[\s{BOLD}{UNBOLD}]*{BULLET}[{BOLD}{UNBOLD}]*\s+)+")
ORDINAL = re.compile(r"^\s*\(?\d{1,2}[.)]\s+(?=\S)")


def plain(text: str) -> str:
    """Without control, override and other invisible characters, white space folded."""
    hidden = not (text.isascii() and text.isprintable())
    return " ".join((INVISIBLE.sub("", text) if hidden else text).split())


def in_one_line(texts: Iterable[str]) -> str:
    """Texts that stood on lines of their own, kept apart by a semicolon where their own signs do not."""
    line = ""
    for text in texts:
        if line and text:
            line += " " if line.endswith(STOPS) else "; "
        line += text
    return line


STOPS = (".", ",", ";", ":", "!", "?", "…", "。", "；", "：", "،")


def is_placeholder(text: str) -> bool:
    """Whether a text only keeps room for one, such as “…”, “____” or “[what you saw]”."""
    return PLACEHOLDER.fullmatch(text) is not None


PLACEHOLDER = re.compile(r"[\W_]*|\[[^\[\]]*\][\s.]*|\{\{?[^{}]*\}\}?")


def unnumbered(name: str) -> str:
    """A name without the number of its place in a list or among headings."""
    return PLACE.sub("", ORDINAL.sub("", name))


PLACE = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2}){1,3}[.)]?\s+(?=[^\W\d_a-zß-ÿ])")  # “1.2 Care”


def parted(text: str) -> tuple[str, str]:
    """A name and what follows it: cut at the first colon or lone dash outside brackets."""
    name = unnumbered(text)
    found = PARTED.match(name)
    if found is None:
        return name.strip(" :"), ""
    return found.group(1).strip(" :"), found.group(2).strip()


PARTED = re.compile(r"^((?:[^():]|\([^()]*\)|:(?=\S)|[()](?=[^()]*$))*?)(?:\s*:\s|\s*：\s*|\s[–—-]\s)(.*)$")


def raw_text(node: LexborNode, skip: frozenset[str] = frozenset()) -> str:
    """The node's text with `<br>` as a line break, bold text raw, list items dashed, white space as written."""
    parts: list[str] = []
    stack: list[LexborNode | str] = list(reversed(list(node.iter(include_text=True))))
    while stack:
        child = stack.pop()
        if isinstance(child, str):
            parts.append(child)
        elif child.tag == "-text":
            parts.append(BOLD_SIGNS.sub("", child.text(deep=False) or ""))
        elif child.tag == "br":
            parts.append(BREAK)
        elif child.tag not in skip:
            before, after = AROUND.get(child.tag or "", ("", ""))
            parts.append(before)
            stack.append(after)
            stack.extend(reversed(list(child.iter(include_text=True))))
    return "".join(parts)


AROUND = {
    **dict.fromkeys(("p", "div", "tr"), (BREAK, BREAK)),
    **dict.fromkeys(("strong", "b"), (BOLD, UNBOLD)),
    **dict.fromkeys(("li", "dd"), (BREAK + "• ", BREAK)),
    "dt": (BREAK + BOLD, UNBOLD + BREAK),
    "td": ("", " "),
    "th": ("", " "),
}


def lines_of_text(raw: str) -> list[Line]:
    """Lines of a paragraph's raw text, none of them empty.

    Dash lines become list lines, by indent; mere wrapping folds into the line before.
    """
    if _is_one_plain_line(raw):
        text = " ".join(raw.split())
        return [Line(text)] if text else []
    spaced = raw.replace("\r\n", "\n").replace("\t", "    ")
    paragraph = _Paragraph()
    for stated in LONE_BULLET.sub("• ", _with_levels_apart(_shown(spaced))).split(BREAK):
        paragraph.begin_anew()
        for written in stated.split("\n"):
            paragraph.add(written)
    return paragraph.lines()


def _with_levels_apart(raw: str) -> str:
    """The text of a paragraph that is nothing but levels, each behind its label, with each on a line of its own.

    A label is bold, a number with an equals sign or a colon behind it, or a word with a colon.
    """
    named = NAME_BEFORE_NUMBER.match(raw)
    if named:
        levels = raw[named.end() :]
        apart = _with_numbers_apart(levels)
        return raw if apart == levels else f"{named.group(1)}{BREAK}{apart}"
    if NUMBERED_TEXT.match(raw):
        return _with_numbers_apart(raw)
    if WORDED_TEXT.match(raw):
        return _with_words_apart(raw)
    if not BEGINS_WITH_LABEL.match(raw):
        return raw
    labels = [label for label in BOLD_BEFORE_COLON.findall(raw) if _is_level(label)]
    if len(labels) < 2 or len(labels) < raw.count(BOLD):
        return raw
    return BEFORE_BOLD.sub(BREAK, raw)


def _with_words_apart(raw: str) -> str:
    """The text with each level's word on a line of its own: “Good: a. Poor: b.”.

    It stays as it is where it has another label.
    """
    labels = WORDED_TEXT.findall(raw)
    if len(set(labels)) < max(len(labels), 2) or any(rank_of(label) is None for label in labels):
        return raw
    return BEFORE_WORD.sub(BREAK, raw)


WORDED_TEXT = re.compile(r"(?:^\s*|(?<=[.;|])\s+)([^\W\d_][^:=.;|]{1,30})\s?:\s+(?=[^\W\d_])")
BEFORE_WORD = re.compile(r"(?:(?<=\.)|\s*[;|])\s+(?=[^\W\d_][^:=.;|]{1,30}:\s)")


def _with_numbers_apart(raw: str) -> str:
    """The text with each of its numbers on a line of its own, where they go up or down by the same step."""
    numbers = [int(number) for number in NUMBERED_TEXT.findall(raw)]
    steps = {above - below for below, above in pairwise(numbers)}
    if len(numbers) < 3 or len(steps) > 1 or not steps & {1, -1, 2, -2}:
        return raw
    texts = NUMBERED_TEXT.split(raw)[2::2]
    named = [text for text in texts if rank_of(text.strip(" ;,.|")) is not None]
    if len(named) * 2 > len(texts):
        return raw  # “1 = poor, 2 = fair” states the scale
    return BEFORE_NUMBER.sub(BREAK, raw)


NUMBERED_TEXT = re.compile(r"(?:^\s*|(?<=[;,.|])\s+)(\d{1,2})\s?[=:]\s?(?=[^\W\d_][^=;]{3})")
NAME_BEFORE_NUMBER = re.compile(  # “Tone: 1 = cold; 2 = correct; 3 = warm”
    rf"^(\s*{BOLD}?[^\W\d_][^:=;.!?{BOLD}{UNBOLD}]{{1,50}}:?{UNBOLD}?)\s*[:–—-]?\s+(?=\d{{1,2}}\s?[=:]\s?[^\W\d_])"
)
BEFORE_NUMBER = re.compile(r"(?<!\s)\s*[;,|]\s+(?=\d{1,2}\s?[=:]\s?[^\W\d_])|(?<=\.)\s+(?=\d{1,2}\s?[=:]\s?[^\W\d_])")


def _is_level(label: str) -> bool:
    found = label_of(label)
    return found.rank is not None or found.kind in {"digit", "band"}


BOLD_BEFORE_COLON = re.compile(f"{BOLD}([^{BOLD}{UNBOLD}:]{{1,60}})(?::\\s?{UNBOLD}|{UNBOLD}\\s?:)")
BEGINS_WITH_LABEL = re.compile(f"\\s*{BOLD_BEFORE_COLON.pattern}")
BEFORE_BOLD = re.compile(f"(?<=[^\\s{BREAK}])\\s+(?={BOLD})")


def _is_one_plain_line(raw: str) -> bool:
    """Most texts are: nothing in them marks a line, a list or bold text."""
    if any(sign.match(raw) for sign in (DASH, NUMBERED_TEXT, WORDED_TEXT, NAME_BEFORE_NUMBER, FRAMED)):
        return False
    return raw.isascii() and raw.isprintable()


@dataclass
class _Paragraph:
    """A paragraph while it is read: `pieces` are its lines, each a depth and what was written of it."""

    pieces: list[tuple[int, list[str]]] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)
    anew: bool = True

    def begin_anew(self) -> None:
        """What comes next stands on a line of its own: the markup said so."""
        self.anew = True

    def add(self, written: str) -> None:
        """Take what stands between two line feeds: a line of its own, or more of the line before."""
        if not BOLD_SIGNS.sub("", written).strip():
            self._add_marks(written)
            return
        dash = DASH.match(BOLD_SIGNS.sub("", written[:80]))
        if dash:
            self.pieces.append((self._depth(len(dash.group(1))), [_undashed(written)]))
        elif self.anew or not self.pieces or _starts_anew(self.pieces[-1][1][-1], written):
            self.pieces.append((0, [written]))
        else:
            self.pieces[-1][1].append(written)
        self.anew = False

    def _add_marks(self, written: str) -> None:
        """Bold text may begin or end where nothing else is written."""
        if written and self.pieces:
            self.pieces[-1][1].append(written)

    def _depth(self, indent: int) -> int:
        """The depth of a dash line, counted from 1: deeper than every line that is indented less."""
        while self.indents and indent < self.indents[-1]:
            self.indents.pop()
        if not self.indents or indent > self.indents[-1]:
            self.indents.append(indent)
        return len(self.indents)

    def lines(self) -> list[Line]:
        found = (_line(depth, " ".join(parts)) for depth, parts in self.pieces)
        return [line for line in found if line.text]


LONE_BULLET = re.compile(r"•\s+")  # an item's text may begin on a line, or in a paragraph, of its own


def _shown(raw: str) -> str:
    """Without invisible characters, but for the signs of bold text."""
    return INVISIBLE.sub(_sign_of_bold, raw)


def _sign_of_bold(found: re.Match[str]) -> str:
    return found.group() if found.group() in (BOLD, UNBOLD) else ""


def _undashed(written: str) -> str:
    """The line without its bullets; one inside bold text is cut out of it."""
    bullets = BULLETS.match(written)
    if bullets is None:
        return written
    rest = written[bullets.end() :]
    inside_bold = bullets.group().count(BOLD) > bullets.group().count(UNBOLD)
    return BOLD + rest if inside_bold else rest


def _line(depth: int, raw: str) -> Line:
    """A line with the bold text that it begins with (runs with nothing but white space between them are one)."""
    text = plain(BOLD_SIGNS.sub("", raw))
    framed = FRAMED.match(text)
    if framed:
        return Line(framed.group(2), depth, framed.group(2))
    leading = LEADING_BOLD.match(raw)
    bold = plain(BOLD_SIGNS.sub("", leading.group())) if leading else ""
    return Line(text, depth, bold)


FRAMED = re.compile(r"^\s*([-=*~#–—]{2,10})\s*(\w[^\n]{1,100}?)\s*\1\s*$")  # as bold text: “--- Teamwork ---”
LEADING_BOLD = re.compile(f"(?:\\s*{UNBOLD}?\\(?(?:\\d{{1,2}}[.)]\\s*)?{BOLD}[^{UNBOLD}]*(?:{UNBOLD}|$))+")


def _starts_anew(last: str, written: str) -> bool:
    """Whether a line after a mere line feed is one of its own.

    It is where it is all bold, begins with a label, a number or a level (“Weak - waits”), or comes after a colon.
    """
    stripped = written.strip()
    if stripped.startswith(BOLD) and BOLD_LABEL.match(stripped):
        return True
    text = BOLD_SIGNS.sub("", written).strip()
    if LABELLED.match(text) or ORDINAL.match(text) or NUMBERED_LEVEL.match(text) or _begins_with_a_rank(text):
        return True
    return BOLD_SIGNS.sub("", last).rstrip().endswith(":")


def _begins_with_a_rank(text: str) -> bool:
    found = BEFORE_A_DASH.match(text)
    return found is not None and rank_of(found.group(1)) is not None and not said_beside_its_rank(found.group(1))


BEFORE_A_DASH = re.compile(r"^([^\W\d_][\w' ]{1,30}?)\s+[-–—]\s+\S")
BOLD_LABEL = re.compile(f"^{BOLD}[^{UNBOLD}]*(?:{UNBOLD}\\s*(?:$|[:(\\[–—]|-\\s)|$|:{UNBOLD})")
LABELLED = re.compile(r"^[^\s:][^:]{1,40}:\s")
NUMBERED_LEVEL = re.compile(r"^\d{1,2}\s*(?:[-–—=]\s+|:\s*)(?=[^\W\d_])")  # “3: solid”, and not a range


LISTS = frozenset({"ul", "ol"})
LISTS_AND_TABLES = LISTS | {"table"}
DEEPEST_LIST = 12
MOST_ROWS = 5000
MOST_CELLS = 60


def list_lines(node: LexborNode, depth: int = 1) -> Iterator[Line]:
    """The lines of a list and of the lists inside it, from `depth` (1: the outermost) to 12.

    Whatever is deeper is one line.
    """
    if depth > DEEPEST_LIST:
        yield Line(plain(node.text()), depth)
        return
    for item in node.iter():
        if item.tag in LISTS:
            yield from list_lines(item, depth + 1)
        else:
            yield from _item_lines(item, depth)


def _item_lines(item: LexborNode, depth: int) -> Iterator[Line]:
    own = lines_of_text(raw_text(item, LISTS_AND_TABLES))
    first = own[0].depth if own else 0
    for index, line in enumerate(own):
        yield Line(line.text, depth + _inset(line, index, first), line.bold)
    for nested in item.iter():
        if nested.tag in LISTS:
            yield from list_lines(nested, depth + 1)


def _inset(line: Line, index: int, first: int) -> int:
    """How much deeper than its item a line stands: by its dash, else one step if it is not the item's first."""
    if first and line.depth:
        return max(line.depth - first, 0)
    return max(line.depth - first, min(index, 1))


Row = tuple[Cell, ...]
Spanning = dict[int, tuple[int, Cell]]  # by column: a cell, and the number of rows that it still reaches into


def rows_of(table: LexborNode) -> list[Row]:
    """The table's rows that have cells, at most 5,000 of at most 60 written cells each."""
    rows: list[Row] = []
    spanning: Spanning = {}
    for node in islice(own_rows(table), MOST_ROWS):
        row, spanning = _row(node, spanning)
        rows.append(row)
    return [row for row in rows if row]


def own_rows(table: LexborNode) -> Iterator[LexborNode]:
    """The table's rows, not those of a table inside one of its cells."""
    for child in table.iter():
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from (row for row in child.iter() if row.tag == "tr")


def _row(node: LexborNode, spanning: Spanning) -> tuple[Row, Spanning]:
    """One row with the cells that reach into it from above, and what reaches into the rows below.

    A column span repeats nothing but counts.
    """
    above = dict(spanning)
    below: Spanning = {}
    written = [child for child in node.iter() if child.tag in {"td", "th"}]
    waiting = deque(written[:MOST_CELLS])
    out: list[Cell] = []
    while waiting or len(out) in above:
        column = len(out)
        if column in above:
            rows, cell = above.pop(column)
            out.append(cell)
        else:
            next_node = waiting.popleft()
            rows, cell = _number(next_node, "rowspan"), _cell(next_node)
            out.append(cell)
            out.extend([Cell("", cell.header, 0)] * (cell.span - 1))
        if rows > 1:
            below[column] = (rows - 1, cell)
    return tuple(out), above | below


def _cell(node: LexborNode) -> Cell:
    lines = tuple(lines_of_text(raw_text(node)))
    text = " ".join(line.text for line in lines)
    shown = "" if BLANK.match(text) else text
    return Cell(shown, node.tag == "th", _number(node, "colspan"), lines)


BLANK = re.compile(r"^[-–—]*$|^n\s*/\s*a\.?$", re.IGNORECASE)


def _number(node: LexborNode, name: str) -> int:
    """How many rows or columns a cell takes: 1 to 30; 1 where it does not say."""
    value = (node.attributes.get(name) or "1").strip()
    if len(value) > 3 or not value.isdigit():
        return 1
    return min(max(int(value), 1), 30)


def is_bold_line(line: Line) -> bool:
    """Whether all of a short line (below 120 characters) is bold, but for a colon or a number in brackets at its end."""
    short = bool(line.bold) and len(line.text) < 120
    if not short:
        return False
    return line.bold.rstrip(": ") in {line.text.rstrip(": "), BRACKETED_NUMBER.sub("", line.text).rstrip(": ")}


BRACKETED_NUMBER = re.compile(r"\s*\([^()]{0,20}\d[^()]{0,20}\)\W*$")  # points, a weight or a time


def table_lines(rows: tuple[Row, ...]) -> list[Line]:
    """One line of depth 1 per row; without a row that heads the columns."""
    if not rows:
        return []
    body = rows[1:] if _heads_table(rows[0]) else rows
    texts = [_row_text(row) for row in body]
    return [Line(text, 1) for text in texts if text]


def _row_text(row: Row) -> str:
    return " – ".join(cell.text for cell in row if cell.text)


def _heads_table(row: Row) -> bool:
    if words.TABLE_HEAD.search(row[0].text):
        return True
    written = [cell for cell in row if cell.text]
    return all(cell.header for cell in written)


def opens_bold(line: Line) -> bool:
    """Whether the line's very beginning is bold."""
    return bool(line.bold) and line.text.startswith(line.bold)


def split_name(line: Line) -> tuple[str, str]:
    """A name and what follows it: at the end of the bold text, else at the first colon or dash."""
    if not opens_bold(line):
        return parted(line.text)
    name, rest = line.bold, line.text[len(line.bold) :]
    return unnumbered(name).strip(" :：–—-"), rest.lstrip(" :：–—-").rstrip(" –—-")


def outside_brackets(text: str, separators: str) -> list[str]:
    """The text cut at each separator (one character each) that stands outside brackets and quotation marks."""
    parts: list[str] = []
    depth = start = 0
    quoted = _quoted(text)
    for index, sign in enumerate(text):
        if sign in "([{（":
            depth += 1
        elif sign in ")]}）" and depth > 0:
            depth -= 1
        if sign in separators and depth == 0 and index not in quoted:
            parts.append(text[start:index])
            start = index + 1
    return [*parts, text[start:]]


QUOTATION = re.compile(r"“[^“”]{0,300}”|„[^„“”]{0,300}[“”]|«[^«»]{0,300}»|\"[^\"]{0,300}\"")


def _quoted(text: str) -> set[int]:
    """The places inside quotation marks."""
    spans = (found.span() for found in QUOTATION.finditer(text))
    return {index for start, end in spans for index in range(start, end)}


def with_following(lines: Iterable[Line]) -> Iterator[tuple[Line, Line]]:
    """Each line with the next one; an empty line of depth 0 follows the last."""
    return pairwise([*lines, Line("")])
