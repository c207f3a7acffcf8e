"""The facts of scorecards, gathered from the database in one query, and only here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from candidates.models import Panelist
from rubrics.models import Signal
from scorecards.facts import (
    AmendmentFact,
    CardFact,
    CorrectionFact,
    LookForFact,
    MarkFact,
    RatingFact,
    RatingRow,
    SightFact,
    amended,
)
from scorecards.models import (
    Amendment,
    LookForMark,
    PanelistRelease,
    Rating,
    Scorecard,
    Sighting,
    SignalMark,
    Withdrawal,
)


def card_facts(cards: Iterable[Scorecard]) -> tuple[CardFact, ...]:
    """These scorecards as a debrief reads them, in their order."""
    wanted = [card.pk for card in cards]
    panelists = Panelist.objects.filter(scorecard__in=wanted)
    facts = {fact.scorecard_id: fact for _, fact in facts_of_panelists(panelists)}
    return tuple(facts[pk] for pk in wanted)


def facts_of_panelists(panelists: QuerySet[Panelist], *, unfinished: bool = False) -> list[tuple[int, CardFact]]:
    """Application and card of each panelist, in a debrief's order. One query.

    With `unfinished` the judgement of drafts and declined scorecards is there as well.
    """
    return facts_of_rows(panelists_with_cards(panelists), unfinished=unfinished)


def facts_of_rows(panelists: Iterable[Any], *, unfinished: bool = False) -> list[tuple[int, CardFact]]:
    """The same of what `panelists_with_cards` gives."""
    found = []
    for panelist in panelists:
        rows = CardRows(panelist.ratings, panelist.marks, panelist.looks, panelist.amendments, panelist.sights)
        found.append((panelist.interview.application_id, _card(panelist, rows, unfinished)))
    return found


# What is told of a panelist in one row each.
ALONE = ("user", "interview__round", "scorecard__withdrawal__by", "release__by")


def panelists_with_cards(panelists: QuerySet[Panelist]) -> QuerySet[Any]:
    """The panelists in a debrief's order, each with the fields of `CardRows` beside it."""
    one = OuterRef("pk")
    ratings = Rating.objects.filter(scorecard__panelist=one).order_by("dimension__order")
    marks = SignalMark.objects.filter(scorecard__panelist=one).order_by("signal__order")
    looks = LookForMark.objects.filter(scorecard__panelist=one).order_by("exercise__order", "index")
    amendments = Amendment.objects.filter(scorecard__panelist=one).order_by("pk")
    sights = Sighting.objects.filter(
        user=OuterRef("user"),
        scorecard__panelist__interview__application=OuterRef("interview__application"),
        at__lte=OuterRef("scorecard__submitted_at"),
    )
    return (
        panelists.select_related(*ALONE)
        .annotate(
            ratings=ArraySubquery(ratings.values(row=JSONObject(**RATING))),
            marks=ArraySubquery(marks.values(row=JSONObject(**MARK))),
            looks=ArraySubquery(looks.values(row=JSONObject(**LOOK))),
            amendments=ArraySubquery(amendments.values(row=JSONObject(**AMENDMENT))),
            sights=ArraySubquery(sights.order_by("at", "pk").values(row=JSONObject(**SIGHT))),
        )
        .order_by("interview__round__order", "interview__starts_at", "pk")
    )


# What is told of each row of a scorecard: its name in JSON, and where it is read from.
RATING = {
    "dimension": "dimension__key",
    "score": "score",
    "not_assessed_reason": "not_assessed_reason",
    "evidence": "evidence",
    "anchor_text": "anchor_text",
}
MARK = {"kind": "signal__kind", "text": "signal__text", "seen": "seen", "note": "note"}
LOOK = {
    "label": "exercise__label",
    "title": "exercise__title",
    "texts": "exercise__look_for",
    "index": "index",
    "outcome": "outcome",
}
SIGHT = {
    "user": "scorecard__panelist__user_id",
    "name": "scorecard__panelist__user__name",
    "email": "scorecard__panelist__user__email",
    "at": "at",
    "way": "way",
}
AMENDED = ("at", "reason", "had_seen", "recommendation", "summary", "ratings")
AMENDMENT = {name: name for name in AMENDED}


class MarkRow(TypedDict):
    kind: str
    text: str
    seen: bool
    note: str


class LookRow(TypedDict):
    label: str
    title: str
    texts: list[str]
    index: int
    outcome: str


class SightRow(TypedDict):
    user: int
    name: str
    email: str
    at: str
    way: str


class AmendmentRow(TypedDict):
    at: str
    reason: str
    had_seen: list[int]
    recommendation: str
    summary: str
    ratings: list[RatingRow]


@dataclass(frozen=True)
class CardRows:
    """What belongs to one panelist's scorecard, in the order of the rubric or of time."""

    ratings: list[RatingRow]
    marks: list[MarkRow]
    looks: list[LookRow]
    amendments: list[AmendmentRow]
    sights: list[SightRow]


def _card(panelist: Panelist, rows: CardRows, unfinished: bool) -> CardFact:
    fact = _unbegun(panelist)
    card: Scorecard | None = getattr(panelist, "scorecard", None)
    if card is None:
        return fact
    state = fact.state if fact.correction else card.state
    fact = replace(
        fact,
        scorecard_id=card.pk,
        state=state,
        locked_at=card.locked_at,
        saw_others_first=card.saw_others_first,
        imported=card.imported,
    )
    if unfinished or card.state == Scorecard.State.SUBMITTED:
        fact = _judged(fact, card, rows)
    withdrawal = getattr(card, "withdrawal", None)
    if withdrawal is not None:
        fact = replace(fact, state="withdrawn", correction=_correction(withdrawal))
    return amended(fact, tuple(map(_amendment, rows.amendments)))


def _correction(row: Withdrawal | PanelistRelease) -> CorrectionFact:
    return CorrectionFact(by=row.by.display_name, at=row.at, reason=row.reason)


def _unbegun(panelist: Panelist) -> CardFact:
    """As if the scorecard were not begun."""
    release: PanelistRelease | None = getattr(panelist, "release", None)
    return CardFact(
        scorecard_id=0,
        interviewer_id=panelist.user_id,
        interviewer_email=panelist.user.email,
        interviewer_name=panelist.user.display_name,
        round_name=panelist.interview.round.name,
        interview_id=panelist.interview_id,
        state="released" if release else "missing",
        shadow=panelist.role == Panelist.Role.SHADOW,
        correction=_correction(release) if release else None,
    )


def _judged(fact: CardFact, card: Scorecard, rows: CardRows) -> CardFact:
    """With all that the scorecard says."""
    return replace(
        fact,
        recommendation=card.recommendation or None,
        summary=card.summary,
        red_flags=_marks(rows.marks, Signal.Kind.RED_FLAG),
        strong_signals=_marks(rows.marks, Signal.Kind.STRONG),
        weak_signals=_marks(rows.marks, Signal.Kind.WEAK),
        look_fors=tuple(map(_look_for, rows.looks)),
        submitted_at=card.submitted_at,
        ratings=tuple(map(_rating, rows.ratings)),
        saw=tuple(map(_sight, rows.sights)),
    )


def _rating(row: RatingRow) -> RatingFact:
    return RatingFact(**row)


def _sight(row: SightRow) -> SightFact:
    way = Sighting.Way(row["way"]).label if row["way"] else ""
    return SightFact(
        interviewer_id=row["user"],
        interviewer_name=row["name"] or row["email"],
        interviewer_email=row["email"],
        at=datetime.fromisoformat(row["at"]),
        way=str(way),
    )


def _amendment(row: AmendmentRow) -> AmendmentFact:
    return AmendmentFact(
        at=datetime.fromisoformat(row["at"]),
        reason=row["reason"],
        had_seen=len(row["had_seen"]),
        recommendation=row["recommendation"],
        summary=row["summary"],
        ratings=tuple(map(_rating, row["ratings"])),
    )


def _marks(rows: list[MarkRow], kind: str) -> tuple[MarkFact, ...]:
    of_kind = [row for row in rows if row["kind"] == kind]
    return tuple(MarkFact(row["text"], row["seen"], row["note"]) for row in of_kind)


def _look_for(row: LookRow) -> LookForFact:
    exercise = f"{row['label']}: {row['title']}" if row["label"] else row["title"]
    return LookForFact(exercise, row["texts"][row["index"]], row["outcome"])
