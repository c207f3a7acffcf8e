"""The facts of debriefs, gathered from the database in a constant number of queries,
and only here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from accounts.compiled import compiled
from candidates.models import Application, Opening, Panelist, Round
from debriefs.aggregate import aggregate
from debriefs.facts import (
    AttendeeFact,
    DebriefFacts,
    DecisionFact,
    DimensionFact,
    ExerciseFact,
    MeetingFact,
    MeetingNoteFact,
    OverrideFact,
    ReopeningFact,
    ReRatingFact,
)
from debriefs.finalists import Judged, Version
from debriefs.models import Attendee, Decision, Meeting, MeetingNote, ReRating
from debriefs.queries import DebriefCounts
from debriefs.sheets import DebriefSheet
from rubrics.kit import MOST
from rubrics.models import Anchor, Dimension, Exercise, RubricVersion
from scorecards.facts import CardFact
from scorecards.gathering import facts_of_panelists, facts_of_rows, panelists_with_cards
from scorecards.models import Override, Rating, Scorecard

Fact = TypeVar("Fact")
Row = dict[str, Any]  # what JSONObject makes of a row: a value for each of its names
NAMED = ("candidate", "opening__rubric_version__rubric")  # what the facts tell of an application itself


def debrief_sheet(application: Application) -> DebriefSheet:
    """The one aggregate that page, JSON and packet show. The caller has asked whether
    it may be seen."""
    return aggregate(debrief_facts(application))


def debrief_facts(
    application: Application,
    *,
    unfinished: bool = False,
    exercises: bool = True,
    counts: DebriefCounts | None = None,
) -> DebriefFacts:
    """Six queries at most, whatever the number of scorecards.

    With `unfinished` the cards also hold what is written in drafts and declined ones:
    for no debrief and no packet. Without `exercises` there are none, for pages that
    tell nothing of them. What the `counts` say there is none of is not asked for.
    """
    return _facts(
        application,
        _read_one(application.pk, unfinished=unfinished, counts=counts),
        dimensions=_dimensions_of(application.opening.rubric_version),
        exercises=_exercises(application.opening) if exercises else (),
    )


def rows_digest(application: Application) -> str:
    """sha256 of the rows that `debrief_facts` reads, made by the database: equal
    digests, equal facts.

    It costs one query and a third of the facts' time. Unequal digests need not mean
    unequal facts: a row holds more than is told of it.
    """
    sql, values = _rows_digest_sql()
    opening = application.opening
    keys = {APPLICATION: application.pk, OPENING: opening.pk, VERSION: opening.rubric_version_id}
    with connection.cursor() as cursor:
        cursor.execute(sql, [keys.get(value, value) for value in values])
        return str(cursor.fetchone()[0])


APPLICATION, OPENING, VERSION = -1, -2, -3  # stand for the keys in the SQL that is made once


@cache
def _rows_digest_sql() -> tuple[str, tuple[Any, ...]]:
    queries = [
        Application.objects.select_related(*NAMED).filter(pk=APPLICATION),
        panelists_with_cards(Panelist.objects.filter(interview__application=APPLICATION)),
        _decision_rows([APPLICATION]),
        _override_rows([APPLICATION]),
        _meeting_rows([APPLICATION]),
        _dimension_rows(VERSION),
        _exercise_rows(OPENING, VERSION),
    ]
    made = [rows.query.sql_with_params() for rows in queries]
    texts = ", ".join(f"(SELECT string_agg(part::text, '|') FROM ({part}) part)" for part, _ in made)  # noqa: S608 - no value is in it
    values = tuple(value for _, own in made for value in own)
    return f"SELECT encode(sha256(convert_to(ROW({texts})::text, 'UTF8')), 'hex')", values


def finalist_facts(applications: Iterable[Application]) -> list[Judged]:
    """Applications of one opening, each with the rubric versions it was judged by; as
    many queries for four as for two.

    They hold no exercises. The caller has asked whether their debriefs may be seen.
    """
    known = list(applications)
    judged_by = _versions_of({row.pk: row.opening.rubric_version_id for row in known})
    versions = _versions({version for found in judged_by.values() for version in found})
    read = _read([row.pk for row in known])
    judged = []
    for row in known:
        own = tuple(versions[version] for version in sorted(judged_by[row.pk]))
        judged.append(Judged(_facts(row, read), own))
    return judged


@dataclass(frozen=True)
class _Read:
    """Pairs of application and fact, for several applications, in the order of a
    debrief."""

    cards: list[tuple[int, CardFact]]
    decisions: list[tuple[int, DecisionFact]]
    overrides: list[tuple[int, OverrideFact]]
    meetings: list[tuple[int, MeetingFact]]


def _read(applications: list[int]) -> _Read:
    return _Read(
        cards=facts_of_panelists(Panelist.objects.filter(interview__application__in=applications)),
        decisions=_decisions(_decision_rows(applications)),
        overrides=_overrides(_override_rows(applications)),
        meetings=_meetings(_meeting_rows(applications)),
    )


def _read_one(application: int, *, unfinished: bool, counts: DebriefCounts | None) -> _Read:
    """The same of one alone, by queries that are compiled once."""
    read = _Read(
        cards=facts_of_rows(_own_cards(application), unfinished=unfinished),
        decisions=[],
        overrides=[],
        meetings=[],
    )
    if counts is None or counts.decisions:
        read.decisions.extend(_decisions(_own_decisions(application)))
    if counts is None or counts.overrides:
        read.overrides.extend(_overrides(_own_overrides(application)))
    if counts is None or counts.meetings:
        read.meetings.extend(_meetings(_own_meetings(application)))
    return read


@compiled
def _own_cards(application: int) -> QuerySet[Any]:
    return panelists_with_cards(Panelist.objects.filter(interview__application=application))


_own_decisions = compiled(lambda application: _decision_rows([application]))
_own_overrides = compiled(lambda application: _override_rows([application]))
_own_meetings = compiled(lambda application: _meeting_rows([application]))


def _facts(
    application: Application,
    read: _Read,
    *,
    dimensions: tuple[DimensionFact, ...] = (),
    exercises: tuple[ExerciseFact, ...] = (),
) -> DebriefFacts:
    version = application.opening.rubric_version
    decisions = _of(application, read.decisions)
    in_force = [row for row in decisions if not row.reopened]
    meetings = _of(application, read.meetings)
    return DebriefFacts(
        application_id=application.pk,
        opening_slug=application.opening.slug,
        opening_title=application.opening.title,
        candidate_name=application.candidate.name,
        candidate_email=application.candidate.email,
        rubric_title=version.rubric.title,
        rubric_version=version.number,
        rubric_language=version.language,
        dimensions=dimensions,
        exercises=exercises,
        cards=_of(application, read.cards),
        decision=next(iter(in_force), None),
        overrides=_of(application, read.overrides),
        meeting=next(iter(meetings), None),
        earlier_decisions=tuple(row for row in decisions if row.reopened),
    )


def _of(application: Application, facts: list[tuple[int, Fact]]) -> tuple[Fact, ...]:
    """Those of this application, in their order."""
    return tuple(fact for pk, fact in facts if pk == application.pk)


def _versions_of(own: Mapping[int, int]) -> dict[int, set[int]]:
    """Application to the versions whose dimensions its counted scorecards rate, the
    opening's where there is none.

    An opening is pinned to one version, but a rating belongs to the version that it was
    given under.
    """
    by = "scorecard__panelist"
    rated = Rating.objects.filter(
        **{f"{by}__interview__application__in": own, f"{by}__role": Panelist.Role.LEAD},
        scorecard__state=Scorecard.State.SUBMITTED,
        scorecard__withdrawal=None,
    )
    found: dict[int, set[int]] = {}
    for pk, version in rated.values_list(f"{by}__interview__application", "dimension__version").distinct():
        found.setdefault(pk, set()).add(version)
    return {pk: found.get(pk, {version}) for pk, version in own.items()}


def _versions(pks: Iterable[int]) -> dict[int, Version]:
    rows: dict[int, list[Dimension]] = {}
    anchored = _with_wording(Dimension.objects.filter(version__in=pks).select_related("version__rubric"))
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
    return tuple(_dimension(row, row.wording) for row in rows)


def _dimension(row: Dimension, wording: list[Row]) -> DimensionFact:
    anchors = {anchor["level"]: anchor["text"] for anchor in wording}
    return DimensionFact(
        key=row.key,
        name=row.name,
        weight=None if row.weight is None else float(row.weight),
        must_have=row.must_have,
        anchors=anchors,
    )


def _dimension_rows(version: int) -> QuerySet[Any]:
    return _with_wording(Dimension.objects.filter(version=version))


_own_dimensions = compiled(_dimension_rows)


def _dimensions_of(version: RubricVersion) -> tuple[DimensionFact, ...]:
    """A draft's are read anew each time."""
    if version.published_at is None:
        return _dimensions(_own_dimensions(version.pk))
    return _published_dimensions(version.pk, version.published_at)


@lru_cache(maxsize=MOST)
def _published_dimensions(version: int, published_at: datetime) -> tuple[DimensionFact, ...]:
    """As `rubrics.kit` keeps a kit: a published version never changes."""
    return _dimensions(_own_dimensions(version))


def _exercise_rows(opening: int, version: int) -> QuerySet[Any]:
    rounds = Round.objects.filter(opening=opening, exercise=OuterRef("pk")).values("name")
    return Exercise.objects.filter(version=version).annotate(round_names=ArraySubquery(rounds))


_own_exercises = compiled(_exercise_rows)


def _exercises(opening: Opening) -> tuple[ExerciseFact, ...]:
    rows = _own_exercises(opening.pk, opening.rubric_version_id)
    return tuple(_exercise(row, row.round_names) for row in rows)


def _exercise(row: Exercise, round_names: list[str]) -> ExerciseFact:
    return ExerciseFact(
        label=row.label or None,
        title=row.title,
        duration=row.duration or None,
        prompt=row.prompt,
        look_for=tuple(row.look_for),
        round_names=tuple(round_names),
    )


def _decisions(rows: Iterable[Decision]) -> list[tuple[int, DecisionFact]]:
    return [(row.application_id, _decision(row)) for row in rows]


def _decision_rows(applications: list[int]) -> QuerySet[Decision]:
    """Newest first."""
    return Decision.objects.filter(application__in=applications).select_related("decided_by", "reopening__by")


def _decision(row: Decision) -> DecisionFact:
    again = getattr(row, "reopening", None)
    reopened = ReopeningFact(again.by.display_name, again.at, again.reason) if again else None
    return DecisionFact(
        outcome=row.outcome,
        rationale=row.rationale,
        decided_by=row.decided_by.display_name,
        decided_at=row.decided_at,
        dissent=row.dissent,
        dissenter=row.dissenter,
        conditions=row.conditions,
        rationales=row.rationales,
        reopened=reopened,
    )


def _meetings(rows: Iterable[Any]) -> list[tuple[int, MeetingFact]]:
    return [(row.application_id, _meeting(row, row.told, row.present, row.changed)) for row in rows]


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


def _meeting(row: Meeting, told: list[Row], present: list[Row], changed: list[Row]) -> MeetingFact:
    written = [(note["kind"], _meeting_note(note)) for note in told]
    notes = tuple(note for kind, note in written if kind == MeetingNote.Kind.NOTE)
    agreed = tuple(note for kind, note in written if kind == MeetingNote.Kind.FOLLOW_UP)
    return MeetingFact(
        opened_at=row.opened_at,
        opened_by=row.opened_by.display_name,
        attendees=tuple(map(_attendee, present)),
        notes=notes,
        follow_ups=agreed,
        re_ratings=tuple(map(_re_rating, changed)),
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


def _attendee(row: Row) -> AttendeeFact:
    return AttendeeFact(row["id"], row["told"] or row["name"] or row["email"])


def _re_rating(row: Row) -> ReRatingFact:
    return ReRatingFact(**row | {"at": datetime.fromisoformat(row["at"])})


def _meeting_note(row: Row) -> MeetingNoteFact:
    at = datetime.fromisoformat(row["at"])
    return MeetingNoteFact(row["dimension"], row["text"], by=row["name"] or row["email"], at=at)


def _overrides(rows: Iterable[Override]) -> list[tuple[int, OverrideFact]]:
    return [(row.application_id, _override(row)) for row in rows]


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
