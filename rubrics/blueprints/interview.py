"""What the hiring section says: dimensions, focus areas, exercises and signals."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from rubrics.blueprints import words
from rubrics.blueprints.competencies import read_competencies
from rubrics.blueprints.exercises import PlannedExercise, exercises
from rubrics.blueprints.focus_areas import PlannedFocusArea, focus_areas
from rubrics.blueprints.hiring import Parts, parts_of
from rubrics.blueprints.questions import Questions, questions
from rubrics.blueprints.rated_rows import DimensionRow
from rubrics.blueprints.reading import PlanWarning, Read, all_warnings
from rubrics.blueprints.scorecard import (
    PlannedQuestion,
    Scorecard,
    folded,
    keyed,
    read_scorecard,
    scorecard_of,
)
from rubrics.blueprints.sections import Block, Section
from rubrics.blueprints.signals import signals

Value = TypeVar("Value")


@dataclass(frozen=True)
class Interview:
    """`about_scores` are the blocks in which a scale may be stated, the scorecard's own first."""

    scorecard: Scorecard
    focus_areas: tuple[PlannedFocusArea, ...]
    exercises: tuple[PlannedExercise, ...]
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    red_flag: tuple[str, ...]
    about_scores: tuple[Block, ...]


def read_interview(hiring: Section | None) -> Read[Interview]:
    """What the section says; without one all is empty.

    Each part that is missing is a warning.
    """
    parts = parts_of(hiring)
    areas = focus_areas(parts.focus)
    asked = _asked(hiring, parts)
    if areas.value:
        scorecard = dimensions(hiring, parts, areas.value)
    else:
        scorecard = dimensions(hiring, parts, _subjects(asked.value), drafts_are="subjects of the questions")
    scorecard = replace(scorecard, value=_asking(scorecard.value, asked.value.asked))
    rest = asked.value.without({name for name in asked.value.asked if _names_one(name, scorecard.value)})
    scorecard = replace(scorecard, value=_asking(scorecard.value, _between(hiring, parts)))
    areas = _with_questions(areas, rest)
    areas = _wanted(areas, hiring, "focus_areas_missing", "what to assess")
    tests = _wanted(exercises(parts.exercises), hiring, "exercises_missing", "practical exercises")
    strong = _wanted(
        _joined(signals(parts.strong), rest.texts("strong")), hiring, "strong_signals_missing", "strong signals"
    )
    weak = _wanted(_joined(signals(parts.weak), rest.texts("weak")), hiring, "weak_signals_missing", "weak signals")
    red_flag = _wanted(
        _joined(signals(parts.red_flag), rest.texts("red_flag")), hiring, "red_flags_missing", "red flags"
    )
    all_blocks = hiring.blocks if hiring else ()
    interview = Interview(
        scorecard=scorecard.value,
        focus_areas=areas.value,
        exercises=tests.value,
        strong=strong.value,
        weak=weak.value,
        red_flag=red_flag.value,
        about_scores=parts.scorecard + all_blocks,
    )
    return Read(interview, all_warnings(scorecard, asked, areas, tests, strong, weak, red_flag))


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
    has_both = bool(elsewhere.value.areas) and elsewhere.value.has_answers
    return elsewhere if has_both else questions(())


def _unclaimed(hiring: Section, parts: Parts) -> Iterator[Block]:
    """The texts that belong to no part but the scorecard's."""
    claimed = {id(block) for block in parts.strong + parts.weak + parts.red_flag + parts.focus}
    for block in _elsewhere(hiring, parts):
        if block.kind != "table" and id(block) not in claimed:
            yield block


def _subjects(asked: Questions) -> tuple[PlannedFocusArea, ...]:
    """What the questions are about; a question by itself is no dimension."""
    return asked.areas if asked.grouped else ()


def _with_questions(
    areas: Read[tuple[PlannedFocusArea, ...]],
    asked: Questions,
) -> Read[tuple[PlannedFocusArea, ...]]:
    """The areas, else what the questions are about."""
    return areas if areas.value else replace(areas, value=asked.areas)


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
        found[name] = tuple(question for question in asked if question.text.endswith("?"))
    return found


def _joined(found: Read[tuple[str, ...]], answers: tuple[str, ...]) -> Read[tuple[str, ...]]:
    """Signals, and behind them the answers that are said to be such."""
    return replace(found, value=found.value + answers)


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
    *,
    drafts_are: str = "focus areas",
) -> Read[Scorecard]:
    """The scorecard of its own part, else one elsewhere in the section.

    Without any, the areas stand in as drafts; `drafts_are` is what to call them.
    """
    warnings: tuple[PlanWarning, ...] = ()
    for read in _ways(hiring, parts):
        found = read()
        warnings += found.warnings
        if found.value.dimensions:
            return Read(found.value, warnings)
    where = f"in section “{hiring.title}”" if hiring else "anywhere"
    drafts = keyed((DimensionRow(area.name) for area in areas), draft=True)
    instead = f", so the {drafts_are} became draft dimensions" if drafts.value else ""
    missing = PlanWarning("scorecard_missing", f"No scorecard table was found {where}{instead}.")
    scorecard = replace(Scorecard(), dimensions=drafts.value)
    warnings += (missing, *drafts.warnings)
    return Read(scorecard, warnings)


def _ways(hiring: Section | None, parts: Parts) -> Iterator[Callable[[], Read[Scorecard]]]:
    """The ways to find dimensions, the surest first: tables, then names with levels, then names alone."""
    yield lambda: read_scorecard(parts.scorecard)
    yield lambda: _listed(parts.scorecard, titled=True)
    if hiring is None:
        return
    elsewhere = _elsewhere(hiring, parts)
    is_sheet = words.SHEET.search(hiring.title) is not None
    yield lambda: read_scorecard(elsewhere, titled=False)
    if is_sheet:
        yield lambda: read_scorecard(elsewhere)
    with_questions = _in_order(hiring, chain(elsewhere, parts.questions))
    yield lambda: _listed(with_questions, titled=is_sheet)


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
