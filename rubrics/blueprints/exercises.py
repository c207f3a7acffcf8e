"""Practical exercises: label, title, duration, prompt and what to look for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rubrics.blueprints import words
from rubrics.blueprints.lines import Cell, Line, outside_brackets, split_name, table_lines
from rubrics.blueprints.sections import Block


@dataclass(frozen=True)
class PlannedExercise:
    """`label` is the letter or number after “Exercise”; `duration` the time as written."""

    label: str | None
    title: str
    duration: str | None
    prompt: str
    look_for: tuple[str, ...]


EXERCISE_TITLE = re.compile(
    r"^\s*(?:(?:\d{1,2}[.)]\s*)?(?:(?:practical|technical)\s+)?(?:exercise|case(?:\s+study)?|task|simulation|work sample|assignment"
    r"|scenario|option|übung|fallstudie|exercice)\s*[#(]?\s*(?P<label>[A-Z](?![a-z])|\d{1,2}|[IVX]{2,4}(?![a-z]))?\)?"
    r"|(?P<bare>[A-Z])|\d{1,2}(?!\s*[-–—]))"
    r"(?P<time>\s*[(\[][^()\[\]]{1,40}[)\]])?(?:\s*[:.)]|\s*[–—]|\s*-(?=\s))\s*(?P<title>\S.*)$",
    re.IGNORECASE,
)
LABEL_ONLY = re.compile(r"^\s*(?:exercise|case study)\s*[#(]?(?P<label>[A-Z]|\d{1,2})\)?\s*:?$", re.IGNORECASE)


def is_numbered_exercise(title: str) -> bool:
    found = EXERCISE_TITLE.match(title)
    return bool(found and (found["label"] or found["bare"]))


Groups = list[tuple[str, list[Line]]]


def exercises(blocks: Iterable[Block]) -> tuple[PlannedExercise, ...]:
    """Exercises as bold-headed paragraphs with dash lines, as headings with lists, or as list items."""
    groups: Groups = []
    for block in blocks:
        if block.kind == "heading" and groups and _is_field(Line(block.text)):
            groups[-1][1].append(Line(block.text.rstrip(": ") + ":"))
        elif block.kind == "heading":
            groups.append((block.text, []))
        elif block.kind == "table" and groups and not _lists_exercises(block):
            groups[-1][1].extend(replace(line, depth=2) for line in table_lines(block.rows))
        elif block.kind == "table":
            groups += _exercise_rows(block)
        else:
            _exercise_lines(block, groups)
    return tuple(_exercise(title, lines) for title, lines in groups if title)


COLUMNS = (
    ("look_for", words.LOOK_FOR),
    ("duration", words.DURATION_LABEL),
    ("label", words.LABEL_HEAD),
    ("title", words.EXERCISE_HEAD),
    ("prompt", words.PROMPT),
)


def _lists_exercises(block: Block) -> bool:
    texts = [cell.text for cell in block.rows[0]] if block.rows else []
    return any(known.search(text) for text in texts for known in (words.EXERCISE_HEAD, words.PROMPT))


def _exercise_rows(block: Block) -> Groups:
    """Exercises of a table: by its column titles; columns without a known title belong to the prompt."""
    kinds = [next((name for name, known in COLUMNS if known.search(cell.text)), "") for cell in block.rows[0]]
    if "title" not in kinds and kinds:
        free = [at for at, kind in enumerate(kinds) if kind in {"", "prompt"}]
        kinds[free[0] if free else 0] = "title"
    return [found for row in block.rows[1:] if (found := _exercise_row(kinds, row))[0]]


def _exercise_row(kinds: list[str], row: tuple[Cell, ...]) -> tuple[str, list[Line]]:
    title = label = ""
    lines: list[Line] = []
    for kind, cell in zip(kinds, row, strict=False):
        if kind == "title" and not title:
            title = cell.text
        elif kind == "label":
            label = cell.text
        elif kind == "look_for" and len(cell.lines) > 1:
            lines += [Line("What to look for:", 1), *(Line(line.text, 2) for line in cell.lines)]
        elif cell.text:
            lines.append(Line(f"{FIELD_LABELS.get(kind, 'Prompt')}: {cell.text}", 1))
    named = label and title and not EXERCISE_TITLE.match(title)
    return (f"Exercise {label.removeprefix('Exercise').strip()}: {title}" if named else title), lines


FIELD_LABELS = {"look_for": "What to look for", "duration": "Duration"}


def _exercise_lines(block: Block, groups: Groups) -> None:
    opened: list[Block] = []
    for line in block.lines:
        if _opens_exercise(line, block, groups):
            title, rest = _title_and_rest(line)
            if rest:  # an item that is complete in itself: so is each of its siblings
                opened.append(block)
            groups.append((title, [Line(f"Prompt: {rest}", 1)] if rest else []))
        elif block.kind == "list" and line.depth == 1 and (not groups or block in opened) and not _is_field(line):
            opened.append(block)
            title, rest = split_name(line)
            groups.append((title, [Line(f"Prompt: {rest}", 1)] if rest else []))
        elif groups:
            groups[-1][1].append(line)


def _title_and_rest(line: Line) -> tuple[str, str]:
    """The exercise's bold title and the prompt that follows it on the same line, where it does."""
    rest = line.text[len(line.bold) :] if line.bold and line.text.startswith(line.bold) else ""
    if (
        line.bold.strip()
        and re.match(r"\s*[:–—-]?\s*\S", rest)
        and re.search(r"\w", line.bold.partition(":")[2] or rest)
    ):
        bracket = re.match(r"\s*[(\[][^()\[\]]*[)\]]", rest)
        cut = len(line.bold) + (bracket.end() if bracket else 0)
        names_only = EXERCISE_TITLE.match(line.text) and not EXERCISE_TITLE.match(line.bold)
        if not names_only:
            return line.text[:cut].strip(" :–—-"), line.text[cut:].strip(" :–—-")
    return line.text, ""


def _is_field(line: Line) -> bool:
    head, _, _ = _labelled(line.text)
    return any(known.search(head) for known in (words.PROMPT, words.LOOK_FOR, words.DURATION_LABEL))


def _labelled(text: str) -> tuple[str, str, str | None]:
    """A line's label, what follows it, and the time that the label itself has in brackets."""
    found = LABEL.match(text)
    head, time = _without_duration(found.group(1) if found else text)
    return head, found.group(2).strip().lstrip("–—•- ") if found else "", time


LABEL = re.compile(r"^([^:–—]{1,60}?)\s*(?::|\s[–—-]\s)\s*(.*)$")


def _opens_exercise(line: Line, block: Block, groups: Groups) -> bool:
    if EXERCISE_TITLE.match(line.text) and not _is_field(line):
        return line.depth == 0 or (block.kind == "list" and line.depth == 1)
    label = line.bold.rstrip(": ")
    if not label or not line.text.startswith(line.bold.rstrip(": ")) or _is_field(Line(label + ":")):
        return False
    return line.depth == (1 if block.kind == "list" else 0) and (
        not groups or not groups[-1][1] or bool(groups[-1][1][-1].depth)
    )


def _exercise(title: str, lines: list[Line]) -> PlannedExercise:
    label, name = _label_and_name(title)
    name, duration = _without_duration(name)
    prompt, look_for, stated = _fields(lines)
    text = " ".join(prompt)
    duration = duration or stated or _first_duration(text)
    if duration is None and (leading := LEADING_TIME.match(name)):
        duration = leading.group(1)
    return PlannedExercise(label, name.strip(" :.") or title.strip(" :."), duration, text, tuple(look_for))


LEADING_TIME = re.compile(rf"^\s*({words.DURATION.pattern})", re.IGNORECASE)


def _label_and_name(title: str) -> tuple[str | None, str]:
    found = EXERCISE_TITLE.match(title)
    if found:
        label = found["label"] or found["bare"]
        return label.upper() if label else None, found["title"] + (found["time"] or "")
    alone = LABEL_ONLY.match(title)
    return (alone["label"].upper() if alone else None), title


def _fields(lines: list[Line]) -> tuple[list[str], list[str], str | None]:
    """Prompt, things to look for, and stated duration; deeper lines join the thing that they stand below."""
    prompt: list[str] = []
    look_for: list[tuple[int, list[str]]] = []
    duration = None
    looking = False
    for line in (replace(row, text=text) for row in lines for text in INLINE_LOOK_FOR.split(row.text)):
        head, rest, time = _labelled(line.text)
        duration = duration or time
        if words.LOOK_FOR.search(head) and (rest or ":" in line.text or len(head) < 40):
            looking = True
            look_for += [(line.depth + 1, [text]) for text in _inline_list(rest)]
        elif words.DURATION_LABEL.search(head) and rest:
            duration = duration or rest
            looking = False
        elif words.DURATION.fullmatch(line.text.strip(" ().")):
            duration = duration or line.text.strip(" ().")
        elif words.PROMPT.search(head):
            looking = False
            prompt.append(rest)
        elif not looking:
            prompt.append(line.text)
        elif look_for and line.depth > look_for[0][0]:
            look_for[-1][1].append(line.text)
        elif not look_for or line.depth or not look_for[0][0]:
            look_for.append((line.depth, [line.text]))
    return [part for part in prompt if part], [" ".join(parts) for _, parts in look_for], duration


INLINE_LOOK_FOR = re.compile(r"(?<=[.;!?])\s+(?=(?:what to look for|look for|evaluation criteria)\s*:)", re.IGNORECASE)


def _inline_list(text: str) -> list[str]:
    """Things told apart by semicolons outside brackets; a single one stays as written."""
    parts = [part.strip() for part in outside_brackets(text, ";") if part.strip()]
    return [part.rstrip(".") for part in parts] if len(parts) > 1 else parts


def _without_duration(name: str) -> tuple[str, str | None]:
    """The name without a time in brackets or after a dash at its end, and that time as written."""
    for found in BRACKETS.finditer(name):
        if words.DURATION.search(found.group(1)):
            return f"{name[: found.start()]}{name[found.end() :]}".strip(), found.group(1).strip()
    after = re.search(rf"(?:\s[–—-]|,)\s+({words.DURATION.pattern})\W*$", name, re.IGNORECASE)
    return (name[: after.start()], after.group(1)) if after else (name, None)


BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")


def _first_duration(prompt: str) -> str | None:
    """A time that the prompt gives for the exercise, as in “You have 45 minutes”; not one of its story."""
    found = re.search(
        r"(?:^(?:in|within)|you have|takes?|time:?|allow|spend)\s+(" + words.DURATION.pattern + ")",
        prompt,
        re.IGNORECASE,
    )
    return found.group(1) if found else None
