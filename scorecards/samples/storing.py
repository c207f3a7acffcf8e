"""Stores what was drawn, opening by opening, through the same tables, constraints and triggers as everything else.

A scorecard goes in as a draft with its ratings and is then finished by an update, as the database demands.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db.models import F, Model
from django.utils.text import slugify

from accounts.models import User
from audit.models import Event
from candidates.models import Application, Candidate, Interview, Opening, OpeningMember, Panelist, Round
from rubrics.models import LEVEL_NAMES, Dimension, Exercise, RubricVersion, Signal
from rubrics.services import import_plan, publish_version
from scorecards.models import Decision, LookForMark, Override, Rating, Scorecard, Sighting, SignalMark
from scorecards.samples import drawing, words
from scorecards.samples.roles import ROLES, Role

BATCH = 2000
LOCKED_FOR = timedelta(hours=3)
TIMED: tuple[type[Model], ...] = (User, Candidate, Opening, Application, Override, Sighting, Decision, Event)


def slug_start(seed: int) -> str:
    """How the slugs of all openings of this seed begin, and of no other."""
    return f"sample-{seed}-"


@contextmanager
def own_times() -> Iterator[None]:
    """Rows keep the times they are given: `auto_now_add` would put the moment of loading on all of them."""
    fields = [field for model in TIMED for field in model._meta.local_fields if getattr(field, "auto_now_add", False)]
    for field in fields:
        field.auto_now_add = False  # type: ignore[attr-defined]  # checked in the line above
    try:
        yield
    finally:
        for field in fields:
            field.auto_now_add = True  # type: ignore[attr-defined]  # as it was


@dataclass(frozen=True)
class Used:
    """A role's published version with its rows by position, and the wording kept with each rating."""

    version: RubricVersion
    dimensions: list[Dimension]
    exercises: list[Exercise]
    signals: dict[tuple[str, int], Signal]
    wording: dict[tuple[int, int], str]


@dataclass(frozen=True)
class People:
    interviewers: list[User]
    managers: list[User]
    recruiters: list[User]
    candidates: list[Candidate]


def _create(model: Any, rows: list[Any]) -> list[Any]:
    created: list[Any] = model.objects.bulk_create(rows, batch_size=BATCH)
    return created


# --- rubrics and people ------------------------------------------------------
def store_role(role: Role) -> Used:
    """The role's rubric, imported and published like any other; known already, its published version is used.

    Raises ValidationError where its title has a draft of somebody else's, or its rubric was changed meanwhile.
    """
    version, new = import_plan(role.as_plan(), filename="", by=None)
    if new:
        keys = [row.key for row in role.dimensions if row.must_have]
        version.dimensions.filter(key__in=keys).update(must_have=True)
        publish_version(version, by=None)
    used = _used(version.rubric.versions.published().get())
    wanted = [row.key for row in role.dimensions], len(role.exercises), len(role.strong + role.weak + role.red_flags)
    if ([row.key for row in used.dimensions], len(used.exercises), len(used.signals)) != wanted:
        raise ValidationError(f"The sample's rubric “{role.title}” was changed here and takes no more samples.")
    return used


def _used(version: RubricVersion) -> Used:
    dimensions = list(version.dimensions.prefetch_related("anchors"))
    return Used(
        version=version,
        dimensions=dimensions,
        exercises=list(version.exercises.all()),
        signals={(row.kind, row.order): row for row in version.signals.all()},
        wording={
            (place, level): {anchor.level: anchor.text for anchor in row.anchors.all()}.get(level, name)
            for place, row in enumerate(dimensions)
            for level, name in LEVEL_NAMES.items()
        },
    )


def store_people(plan: drawing.Plan) -> People:
    """Everybody, without a password: nobody can sign in as one of them."""
    since = plan.as_of - timedelta(days=400)
    managers = 1 + (plan.openings - 1) // 2
    return People(
        interviewers=_users(plan, "interviewer", plan.interviewers, since),
        managers=_users(plan, "manager", managers, since, is_hiring_manager=True),
        recruiters=_users(plan, "recruiter", 2, since, is_recruiter=True),
        candidates=_create(Candidate, [_candidate(plan, number) for number in range(plan.candidates)]),
    )


def _users(plan: drawing.Plan, kind: str, count: int, since: datetime, **roles: bool) -> list[User]:
    nobody = make_password(None)
    users = []
    for number in range(count):
        name = drawing.name_of(kind, number, plan.seed)
        email = f"{slugify(name)}.{kind}-{plan.seed}-{number}@example.com"
        users.append(User(email=email, name=name, password=nobody, date_joined=since, **roles))
    return _create(User, users)


def _candidate(plan: drawing.Plan, number: int) -> Candidate:
    name = drawing.name_of("candidate", number, plan.seed)
    email = f"{slugify(name) or 'candidate'}.{plan.seed}-{number}@example.org"
    return Candidate(name=name, email=email, created_at=plan.as_of - timedelta(days=90))


# --- one opening -------------------------------------------------------------
class OpeningStore:
    """Stores one drawn opening. Each step creates the rows of one table from those of the step before."""

    def __init__(self, plan: drawing.Plan, drawn: drawing.Opening, used: Used, people: People) -> None:
        self.plan, self.drawn, self.used, self.people = plan, drawn, used, people
        self.role = ROLES[drawn.role]
        self.manager, self.recruiter = people.managers[drawn.manager], people.recruiters[drawn.recruiter]
        self.events: list[Event] = []

    def store(self) -> None:
        self.rounds = self._rounds(self._opening())
        applications = self._applications()
        interviews = self._interviews(applications)
        cards = self._cards(self._seats(interviews))
        self._judgements(cards)
        self._finish(cards)
        self._seen(applications, cards)
        self._decisions(applications)
        _create(Event, sorted(self.events, key=lambda event: event.at))

    def _tell(self, kind: str, at: datetime, subject: Model, by: User | None = None, **detail: object) -> None:
        name = subject._meta.model_name or ""
        actor = by.pk if by else None
        self.events.append(
            Event(kind=kind, at=at, actor_id=actor, subject_type=name, subject_id=subject.pk, detail=detail)
        )

    def _opening(self) -> Opening:
        drawn = self.drawn
        self.opening = Opening.objects.bulk_create(
            [
                Opening(
                    slug=f"{slug_start(self.plan.seed)}{drawn.number}-{slugify(drawn.title)}"[:120],
                    title=drawn.title,
                    rubric_version=self.used.version,
                    confidential=drawn.confidential,
                    created_at=drawn.created_at,
                )
            ]
        )[0]
        roles = OpeningMember.Role
        members = [(self.recruiter, roles.RECRUITER), (self.manager, roles.HIRING_MANAGER)]
        _create(OpeningMember, [OpeningMember(opening=self.opening, user=user, role=role) for user, role in members])
        self._tell("opening.created", drawn.created_at, self.opening, self.recruiter)
        return self.opening

    def _rounds(self, opening: Opening) -> list[Round]:
        rounds = []
        for order, step in enumerate(self.role.rounds, 1):
            exercise = None if step.exercise is None else self.used.exercises[step.exercise]
            rounds.append(Round(opening=opening, order=order, name=step.name, minutes=step.minutes, exercise=exercise))
        stored = _create(Round, rounds)
        _create(
            Round.dimensions.through,
            [
                Round.dimensions.through(round_id=row.pk, dimension_id=self.used.dimensions[place].pk)
                for row, step in zip(stored, self.role.rounds, strict=True)
                for place in step.dimensions
            ],
        )
        return stored

    def _applications(self) -> list[tuple[drawing.Application, Application]]:
        rows = [
            Application(
                candidate=self.people.candidates[drawn.candidate], opening=self.opening, created_at=drawn.created_at
            )
            for drawn in self.drawn.applications
        ]
        pairs = list(zip(self.drawn.applications, _create(Application, rows), strict=True))
        for drawn, row in pairs:
            self._tell("application.created", drawn.created_at, row, self.recruiter)
        return pairs

    def _interviews(
        self, applications: list[tuple[drawing.Application, Application]]
    ) -> list[tuple[drawing.Interview, Interview]]:
        drawn = [(talk, row) for application, row in applications for talk in application.interviews]
        rows = [
            Interview(application=row, round=self.rounds[talk.round], starts_at=talk.starts_at, due_at=talk.due_at)
            for talk, row in drawn
        ]
        pairs = [(talk, row) for (talk, _), row in zip(drawn, _create(Interview, rows), strict=True)]
        for _, interview in pairs:
            self._tell("interview.planned", interview.application.created_at, interview, self.recruiter)
        return pairs

    def _seats(self, interviews: list[tuple[drawing.Interview, Interview]]) -> list[tuple[drawing.Seat, Panelist]]:
        drawn = [(seat, row) for talk, row in interviews for seat in talk.seats]
        rows = [
            Panelist(
                interview=row,
                user=self.people.interviewers[seat.person],
                role=Panelist.Role.SHADOW if seat.shadow else Panelist.Role.LEAD,
            )
            for seat, row in drawn
        ]
        return [(seat, row) for (seat, _), row in zip(drawn, _create(Panelist, rows), strict=True)]

    def _cards(self, seats: list[tuple[drawing.Seat, Panelist]]) -> list[tuple[drawing.Seat, Scorecard]]:
        """Every scorecard that was begun, as a draft."""
        begun = [(seat, row, seat.card) for seat, row in seats if seat.card]
        rows = [
            Scorecard(
                panelist=row,
                recommendation=card.recommendation,
                summary=card.summary,
                decline_reason=card.decline_reason,
                saved_at=card.finished_at,
                saw_others_first=seat.saw_first,
                edit=1,
            )
            for seat, row, card in begun
        ]
        return [(seat, row) for (seat, _, _), row in zip(begun, _create(Scorecard, rows), strict=True)]

    def _judgements(self, cards: list[tuple[drawing.Seat, Scorecard]]) -> None:
        drawn = [(seat.card, row) for seat, row in cards if seat.card]
        _create(Rating, [self._rating(rating, row) for card, row in drawn for rating in card.ratings])
        marks = [
            SignalMark(scorecard=row, signal=self.used.signals[mark.kind, mark.place], seen=mark.seen, note=mark.note)
            for card, row in drawn
            for mark in card.marks
        ]
        _create(SignalMark, marks)
        looks = [
            LookForMark(scorecard=row, exercise=row.panelist.interview.round.exercise, place=place, outcome=outcome)
            for card, row in drawn
            for place, outcome in card.look_fors
        ]
        _create(LookForMark, looks)

    def _rating(self, drawn: drawing.Rating, card: Scorecard) -> Rating:
        return Rating(
            scorecard=card,
            dimension=self.used.dimensions[drawn.dimension],
            score=drawn.score,
            not_assessed=bool(drawn.reason),
            not_assessed_reason=drawn.reason,
            evidence=drawn.evidence,
            anchor_text=self.used.wording[drawn.dimension, drawn.score] if drawn.score else "",
        )

    def _finish(self, cards: list[tuple[drawing.Seat, Scorecard]]) -> None:
        """Submit or decline what is finished; some locked their scores a few hours before."""
        found: dict[tuple[str, bool], list[int]] = {}
        for seat, row in cards:
            if seat.card and seat.card.state != Scorecard.State.DRAFT:
                found.setdefault((seat.card.state, seat.card.locked), []).append(row.pk)
                self._tell(f"scorecard.{seat.card.state}", seat.card.finished_at, row, row.panelist.user)
        for (state, locked), numbers in found.items():
            before = {"locked_at": F("saved_at") - LOCKED_FOR} if locked else {}
            Scorecard.objects.filter(pk__in=numbers).update(state=state, submitted_at=F("saved_at"), **before)

    def _seen(
        self,
        applications: list[tuple[drawing.Application, Application]],
        cards: list[tuple[drawing.Seat, Scorecard]],
    ) -> None:
        """Who was let in before submitting, and what they and the deciding manager saw."""
        shown: dict[int, list[Scorecard]] = {}
        for seat, row in cards:
            if seat.card and seat.card.state == Scorecard.State.SUBMITTED and not seat.shadow:
                shown.setdefault(row.panelist.interview.application_id, []).append(row)
        sightings, overrides = [], []
        for seat, row in cards:
            if seat.saw_first:
                at = row.panelist.interview.starts_at - timedelta(hours=1)
                whose = row.panelist.interview.application
                overrides.append(
                    Override(
                        application=whose,
                        user=row.panelist.user,
                        granted_by=self.recruiter,
                        at=at,
                        reason=words.LET_IN,
                    )
                )
                self._tell("override.granted", at, whose, self.recruiter, user_id=row.panelist.user_id)
                sightings += self._sightings(shown.get(whose.pk, []), row.panelist.user, at)
        for drawn, application in applications:
            if drawn.decisions:
                at = drawn.decisions[0].at - timedelta(minutes=20)
                self._tell("debrief.viewed", at, application, self.manager)
                sightings += self._sightings(shown.get(application.pk, []), self.manager, at)
        _create(Override, overrides)
        _create(Sighting, sightings)

    def _sightings(self, cards: list[Scorecard], user: User, at: datetime) -> list[Sighting]:
        return [Sighting(user=user, scorecard=card, at=at) for card in cards if card.saved_at and card.saved_at <= at]

    def _decisions(self, applications: list[tuple[drawing.Application, Application]]) -> None:
        drawn = [(decision, row) for application, row in applications for decision in application.decisions]
        rows = [self._decision(decision, row) for decision, row in drawn]
        for row in _create(Decision, rows):
            self._tell("decision.recorded", row.decided_at, row.application, self.manager, decision_id=row.pk)

    def _decision(self, drawn: drawing.Decision, application: Application) -> Decision:
        dissenter = "" if drawn.dissenter is None else self.people.interviewers[drawn.dissenter].name
        return Decision(
            application=application,
            outcome=drawn.outcome,
            rationale=drawn.rationale,
            conditions=drawn.conditions,
            dissent=drawn.dissent,
            dissenter=dissenter,
            change_reason=drawn.change_reason,
            decided_by=self.manager,
            decided_at=drawn.at,
        )
