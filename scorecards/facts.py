"""What a debrief rests on, read from the database and nothing computed yet. Pure, and imports no Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

RECOMMENDATION_WORDS = {"strong_no": "Strong no", "no": "No", "yes": "Yes", "strong_yes": "Strong yes"}
OUTCOME_WORDS = {"hire": "Hire", "no_hire": "No hire", "hold": "Hold"}


@dataclass(frozen=True)
class DimensionFact:
    key: str
    name: str
    weight: float | None
    must_have: bool
    anchors: Mapping[int, str]


@dataclass(frozen=True)
class RatingFact:
    """A rating as it stands; `earlier` holds what its author amended before the debrief opened, oldest first."""

    dimension: str
    score: int | None
    not_assessed_reason: str
    evidence: str
    anchor_text: str
    earlier: tuple["RatingFact", ...] = ()

    @property
    def answer_words(self) -> str:
        """The score, or why there is none, for the middle of a sentence."""
        if self.score:
            return str(self.score)
        return f"not assessed ({self.not_assessed_reason})" if self.not_assessed_reason else "a note without a score"


@dataclass(frozen=True)
class AmendmentFact:
    """What an author changed between submission and debrief: the judgement from then on, and the ratings it changed.

    `had_seen` counts the others' scorecards that the author had been shown by then.
    """

    at: datetime
    reason: str
    had_seen: int
    recommendation: str
    summary: str
    ratings: tuple[RatingFact, ...]


@dataclass(frozen=True)
class MarkFact:
    """A signal of the rubric that an interviewer marked as seen, or only wrote a note on."""

    text: str
    seen: bool
    note: str


@dataclass(frozen=True)
class LookForFact:
    """What became of one look-for: `outcome` is seen, missed or not_reached."""

    exercise: str
    text: str
    outcome: str

    @property
    def outcome_words(self) -> str:
        return self.outcome.replace("_", " ")


@dataclass(frozen=True)
class SightFact:
    """The first time that an author was shown another's scorecard, before submitting their own.

    The interviewer is the other one; `way` says where it was shown, in words, and is empty for what is older than
    the record of it.
    """

    interviewer_id: int
    interviewer_name: str
    interviewer_email: str
    at: datetime
    way: str


@dataclass(frozen=True)
class CardFact:
    """One panelist's seat: `state` is draft, submitted, declined, missing, or after_decision for one that came too
    late to count; a judgement only if submitted, as its author last amended it.

    `locked_at` is when scores and recommendation were locked, where that was before the submission.
    """

    scorecard_id: int
    interviewer_id: int
    interviewer_email: str
    interviewer_name: str
    round_name: str
    interview_id: int
    state: str
    shadow: bool
    recommendation: str | None
    summary: str
    red_flags: tuple[MarkFact, ...]
    strong_signals: tuple[MarkFact, ...]
    weak_signals: tuple[MarkFact, ...]
    look_fors: tuple[LookForFact, ...]
    locked_at: datetime | None
    submitted_at: datetime | None
    saw_others_first: bool
    ratings: tuple[RatingFact, ...]
    saw: tuple[SightFact, ...] = ()
    amendments: tuple[AmendmentFact, ...] = ()
    first_recommendation: str | None = None
    first_summary: str | None = None

    @property
    def recommendation_words(self) -> str:
        return RECOMMENDATION_WORDS.get(self.recommendation or "", "")

    @property
    def first_recommendation_words(self) -> str:
        """What was recommended at first, where an amendment changed it; else nothing."""
        changed = self.first_recommendation not in {None, self.recommendation}
        return RECOMMENDATION_WORDS[self.first_recommendation or ""] if changed else ""

    def without_words(self) -> "CardFact":
        """The card without ratings and without anything that its author wrote or ticked."""
        return replace(self, summary="", red_flags=(), strong_signals=(), weak_signals=(), look_fors=(), ratings=())

    @property
    def amended_after_seeing_others(self) -> bool:
        return any(row.had_seen for row in self.amendments)


def amended(card: CardFact, amendments: tuple[AmendmentFact, ...]) -> CardFact:
    """The card as its author last amended it, beside what it said before."""
    if not amendments:
        return card
    ratings = {row.dimension: row for row in card.ratings}
    for amendment in amendments:
        for row in amendment.ratings:
            before = ratings.get(row.dimension)
            earlier = (*before.earlier, replace(before, earlier=())) if before else ()
            ratings[row.dimension] = replace(row, earlier=earlier)
    last = amendments[-1]
    return replace(
        card,
        ratings=tuple(ratings.values()),
        amendments=amendments,
        recommendation=last.recommendation,
        first_recommendation=card.recommendation,
        summary=last.summary,
        first_summary=None if card.summary == last.summary else card.summary,
    )


@dataclass(frozen=True)
class ReRatingFact:
    """A rating changed after the debrief opened: `kind` is reread or new_evidence, the latter with its `source`."""

    scorecard_id: int
    dimension: str
    score: int | None
    not_assessed_reason: str
    kind: str
    source: str
    reason: str
    at: datetime

    @property
    def kind_words(self) -> str:
        return f"new evidence: {self.source}" if self.kind == "new_evidence" else "reread the evidence"


@dataclass(frozen=True)
class MeetingNoteFact:
    """What the meeting wrote down on one dimension, or on the whole (`dimension` None)."""

    dimension: str | None
    text: str
    by: str
    at: datetime


@dataclass(frozen=True)
class AttendeeFact:
    attendee_id: int
    name: str


@dataclass(frozen=True)
class MeetingFact:
    """The debrief as a meeting, once it was opened."""

    opened_at: datetime
    opened_by: str
    attendees: tuple[AttendeeFact, ...]
    notes: tuple[MeetingNoteFact, ...]
    follow_ups: tuple[MeetingNoteFact, ...]
    re_ratings: tuple[ReRatingFact, ...]

    @property
    def general_notes(self) -> tuple[MeetingNoteFact, ...]:
        return tuple(note for note in self.notes if note.dimension is None)


@dataclass(frozen=True)
class ExerciseFact:
    label: str | None
    title: str
    duration: str | None
    prompt: str
    look_for: tuple[str, ...]
    round_names: tuple[str, ...]


@dataclass(frozen=True)
class ReopeningFact:
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class DecisionFact:
    """`rationales` are those for single dimensions, by key; `reopened` says why the decision stands no longer."""

    outcome: str
    rationale: str
    decided_by: str
    decided_at: datetime
    dissent: str
    dissenter: str
    conditions: str
    rationales: Mapping[str, str] = field(default_factory=dict)
    reopened: ReopeningFact | None = None

    @property
    def outcome_words(self) -> str:
        return OUTCOME_WORDS[self.outcome]


@dataclass(frozen=True)
class OverrideFact:
    """Who let whom see before submitting, and why; the interviewer is the one let in."""

    by: str
    at: datetime
    reason: str
    interviewer_id: int
    interviewer_name: str
    interviewer_email: str


@dataclass(frozen=True)
class DebriefFacts:
    application_id: int
    opening_slug: str
    opening_title: str
    candidate_name: str
    candidate_email: str
    rubric_title: str
    rubric_version: int
    dimensions: tuple[DimensionFact, ...]
    exercises: tuple[ExerciseFact, ...]
    cards: tuple[CardFact, ...]
    decision: DecisionFact | None
    overrides: tuple[OverrideFact, ...]
    meeting: MeetingFact | None = None
    earlier_decisions: tuple[DecisionFact, ...] = ()
