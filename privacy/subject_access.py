"""What is kept about a candidate, for their own request of access (GDPR art. 15): all
of it but other people's names.

Interviewers are numbers, those who ran the hiring are not named at all, and their names
are taken out of every text, as are those of other candidates. What nobody can find,
such as a referee, the person who answers adds by hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User, has_address
from audit.services import record
from candidates.models import Application, Candidate, Interview, Opening, Panelist
from candidates.names import NO_TICKS, NameMatcher, Ticks
from candidates.services import ERASED
from debriefs.facts import DebriefFacts, DecisionFact, MeetingFact, MeetingNoteFact
from debriefs.gathering import NAMED, debrief_facts
from debriefs.models import Attendee, Decision
from debriefs.redaction import Questions, Removal, changed, nameless_interviewers, questions_in, texts
from files.models import CandidateNote, Material
from packets.models import Packet
from privacy.policies import may_answer_access, may_erase
from scorecards.facts import CardFact
from scorecards.models import HandoffNote, PanelistRelease, Scorecard, Sighting, Withdrawal
from scorecards.services import keep_sightings

OWES = (
    "You still need to submit a scorecard for this candidate. Submit it first: this page shows what the other "
    "interviewers wrote."
)


@dataclass(frozen=True)
class InterviewRecord:
    round_name: str
    starts_at: datetime
    place: str


@dataclass(frozen=True)
class MaterialRecord:
    """A file or link of the candidate's; the file itself is handed out beside the answer."""

    what: str
    name: str
    url: str
    sha256: str
    at: datetime


@dataclass(frozen=True)
class FactRecord:
    """A note of those who run the opening, by none of whose names."""

    text: str
    at: datetime


@dataclass(frozen=True)
class StepRecord:
    """How the application stood from that moment, as somebody set it, and why."""

    status: str
    reason: str
    at: datetime


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
    """One application. `unfinished` counts the scorecards that are still being written
    and are not in `facts`; `guests` the interviewers who were not of the company;
    `packets` the debrief documents that were made."""

    applied_at: datetime
    kept_by: str
    kept_until: datetime | None
    steps: tuple[StepRecord, ...]
    interviews: tuple[InterviewRecord, ...]
    facts: DebriefFacts
    notes: tuple[NoteRecord, ...]
    materials: tuple[MaterialRecord, ...]
    facts_noted: tuple[FactRecord, ...]
    unfinished: int
    guests: int
    packets: int

    @property
    def cards(self) -> tuple[CardFact, ...]:
        """Those in which something stands."""
        return tuple(card for card in self.facts.cards if card.state not in {"missing", "unfinished"})

    @property
    def decisions(self) -> tuple[DecisionFact, ...]:
        """The current one first."""
        current = (self.facts.decision,) if self.facts.decision else ()
        return current + self.facts.earlier_decisions

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
    """The record as it is handed out; `found` are the names that were in it, `missed`
    those asked for in vain; `questions` are for a person, who ticked `ticks` of them."""

    record: CandidateRecord
    changes: tuple[Removal, ...]
    found: tuple[str, ...]
    missed: tuple[str, ...]
    questions: Questions
    ticks: Ticks


@transaction.atomic
def answer_access(
    candidate: Candidate,
    *,
    by: User,
    more: Iterable[str] = (),
    ticks: Ticks = NO_TICKS,
    form: str = "preview",
) -> Answer:
    """Everything about the candidate without other people's names; `more` are further
    names to take out, `ticks` the answers to what was asked in the preview.

    It counts as having seen the scorecards, and stands in the audit trail with its
    `form` (preview, pdf, json). Raises PermissionDenied for those who may not erase the
    candidate either, for whoever owes a scorecard on them, and once the candidate was
    erased.
    """
    if not may_answer_access(by, candidate):
        raise PermissionDenied(OWES if may_erase(by, candidate) else "")
    if candidate.erased_at:
        raise PermissionDenied(ERASED)
    asked = [name.strip() for name in more if name.strip()]
    applications = list(candidate.applications.all())
    keep_sightings(*applications, by=by, until=timezone.now(), way=Sighting.Way.SUBJECT_ACCESS)
    if form == "preview":
        record("subject_access.previewed", by=by, subject=candidate)
    else:
        record("subject_access.exported", by=by, subject=candidate, format=form)
    return _without_others(_record(candidate), candidate, asked, ticks)


# --- what there is -----------------------------------------------------------
def _record(candidate: Candidate) -> CandidateRecord:
    applications = Application.objects.filter(candidate=candidate).select_related(*NAMED)
    in_order = applications.order_by("created_at", "pk")
    return CandidateRecord(
        candidate_name=candidate.name,
        candidate_email=candidate.email,
        since=candidate.created_at,
        held=candidate.holds.in_force().exists(),
        applications=tuple(map(_application, in_order)),
    )


def _application(application: Application) -> ApplicationRecord:
    facts = _of_nobody(debrief_facts(application, unfinished=True))
    decided = facts.decision is not None
    cards = tuple(_seen(card, decided=decided) for card in facts.cards)
    panelists = Panelist.objects.filter(interview__application=application)
    interviews = Interview.objects.filter(application=application).select_related("round")
    packets = Packet.objects.filter(application=application)
    changes = application.state_changes.order_by("pk")
    return ApplicationRecord(
        applied_at=application.created_at,
        kept_by=str(Opening.Retention(application.opening.retention).label),
        kept_until=application.kept_until,
        steps=tuple(StepRecord(row.get_state_display(), row.reason, row.at) for row in changes),
        interviews=tuple(InterviewRecord(row.round.name, row.starts_at, row.place) for row in interviews),
        facts=replace(facts, cards=cards),
        notes=_notes(panelists),
        materials=tuple(map(_material, Material.objects.filter(application=application))),
        facts_noted=tuple(map(_fact, CandidateNote.objects.filter(application=application))),
        unfinished=sum(card.state == "unfinished" for card in cards),
        guests=panelists.filter(user__is_guest=True).values("user").distinct().count(),
        packets=packets.filter(state__in=("ready", "expired")).count(),
    )


def _seen(card: CardFact, *, decided: bool) -> CardFact:
    """A draft stays its author's until there is a decision, so that nobody is told of
    it who could tell others."""
    card = replace(card, correction=None)  # which is told as a note
    if card.state not in {"draft", "released"} or decided:
        return card
    return replace(card.without_words(), state="unfinished", recommendation=None, locked_at=None)


def _of_nobody(facts: DebriefFacts) -> DebriefFacts:
    """Without those who ran the hiring: who opened, wrote, attended, decided, dissented
    and granted."""
    earlier = [_undecided_by(row) for row in facts.earlier_decisions]
    overrides = [replace(row, by="") for row in facts.overrides]
    bare = replace(facts, earlier_decisions=tuple(earlier), overrides=tuple(overrides))
    if bare.decision:
        bare = replace(bare, decision=_undecided_by(bare.decision))
    if bare.meeting:
        bare = replace(bare, meeting=_unattended(bare.meeting))
    return bare


def _undecided_by(decision: DecisionFact) -> DecisionFact:
    reopened = decision.reopened and replace(decision.reopened, by="")
    return replace(decision, decided_by="", dissenter="", reopened=reopened)


def _unattended(meeting: MeetingFact) -> MeetingFact:
    notes, follow_ups = _unsigned(meeting.notes), _unsigned(meeting.follow_ups)
    return replace(meeting, opened_by="", attendees=(), notes=notes, follow_ups=follow_ups)


def _unsigned(notes: tuple[MeetingNoteFact, ...]) -> tuple[MeetingNoteFact, ...]:
    return tuple(replace(note, by="") for note in notes)


def _notes(panelists: QuerySet[Panelist]) -> tuple[NoteRecord, ...]:
    """Notes for the next interviewers, and why a scorecard was declined, withdrawn or
    waited for no more."""
    left = HandoffNote.objects.filter(panelist__in=panelists).select_related("panelist__user")
    notes = [_note(row.panelist.user, str(row.get_kind_display()), row.text, row.at) for row in left]
    declined = Scorecard.objects.filter(panelist__in=panelists, state=Scorecard.State.DECLINED)
    for card in declined.select_related("panelist__user"):
        if card.submitted_at:
            author, why = card.panelist.user, card.decline_reason
            notes.append(_note(author, "Did not hold the interview", why, card.submitted_at))
    for release in PanelistRelease.objects.filter(panelist__in=panelists).select_related("panelist__user"):
        notes.append(_note(release.panelist.user, "Released from the interview", release.reason, release.at))
    withdrawn = Withdrawal.objects.filter(scorecard__panelist__in=panelists)
    for row in withdrawn.select_related("scorecard__panelist__user"):
        notes.append(_note(row.scorecard.panelist.user, "Scorecard withdrawn", row.reason, row.at))
    return tuple(sorted(notes, key=lambda note: note.at))


def _material(row: Material) -> MaterialRecord:
    what = f"{row.get_purpose_display()}, {row.get_kind_display() or 'link'}"
    return MaterialRecord(what, row.name, row.url, row.sha256, row.added_at)


def _fact(note: CandidateNote) -> FactRecord:
    return FactRecord(note.text, note.at)


def _note(author: User, kind: str, text: str, at: datetime) -> NoteRecord:
    return NoteRecord(author.pk, author.display_name, author.email, kind, text, at)


# --- whose names go ----------------------------------------------------------
def _without_others(raw: CandidateRecord, candidate: Candidate, more: list[str], ticks: Ticks) -> Answer:
    near, far = _near(candidate), _far(candidate)
    whole, kept = far + more, [raw.candidate_name, raw.candidate_email]
    unticked = NameMatcher(near, whole=whole, kept=kept)
    asked = questions_in(raw, unticked)
    answered = asked.answered(ticks)
    matcher = unticked.ticked(answered)
    bare = nameless_interviewers(raw, matcher.removed)
    there = _names_in(raw, matcher)
    missed = [name for name in more if not _names_in(raw, NameMatcher([], whole=[name]))]
    return Answer(
        record=bare,
        changes=changed(raw, bare),
        found=tuple(name for name in dict.fromkeys(near + whole) if name in there),
        missed=tuple(missed),
        questions=asked,
        ticks=answered,
    )


def _names_in(raw: CandidateRecord, matcher: NameMatcher) -> set[str]:
    return set(chain.from_iterable(map(matcher.names_in, texts(raw))))


# From an application to those who sat on its panels, run its opening and debrief.
WAYS_TO_PEOPLE = (
    "interviews__panelists__user",
    "opening__members__user",
    "state_changes__by",
    "overrides__granted_by",
    "meeting__opened_by",
    "meeting__notes__by",
)


def _near(candidate: Candidate) -> list[str]:
    """Who had to do with the candidate: names and addresses whose parts, too, mean
    these people."""
    own = Application.objects.filter(candidate=candidate)
    decisions = Decision.objects.filter(application__in=own)
    attended = Attendee.objects.filter(meeting__application__in=own)
    people: set[int | None] = set(attended.values_list("user", flat=True))
    for way in ("decided_by", "reopening__by"):
        people.update(decisions.values_list(way, flat=True))
    for way in WAYS_TO_PEOPLE:
        people.update(own.values_list(way, flat=True))
    known = {person for person in people if person}  # None: there was no such step
    users = User.objects.filter(pk__in=known).exclude(has_address(candidate.email))
    names = [name for pair in users.values_list("name", "email") for name in pair]
    names += attended.values_list("name", flat=True)
    names += decisions.values_list("dissenter", flat=True)
    return [name for name in dict.fromkeys(names) if name]


def _far(candidate: Candidate) -> list[str]:
    """Everybody else known here: they count by their whole name or address only."""
    openings = candidate.applications.values("opening")
    applied = Candidate.objects.filter(applications__opening__in=openings).distinct()
    others = applied.exclude(pk=candidate.pk)
    accounts = User.objects.exclude(has_address(candidate.email))
    pairs = list(accounts.values_list("name", "email"))
    pairs += others.values_list("name", "email")
    return list(dict.fromkeys(filter(_is_whole, chain.from_iterable(pairs))))


def _is_whole(name: str) -> bool:
    """One word alone may be a word of the language as well (May, Page)."""
    return "@" in name or len(name.split()) > 1
