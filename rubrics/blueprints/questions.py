"""Interview questions: what they ask about, and what a strong and a weak answer to them is. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from rubrics.blueprints import by_language, words
from rubrics.blueprints.columns import LATER_COLUMN, ORDINAL_HEAD
from rubrics.blueprints.focus_areas import PlannedFocusArea
from rubrics.blueprints.labels import label_of, rank_of
from rubrics.blueprints.levels import read_levels
from rubrics.blueprints.line_kinds import (
    BELOW_ALL,
    COMMAND,
    counts_a_question,
    is_asked,
    is_room,
    is_to_write_on,
    level_label,
    split_level,
    split_numbered_word,
    what_is_tested,
    without_letters,
)
from rubrics.blueprints.lines import Cell, Line, Row, in_one_line, is_placeholder, parted, unnumbered, with_following
from rubrics.blueprints.planned_dimensions import PlannedQuestion, folded
from rubrics.blueprints.reading import PlanWarning, Read
from rubrics.blueprints.recognising import words_levels
from rubrics.blueprints.sections import Block, acts_as_heading
from rubrics.blueprints.turned import asks_on_a_card, card_name, name_of
from rubrics.blueprints.weights import weight_in_name

KINDS = (("red_flag", words.RED_FLAG), ("weak", words.POOR_ANSWER), ("strong", words.GOOD_ANSWER))
ASKED = words.words(r"\bquestions?\b", r"\bfragen?\b", r"\bpreguntas?\b", r"\bprompt\b")
MERE_QUESTIONS = words.words(r"^\W*(?:\w+\W+){0,3}(questions?|fragen|preguntas|interviewfragen)\W*$")
REQUEST = words.words(
    r"^\W*(describe|tell (me|us)|give (me|us|an)|walk (me|us)|explain|share|talk|think of|imagine|suppose|how|what|why|when"
    r"|beschreib|nennen|erzähl|wie|was|warum|décri|parlez|racontez|comment|pourquoi|describ|cuént|hábl|cómo|qué)\w*\b"
)
LISTENED_FOR = words.words(
    r"^\W*(?:(?:what|things) )?(?:(?:to|we|you|i)(?:['’]re| are| will| should)? )?(?:look|listen)(?:ing)?[- ]?(?:out )?fors?\W*$",
    r"^\W*(?:worauf (?:wir |zu )?achten|achten auf|points? à observer|à observer|qué buscar)\W*$",
)
LABEL_LENGTH = 40
MOST_WORDS_OF_A_LABEL = 4


def asks(line: Line) -> bool:
    """Whether a line asks for certain, perhaps behind a label such as “Question”."""
    label, text = _cut(line)
    if text and words.ASKS.search(label):
        return True
    return is_asked(unnumbered(line.text))


@dataclass(frozen=True)
class Answer:
    """What a part says of answers of one kind. `subject` is that of the one question which it is about, else empty."""

    kind: str
    text: str
    subject: str = ""


@dataclass(frozen=True)
class Questions:
    """What a part on questions says. `grouped` says that the areas are subjects, and no mere questions.

    `asked` has the questions of each subject, with the answers that belong to one of them alone.
    """

    areas: tuple[PlannedFocusArea, ...] = ()
    answers: tuple[Answer, ...] = ()
    grouped: bool = False
    asked: Mapping[str, tuple[PlannedQuestion, ...]] = field(default_factory=dict)

    @property
    def has_answers(self) -> bool:
        return bool(self.answers)

    def texts(self, kind: str) -> tuple[str, ...]:
        """The answers of a kind ("strong", "weak" or "red_flag"), in the order of the page."""
        return tuple(answer.text for answer in self.answers if answer.kind == kind)

    def without(self, subjects: Collection[str]) -> "Questions":
        """What is left once the questions of these subjects, with their answers, have found their place."""
        areas = tuple(area for area in self.areas if area.name not in subjects)
        answers = tuple(answer for answer in self.answers if answer.subject not in subjects)
        return replace(self, areas=areas, answers=answers)

    def without_texts(self, worded: Collection[str]) -> "Questions":
        """Without the answers that are the wording of a level (`worded`, folded): a poor answer may be level 1."""
        answers = tuple(answer for answer in self.answers if folded(answer.text) not in worded)
        return replace(self, answers=answers)


@dataclass
class _Asked:
    """A question; `answers` are texts by kind."""

    text: str
    answers: dict[str, list[str]] = field(default_factory=dict)

    def planned(self) -> PlannedQuestion:
        strong, weak = (in_one_line(self.answers.get(kind, [])) for kind in OF_A_QUESTION)
        return PlannedQuestion(self.text, strong, weak)


OF_A_QUESTION = ("strong", "weak")  # a red flag is one whatever was asked


@dataclass
class _Subject:
    name: str
    asked: list[_Asked] = field(default_factory=list)


def questions(blocks: Iterable[Block]) -> Read[Questions]:
    """The questions of these blocks by subject, and the answers that are said to be strong or weak."""
    reader = _Reader()
    for block in without_letters(blocks):
        if block.is_heading:
            reader.heading(block.text, block.level)
        elif block.kind == "table":
            reader.table(block)
        else:
            reader.lines(block)
    return Read(reader.questions(), tuple(reader.warnings))


def kind_of_answer(text: str) -> str:
    """Whether a label says strong, weak or red flag; empty where it says neither."""
    if len(text) > LABEL_LENGTH:
        return ""
    return next((name for name, pattern in KINDS if pattern.search(text)), "")


def asks_questions(block: Block) -> bool:
    """Whether a table has a column of questions, and one of strong or weak answers or nothing that is rated.

    One of competencies, with more kinds of answers, is a scorecard that asks.
    """
    if asks_on_a_card(block):
        return True
    if block.kind != "table" or len(block.rows) < 2 or words_levels(block):
        return False
    heads = [cell.text for cell in block.rows[0]]
    if not any(ASKED.search(head) for head in heads) or _are_levels_of_answers(heads):
        return False
    return any(kind_of_answer(head) for head in heads) or _asks_and_rates_nothing(block, heads)


def _asks_and_rates_nothing(block: Block, heads: list[str]) -> bool:
    """Whether a table has questions for certain, and no column of levels, weights or scores beside them."""
    if any(RATES.search(head) or words.WEIGHT_HEAD.search(head) for head in heads):
        return False
    if read_levels({index: head for index, head in enumerate(heads) if not ASKED.search(head)}).of:
        return False
    index = next(index for index, head in enumerate(heads) if ASKED.search(head))
    cells = [row[index] for row in block.rows[1:] if index < len(row)]
    texts = [cell.text for cell in cells if cell.text and cell.span == 1]
    return sum(map(_is_a_question, texts)) * 2 > len(texts)


def _is_a_question(text: str) -> bool:
    text = unnumbered(text)
    return is_asked(text) or REQUEST.search(text) is not None


RATES = words.words(
    r"\b(scores?|scored|ratings?|rate|points?|marks?|max(imum)?|punkte?|bewertung|note|puntuación|puntaje|calificaci[oó]n)\b"
)


def _are_levels_of_answers(heads: list[str]) -> bool:
    """Whether three headings at least are numbered levels, as in “Poor answer (1)”, beside which questions are scored."""
    levels = read_levels({index: head for index, head in enumerate(heads) if not ASKED.search(head)})
    numbers = {label_of(heads[index]).numbers for index in levels.of} - {None}
    return levels.distinct > 2 and len(numbers) > 2


@dataclass
class _Reader:
    subjects: list[_Subject] = field(default_factory=list)
    alone: list[_Subject] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    warnings: list[PlanWarning] = field(default_factory=list)
    kind: str = ""
    subject: str = ""
    level: int = 0  # of the heading that names the subject
    open: list[_Asked] = field(default_factory=list)  # asked since the last answers, below one subject
    answered: bool = False
    asking: bool = False  # a line that says “Ask” stands right above
    is_named_above: bool = False  # a line such as “Competency: Tact” stands above its questions, and not below
    is_complete: bool = False  # an answer stands behind its label, so that no other paragraph goes on with it

    def heading(self, text: str, level: int = BELOW_ALL) -> None:
        self.kind, self.asking, self.is_complete = kind_of_answer(text), False, False
        if self.kind:
            return
        if is_asked(_uncounted(text)):
            self.subject = "" if level <= self.level else self.subject
            self.ask(_uncounted(text))
        elif _is_expected(text):
            self.kind = "strong" if self._has_asked else ""
        elif level_label(text):
            self.subject, self.level, self.open = "", level, []
        elif counts_a_question(name_of(text)):
            self.subject, self.level, self.open = "", 0, []
        elif level > self.level and (MERE_QUESTIONS.match(text) or words.SUBLABEL.search(text)):
            self.kind = ""
        elif MERE_QUESTIONS.match(text) or words.SHEET.search(text) or words.HIRING_SECTION.search(text):
            self.subject, self.level, self.open = "", 0, []
        else:
            self.subject, self.level, self.open = weight_in_name(name_of(text))[0], level, []

    def ask(self, question: str) -> None:
        """A question of the current subject, or one that stands alone."""
        self.kind, self.asking = "", False
        if words.ABOUT_THE_FORM.search(question) or is_placeholder(question):
            return
        if self.answered:
            self.open, self.answered = [], False
        if not self.subject:
            self.alone.append(_Subject(question))
            return
        if not self.subjects or self.subjects[-1].name != self.subject:
            self.subjects.append(_Subject(self.subject))
        asked = _Asked(question)
        self.subjects[-1].asked.append(asked)
        self.open.append(asked)

    def _move_to(self, subject: str) -> None:
        """The question that was asked last is about a subject, which a line below it names."""
        asked = self.alone.pop()
        self.subject, self.level = subject, BELOW_ALL
        self.ask(asked.name)

    def answer(self, kind: str, text: str) -> None:
        """An answer: of the one question above it, or of all where there are several."""
        self.answered = True
        if kind in OF_A_QUESTION and len(self.open) == 1:
            self.open[0].answers.setdefault(kind, []).append(text)
            self.answers.append(Answer(kind, text, self.subject))
        else:
            self.answers.append(Answer(kind, text))

    def table(self, block: Block) -> None:
        if not asks_questions(block):
            return
        if asks_on_a_card(block):
            self._card(block)
            return
        header, *rows = block.rows
        columns = _columns_of(header)
        self._tell_unread(header, columns)
        for row in rows:
            if _names_a_group(row):
                self.subject, self.open = unnumbered(row[0].text), []
            elif not words.TOTAL.search(row[0].text):
                self._row(row, columns)

    def _tell_unread(self, header: Row, columns: "_Columns") -> None:
        known = {columns.asked, columns.subject}
        for index, cell in enumerate(header):
            to_fill_in = LATER_COLUMN.match(cell.text) or ORDINAL_HEAD.match(cell.text)
            if cell.text and not columns.kinds[index] and index not in known and not to_fill_in:
                message = f"The column “{cell.text}” beside the questions was left out."
                self.warnings.append(PlanWarning("question_column_unread", message))

    def _card(self, block: Block) -> None:
        """What the card of one dimension asks, and which answers it names."""
        self.subject, self.level, self.open = card_name(block), BELOW_ALL, []
        for label, text in block.rows[1:]:
            if text.text:
                self._line(Line(f"{label.text}: {text.text}", bold=label.text), bold=False)
        self.kind = ""

    def _ask_in(self, cell: Cell, *, names_subject: bool) -> None:
        """What a cell asks; its first line may be the subject, as in a column of competencies and questions."""
        first, *below = cell.lines
        if names_subject and below:
            self.subject = first.text
            self.ask(unnumbered(in_one_line(line.text for line in below)))
        elif all(is_asked(unnumbered(line.text)) for line in cell.lines):
            for line in cell.lines:
                self.ask(unnumbered(line.text))
        else:
            self.ask(unnumbered(cell.text))

    def _row(self, row: Row, columns: "_Columns") -> None:
        subject = _written(row, columns.subject)
        if subject:
            self.subject = unnumbered(subject.text)
        self.open = []
        asked = _written(row, columns.asked)
        if asked:
            self._ask_in(asked, names_subject=columns.names_subject)
        for kind, cell in zip(columns.kinds, row, strict=False):
            for line in cell.lines if kind and cell.text else ():
                self.answer(kind, line.text)

    def lines(self, block: Block) -> None:
        if _is_a_scale(block):
            self.kind = ""
            return
        if self.is_complete and block.kind == "text":
            self.kind = ""
        for line, following in with_following(block.lines):
            if _names_what_is_asked_below(line, following):
                self.subject, self.level = weight_in_name(name_of(line.text))[0], BELOW_ALL
                self.kind, self.open = "", []
            else:
                self._line(line, bold=acts_as_heading(block))

    def _line(self, line: Line, *, bold: bool) -> None:
        label, text = _cut(line)
        kind = self._kind_said(label)
        tested = what_is_tested(line.text)
        if is_room(line.text) or is_to_write_on(line.text):
            self.kind = ""
        elif tested and (self.is_named_above or not self.subject):
            self._name_what_is_tested(tested)
        elif kind:
            self._begin_answers(kind, text)
        elif _ends_answers(line, label, text):
            self.kind = ""
        elif text and words.ASKS.search(label):
            self.ask(text)
        elif text and words.SUBLABEL.search(label):
            self.kind = ""
        elif self._may_ask(line):
            self.ask(_uncounted(line.text))
        elif bold:
            self._bold(line.text)
        else:
            self._go_on(line)

    def _name_what_is_tested(self, tested: str) -> None:
        """The subject of what follows, or of the lone questions above where nothing was named yet."""
        if self.alone and not self.subject and not self.is_named_above:
            self._move_to(tested)
            return
        self.subject, self.level, self.open = tested, BELOW_ALL, []
        self.is_named_above = True

    def _kind_said(self, label: str) -> str:
        """The kind of the answers that a label heads: those that are listened for below a question are strong."""
        kind = kind_of_answer(label)
        if kind or not self._has_asked:
            return kind
        return "strong" if _is_expected(label) else ""

    @property
    def _has_asked(self) -> bool:
        """Whether a question of the subject, or one that stands alone, is above."""
        asked = self.open if self.subject else self.alone
        return bool(asked)

    def _may_ask(self, line: Line) -> bool:
        """Whether a line ends as a question, or begins as one outside answers; “Why we ask: ...” only explains one."""
        if line.text.endswith("?"):
            return True
        if self.kind or _explains(line):
            return False
        return _is_a_question(line.text)

    def _begin_answers(self, kind: str, text: str) -> None:
        self.kind, self.is_complete = kind, bool(text)
        if text:
            self.answer(kind, text)

    def _bold(self, text: str) -> None:
        if words.SUBLABEL.search(text):
            self.kind = ""
            self.asking = words.ASKS.search(text) is not None
        else:
            self.heading(text)

    def _go_on(self, line: Line) -> None:
        """A plain line: more of the answers, else a question in a list below a subject."""
        if self.kind:
            self.answer(self.kind, line.text)
        elif self.subject and line.text and (line.depth == 1 or self.asking) and not _explains(line):
            self.ask(_uncounted(line.text))

    def questions(self) -> Questions:
        found = [_planned(row) for row in self.subjects + self.alone]
        asked: dict[str, tuple[PlannedQuestion, ...]] = {}
        for row in self.subjects:
            planned = tuple(question.planned() for question in row.asked)
            asked[row.name] = asked.get(row.name, ()) + planned
        return Questions(
            areas=tuple(found),
            answers=tuple(self.answers),
            grouped=bool(self.subjects) and not self.alone,
            asked=asked,
        )


def _is_expected(label: str) -> bool:
    """Whether a label heads what an answer should hold, or what is listened for."""
    return LISTENED_FOR.match(label) is not None or words.EXPECTED.search(label) is not None


@dataclass(frozen=True)
class _Columns:
    """The columns of a table of questions, by their indexes.

    `kinds` has the kind of answer of each column, empty for others. `asked` holds the questions and `subject` what they
    are about; with `names_subject` the first line of a question's cell may say that.
    """

    kinds: list[str]
    asked: int | None
    subject: int | None
    names_subject: bool = False


def _columns_of(header: Row) -> _Columns:
    """The columns that a header names; where each question is scored by itself, it is its own subject."""
    kinds = [kind_of_answer(cell.text) for cell in header]
    asked = next((index for index, cell in enumerate(header) if ASKED.search(cell.text)), None)
    subject = next((index for index, cell in enumerate(header) if _names_subject(cell)), None)
    if asked is None or subject is not None:
        return _Columns(kinds, asked, subject)
    if words.DIMENSION_HEAD.search(header[asked].text):
        return _Columns(kinds, asked, None, names_subject=True)
    is_scored = any(kinds) and any(LATER_COLUMN.match(cell.text) for cell in header)
    return _Columns(kinds, asked, asked if is_scored else None)


def _is_a_scale(block: Block) -> bool:
    """Whether a list has nothing but the words of levels, three at least."""
    return len(block.lines) > 2 and all(_is_a_levels_word(unnumbered(line.text)) for line in block.lines)


def _is_a_levels_word(text: str) -> bool:
    return rank_of(text) is not None and not parted(text)[1]


def _names_a_group(row: Row) -> bool:
    """Whether a row has nothing but a text across its columns that asks nothing."""
    written = [cell for cell in row if cell.text]
    return len(written) == 1 and written[0].span > 1 and not _is_a_question(written[0].text)


def _written(row: Row, index: int | None) -> Cell | None:
    """The cell of a column; None where there is no such cell or it is blank."""
    if index is None or index >= len(row) or not row[index].text:
        return None
    return row[index]


def _uncounted(text: str) -> str:
    """A question without its number, as in “1.” or “Q1:”."""
    return COUNT_BEFORE.sub("", unnumbered(text))


COUNT_BEFORE = re.compile(rf"^\W*(?:{by_language.QUESTIONS})\s?\d{{1,2}}\s*[:.)–—-]\s*(?=\S)", re.IGNORECASE)


def _cut(line: Line) -> tuple[str, str]:
    bold = line.bold.rstrip(" :–—-")
    if bold and line.text.startswith(bold):
        return bold, line.text[len(bold) :].strip(" :–—-")
    return parted(line.text)


def _explains(line: Line) -> bool:
    """Whether a line has a short label and a text that asks nothing: “Why we ask: it shows care.”"""
    label, text = _cut(line)
    if not text or line.text.endswith("?"):
        return False
    return len(label.split()) <= MOST_WORDS_OF_A_LABEL and not COMMAND.match(label)


def _names_what_is_asked_below(line: Line, following: Line) -> bool:
    """Whether an item names the subject of a question that stands deeper, behind a label: “Tact”, “Ask: When ...?”"""
    if not 0 < line.depth < following.depth or asks(line) or kind_of_answer(line.text):
        return False
    label, text = _cut(following)
    return bool(text) and words.ASKS.search(label) is not None


def _ends_answers(line: Line, label: str, text: str) -> bool:
    """Whether what follows a line is neither asked nor an answer: it heads what to look for, or is a level."""
    heads_what_to_look_for = words.LOOK_FOR.search(label) and not text
    return bool(heads_what_to_look_for) or _begins_with_a_level(line)


def _begins_with_a_level(line: Line) -> bool:
    """Whether a line is the wording of a level; a letter in front counts questions."""
    level = split_level(line)[0] or split_numbered_word(line)[0]
    return bool(level) and label_of(level).kind != "letter"


def _names_subject(cell: Cell) -> bool:
    if ASKED.search(cell.text) or kind_of_answer(cell.text):
        return False
    return words.DIMENSION_HEAD.search(cell.text) is not None


def _planned(subject: _Subject) -> PlannedFocusArea:
    """An area whose topics are its questions; a question without a subject has none."""
    texts = tuple(question.text for question in subject.asked)
    return PlannedFocusArea(subject.name, in_one_line(texts), texts)
