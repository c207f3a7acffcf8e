"""Reads that several pages, the packet and the commands share. The facts of a debrief are gathered only here."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import User
from candidates.models import Application, Panelist
from scorecards.aggregate import (
    CardFact,
    DebriefFacts,
    DebriefSheet,
    DecisionFact,
    DimensionFact,
    ExerciseFact,
    OverrideFact,
    RatingFact,
    aggregate,
)
from scorecards.models import Decision, Rating, Scorecard, SignalMark
from scorecards.policies import may_see_debrief


def debrief_sheet(application: Application) -> DebriefSheet:
    """The one aggregate that page, JSON and packet show. The caller has asked whether it may be seen."""
    return aggregate(debrief_facts(application))


def debrief_facts(application: Application) -> DebriefFacts:
    opening = application.opening
    version = opening.rubric_version
    latest = next(iter(application.decisions.all()), None)
    return DebriefFacts(
        application_id=application.pk,
        opening_slug=opening.slug,
        opening_title=opening.title,
        candidate_name=application.candidate.name,
        candidate_email=application.candidate.email,
        rubric_title=version.rubric.title,
        rubric_version=version.number,
        dimensions=_dimensions(application),
        exercises=_exercises(application),
        cards=_cards(application),
        decision=_decision(latest),
        overrides=_overrides(application),
    )


def _dimensions(application: Application) -> tuple[DimensionFact, ...]:
    rows = application.opening.rubric_version.dimensions.prefetch_related("anchors")
    return tuple(
        DimensionFact(
            key=row.key,
            name=row.name,
            weight=None if row.weight is None else float(row.weight),
            must_have=row.must_have,
            anchors={anchor.level: anchor.text for anchor in row.anchors.all()},
        )
        for row in rows
    )


def _exercises(application: Application) -> tuple[ExerciseFact, ...]:
    rounds = defaultdict(list)
    for exercise_id, name in application.opening.rounds.values_list("exercise_id", "name"):
        rounds[exercise_id].append(name)
    return tuple(
        ExerciseFact(
            label=row.label or None,
            title=row.title,
            duration=row.duration or None,
            prompt=row.prompt,
            look_for=tuple(row.look_for),
            round_names=tuple(rounds[row.pk]),
        )
        for row in application.opening.rubric_version.exercises.all()
    )


def _cards(application: Application) -> tuple[CardFact, ...]:
    ratings = Rating.objects.select_related("dimension").order_by("dimension__order")
    marks = SignalMark.objects.select_related("signal").order_by("signal__order")
    panelists = (
        Panelist.objects.filter(interview__application=application)
        .select_related("user", "interview__round", "scorecard")
        .prefetch_related(Prefetch("scorecard__ratings", ratings), Prefetch("scorecard__signal_marks", marks))
        .order_by("interview__round__order", "interview__starts_at", "pk")
    )
    return tuple(_card(panelist) for panelist in panelists)


def _card(panelist: Panelist) -> CardFact:
    card: Scorecard | None = getattr(panelist, "scorecard", None)
    finished = card is not None and card.state == Scorecard.State.SUBMITTED
    marks: dict[str, list[str]] = defaultdict(list)
    for mark in card.signal_marks.all() if card and finished else []:
        marks[mark.signal.kind].append(mark.signal.text)
    return CardFact(
        scorecard_id=card.pk if card else 0,
        interviewer_id=panelist.user_id,
        interviewer_email=panelist.user.email,
        interviewer_name=panelist.user.display_name,
        round_name=panelist.interview.round.name,
        interview_id=panelist.interview_id,
        state=card.state if card else "missing",
        shadow=panelist.role == Panelist.Role.SHADOW,
        recommendation=card.recommendation if card and finished else None,
        summary=card.summary if card and finished else "",
        red_flags=tuple(marks["red_flag"]),
        strong_signals=tuple(marks["strong"]),
        weak_signals=tuple(marks["weak"]),
        submitted_at=card.submitted_at if card and finished else None,
        saw_others_first=bool(card and card.saw_others_first),
        ratings=tuple(_rating(row) for row in card.ratings.all()) if card and finished else (),
    )


def _rating(row: Rating) -> RatingFact:
    return RatingFact(
        dimension=row.dimension.key,
        score=row.score,
        not_assessed_reason=row.not_assessed_reason,
        evidence=row.evidence,
        anchor_text=row.anchor_text,
    )


def _decision(row: Decision | None) -> DecisionFact | None:
    if row is None:
        return None
    return DecisionFact(
        outcome=row.outcome,
        rationale=row.rationale,
        decided_by=row.decided_by.display_name,
        decided_at=row.decided_at,
        dissent=row.dissent,
        dissenter=row.dissenter,
        conditions=row.conditions,
    )


def _overrides(application: Application) -> tuple[OverrideFact, ...]:
    rows = application.overrides.select_related("granted_by").order_by("pk")
    return tuple(OverrideFact(by=row.granted_by.display_name, at=row.at, reason=row.reason) for row in rows)


@dataclass(frozen=True)
class Seat:
    """One panelist as a recruiter's page shows them; `state` is empty where the reader may not know it."""

    panelist_id: int
    user_id: int
    name: str
    role: str
    round: str
    starts_at: datetime
    due_at: datetime
    state: str
    late: bool


@dataclass(frozen=True)
class PanelOverview:
    seats: tuple[Seat, ...]
    blind: bool


def panel_overview(application: Application, reader: User) -> PanelOverview:
    """Who interviews when, and who has finished, the latter only for a reader who is not blind."""
    blind = not may_see_debrief(reader, application)
    panelists = Panelist.objects.filter(interview__application=application)
    rows = panelists.select_related("user", "interview__round", "scorecard").order_by("interview__starts_at", "pk")
    return PanelOverview(tuple(seat(row, known=not blind or row.user_id == reader.pk) for row in rows), blind)


def seat(panelist: Panelist, *, known: bool) -> Seat:
    card: Scorecard | None = getattr(panelist, "scorecard", None)
    state = card.state if card else "missing"
    interview = panelist.interview
    open_still = state in {"missing", "draft"}
    return Seat(
        panelist_id=panelist.pk,
        user_id=panelist.user_id,
        name=panelist.user.display_name,
        role=panelist.role,
        round=interview.round.name,
        starts_at=interview.starts_at,
        due_at=interview.due_at,
        state=state if known else "",
        late=known and open_still and interview.due_at < timezone.now(),
    )
