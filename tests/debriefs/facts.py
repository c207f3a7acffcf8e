"""Facts of an imagined debrief for tests of the pure aggregate: no database, nothing but values."""

from datetime import UTC, datetime

from debriefs.aggregate import aggregate
from debriefs.facts import DebriefFacts, DimensionFact, MeetingFact, MeetingNoteFact, ReRatingFact
from debriefs.sheets import DebriefSheet
from scorecards.facts import CardFact, RatingFact

MOMENT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def dimension(key: str, weight: float | None = None, *, must_have: bool = False) -> DimensionFact:
    return DimensionFact(key=key, name=key.title(), weight=weight, must_have=must_have, anchors={})


def rating(key: str, score: int | None, reason: str = "") -> RatingFact:
    return RatingFact(dimension=key, score=score, not_assessed_reason=reason, evidence="", anchor_text="")


def re_rating(number: int, key: str, score: int | None, *, source: str = "") -> ReRatingFact:
    """A changed rating on the scorecard of that number; with a `source` it is new evidence."""
    return ReRatingFact(
        scorecard_id=number,
        dimension=key,
        score=score,
        not_assessed_reason="" if score else "not my focus",
        kind="new_evidence" if source else "reread",
        source=source,
        reason="I reread it",
        at=MOMENT,
    )


def meeting(*changed: ReRatingFact, notes: tuple[MeetingNoteFact, ...] = ()) -> MeetingFact:
    return MeetingFact(
        opened_at=MOMENT,
        opened_by="Ruth Adeyemi",
        attendees=(),
        notes=notes,
        follow_ups=(),
        re_ratings=changed,
    )


def card(
    number: int,
    *ratings: RatingFact,
    state: str = "submitted",
    shadow: bool = False,
    interviewer: int | None = None,
    recommendation: str = "yes",
    saw_others_first: bool = False,
) -> CardFact:
    person = interviewer or number
    return CardFact(
        scorecard_id=number,
        interviewer_id=person,
        interviewer_email=f"person{person}@example.com",
        interviewer_name=f"Person {person}",
        round_name=f"Round {number}",
        interview_id=number,
        state=state,
        shadow=shadow,
        recommendation=recommendation if state == "submitted" else None,
        summary="",
        red_flags=(),
        strong_signals=(),
        weak_signals=(),
        look_fors=(),
        locked_at=None,
        submitted_at=MOMENT if state == "submitted" else None,
        saw_others_first=saw_others_first,
        ratings=ratings,
    )


def sheet_of(dimensions: list[DimensionFact], cards: list[CardFact], held: MeetingFact | None = None) -> DebriefSheet:
    facts = DebriefFacts(
        application_id=1,
        opening_slug="engineer",
        opening_title="Engineer",
        candidate_name="Noor Haddad",
        candidate_email="noor@example.org",
        rubric_title="Engineer",
        rubric_version=1,
        dimensions=tuple(dimensions),
        exercises=(),
        cards=tuple(cards),
        decision=None,
        overrides=(),
        meeting=held,
    )
    return aggregate(facts)


def scored(*scores: int | None) -> DebriefSheet:
    """One dimension, one interviewer for each score; None is not assessed."""
    rows = [rating("depth", score, "" if score else "not my focus") for score in scores]
    return sheet_of([dimension("depth")], [card(number, row) for number, row in enumerate(rows, 1)])
