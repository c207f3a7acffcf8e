"""Stores drawn openings through the same tables, constraints and triggers as everything
else.

A scorecard goes in as a draft with its ratings and is then finished by an update, as
the database demands.
"""

from datetime import timedelta

from django.db.models import F
from django.utils.text import slugify

from candidates.models import Application, Interview, Opening, OpeningMember, Panelist, Round
from samples import drawing, values
from samples.debriefs import DebriefStore
from samples.roles import ROLES
from samples.storing import People, Trail, Used, create, put, slug_start
from scorecards.models import LookForMark, Rating, Scorecard, SignalMark

LOCKED_FOR = timedelta(hours=3)
RATING = (
    "scorecard_id",
    "dimension_id",
    "score",
    "not_assessed",
    "not_assessed_reason",
    "evidence",
    "anchor_text",
)


Applications = list[tuple[values.Application, Application]]
Interviews = list[tuple[values.Interview, Interview]]
Panelists = list[tuple[values.Panelist, Panelist]]
Cards = list[tuple[values.Panelist, Scorecard]]


class OpeningStore:
    """Stores one drawn opening. Each step creates the rows of one table from those of
    the step before."""

    def __init__(self, plan: drawing.Plan, drawn: values.Opening, used: Used, people: People) -> None:
        self.plan, self.drawn, self.used, self.people = plan, drawn, used, people
        self.role = ROLES[drawn.role]
        self.manager, self.recruiter = people.managers[drawn.manager], people.recruiters[drawn.recruiter]
        self.trail = Trail()

    def store(self) -> None:
        """Everything about the opening; raises what the database refuses."""
        self.rounds = self._rounds(self._opening())
        applications = self._applications()
        interviews = self._interviews(applications)
        cards = self._cards(self._panelists(interviews))
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
        runs = OpeningMember(opening=self.opening, user=self.recruiter, role=roles.RECRUITER)
        decides = OpeningMember(opening=self.opening, user=self.manager, role=roles.HIRING_MANAGER)
        create(OpeningMember, [runs, decides])
        self.trail.tell("opening.created", drawn.created_at, self.opening, self.recruiter)
        return self.opening

    def _rounds(self, opening: Opening) -> list[Round]:
        rounds = []
        for order, step in enumerate(self.role.rounds, 1):
            exercise = None if step.exercise is None else self.used.exercises[step.exercise]
            row = Round(opening=opening, order=order, exercise=exercise)
            row.name, row.minutes = step.name, step.minutes
            rounds.append(row)
        stored = create(Round, rounds)
        covers = Round.dimensions.through
        covered = []
        for row, step in zip(stored, self.role.rounds, strict=True):
            for index in step.dimensions:
                dimension = self.used.dimensions[index].pk
                covered.append(covers(round_id=row.pk, dimension_id=dimension))
        create(covers, covered)
        return stored

    def _applications(self) -> Applications:
        rows = []
        for drawn in self.drawn.applications:
            candidate, at = self.people.candidates[drawn.candidate], drawn.created_at
            rows.append(Application(candidate=candidate, opening=self.opening, created_at=at))
        pairs = list(zip(self.drawn.applications, create(Application, rows), strict=True))
        for drawn, row in pairs:
            self.trail.tell("application.created", drawn.created_at, row, self.recruiter)
        return pairs

    def _interviews(self, applications: Applications) -> Interviews:
        talks, rows = [], []
        for application, row in applications:
            for talk in application.interviews:
                planned = Interview(application=row, round=self.rounds[talk.round])
                planned.starts_at, planned.due_at = talk.starts_at, talk.due_at
                talks.append(talk)
                rows.append(planned)
        pairs = list(zip(talks, create(Interview, rows), strict=True))
        for _, interview in pairs:
            at = interview.application.created_at
            self.trail.tell("interview.planned", at, interview, self.recruiter)
        return pairs

    def _panelists(self, interviews: Interviews) -> Panelists:
        panelists, rows = [], []
        for talk, interview in interviews:
            for panelist in talk.panelists:
                role = Panelist.Role.SHADOW if panelist.shadow else Panelist.Role.LEAD
                user = self.people.interviewers[panelist.person]
                panelists.append(panelist)
                rows.append(Panelist(interview=interview, user=user, role=role))
        return list(zip(panelists, create(Panelist, rows), strict=True))

    def _cards(self, panelists: Panelists) -> Cards:
        """Every scorecard that was begun, as a draft."""
        begun = [(panelist, row, panelist.card) for panelist, row in panelists if panelist.card]
        rows = [
            Scorecard(
                panelist=row,
                recommendation=card.recommendation,
                summary=card.summary,
                decline_reason=card.decline_reason,
                saved_at=card.finished_at,
                saw_others_first=panelist.saw_first,
                edit=1,
            )
            for panelist, row, card in begun
        ]
        return [(panelist, row) for (panelist, _, _), row in zip(begun, create(Scorecard, rows), strict=True)]

    def _judgements(self, cards: Cards) -> None:
        ratings, marks, looks = [], [], []
        for card, row in [(panelist.card, row) for panelist, row in cards if panelist.card]:
            ratings += [self._rating(rating, row.pk) for rating in card.ratings]
            marks += [self._mark(mark, row.pk) for mark in card.marks]
            exercise = row.panelist.interview.round.exercise_id
            looks += [(row.pk, exercise, index, outcome) for index, outcome in card.look_fors]
        put(Rating, RATING, ratings)
        put(SignalMark, ("scorecard_id", "signal_id", "seen", "note"), marks)
        put(LookForMark, ("scorecard_id", "exercise_id", "index", "outcome"), looks)

    def _mark(self, drawn: values.Mark, card: int) -> tuple[object, ...]:
        signal = self.used.signals[drawn.kind, drawn.index]
        return (card, signal.pk, drawn.seen, drawn.note)

    def _rating(self, drawn: values.Rating, card: int) -> tuple[object, ...]:
        """Its values in the order of RATING."""
        dimension = self.used.dimensions[drawn.dimension].pk
        anchor = self.used.wording[drawn.dimension, drawn.score] if drawn.score else ""
        return (card, dimension, drawn.score, bool(drawn.reason), drawn.reason, drawn.evidence, anchor)

    def _finish(self, cards: Cards) -> None:
        """Submit or decline what is finished; some locked their scores a few hours
        before."""
        found: dict[tuple[str, bool], list[int]] = {}
        for panelist, row in cards:
            if panelist.card and panelist.card.state != Scorecard.State.DRAFT:
                found.setdefault((panelist.card.state, panelist.card.locked), []).append(row.pk)
                self.trail.tell(f"scorecard.{panelist.card.state}", panelist.card.finished_at, row, row.panelist.user)
        for (state, locked), pks in found.items():
            before = {"locked_at": F("saved_at") - LOCKED_FOR} if locked else {}
            Scorecard.objects.filter(pk__in=pks).update(state=state, submitted_at=F("saved_at"), **before)
