"""The one aggregate behind page, JSON and packet: facts in, DebriefSheet out. Pure, and imports no Django."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from statistics import median
from typing import Any

from scorecards.uncertainty import band

RECOMMENDATIONS = ("strong_no", "no", "yes", "strong_yes")
RECOMMENDATION_WORDS = {"strong_no": "Strong no", "no": "No", "yes": "Yes", "strong_yes": "Strong yes"}
OUTCOME_WORDS = {"hire": "Hire", "no_hire": "No hire", "hold": "Hold"}
DISAGREEMENT_SPREAD = 3
DISCUSSED_SPREAD = 2


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


@dataclass(frozen=True)
class RatingSheet:
    """One rating of one dimension with who gave it; `score` None means not assessed, for `reason`.

    `earlier` is what the author amended before the debrief opened, `re_ratings` what they changed after it; the
    initial figures rest on `score`, the final ones on `final_score`. With neither score nor reason it is a remark:
    evidence on a dimension that the interviewer had not to score.
    """

    scorecard_id: int
    interviewer: str
    interviewer_email: str
    round: str
    score: int | None
    reason: str
    evidence: str
    anchor_text: str
    earlier: tuple[RatingFact, ...] = ()
    re_ratings: tuple[ReRatingFact, ...] = ()

    @property
    def final_score(self) -> int | None:
        return self.re_ratings[-1].score if self.re_ratings else self.score


@dataclass(frozen=True)
class Figures:
    """Figures over the numeric ratings; None where there is none (`sd`: fewer than two). Remarks are in no figure."""

    n: int
    mean: Fraction | None
    median: Fraction | None
    min: int | None
    max: int | None
    sd: Decimal | None
    not_assessed: int

    @property
    def spread(self) -> int:
        return 0 if self.min is None or self.max is None else self.max - self.min

    @property
    def disagreement(self) -> bool:
        """Highest and lowest are at least 3 apart, so the ratings cross the middle of the scale."""
        return self.spread >= DISAGREEMENT_SPREAD

    @property
    def mean_shown(self) -> str:
        return "–" if self.mean is None else f"{rounded(self.mean, 1):.1f}"

    @property
    def median_shown(self) -> str:
        return "–" if self.median is None else f"{rounded(self.median, 1):g}"

    @property
    def range_shown(self) -> str:
        if self.min is None:
            return "–"
        return str(self.min) if self.min == self.max else f"{self.min}–{self.max}"

    @property
    def band(self) -> tuple[float, float] | None:
        """The 90 % interval of the mean, where the ratings can carry one; scorecards/uncertainty.py has the method."""
        return band(self.n, self.mean, self.sd)

    @property
    def band_shown(self) -> str:
        return "–" if self.band is None else "–".join(f"{end:.1f}" for end in self.band)


@dataclass(frozen=True)
class DimensionSheet(Figures):
    """One dimension: its own figures are the initial ones; `final` those after re-ratings, None where there is none.

    `remarks` are evidence that was written without a score, as on a dimension outside the interview's round.
    """

    key: str
    name: str
    weight: Fraction
    declared_weight: float | None
    must_have: bool
    anchors: Mapping[int, str]
    ratings: tuple[RatingSheet, ...]
    notes: tuple[MeetingNoteFact, ...] = ()
    final: Figures | None = None
    remarks: tuple[RatingSheet, ...] = ()

    @property
    def sides(self) -> tuple[RatingSheet, ...]:
        """The ratings from the lowest score to the highest, so that opposites stand at the ends; not assessed last."""
        return tuple(sorted(self.ratings, key=lambda row: row.score or 6))

    def by_card(self, scorecard_id: int) -> RatingSheet | None:
        return next((row for row in self.ratings if row.scorecard_id == scorecard_id), None)


@dataclass(frozen=True)
class Composite:
    """Weighted mean of the scored dimensions' means; `value` None where nothing is scored."""

    value: Fraction | None
    dimensions_scored: int
    dimensions_total: int

    @property
    def complete(self) -> bool:
        return self.dimensions_scored == self.dimensions_total

    @property
    def shown(self) -> str:
        return "–" if self.value is None else f"{rounded(self.value, 2):.2f}"


@dataclass(frozen=True)
class DebriefSheet:
    """Everything that a debrief states about one application. Shadows appear nowhere in it."""

    facts: DebriefFacts
    cards: tuple[CardFact, ...]
    dimensions: tuple[DimensionSheet, ...]
    composite: Composite
    final_composite: Composite | None = None

    @property
    def submitted(self) -> tuple[CardFact, ...]:
        return tuple(card for card in self.cards if card.state == "submitted")

    @property
    def declined(self) -> tuple[CardFact, ...]:
        return tuple(card for card in self.cards if card.state == "declined")

    @property
    def missing(self) -> tuple[CardFact, ...]:
        return tuple(card for card in self.cards if card.state in {"draft", "missing", "after_decision"})

    @property
    def complete(self) -> bool:
        return not self.missing

    @property
    def before_seeing_others(self) -> int:
        return sum(not card.saw_others_first for card in self.submitted)

    @property
    def mark(self) -> str:
        """What it consists of, as counts joined by dots: scorecards, amendments, re-ratings, notes, decisions."""
        leads = [card for card in self.facts.cards if not card.shadow]
        meeting = self.facts.meeting
        counts = [
            sum(card.state in {"submitted", "declined"} for card in leads),
            sum(len(card.amendments) for card in leads),
            len(meeting.re_ratings) if meeting else 0,
            len(meeting.notes) + len(meeting.follow_ups) if meeting else 0,
            len(self.facts.earlier_decisions) + bool(self.facts.decision),
        ]
        return ".".join(map(str, counts))

    @property
    def amended(self) -> tuple[CardFact, ...]:
        return tuple(card for card in self.submitted if card.amendments)

    @property
    def amended_after_seeing_others(self) -> int:
        return sum(card.amended_after_seeing_others for card in self.submitted)

    @property
    def recommendations(self) -> dict[str, int]:
        given = [card.recommendation for card in self.submitted]
        return {name: given.count(name) for name in RECOMMENDATIONS}

    @property
    def agenda(self) -> tuple[DimensionSheet, ...]:
        """Disagreements first, then by spread × weight × must-have (counted double); ties in rubric order."""

        def urgency(row: DimensionSheet) -> tuple[bool, Fraction]:
            return row.disagreement, row.spread * row.weight * (2 if row.must_have else 1)

        return tuple(sorted(self.dimensions, key=urgency, reverse=True))

    @property
    def to_discuss(self) -> tuple[DimensionSheet, ...]:
        """The agenda without what nobody scored and without what everybody agrees on."""
        return tuple(row for row in self.agenda if row.spread >= DISCUSSED_SPREAD)

    @property
    def agreed(self) -> tuple[DimensionSheet, ...]:
        return tuple(row for row in self.agenda if row.n and row.spread < DISCUSSED_SPREAD)

    @property
    def gaps(self) -> tuple[DimensionSheet, ...]:
        return tuple(row for row in self.dimensions if row.n == 0)

    @property
    def red_flags(self) -> tuple[tuple[str, tuple[tuple[CardFact, MarkFact], ...]], ...]:
        """Each red flag that somebody marked or noted, with who did and their notes."""
        found: dict[str, list[tuple[CardFact, MarkFact]]] = {}
        for card in self.submitted:
            for mark in card.red_flags:
                found.setdefault(mark.text, []).append((card, mark))
        return tuple((text, tuple(marks)) for text, marks in found.items())

    @property
    def look_fors(self) -> tuple[tuple[str, str, tuple[tuple[CardFact, LookForFact], ...]], ...]:
        """Each look-for that somebody ticked: exercise, text, and who saw, missed or did not reach it."""
        found: dict[tuple[str, str], list[tuple[CardFact, LookForFact]]] = {}
        for card in self.submitted:
            for look in card.look_fors:
                found.setdefault((look.exercise, look.text), []).append((card, look))
        return tuple((exercise, text, tuple(rows)) for (exercise, text), rows in found.items())


def aggregate(facts: DebriefFacts) -> DebriefSheet:
    """The sheet of an application: leads only, submitted ratings only, each interviewer's interview once.

    Composite: sum of weight × mean over the scored dimensions, divided by the sum of their weights (CONTRACT,
    debrief JSON). Where only some weights are set, an unset one counts as the mean of the set ones.
    """
    leads = tuple(_as_decided(card, facts.decision) for card in facts.cards if not card.shadow)
    weights = _weights(facts.dimensions)
    dimensions = tuple(_dimension(row, weights[row.key], leads, facts.meeting) for row in facts.dimensions)
    final = None
    if any(row.final for row in dimensions):
        final = _composite([(row.weight, (row.final or row).mean) for row in dimensions])
    return DebriefSheet(facts, leads, dimensions, _composite([(row.weight, row.mean) for row in dimensions]), final)


def _as_decided(card: CardFact, decision: DecisionFact | None) -> CardFact:
    """A scorecard that came after the decision is no part of what was decided on, until the decision is reopened."""
    if decision is None or card.submitted_at is None or card.submitted_at <= decision.decided_at:
        return card
    return replace(
        card,
        state="after_decision",
        recommendation=None,
        summary="",
        red_flags=(),
        strong_signals=(),
        weak_signals=(),
        look_fors=(),
        ratings=(),
    )


def _weights(dimensions: Iterable[DimensionFact]) -> dict[str, Fraction]:
    """Percent by key: as declared, else equal shares of 100."""
    rows = tuple(dimensions)
    declared = [Fraction(str(row.weight)) for row in rows if row.weight is not None]
    filler = sum(declared, Fraction(0)) / len(declared) if declared else Fraction(100, max(len(rows), 1))
    return {row.key: filler if row.weight is None else Fraction(str(row.weight)) for row in rows}


def _dimension(
    fact: DimensionFact, weight: Fraction, cards: tuple[CardFact, ...], meeting: MeetingFact | None
) -> DimensionSheet:
    written = tuple(_ratings(fact.key, cards, meeting.re_ratings if meeting else ()))
    ratings = tuple(row for row in written if row.score is not None or row.reason)
    changed = any(row.re_ratings for row in ratings)
    return DimensionSheet(
        key=fact.key,
        name=fact.name,
        weight=weight,
        declared_weight=fact.weight,
        must_have=fact.must_have,
        anchors=fact.anchors,
        ratings=ratings,
        notes=tuple(note for note in meeting.notes if note.dimension == fact.key) if meeting else (),
        remarks=tuple(row for row in written if row.score is None and not row.reason),
        final=Figures(**_figures([row.final_score for row in ratings])) if changed else None,
        **_figures([row.score for row in ratings]),
    )


def _figures(given: list[int | None]) -> dict[str, Any]:
    scores = [score for score in given if score is not None]
    n = len(scores)
    return {
        "n": n,
        "mean": Fraction(sum(scores), n) if n else None,
        "median": Fraction(median(map(Fraction, scores))) if n else None,
        "min": min(scores, default=None),
        "max": max(scores, default=None),
        "sd": sample_sd(scores),
        "not_assessed": len(given) - n,
    }


def _ratings(key: str, cards: tuple[CardFact, ...], changed: tuple[ReRatingFact, ...]) -> Iterable[RatingSheet]:
    for card in cards:
        if card.state != "submitted":
            continue
        for row in card.ratings:
            if row.dimension == key and (row.score is not None or row.not_assessed_reason or row.evidence):
                yield RatingSheet(
                    scorecard_id=card.scorecard_id,
                    interviewer=card.interviewer_name,
                    interviewer_email=card.interviewer_email,
                    round=card.round_name,
                    score=row.score,
                    reason=row.not_assessed_reason,
                    evidence=row.evidence,
                    anchor_text=row.anchor_text,
                    earlier=row.earlier,
                    re_ratings=tuple(
                        new for new in changed if (new.scorecard_id, new.dimension) == (card.scorecard_id, key)
                    ),
                )


def sample_sd(scores: list[int]) -> Decimal | None:
    """Sample standard deviation, sqrt(sum((x - mean)^2) / (n - 1)); None for fewer than two values."""
    n = len(scores)
    if n < 2:
        return None
    mean = Fraction(sum(scores), n)
    variance = sum(((score - mean) ** 2 for score in scores), Fraction(0)) / (n - 1)
    with localcontext() as context:
        context.prec = 40
        return (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()


def _composite(dimensions: list[tuple[Fraction, Fraction | None]]) -> Composite:
    """Of weight and mean of each dimension."""
    scored = [(weight, mean) for weight, mean in dimensions if mean is not None]
    weights = sum((weight for weight, _ in scored), Fraction(0))
    total = sum((weight * mean for weight, mean in scored), Fraction(0))
    return Composite(total / weights if weights else None, len(scored), len(dimensions))


def rounded(value: Fraction | Decimal | None, places: int = 3) -> float | None:
    """The value rounded half to even to `places` decimals, exactly; None stays None."""
    if value is None:
        return None
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else value
        return float(exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN))


def debrief_json(sheet: DebriefSheet) -> dict[str, Any]:
    """The sheet in format evenhand-debrief/1; figures are rounded here and nowhere before."""
    facts = sheet.facts
    return {
        "format": "evenhand-debrief/1",
        "opening": facts.opening_slug,
        "candidate": {"name": facts.candidate_name, "email": facts.candidate_email},
        "rubric": {"title": facts.rubric_title, "version": facts.rubric_version},
        "scorecards": {
            "expected": len(sheet.cards),
            "submitted": len(sheet.submitted),
            "declined": len(sheet.declined),
            "missing": [card.interviewer_email for card in sheet.missing],
        },
        "independence": {
            "submitted": len(sheet.submitted),
            "before_seeing_others": sheet.before_seeing_others,
        },
        "recommendations": sheet.recommendations,
        "dimensions": [_dimension_json(row) for row in sheet.dimensions],
        "composite": _composite_json(sheet.composite),
        "amended": {
            "scorecards": len(sheet.amended),
            "after_seeing_others": sheet.amended_after_seeing_others,
        },
        "final_composite": _composite_json(sheet.final_composite) if sheet.final_composite else None,
    }


def _composite_json(composite: Composite) -> dict[str, Any]:
    return {
        "value": rounded(composite.value),
        "dimensions_scored": composite.dimensions_scored,
        "dimensions_total": composite.dimensions_total,
    }


def _dimension_json(row: DimensionSheet) -> dict[str, Any]:
    return {
        "key": row.key,
        "name": row.name,
        "weight": rounded(row.weight),
        **_figures_json(row),
        "disagreement": row.disagreement,
        "ratings": [
            {
                "interviewer": rating.interviewer_email,
                "round": rating.round,
                "score": rating.score,
                "evidence": rating.evidence,
            }
            for rating in row.ratings
        ],
        "remarks": [
            {"interviewer": remark.interviewer_email, "round": remark.round, "evidence": remark.evidence}
            for remark in row.remarks
        ],
        "re_ratings": [
            {
                "interviewer": rating.interviewer_email,
                "round": rating.round,
                "score": new.score,
                "kind": new.kind,
                "source": new.source,
                "reason": new.reason,
                "at": new.at.isoformat(),
            }
            for rating in row.ratings
            for new in rating.re_ratings
        ],
        "final": _figures_json(row.final) if row.final else None,
    }


def _figures_json(row: Figures) -> dict[str, Any]:
    return {
        "n": row.n,
        "mean": rounded(row.mean),
        "median": rounded(row.median),
        "min": row.min,
        "max": row.max,
        "sd": rounded(row.sd),
        "not_assessed": row.not_assessed,
    }
