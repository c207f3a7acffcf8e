"""Practical exercises: label, title, duration, prompt and what to look for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from rubrics.blueprints import words
from rubrics.blueprints.lines import (
    Cell,
    Line,
    Row,
    in_one_line,
    is_bold_line,
    opens_bold,
    outside_brackets,
    split_name,
    table_lines,
)
from rubrics.blueprints.reading import PlanWarning, Read
from rubrics.blueprints.rubric_json import ExerciseJson, PortableOriginJson
from rubrics.blueprints.sections import Block, hand_to
from rubrics.blueprints.tellings import LOOK_FOR


@dataclass(frozen=True)
class PlannedExercise:
    """`label` is the letter or number after “Exercise”; `duration` the time as written.

    `dimensions` are the keys of those that it shows, `origin` where in a library it
    came from, where a rubric's own JSON says so.
    """

    label: str | None
    title: str
    duration: str | None
    prompt: str
    look_for: tuple[str, ...]
    dimensions: tuple[str, ...] = ()
    origin: PortableOriginJson = field(default_factory=PortableOriginJson)

    def as_json(self) -> ExerciseJson:
        found: ExerciseJson = {
            "label": self.label,
            "title": self.title,
            "duration": self.duration,
            "prompt": self.prompt,
            "look_for": list(self.look_for),
        }
        if self.dimensions:
            found["dimensions"] = list(self.dimensions)
        if self.origin:
            found["origin"] = self.origin
        return found


EXERCISE_TITLE = re.compile(
    r"^\s*(?:(?:\d{1,2}[.)]\s*)?(?:(?:practical|technical)\s+)?(?:exercise|case(?:\s+study)?|task|simulation|work sample|assignment"
    r"|scenario|option|role[- ]?play|übung|fallstudie|rollenspiel|exercice|jeu de rôles?|juego de rol)"
    r"\s*[#(]?\s*(?P<label>[A-Z](?![a-z])|\d{1,2}|[IVX]{2,4}(?![a-z]))?\)?"
    r"|(?P<bare>[A-Z])|\d{1,2}(?!\s*[-–—]))"
    r"(?P<time>\s*[(\[][^()\[\]]{1,40}[)\]])?(?:\s*[:.)]|\s*[–—]|\s*-(?=\s))\s*(?P<title>\S.*)$",
    re.IGNORECASE,
)
LABEL_ONLY = re.compile(r"^\s*(?:exercise|case study)\s*[#(]?(?P<label>[A-Z]|\d{1,2})\)?\s*:?$", re.IGNORECASE)


def is_numbered_exercise(title: str) -> bool:
    """Whether a heading begins like “Exercise A:”, or like “A:” alone.

    A mere number is not enough.
    """
    found = EXERCISE_TITLE.match(title)
    if found is None:
        return False
    return bool(found["label"] or found["bare"])


def names_one_exercise(title: str) -> bool:
    """Whether a heading has a name behind its kind, like “Exercise: plan a move” or
    “Case study – the late parcel”."""
    found = EXERCISE_TITLE.match(title)
    return found is not None and words.EXERCISES.search(title[: found.start("title")]) is not None


def is_a_timed_task(title: str) -> bool:
    """Whether a heading names a test or a task and ends with a time: “Writing test (30
    minutes)”."""
    return TIMED_TASK.search(title) is not None and TIME_AT_THE_END.search(title) is not None


def says_exercise(title: str) -> bool:
    """Whether a heading says nothing but that one exercise stands below it, like “Case
    study (60 min)”."""
    return ONE_EXERCISE.match(title) is not None


TIMED_TASK = words.words(
    r"\b(test|task|assignment|challenge|presentation|aufgabe|probearbeit|épreuve|présentation|prueba|tarea)\b"
)
STAGE = r"(?:round|stage|interview|runde|étape|etapa)\s+\d{1,2}\s*[:.–—-]\s*"  # before an exercise's name
ONE_EXERCISE = words.words(
    rf"^\W*(?:{STAGE})?(?:(?:the|\w+)[- ]+){{0,3}}(?:exercise|case study|work sample|simulation|assignment|challenge|role[- ]?play|fallstudie"
    rf"|arbeitsprobe|übung|étude de cas|mise en situation|exercice|ejercicio|caso práctico|supuesto práctico)\W*(?:\([^()]{{1,40}}\))?\W*$"
)


@dataclass
class _Group:
    """An exercise while it is read: its heading as written, and the lines below it."""

    title: str
    lines: list[Line] = field(default_factory=list)

    @classmethod
    def of(cls, title: str, rest: str) -> "_Group":
        """One whose heading goes on with its prompt on the same line."""
        return cls(title, [Line(f"Prompt: {rest}", 1)] if rest else [])


def exercises(blocks: Iterable[Block]) -> Read[tuple[PlannedExercise, ...]]:
    """Exercises as bold-headed paragraphs with dash lines, as headings with lists, or
    as list items."""
    reader = _Reader()
    hand_to(reader, blocks)
    found: list[PlannedExercise] = []
    guessed: list[str] = []
    for group in filter(_is_headed, reader.groups):
        group, has_deeds = _with_deeds_labelled(group)
        found.append(_exercise(group))
        if has_deeds:
            guessed.append(found[-1].title)
    return Read(tuple(found), tuple(_about_deeds(guessed)))


def _is_headed(group: _Group) -> bool:
    return bool(group.title)


def _with_deeds_labelled(group: _Group) -> tuple[_Group, bool]:
    """The exercise, in which a last list of what somebody does is to be looked for, and
    whether it has one.

    “Asks who is affected” says what is seen; no colon above announces it as a part of
    the prompt, and no label is there.
    """
    lines = group.lines
    first = len(lines)
    while first and lines[first - 1].depth and not _is_field(lines[first - 1]):
        first -= 1
    items = lines[first:]
    if not first or not items or lines[first - 1].text.endswith(":") or any(map(_says_look_for, lines)):
        return group, False
    if not all(is_deed(item.text) for item in items):
        return group, False
    labelled = list(lines)
    labelled.insert(first, Line("What to look for:"))
    return _Group(group.title, labelled), True


def _says_look_for(line: Line) -> bool:
    return words.LOOK_FOR.search(_labelled(line.text)[0]) is not None


def is_deed(text: str) -> bool:
    """Whether a text says what somebody does: “Asks who is affected”."""
    return DEED.match(text) is not None


DEED = re.compile(r"^[A-Z]?[a-z]{2,14}[^\Ws]s\s(?!of\b)")  # a verb in the third person, and no “Steps of ...”


def _about_deeds(titles: list[str]) -> Iterator[PlanWarning]:
    if titles:
        names = ", ".join(f"“{title}”" for title in titles)
        message = (
            f"Lists of what somebody does were read as what to look for in: {names}. This is our reading, so check it."
        )
        yield PlanWarning("look_for_guessed", message)


@dataclass
class _Reader:
    """Gathers the exercises of a part, block by block."""

    groups: list[_Group] = field(default_factory=list)

    def heading(self, block: Block) -> None:
        """An exercise, or one of the fields of the exercise that it stands in."""
        text = "What to look for" if block.told == LOOK_FOR else block.text
        if self.groups and block.told in {"", LOOK_FOR} and _is_field(Line(text)):
            self.groups[-1].lines.append(Line(text.rstrip(": ") + ":"))
        else:
            self.groups.append(_Group(text))

    def table(self, block: Block) -> None:
        """Exercises by row.

        Inside an exercise any other table is a list of things to look for.
        """
        if self.groups and not _lists_exercises(block):
            rows = table_lines(block.rows)
            self.groups[-1].lines.extend(replace(line, depth=2) for line in rows)
        else:
            self.groups.extend(_exercise_rows(block))

    def lines(self, block: Block) -> None:
        complete = False  # an item that is complete in itself: so is each of its siblings
        for line in block.lines:
            if self._opens_exercise(line, block):
                group = _Group.of(*_title_and_rest(line))
                complete = complete or bool(group.lines)
                self.groups.append(group)
            elif self._is_sibling(line, block, complete):
                complete = True
                self.groups.append(_Group.of(*split_name(line)))
            elif self.groups:
                self.groups[-1].lines.append(line)

    def _is_sibling(self, line: Line, block: Block, complete: bool) -> bool:
        """Whether a plain list item is an exercise: the first of a list, or beside
        others that are."""
        if block.kind != "list" or line.depth != 1 or _is_field(line):
            return False
        return complete or not self.groups

    def _opens_exercise(self, line: Line, block: Block) -> bool:
        """Whether a line is an exercise's heading: by its number or letter, else by its
        bold beginning."""
        outermost = 1 if block.kind == "list" else 0
        if EXERCISE_TITLE.match(line.text) and (not _is_field(line) or _is_a_title(line)):
            return line.depth in {0, outermost}
        label = line.bold.rstrip(": ")
        if not label or not line.text.startswith(label) or _is_field(Line(label + ":")):
            return False
        return line.depth == outermost and self._may_begin_another()

    def _may_begin_another(self) -> bool:
        """Whether the exercise before is done: it has no line yet, or ends in a list."""
        if not self.groups or not self.groups[-1].lines:
            return True
        return bool(self.groups[-1].lines[-1].depth)


COLUMNS = (
    ("look_for", words.LOOK_FOR),
    ("duration", words.DURATION_LABEL),
    ("label", words.LABEL_HEAD),
    ("title", words.EXERCISE_HEAD),
    ("prompt", words.PROMPT),
)


def _lists_exercises(block: Block) -> bool:
    header = block.rows[0] if block.rows else ()
    return any(known.search(cell.text) for cell in header for known in (words.EXERCISE_HEAD, words.PROMPT))


def is_a_table_of_exercises(block: Block) -> bool:
    """Whether a table's first column names exercises, and another one says what to do,
    for how long or what to look for."""
    if block.kind != "table" or len(block.rows) < 2 or not words.EXERCISES.search(block.rows[0][0].text):
        return False
    return any(_column_kind(cell) in {"prompt", "duration", "look_for"} for cell in block.rows[0][1:])


def _exercise_rows(block: Block) -> list[_Group]:
    """Exercises of a table: by its column titles.

    Columns without a known title belong to the prompt.
    """
    if not block.rows:
        return []
    kinds = [_column_kind(cell) for cell in block.rows[0]]
    if "title" not in kinds and kinds:
        free = [index for index, kind in enumerate(kinds) if kind in {"", "prompt"}]
        kinds[free[0] if free else 0] = "title"
    groups = [_exercise_row(kinds, row) for row in block.rows[1:]]
    return [group for group in groups if group.title]


def _column_kind(cell: Cell) -> str:
    return next((name for name, known in COLUMNS if known.search(cell.text)), "")


def _exercise_row(kinds: list[str], row: Row) -> _Group:
    title = label = ""
    lines: list[Line] = []
    for kind, cell in zip(kinds, row, strict=False):
        if kind == "title" and not title:
            title = cell.text
        elif kind == "label":
            label = cell.text
        elif kind == "look_for" and len(cell.lines) > 1:
            lines.append(Line("What to look for:", 1))
            lines.extend(Line(line.text, 2) for line in cell.lines)
        elif cell.text:
            lines.append(Line(f"{FIELD_LABELS.get(kind, 'Prompt')}: {cell.text}", 1))
    if label and title and not EXERCISE_TITLE.match(title):
        title = f"Exercise {label.removeprefix('Exercise').strip()}: {title}"
    return _Group(title, lines)


FIELD_LABELS = {"look_for": "What to look for", "duration": "Duration"}


def _title_and_rest(line: Line) -> tuple[str, str]:
    """The exercise's bold title and the prompt that follows it on the same line, where
    it does."""
    if not opens_bold(line):
        return line.text, ""
    rest = line.text[len(line.bold) :]
    bracket = re.match(r"\s*[(\[][^()\[\]]*[)\]]", rest)
    cut = len(line.bold) + (bracket.end() if bracket else 0)
    if not _goes_on(line.bold, rest) or _is_cut_in_its_name(line):
        return line.text, ""
    return line.text[:cut].strip(" :–—-"), line.text[cut:].lstrip(" :–—-").rstrip(" –—-")


def _goes_on(bold: str, rest: str) -> bool:
    """Whether there are words behind a bold title, or behind a colon inside it."""
    if not bold.strip() or not re.match(r"\s*[:–—-]?\s*\S", rest):
        return False
    return re.search(r"\w", bold.partition(":")[2] or rest) is not None


def _is_cut_in_its_name(line: Line) -> bool:
    """Whether only “Exercise A:” is bold, and the title itself is what follows."""
    return EXERCISE_TITLE.match(line.text) is not None and not EXERCISE_TITLE.match(line.bold)


def _is_field(line: Line) -> bool:
    head, _, _ = _labelled(line.text)
    fields = (words.PROMPT, words.LOOK_FOR, words.DURATION_LABEL)
    return any(known.search(head) for known in fields)


def _is_a_title(line: Line) -> bool:
    """Whether a line names one exercise behind its kind: it is bold as a whole or ends
    with a time, as no field is."""
    if not names_one_exercise(line.text):
        return False
    return is_bold_line(line) or TIME_AT_THE_END.search(line.text) is not None


TIME_AT_THE_END = re.compile(rf"(?:[(\[]|,)\s*{words.DURATION.pattern}\s*[)\]]?\W*$", re.IGNORECASE)


def _labelled(text: str) -> tuple[str, str, str | None]:
    """A line's label, what follows it, and the time that the label itself has in
    brackets."""
    found = LABEL.match(text)
    if found is None:
        head, time = _without_duration(text)
        return head, "", time
    head, time = _without_duration(found.group(1))
    return head, found.group(2).strip().lstrip("–—•- "), time


LABEL = re.compile(r"^([^:–—]{1,60}?)\s*(?::|\s[–—-]\s)\s*(.*)$")


def _exercise(group: _Group) -> PlannedExercise:
    label, name = _label_and_name(group.title)
    name, duration = _without_duration(name)
    texts = _Texts()
    for line in _sentences(group.lines):
        texts.add(line)
    prompt = texts.whole_prompt()
    look_for = tuple(" ".join(parts) for _, parts in texts.look_for)
    duration = duration or texts.duration or _first_duration(prompt) or _leading_time(name)
    title = name.strip(" :.") or group.title.strip(" :.")
    return PlannedExercise(label, title, duration, prompt, look_for)


def _leading_time(name: str) -> str | None:
    found = LEADING_TIME.match(name)
    return found.group(1) if found else None


LEADING_TIME = re.compile(rf"^\s*({words.DURATION.pattern})", re.IGNORECASE)


def _label_and_name(title: str) -> tuple[str | None, str]:
    """The letter or number after “Exercise”, in capitals, and the title without both."""
    title = re.sub(rf"^\W*{STAGE}", "", title, flags=re.IGNORECASE)
    found = EXERCISE_TITLE.match(title)
    if found:
        label = found["label"] or found["bare"]
        name: str = found["title"] + (found["time"] or "")
        return label.upper() if label else None, name
    alone = LABEL_ONLY.match(title)
    return alone["label"].upper() if alone else None, title


def _sentences(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, parted where one says in its middle what to look for."""
    for line in lines:
        for text in INLINE_LOOK_FOR.split(line.text):
            yield replace(line, text=text)


INLINE_LOOK_FOR = re.compile(r"(?<=[.;!?])\s+(?=(?:what to look for|look for|evaluation criteria)\s*:)", re.IGNORECASE)


@dataclass
class _Texts:
    """Prompt, things to look for (each with its depth) and stated duration, while they
    are read line by line."""

    prompt: list[tuple[int, str]] = field(default_factory=list)
    look_for: list[tuple[int, list[str]]] = field(default_factory=list)
    duration: str | None = None
    looking: bool = False

    def add(self, line: Line) -> None:
        head, rest, time = _labelled(line.text)
        alone = line.text.strip(" ().")
        self.duration = self.duration or time
        if _heads_look_for(head, rest, line.text):
            self.looking = True
            self.look_for.extend((line.depth + 1, [text]) for text in _inline_list(rest))
        elif words.DURATION_LABEL.search(head) and (rest or line.text.endswith(":")):
            self.looking = False
            self.duration = self.duration or rest.rstrip(".") or None
        elif words.DURATION.fullmatch(alone):
            self.duration = self.duration or alone
        elif words.PROMPT.search(head):
            self.looking = False
            self.prompt.append((line.depth, rest))
        elif self.looking:
            self._add_look_for(line)
        else:
            self.prompt.append((line.depth, line.text))

    def whole_prompt(self) -> str:
        """The prompt as one text; items of a list that a colon opens are kept apart."""
        whole = ""
        list_depth: int | None = None
        for depth, text in self.prompt:
            if not text:
                continue
            is_item = list_depth is not None and depth > list_depth
            is_further_item = is_item and not whole.endswith(":")
            whole = in_one_line([whole, text]) if is_further_item else f"{whole} {text}".strip()
            if text.endswith(":"):
                list_depth = depth
            elif not is_item:
                list_depth = None
        return whole

    def _add_look_for(self, line: Line) -> None:
        """A deeper line joins the thing that it stands below.

        A paragraph behind a list is left out.
        """
        first_depth = self.look_for[0][0] if self.look_for else 0
        if self.look_for and line.depth > first_depth:
            self.look_for[-1][1].append(line.text)
        elif line.depth or not first_depth:
            self.look_for.append((line.depth, [line.text]))


def _heads_look_for(head: str, rest: str, text: str) -> bool:
    """Whether a line says that what to look for follows it, on the same line or below."""
    if not words.LOOK_FOR.search(head):
        return False
    return bool(rest) or ":" in text or len(head) < 40


def _inline_list(text: str) -> list[str]:
    """Things told apart by semicolons outside brackets; a single one stays as written."""
    parts = [part.strip() for part in outside_brackets(text, ";") if part.strip()]
    if len(parts) == 1:
        return parts
    return [part.rstrip(".") for part in parts]


def _without_duration(name: str) -> tuple[str, str | None]:
    """The name without a time in brackets or after a dash at its end, and that time as
    written."""
    for found in BRACKETS.finditer(name):
        if words.DURATION.search(found.group(1)):
            without = name[: found.start()] + name[found.end() :]
            return without.strip(), found.group(1).strip()
    after = TRAILING_TIME.search(name)
    return (name[: after.start()], after.group(1)) if after else (name, None)


BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
TRAILING_TIME = re.compile(rf"(?:\s[–—-]|,)\s+({words.DURATION.pattern})\W*$", re.IGNORECASE)


def _first_duration(prompt: str) -> str | None:
    """A time that the prompt gives for the exercise: “You have 45 minutes”, or “45
    minutes.” by itself.

    A time in its story is none.
    """
    found = ALLOWED_TIME.search(prompt) or TIME_BY_ITSELF.search(prompt)
    return found.group(1) if found else None


ALLOWED_TIME = re.compile(
    r"(?:^(?:in|within)|you (?:will )?(?:have|get)|takes?|\btime:?|allow|spend|should take"
    r"|\b(?:dauer|zeit|durée|temps|duración|tiempo)\s*:?|\b(?:sie|du) (?:haben|hast)|vous (?:avez|disposez de)"
    r"|\b(?:dispone|disponen|tiene|tienen)(?: de)?)\s+"
    rf"(?:(?:no|not) more than\s+|at most\s+|less than\s+|around\s+|roughly\s+)?({words.DURATION.pattern})",
    re.IGNORECASE,
)
TIME_BY_ITSELF = re.compile(  # “20 minutes. Plan a move”, “..., 50 minutes, on our machine”
    rf"(?:^\W*|[.,;]\s+)({words.SHORT_TIME.pattern})(?=\s*(?:[.,;:–—]|$))", re.IGNORECASE
)
