"""What is kept about a candidate in the format evenhand-access/1, for a program of
theirs (GDPR art. 20)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from debriefs.facts import DecisionFact, MeetingFact, MeetingNoteFact, OverrideFact, ReopeningFact, ReRatingFact
from privacy.subject_access import (
    ApplicationRecord,
    CandidateRecord,
    FactRecord,
    InterviewRecord,
    MaterialRecord,
    NoteRecord,
)
from scorecards.facts import AmendmentFact, CardFact, LookForFact, MarkFact, RatingFact

Fact = TypeVar("Fact")
Names = Mapping[str, str]
Told = Callable[[Fact, Names], dict[str, Any]]


def access_json(record: CandidateRecord) -> dict[str, Any]:
    """The record as it is handed out; moments are in UTC."""
    return {
        "format": "evenhand-access/1",
        "candidate": {
            "name": record.candidate_name,
            "email": record.candidate_email,
            "since": _moment(record.since),
        },
        "kept_for_a_legal_hold": record.held,
        "applications": [_application(row) for row in record.applications],
    }


def _each(told: Told[Fact], rows: Iterable[Fact], names: Names) -> list[dict[str, Any]]:
    """Each row as `told` tells it; `names` are those of the dimensions, by key."""
    return [told(row, names) for row in rows]


def _application(row: ApplicationRecord) -> dict[str, Any]:
    names, meeting = row.dimension_names, row.facts.meeting
    return {
        "opening": row.facts.opening_title,
        "applied_at": _moment(row.applied_at),
        "kept_until": _moment(row.kept_until),
        "kept_by": row.kept_by,
        "rubric": {"title": row.facts.rubric_title, "version": row.facts.rubric_version},
        "status": [{"status": step.status, "reason": step.reason, "at": _moment(step.at)} for step in row.steps],
        "interviews": list(map(_interview, row.interviews)),
        "scorecards": _each(_card, row.cards, names),
        "scorecards_still_being_written": row.unfinished,
        "notes": list(map(_note, row.notes)),
        "files_and_links": list(map(_material, row.materials)),
        "notes_for_those_who_ran_it": list(map(_fact, row.facts_noted)),
        "let_see_before_submitting": list(map(_override, row.facts.overrides)),
        "debrief": _meeting(meeting, row) if meeting else None,
        "decisions": _each(_decision, row.decisions, names),
        "packets": row.packets,
        "external_interviewers": row.guests,
    }


def _interview(interview: InterviewRecord) -> dict[str, Any]:
    return {"round": interview.round_name, "starts_at": _moment(interview.starts_at), "place": interview.place}


def _material(row: MaterialRecord) -> dict[str, Any]:
    return {"what": row.what, "name": row.name, "url": row.url, "sha256": row.sha256, "added_at": _moment(row.at)}


def _fact(row: FactRecord) -> dict[str, Any]:
    return {"text": row.text, "at": _moment(row.at)}


def _note(note: NoteRecord) -> dict[str, Any]:
    return {"by": note.interviewer_name, "kind": note.kind, "text": note.text, "at": _moment(note.at)}


def _override(override: OverrideFact) -> dict[str, Any]:
    return {"who": override.interviewer_name, "reason": override.reason, "at": _moment(override.at)}


def _card(card: CardFact, names: Names) -> dict[str, Any]:
    return {
        "by": card.interviewer_name,
        "round": card.round_name,
        "shadow": card.shadow,
        "state": card.state,
        "locked_at": _moment(card.locked_at),
        "submitted_at": _moment(card.submitted_at),
        "recommendation": card.recommendation,
        "first_recommendation": card.first_recommendation,
        "summary": card.summary,
        "first_summary": card.first_summary,
        "ratings": _each(_rating, card.ratings, names),
        "strong_signals": list(map(_mark, card.strong_signals)),
        "weak_signals": list(map(_mark, card.weak_signals)),
        "red_flags": list(map(_mark, card.red_flags)),
        "look_fors": list(map(_look_for, card.look_fors)),
        "amendments": _each(_amendment, card.amendments, names),
    }


def _rating(row: RatingFact, names: Names) -> dict[str, Any]:
    return {
        "dimension": names.get(row.dimension, ""),
        "score": row.score,
        "wording": row.anchor_text,
        "not_assessed_reason": row.not_assessed_reason,
        "evidence": row.evidence,
        "earlier": _each(_rating, row.earlier, names),
    }


def _mark(mark: MarkFact) -> dict[str, Any]:
    return {"text": mark.text, "seen": mark.seen, "note": mark.note}


def _look_for(look: LookForFact) -> dict[str, Any]:
    return {"exercise": look.exercise, "text": look.text, "outcome": look.outcome}


def _amendment(row: AmendmentFact, names: Names) -> dict[str, Any]:
    return {
        "at": _moment(row.at),
        "reason": row.reason,
        "recommendation": row.recommendation,
        "summary": row.summary,
        "ratings": _each(_rating, row.ratings, names),
    }


def _meeting(meeting: MeetingFact, row: ApplicationRecord) -> dict[str, Any]:
    names = row.dimension_names
    authors = {card.scorecard_id: card.interviewer_name for card in row.facts.cards}
    re_ratings = []
    for each in meeting.re_ratings:
        author = {"by": authors.get(each.scorecard_id, "")}
        re_ratings.append(author | _re_rating(each, names))
    return {
        "opened_at": _moment(meeting.opened_at),
        "notes": _each(_meeting_note, meeting.notes, names),
        "follow_ups": _each(_meeting_note, meeting.follow_ups, names),
        "re_ratings": re_ratings,
    }


def _re_rating(row: ReRatingFact, names: Names) -> dict[str, Any]:
    return {
        "dimension": names.get(row.dimension, ""),
        "score": row.score,
        "not_assessed_reason": row.not_assessed_reason,
        "kind": row.kind,
        "source": row.source,
        "reason": row.reason,
        "at": _moment(row.at),
    }


def _meeting_note(note: MeetingNoteFact, names: Names) -> dict[str, Any]:
    return {"dimension": names.get(note.dimension or ""), "text": note.text, "at": _moment(note.at)}


def _decision(row: DecisionFact, names: Names) -> dict[str, Any]:
    return {
        "outcome": row.outcome,
        "decided_at": _moment(row.decided_at),
        "rationale": row.rationale,
        "rationales": {names.get(key, key): text for key, text in row.rationales.items()},
        "conditions": row.conditions,
        "dissent": row.dissent,
        "reopened": _reopening(row.reopened),
    }


def _reopening(fact: ReopeningFact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    return {"at": _moment(fact.at), "reason": fact.reason}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
