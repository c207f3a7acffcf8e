"""A judgement as a value: what one interviewer says of one candidate. Pure.

`scorecards.fields` turns a form's fields into it and back.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Literal, TypedDict

Part = Literal["recommendation", "summary", "score", "reason", "evidence"]
OTHER = "other"  # the reason for not assessed that has to be put into words


class AnswerParts(TypedDict, total=False):
    """New parts of an answer; `score` and `not_assessed` come together."""

    score: int | None
    not_assessed: bool
    reason: str
    evidence: str


class MarkParts(TypedDict, total=False):
    """New parts of a mark."""

    seen: bool
    note: str


@dataclass(frozen=True)
class Changes:
    """Some parts of a judgement with their new values; what is not named stays.

    `whole` has recommendation and summary; `answers` go by dimension, `marks` by
    signal, `looks` by exercise and index in its list of look-fors.
    """

    whole: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[int, AnswerParts] = field(default_factory=dict)
    marks: Mapping[int, MarkParts] = field(default_factory=dict)
    looks: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What is said on one dimension: a score from 1 to 5, or not assessed for a reason.

    With neither it is open still, or evidence alone. A reason means something only
    beside `not_assessed`; a draft may hold one from before a score was given.
    """

    score: int | None = None
    not_assessed: bool = False
    reason: str = ""
    evidence: str = ""

    @property
    def is_given(self) -> bool:
        """Whether anything but evidence was said."""
        return self.score is not None or self.not_assessed

    @property
    def verdict(self) -> tuple[int | None, str]:
        """The score, and why there is none."""
        return self.score, self.reason

    @property
    def tidied(self) -> "Answer":
        """Without the reason of a dimension that was scored after all."""
        return self if self.not_assessed else replace(self, reason="")

    def differs_from(self, other: "Answer") -> tuple[Part, ...]:
        """The parts that differ; not assessed is part of the score."""
        parts: list[Part] = []
        if (self.score, self.not_assessed) != (other.score, other.not_assessed):
            parts.append("score")
        if self.reason != other.reason:
            parts.append("reason")
        if self.evidence != other.evidence:
            parts.append("evidence")
        return tuple(parts)


@dataclass(frozen=True)
class Mark:
    """A signal of the rubric: whether it was seen, and a note on it."""

    seen: bool = False
    note: str = ""


@dataclass(frozen=True)
class Lack:
    """A part that has to be given before a scorecard is submitted.

    Evidence is lacking for the `score`, or, without one, for the reason “other”.
    """

    part: Part
    dimension_id: int | None = None
    score: int | None = None


@dataclass(frozen=True)
class Judgement:
    """All that a scorecard says: `answers` by dimension, `marks` by signal.

    `looks` has the outcome by exercise and index in its list of look-fors: seen,
    missed, not_reached, or empty. Recommendation and texts are empty where nothing
    was given.
    """

    recommendation: str = ""
    summary: str = ""
    answers: Mapping[int, Answer] = field(default_factory=dict)
    marks: Mapping[int, Mark] = field(default_factory=dict)
    looks: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def amended(self, changes: Changes) -> "Judgement":
        """The judgement with these parts in place of its own."""
        answers = dict(self.answers)
        for dimension_id, parts in changes.answers.items():
            answers[dimension_id] = replace(answers.get(dimension_id, Answer()), **parts)
        marks = dict(self.marks)
        for signal_id, mark_parts in changes.marks.items():
            marks[signal_id] = replace(marks.get(signal_id, Mark()), **mark_parts)
        return replace(
            self,
            answers=answers,
            marks=marks,
            looks={**self.looks, **changes.looks},
            **changes.whole,
        )

    @property
    def tidied(self) -> "Judgement":
        """Without what says nothing: open answers, empty marks, idle reasons."""
        tidied = {pk: answer.tidied for pk, answer in self.answers.items()}
        answers = {pk: row for pk, row in tidied.items() if row != Answer()}
        marks = {pk: row for pk, row in self.marks.items() if row != Mark()}
        looks = {look: row for look, row in self.looks.items() if row}
        return replace(self, answers=answers, marks=marks, looks=looks)

    def differs_from(self, other: "Judgement") -> bool:
        """Whether it says anything else; what says nothing makes no difference."""
        return self.tidied != other.tidied

    def changed_answers(self, since: "Judgement") -> dict[int, Answer]:
        """The tidied answers that say something else than those of `since`."""
        now, before = self.tidied.answers, since.tidied.answers
        changed = {}
        for pk in [*now, *before]:
            if now.get(pk) != before.get(pk):
                changed[pk] = now.get(pk, Answer())
        return changed

    def lacks(self, dimensions: Collection[int], evidence_levels: Collection[int]) -> tuple[Lack, ...]:
        """What must still be given to submit it.

        `dimensions` are those that the round has to judge; scores at
        `evidence_levels`, and the reason “other”, need evidence.
        """
        return tuple(chain(self.unjudged(dimensions), self._unproved(evidence_levels)))

    def unjudged(self, dimensions: Collection[int]) -> Iterator[Lack]:
        """What must still be given to lock it: scores, reasons, recommendation."""
        for dimension_id in dimensions:
            if not self.answers.get(dimension_id, Answer()).is_given:
                yield Lack("score", dimension_id)
        for dimension_id, answer in self.answers.items():
            if answer.not_assessed and not answer.reason:
                yield Lack("reason", dimension_id)
        if not self.recommendation:
            yield Lack("recommendation")

    def _unproved(self, evidence_levels: Collection[int]) -> Iterator[Lack]:
        for dimension_id, answer in self.answers.items():
            if answer.evidence.strip():
                continue
            other = answer.not_assessed and answer.reason == OTHER
            if other or answer.score in evidence_levels:
                yield Lack("evidence", dimension_id, answer.score)
