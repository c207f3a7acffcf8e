"""What the hiring section says: dimensions, focus areas, exercises and signals."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import chain
from typing import TypeVar

from rubrics.blueprints import words
from rubrics.blueprints.competencies import read_competencies
from rubrics.blueprints.completing import completed
from rubrics.blueprints.counted_levels import with_counted_levels
from rubrics.blueprints.exercises import PlannedExercise, exercises
from rubrics.blueprints.focus_areas import PlannedFocusArea, focus_areas, topics
from rubrics.blueprints.forms_apart import with_forms_apart
from rubrics.blueprints.hiring import FINAL, INTERVIEWING, Parts, parts_of
from rubrics.blueprints.legends import by_its_legend
from rubrics.blueprints.levels_above import LevelsAbove, read_levels_above
from rubrics.blueprints.line_kinds import is_asked
from rubrics.blueprints.lines import in_one_line
from rubrics.blueprints.planned_dimensions import PlannedQuestion, folded, keyed
from rubrics.blueprints.questions import Questions, asks_questions, questions
from rubrics.blueprints.rated_rows import DimensionRow, ReadTable
from rubrics.blueprints.reading import PlanWarning, Read, all_warnings
from rubrics.blueprints.recognising import has_room_for_scores
from rubrics.blueprints.scorecard import Scorecard, read_scorecard, scorecard_of, tables_left_out
from rubrics.blueprints.sections import Block, Section, heading_of
from rubrics.blueprints.signals import signals, signals_of_table
from rubrics.blueprints.tellings import DIMENSION
from rubrics.blueprints.told import NOTHING_TOLD, Told, in_page_order
from rubrics.blueprints.turned import cards_apart, described_below, with_repeated_heads_as_meanings

Value = TypeVar("Value")


@dataclass(frozen=True)
class Interview:
    """`about_scores` are the blocks in which a scale may be stated, the scorecard's own first.

    `parts` are the blocks that each part was read from, and as "hiring" all of them.
    """

    scorecard: Scorecard
    focus_areas: tuple[PlannedFocusArea, ...]
    exercises: tuple[PlannedExercise, ...]
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    red_flag: tuple[str, ...]
    about_scores: tuple[Block, ...]
    parts: Mapping[str, tuple[Block, ...]]


def read_interview(hiring: Section | None, told: Told = NOTHING_TOLD) -> Read[Interview]:
    """What the section says, and what was told to be a part of it; without both all is empty.

    Each part that is missing is a warning.
    """
    counted = _with_counted_levels(_with_levels_headed(hiring))
    hiring = counted.value
    above = read_levels_above(told.remaining(hiring.blocks)) if hiring else None
    whole, hiring = hiring, _without(hiring, above)
    by_rules = parts_of(_remaining(hiring, told))
    hiring, parts = _with_told(hiring, told), _parts_with_told(by_rules, told)
    areas = focus_areas(parts.focus)
    asked = _asked(hiring, parts)
    if above is not None:
        found = scorecard_of([above.table.value], list(above.table.warnings))
        scorecard = by_its_legend(found, hiring.blocks if hiring else ())
    else:
        scorecard = _scorecard(hiring, parts, areas.value, asked.value, told)
    scorecard = completed(scorecard, _read_for_dimensions(hiring, parts), but=_answers(asked.value))
    scorecard = replace(scorecard, value=_asking(scorecard.value, asked.value.asked))
    rest = asked.value.without({area.name for area in asked.value.areas if _names_one(area.name, scorecard.value)})
    scorecard = replace(scorecard, value=_asking(scorecard.value, _between(hiring, parts)))
    rest = rest.without_texts(_worded(scorecard.value))
    areas = _with_questions(areas, rest)
    areas = replace(areas, value=_with_look_for(areas.value, scorecard.value))
    areas = _wanted(areas, hiring, "focus_areas_missing", "what to assess")
    tests = _wanted(exercises(parts.exercises), hiring, "exercises_missing", "practical exercises")
    worded = _worded(scorecard.value)
    strong = _signals(by_rules.strong, told.runs_of("strong"), rest.texts("strong"), but=worded)
    strong = _wanted(strong, hiring, "strong_signals_missing", "strong signals")
    weak = _signals(by_rules.weak, told.runs_of("weak"), rest.texts("weak"), but=worded)
    weak = _wanted(weak, hiring, "weak_signals_missing", "weak signals")
    red_flag = _signals(by_rules.red_flag, told.runs_of("red_flag"), rest.texts("red_flag"))
    red_flag = _wanted(red_flag, hiring, "red_flags_missing", "red flags")
    if above is not None:
        hiring = _with_told(whole, told)
    all_blocks = hiring.blocks if hiring else ()
    interview = Interview(
        scorecard=scorecard.value,
        focus_areas=areas.value,
        exercises=tests.value,
        strong=strong.value,
        weak=weak.value,
        red_flag=red_flag.value,
        about_scores=parts.scorecard + all_blocks,
        parts=_by_name(hiring, parts),
    )
    doubtful = _about_knock_outs(hiring, red_flag.value)
    return Read(interview, all_warnings(counted, scorecard, asked, areas, tests, strong, weak, red_flag, doubtful))


def _read_for_dimensions(hiring: Section | None, parts: Parts) -> tuple[Block, ...]:
    """The section's blocks outside its exercises, in which dimensions are spoken of."""
    if hiring is None:
        return ()
    exercises = {id(block) for block in parts.exercises}
    return tuple(block for block in hiring.blocks if id(block) not in exercises)


def _answers(asked: Questions) -> frozenset[str]:
    """What strong and weak answers have, item by item, of questions and of what they are about."""
    written = list(asked.texts("strong") + asked.texts("weak"))
    for question in chain.from_iterable(asked.asked.values()):
        written += (question.strong, question.weak)
    return frozenset(item for text in written for item in text.split("; "))


def _about_knock_outs(hiring: Section | None, red_flags: tuple[str, ...]) -> Read[None]:
    """A warning where a heading says knock-out: it may head what rules somebody out, or what everybody must have."""
    if hiring is None or not red_flags:
        return Read(None)
    headings = map(heading_of, hiring.blocks)
    found = next((text for text in headings if words.KNOCK_OUT.search(text)), None)
    if found is None:
        return Read(None)
    message = (
        f"“{found}” may head what is required or what rules somebody out. It was read as red flags, so check them."
    )
    return Read(None, (PlanWarning("knock_outs_as_red_flags", message),))


def _scorecard(
    hiring: Section | None,
    parts: Parts,
    areas: tuple[PlannedFocusArea, ...],
    asked: Questions,
    told: Told,
) -> Read[Scorecard]:
    """The dimensions, for which areas, else the subjects of questions, stand in as drafts."""
    if areas:
        found = dimensions(hiring, parts, areas, told)
    else:
        found = dimensions(hiring, parts, _subjects(asked), told, drafts_are="subjects of the questions")
    return by_its_legend(found, hiring.blocks if hiring else ())


def _with_levels_headed(hiring: Section | None) -> Section | None:
    """The section, whose tables of levels under the same two headings are of no dimension with that name.

    Cards in one table stand apart.
    """
    if hiring is None:
        return None
    blocks = (card for block in with_forms_apart(hiring.blocks) for card in cards_apart(block))
    return replace(hiring, blocks=with_repeated_heads_as_meanings(blocks))


def _with_counted_levels(hiring: Section | None) -> Read[Section | None]:
    """The section, in which the items of numbered lists say which levels they are."""
    if hiring is None:
        return Read(None)
    counted = with_counted_levels(hiring.blocks)
    return Read(replace(hiring, blocks=counted.value), counted.warnings)


def _without(hiring: Section | None, above: LevelsAbove | None) -> Section | None:
    """The section without the blocks that say what levels, named by headings, mean for each dimension."""
    if hiring is None or above is None:
        return hiring
    left = tuple(block for block in hiring.blocks if block.number not in above.numbers)
    return replace(hiring, blocks=left)


# --- What was told, beside what the rules find ---


def _remaining(hiring: Section | None, told: Told) -> Section | None:
    """What is left of the section for the rules."""
    return None if hiring is None else replace(hiring, blocks=told.remaining(hiring.blocks))


def _with_told(hiring: Section | None, told: Told) -> Section | None:
    """The section with all that was told to be a part of it, wherever it stands; without any it stays as it is."""
    if not told.runs:
        return hiring
    if hiring is None and not told.is_about_interviews:
        return None
    section = hiring or Section(None, "", "")
    blocks = list(told.remaining(section.blocks))
    for name in PART_NAMES:
        blocks += told.part(name)
    return replace(section, blocks=in_page_order(blocks))


def _parts_with_told(parts: Parts, told: Told) -> Parts:
    """The parts with the blocks that were told to be of them."""
    if not told.runs:
        return parts
    joined: dict[str, tuple[Block, ...]] = {}
    for name in PART_NAMES:
        by_rules: tuple[Block, ...] = getattr(parts, name)
        joined[name] = in_page_order(by_rules + told.part(name))
    return replace(parts, **joined)


PART_NAMES = tuple(part.name for part in fields(Parts) if part.name != FINAL)


def _with_look_for(
    areas: tuple[PlannedFocusArea, ...],
    scorecard: Scorecard,
) -> tuple[PlannedFocusArea, ...]:
    """The areas, and behind them what a scorecard says to look for, an area for each dimension that is none yet."""
    known = {folded(area.name) for area in areas}
    found = list(areas)
    for entry in scorecard.look_for:
        detail = in_one_line(entry.texts)
        several = len(entry.texts) > 1
        if folded(entry.name) not in known:
            found.append(PlannedFocusArea(entry.name, detail, entry.texts if several else tuple(topics(detail))))
    return tuple(found)


def _by_name(hiring: Section | None, parts: Parts) -> dict[str, tuple[Block, ...]]:
    """The blocks of each part, and of the whole section but for its closing summary."""
    named = {part.name: getattr(parts, part.name) for part in fields(parts)}
    final = {block.number for block in parts.final}
    blocks = hiring.blocks if hiring else ()
    named["hiring"] = tuple(block for block in blocks if block.number not in final)
    return named


def _asked(hiring: Section | None, parts: Parts) -> Read[Questions]:
    """The questions of their own part, else of a document that is about them or says what their answers are."""
    if hiring is None:
        return questions(())
    if parts.questions:
        headings = tuple(block for block in hiring.blocks if block.is_heading)
        found = questions(_in_order(hiring, headings + parts.questions))
        if found.value.areas:
            return found
    elsewhere = questions(_unclaimed(hiring, parts))
    if words.QUESTIONS.search(hiring.title):
        return elsewhere
    if elsewhere.value.areas and elsewhere.value.has_answers:
        return elsewhere
    if words.SHEET.search(hiring.title) and _only_asks(elsewhere.value):
        return elsewhere
    return questions(())


def _only_asks(found: Questions) -> bool:
    """Whether there are subjects, and all that was taken for a question about one is one for certain."""
    texts = [topic for area in found.areas for topic in area.topics]
    return found.grouped and all(map(is_asked, texts))


def _unclaimed(hiring: Section, parts: Parts) -> Iterator[Block]:
    """The texts that belong to no part but the scorecard's."""
    claimed = {id(block) for block in parts.strong + parts.weak + parts.red_flag + parts.focus}
    for block in _elsewhere(hiring, parts):
        if block.kind != "table" and id(block) not in claimed and not _is_its_title(block, hiring):
            yield block


def _is_its_title(block: Block, hiring: Section) -> bool:
    """Whether a block is the title of a whole document about interviews, which is no subject of its questions."""
    return block.is_heading and block.text == hiring.title and INTERVIEWING.search(block.text) is not None


def _subjects(asked: Questions) -> tuple[PlannedFocusArea, ...]:
    """What the questions are about; a question by itself is no dimension."""
    return asked.areas if asked.grouped else ()


def _with_questions(
    areas: Read[tuple[PlannedFocusArea, ...]],
    asked: Questions,
) -> Read[tuple[PlannedFocusArea, ...]]:
    """The areas, else what the questions are about."""
    return areas if areas.value else replace(areas, value=asked.areas)


def _signals(
    blocks: tuple[Block, ...],
    told: list[tuple[Block, ...]],
    answers: tuple[str, ...],
    *,
    but: Collection[str] = (),
) -> Read[tuple[str, ...]]:
    """Signals, behind them those below each heading that was told to head some, and answers that are said to be such.

    The rules leave out what is the wording of a level (`but`): “Weak” heads a level as well as signals.
    """
    found = tuple(text for text in signals(blocks).value if folded(text) not in but)
    for run in told:
        found += signals(run).value
    return Read(found + answers)


def _worded(scorecard: Scorecard) -> set[str]:
    """The wording of all levels as a whole and by its items, as names are compared."""
    texts = [text for row in scorecard.dimensions for text in row.anchors.values()]
    items = [item for text in texts for item in ITEMS.split(text)]
    return set(map(folded, texts + items))


ITEMS = re.compile(r";\s|(?<=[.!?])\s")


def _asking(scorecard: Scorecard, asked: Mapping[str, tuple[PlannedQuestion, ...]]) -> Scorecard:
    """The scorecard whose dimensions have the questions about them, unless they have some already."""
    by_name = {folded(name): questions for name, questions in asked.items()}
    rows = []
    for row in scorecard.dimensions:
        found = row.questions or by_name.get(folded(row.name), ())
        rows.append(replace(row, questions=found))
    return replace(scorecard, dimensions=tuple(rows))


def _names_one(name: str, scorecard: Scorecard) -> bool:
    return folded(name) in {folded(row.name) for row in scorecard.dimensions}


def _between(hiring: Section | None, parts: Parts) -> dict[str, tuple[PlannedQuestion, ...]]:
    """The plain questions that stand between a dimension's heading and its levels."""
    blocks = [block for block in _elsewhere(hiring, parts) if block.kind != "table"] if hiring else []
    found: dict[str, tuple[PlannedQuestion, ...]] = {}
    for name, asked in questions(blocks).value.asked.items():
        found[name] = tuple(question for question in asked if is_asked(question.text))
    return found


def _wanted(part: Read[Value], hiring: Section | None, code: str, what: str) -> Read[Value]:
    """The part, and where it is empty a warning that names the section.

    Without a section there is no warning.
    """
    if hiring is None:
        return part
    message = f"Section “{hiring.title}” has no readable part on {what}."
    return part.or_warning(code, message)


def dimensions(
    hiring: Section | None,
    parts: Parts,
    areas: Iterable[PlannedFocusArea],
    told: Told = NOTHING_TOLD,
    *,
    drafts_are: str = "focus areas",
) -> Read[Scorecard]:
    """The scorecard of its own part, else one elsewhere in the section.

    Headings that were told to be dimensions are among them, and are all where there is no other. Without any, the
    areas stand in as drafts; `drafts_are` is what to call them.
    """
    named = _told_dimensions(told)
    warnings: tuple[PlanWarning, ...] = ()
    for read in _ways(hiring, parts, named):
        found = read()
        warnings += found.warnings
        if _says_more(found.value, named):
            blocks = hiring.blocks if hiring else ()
            worded = _with_wording(found.value, hiring, parts)
            return Read(worded.value, warnings + worded.warnings + tables_left_out(blocks, found.value.dimensions))
    if named is not None:
        return scorecard_of([named.value], list(named.warnings))
    where = f"in section “{hiring.title}”" if hiring else "anywhere"
    drafts = keyed((DimensionRow(area.name) for area in areas), draft=True)
    instead = f", so the {drafts_are} became draft dimensions" if drafts.value else ""
    missing = PlanWarning("scorecard_missing", f"No scorecard table was found {where}{instead}.")
    scorecard = replace(Scorecard(), dimensions=drafts.value)
    warnings += (missing, *drafts.warnings)
    return Read(scorecard, warnings)


def _with_wording(scorecard: Scorecard, hiring: Section | None, parts: Parts) -> Read[Scorecard]:
    """A scorecard without any wording, with that which stands below headings of the same names."""
    if hiring is None or any(row.anchors for row in scorecard.dimensions):
        return Read(scorecard)
    found = _listed(filter(_may_word_levels, _elsewhere(hiring, parts)), titled=False)
    anchors = {folded(row.name): row.anchors for row in found.value.dimensions if row.anchors}
    names = {folded(row.name) for row in scorecard.dimensions}
    if not anchors or not anchors.keys() <= names:
        return Read(scorecard)
    dimensions = [replace(row, anchors=anchors.get(folded(row.name), {})) for row in scorecard.dimensions]
    levels = found.value
    joined = replace(
        scorecard,
        dimensions=tuple(dimensions),
        levels=levels.levels,
        levels_assumed=levels.levels_assumed,
        numbers=levels.numbers,
    )
    return Read(joined, found.warnings)


def _may_word_levels(block: Block) -> bool:
    """Whether a block is no table, or a small one of levels."""
    return block.kind != "table" or bool(described_below(block, block.text))


def _told_dimensions(told: Told) -> Read[ReadTable] | None:
    """The headings that were told to be dimensions, with the levels below them."""
    runs = [blocks for blocks in told.runs_of("scorecard") if blocks[0].told == DIMENSION]
    return read_competencies([block for blocks in runs for block in blocks], titled=True)


def _says_more(scorecard: Scorecard, named: Read[ReadTable] | None) -> bool:
    """Whether there are dimensions beside those that were told."""
    known = {row.name for row in named.value.rows} if named else set()
    return any(row.name not in known for row in scorecard.dimensions)


def _ways(
    hiring: Section | None,
    parts: Parts,
    named: Read[ReadTable] | None,
) -> Iterator[Callable[[], Read[Scorecard]]]:
    """The ways to find dimensions, the surest first: tables, then names with levels, then names alone.

    `named` are those that were told, which stand beside the dimensions of tables.
    """
    yield lambda: read_scorecard(parts.scorecard, beside=named)
    yield lambda: _listed(parts.scorecard, titled=True)
    if hiring is None:
        return
    elsewhere = _elsewhere(hiring, parts)
    is_sheet = _is_a_sheet(hiring)
    yield lambda: read_scorecard(elsewhere, titled=False, beside=named)
    rated = elsewhere if is_sheet else list(filter(has_room_for_scores, elsewhere))
    yield lambda: read_scorecard(rated, beside=named)
    with_questions = _without_red_flags(_in_order(hiring, chain(elsewhere, parts.questions)), parts)
    yield lambda: _listed(with_questions, titled=is_sheet)
    yield lambda: read_scorecard(block for block in elsewhere if _names_what_signals_are_about(block))
    if is_sheet:
        scored = [block for block in parts.questions if not asks_questions(block)]
        yield lambda: read_scorecard(scored)
        yield lambda: read_scorecard(filter(has_room_for_scores, parts.exercises))


def _without_red_flags(blocks: Iterable[Block], parts: Parts) -> list[Block]:
    """The blocks but for lists of red flags, which name nothing to rate."""
    flags = {id(block) for block in parts.red_flag if block.kind == "list"}
    return [block for block in blocks if id(block) not in flags]


def _is_a_sheet(hiring: Section) -> bool:
    """Whether the section's title says scorecard, or what heads it.

    A file's name may stand for a document's title.
    """
    first = next((heading_of(block) for block in hiring.blocks), "")
    return any(words.SHEET.search(text) for text in (hiring.title, first))


def _names_what_signals_are_about(block: Block) -> bool:
    """Whether a table of strong and weak signals has a first column of criteria, competencies or the like."""
    if not signals_of_table(block):
        return False
    return words.DIMENSION_HEAD.search(block.rows[0][0].text) is not None


def _listed(blocks: Iterable[Block], *, titled: bool) -> Read[Scorecard]:
    """The dimensions that stand under headings or in lists."""
    found = read_competencies(blocks, titled=titled)
    if found is None:
        return Read(Scorecard())
    return scorecard_of([found.value], list(found.warnings))


def _in_order(hiring: Section, blocks: Iterable[Block]) -> list[Block]:
    """The blocks in the order of the page."""
    wanted = {id(block) for block in blocks}
    return [block for block in hiring.blocks if id(block) in wanted]


def _elsewhere(hiring: Section, parts: Parts) -> list[Block]:
    """The section's blocks outside the exercises and the closing summary, which have tables of their own."""
    inside = {id(block) for block in parts.exercises + parts.final + parts.questions}
    return [block for block in hiring.blocks if id(block) not in inside]
