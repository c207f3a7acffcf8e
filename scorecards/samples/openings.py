"""Stores drawn openings through the same tables, constraints and triggers as everything else.

A scorecard goes in as a draft with its ratings and is then finished by an update, as the database demands.
"""

from datetime import timedelta

from django.db.models import F
from django.utils.text import slugify

from candidates.models import Application, Interview, Opening, OpeningMember, Panelist, Round
from scorecards.models import LookForMark, Rating, Scorecard, SignalMark
from scorecards.samples import drawing, values
from scorecards.samples.debriefs import DebriefStore
from scorecards.samples.roles import ROLES
from scorecards.samples.storing import People, Trail, Used, create, slug_start

LOCKED_FOR = timedelta(hours=3)


class OpeningStore:
    """Stores one drawn opening. Each step creates the rows of one table from those of the step before."""

    def __init__(self, plan: drawing.Plan, drawn: values.Opening, used: Used, people: People) -> None:
        self.plan, self.drawn, self.used, self.people = plan, drawn, used, people
        self.role = ROLES[drawn.role]
        self.manager, self.recruiter = people.managers[drawn.manager], people.recruiters[drawn.recruiter]
        self.trail = Trail()

    def store(self) -> None:
        self.rounds = self._rounds(self._opening())
        applications = self._applications()
        interviews = self._interviews(applications)
        cards = self._cards(self._seats(interviews))
        self._judgements(cards)
        self._finish(cards)
        DebriefStore(self.used, self.people, self.manager, self.recruiter, self.trail).store(applications, cards)
        self.trail.store()

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
        create(OpeningMember, [OpeningMember(opening=self.opening, user=user, role=role) for user, role in members])
        self.trail.tell("opening.created", drawn.created_at, self.opening, self.recruiter)
        return self.opening

    def _rounds(self, opening: Opening) -> list[Round]:
        rounds = []
        for order, step in enumerate(self.role.rounds, 1):
            exercise = None if step.exercise is None else self.used.exercises[step.exercise]
            rounds.append(Round(opening=opening, order=order, name=step.name, minutes=step.minutes, exercise=exercise))
        stored = create(Round, rounds)
        create(
            Round.dimensions.through,
            [
                Round.dimensions.through(round_id=row.pk, dimension_id=self.used.dimensions[place].pk)
                for row, step in zip(stored, self.role.rounds, strict=True)
                for place in step.dimensions
            ],
        )
        return stored

    def _applications(self) -> list[tuple[values.Application, Application]]:
        rows = [
            Application(
                candidate=self.people.candidates[drawn.candidate], opening=self.opening, created_at=drawn.created_at
            )
            for drawn in self.drawn.applications
        ]
        pairs = list(zip(self.drawn.applications, create(Application, rows), strict=True))
        for drawn, row in pairs:
            self.trail.tell("application.created", drawn.created_at, row, self.recruiter)
        return pairs

    def _interviews(
        self, applications: list[tuple[values.Application, Application]]
    ) -> list[tuple[values.Interview, Interview]]:
        drawn = [(talk, row) for application, row in applications for talk in application.interviews]
        rows = [
            Interview(application=row, round=self.rounds[talk.round], starts_at=talk.starts_at, due_at=talk.due_at)
            for talk, row in drawn
        ]
        pairs = [(talk, row) for (talk, _), row in zip(drawn, create(Interview, rows), strict=True)]
        for _, interview in pairs:
            self.trail.tell("interview.planned", interview.application.created_at, interview, self.recruiter)
        return pairs

    def _seats(self, interviews: list[tuple[values.Interview, Interview]]) -> list[tuple[values.Seat, Panelist]]:
        drawn = [(seat, row) for talk, row in interviews for seat in talk.seats]
        rows = [
            Panelist(
                interview=row,
                user=self.people.interviewers[seat.person],
                role=Panelist.Role.SHADOW if seat.shadow else Panelist.Role.LEAD,
            )
            for seat, row in drawn
        ]
        return [(seat, row) for (seat, _), row in zip(drawn, create(Panelist, rows), strict=True)]

    def _cards(self, seats: list[tuple[values.Seat, Panelist]]) -> list[tuple[values.Seat, Scorecard]]:
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
        return [(seat, row) for (seat, _, _), row in zip(begun, create(Scorecard, rows), strict=True)]

    def _judgements(self, cards: list[tuple[values.Seat, Scorecard]]) -> None:
        drawn = [(seat.card, row) for seat, row in cards if seat.card]
        create(Rating, [self._rating(rating, row) for card, row in drawn for rating in card.ratings])
        marks = [
            SignalMark(scorecard=row, signal=self.used.signals[mark.kind, mark.place], seen=mark.seen, note=mark.note)
            for card, row in drawn
            for mark in card.marks
        ]
        create(SignalMark, marks)
        looks = [
            LookForMark(scorecard=row, exercise=row.panelist.interview.round.exercise, place=place, outcome=outcome)
            for card, row in drawn
            for place, outcome in card.look_fors
        ]
        create(LookForMark, looks)

    def _rating(self, drawn: values.Rating, card: Scorecard) -> Rating:
        return Rating(
            scorecard=card,
            dimension=self.used.dimensions[drawn.dimension],
            score=drawn.score,
            not_assessed=bool(drawn.reason),
            not_assessed_reason=drawn.reason,
            evidence=drawn.evidence,
            anchor_text=self.used.wording[drawn.dimension, drawn.score] if drawn.score else "",
        )

    def _finish(self, cards: list[tuple[values.Seat, Scorecard]]) -> None:
        """Submit or decline what is finished; some locked their scores a few hours before."""
        found: dict[tuple[str, bool], list[int]] = {}
        for seat, row in cards:
            if seat.card and seat.card.state != Scorecard.State.DRAFT:
                found.setdefault((seat.card.state, seat.card.locked), []).append(row.pk)
                self.trail.tell(f"scorecard.{seat.card.state}", seat.card.finished_at, row, row.panelist.user)
        for (state, locked), numbers in found.items():
            before = {"locked_at": F("saved_at") - LOCKED_FOR} if locked else {}
            Scorecard.objects.filter(pk__in=numbers).update(state=state, submitted_at=F("saved_at"), **before)
