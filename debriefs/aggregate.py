"""Facts in, DebriefSheet out: one aggregate for page, JSON and packet. Pure: no
Django.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from statistics import median_high, median_low

from debriefs.facts import DebriefFacts, DecisionFact, DimensionFact, MeetingFact, ReRatingFact
from debriefs.sheets import Composite, DebriefSheet, DimensionSheet, Figures, RatingSheet
from rubrics.shares import Share, shares
from scorecards.facts import CardFact, RatingFact


def aggregate(facts: DebriefFacts) -> DebriefSheet:
    """The sheet of an application: leads only, submitted ratings only, each
    interviewer's interview once.

    Composite: sum of share × mean over the scored dimensions, divided by the sum of
    their shares, which `rubrics.shares` makes of the rubric's weights.
    """
    counted = _latest_of_each([card for card in facts.cards if not card.shadow])
    leads = tuple(_as_decided(card, facts.decision) for card in counted)
    parts = shares(row.weight for row in facts.dimensions)
    pairs = zip(facts.dimensions, parts, strict=True)
    dimensions = tuple(_dimension(row, share, leads, facts.meeting) for row, share in pairs)
    composite = _composite([(row.share.percent, row.mean) for row in dimensions])
    final = None
    if any(row.final for row in dimensions):
        final = _composite([(row.share.percent, row.current.mean) for row in dimensions])
    return DebriefSheet(facts, leads, dimensions, composite, final)


def _latest_of_each(cards: list[CardFact]) -> list[CardFact]:
    """Each panelist as it stands: what somebody declined before they were put back on
    the same panel is not counted beside it. A later one comes later in `cards`."""
    latest = {(card.interview_id, card.interviewer_id): card for card in cards}
    found = []
    for card in cards:
        is_latest = card is latest[card.interview_id, card.interviewer_id]
        if is_latest or card.state != "declined":
            found.append(card)
    return found


def _as_decided(card: CardFact, decision: DecisionFact | None) -> CardFact:
    """A card that came after the decision counts for nothing until that is reopened."""
    if card.state != "submitted" or decision is None or card.submitted_at is None:
        return card
    if card.submitted_at <= decision.decided_at:
        return card
    return replace(card.without_words(), state="after_decision", recommendation=None)


def _dimension(
    fact: DimensionFact,
    share: Share,
    cards: tuple[CardFact, ...],
    meeting: MeetingFact | None,
) -> DimensionSheet:
    changed = meeting.re_ratings if meeting else ()
    said = meeting.notes if meeting else ()
    written = tuple(_ratings(fact.key, cards, changed))
    ratings = tuple(row for row in written if not row.is_remark)
    initial = _figures([row.score for row in ratings])
    final = None
    if any(row.re_ratings for row in ratings):
        final = _figures([row.final_score for row in ratings])
    return DimensionSheet(
        key=fact.key,
        name=fact.name,
        share=share,
        must_have=fact.must_have,
        anchors=fact.anchors,
        ratings=ratings,
        notes=tuple(note for note in said if note.dimension == fact.key),
        remarks=tuple(row for row in written if row.is_remark),
        final=final,
        **vars(initial),
    )


def _figures(given: list[int | None]) -> Figures:
    """Exact figures over the scores, 1 to 5 each; None among them is not assessed."""
    scores = [score for score in given if score is not None]
    mean = middle = None
    if scores:
        mean = Fraction(sum(scores), len(scores))
        middle = Fraction(median_low(scores) + median_high(scores), 2)
    return Figures(
        n=len(scores),
        mean=mean,
        median=middle,
        min=min(scores, default=None),
        max=max(scores, default=None),
        sd=sample_sd(scores),
        not_assessed=len(given) - len(scores),
    )


def _ratings(key: str, cards: tuple[CardFact, ...], changed: tuple[ReRatingFact, ...]) -> Iterable[RatingSheet]:
    """What the submitted cards say on the dimension of that key; empty rows say
    nothing."""
    for card in cards:
        if card.state != "submitted":
            continue
        for row in card.ratings:
            is_given = row.score is not None or row.not_assessed_reason or row.evidence
            if row.dimension == key and is_given:
                yield _rating(card, row, changed)


def _rating(card: CardFact, row: RatingFact, changed: tuple[ReRatingFact, ...]) -> RatingSheet:
    own = [new for new in changed if new.scorecard_id == card.scorecard_id]
    return RatingSheet(
        scorecard_id=card.scorecard_id,
        interviewer=card.interviewer_name,
        interviewer_email=card.interviewer_email,
        round=card.round_name,
        score=row.score,
        reason=row.not_assessed_reason,
        evidence=row.evidence,
        anchor_text=row.anchor_text,
        earlier=row.earlier,
        re_ratings=tuple(new for new in own if new.dimension == row.dimension),
        imported=card.imported,
    )


def sample_sd(scores: list[int]) -> Decimal | None:
    """Sample standard deviation, sqrt(sum((x - mean)^2) / (n - 1)); None for fewer than
    two values."""
    n = len(scores)
    if n < 2:
        return None
    squares = sum(score * score for score in scores)
    spread = n * squares - sum(scores) ** 2  # n times the sum of (x - mean)^2, exactly
    with localcontext() as context:
        context.prec = 40
        return (Decimal(spread) / Decimal(n * (n - 1))).sqrt()


def _composite(dimensions: list[tuple[Fraction, Fraction | None]]) -> Composite:
    """Of share and mean of each dimension; without a value where no mean has a
    share.
    """
    scored = [(share, mean) for share, mean in dimensions if mean is not None]
    whole = sum((share for share, _ in scored), Fraction(0))
    total = sum((share * mean for share, mean in scored), Fraction(0))
    value = total / whole if whole else None
    return Composite(value, len(scored), len(dimensions))
