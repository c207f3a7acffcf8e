"""What a debrief states: every figure with its n, its range and what is missing. Pure, and imports no Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from scorecards.facts import (
    CardFact,
    DebriefFacts,
    LookForFact,
    MarkFact,
    MeetingNoteFact,
    RatingFact,
    ReRatingFact,
)
from scorecards.uncertainty import band

RECOMMENDATIONS = ("strong_no", "no", "yes", "strong_yes")
DISAGREEMENT_SPREAD = 3
DISCUSSED_SPREAD = 2


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

    def dimension(self, key: str) -> DimensionSheet | None:
        return next((row for row in self.dimensions if row.key == key), None)

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
    def shown_others(self) -> tuple[CardFact, ...]:
        """Those whose author had been shown others' before submitting, as far as when and where was kept."""
        return tuple(card for card in self.submitted if card.saw)

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


def rounded(value: Fraction | Decimal | None, places: int = 3) -> float | None:
    """The value rounded half to even to `places` decimals, exactly; None stays None."""
    if value is None:
        return None
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else value
        return float(exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN))
