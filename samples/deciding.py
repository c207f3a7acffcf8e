"""Draws what follows the scorecards: the meeting with its notes and re-ratings, and the
decisions. Pure: no Django."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from samples import words
from samples.roles import Role
from samples.values import Card, Decision, Interview, Meeting, ReRating


def _counted(talks: tuple[Interview, ...]) -> list[tuple[int, int, Card]]:
    """Round, person and card of every judgement that counts."""
    found = []
    for talk in talks:
        for panelist in talk.panelists:
            if panelist.card and panelist.card.state == "submitted" and not panelist.shadow:
                found.append((talk.round, panelist.person, panelist.card))
    return found


def _last(talks: tuple[Interview, ...]) -> datetime:
    """When the last scorecard was finished. Raises ValueError where none was."""
    cards = [panelist.card for talk in talks for panelist in talk.panelists]
    return max(card.finished_at for card in cards if card)


def meeting(role: Role, rng: Random, talks: tuple[Interview, ...], turn: int) -> Meeting | None:
    """The day after the last scorecard, with those who judged; None where nobody
    did."""
    counted = _counted(talks)
    if not counted:
        return None
    about: list[int | None] = [*role.must_haves[: turn % 3], None]
    notes = [(index, rng.choice(words.NOTES)) for index in about]
    follow_up = rng.choice(words.FOLLOW_UPS) if turn % 2 == 0 else ""
    return Meeting(
        at=_last(talks) + timedelta(days=1),
        attendees=tuple(dict.fromkeys(person for _, person, _ in counted)),
        notes=tuple(notes),
        follow_up=follow_up,
        re_ratings=_re_ratings(counted, turn),
    )


def _re_ratings(counted: list[tuple[int, int, Card]], turn: int) -> tuple[ReRating, ...]:
    """In every third meeting somebody moves their last score by a step."""
    at, person, card = counted[-1]
    scored = [(row.dimension, row.score) for row in card.ratings if row.score]
    if turn % 3 or not scored:
        return ()
    dimension, before = scored[-1]
    if card.amendment and card.amendment.dimension == dimension:
        return ()
    score = before - 1 if before > 2 else before + 1
    source = words.SOURCE if turn % 2 else ""
    reason = words.RE_RATED[bool(source)]
    return (ReRating(at, person, dimension, score, source, reason),)


def decisions(role: Role, rng: Random, talks: tuple[Interview, ...], ability: float, turn: int) -> tuple[Decision, ...]:
    """What was decided, in order: the final decision alone, or one to wait before it,
    which was reopened. `ability` is the candidate's true level, on the scale of the
    scores."""
    outcome = "hire" if ability > 3.8 else "no_hire"
    agrees = {"hire": ("yes", "strong_yes"), "no_hire": ("no", "strong_no")}[outcome]
    counted = _counted(talks)
    against = [person for _, person, card in counted if card.recommendation not in agrees]
    dissenter = against[0] if against and turn % 2 else None
    rationale = rng.choice(words.RATIONALES[outcome])
    musts = [(index, rng.choice(words.MUSTS[outcome])) for index in role.must_haves]
    has_conditions = outcome == "hire" and turn % 3 == 0
    first_at = _last(talks) + timedelta(days=1, hours=1)
    final = Decision(
        outcome=outcome,
        rationale=rationale,
        rationales=tuple(musts),
        conditions=words.CONDITIONS if has_conditions else "",
        dissent=words.DISSENT if dissenter is not None else "",
        dissenter=dissenter,
        at=first_at,
    )
    if turn % 7 != 5:
        return (final,)
    on_hold = words.RATIONALES["hold"][0]
    wait = Decision("hold", on_hold, (), "", "", None, first_at, words.CHANGE)
    return wait, replace(final, at=first_at + timedelta(days=3))
