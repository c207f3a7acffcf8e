"""The facts of debriefs, gathered from the database in a constant number of queries, and only here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from candidates.models import Application, Opening, Panelist
from rubrics.models import Anchor, Dimension, RubricVersion
from scorecards.aggregate import aggregate
from scorecards.facts import (
    AmendmentFact,
    AttendeeFact,
    CardFact,
    DebriefFacts,
    DecisionFact,
    DimensionFact,
    ExerciseFact,
    LookForFact,
    MarkFact,
    MeetingFact,
    MeetingNoteFact,
    OverrideFact,
    RatingFact,
    ReopeningFact,
    ReRatingFact,
    SightFact,
    amended,
)
from scorecards.finalists import Judged, Version
from scorecards.models import (
    Amendment,
    Attendee,
    Decision,
    LookForMark,
    Meeting,
    MeetingNote,
    Override,
    Rating,
    ReRating,
    Scorecard,
    Sighting,
    SignalMark,
)
from scorecards.sheets import DebriefSheet

NAMED = ("candidate", "opening__rubric_version__rubric")  # what the facts tell of an application itself


def debrief_sheet(application: Application) -> DebriefSheet:
    """The one aggregate that page, JSON and packet show. The caller has asked whether it may be seen."""
    return aggregate(debrief_facts(application))


def debrief_facts(application: Application, *, unfinished: bool = False) -> DebriefFacts:
    """Six queries, whatever the number of scorecards.

    With `unfinished` the cards also hold what is written in drafts and declined ones: for no debrief and no packet.
    """
    return _facts(
        application,
        _read([application.pk], unfinished=unfinished),
        dimensions=_dimensions(_dimension_rows(application)),
        exercises=tuple(map(_exercise, _exercise_rows(application))),
    )


def rows_mark(application: Application) -> str:
    """sha256 of the rows that `debrief_facts` reads, made by the database: equal marks, equal facts.

    It costs one query and a third of the facts' time. Unequal marks need not mean unequal facts: a row holds more than
    is told of it.
    """
    sql, values = _rows_mark_sql()
    opening = application.opening
    numbers = {APPLICATION: application.pk, OPENING: opening.pk, VERSION: opening.rubric_version_id}
    with connection.cursor() as cursor:
        cursor.execute(sql, [numbers.get(value, value) for value in values])
        return str(cursor.fetchone()[0])


APPLICATION, OPENING, VERSION = -1, -2, -3  # stand for an application's numbers in the SQL that is made once


@cache
def _rows_mark_sql() -> tuple[str, tuple[Any, ...]]:
    application = Application(pk=APPLICATION, opening=Opening(pk=OPENING, rubric_version=RubricVersion(pk=VERSION)))
    queries = [
        Application.objects.select_related(*NAMED).filter(pk=APPLICATION),
        _seats(Panelist.objects.filter(interview__application=APPLICATION)),
        _decision_rows([APPLICATION]),
        _override_rows([APPLICATION]),
        _meeting_rows([APPLICATION]),
        _dimension_rows(application),
        _exercise_rows(application),
    ]
    parts, values = zip(*(rows.query.sql_with_params() for rows in queries), strict=True)
    texts = ", ".join(f"(SELECT string_agg(part::text, '|') FROM ({part}) part)" for part in parts)  # noqa: S608 - no value is in it
    return f"SELECT encode(sha256(convert_to(ROW({texts})::text, 'UTF8')), 'hex')", sum(values, ())


def finalist_facts(applications: Iterable[Application]) -> list[Judged]:
    """Applications of one opening, each with the rubric versions it was judged by; as many queries for four as for two.

    They hold no exercises. The caller has asked whether their debriefs may be seen.
    """
    known = list(applications)
    judged_by = _versions_of({row.pk: row.opening.rubric_version_id for row in known})
    versions = _versions({version for found in judged_by.values() for version in found})
    read = _read([row.pk for row in known])
    return [Judged(_facts(row, read), tuple(versions[number] for number in sorted(judged_by[row.pk]))) for row in known]


@dataclass(frozen=True)
class _Read:
    """What was said and decided of some applications: pairs of application and fact, in the order of a debrief."""

    cards: list[tuple[int, CardFact]]
    decisions: list[tuple[int, DecisionFact]]
    overrides: list[tuple[int, OverrideFact]]
    meetings: list[tuple[int, MeetingFact]]


def _read(applications: list[int], *, unfinished: bool = False) -> _Read:
    return _Read(
        cards=_seated(Panelist.objects.filter(interview__application__in=applications), unfinished=unfinished),
        decisions=_decisions(applications),
        overrides=_overrides(applications),
        meetings=_meetings(applications),
    )


def _facts(
    application: Application,
    read: _Read,
    *,
    dimensions: tuple[DimensionFact, ...] = (),
    exercises: tuple[ExerciseFact, ...] = (),
) -> DebriefFacts:
    version = application.opening.rubric_version
    decisions = [row for pk, row in read.decisions if pk == application.pk]
    return DebriefFacts(
        application_id=application.pk,
        opening_slug=application.opening.slug,
        opening_title=application.opening.title,
        candidate_name=application.candidate.name,
        candidate_email=application.candidate.email,
        rubric_title=version.rubric.title,
        rubric_version=version.number,
        dimensions=dimensions,
        exercises=exercises,
        cards=tuple(row for pk, row in read.cards if pk == application.pk),
        decision=next((row for row in decisions if not row.reopened), None),
        overrides=tuple(row for pk, row in read.overrides if pk == application.pk),
        meeting=next((row for pk, row in read.meetings if pk == application.pk), None),
        earlier_decisions=tuple(row for row in decisions if row.reopened),
    )


def _versions_of(own: Mapping[int, int]) -> dict[int, set[int]]:
    """Application to the versions whose dimensions its counted scorecards rate, the opening's where there is none.

    An opening is pinned to one version, but a rating belongs to the version that it was given under.
    """
    seat = "scorecard__panelist"
    rated = Rating.objects.filter(
        **{f"{seat}__interview__application__in": own, f"{seat}__role": Panelist.Role.LEAD},
        scorecard__state=Scorecard.State.SUBMITTED,
    )
    found: dict[int, set[int]] = {}
    for pk, version in rated.values_list(f"{seat}__interview__application", "dimension__version").distinct():
        found.setdefault(pk, set()).add(version)
    return {pk: found.get(pk, {version}) for pk, version in own.items()}


def _versions(numbers: Iterable[int]) -> dict[int, Version]:
    rows: dict[int, list[Dimension]] = {}
    anchored = _with_wording(Dimension.objects.filter(version__in=numbers).select_related("version__rubric"))
    for row in anchored.order_by("version", "order"):
        rows.setdefault(row.version_id, []).append(row)
    return {
        pk: Version(found[0].version.number, found[0].version.rubric.title, _dimensions(found))
        for pk, found in rows.items()
    }


def _with_wording(dimensions: QuerySet[Dimension]) -> QuerySet[Any]:
    anchors = Anchor.objects.filter(dimension=OuterRef("pk")).values(row=JSONObject(level="level", text="text"))
    return dimensions.annotate(wording=ArraySubquery(anchors))


def _dimensions(rows: Iterable[Any]) -> tuple[DimensionFact, ...]:
    """From rows that `_with_wording` read."""
    return tuple(
        DimensionFact(
            key=row.key,
            name=row.name,
            weight=None if row.weight is None else float(row.weight),
            must_have=row.must_have,
            anchors={anchor["level"]: anchor["text"] for anchor in row.wording},
        )
        for row in rows
    )


def _dimension_rows(application: Application) -> QuerySet[Any]:
    return _with_wording(application.opening.rubric_version.dimensions.all())


def _exercise_rows(application: Application) -> QuerySet[Any]:
    rounds = application.opening.rounds.filter(exercise=OuterRef("pk")).values("name")
    return application.opening.rubric_version.exercises.annotate(round_names=ArraySubquery(rounds))


def _exercise(row: Any) -> ExerciseFact:
    return ExerciseFact(
        label=row.label or None,
        title=row.title,
        duration=row.duration or None,
        prompt=row.prompt,
        look_for=tuple(row.look_for),
        round_names=tuple(row.round_names),
    )


def card_facts(cards: Iterable[Scorecard]) -> tuple[CardFact, ...]:
    """These scorecards as a debrief reads them, in their order."""
    wanted = [card.pk for card in cards]
    facts = {fact.scorecard_id: fact for _, fact in _seated(Panelist.objects.filter(scorecard__in=wanted))}
    return tuple(facts[number] for number in wanted)


def _seated(seats: QuerySet[Panelist], *, unfinished: bool = False) -> list[tuple[int, CardFact]]:
    """Application and card of each seat, in one query."""
    return [(panelist.interview.application_id, _card(panelist, unfinished)) for panelist in _seats(seats)]


def _seats(seats: QuerySet[Panelist]) -> QuerySet[Any]:
    """The seats in a debrief's order; what belongs to a scorecard comes as arrays beside it."""
    seat = OuterRef("pk")
    ratings = Rating.objects.filter(scorecard__panelist=seat).order_by("dimension__order")
    marks = SignalMark.objects.filter(scorecard__panelist=seat).order_by("signal__order")
    looks = LookForMark.objects.filter(scorecard__panelist=seat).order_by("exercise__order", "place")
    amendments = Amendment.objects.filter(scorecard__panelist=seat).order_by("pk")
    sights = Sighting.objects.filter(
        user=OuterRef("user"),
        scorecard__panelist__interview__application=OuterRef("interview__application"),
        at__lte=OuterRef("scorecard__submitted_at"),
    )
    return (
        seats.select_related("user", "interview__round", "scorecard")
        .annotate(
            ratings=ArraySubquery(ratings.values(row=JSONObject(**RATING))),
            marks=ArraySubquery(marks.values(row=JSONObject(**MARK))),
            looks=ArraySubquery(looks.values(row=JSONObject(**LOOK))),
            amendments=ArraySubquery(amendments.values(row=JSONObject(**AMENDMENT))),
            sights=ArraySubquery(sights.order_by("at", "pk").values(row=JSONObject(**SIGHT))),
        )
        .order_by("interview__round__order", "interview__starts_at", "pk")
    )


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
    "place": "place",
    "outcome": "outcome",
}
SIGHT = {
    "user": "scorecard__panelist__user_id",
    "name": "scorecard__panelist__user__name",
    "email": "scorecard__panelist__user__email",
    "at": "at",
    "way": "way",
}
AMENDMENT = {
    "at": "at",
    "reason": "reason",
    "had_seen": "had_seen",
    "recommendation": "recommendation",
    "summary": "summary",
    "ratings": "ratings",
}


def _card(panelist: Any, unfinished: bool) -> CardFact:
    card: Scorecard | None = getattr(panelist, "scorecard", None)
    judged = card if card and (unfinished or card.state == Scorecard.State.SUBMITTED) else None
    fact = CardFact(
        scorecard_id=card.pk if card else 0,
        interviewer_id=panelist.user_id,
        interviewer_email=panelist.user.email,
        interviewer_name=panelist.user.display_name,
        round_name=panelist.interview.round.name,
        interview_id=panelist.interview_id,
        state=card.state if card else "missing",
        shadow=panelist.role == Panelist.Role.SHADOW,
        recommendation=(judged.recommendation or None) if judged else None,
        summary=judged.summary if judged else "",
        red_flags=_marks(panelist.marks, "red_flag") if judged else (),
        strong_signals=_marks(panelist.marks, "strong") if judged else (),
        weak_signals=_marks(panelist.marks, "weak") if judged else (),
        look_fors=tuple(_look_for(row) for row in panelist.looks) if judged else (),
        locked_at=card.locked_at if card else None,
        submitted_at=judged.submitted_at if judged else None,
        saw_others_first=bool(card and card.saw_others_first),
        ratings=tuple(RatingFact(**row) for row in panelist.ratings) if judged else (),
        saw=tuple(_sight(row) for row in panelist.sights) if judged else (),
    )
    return amended(fact, tuple(_amendment(row) for row in panelist.amendments))


def _sight(row: dict[str, Any]) -> SightFact:
    return SightFact(
        interviewer_id=row["user"],
        interviewer_name=row["name"] or row["email"],
        interviewer_email=row["email"],
        at=datetime.fromisoformat(row["at"]),
        way=str(Sighting.Way(row["way"]).label) if row["way"] else "",
    )


def _amendment(row: dict[str, Any]) -> AmendmentFact:
    at, seen = datetime.fromisoformat(row["at"]), len(row["had_seen"])
    ratings = tuple(RatingFact(**rating) for rating in row["ratings"])
    return AmendmentFact(**row | {"at": at, "had_seen": seen, "ratings": ratings})


def _marks(rows: list[dict[str, Any]], kind: str) -> tuple[MarkFact, ...]:
    return tuple(MarkFact(row["text"], row["seen"], row["note"]) for row in rows if row["kind"] == kind)


def _look_for(row: dict[str, Any]) -> LookForFact:
    exercise = f"{row['label']}: {row['title']}" if row["label"] else row["title"]
    return LookForFact(exercise, row["texts"][row["place"]], row["outcome"])


def _decisions(applications: list[int]) -> list[tuple[int, DecisionFact]]:
    """Newest first."""
    return [(row.application_id, _decision(row)) for row in _decision_rows(applications)]


def _decision_rows(applications: list[int]) -> QuerySet[Decision]:
    return Decision.objects.filter(application__in=applications).select_related("decided_by", "reopening__by")


def _decision(row: Decision) -> DecisionFact:
    again = getattr(row, "reopening", None)
    return DecisionFact(
        outcome=row.outcome,
        rationale=row.rationale,
        decided_by=row.decided_by.display_name,
        decided_at=row.decided_at,
        dissent=row.dissent,
        dissenter=row.dissenter,
        conditions=row.conditions,
        rationales=row.rationales,
        reopened=ReopeningFact(again.by.display_name, again.at, again.reason) if again else None,
    )


def _meetings(applications: list[int]) -> list[tuple[int, MeetingFact]]:
    return [(row.application_id, _meeting(row)) for row in _meeting_rows(applications)]


def _meeting_rows(applications: list[int]) -> QuerySet[Any]:
    """What a meeting left comes as arrays beside it."""
    own = OuterRef("pk")
    notes = MeetingNote.objects.filter(meeting=own).order_by("pk").values(row=JSONObject(**MEETING_NOTE))
    present = Attendee.objects.filter(meeting=own).order_by("pk").values(row=JSONObject(**ATTENDEE))
    changed = ReRating.objects.filter(meeting=own).order_by("pk").values(row=JSONObject(**RE_RATING))
    rows: QuerySet[Any] = (
        Meeting.objects.filter(application__in=applications)
        .select_related("opened_by")
        .annotate(told=ArraySubquery(notes), present=ArraySubquery(present), changed=ArraySubquery(changed))
    )
    return rows


def _meeting(row: Any) -> MeetingFact:
    written = [(note["kind"], _meeting_note(note)) for note in row.told]
    return MeetingFact(
        opened_at=row.opened_at,
        opened_by=row.opened_by.display_name,
        attendees=tuple(
            AttendeeFact(person["id"], person["told"] or person["name"] or person["email"]) for person in row.present
        ),
        notes=tuple(note for kind, note in written if kind == MeetingNote.Kind.NOTE),
        follow_ups=tuple(note for kind, note in written if kind == MeetingNote.Kind.FOLLOW_UP),
        re_ratings=tuple(ReRatingFact(**new | {"at": datetime.fromisoformat(new["at"])}) for new in row.changed),
    )


ATTENDEE = {"id": "pk", "told": "name", "name": "user__name", "email": "user__email"}
MEETING_NOTE = {
    "dimension": "dimension__key",
    "kind": "kind",
    "text": "text",
    "at": "at",
    "name": "by__name",
    "email": "by__email",
}
RE_RATING = {
    "scorecard_id": "scorecard_id",
    "dimension": "dimension__key",
    "score": "score",
    "not_assessed_reason": "not_assessed_reason",
    "kind": "kind",
    "source": "source",
    "reason": "reason",
    "at": "at",
}


def _meeting_note(row: dict[str, Any]) -> MeetingNoteFact:
    at = datetime.fromisoformat(row["at"])
    return MeetingNoteFact(row["dimension"], row["text"], by=row["name"] or row["email"], at=at)


def _overrides(applications: list[int]) -> list[tuple[int, OverrideFact]]:
    return [(row.application_id, _override(row)) for row in _override_rows(applications)]


def _override_rows(applications: list[int]) -> QuerySet[Override]:
    return Override.objects.filter(application__in=applications).select_related("granted_by", "user").order_by("pk")


def _override(row: Override) -> OverrideFact:
    return OverrideFact(
        by=row.granted_by.display_name,
        at=row.at,
        reason=row.reason,
        interviewer_id=row.user_id,
        interviewer_name=row.user.display_name,
        interviewer_email=row.user.email,
    )
