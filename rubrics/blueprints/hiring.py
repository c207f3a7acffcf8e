"""The hiring section and its parts, in two passes: each block is classified, then all
are grouped."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from re import Pattern

from rubrics.blueprints import words
from rubrics.blueprints.columns import names_levels_by_digit
from rubrics.blueprints.competencies import read_competencies
from rubrics.blueprints.exercise_pages import TASK, exercise_page, is_exercise_page
from rubrics.blueprints.exercises import (
    is_a_table_of_exercises,
    is_a_timed_task,
    is_deed,
    is_numbered_exercise,
    names_one_exercise,
    says_exercise,
)
from rubrics.blueprints.labels import rank_of
from rubrics.blueprints.levels_above import read_levels_above
from rubrics.blueprints.line_kinds import cut_at_label
from rubrics.blueprints.lines import Line
from rubrics.blueprints.names_to_rate import weighted
from rubrics.blueprints.questions import asks, asks_questions, questions
from rubrics.blueprints.reading import PlanWarning, Read
from rubrics.blueprints.recognising import (
    has_room_for_scores,
    is_scorecard,
    rates_something,
    signals_beside,
    weighs_something,
    words_levels,
)
from rubrics.blueprints.sections import FEWEST_NUMBERED, Block, Section, acts_as_heading
from rubrics.blueprints.signals import cut_at_signals, signals_of_table, with_red_flags_headed
from rubrics.blueprints.weights import ALL_POINTS

LIKE_HIRING: tuple[tuple[str, Pattern[str]], ...] = (
    ("scorecard", words.SCORECARD),
    *words.SIGNALS,
    ("exercises", words.EXERCISES),
    ("focus", words.FOCUS),
)
PARTS = (*LIKE_HIRING, ("questions", words.QUESTIONS))
OF_A_BLUEPRINT = (words.SUMMARY_SECTION, words.ROLE_ITSELF, words.HIRING_SECTION, words.FINAL_SECTION)
KINDS_OF_SIGNAL = frozenset(dict(words.SIGNALS))
FINAL = "final"
ALL_LEVELS = 1  # of a section's title among the headings of several


# --- Which section it is ---


def find_hiring(sections: Iterable[Section], title: str = "") -> Read[Section | None]:
    """What holds the interview parts: a section by its title or the parts inside it,
    several, or the whole document.

    `title` is the document's. Where no heading says hiring, it is where a scorecard
    stands; that is a guess, with a warning, and so is that there is none.
    """
    sections = list(sections)
    named = _whole(sections, title, title) or _by_title_or_parts(sections, title)
    named = named or _by_a_section_s_title(sections, title)
    if named is not None:
        return Read(named)
    guessed = _by_its_table(sections, title) or _by_competencies(sections, title) or _by_weights(sections, title)
    if guessed is None and _is_a_guide(sections, title):
        return Read(merged(sections, title))
    if guessed is None:
        message = "No section about hiring or interviews was found."
        return Read(None, (PlanWarning("hiring_section_missing", message),))
    message = f"No heading names a hiring section. “{guessed.title}” was used instead, because it has a scorecard."
    return Read(guessed, (PlanWarning("hiring_section_guessed", message),))


def _by_title_or_parts(sections: list[Section], title: str) -> Section | None:
    """The likeliest section; in a document without numbers together with the others
    that are likely."""
    candidates = [row for row in sections if not words.FINAL_SECTION.search(row.title)]
    best = max(candidates, key=_order_of_likeness, default=None)
    if best is None or _likeness(best) < 2 or (best is sections[0] and _is_mere_title(best) and len(sections) > 1):
        return _by_a_sheet_inside(candidates, title) or _by_their_titles(candidates, title)
    if _is_numbered(sections):
        return best
    likely = _with_those_below([row for row in candidates if _is_likely(row)], candidates)
    return best if len(likely) == 1 else merged(likely, best.title)


def _is_mere_title(section: Section) -> bool:
    """Whether a section is a title that says scorecard or guide, with nothing but a
    text below."""
    if any(block.kind != "text" for block in section.blocks):
        return False
    return words.SHEET.search(section.title) is not None


def _with_those_below(chosen: list[Section], sections: list[Section]) -> list[Section]:
    """The chosen sections, each with those right behind it that have a heading of lower
    rank."""
    wanted = {id(row) for row in chosen}
    found: list[Section] = []
    rank = LOWEST_RANK
    for row in sections:
        level = row.heading.level if row.heading else LOWEST_RANK
        if level <= rank:
            rank = level if id(row) in wanted else LOWEST_RANK
        if id(row) in wanted or level > rank:
            found.append(row)
    return found


LOWEST_RANK = 9  # below every heading


def _by_their_titles(candidates: list[Section], title: str) -> Section | None:
    """The sections that are parts of hiring, where their titles name two kinds at
    least.

    A scorecard is among them, or the document's title is about interviews.
    """
    parts = [row for row in candidates if _is_part_of_hiring(row)]
    kinds = {part_named(row.title) or "scorecard" for row in parts}
    if len(kinds) < 2 or _is_numbered(candidates):
        return None
    if not INTERVIEWING.search(title) and not any(map(_has_scorecard, parts)):
        return None
    return merged(parts, title or parts[0].title)


def _is_likely(section: Section) -> bool:
    return _likeness(section) > 1 or _is_part_of_hiring(section)


def _order_of_likeness(section: Section) -> tuple[int, bool]:
    likeness = _likeness(section)
    return likeness, likeness > 1 and _has_scorecard(section)


def _is_numbered(sections: list[Section]) -> bool:
    """Whether the document is a blueprint, whose sections have numbers, and not a
    scorecard of numbered items."""
    if sum(row.number is not None for row in sections) < FEWEST_NUMBERED:
        return False
    return any(pattern.search(row.title) for row in sections for pattern in OF_A_BLUEPRINT)


def _is_part_of_hiring(section: Section) -> bool:
    """Whether a section names a part of hiring, such as red flags, or has a scorecard
    or the fields of an exercise."""
    return (
        bool(part_named(section.title))
        or _has_scorecard(section)
        or _are_fields_of_an_exercise(section.blocks, heading=section.title)
    )


def _by_a_sheet_inside(candidates: list[Section], title: str) -> Section | None:
    """A section in which a sub-heading says scorecard, and one stands, as a table or
    otherwise.

    In a document without numbers it is that section together with those whose titles
    name a part of hiring.
    """
    found = next(filter(_has_a_sheet_inside, candidates), None)
    if found is None or _is_numbered(candidates):
        return found
    likely = [row for row in candidates if row is found or part_named(row.title)]
    if len(likely) == 1:
        return found
    return merged(likely, title or found.title)


def _has_a_sheet_inside(section: Section) -> bool:
    titles = [block.text for block in section.blocks if block.is_heading]
    if not any(words.SHEET.search(text) or words.HIRING_SECTION.search(text) for text in titles):
        return False
    return _has_scorecard(section) or read_competencies(section.blocks, titled=True) is not None


def _likeness(section: Section) -> int:
    """How many kinds of parts the section's sub-headings name.

    A title that says hiring counts as two.
    """
    titles = [block.text for block in section.blocks if block.is_heading]
    kinds = {name for name, kind in LIKE_HIRING for title in titles if kind.search(title)}
    return len(kinds) + (2 if words.HIRING_SECTION.search(section.title) else 0)


def _has_scorecard(section: Section) -> bool:
    return any(is_scorecard(block) for block in section.blocks)


def _by_a_section_s_title(sections: list[Section], title: str) -> Section | None:
    """The whole document, where the title of one of its sections says scorecard,
    exercise or interview questions."""
    says = [row.title for row in sections if _may_head_a_whole(row.title)]
    found = (_whole(sections, text, title) for text in says[:FEW])
    return next((whole for whole in found if whole is not None), None)


def _may_head_a_whole(text: str) -> bool:
    return any(pattern.search(text) for pattern in (words.EXERCISES, TASK, words.SHEET, words.QUESTIONS))


FEW = 5  # titles that are tried


def _whole(sections: list[Section], says: str, title: str) -> Section | None:
    """The whole document, where `says`, its title or a section's, says scorecard,
    exercise or interview questions."""
    if _is_numbered(sections) or not sections:
        return None
    if says != title and words.FINAL_SECTION.search(says):
        return None
    if is_exercise_page(says, sections) and (says == title or not _word_levels(sections, title)):
        return exercise_page(says, sections)
    is_sheet = words.SHEET.search(says) or words.QUESTIONS.search(says)
    if not is_sheet or _is_about_more(sections):
        return None
    return merged(sections, title or says)


def _word_levels(sections: list[Section], title: str) -> bool:
    """Whether levels are worded below several names, which no exercise's page does."""
    found = read_competencies(merged(sections, title).blocks, titled=False)
    return found is not None and found.value.has_anchors and len(found.value.rows) > 1


def _is_about_more(sections: list[Section]) -> bool:
    """Whether a document describes the role besides, by two sections at least."""
    about = [row for row in sections if words.ROLE_ITSELF.search(row.title)]
    return len(about) > 1


def merged(sections: Iterable[Section], title: str) -> Section:
    """Several sections as one, each below its title as a heading above all others
    inside."""
    blocks: list[Block] = []
    for section in sections:
        blocks.append(Block("heading", level=ALL_LEVELS, text=_title_in_full(section), number=section.place))
        blocks += section.blocks
    return Section(None, title, "", tuple(blocks))


def _title_in_full(section: Section) -> str:
    """A section's title; the number before a level's word is that level and no
    section's: “3 – Solid”."""
    if section.heading is None or rank_of(section.title) is None:
        return section.title
    return section.heading.text


def _by_its_table(sections: list[Section], title: str) -> Section | None:
    """The section, or the sections, in which a scorecard stands."""
    numbered = _is_numbered(sections)
    sure = _has_something_rated if ABOUT_INTERVIEWS.search(title) else _has_sure_scorecard
    found = [row for row in sections if sure(row)]
    if numbered:
        found = [row for row in found if not _is_about_skills(row)]
    if not found:
        found = [row for row in sections if _has_levels_by_digit(row)]
    if not found:
        return None
    if len(found) == 1 or numbered:
        return found[0]
    return merged(found, title or found[0].title)


ABOUT_INTERVIEWS = words.words(
    r"\binterviews?\b",
    r"\b(candidate|applicant|recruitment|hiring)s?\b",
    r"gespräch\b|\bbewerber",
    r"\bentretien\b|\bcandidats?\b",
    r"\bentrevista\b|\bcandidatos?\b",
)


def _has_something_rated(section: Section) -> bool:
    """Whether a table is a scorecard, or names what is rated beside weights or room for
    scores."""
    if _has_scorecard(section):
        return True
    return any(map(has_room_for_scores, section.blocks)) or any(map(_weighs_what_is_rated, section.blocks))


def _weighs_what_is_rated(block: Block) -> bool:
    return weighs_something(block) and words.DIMENSION_HEAD.search(block.rows[0][0].text) is not None


def _has_levels_by_digit(section: Section) -> bool:
    return any(names_levels_by_digit(block.rows) for block in section.blocks)


def _has_sure_scorecard(section: Section) -> bool:
    """Whether a table is a scorecard without any heading's help: price lists and
    recipes have levels in words too."""
    cards = [block for block in section.blocks if is_scorecard(block)]
    return any(rates_something(block) for block in cards)


def _is_about_skills(section: Section) -> bool:
    return bool(words.TECHNICAL_SECTION.search(section.title) or words.SOFT_SECTION.search(section.title))


def _by_competencies(sections: list[Section], title: str) -> Section | None:
    """The whole document, where levels stand below the names of competencies, or the
    names below levels."""
    if _is_numbered(sections) or not sections:
        return None
    whole = merged(sections, title or sections[0].title)
    titled = ABOUT_INTERVIEWS.search(title) is not None and words.SCORECARD.search(title) is not None
    if read_levels_above(whole.blocks) is not None or read_competencies(whole.blocks, titled=titled) is not None:
        return whole
    return None


def _by_weights(sections: list[Section], title: str) -> Section | None:
    """The whole document, where its sections have weights that make a hundred together."""
    if _is_numbered(sections):
        return None
    weighed = filter(None, (weighted(row.title) for row in sections))
    weights = [row.weight for row in weighed if row.weight]
    if len(weights) < 2 or sum(weights) != ALL_POINTS:
        return None
    return merged(sections, title or sections[0].title)


def _is_a_guide(sections: list[Section], title: str) -> bool:
    """Whether a document about interviews says of several subjects what to ask and
    which answers are strong or weak."""
    if not INTERVIEWING.search(title) or _is_numbered(sections):
        return False
    asked = questions(merged(sections, title).blocks).value
    return len(asked.asked) > 1 and asked.has_answers


INTERVIEWING = words.words(r"\binterview", r"\bhiring\b", r"\brecruit", r"gespräch", r"\bentretien", r"\bentrevista")


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
    questions: tuple[Block, ...] = ()
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
    """Where a block stands: in which part (or none), and the level of the heading that
    began it.

    `headed` are the parts that have a heading somewhere in the section, `has_red_flags`
    says that one names red flags otherwise than as warning signs. `repeated` are titles
    of signals that stand there more than once, `asked` says that a question stands
    above, and no title but such since. `under` is the level of the last heading; `bold`
    says that a bold line began the part, and `filled` that something stands in it
    already.
    """

    part: str = ""
    level: int = 0
    headed: frozenset[str] = frozenset()
    has_red_flags: bool = False
    repeated: frozenset[str] = frozenset()
    asked: bool = False
    under: int = 0
    bold: bool = False
    filled: bool = False


@dataclass(frozen=True)
class Heading:
    """A block that begins a part, or ends one without beginning another (`part` is
    empty)."""

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
    pieces = [piece for block in with_red_flags_headed(blocks) for piece in cut_at_signals(block)]
    context = _at_first(pieces)
    for index, block in enumerate(pieces):
        context = replace(context, asked=_stands_with_a_question(block, context))
        found = classify(block, context)
        if _heads_a_card_behind_exercises(pieces, index, context):
            found = Heading("scorecard", block.level)
        by_fields = _begins_an_exercise(pieces, index, context)
        if by_fields:
            found = Heading("exercises", block.level)
        yield found
        if block.is_heading:
            context = replace(context, under=block.level)
        if isinstance(found, Heading):
            bold = not block.is_heading
            context = replace(context, part=found.part, level=found.level, bold=bold, filled=False)
            if by_fields or (found.part == "exercises" and _is_itself_the_exercise(block, pieces[index + 1 :])):
                yield Body((("exercises", block),))
        else:
            context = replace(context, filled=True)


def _at_first(pieces: Sequence[Block]) -> Context:
    """What is known of all these blocks before the first is looked at."""
    titles = [title for title in map(title_of, pieces) if title is not None]
    return Context(
        headed=frozenset(part_named(block.text) for block in pieces if block.is_heading),
        has_red_flags=any(map(names_red_flags, titles)),
        repeated=_repeated_signals(titles),
    )


def _heads_a_card_behind_exercises(pieces: list[Block], index: int, context: Context) -> bool:
    """Whether a heading stands right above a table that words levels.

    It is on the level of the exercises, such as “Marking”.
    """
    block, *below = pieces[index : index + 2]
    if not block.is_heading or block.level > context.level:
        return False
    return context.part == "exercises" and any(map(words_levels, below))


def _repeated_signals(titles: Iterable[Title]) -> frozenset[str]:
    """The titles of strong or weak signals or of red flags that stand more than once."""
    counted = Counter(title.text for title in titles if title.part in KINDS_OF_SIGNAL)
    return frozenset(text for text, count in counted.items() if count > 1)


def _stands_with_a_question(block: Block, context: Context) -> bool:
    """Whether a question stands in a block, or above it without another title between
    than one of signals."""
    title = title_of(block)
    if title is not None and title.text in context.repeated:
        return context.asked
    if block.is_heading:
        return asks(Line(block.text))
    return context.asked or any(asks(line) for line in block.lines)


def _is_itself_the_exercise(block: Block, behind: list[Block]) -> bool:
    """“Exercise: plan a move” above its own text, not above other exercises; “Case
    study” if that says what to look for."""
    title = title_of(block)
    if title is None or not behind or behind[0].is_heading:
        return False
    if any(is_numbered_exercise(line.text) for line in behind[0].lines):
        return False
    if names_one_exercise(title.text) or is_a_timed_task(title.text):
        return True
    if not says_exercise(title.text) or not _is_a_prompt(behind[0]):
        return False
    below = list(_below(block, behind))
    return _says_what_to_look_for(below) or _are_mere_prompts(below) or _has_deeds_below_a_prompt(below)


def _are_mere_prompts(blocks: list[Block]) -> bool:
    """Whether nothing stands below a heading but what to do, in a paragraph or two
    without a name of its own."""
    texts = [line.text for block in blocks for line in block.lines]
    is_short = len(blocks) <= MOST_PROMPTS and all(map(_is_a_prompt, blocks))
    return is_short and len(" ".join(texts).split()) >= FEWEST_WORDS_OF_A_PROMPT


def _has_deeds_below_a_prompt(blocks: list[Block]) -> bool:
    """Whether what to do stands above a list of what somebody does then: “Asks who is
    affected”."""
    if len(blocks) != 2 or blocks[1].kind != "list":
        return False
    prompt, seen = blocks
    are_deeds = all(is_deed(line.text) for line in seen.lines)
    return are_deeds and _are_mere_prompts([prompt])


MOST_PROMPTS = 2
FEWEST_WORDS_OF_A_PROMPT = 6


def _below(block: Block, behind: Iterable[Block]) -> Iterator[Block]:
    """What stands below a heading, with headings of lower rank.

    Below a bold line there is no heading.
    """
    for row in behind:
        if row.is_heading and not 0 < block.level < row.level:
            return
        yield row


def _begins_an_exercise(pieces: list[Block], index: int, context: Context) -> bool:
    """Whether a block is a heading that names no part, above the fields of an exercise."""
    block = pieces[index]
    if not block.is_heading or context.part in {"exercises", FINAL} or part_named(block.text):
        return False
    behind = (pieces[number] for number in range(index + 1, len(pieces)))
    return _are_fields_of_an_exercise(behind, heading=block.text)


def _are_fields_of_an_exercise(blocks: Iterable[Block], *, heading: str) -> bool:
    """Whether a time and what to look for stand before the next heading, as in
    exercises, and nothing is asked.

    The time may stand in the heading, where a line below says what to do.
    """
    below = list(takewhile(_is_no_heading, blocks))
    lines = [line for row in below for line in row.lines]
    if any(row.kind == "table" for row in below) or any(map(asks, lines)) or not _says_what_to_look_for(below):
        return False
    is_timed = words.DURATION.search(heading) is not None and any(map(_says_what_to_do, lines))
    return is_timed or any(map(_states_a_time, lines))


def _says_what_to_do(line: Line) -> bool:
    label, text = cut_at_label(line)
    return bool(text) and words.PROMPT.search(label) is not None


def _states_a_time(line: Line) -> bool:
    label, text = cut_at_label(line)
    return words.DURATION_LABEL.search(label) is not None and words.DURATION.search(text) is not None


def _is_no_heading(block: Block) -> bool:
    return not block.is_heading


def _is_a_prompt(block: Block) -> bool:
    """Whether a block is a text that neither is bold nor heads what comes next."""
    if block.kind != "text" or acts_as_heading(block):
        return False
    return not block.lines[-1].text.endswith(":")


def _says_what_to_look_for(blocks: Iterable[Block]) -> bool:
    """Whether one line says that what comes next is to be looked for; where several do,
    so do several exercises."""
    texts: list[str] = []
    for block in blocks:
        texts.append(block.text)
        texts += [line.text for line in block.lines]
    return sum(words.LOOK_FOR.search(text) is not None for text in texts) == 1


def group(found: Iterable[Heading | Body]) -> Parts:
    """The second pass: the content of each part, in the order of the page."""
    parts: dict[str, list[Block]] = {}
    for entry in found:
        if isinstance(entry, Body):
            for part, block in entry.shares:
                parts.setdefault(part, []).append(block)
    return Parts(**{part: tuple(blocks) for part, blocks in parts.items()})


def classify(block: Block, context: Context) -> Heading | Body:
    """Whether a block begins or ends a part, by the rules below, or which part its
    content belongs to."""
    title = title_of(block)
    if title is not None and warns_beside_red_flags(title, context):
        title = replace(title, part="weak")
    if title is not None and _begins(title, context):
        return Heading(title.part, title.level or _level_of_bold(title, context))
    if is_a_table_of_exercises(block) and context.part != FINAL:
        return Body((("exercises", block),))
    if asks_questions(block) and context.part not in {"exercises", FINAL}:
        return Body((("questions", block),))
    if is_scorecard_without_a_heading(block, context):
        return Body((("scorecard", block), *signals_beside(block).items()))
    shares = signals_in_a_table(block, context)
    if context.part == "scorecard":
        return Body((("scorecard", block), *signals_beside(block).items()))
    if not shares and context.part:
        shares = {context.part: block}
    return Body(tuple(shares.items() or signals_beside(block).items()))


def _level_of_bold(title: Title, context: Context) -> int:
    """The level of a part that a bold line begins: signals end with the heading that
    the line stands below."""
    return max(context.level, context.under) if title.part in KINDS_OF_SIGNAL else context.level


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
    if words.FREQUENT_QUESTIONS.search(text):
        return ""
    found = next((name for name, pattern in PARTS if pattern.search(text)), "")
    if not found and is_a_timed_task(text):
        return "exercises"
    if found == "scorecard" and words.RED_FLAG.search(text) and not words.SHEET.search(text):
        return "red_flag"  # “K.O.-Kriterien” are criteria, and none that are rated
    if found in NO_QUESTION_NAMES and text.endswith("?"):
        return ""
    if found == "exercises" and words.SHEET.search(text):
        return "scorecard"  # “Marking sheet: group exercise”
    return found


NO_QUESTION_NAMES = frozenset({"exercises", "scorecard"})  # “How would you explain an exercise?” asks


def _begins(title: Title, context: Context) -> bool:
    """Whether a title begins a part or ends the one before: a rule says so, and none
    keeps it inside."""
    if not any(rule(title, context) for rule in BEGINS):
        return False
    return not any(rule(title, context) for rule in STAYS_INSIDE)


# --- Rules about titles ---


def names_a_part(title: Title, context: Context) -> bool:
    """“Red flags”, whether as a heading or as a bold paragraph."""
    return bool(title.part)


def ends_the_part(title: Title, context: Context) -> bool:
    """“Notes for the panel”, on the level of the part's heading or above: what follows
    belongs to no part."""
    return title.level > 0 and not is_deeper(title, context)


def follows_bold_signals(title: Title, context: Context) -> bool:
    """A bold line behind the signals that a bold line heads is no signal: it heads
    something else."""
    return title.level == 0 and context.part in KINDS_OF_SIGNAL and context.bold and context.filled


def is_deeper(title: Title, context: Context) -> bool:
    """A heading of a lower rank than the one that began the part.

    A bold paragraph has no rank.
    """
    return bool(context.part) and title.level > context.level


def is_an_exercise_s_sub_heading(title: Title, context: Context) -> bool:
    """“Design a scorecard” as a heading below “Practical exercises”, whatever it names."""
    return context.part == "exercises" and is_deeper(title, context)


def names_exercises_again(title: Title, context: Context) -> bool:
    """“Case study: a broken build” on the level of “Practical exercises” is one of
    them."""
    return context.part == "exercises" and title.part == "exercises"


def is_bold_and_headed_elsewhere(title: Title, context: Context) -> bool:
    """“Strong answers” in bold inside an exercise, where another heading begins the
    strong signals.

    What to assess and scoring are in bold inside exercises, whether or not they are
    headed elsewhere.
    """
    if context.part != "exercises" or title.level > 0:
        return False
    return title.part in context.headed | {"focus", "scorecard", "questions"}


def numbers_an_exercise(title: Title, context: Context) -> bool:
    """“Exercise B: Red flags in a log”, whatever its title names besides."""
    return context.part == "exercises" and is_numbered_exercise(title.text)


def labels_inside_exercise(title: Title, context: Context) -> bool:
    """“Prompt” or “What to look for” as a heading of its own inside an exercise."""
    if context.part != "exercises" or title.part:
        return False
    label = words.LOOK_FOR.search(title.text) or words.PROMPT.search(title.text.rstrip(": "))
    return label is not None


def asks_in_a_focus_area(title: Title, context: Context) -> bool:
    """“Questions to ask” in bold below “What to assess” is an area's."""
    return context.part == "focus" and title.part == "questions" and title.level == 0


def names_a_focus_area(title: Title, context: Context) -> bool:
    """“Scoring models” as a heading below “What to assess” is an area.

    A list of signals there is none.
    """
    if context.part != "focus" or title.part in KINDS_OF_SIGNAL:
        return False
    return is_deeper(title, context)


def says_what_an_answer_is(title: Title, context: Context) -> bool:
    """“What good looks like” below a question, where it stands below others too, is
    about its answers."""
    return context.asked and context.part != "exercises" and title.text in context.repeated


Rule = Callable[[Title, Context], bool]
BEGINS: tuple[Rule, ...] = (names_a_part, ends_the_part, follows_bold_signals)
STAYS_INSIDE: tuple[Rule, ...] = (
    is_an_exercise_s_sub_heading,
    names_exercises_again,
    is_bold_and_headed_elsewhere,
    numbers_an_exercise,
    labels_inside_exercise,
    asks_in_a_focus_area,
    names_a_focus_area,
    says_what_an_answer_is,
)


def names_red_flags(title: Title) -> bool:
    """“Red flags”, and not “Warning signs”, which may be either."""
    return title.part == "red_flag" and not words.WARNING_SIGNS.search(title.text)


def warns_beside_red_flags(title: Title, context: Context) -> bool:
    """“Warning signs” in a section that has red flags too: they are the weak signals."""
    return context.has_red_flags and title.part == "red_flag" and not names_red_flags(title)


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
    if context.part in {"scorecard", "exercises", "focus", "questions"}:
        return {}
    return signals_of_table(block)
