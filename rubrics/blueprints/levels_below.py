"""Dimensions whose levels stand below their names, line by line, in lists or in small tables. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rubrics.blueprints import words
from rubrics.blueprints.labels import rank_of, says_not_rated
from rubrics.blueprints.levels import read_levels
from rubrics.blueprints.line_kinds import (
    BELOW_ALL,
    COUNTS_A_QUESTION,
    PLAIN_NAME,
    SCORE_BLANK,
    begins_with_a_box,
    counts_a_question,
    is_asked,
    is_sign,
    is_to_write_on,
    labels_below_several,
    level_label,
    split_level,
    split_numbered_word,
    what_is_tested,
)
from rubrics.blueprints.lines import Line, in_one_line, is_bold_line, parted
from rubrics.blueprints.sections import Block, acts_as_heading
from rubrics.blueprints.tellings import DIMENSION
from rubrics.blueprints.turned import Described, described_below, has_levels, name_of
from rubrics.blueprints.weights import weight_in_name


def with_levels(blocks: list[Block], *, titled: bool) -> list[Described]:
    """The names that have two levels at least below them; in a scorecard (`titled`) also those with job grades.

    A name beside them that has none, on the same level of headings, is left out: it may be anything.
    """
    reader = _Reader(labels_below_several(blocks), _numbers_its_words(blocks))
    for block, behind in zip(blocks, _behind_each(blocks), strict=True):
        if block.is_heading:
            reader.heading(block)
        elif block.kind == "table":
            reader.table(block)
        else:
            reader.lines(block, behind)
    reader.close()
    found = [entry for entry in reader.gathered if entry.is_dimension(graded=titled)]
    found = _without_a_lone_line(found)
    named = [entry.described for entry in found if not entry.is_the_sheet]
    if named or _has_headings(reader.gathered[1:]):
        return named
    return [entry.described for entry in found if any(entry.described.texts)]


def _behind_each(blocks: list[Block]) -> list[Block]:
    """What stands behind each block, without the texts that only ask."""
    found: list[Block] = []
    behind = Block("text")
    for block in reversed(blocks):
        found.append(behind)
        if not _only_asks(block):
            behind = block
    return found[::-1]


def _only_asks(block: Block) -> bool:
    """Whether a text is a question, perhaps behind a label."""
    if block.kind != "text" or len(block.lines) != 1:
        return False
    label, text = parted(block.lines[0].text)
    if text and words.ASKS.search(label):
        return True
    return is_asked(block.lines[0].text)


def _with_what_follows(lines: tuple[Line, ...]) -> list[tuple[Line, Line]]:
    """Each line with the one behind it, without those that ask or define: these may stand between a name and its levels."""
    found: list[tuple[Line, Line]] = []
    following = Line("")
    for line in reversed(lines):
        found.append((line, following))
        if not _asks_or_defines(line):
            following = line
    return found[::-1]


def _asks_or_defines(line: Line) -> bool:
    label, text = parted(line.text)
    if text and (words.ASKS.search(label) or words.SUBLABEL.search(label)):
        return True
    return is_asked(line.text)


def _without_a_lone_line(found: list["_Gathered"]) -> list["_Gathered"]:
    """A mere line names a dimension only where another one does too."""
    if sum(entry.is_plain for entry in found) != 1:
        return found
    return [entry for entry in found if not entry.is_plain]


def _has_headings(gathered: Iterable["_Gathered"]) -> bool:
    return any(entry.level < BELOW_ALL for entry in gathered)


def _numbers_its_words(blocks: Iterable[Block]) -> bool:
    """Whether a line begins with a level's word and its number, as in “Superior (5): ...”, so that others may too."""
    labels = (split_numbered_word(line)[0] for block in blocks for line in block.lines)
    return any(label and rank_of(label) is not None for label in labels)


def _is_dimension(entry: Described, *, graded: bool) -> bool:
    """Whether an entry has a name and levels, or job grades (`graded`), which are neither signals nor the scale's own."""
    if not entry.name or not (has_levels(entry) or (graded and _has_grades(entry))):
        return False
    return not _are_signs(entry) and not _is_legend(entry)


def _has_grades(entry: Described) -> bool:
    """Whether all labels are job grades, or words beside some, two at least."""
    refused = read_levels(dict(enumerate(entry.labels))).refused
    return len(refused) > 1 and len(refused) == len(entry.labels)


def _are_signs(entry: Described) -> bool:
    """Whether all that looks like levels are strong and weak signals, or answers.

    Each of these may come again.
    """
    if len(set(entry.labels)) > 2:
        return False
    return all(is_sign(label) for label in entry.labels)


def _is_legend(entry: Described) -> bool:
    """Whether a heading names the scale itself, or the sheet as a whole."""
    return words.LEGEND.search(entry.name) is not None


# --- Gathering ---


@dataclass
class _Gathered:
    """A dimension while it is read: what its heading says, its heading's level, and what stands below it.

    `open` is the level label that further lines belong to, and `worded_in` the block in which its wording stands behind
    it. What comes in another text is `doubtful`: it is more of the wording only where a further level follows.
    """

    name: str
    level: int
    described: Described
    told: bool = False
    open: str = ""
    pending: list[str] = field(default_factory=list)
    heading: str = ""  # the name before it was given another
    is_plain: bool = False  # the name is a mere line, which needs others like it
    worded_in: Block | None = None
    doubtful: list[str] = field(default_factory=list)

    def is_dimension(self, *, graded: bool) -> bool:
        """Whether it was told to be one, or has levels, or job grades where these count (`graded`)."""
        return self.told or _is_dimension(self.described, graded=graded)

    @property
    def is_the_sheet(self) -> bool:
        """Whether the name is that of the whole sheet, and nobody told that it is a dimension."""
        return not self.told and words.SHEET.search(self.described.name) is not None

    @property
    def awaits_its_wording(self) -> bool:
        """Whether a mere number was opened and nothing stands below it yet: what comes is its wording, “Never” too."""
        return self.open.isdigit() and not self.pending

    @property
    def awaits_its_question(self) -> bool:
        """Whether the heading only counts a question: what stands right below it asks."""
        return counts_a_question(self.name) and self._is_bare

    @property
    def awaits_what_it_tests(self) -> bool:
        """Whether the heading asks or counts a question, and no level stands below it yet."""
        asks = is_asked(self.name) or self.name != self.heading or counts_a_question(self.name)
        return asks and self._is_bare

    @property
    def _is_bare(self) -> bool:
        return not self.open and not self.described.labels

    def rename(self, text: str) -> None:
        _, weight = weight_in_name(self.heading)
        self.name = name_of(text)
        self.described = Described(self.name, weight)

    def close(self) -> None:
        """Writes what was gathered for the open label."""
        if self.open:
            self.described.add(self.open, in_one_line(self.pending))
        self.open = ""
        self.pending, self.doubtful = [], []

    def begin(self, label: str, text: str, block: Block | None = None) -> None:
        self.pending += self.doubtful
        self.close()
        self.open = label
        self.pending = [text] if text else []
        is_complete = bool(text) and not text.endswith(":")
        self.worded_in = block if is_complete else None

    def take(self, line: Line, label: str, text: str, block: Block) -> bool:
        """Takes a line that it waits for, or that begins with a level (its `label` and `text`); False for any other."""
        tested = what_is_tested(line.text)
        if tested and self.awaits_what_it_tests:
            self.rename(tested)
        elif self.awaits_its_question and not label:
            self.rename(line.text)
        elif self.awaits_its_wording and not text:
            self.pending.append(line.text)
        elif label:
            self.begin(label, text, block)
        else:
            return False
        return True

    def go_on(self, text: str, block: Block) -> None:
        """More of the wording of the open level; without one it is left out."""
        if not self.open:
            return
        is_elsewhere = self.worded_in is not None and block is not self.worded_in and block.kind == "text"
        (self.doubtful if is_elsewhere else self.pending).append(text)


@dataclass
class _Reader:
    """Gathers names and the levels below them, block by block."""

    labels: frozenset[str]  # bold lines that stand below several headings, and so name no dimension
    numbered: bool = False  # a number in brackets behind a word makes a level of any word
    gathered: list[_Gathered] = field(default_factory=list)
    heading_level: int = 0  # of the last name that is a heading
    heading_name: str = ""

    def name(self, text: str, level: int, *, told: bool = False) -> None:
        self.close()
        if level < BELOW_ALL:
            self.heading_level, self.heading_name = level, text
        name = name_of(text)
        self.gathered.append(_Gathered(name, level, Described(name), told, heading=name))

    def close(self) -> None:
        if self.gathered:
            self.gathered[-1].close()

    def heading(self, block: Block) -> None:
        label = level_label(block.text) or _numbered_name(Line(block.text))
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
            self.gathered.append(_Gathered(entry.name, BELOW_ALL, entry, heading=entry.name))

    def lines(self, block: Block, behind: Block) -> None:
        """The lines of a text or list, `behind` which another block stands."""
        if _offers_levels(block) and self.gathered:
            self.close()
            for line in block.lines:
                self.gathered[-1].described.add(line.text, "")
            return
        tested = what_is_tested(block.lines[-1].text) if block.lines else ""
        if tested and described_below(behind, tested):
            self.name(tested, BELOW_ALL)
            return
        for line, following in _with_what_follows(block.lines):
            is_last = line is block.lines[-1]
            name = self._name_at_the_end(block, behind) if is_last else ""
            if name:
                self.name(name, BELOW_ALL)
                self.gathered[-1].is_plain = not line.bold
            elif acts_as_heading(block) and behind.lines and not split_level(behind.lines[0])[0]:
                self._bold(line, following, block)
            else:
                self._line(line, following, block)

    def _name_at_the_end(self, block: Block, behind: Block) -> str:
        """The name that a block's last line gives to the levels behind it; empty where it gives none."""
        if not behind.lines or acts_as_heading(block) or not self._may_name_anew():
            return ""
        return _name_above(block, behind)

    def _bold(self, line: Line, following: Line, block: Block) -> None:
        """A bold line above its text: a short word behind a level's number is the level's name, not its wording."""
        label = _numbered_name(line)
        if self.gathered and label:
            self.gathered[-1].begin(label, "")
        else:
            self._line(line, following, block)

    def _may_name_anew(self) -> bool:
        """Whether no heading waits for its levels, but perhaps the sheet's own."""
        if not self.gathered or self.gathered[-1].level == BELOW_ALL:
            return True
        return words.SHEET.search(self.gathered[-1].name) is not None

    def _line(self, line: Line, following: Line, block: Block) -> None:
        label, text = self._split(line)
        last = self.gathered[-1] if self.gathered else None
        if last and last.take(line, label, text, block):
            return
        if acts_as_heading(block) and self._labels_inside(line.text, BELOW_ALL):
            self.close()
        elif what_is_tested(line.text) and split_level(following)[0]:
            self.name(what_is_tested(line.text), BELOW_ALL)
        elif acts_as_heading(block) or _asks_by_number(line.text):
            self.name(line.text, BELOW_ALL)
        elif _names_deeper_levels(line, following):
            self.name(line.text.rstrip(": "), BELOW_ALL)
        elif _is_to_fill_in(line.text) or words.SUBLABEL.search(line.text):
            self.close()
        elif last:
            last.go_on(line.text, block)

    def _split(self, line: Line) -> tuple[str, str]:
        """The level that a line begins with and the text behind it; both are empty where there is none."""
        label, text = split_level(line)
        if not label and self.numbered:
            return split_numbered_word(line)
        return label, text


def _numbered_name(line: Line) -> str:
    """The label of a line that is a level's number and its name of a few words; empty for any other."""
    number, word = split_level(line)
    is_name = bool(number) and 0 < len(word.split()) <= MOST_WORDS_OF_A_LEVEL
    return f"{number} – {word}" if is_name else ""


def _offers_levels(block: Block) -> bool:
    """Whether a list has nothing but the words of levels to choose from."""
    choices = [line.text for line in block.lines if not says_not_rated(line.text)]
    if block.kind != "list" or len(choices) < 2:
        return False
    return all(level_label(text) and not parted(text)[1] for text in choices)


def _is_to_fill_in(text: str) -> bool:
    """Whether a line is room for a score or a remark, or a choice to tick."""
    if SCORE_BLANK.match(text) or says_not_rated(text):
        return True
    return begins_with_a_box(text) or is_to_write_on(text)


MOST_WORDS_OF_A_LEVEL = 3


def _asks_by_number(text: str) -> bool:
    """Whether a line is a question behind its number, as in “Question 2: Why?”."""
    return text.endswith("?") and ASKS_BY_NUMBER.match(text) is not None


ASKS_BY_NUMBER = re.compile(rf"{COUNTS_A_QUESTION.pattern}\s*[:.)–—-]", re.IGNORECASE)


def _name_above(block: Block, below: Block) -> str:
    """The bold name, with its definition behind it, or the short line above a block that begins with a level; else empty."""
    line = block.lines[-1]
    if not split_level(below.lines[0])[0] or split_level(line)[0]:
        return ""
    name = line.bold.rstrip(" :–—-")
    if name and line.text.startswith(line.bold):
        return "" if level_label(name) or counts_a_question(name.rstrip(".")) else name
    is_alone = len(block.lines) == 1 and PLAIN_NAME.fullmatch(line.text)
    return line.text.rstrip(": ") if is_alone else ""


def _names_deeper_levels(line: Line, following: Line) -> bool:
    """Whether a list's item, or a bold line, is followed by a level that stands below it."""
    if not split_level(following)[0] or split_level(line)[0]:
        return False
    if following.depth > line.depth or is_bold_line(line):
        return True
    return line.depth == 0 and PLAIN_NAME.fullmatch(line.text) is not None
