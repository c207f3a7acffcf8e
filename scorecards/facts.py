"""What a debrief rests on, as it was read and nothing computed yet. Pure, no Django."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict

RECOMMENDATION_WORDS = {"strong_no": "Strong no", "no": "No", "yes": "Yes", "strong_yes": "Strong yes"}


class RatingRow(TypedDict):
    """A rating as the database tells it, and as an amendment keeps it."""

    dimension: str
    score: int | None
    not_assessed_reason: str
    evidence: str
    anchor_text: str


@dataclass(frozen=True)
class RatingFact:
    """A rating as it stands: a `score` of 1 to 5, or a reason for none, or neither.

    `dimension` is its key. `earlier` holds what its author amended before the debrief
    opened, oldest first.
    """

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
        if self.not_assessed_reason:
            return f"not assessed ({self.not_assessed_reason})"
        return "a note without a score"


@dataclass(frozen=True)
class AmendmentFact:
    """What an author amended: the judgement from then on, and the ratings it changed.

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
    """A signal of the rubric that was marked as seen, or only noted."""

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
        """The outcome for the middle of a sentence."""
        return self.outcome.replace("_", " ")


@dataclass(frozen=True)
class SightFact:
    """The first time that an author was shown another's scorecard, before submitting.

    The interviewer is the other one. `way` says in words where it was shown; it is
    empty where that was not recorded yet.
    """

    interviewer_id: int
    interviewer_name: str
    interviewer_email: str
    at: datetime
    way: str


@dataclass(frozen=True)
class CorrectionFact:
    """Why a scorecard was withdrawn, or somebody released from having to write it."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class CardFact:
    """One panelist, with the judgement as its author last amended it.

    `state` is draft, submitted, declined, missing, released or withdrawn (`correction`
    says why), or after_decision for one that came too late to count; without a scorecard
    its id is 0. A judgement is there only if submitted, though it was withdrawn.
    `locked_at` is when scores and recommendation were locked before that. Of an
    `imported` one nobody knows what its author had seen.
    """

    scorecard_id: int
    interviewer_id: int
    interviewer_email: str
    interviewer_name: str
    round_name: str
    interview_id: int
    state: str
    shadow: bool
    recommendation: str | None = None
    summary: str = ""
    red_flags: tuple[MarkFact, ...] = ()
    strong_signals: tuple[MarkFact, ...] = ()
    weak_signals: tuple[MarkFact, ...] = ()
    look_fors: tuple[LookForFact, ...] = ()
    locked_at: datetime | None = None
    submitted_at: datetime | None = None
    saw_others_first: bool = False
    imported: bool = False
    ratings: tuple[RatingFact, ...] = ()
    saw: tuple[SightFact, ...] = ()
    amendments: tuple[AmendmentFact, ...] = ()
    first_recommendation: str | None = None
    first_summary: str | None = None
    correction: CorrectionFact | None = None

    @property
    def recommendation_words(self) -> str:
        """The recommendation as a page says it; empty for none."""
        return RECOMMENDATION_WORDS.get(self.recommendation or "", "")

    @property
    def first_recommendation_words(self) -> str:
        """What was recommended at first, where an amendment changed it; else empty."""
        first = self.first_recommendation
        if first is None or first == self.recommendation:
            return ""
        return RECOMMENDATION_WORDS[first]

    def without_words(self) -> "CardFact":
        """The card without ratings, and without what its author wrote or ticked."""
        unmarked = replace(self, red_flags=(), strong_signals=(), weak_signals=(), look_fors=())
        return replace(unmarked, summary="", ratings=())

    @property
    def amended_after_seeing_others(self) -> bool:
        """Whether an author knew another's judgement when they amended theirs."""
        return any(row.had_seen for row in self.amendments)


def amended(card: CardFact, amendments: tuple[AmendmentFact, ...]) -> CardFact:
    """The card as its author last amended it, beside what it said before."""
    if not amendments:
        return card
    ratings = {row.dimension: row for row in card.ratings}
    for amendment in amendments:
        for row in amendment.ratings:
            before = ratings.get(row.dimension)
            ratings[row.dimension] = row if before is None else _after(before, row)
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


def _after(before: RatingFact, now: RatingFact) -> RatingFact:
    """What stands now, with all that stood before."""
    return replace(now, earlier=(*before.earlier, replace(before, earlier=())))
