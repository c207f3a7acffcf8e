"""What a debrief states: figures with n, range and gaps. Pure, and imports no
Django.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from functools import cached_property

from debriefs.facts import DebriefFacts, MeetingNoteFact, ReRatingFact
from debriefs.uncertainty import band
from rubrics.shares import Share, explained
from scorecards.facts import CardFact, LookForFact, MarkFact, RatingFact

RECOMMENDATIONS = ("strong_no", "no", "yes", "strong_yes")
OUTSTANDING = frozenset({"draft", "missing", "after_decision"})
DISAGREEMENT_SPREAD = 3
DISCUSSED_SPREAD = 2
UNDECIDED = "No decision yet"


@dataclass(frozen=True)
class RatingSheet:
    """One rating of one dimension with who gave it; `score` None means not assessed,
    for `reason`.

    `earlier` is what the author amended before the debrief opened, `re_ratings` what
    they changed after it; the initial figures rest on `score`, the final ones on
    `final_score`. With neither score nor reason it is a remark: evidence on a dimension
    that the interviewer had not to score.
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
    imported: bool = False

    @property
    def origin(self) -> str:
        """The round that it comes from, and that it was imported, where it was."""
        return ", ".join(filter(None, (self.round, "imported" if self.imported else "")))

    @property
    def is_remark(self) -> bool:
        """Evidence alone: neither a score nor a reason for having none."""
        return self.score is None and not self.reason

    @property
    def final_score(self) -> int | None:
        """The score that counts in the end, 1 to 5; None is not assessed."""
        return self.re_ratings[-1].score if self.re_ratings else self.score


@dataclass(frozen=True)
class Figures:
    """Figures over the scores, exact; None where there is none (`sd`: fewer than
    two).
    """

    n: int
    mean: Fraction | None
    median: Fraction | None
    min: int | None
    max: int | None
    sd: Decimal | None
    not_assessed: int

    @property
    def spread(self) -> int:
        """Highest minus lowest, 0 to 4; 0 where there is no score."""
        if self.min is None or self.max is None:
            return 0
        return self.max - self.min

    @property
    def disagreement(self) -> bool:
        """Highest and lowest are at least 3 apart, so the ratings cross the middle of
        the scale."""
        return self.spread >= DISAGREEMENT_SPREAD

    @cached_property
    def mean_shown(self) -> str:
        return "–" if self.mean is None else f"{rounded(self.mean, 1):.1f}"

    @cached_property
    def median_shown(self) -> str:
        return "–" if self.median is None else f"{rounded(self.median, 1):g}"

    @cached_property
    def range_shown(self) -> str:
        if self.min is None:
            return "–"
        return str(self.min) if self.min == self.max else f"{self.min}–{self.max}"

    @cached_property
    def band(self) -> tuple[float, float] | None:
        """The 90 % interval of the mean, if there is one: see
        debriefs/uncertainty.py.
        """
        return band(self.n, self.mean, self.sd)

    @cached_property
    def band_shown(self) -> str:
        """Both ends to one decimal, "3.1–4.7"; a dash where there is no band."""
        if self.band is None:
            return "–"
        low, high = self.band
        return f"{low:.1f}–{high:.1f}"

    @property
    def words(self) -> str:
        """How many scores, and what they come to: “n = 3, mean 4.0, range 3–5”."""
        if self.n == 0:
            return "n = 0"
        if self.n == 1:
            return f"n = 1: one rating only, {self.mean_shown}"
        words = f"n = {self.n}, mean {self.mean_shown}, range {self.range_shown}"
        return f"{words}, 90\u00a0% band {self.band_shown}" if self.band else words


@dataclass(frozen=True)
class DimensionSheet(Figures):
    """One dimension: its own figures are the initial ones; `final` those after
    re-ratings, None where there is none.

    `remarks` are evidence that was written without a score, as on a dimension outside
    the interview's round.
    """

    key: str
    name: str
    share: Share
    must_have: bool
    anchors: Mapping[int, str]
    ratings: tuple[RatingSheet, ...]
    notes: tuple[MeetingNoteFact, ...] = ()
    final: Figures | None = None
    remarks: tuple[RatingSheet, ...] = ()

    @property
    def weight(self) -> Fraction:
        """In percent: as the rubric sets it, else its share."""
        return self.share.percent if self.share.weight is None else self.share.weight

    @cached_property
    def importance(self) -> Fraction:
        """Its share of the composite, a must-have's twice."""
        return self.share.percent * (2 if self.must_have else 1)

    @cached_property
    def sides(self) -> tuple[RatingSheet, ...]:
        """The ratings by score, opposites at the ends; not assessed last."""

        def height(row: RatingSheet) -> int:
            return row.score or 6

        return tuple(sorted(self.ratings, key=height))

    @property
    def current(self) -> Figures:
        """The figures that hold now: the final ones, where somebody re-rated."""
        return self.final or self

    def by_card(self, scorecard_id: int) -> RatingSheet | None:
        """The rating of that scorecard; None where it gave none."""
        found = (row for row in self.ratings if row.scorecard_id == scorecard_id)
        return next(found, None)

    def by_cards(self, cards: Iterable[CardFact]) -> list[RatingSheet | None]:
        """The rating of each of these cards, in their order."""
        return [self.by_card(card.scorecard_id) for card in cards]


@dataclass(frozen=True)
class Composite:
    """Weighted mean of the scored dimensions' means; `value` None where nothing is
    scored."""

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
    """Everything that a debrief states about one application. Shadows appear nowhere in
    it."""

    facts: DebriefFacts
    cards: tuple[CardFact, ...]
    dimensions: tuple[DimensionSheet, ...]
    composite: Composite
    final_composite: Composite | None = None

    def dimension(self, key: str) -> DimensionSheet | None:
        return next((row for row in self.dimensions if row.key == key), None)

    @cached_property
    def submitted(self) -> tuple[CardFact, ...]:
        return tuple(card for card in self.cards if card.state == "submitted")

    @cached_property
    def declined(self) -> tuple[CardFact, ...]:
        return tuple(card for card in self.cards if card.state == "declined")

    @cached_property
    def released(self) -> tuple[CardFact, ...]:
        """Those that nobody has to write any more."""
        return tuple(card for card in self.cards if card.state == "released")

    @cached_property
    def withdrawn(self) -> tuple[CardFact, ...]:
        """Those that are in no figure any more, and can be read."""
        return tuple(card for card in self.cards if card.state == "withdrawn")

    @cached_property
    def missing(self) -> tuple[CardFact, ...]:
        """Those that are owed still, or came after the decision."""
        return tuple(card for card in self.cards if card.state in OUTSTANDING)

    @property
    def expected(self) -> int:
        """How many count or are still owed.

        Of whoever declined or was released nothing is expected, whoever replaced them.
        """
        return len(self.submitted) + len(self.missing)

    @property
    def complete(self) -> bool:
        return not self.missing

    @property
    def tally(self) -> str:
        """How many of those expected came, and what nobody waits for, in words."""
        words = ["none expected"]
        if self.expected:
            words = [f"{len(self.submitted)} of {self.expected} submitted"]
        for cards in (self.declined, self.released, self.withdrawn):
            if cards:
                words.append(f"{len(cards)} {cards[0].state}")
        return ", ".join(words)

    @cached_property
    def imported(self) -> tuple[CardFact, ...]:
        """Those that came by an import: what their authors had seen is unknown."""
        return tuple(card for card in self.submitted if card.imported)

    @property
    def before_seeing_others(self) -> int:
        """Of those that were submitted here."""
        return sum(not (card.saw_others_first or card.imported) for card in self.submitted)

    @property
    def independence(self) -> str:
        """How many were submitted before seeing others, in words; imported ones are
        counted apart."""
        imported = len(self.imported)
        here = len(self.submitted) - imported
        words = f"{self.before_seeing_others} of {here} submitted before seeing others"
        if not imported:
            return words
        unknown = f"{imported} imported: independence unknown"
        return f"{words}; {unknown}" if here else unknown

    @cached_property
    def shown_others(self) -> tuple[CardFact, ...]:
        """Those whose author is known to have seen others' before submitting."""
        return tuple(card for card in self.submitted if card.saw)

    @cached_property
    def amended(self) -> tuple[CardFact, ...]:
        return tuple(card for card in self.submitted if card.amendments)

    @property
    def amended_after_seeing_others(self) -> int:
        return sum(card.amended_after_seeing_others for card in self.submitted)

    @cached_property
    def recommendations(self) -> dict[str, int]:
        given = [card.recommendation for card in self.submitted]
        return {name: given.count(name) for name in RECOMMENDATIONS}

    @property
    def weighing(self) -> str:
        """A sentence on how the shares come from the rubric's weights, where that needs
        one."""
        return explained(row.share.weight for row in self.dimensions)

    @property
    def is_split(self) -> bool:
        """Somebody says strong no and somebody strong yes: the first point of the
        agenda."""
        return bool(self.recommendations["strong_no"] and self.recommendations["strong_yes"])

    @property
    def is_mixed(self) -> bool:
        """Recommendations for and against, though not a strong no against a strong yes.

        That is no point of the agenda: one no among several yeses is common, and the
        dimensions show what it rests on.
        """
        given = self.recommendations
        against = given["strong_no"] + given["no"]
        in_favour = given["strong_yes"] + given["yes"]
        both = bool(against and in_favour)
        return both and not self.is_split

    @property
    def by_recommendation(self) -> tuple[CardFact, ...]:
        """The submitted scorecards from strong no to strong yes."""

        def place(card: CardFact) -> int:
            return RECOMMENDATIONS.index(card.recommendation or RECOMMENDATIONS[-1])

        return tuple(sorted(self.submitted, key=place))

    @property
    def agenda(self) -> tuple[DimensionSheet, ...]:
        """Disputed, thin, agreed, and last what nobody scored."""
        return self.disputed + self.thin + self.agreed + self.gaps

    @cached_property
    def disputed(self) -> tuple[DimensionSheet, ...]:
        """Scores two or more apart; disagreements first, then spread × importance, else
        rubric order."""

        def urgency(row: DimensionSheet) -> tuple[bool, Fraction]:
            return row.disagreement, row.spread * row.importance

        found = [row for row in self.dimensions if row.spread >= DISCUSSED_SPREAD]
        return tuple(sorted(found, key=urgency, reverse=True))

    @property
    def disagreements(self) -> tuple[DimensionSheet, ...]:
        """Those of the disputed whose ratings cross the middle of the scale."""
        return tuple(row for row in self.disputed if row.disagreement)

    @property
    def outcome(self) -> str:
        """Of the decision in force: hire, no_hire or hold; none where there is none."""
        return self.facts.decision.outcome if self.facts.decision else "none"

    @property
    def outcome_words(self) -> str:
        return self.facts.decision.outcome_words if self.facts.decision else UNDECIDED

    @cached_property
    def thin(self) -> tuple[DimensionSheet, ...]:
        """One score alone, the lowest first: a lone 1 is a point to discuss. Else by
        importance."""

        def lowest(row: DimensionSheet) -> tuple[int, Fraction]:
            return row.min or 0, -row.importance

        return tuple(sorted((row for row in self.dimensions if row.n == 1), key=lowest))

    @cached_property
    def agreed(self) -> tuple[DimensionSheet, ...]:
        """At least two scores, the same or next to each other; spread × importance
        first."""
        several = [row for row in self.dimensions if row.n > 1]
        found = [row for row in several if row.spread < DISCUSSED_SPREAD]
        return tuple(sorted(found, key=lambda row: row.spread * row.importance, reverse=True))

    @cached_property
    def gaps(self) -> tuple[DimensionSheet, ...]:
        return tuple(row for row in self.dimensions if row.n == 0)

    @cached_property
    def red_flags(self) -> tuple[tuple[str, tuple[tuple[CardFact, MarkFact], ...]], ...]:
        """Each red flag that somebody marked or noted, with who did and their notes."""
        found: dict[str, list[tuple[CardFact, MarkFact]]] = {}
        for card in self.submitted:
            for mark in card.red_flags:
                found.setdefault(mark.text, []).append((card, mark))
        return tuple((text, tuple(marks)) for text, marks in found.items())

    @cached_property
    def look_fors(self) -> tuple[tuple[str, str, tuple[tuple[CardFact, LookForFact], ...]], ...]:
        """Each look-for that somebody ticked: exercise, text, and who saw, missed or
        did not reach it."""
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
        if isinstance(value, Fraction):
            value = Decimal(value.numerator) / Decimal(value.denominator)
        step = Decimal(1).scaleb(-places)
        return float(value.quantize(step, rounding=ROUND_HALF_EVEN))
