"""Dimensions that stand under headings or in lists: with levels below them, with weights, or to be rated. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from rubrics.blueprints import by_language, words
from rubrics.blueprints.labels import label_of, rank_of
from rubrics.blueprints.lines import Line, in_one_line, is_bold_line, parted, unnumbered, with_following
from rubrics.blueprints.rated_rows import DimensionRow, ReadTable
from rubrics.blueprints.reading import PlanWarning, Read
from rubrics.blueprints.sections import Block, acts_as_heading
from rubrics.blueprints.tellings import DIMENSION, SCORECARD
from rubrics.blueprints.turned import Described, as_table, described_below, has_levels, name_of
from rubrics.blueprints.weights import ALL_POINTS, points_as_weights

SIGNS = (words.RED_FLAG, words.WEAK, words.STRONG, words.GOOD_ANSWER, words.POOR_ANSWER)


def read_competencies(blocks: Iterable[Block], *, titled: bool) -> Read[ReadTable] | None:
    """The dimensions that stand outside tables of their own; None where there are none.

    The first way that finds some is taken. Below a heading that says scorecard (`titled`), weights or a request to
    rate make dimensions of a list. A heading that was told to be a dimension is one in any case.
    """
    blocks = list(blocks)
    described = _with_levels(blocks)
    told = {name_of(block.text) for block in blocks if block.told == DIMENSION}
    found = as_table(described, described[0].name) if described else None
    if found is not None and any(entry.name not in told for entry in described):
        return found
    pointed = _with_points(blocks) if titled and found is None else Read([])
    if pointed.value:
        table = ReadTable(tuple(pointed.value), (), False, pointed.value[0].name)
        return Read(table, pointed.warnings)
    for find in (
        (_sections_to_rate, _with_weights, _to_fill_in, _to_rate, _below_their_heading) if titled else (_to_fill_in,)
    ):
        rows = [row for row in find(blocks) if row.name not in told]
        if rows and found is not None:
            return replace(found, value=replace(found.value, rows=found.value.rows + tuple(rows)))
        if rows:
            return Read(ReadTable(tuple(rows), (), False, rows[0].name))
    return found


# --- Levels below a name ---


@dataclass
class _Gathered:
    """A dimension while it is read: what its heading says, its heading's level, and what stands below it.

    `open` is the level label that further lines belong to.
    """

    name: str
    level: int
    described: Described
    told: bool = False
    open: str = ""
    pending: list[str] = field(default_factory=list)

    @property
    def awaits_its_wording(self) -> bool:
        """Whether a mere number was opened and nothing stands below it yet: what comes is its wording, “Never” too."""
        return self.open.isdigit() and not self.pending

    @property
    def awaits_its_question(self) -> bool:
        """Whether the heading only counts a question: what stands right below it asks."""
        return COUNTS_A_QUESTION.fullmatch(self.name) is not None and not self.open and not self.described.labels

    def rename(self, text: str) -> None:
        self.name = name_of(text)
        self.described = Described(self.name)

    def close(self) -> None:
        """Writes what was gathered for the open label."""
        if self.open:
            self.described.add(self.open, in_one_line(self.pending))
        self.open = ""
        self.pending = []

    def begin(self, label: str, text: str) -> None:
        self.close()
        self.open = label
        self.pending = [text] if text else []


COUNTS_A_QUESTION = re.compile(rf"(?:{by_language.QUESTIONS})\s*(?:no\.?|nr\.?|#)?\s*\d{{1,2}}", re.IGNORECASE)


@dataclass
class _Reader:
    """Gathers names and the levels below them, block by block."""

    labels: frozenset[str]  # bold lines that stand below several headings, and so name no dimension
    gathered: list[_Gathered] = field(default_factory=list)
    heading_level: int = 0  # of the last name that is a heading
    heading_name: str = ""

    def name(self, text: str, level: int, *, told: bool = False) -> None:
        self.close()
        if level < BELOW_ALL:
            self.heading_level, self.heading_name = level, text
        name = name_of(text)
        self.gathered.append(_Gathered(name, level, Described(name), told))

    def close(self) -> None:
        if self.gathered:
            self.gathered[-1].close()

    def heading(self, block: Block) -> None:
        label = level_label(block.text)
        if block.told == DIMENSION:
            self.name(block.text, block.level, told=True)
        elif block.told or self._labels_inside(block.text, block.level):
            self.close()
        elif label and self.gathered and block.level > self.gathered[-1].level:
            self.gathered[-1].begin(label, "")
        else:
            self.name(block.text, block.level)

    def _labels_inside(self, text: str, level: int) -> bool:
        """Whether a heading or a bold line is a label inside the dimension above it, such as “Benchmarks”."""
        if not self.heading_level or level <= self.heading_level or words.SHEET.search(self.heading_name):
            return False
        if text in self.labels and level == BELOW_ALL:
            return True
        return words.SUBLABEL.search(text) is not None or words.LEGEND.search(text) is not None

    def table(self, block: Block) -> None:
        self.close()
        current = self.gathered[-1].name if self.gathered else ""
        for entry in described_below(block, current):
            self.gathered.append(_Gathered(entry.name, BELOW_ALL, entry))

    def lines(self, block: Block) -> None:
        for line, following in with_following(block.lines):
            if not self._goes_on(line):
                self._line(line, following, is_heading=acts_as_heading(block))

    def _goes_on(self, line: Line) -> bool:
        """Whether a line is what the last name waits for, or one of its levels; it is gathered then."""
        if not self.gathered:
            return False
        last = self.gathered[-1]
        label, text = split_level(line)
        if last.awaits_its_question and not label:
            last.rename(line.text)
        elif last.awaits_its_wording and not text:
            last.pending.append(line.text)
        elif label:
            last.begin(label, text)
        else:
            return False
        return True

    def _line(self, line: Line, following: Line, *, is_heading: bool) -> None:
        if is_heading and self._labels_inside(line.text, BELOW_ALL):
            self.close()
        elif is_heading or (ASKS_BY_NUMBER.match(line.text) and line.text.endswith("?")):
            self.name(line.text, BELOW_ALL)
        elif _names_deeper_levels(line, following):
            self.name(line.text.rstrip(": "), BELOW_ALL)
        elif SCORE_BLANK.match(line.text):
            self.close()
        elif self.gathered and self.gathered[-1].open:
            self.gathered[-1].pending.append(line.text)


ASKS_BY_NUMBER = re.compile(rf"{COUNTS_A_QUESTION.pattern}\s*[:.)–—-]", re.IGNORECASE)
BELOW_ALL = 7  # the level of a name that is no heading: below every heading


def _names_deeper_levels(line: Line, following: Line) -> bool:
    """Whether a list's item, or a bold line, is followed by a level that stands below it."""
    if not split_level(following)[0] or split_level(line)[0]:
        return False
    if following.depth > line.depth or is_bold_line(line):
        return True
    return line.depth == 0 and PLAIN_NAME.fullmatch(line.text) is not None


PLAIN_NAME = re.compile(r"[^\W\d_][^.!?;]{1,48}[^.!?;,]")  # a short line that is no sentence


def _with_levels(blocks: list[Block]) -> list[Described]:
    """The names that have two levels at least below them.

    A name beside them that has none, on the same level of headings, is left out: it may be anything.
    """
    reader = _Reader(_labels_below_several(blocks))
    for block in blocks:
        if block.is_heading:
            reader.heading(block)
        elif block.kind == "table":
            reader.table(block)
        else:
            reader.lines(block)
    reader.close()
    found = [entry for entry in reader.gathered if entry.told or _is_dimension(entry.described)]
    named = [entry.described for entry in found if entry.told or not words.SHEET.search(entry.described.name)]
    return named or [entry.described for entry in found if any(entry.described.texts)]


def _labels_below_several(blocks: Iterable[Block]) -> frozenset[str]:
    """The bold lines that stand in the same words below several headings."""
    heading = 0
    below: dict[str, set[int]] = {}
    for number, block in enumerate(blocks):
        if block.is_heading:
            heading = number
        elif acts_as_heading(block):
            below.setdefault(block.lines[0].text, set()).add(heading)
    return frozenset(text for text, headings in below.items() if len(headings) > 1)


def _is_dimension(entry: Described) -> bool:
    """Whether an entry has a name and levels, which are neither signals nor the scale's own."""
    if not entry.name or not has_levels(entry):
        return False
    return not _are_signs(entry) and not _is_legend(entry)


def _are_signs(entry: Described) -> bool:
    """Whether all that looks like levels are strong and weak signals, or answers."""
    if len(entry.labels) > 2:
        return False
    return all(_is_sign(label) for label in entry.labels)


def _is_sign(label: str) -> bool:
    return any(sign.search(label) for sign in SIGNS)


def _is_legend(entry: Described) -> bool:
    """Whether a heading names the scale itself, or the sheet as a whole."""
    return words.LEGEND.search(entry.name) is not None


def level_label(text: str) -> str:
    """The text where it is nothing but the label of a level; empty for any other."""
    if len(text) > LONGEST_LABEL or any(sign.search(text) for sign in SIGNS[:1]):
        return ""
    label = label_of(text)
    if label.rank is not None or label.kind == "letter":
        return text
    is_number = label.numbers is not None and NUMBER_LABEL.match(text)
    return text if is_number else ""


LONGEST_LABEL = 60
NUMBER_LABEL = re.compile(
    rf"^\W*(?:{by_language.LEVEL_HEADS})?\W*\d{{1,2}}(?:\s*(?:[-–—]|to)\s*\d{{1,2}})?\s*(?:{by_language.POINTS})?\W*$",
    re.IGNORECASE,
)


def split_level(line: Line) -> tuple[str, str]:
    """A line's level and the text behind it; both are empty for a line that begins with none.

    “5 – Outstanding: leads others” is level “5 – Outstanding”. A mere “1.” numbers a line of a list.
    """
    found = NUMBERED_LEVEL.match(line.text)
    if found:
        return _with_word(found.group(1).strip(), line.text[found.end() :].strip())
    name, text = _cut(line)
    if name == line.text and not (line.bold or line.depth == 0):
        return "", ""
    return (name, text) if level_label(name) else ("", "")


def _cut(line: Line) -> tuple[str, str]:
    """A line cut at the end of its bold beginning, else at its first colon or dash."""
    bold = line.bold.rstrip(" :–—-")
    if bold and line.text.startswith(bold) and len(bold) < len(line.text.rstrip(" :")):
        return bold, line.text[len(bold) :].strip(" :–—-")
    return parted(line.text)


def _with_word(number: str, rest: str) -> tuple[str, str]:
    """The word behind a level's number belongs to its label, where it says how good the level is."""
    word, text = parted(rest)
    if text and rank_of(word) is not None:
        return (f"{number} {word}" if word.startswith("(") else f"{number} – {word}"), text
    if rank_of(rest) is not None and len(rest) < LONGEST_LABEL:
        return f"{number} – {rest}", ""
    bracketed = BRACKETED_WORD.match(rest)
    if bracketed:
        return f"{number} {bracketed.group(1)}", rest[bracketed.end() :].strip(" :–—-")
    return number, rest


NUMBERED_LEVEL = re.compile(
    rf"^\W*((?:(?:{by_language.LEVEL_HEADS})\s*)?\d{{1,2}}(?:\s*(?:[-–—]|to)\s*\d{{1,2}}(?!\d))?(?:\s*(?:{by_language.POINTS})\b)?"
    r"|(?:[0-9]|10)\s*(?=\())\s*(?:\s[-–—]\s|[:=–—]|(?=\())",
    re.IGNORECASE,
)
BRACKETED_WORD = re.compile(r"^(\([^()]{2,40}\))\s*[:–—-]?\s*")


# --- Weights in headings and lists ---


def _with_weights(blocks: list[Block]) -> list[DimensionRow]:
    """Headings, else list items and bold lines, of which two at least have a weight in percent."""
    headings = [weighted(block.text) for block in blocks if block.is_heading]
    bold = [weighted(block.lines[0].text) for block in blocks if acts_as_heading(block)]
    listed = [weighted(line.text) for block in blocks for line in block.lines]
    for found in (headings, bold, listed):
        rows = [row for row in found if row is not None]
        named = [row for row in rows if _names_a_dimension(row)]
        if len(named) > 1:
            return named
    return []


def _names_a_dimension(row: DimensionRow) -> bool:
    return bool(row.name) and not words.TOTAL.search(row.name)


def weighted(text: str) -> DimensionRow | None:
    """A name and its weight, as in “Teamwork (30 %): shares”; None for a text without one."""
    found = WEIGHTED.match(text)
    if found is None:
        return None
    number = found["bracketed"] or found["plain"]
    return DimensionRow(name_of(found["name"]), float(number.replace(",", ".")))


PERCENT = r"(?:weight(?:ing)?|gewicht(?:ung)?|poids|peso)?\s*[:=]?\s*"
WEIGHTED = re.compile(
    rf"^(?P<name>[^:(\[]{{1,80}}?)\s*(?:[(\[]\s*{PERCENT}(?P<bracketed>\d{{1,3}}(?:[.,]\d{{1,2}})?)\s*%\s*[)\]]"
    rf"|\s*[-–—:,]\s*{PERCENT}(?P<plain>\d{{1,3}}(?:[.,]\d{{1,2}})?)\s*%)(?=\s*(?:$|[:.,;–—-]))",
    re.IGNORECASE,
)


def _with_points(blocks: list[Block]) -> Read[list[DimensionRow]]:
    """Headings, else list items and bold lines, two at least, with points behind their names.

    They are the weights where they make a hundred together. Otherwise they are left out, with a warning.
    """
    headings = [block.text for block in blocks if block.is_heading]
    listed = [line.text for block in blocks for line in block.lines]
    for texts in (headings, listed):
        found = [POINTED.match(unnumbered(text)) for text in texts]
        rows = [DimensionRow(name_of(row["name"]), float(row["points"])) for row in found if row is not None]
        rows = [row for row in rows if _names_a_dimension(row)]
        if len(rows) < 2:
            continue
        if sum(row.weight or 0 for row in rows) == ALL_POINTS:
            return Read(rows, (points_as_weights(rows[0].name),))
        message = f"The points behind “{rows[0].name}” and others do not add up to 100, so they were left out."
        return Read([replace(row, weight=None) for row in rows], (PlanWarning("points_left_out", message),))
    return Read([])


POINTED = re.compile(
    rf"^(?P<name>[^:(\[]{{2,80}}?)\s*(?:[(\[]|[–—:]|\s-)\s*(?:max(?:imum|\.)?\W+)?(?P<points>\d{{1,2}})"
    rf"\s*(?:{by_language.POINTS})\b",
    re.IGNORECASE,
)


# --- Lines to fill in, and lists to rate ---


def _to_fill_in(blocks: list[Block]) -> list[DimensionRow]:
    """Lines with room for a score behind a name, two at least: “Teamwork: ☐ 1 ☐ 2 ☐ 3” or “Teamwork ___ / 5”."""
    lines = [line for block in blocks for line in block.lines]
    names = [_name_to_fill_in(line) for line in lines]
    for found in (names, list(_headings_above_a_scale(blocks))):
        rows = [DimensionRow(name) for name in found if name]
        if len(rows) > 1:
            return rows
    return []


def _headings_above_a_scale(blocks: list[Block]) -> Iterator[str]:
    """The headings and bold lines below which a line is a scale to tick, as in “1 – Poor 2 – Fair 3 – Good”."""
    labels = _labels_below_several(blocks)
    above = ""
    for block in blocks:
        if _is_a_label(block, labels) or (above and words.EXPECTED.search(block.text)):
            continue
        if block.is_heading or acts_as_heading(block):
            above = block.text or block.lines[0].text
        elif COUNTS_A_QUESTION.fullmatch(above) and block.kind == "text":
            above = block.lines[0].text
        elif above and any(is_scale(line.text) or SCORE_BLANK.match(line.text) for line in block.lines):
            if not words.LEGEND.search(above) and not ABOUT_PEOPLE.search(above):
                yield name_of(above)
            above = ""


def _is_a_label(block: Block, labels: Collection[str]) -> bool:
    """Whether a bold line says what stands below it, such as “Positive indicators”, and so names no dimension."""
    if block.is_heading or not acts_as_heading(block):
        return False
    text = block.lines[0].text
    if text in labels or words.SUBLABEL.search(text) or words.LOOK_FOR.search(text) or words.EXPECTED.search(text):
        return True
    return bool(words.kind_of_signal(text))


def is_scale(text: str) -> bool:
    """Whether a line counts from 0 or 1 to 3 at least, with hardly a word at each number, or has boxes to tick."""
    if len(text) > LONGEST_SCALE:
        return False
    if len(re.findall(BOX, text)) > 1:
        return True
    if not SCALE_BEGINS.match(text):
        return False
    numbers = [int(number) for number in re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)]
    return len(numbers) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


SCORE_BLANK = re.compile(
    rf"^\W*(?:{by_language.LEVEL_HEADS})\s*(?:\([^()]{{1,30}}\))?\s*[:.]?\s*(?:[_☐.…]{{1,60}}[\s_☐.…]*(?:/\s*\d{{1,3}})?|/\s*\d{{1,3}})\s*$",
    re.IGNORECASE,
)
LONGEST_SCALE = 160
SCALE_BEGINS = re.compile(r"^[^\w]*(?:(?:rating|score|bewertung|note|puntuación)\W+)?[01]\b", re.IGNORECASE)


def _name_to_fill_in(line: Line) -> str:
    """The name before room for a score; what a line says of a bold name is no part of it."""
    if SCORE_BLANK.match(line.text):
        return ""
    bold = line.bold.rstrip(" :–—-")
    text = line.text
    if bold and text.startswith(bold) and ROOM_FOR_A_SCORE.search(text[len(bold) :][-LONGEST_SCALE:]):
        text = f"{bold}: 1 2 3"
    found = TO_FILL_IN.match(text)
    if found is None or level_label(found["name"]) or ABOUT_PEOPLE.search(found["name"]):
        return ""
    name = name_of(SCORE_BEHIND.sub("", found["name"]))
    return "" if words.TOTAL.search(name) else name


SCORE_BEHIND = re.compile(rf"(?<=[?.!])\s*(?:{by_language.LEVEL_HEADS})$", re.IGNORECASE)  # of a question
BOX = r"[☐□○◯⬜]"
ROOM = (
    rf"(?:(?:{BOX}\s*[^\W_][^☐□○◯⬜]{{0,30}}){{2,}}|(?:\[\s?\]\s*[^\[\]]{{1,30}}){{2,}}"
    r"|[0-1](?:\s*[|/·,–—-]?\s*[1-9]|\s*[|/·]?\s*10){2,10}|_{2,}\s*(?:/|of|out of)\s*\d{1,2}"
    r"|\(\s*[01]\s*(?:[-–—]|to)\s*\d{1,2}\s*\)\s*:?\s*_*)\s*$"
)
TO_FILL_IN = re.compile(rf"^(?:{BOX}\s*)?(?P<name>[^:_☐□○◯⬜\[\]]{{2,80}}?)\s*[:.…–—-]*\s*{ROOM}")
ROOM_FOR_A_SCORE = re.compile(rf"\s{ROOM}")
ABOUT_PEOPLE = words.words(
    r"\b(candidate|applicant|interviewer|name|date|position|overall|recommendation|decision|hire|total|bewerber|datum)\b"
)


def _to_rate(blocks: list[Block]) -> list[DimensionRow]:
    """The items of lists where a text asks to rate or to score them."""
    texts = [block.text for block in blocks if block.is_heading]
    texts += [line.text for block in blocks for line in block.lines if not line.depth]
    if not any(REQUEST.search(text) for text in texts):
        return []
    lists = list(_lists_to_rate(blocks))
    items = [line for block in lists for line in block.lines if line.depth == 1]
    names = [_name_to_rate(line) for line in items]
    rows = [DimensionRow(name) for name in names if name]
    levels = [line for line in items if split_level(line)[0]]
    if len(rows) > 1 and len(rows) + len(levels) == len(items):
        return rows
    return []


def _sections_to_rate(blocks: list[Block]) -> list[DimensionRow]:
    """The headings above lists where a text asks to score each section."""
    lines = [line.text for block in blocks for line in block.lines]
    if not any(SECTION_REQUEST.search(text) for text in lines):
        return []
    above = ""
    rows: list[DimensionRow] = []
    for block in blocks:
        if block.is_heading:
            above = "" if words.LEGEND.search(block.text) or words.SHEET.search(block.text) else block.text
        elif above and block.kind == "list":
            rows.append(DimensionRow(name_of(above)))
            above = ""
    return rows if len(rows) > 1 else []


SECTION_REQUEST = words.words(r"\b(score|rate|grade|assess|mark)\b.{0,20}\b(each|every) (section|part|heading|block)\b")


def _lists_to_rate(blocks: Iterable[Block]) -> Iterator[Block]:
    """The lists but for those that a heading or a bold line calls answers or signals."""
    above = ""
    for block in blocks:
        if block.is_heading or acts_as_heading(block):
            above = block.text or block.lines[0].text
        elif block.kind == "list" and not _is_sign(above):
            yield block


def _below_their_heading(blocks: list[Block]) -> list[DimensionRow]:
    """The items of a list below a heading that says criteria, competencies or the like, and nothing else."""
    rows: list[DimensionRow] = []
    below = False
    for block in blocks:
        if block.is_heading or acts_as_heading(block):
            text = block.text or block.lines[0].text
            below = block.told == SCORECARD or DIMENSIONS.match(text) is not None
        elif below and block.kind == "list":
            names = [_name_to_rate(line) for line in block.lines if line.depth == 1]
            rows += [DimensionRow(name) for name in names if name]
    return rows if len(rows) > 1 else []


DIMENSIONS = words.words(
    rf"^\W*(?:(?:\w+|the)\W+){{0,2}}(?:{by_language.DIMENSION_HEADS}|competencies|criteria|dimensions|attributes|skills"
    r"|traits|qualities|values|areas)\W*$"
)
REQUEST = words.words(by_language.RATING_REQUESTS)


def _name_to_rate(line: Line) -> str:
    """A short name at the line's beginning; empty for a level, a question and a sentence."""
    if split_level(line)[0] or line.text.endswith("?"):
        return ""
    name, _ = _cut(line)
    name = re.sub(rf"^(?:{BOX}|\[\s?\])\s*", "", name).rstrip(".")
    is_name = len(name) <= 60 and len(name.split()) <= 8
    return name_of(name) if is_name else ""
