"""What the hiring section says: dimensions, focus areas, exercises and signals."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from rubrics.blueprints.exercises import PlannedExercise, exercises
from rubrics.blueprints.focus_areas import PlannedFocusArea, focus_areas
from rubrics.blueprints.hiring import Parts, parts_of
from rubrics.blueprints.reading import PlanWarning, Read, all_warnings
from rubrics.blueprints.scorecard import DimensionRow, Scorecard, keyed, read_scorecard
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
    scorecard = dimensions(hiring, parts, areas.value)
    areas = _wanted(areas, hiring, "focus_areas_missing", "what to assess")
    tests = _wanted(exercises(parts.exercises), hiring, "exercises_missing", "practical exercises")
    strong = _wanted(signals(parts.strong), hiring, "strong_signals_missing", "strong signals")
    weak = _wanted(signals(parts.weak), hiring, "weak_signals_missing", "weak signals")
    red_flag = _wanted(signals(parts.red_flag), hiring, "red_flags_missing", "red flags")
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
    return Read(interview, all_warnings(scorecard, areas, tests, strong, weak, red_flag))


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
) -> Read[Scorecard]:
    """The scorecard of its own part, else one elsewhere in the section.

    Without any, the focus areas stand in as drafts.
    """
    found = read_scorecard(parts.scorecard)
    if hiring is not None and not found.value.dimensions:
        elsewhere = read_scorecard(_elsewhere(hiring, parts), titled=False)
        found = Read(elsewhere.value, all_warnings(found, elsewhere))
    if found.value.dimensions:
        return found
    where = f"in section “{hiring.title}”" if hiring else "anywhere"
    message = f"No scorecard table was found {where}, so the focus areas became draft dimensions."
    missing = PlanWarning("scorecard_missing", message)
    drafts = keyed((DimensionRow(area.name) for area in areas), draft=True)
    scorecard = replace(found.value, dimensions=drafts.value)
    return Read(scorecard, all_warnings(found, Read(None, (missing,)), drafts))


def _elsewhere(hiring: Section, parts: Parts) -> list[Block]:
    """The section's blocks outside the exercises and the closing summary, which have tables of their own."""
    inside = {id(block) for block in parts.exercises + parts.final}
    return [block for block in hiring.blocks if id(block) not in inside]
