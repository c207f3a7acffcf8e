"""The hiring section and its parts, in two passes: each block is classified, then all are grouped."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from re import Pattern

from rubrics.blueprints import words
from rubrics.blueprints.columns import names_levels_by_digit
from rubrics.blueprints.exercises import is_numbered_exercise
from rubrics.blueprints.reading import PlanWarning, Read
from rubrics.blueprints.scorecard import is_scorecard
from rubrics.blueprints.sections import Block, Section, acts_as_heading
from rubrics.blueprints.signals import SIGNALS, cut_at_signals, signals_of_table

PARTS: tuple[tuple[str, Pattern[str]], ...] = (
    ("scorecard", words.SCORECARD),
    *SIGNALS,
    ("exercises", words.EXERCISES),
    ("focus", words.FOCUS),
)
KINDS_OF_SIGNAL = frozenset(dict(SIGNALS))
FINAL = "final"


# --- Which section it is ---


def find_hiring(sections: Iterable[Section]) -> Read[Section | None]:
    """The section that holds the interview parts: by its title, else by the parts inside it.

    A document in another language has it where a table's columns are numbered levels; that is a guess, with a
    warning, and so is that there is none.
    """
    sections = list(sections)
    named = _by_title_or_parts(sections)
    if named is not None:
        return Read(named)
    guessed = _by_its_table(sections)
    if guessed is None:
        message = "No section about hiring or interviews was found."
        return Read(None, (PlanWarning("hiring_section_missing", message),))
    message = f"No heading names a hiring section. “{guessed.title}” was used instead, because it has a table of numbered levels."
    return Read(guessed, (PlanWarning("hiring_section_guessed", message),))


def _by_title_or_parts(sections: list[Section]) -> Section | None:
    candidates = [row for row in sections if not words.FINAL_SECTION.search(row.title)]
    best = max(candidates, key=_likeness, default=None)
    if best is None or _likeness(best) < 2:
        return None
    return best


def _likeness(section: Section) -> int:
    """How many kinds of parts the section's sub-headings name.

    A title that says hiring counts as two.
    """
    titles = [block.text for block in section.blocks if block.is_heading]
    kinds = {name for name, kind in PARTS for title in titles if kind.search(title)}
    return len(kinds) + (2 if words.HIRING_SECTION.search(section.title) else 0)


def _by_its_table(sections: list[Section]) -> Section | None:
    for section in sections:
        if any(names_levels_by_digit(block.rows) for block in section.blocks):
            return section
    return None


# --- Its parts ---


@dataclass(frozen=True)
class Parts:
    """The hiring section's blocks by part, without the headings that name the parts.

    `final` is a summary at the section's end, which repeats the others and is not read.
    """

    scorecard: tuple[Block, ...] = ()
    red_flag: tuple[Block, ...] = ()
    weak: tuple[Block, ...] = ()
    strong: tuple[Block, ...] = ()
    exercises: tuple[Block, ...] = ()
    focus: tuple[Block, ...] = ()
    final: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Title:
    """What a heading or a bold paragraph says.

    `part` is the part that it names, `level` 0 for a paragraph.
    """

    text: str
    part: str
    level: int


@dataclass(frozen=True)
class Context:
    """Where a block stands: in which part (or none), and the level of the heading that began it.

    `headed` are the parts that have a heading somewhere in the section.
    """

    part: str = ""
    level: int = 0
    headed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Heading:
    """A block that begins a part, or ends one without beginning another (`part` is empty)."""

    part: str
    level: int


@dataclass(frozen=True)
class Body:
    """Content. `shares` are blocks with the part that each belongs to."""

    shares: tuple[tuple[str, Block], ...] = ()


def parts_of(section: Section | None) -> Parts:
    """The section's blocks by part.

    A sub-heading that names no part belongs to the part that it stands in.
    """
    if section is None:
        return Parts()
    return group(classified(section.blocks))


def classified(blocks: Iterable[Block]) -> Iterator[Heading | Body]:
    """The first pass: what each block is, given what stood before it."""
    pieces = [piece for block in blocks for piece in cut_at_signals(block)]
    headed = frozenset(part_named(block.text) for block in pieces if block.is_heading)
    context = Context(headed=headed)
    for block in pieces:
        found = classify(block, context)
        if isinstance(found, Heading):
            context = replace(context, part=found.part, level=found.level)
        yield found


def group(found: Iterable[Heading | Body]) -> Parts:
    """The second pass: the content of each part, in the order of the page."""
    parts: dict[str, list[Block]] = {}
    for entry in found:
        if isinstance(entry, Body):
            for part, block in entry.shares:
                parts.setdefault(part, []).append(block)
    return Parts(**{part: tuple(blocks) for part, blocks in parts.items()})


def classify(block: Block, context: Context) -> Heading | Body:
    """Whether a block begins or ends a part, by the rules below, or which part its content belongs to."""
    title = title_of(block)
    if title is not None and _begins(title, context):
        return Heading(title.part, title.level or context.level)
    if is_scorecard_without_a_heading(block, context):
        return Body((("scorecard", block),))
    shares = signals_in_a_table(block, context)
    if not shares and context.part:
        shares = {context.part: block}
    return Body(tuple(shares.items()))


def title_of(block: Block) -> Title | None:
    """What a heading or a paragraph of nothing but bold text says.

    None for any other block.
    """
    if block.is_heading:
        return Title(block.text, part_named(block.text), block.level)
    if acts_as_heading(block):
        text = block.lines[0].text
        return Title(text, part_named(text), 0)
    return None


def part_named(text: str) -> str:
    """The part that a heading names first in the order of PARTS.

    It is "final" for a closing summary, and empty where no part is named.
    """
    if words.CLOSING.search(text) and words.FINAL_SECTION.search(text):
        return FINAL
    return next((name for name, pattern in PARTS if pattern.search(text)), "")


def _begins(title: Title, context: Context) -> bool:
    """Whether a title begins a part or ends the one before: a rule says so, and none keeps it inside."""
    if not any(rule(title, context) for rule in BEGINS):
        return False
    return not any(rule(title, context) for rule in STAYS_INSIDE)


# --- Rules about titles ---


def names_a_part(title: Title, context: Context) -> bool:
    """“Red flags”, whether as a heading or as a bold paragraph."""
    return bool(title.part)


def ends_the_part(title: Title, context: Context) -> bool:
    """“Notes for the panel”, on the level of the part's heading or above: what follows belongs to no part."""
    return title.level > 0 and not is_deeper(title, context)


def is_deeper(title: Title, context: Context) -> bool:
    """A heading of a lower rank than the one that began the part.

    A bold paragraph has no rank.
    """
    return bool(context.part) and title.level > context.level


def is_an_exercise_s_sub_heading(title: Title, context: Context) -> bool:
    """“Design a scorecard” as a heading below “Practical exercises”, whatever it names."""
    return context.part == "exercises" and is_deeper(title, context)


def names_exercises_again(title: Title, context: Context) -> bool:
    """“Case study: a broken build” on the level of “Practical exercises” is one of them."""
    return context.part == "exercises" and title.part == "exercises"


def is_bold_and_headed_elsewhere(title: Title, context: Context) -> bool:
    """“Strong answers” in bold inside an exercise, where another heading begins the strong signals.

    What to assess and scoring are in bold inside exercises, whether or not they are headed elsewhere.
    """
    if context.part != "exercises" or title.level > 0:
        return False
    return title.part in context.headed | {"focus", "scorecard"}


def numbers_an_exercise(title: Title, context: Context) -> bool:
    """“Exercise B: Red flags in a log”, whatever its title names besides."""
    return context.part == "exercises" and is_numbered_exercise(title.text)


def labels_inside_exercise(title: Title, context: Context) -> bool:
    """“Prompt” or “What to look for” as a heading of its own inside an exercise."""
    if context.part != "exercises" or title.part:
        return False
    label = words.LOOK_FOR.search(title.text) or words.PROMPT.search(title.text.rstrip(": "))
    return label is not None


def names_a_focus_area(title: Title, context: Context) -> bool:
    """“Scoring models” as a heading below “What to assess” is an area.

    A list of signals there is none.
    """
    if context.part != "focus" or title.part in KINDS_OF_SIGNAL:
        return False
    return is_deeper(title, context)


Rule = Callable[[Title, Context], bool]
BEGINS: tuple[Rule, ...] = (names_a_part, ends_the_part)
STAYS_INSIDE: tuple[Rule, ...] = (
    is_an_exercise_s_sub_heading,
    names_exercises_again,
    is_bold_and_headed_elsewhere,
    numbers_an_exercise,
    labels_inside_exercise,
    names_a_focus_area,
)


# --- Rules about content ---


def is_scorecard_without_a_heading(block: Block, context: Context) -> bool:
    """A scorecard's table below “Red flags” or no heading at all.

    An exercise and the summary keep theirs.
    """
    if context.part in {"scorecard", "exercises", FINAL}:
        return False
    return block.kind == "table" and is_scorecard(block)


def signals_in_a_table(block: Block, context: Context) -> dict[str, Block]:
    """One table of strong, weak and red signals, cut into its kinds.

    The scorecard, exercises and focus areas keep such a table.
    """
    if context.part in {"scorecard", "exercises", "focus"}:
        return {}
    return signals_of_table(block)
