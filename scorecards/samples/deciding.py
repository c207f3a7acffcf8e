"""Draws what follows the scorecards: the meeting with its notes and re-ratings, and the decisions."""

from datetime import datetime, timedelta
from random import Random

from scorecards.samples import words
from scorecards.samples.roles import Role
from scorecards.samples.values import Card, Decision, Interview, Meeting, ReRating


def _counted(talks: tuple[Interview, ...]) -> list[tuple[int, int, Card]]:
    """Round, person and card of every judgement that counts."""
    seats = [(talk.round, seat.person, seat.card, seat.shadow) for talk in talks for seat in talk.seats]
    return [
        (at, person, card) for at, person, card, shadow in seats if card and card.state == "submitted" and not shadow
    ]


def _last(talks: tuple[Interview, ...]) -> datetime:
    """When the last scorecard was finished."""
    return max(seat.card.finished_at for talk in talks for seat in talk.seats if seat.card)


def meeting(role: Role, rng: Random, talks: tuple[Interview, ...], turn: int) -> Meeting | None:
    """The day after the last scorecard, with those who judged; None where nobody did."""
    counted = _counted(talks)
    if not counted:
        return None
    must = [place for place, row in enumerate(role.dimensions) if row.must_have]
    notes: list[tuple[int | None, str]] = [(place, rng.choice(words.NOTES)) for place in must[: turn % 3]]
    return Meeting(
        at=_last(talks) + timedelta(days=1),
        attendees=tuple(dict.fromkeys(person for _, person, _ in counted)),
        notes=(*notes, (None, rng.choice(words.NOTES))),
        follow_up=rng.choice(words.FOLLOW_UPS) if turn % 2 == 0 else "",
        re_ratings=_re_ratings(counted, turn),
    )


def _re_ratings(counted: list[tuple[int, int, Card]], turn: int) -> tuple[ReRating, ...]:
    """In every third meeting somebody moves their last score by a step."""
    at, person, card = counted[-1]
    last = next((row for row in reversed(card.ratings) if row.score), None)
    if (
        turn % 3
        or last is None
        or last.score is None
        or (card.amendment and card.amendment.dimension == last.dimension)
    ):
        return ()
    score = last.score - 1 if last.score > 2 else last.score + 1
    source = words.SOURCE if turn % 2 else ""
    return (ReRating(at, person, last.dimension, score, source, words.RE_RATED[bool(source)]),)


def decisions(role: Role, rng: Random, talks: tuple[Interview, ...], ability: float, turn: int) -> tuple[Decision, ...]:
    outcome = "hire" if ability > 3.8 else "no_hire"
    agrees = {"hire": ("yes", "strong_yes"), "no_hire": ("no", "strong_no")}[outcome]
    against = [person for _, person, card in _counted(talks) if card.recommendation not in agrees]
    dissenter = against[0] if against and turn % 2 else None
    held = turn % 7 == 5
    final = Decision(
        outcome=outcome,
        rationale=rng.choice(words.RATIONALES[outcome]),
        rationales=tuple(
            (place, rng.choice(words.MUSTS[outcome])) for place, row in enumerate(role.dimensions) if row.must_have
        ),
        conditions=words.CONDITIONS if outcome == "hire" and turn % 3 == 0 else "",
        dissent="" if dissenter is None else words.DISSENT,
        dissenter=dissenter,
        at=_last(talks) + timedelta(days=4 if held else 1, hours=1),
    )
    if not held:
        return (final,)
    on_hold = words.RATIONALES["hold"][0]
    return Decision("hold", on_hold, (), "", "", None, _last(talks) + timedelta(days=1, hours=1), words.CHANGE), final
