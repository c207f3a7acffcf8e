"""What a debrief rests on, read from the database and nothing computed yet. Pure, and
imports no Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from scorecards.facts import CardFact

OUTCOME_WORDS = {"hire": "Hire", "no_hire": "No hire", "hold": "Hold"}


@dataclass(frozen=True)
class DimensionFact:
    key: str
    name: str
    weight: float | None
    must_have: bool
    anchors: Mapping[int, str]


@dataclass(frozen=True)
class ReRatingFact:
    """A changed rating: `kind` is reread, or new_evidence with its `source`."""

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
    """What the meeting wrote down on one dimension, or on the whole (`dimension`
    None).
    """

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
    """`rationales`: for single dimensions, by key; `reopened`: why it is no longer in
    force."""

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
    """Who let whom see before submitting, and why; the interviewer is the one let
    in.
    """

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
    rubric_language: str = "en"
