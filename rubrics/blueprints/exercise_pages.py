"""Pages about one exercise: their title is the exercise's, and their headings are its fields. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rubrics.blueprints import words
from rubrics.blueprints.exercises import is_a_table_of_exercises, is_numbered_exercise
from rubrics.blueprints.line_kinds import names_levels_alone
from rubrics.blueprints.lines import Line, parted
from rubrics.blueprints.recognising import is_scorecard, weighs_something
from rubrics.blueprints.sections import Block, Section

ALL_LEVELS = 1  # of the heading of a part, above every heading inside it
EXERCISE_LEVEL = 2
GENERIC = words.words(
    r"^\W*((practical|technical|interview|hiring|take-?home|work)\W+)*(exercises|case studies|simulations|work samples"
    r"|übungen|exercices|ejercicios)\W*$"
)


TASK = words.words(
    r"\b(case|coding|programming|technical|design|system design|pairing|writing|presentation|home|take-?home|sales|data)\W+"
    r"(challenge|interview|task|assignment|test|round|session)\b",
    r"\b(assignment|homework|challenge)\b",
)


def is_exercise_page(title: str, sections: Iterable[Section]) -> bool:
    """Whether a page's title names an exercise, and one of its lines a field of it.

    That is what to look for, what to do or how long it takes.
    """
    if words.SHEET.search(title) or not (words.EXERCISES.search(title) or TASK.search(title)):
        return False
    return any(_says_what_is_asked(text) for section in sections for text in _headings(section))


def _says_what_is_asked(text: str) -> bool:
    label, time = parted(text)
    if time and words.DURATION_LABEL.search(label):
        return words.DURATION.search(time) is not None
    return bool(words.LOOK_FOR.search(text) or words.PROMPT.search(text.rstrip(": ")))


def _headings(section: Section) -> Iterator[str]:
    """The section's title, its headings, and the first lines of its texts."""
    yield section.title
    for block in section.blocks:
        if block.is_heading:
            yield block.text
        elif block.lines:
            yield block.lines[0].text


def exercise_page(title: str, sections: Iterable[Section]) -> Section:
    """The page as a hiring section: its exercises, and behind them the tables that are scorecards."""
    blocks: list[Block] = []
    for section in sections:
        if not _is_the_scale(section):
            blocks += _title_of(section, title)
            blocks += section.blocks
    cards = [block for block in blocks if _is_card(block)]
    kept = _without_cards(blocks, cards)
    several = _has_several(title, blocks)
    page = [Block("heading", ALL_LEVELS, "Practical exercises")]
    if not several:
        page.append(Block("heading", EXERCISE_LEVEL, title))
    page += [_inside(block, several=several) for block in kept if not _only_says_exercises(block)]
    if cards:
        page += [Block("heading", ALL_LEVELS, "Scorecard"), *cards]
    return Section(None, title, "", tuple(page))


def _only_says_exercises(block: Block) -> bool:
    return block.is_heading and GENERIC.search(block.text) is not None


def _is_the_scale(section: Section) -> bool:
    """Whether a section says nothing but what the levels mean."""
    return words.LEGEND.search(section.title) is not None and all(map(names_levels_alone, section.blocks))


def _is_card(block: Block) -> bool:
    return block.kind == "table" and (is_scorecard(block) or weighs_something(block))


def _has_several(title: str, blocks: list[Block]) -> bool:
    """Whether the page is about exercises in general.

    It may also number them, or have a table of them.
    """
    if GENERIC.search(title) or any(map(is_a_table_of_exercises, blocks)):
        return True
    headings = [block.text for block in blocks if block.is_heading]
    return any(is_numbered_exercise(text) for text in headings)


def _without_cards(blocks: list[Block], cards: list[Block]) -> list[Block]:
    """The blocks without scorecards and the headings right above them."""
    kept: list[Block] = []
    for block in blocks:
        if not any(block is card for card in cards):
            kept.append(block)
        elif kept and kept[-1].is_heading:
            kept.pop()
    return kept


def _title_of(section: Section, title: str) -> list[Block]:
    """A section's heading, unless it is the page's title itself."""
    if section.title == title or not section.title:
        return []
    return [Block("heading", EXERCISE_LEVEL + 1, section.title, number=section.place)]


def _inside(block: Block, *, several: bool) -> Block:
    """A block as it stands below its exercise: a heading that is no field of one is part of the prompt."""
    if not block.is_heading:
        return block
    text = block.text.rstrip(": ")
    is_field = words.LOOK_FOR.search(text) or words.PROMPT.search(text) or words.DURATION_LABEL.search(text)
    if is_field or (several and (is_numbered_exercise(text) or not ABOUT_IT.search(text))):
        return replace(block, level=max(block.level, EXERCISE_LEVEL + 1))
    return Block("text", lines=(Line(f"Prompt: {text}:"),), number=block.number)


ABOUT_IT = re.compile(
    r"^\W*(overview|background|instructions?|set-?up|submission|deliverables?|notes?|requirements?|rules|faq|goals?)\b",
    re.IGNORECASE,
)
