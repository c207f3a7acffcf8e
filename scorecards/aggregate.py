"""The one aggregate behind page, JSON and packet: facts in, DebriefSheet out. Pure, and imports no Django."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from statistics import median
from typing import Any

from scorecards.facts import CardFact, DebriefFacts, DecisionFact, DimensionFact, MeetingFact, ReRatingFact
from scorecards.sheets import Composite, DebriefSheet, DimensionSheet, Figures, RatingSheet


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
    return replace(card.without_words(), state="after_decision", recommendation=None)


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
