"""The hiring section's parts: focus areas, exercises, signals."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rubrics.blueprints import words
from rubrics.blueprints.documents import Block, Line, Section


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


def parts_of(section: Section | None) -> dict[str, list[Block]]:
    """The section's blocks by part; a sub-heading that names no part belongs to the part that it stands in."""
    parts: dict[str, list[Block]] = {name: [] for name, _ in PARTS}
    current, level = "", 0
    for block in section.blocks if section else ():
        if block.kind == "heading" or _acts_as_heading(block):
            title = block.text or block.lines[0].text
            found = next((name for name, pattern in PARTS if pattern.search(title)), "")
            deeper = bool(current) and block.kind == "heading" and block.level > level
            within = found == "exercises" or (block.kind == "text" and found in {"focus", "scorecard"})
            nested = current == "exercises" and (deeper or within or _numbered_exercise(title))
            if (found or (block.kind == "heading" and not deeper)) and not nested:
                current, level = found, block.level or level
                continue
        if current:
            parts[current].append(block)
    return parts


def _acts_as_heading(block: Block) -> bool:
    """A paragraph that is nothing but a short bold text."""
    lines = block.lines
    return (
        block.kind == "text"
        and len(lines) == 1
        and bool(lines[0].bold)
        and lines[0].text.rstrip(": ") == lines[0].bold.rstrip(": ")
    )


EXERCISE_TITLE = re.compile(
    r"^\s*(?:(?:practical\s+)?(?:exercise|case(?:\s+study)?|task|simulation|work sample|assignment|scenario|option)\s*(?P<label>[A-Z]|\d{1,2})?|(?P<bare>[A-Z]|\d{1,2}))(?:\s*[:.)]|\s*[–—]|\s*-(?=\s))\s*(?P<title>\S.*)$",
    re.IGNORECASE,
)


def _numbered_exercise(title: str) -> bool:
    found = EXERCISE_TITLE.match(title)
    return bool(found and (found["label"] or found["bare"]))


def list_items(blocks: Iterable[Block]) -> list[str]:
    """Items of the lists in these blocks; deeper lines join their item."""
    items: list[str] = []
    for block in blocks:
        if block.kind == "table":
            items += [" – ".join(cell.text for cell in row if cell.text) for row in block.rows[1:]]
            continue
        for line in block.lines:
            if line.depth == 1:
                items.append(line.text)
            elif line.depth > 1 and items:
                items[-1] = f"{items[-1]} {line.text}"
    return [item for item in items if item]


SEPARATOR = re.compile(r"\s*(?::\s|\s[–—-]\s)\s*")


def focus_areas(blocks: Iterable[Block]) -> tuple[PlannedFocusArea, ...]:
    areas: list[tuple[str, list[str]]] = []
    for block in blocks:
        if block.kind == "heading":
            areas.append((block.text, []))
        elif block.kind == "table":
            areas += [(row[0].text, [row[1].text]) for row in block.rows[1:] if len(row) > 1 and row[0].text]
        else:
            for line in block.lines:
                _focus_line(line, areas, under_heading=bool(areas) and _follows_heading(blocks, block))
    return tuple(_area(name, " ".join(part for part in detail if part)) for name, detail in areas)


def _follows_heading(blocks: Iterable[Block], block: Block) -> bool:
    before: Block | None = None
    for candidate in blocks:
        if candidate is block:
            return before is not None and before.kind == "heading"
        before = candidate
    return False


def _focus_line(line: Line, areas: list[tuple[str, list[str]]], *, under_heading: bool) -> None:
    if (line.depth == 1 and not under_heading) or (line.depth == 0 and line.bold and line.text.startswith(line.bold)):
        name, detail = _split(line)
        areas.append((name, [detail]))
    elif areas and (line.depth or under_heading):
        areas[-1][1].append(line.text)


def _split(line: Line) -> tuple[str, str]:
    """A name and what follows it: at the end of the bold text, else at the first colon or dash."""
    if line.bold and line.text.startswith(line.bold):
        return line.bold.strip(" :–—-"), line.text[len(line.bold) :].strip(" :–—-")
    parts = SEPARATOR.split(line.text, maxsplit=1)
    return parts[0].strip(" :"), parts[1].strip() if len(parts) > 1 else ""


def _area(name: str, detail: str) -> PlannedFocusArea:
    return PlannedFocusArea(name, detail, tuple(topics(detail)))


def topics(detail: str) -> list[str]:
    """The detail cut at commas outside brackets, its final full stop dropped."""
    text = detail.strip()
    text = text[:-1] if text.endswith(".") else text
    out, depth, start = [], 0, 0
    for index, sign in enumerate(text):
        depth += (sign in "([{（") - (sign in ")]}）" and depth > 0)
        if sign in ",，、" and depth == 0:
            out.append(text[start:index])
            start = index + 1
    return [part.strip() for part in [*out, text[start:]] if part.strip()]


def exercises(blocks: Iterable[Block]) -> tuple[PlannedExercise, ...]:
    """Exercises as bold-headed paragraphs with dash lines, as headings with lists, or as list items."""
    groups: list[tuple[str, list[Line]]] = []
    for block in blocks:
        if block.kind == "heading":
            groups.append((block.text, []))
        elif block.kind == "table":
            for row in block.rows[1:]:
                texts = [cell.text for cell in row if cell.text]
                if texts:
                    groups.append(
                        (
                            texts[0],
                            [
                                Line(f"Prompt: {text}", 1) if n == 0 else Line(text, 1)
                                for n, text in enumerate(texts[1:])
                            ],
                        )
                    )
        else:
            _exercise_lines(block, groups)
    return tuple(_exercise(title, lines) for title, lines in groups if title)


def _exercise_lines(block: Block, groups: list[tuple[str, list[Line]]]) -> None:
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
    head = line.text.partition(":")[0]
    return any(known.search(head) for known in (words.PROMPT, words.LOOK_FOR, words.DURATION_LABEL))


def _opens_exercise(line: Line, block: Block, groups: list[tuple[str, list[Line]]]) -> bool:
    if EXERCISE_TITLE.match(line.text) and not words.PROMPT.search(line.text.partition(":")[0]):
        return line.depth == 0 or (block.kind == "list" and line.depth == 1)
    label = line.bold.rstrip(": ")
    if (
        not label
        or not line.text.startswith(line.bold.rstrip(": "))
        or words.PROMPT.search(label)
        or words.LOOK_FOR.search(label)
    ):
        return False
    if words.DURATION_LABEL.search(label):
        return False
    return line.depth == (1 if block.kind == "list" else 0) and (
        not groups or not groups[-1][1] or bool(groups[-1][1][-1].depth)
    )


def _exercise(title: str, lines: list[Line]) -> PlannedExercise:
    found = EXERCISE_TITLE.match(title)
    label = (found["label"] or found["bare"]) if found else None
    name = found["title"] if found else title
    duration = _duration_in_brackets(name)
    if duration:
        name = re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*$", "", name)
    prompt: list[str] = []
    look_for: list[str] = []
    looking = False
    for line in lines:
        head, _, rest = line.text.partition(":")
        if words.LOOK_FOR.search(head) and (rest or line.text.endswith(":") or len(head) < 40):
            looking = True
            look_for += _inline_list(rest)
        elif words.DURATION_LABEL.search(head) and rest:
            duration = duration or rest.strip()
            looking = False
        elif words.PROMPT.search(head):
            looking = False
            prompt.append(rest.strip())
        elif looking:
            look_for.append(line.text)
        else:
            prompt.append(line.text)
    text = " ".join(part for part in prompt if part)
    duration = duration or _first_duration(text)
    return PlannedExercise(label.upper() if label else None, name.strip(" :."), duration, text, tuple(look_for))


def _inline_list(text: str) -> list[str]:
    return [part.strip().rstrip(".") for part in re.split(r";", text) if part.strip()]


def _duration_in_brackets(title: str) -> str | None:
    found = re.search(r"[(\[]([^()\[\]]*)[)\]]\s*$", title)
    if not found or not words.DURATION.search(found.group(1)):
        return None
    return found.group(1).strip()


def _first_duration(prompt: str) -> str | None:
    """A time that the prompt gives for the exercise, as in “90-minute” or “You have 45 minutes”."""
    found = re.search(
        r"(?:you have|within|in|takes?|time:?|allow|spend)\s+(" + words.DURATION.pattern + ")",
        prompt,
        re.IGNORECASE,
    )
    return found.group(1) if found else None
