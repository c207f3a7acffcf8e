"""Draws one scorecard: what a person wrote of somebody whose true level per dimension
is `levels`. Pure: no Django."""

from datetime import datetime, timedelta
from random import Random

from samples import words
from samples.roles import Role, SampleRound
from samples.values import Amendment, Card, Mark, Rating

REASONS = ("ran out of time", "not my focus", "candidate declined")


def draft(role: Role, rng: Random, step: SampleRound, saved: datetime, levels: list[float]) -> Card:
    """Begun and left: the first dimension scored, the next with words only."""
    first, *rest = step.dimensions
    ratings = [_rating(role, rng, first, _score(rng, levels[first], 0))]
    if rest:
        topic = rng.choice(role.dimensions[rest[0]].topics)
        ratings.append(Rating(rest[0], None, "", f"To write up: {topic}."))
    return Card("draft", "", "", "", saved, False, tuple(ratings), (), ())


def submitted(role: Role, rng: Random, step: SampleRound, at: datetime, levels: list[float], turn: int) -> Card:
    """All of the round's dimensions answered, with `levels` from 1 to 5 by position in
    the role; `turn` chooses what some cards have and others not."""
    lean = rng.gauss(0, 0.35) + (-2 if turn % 11 == 10 else 0)
    ratings = []
    for index, dimension in enumerate(step.dimensions):
        skipped = (turn + index) % 9 == 8 and len(step.dimensions) > 1
        score = None if skipped else _score(rng, levels[dimension], lean)
        ratings.append(_rating(role, rng, dimension, score))
    scores = [row.score for row in ratings if row.score]
    mean = sum(scores) / len(scores) if scores else 2.5
    recommendation = _recommendation(mean)
    return Card(
        state="submitted",
        recommendation=recommendation,
        summary=words.SUMMARIES[recommendation],
        decline_reason="",
        finished_at=at,
        locked=turn % 9 == 4,
        ratings=tuple(ratings),
        marks=_marks(role, rng, mean, turn),
        look_fors=_look_fors(role, rng, step, mean),
        amendment=_amendment(role, rng, ratings, at) if turn % 16 == 7 else None,
    )


def _score(rng: Random, level: float, lean: float) -> int:
    return min(5, max(1, round(level + lean + rng.gauss(0, 0.5))))


def _rating(role: Role, rng: Random, dimension: int, score: int | None) -> Rating:
    if score is None:
        return Rating(dimension, None, rng.choice(REASONS), "")
    topic = rng.choice(role.dimensions[dimension].topics)
    seen = rng.choice(words.SEEN[score]).format(topic=topic)
    return Rating(dimension, score, "", f"{seen} {rng.choice(words.FOLLOWED[score])}")


def _recommendation(mean: float) -> str:
    bounds = ((2.0, "strong_no"), (3.0, "no"), (4.2, "yes"))
    return next((name for below, name in bounds if mean < below), "strong_yes")


def _marks(role: Role, rng: Random, mean: float, turn: int) -> tuple[Mark, ...]:
    marks = []
    if mean < 1.9 or turn % 14 == 13:
        note = words.FLAG_NOTES[turn % len(words.FLAG_NOTES)]
        marks.append(Mark("red_flag", rng.randrange(len(role.red_flags)), True, note))
    if mean >= 3.6:
        marks.append(Mark("strong", rng.randrange(len(role.strong)), True, ""))
    elif mean < 3:
        marks.append(Mark("weak", rng.randrange(len(role.weak)), turn % 4 != 0, words.FLAG_NOTES[0]))
    return tuple(marks)


def _look_fors(role: Role, rng: Random, step: SampleRound, mean: float) -> tuple[tuple[int, str], ...]:
    if step.exercise is None:
        return ()
    texts = role.exercises[step.exercise].look_for
    chances = [max(mean - 1, 0.5), max(4 - mean, 0.5), 0.5]
    return tuple((index, rng.choices(("seen", "missed", "not_reached"), chances)[0]) for index in range(len(texts)))


def _amendment(role: Role, rng: Random, ratings: list[Rating], at: datetime) -> Amendment | None:
    """One step up or down on the first score that was given."""
    first = next((row for row in ratings if row.score), None)
    if first is None or first.score is None:
        return None
    score = first.score + (1 if first.score < 4 else -1)
    evidence = _rating(role, rng, first.dimension, score).evidence
    return Amendment(first.dimension, score, evidence, rng.choice(words.AMENDED), at + timedelta(hours=5))
