"""The hiring section's parts: focus areas, exercises, signals."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from rubrics.blueprints import words
from rubrics.blueprints.documents import (
    ORDINAL,
    Block,
    Cell,
    Line,
    Section,
    acts_as_heading,
    is_bold_line,
    parted,
    unnumbered,
)
from rubrics.blueprints.scorecard import is_scorecard


@dataclass(frozen=True)
class PlannedFocusArea:
    name: str
    detail: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class PlannedExercise:
    """`label` is the letter or number after “Exercise”; `duration` the time as written."""

    label: str | None
    title: str
    duration: str | None
    prompt: str
    look_for: tuple[str, ...]


PARTS = (
    ("scorecard", words.SCORECARD),
    ("red_flag", words.RED_FLAG),
    ("weak", words.WEAK),
    ("strong", words.STRONG),
    ("exercises", words.EXERCISES),
    ("focus", words.FOCUS),
)
SIGNALS = tuple(part for part in PARTS if part[0] in {"red_flag", "weak", "strong"})


def parts_of(section: Section | None) -> dict[str, list[Block]]:
    """The section's blocks by part; a sub-heading that names no part belongs to the part that it stands in."""
    parts: dict[str, list[Block]] = {name: [] for name in [*dict(PARTS), "final"]}
    blocks = [piece for block in (section.blocks if section else ()) for piece in _pieces(block)]
    headed = {_part_named(block.text) for block in blocks if block.kind == "heading"}
    current, level = "", 0
    for block in blocks:
        if block.kind == "heading" or acts_as_heading(block):
            title = block.text or block.lines[0].text
            found = _part_named(title)
            deeper = bool(current) and block.kind == "heading" and block.level > level
            within = found == "exercises" or (block.kind == "text" and found in headed | {"focus", "scorecard"})
            nested = current == "exercises" and (
                deeper or within or _numbered_exercise(title) or (not found and _is_label(title))
            )
            nested = nested or (current == "focus" and deeper and found not in dict(SIGNALS))
            if (found or (block.kind == "heading" and not deeper)) and not nested:
                current, level = found, block.level or level
                continue
        if current not in {"scorecard", "exercises", "final"} and block.kind == "table" and is_scorecard(block):
            parts["scorecard"].append(block)
            continue
        table = _signal_table(block) if current not in {"scorecard", "exercises", "focus"} else {}
        for kind, lines in table.items():
            parts[kind].append(Block("list", lines=tuple(lines)))
        if current and not table:
            parts[current].append(block)
    return parts


def _part_named(title: str) -> str:
    if words.CLOSING.search(title) and words.FINAL_SECTION.search(title):
        return "final"
    return next((name for name, pattern in PARTS if pattern.search(title)), "")


def _is_label(title: str) -> bool:
    return bool(words.LOOK_FOR.search(title) or words.PROMPT.search(title.rstrip(": ")))


def _pieces(block: Block) -> list[Block]:
    """A text or list, parted where one of its lines is a heading that names a kind of signal."""
    cuts = [at for at, line in enumerate(block.lines) if _heads_signals(block, at, line)]
    if not cuts:
        return [block]
    pieces = [replace(block, lines=block.lines[: cuts[0]])] if cuts[0] else []
    for start, end in pairwise([*cuts, len(block.lines)]):
        line = block.lines[start]
        shift = line.depth
        below = tuple(replace(row, depth=max(row.depth - shift, 0)) for row in block.lines[start + 1 : end])
        pieces.append(Block("text", lines=(Line(line.text, 0, line.text),)))
        pieces.append(Block("list" if shift else "text", lines=below))
    return pieces


def _heads_signals(block: Block, at: int, line: Line) -> bool:
    following = block.lines[at + 1].depth if at + 1 < len(block.lines) else 0
    label = line.text.endswith(":") or is_bold_line(line) or len(line.text) < 40
    return following > line.depth and label and any(kind.search(line.text) for _, kind in SIGNALS)


def _signal_table(block: Block) -> dict[str, list[Line]]:
    """The items of a table that has kinds of signals as columns, or as rows; none for any other table."""
    if block.kind != "table" or not block.rows:
        return {}
    header = [_signal_kind(cell) for cell in block.rows[0]]
    if sum(map(bool, header)) > 1 or "red_flag" in header[1:]:
        cells = [(kind, cell) for row in block.rows[1:] for kind, cell in zip(header, row, strict=False)]
        return _by_kind(cells)
    rows = [(_signal_kind(row[0]), cell) for row in block.rows if row for cell in row[1:]]
    return _by_kind(rows) if len({kind for kind, _ in rows if kind}) > 1 else {}


def _signal_kind(cell: Cell) -> str:
    return next((name for name, pattern in SIGNALS if pattern.search(cell.text)), "")


def _by_kind(cells: Iterable[tuple[str, Cell]]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for kind, cell in cells:
        if kind and cell.text:
            found.setdefault(kind, []).extend(Line(line.text, 1, line.bold) for line in cell.lines)
    return found


EXERCISE_TITLE = re.compile(
    r"^\s*(?:(?:\d{1,2}[.)]\s*)?(?:(?:practical|technical)\s+)?(?:exercise|case(?:\s+study)?|task|simulation|work sample|assignment"
    r"|scenario|option|übung|fallstudie|exercice)\s*[#(]?\s*(?P<label>[A-Z](?![a-z])|\d{1,2}|[IVX]{2,4}(?![a-z]))?\)?"
    r"|(?P<bare>[A-Z])|\d{1,2}(?!\s*[-–—]))"
    r"(?P<time>\s*[(\[][^()\[\]]{1,40}[)\]])?(?:\s*[:.)]|\s*[–—]|\s*-(?=\s))\s*(?P<title>\S.*)$",
    re.IGNORECASE,
)
LABEL_ONLY = re.compile(r"^\s*(?:exercise|case study)\s*[#(]?(?P<label>[A-Z]|\d{1,2})\)?\s*:?$", re.IGNORECASE)


def _numbered_exercise(title: str) -> bool:
    found = EXERCISE_TITLE.match(title)
    return bool(found and (found["label"] or found["bare"]))


def list_items(blocks: Iterable[Block]) -> list[str]:
    """Items of the lists in these blocks; deeper lines join their item, or are the items where it only heads them.

    Where nothing is marked as a list, each paragraph is an item.
    """
    lines = [line for block in blocks for line in (_table_lines(block) if block.kind == "table" else block.lines)]
    listed = any(line.depth for line in lines)
    items: list[list[str]] = []
    heads = False
    for at, line in enumerate(lines):
        deeper = at + 1 < len(lines) and lines[at + 1].depth > line.depth
        if line.depth > 1 and items and not heads:
            items[-1].append(line.text)
        elif line.depth == 1 and deeper and (line.text.endswith(":") or is_bold_line(line)):
            heads = True
        elif line.depth or not (listed or line.text.endswith(":")):
            heads = heads and line.depth > 1
            items.append([unnumbered(line.text) if not line.depth else line.text])
    return [" ".join(parts) for parts in items]


def _table_lines(block: Block) -> list[Line]:
    """One line per row; without a row that heads the columns."""
    rows = block.rows[1:] if block.rows and _heads_table(block.rows[0]) else block.rows
    texts = (" – ".join(cell.text for cell in row if cell.text) for row in rows)
    return [Line(text, 1) for text in texts if text]


def _heads_table(row: tuple[Cell, ...]) -> bool:
    return all(cell.header or not cell.text for cell in row) or bool(words.TABLE_HEAD.search(row[0].text))


Areas = list[tuple[str, list[Line]]]


def focus_areas(blocks: Iterable[Block]) -> tuple[PlannedFocusArea, ...]:
    areas: Areas = []
    under_heading = False
    for block in blocks:
        if block.kind == "heading":
            areas.append((unnumbered(block.text), []))
        elif block.kind == "table":
            areas += _areas_of_table(block)
        else:
            bold = any(line.depth == 0 and _opens_area(line) for line in block.lines)
            bold = bold or (under_heading and not any(line.bold for line in block.lines))
            for line in block.lines:
                _focus_line(line, areas, listed=not bold)
        bare = bool(block.lines) and is_bold_line(block.lines[-1]) and bool(areas) and not areas[-1][1]
        under_heading = block.kind == "heading" or bare or (under_heading and block.kind != "table")
    return tuple(_area(name, lines) for name, lines in areas if name)


def _areas_of_table(block: Block) -> Areas:
    rows = block.rows[1:] if len(block.rows) > 1 else block.rows
    first = 1 if rows and all(re.fullmatch(r"\W*\w{0,2}\W*", row[0].text) for row in rows if row) else 0
    return [
        (unnumbered(row[first].text), list(row[first + 1].lines))
        for row in rows
        if len(row) > first + 1 and row[first].text
    ]


def _opens_area(line: Line) -> bool:
    return bool(line.bold) and line.text.startswith(line.bold)


def _focus_line(line: Line, areas: Areas, *, listed: bool) -> None:
    if (listed and (line.depth == 1 or ORDINAL.match(line.text))) or (line.depth == 0 and _opens_area(line)):
        name, detail = _split(line)
        areas.append((name, [Line(detail)] if detail else []))
    elif areas and (line.depth or not listed):
        areas[-1][1].append(line)


def _split(line: Line) -> tuple[str, str]:
    """A name and what follows it: at the end of the bold text, else at the first colon or dash."""
    if _opens_area(line):
        return unnumbered(line.bold).strip(" :：–—-"), line.text[len(line.bold) :].strip(" :：–—-")
    return parted(line.text)


def _area(name: str, lines: list[Line]) -> PlannedFocusArea:
    """The lines of a list are told apart by commas, so that each is a topic of its own."""
    parts: list[str] = []
    for line in lines:
        if parts and line.depth and not parts[-1].endswith((":", ",", ";")):
            parts[-1] = parts[-1].rstrip(".") + ","
        parts.append(line.text)
    detail = " ".join(parts)
    return PlannedFocusArea(name, detail, tuple(topics(detail)))


def topics(detail: str) -> list[str]:
    """The detail cut at commas outside brackets, its final full stop dropped."""
    text = detail.strip()
    text = text[:-1] if text.endswith((".", "。")) else text
    return [part.strip() for part in outside_brackets(text, ",，、") if part.strip()]


def outside_brackets(text: str, separators: str) -> list[str]:
    out, depth, start = [], 0, 0
    for index, sign in enumerate(text):
        depth += (sign in "([{（") - (sign in ")]}）" and depth > 0)
        if sign in separators and depth == 0:
            out.append(text[start:index])
            start = index + 1
    return [*out, text[start:]]


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
            groups[-1][1].extend(replace(line, depth=2) for line in _table_lines(block))
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
            title, rest = _split(line)
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
    return head, found.group(2).strip() if found else "", time


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
