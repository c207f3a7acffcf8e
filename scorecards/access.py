"""What is kept about a candidate, for their own request of access (GDPR art. 15): all of it but other people's names.

Interviewers are numbers, those who ran the hiring are not named at all, and their names are taken out of every text,
as are those of other candidates. What nobody can find, such as a referee, the person who answers adds by hand.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from audit.services import record
from candidates.models import Candidate, Interview, Opening, Panelist
from candidates.services import ERASED
from scorecards.facts import CardFact, DebriefFacts, DecisionFact, MeetingFact
from scorecards.gathering import NAMED, debrief_facts
from scorecards.models import Attendee, Decision, HandoffNote, Packet, Scorecard, Sighting
from scorecards.packets.redaction import UNSEEN, Removal, changed, nameless_interviewers, scrubber, texts
from scorecards.policies import may_answer_access, may_erase
from scorecards.retention import dated
from scorecards.services import keep_sightings

OWES = "You owe a scorecard on this candidate. Submit it first: the answer would show you the others' judgement."


@dataclass(frozen=True)
class InterviewRecord:
    round_name: str
    starts_at: datetime


@dataclass(frozen=True)
class NoteRecord:
    """A text of one interviewer that is in no scorecard: `kind` says what it is."""

    interviewer_id: int
    interviewer_name: str
    interviewer_email: str
    kind: str
    text: str
    at: datetime


@dataclass(frozen=True)
class ApplicationRecord:
    """One application. `unfinished` counts the scorecards that are still being written and are not in `facts`;
    `outside` the interviewers who were not of the company; `packets` the debrief documents that were made."""

    applied_at: datetime
    kept_by: str
    kept_until: datetime
    interviews: tuple[InterviewRecord, ...]
    facts: DebriefFacts
    notes: tuple[NoteRecord, ...]
    unfinished: int
    outside: int
    packets: int

    @property
    def cards(self) -> tuple[CardFact, ...]:
        """Those in which something stands."""
        return tuple(card for card in self.facts.cards if card.state not in {"missing", "unfinished"})

    @property
    def decisions(self) -> tuple[DecisionFact, ...]:
        """The standing one first."""
        standing = (self.facts.decision,) if self.facts.decision else ()
        return standing + self.facts.earlier_decisions

    @property
    def dimension_names(self) -> dict[str, str]:
        return {row.key: row.name for row in self.facts.dimensions}


@dataclass(frozen=True)
class CandidateRecord:
    candidate_name: str
    candidate_email: str
    since: datetime
    held: bool
    applications: tuple[ApplicationRecord, ...]

    @property
    def unfinished(self) -> int:
        return sum(row.unfinished for row in self.applications)


@dataclass(frozen=True)
class Answer:
    """The record as it is handed out; `found` are the names that were in it, `missed` those asked for in vain."""

    record: CandidateRecord
    changes: tuple[Removal, ...]
    found: tuple[str, ...]
    missed: tuple[str, ...]


@transaction.atomic
def answer_access(candidate: Candidate, *, by: User, more: Iterable[str] = (), form: str = "preview") -> Answer:
    """Everything about the candidate without other people's names; `more` are further names to take out.

    It counts as having seen the scorecards, and stands in the audit trail with its `form` (preview, pdf, json). Raises
    PermissionDenied for those who may not erase the candidate either, for whoever owes a scorecard on them, and once
    the candidate was erased.
    """
    if not may_answer_access(by, candidate):
        raise PermissionDenied(OWES if may_erase(by, candidate) else "")
    if candidate.erased_at:
        raise PermissionDenied(ERASED)
    applications = list(candidate.applications.all())
    keep_sightings(*applications, by=by, until=timezone.now(), way=Sighting.Way.ACCESS)
    if form == "preview":
        record("access.previewed", by=by, subject=candidate)
    else:
        record("access.exported", by=by, subject=candidate, format=form)
    return _without_others(_record(candidate), candidate, [name.strip() for name in more if name.strip()])


# --- what there is -----------------------------------------------------------
def _record(candidate: Candidate) -> CandidateRecord:
    applications = dated().filter(candidate=candidate).select_related(*NAMED)
    return CandidateRecord(
        candidate_name=candidate.name,
        candidate_email=candidate.email,
        since=candidate.created_at,
        held=candidate.holds.standing().exists(),
        applications=tuple(_application(row) for row in applications.order_by("created_at", "pk")),
    )


def _application(application: Any) -> ApplicationRecord:
    facts = _of_nobody(debrief_facts(application, unfinished=True))
    cards = tuple(_seen(card, decided=facts.decision is not None) for card in facts.cards)
    seats = Panelist.objects.filter(interview__application=application)
    return ApplicationRecord(
        applied_at=application.created_at,
        kept_by=str(Opening.Retention(application.opening.retention).label),
        kept_until=application.due_at,
        interviews=tuple(
            InterviewRecord(row.round.name, row.starts_at)
            for row in Interview.objects.filter(application=application).select_related("round")
        ),
        facts=replace(facts, cards=cards),
        notes=_notes(seats),
        unfinished=sum(card.state == "unfinished" for card in cards),
        outside=seats.filter(user__is_external=True).values("user").distinct().count(),
        packets=Packet.objects.filter(application=application, state__in=("ready", "expired")).count(),
    )


def _seen(card: CardFact, *, decided: bool) -> CardFact:
    """A draft stays its author's until there is a decision, so that nobody is told of it who could tell others."""
    if card.state != "draft" or decided:
        return card
    return replace(card.without_words(), state="unfinished", recommendation=None, locked_at=None)


def _of_nobody(facts: DebriefFacts) -> DebriefFacts:
    """Without those who ran the hiring: who opened, wrote, attended, decided, dissented and granted."""
    return replace(
        facts,
        decision=facts.decision and _undecided_by(facts.decision),
        earlier_decisions=tuple(_undecided_by(row) for row in facts.earlier_decisions),
        overrides=tuple(replace(row, by="") for row in facts.overrides),
        meeting=facts.meeting and _unattended(facts.meeting),
    )


def _undecided_by(decision: DecisionFact) -> DecisionFact:
    reopened = decision.reopened and replace(decision.reopened, by="")
    return replace(decision, decided_by="", dissenter="", reopened=reopened)


def _unattended(meeting: MeetingFact) -> MeetingFact:
    return replace(
        meeting,
        opened_by="",
        attendees=(),
        notes=tuple(replace(note, by="") for note in meeting.notes),
        follow_ups=tuple(replace(note, by="") for note in meeting.follow_ups),
    )


def _notes(seats: QuerySet[Panelist]) -> tuple[NoteRecord, ...]:
    """Notes for the next interviewers, and why an interview was declined."""
    left = HandoffNote.objects.filter(panelist__in=seats).select_related("panelist__user")
    notes = [_note(row.panelist.user, str(row.get_kind_display()), row.text, row.at) for row in left]
    declined = Scorecard.objects.filter(panelist__in=seats, state=Scorecard.State.DECLINED)
    for card in declined.select_related("panelist__user"):
        if card.submitted_at:
            notes.append(
                _note(card.panelist.user, "Did not hold the interview", card.decline_reason, card.submitted_at)
            )
    return tuple(sorted(notes, key=lambda note: note.at))


def _note(author: User, kind: str, text: str, at: datetime) -> NoteRecord:
    return NoteRecord(author.pk, author.display_name, author.email, kind, text, at)


# --- whose names go ----------------------------------------------------------
def _without_others(raw: CandidateRecord, candidate: Candidate, more: list[str]) -> Answer:
    words = "\n".join(texts(raw))
    near, far = _near(candidate), _far(candidate, words)
    kept = [raw.candidate_name, raw.candidate_email]
    bare = nameless_interviewers(raw, scrubber(near, whole=[*far, *more], kept=kept))
    found = [name for name in near if scrubber([name], kept=kept)(words) != words]
    asked = [name for name in more if scrubber([], whole=[name])(words) != words]
    return Answer(
        record=bare,
        changes=changed(raw, bare),
        found=tuple(dict.fromkeys([*found, *far, *asked])),
        missed=tuple(name for name in more if name not in asked),
    )


def _near(candidate: Candidate) -> list[str]:
    """Who had to do with the candidate: names and addresses whose parts, too, mean these people."""
    own = candidate.applications.all()
    decisions = Decision.objects.filter(application__in=own)
    attended = Attendee.objects.filter(meeting__application__in=own)
    people = {
        *own.values_list("interviews__panelists__user", flat=True),
        *own.values_list("opening__members__user", flat=True),
        *decisions.values_list("decided_by", flat=True),
        *decisions.values_list("reopening__by", flat=True),
        *own.values_list("overrides__granted_by", flat=True),
        *own.values_list("meeting__opened_by", flat=True),
        *own.values_list("meeting__notes__by", flat=True),
        *attended.values_list("user", flat=True),
    }
    users = User.objects.filter(pk__in=people - {None}).exclude(email__iexact=candidate.email)
    names = [name for pair in users.values_list("name", "email") for name in pair]
    names += attended.values_list("name", flat=True)
    names += decisions.values_list("dissenter", flat=True)
    return [name for name in dict.fromkeys(names) if name]


def _far(candidate: Candidate, words: str) -> list[str]:
    """Everybody else known here, as far as their whole name or address stands in these words."""
    openings = candidate.applications.values("opening")
    others = Candidate.objects.filter(applications__opening__in=openings).exclude(pk=candidate.pk).distinct()
    accounts = User.objects.exclude(email__iexact=candidate.email)
    told = _bare(words)
    pairs = [*accounts.values_list("name", "email"), *others.values_list("name", "email")]
    names = [name for pair in pairs for name in pair if _is_whole(name) and _bare(name) in told]
    return list(dict.fromkeys(names))


def _is_whole(name: str) -> bool:
    """One word alone may be a word of the language as well (May, Page)."""
    return "@" in name or len(name.split()) > 1


INVISIBLE = re.compile(UNSEEN)


def _bare(text: str) -> str:
    """As a reader compares it: without accents, invisible signs and case."""
    return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFD", text)).casefold().split())
