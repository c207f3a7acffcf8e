"""Stores what drawn debriefs hold: amendments before them, who saw what, the meeting,
decisions and reopenings.

The order is the database's own: amendments until the meeting opens, notes and
re-ratings until it is decided, a second decision only once the first was reopened.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accounts.models import User
from candidates.models import Application
from debriefs.models import Attendee, Decision, Meeting, MeetingNote, Reopening, ReRating
from samples import values, words
from samples.storing import People, Trail, Used, create, put
from scorecards.models import Amendment, Override, Scorecard, Sighting

Drawn = list[tuple[values.Application, Application]]
Cards = list[tuple[values.Panelist, Scorecard]]
DEBRIEF = Sighting.Way.DEBRIEF


@dataclass
class DebriefStore:
    """Of one opening, which these two run."""

    used: Used
    people: People
    manager: User
    recruiter: User
    trail: Trail
    counted: dict[int, list[Scorecard]] = field(default_factory=dict)
    seen: dict[tuple[int, int], datetime] = field(default_factory=dict)

    def store(self, applications: Drawn, cards: Cards) -> None:
        """All about these applications, whose cards are stored and finished already."""
        for panelist, row in cards:
            if panelist.card and panelist.card.state == Scorecard.State.SUBMITTED and not panelist.shadow:
                self.counted.setdefault(row.panelist.interview.application_id, []).append(row)
        self._amendments(cards)
        self._let_in(cards)
        self._meetings(applications)
        seen = [(user, card, DEBRIEF, at) for (user, card), at in self.seen.items()]
        put(Sighting, ("user_id", "scorecard_id", "way", "at"), seen)
        self._decisions(applications)

    def _amendments(self, cards: Cards) -> None:
        rows = []
        for panelist, row in cards:
            if panelist.card and (drawn := panelist.card.amendment):
                amendment = self._amendment(drawn, panelist.card, row)
                rows.append(amendment)
                self.trail.tell("scorecard.amended", drawn.at, row, row.panelist.user, row=amendment)
        create(Amendment, rows)

    def _amendment(self, drawn: values.Amendment, card: values.Card, row: Scorecard) -> Amendment:
        rating = {
            "dimension": self.used.dimensions[drawn.dimension].key,
            "score": drawn.score,
            "not_assessed_reason": "",
            "evidence": drawn.evidence,
            "anchor_text": self.used.wording[drawn.dimension, drawn.score],
        }
        return Amendment(
            scorecard=row,
            reason=drawn.reason,
            recommendation=card.recommendation,
            summary=card.summary,
            ratings=[rating],
            at=drawn.at,
        )

    def _let_in(self, cards: Cards) -> None:
        overrides = []
        for panelist, row in cards:
            if panelist.saw_first:
                whose, user = row.panelist.interview.application, row.panelist.user
                at = row.panelist.interview.starts_at - timedelta(hours=1)
                by = self.recruiter
                overrides.append(Override(application=whose, user=user, granted_by=by, at=at, reason=words.LET_IN))
                self.trail.tell("override.granted", at, whose, by, user_id=user.pk)
                self._see(whose, user, at)
        create(Override, overrides)

    def _see(self, application: Application, user: User, at: datetime) -> None:
        """The first sight of each scorecard of others that was there by then."""
        for card in self.counted.get(application.pk, []):
            if card.panelist.user_id != user.pk and card.saved_at and card.saved_at <= at:
                self.seen.setdefault((user.pk, card.pk), at)

    def _meetings(self, applications: Drawn) -> None:
        drawn, rows = [], []
        for one, application in applications:
            if one.meeting:
                drawn.append(one.meeting)
                rows.append(self._opened(one.meeting, application))
        attendees, notes, changed = [], [], []
        for meeting, row in zip(drawn, create(Meeting, rows), strict=True):
            self.trail.tell("debrief.opened", meeting.at, row.application, self.manager)
            self._see(row.application, self.manager, meeting.at)
            attendees += self._attendees(meeting, row)
            notes += self._notes(meeting, row)
            changed += [self._re_rating(each, meeting, row) for each in meeting.re_ratings]
        put(Attendee, ("meeting_id", "user_id", "at"), attendees)
        put(MeetingNote, ("meeting_id", "dimension_id", "kind", "text", "by_id", "at"), notes)
        create(ReRating, changed)

    def _opened(self, meeting: values.Meeting, application: Application) -> Meeting:
        """The meeting, unsaved: the database wants its application to say first that it
        opened."""
        Application.objects.filter(pk=application.pk).update(debrief_opened_at=meeting.at)
        return Meeting(application=application, opened_by=self.manager, opened_at=meeting.at)

    def _attendees(self, meeting: values.Meeting, row: Meeting) -> list[tuple[object, ...]]:
        interviewers = [self.people.interviewers[number] for number in meeting.attendees]
        present = [self.manager, *interviewers]
        for user in present:
            self._see(row.application, user, meeting.at)
        self.trail.tell("debrief.attended", meeting.at, row.application, self.manager, count=len(present))
        return [(row.pk, user.pk, meeting.at) for user in present]

    def _notes(self, meeting: values.Meeting, row: Meeting) -> list[tuple[object, ...]]:
        said = [(index, text, MeetingNote.Kind.NOTE) for index, text in meeting.notes]
        if meeting.follow_up:
            said.append((None, meeting.follow_up, MeetingNote.Kind.FOLLOW_UP))
        notes: list[tuple[object, ...]] = []
        for number, (index, text, kind) in enumerate(said, 1):
            dimension = None if index is None else self.used.dimensions[index].pk
            at = meeting.at + timedelta(minutes=5 * number)
            notes.append((row.pk, dimension, kind, text, self.manager.pk, at))
            self.trail.tell("debrief.noted", at, row.application, self.manager)
        return notes

    def _re_rating(self, drawn: values.ReRating, meeting: values.Meeting, row: Meeting) -> ReRating:
        author = self.people.interviewers[drawn.person].pk
        own = [card for card in self.counted[row.application_id] if card.panelist.user_id == author]
        card = next(card for card in own if card.panelist.interview.round.order == drawn.round + 1)
        at = meeting.at + timedelta(minutes=40)
        dimension = self.used.dimensions[drawn.dimension]
        changed = ReRating(
            meeting=row,
            scorecard=card,
            dimension=dimension,
            score=drawn.score,
            kind=ReRating.Kind.NEW_EVIDENCE if drawn.source else ReRating.Kind.REREAD,
            source=drawn.source,
            reason=drawn.reason,
            at=at,
        )
        self.trail.tell("rating.changed", at, card, card.panelist.user, row=changed, dimension_id=dimension.pk)
        return changed

    def _decisions(self, applications: Drawn) -> None:
        """First decisions, then why some were reopened, then the second ones."""
        for turn in (0, 1):
            drawn = [(one.decisions[turn], row) for one, row in applications if len(one.decisions) > turn]
            stored = create(Decision, [self._decision(decision, row) for decision, row in drawn])
            reopened = []
            for (decision, _), row in zip(drawn, stored, strict=True):
                whose, at = row.application, row.decided_at
                self.trail.tell("decision.recorded", at, whose, self.manager, row=row, decision_id=row.pk)
                if decision.reopened:
                    at = decision.at + timedelta(days=2)
                    reopened.append(Reopening(decision=row, reason=decision.reopened, by=self.manager, at=at))
                    self.trail.tell("debrief.reopened", at, row.application, self.manager, decision_id=row.pk)
            create(Reopening, reopened)
        self._follow(applications)

    def _follow(self, applications: Drawn) -> None:
        """Note on each application what was decided in the end, unless it was
        reopened.
        """
        decided: dict[str, list[int]] = {}
        for one, row in applications:
            if one.decisions and not one.decisions[-1].reopened:
                decided.setdefault(one.decisions[-1].outcome, []).append(row.pk)
        for outcome, pks in decided.items():
            Application.objects.filter(pk__in=pks).update(decided=outcome)

    def _decision(self, drawn: values.Decision, application: Application) -> Decision:
        dissenter = "" if drawn.dissenter is None else self.people.interviewers[drawn.dissenter].name
        return Decision(
            application=application,
            outcome=drawn.outcome,
            rationale=drawn.rationale,
            rationales={self.used.dimensions[index].key: text for index, text in drawn.rationales},
            conditions=drawn.conditions,
            dissent=drawn.dissent,
            dissenter=dissenter,
            decided_by=self.manager,
            decided_at=drawn.at,
        )
