"""What is kept about a candidate in the format evenhand-access/1, for a program of theirs (GDPR art. 20)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from scorecards.access import ApplicationRecord, CandidateRecord
from scorecards.facts import AmendmentFact, CardFact, DecisionFact, MarkFact, MeetingFact, MeetingNoteFact, RatingFact


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


def _application(row: ApplicationRecord) -> dict[str, Any]:
    names = row.dimension_names
    return {
        "opening": row.facts.opening_title,
        "applied_at": _moment(row.applied_at),
        "kept_until": _moment(row.kept_until),
        "kept_by": row.kept_by,
        "rubric": {"title": row.facts.rubric_title, "version": row.facts.rubric_version},
        "interviews": [{"round": each.round_name, "starts_at": _moment(each.starts_at)} for each in row.interviews],
        "scorecards": [_card(card, names) for card in row.cards],
        "scorecards_still_being_written": row.unfinished,
        "notes": [
            {"by": note.interviewer_name, "kind": note.kind, "text": note.text, "at": _moment(note.at)}
            for note in row.notes
        ],
        "let_see_before_submitting": [
            {"who": each.interviewer_name, "reason": each.reason, "at": _moment(each.at)}
            for each in row.facts.overrides
        ],
        "debrief": row.facts.meeting and _meeting(row.facts.meeting, row),
        "decisions": [_decision(each, names) for each in row.decisions],
        "packets": row.packets,
        "external_interviewers": row.outside,
    }


def _card(card: CardFact, names: Mapping[str, str]) -> dict[str, Any]:
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
        "ratings": [_rating(row, names) for row in card.ratings],
        "strong_signals": [_mark(mark) for mark in card.strong_signals],
        "weak_signals": [_mark(mark) for mark in card.weak_signals],
        "red_flags": [_mark(mark) for mark in card.red_flags],
        "look_fors": [
            {"exercise": look.exercise, "text": look.text, "outcome": look.outcome} for look in card.look_fors
        ],
        "amendments": [_amendment(row, names) for row in card.amendments],
    }


def _rating(row: RatingFact, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "dimension": names.get(row.dimension, ""),
        "score": row.score,
        "wording": row.anchor_text,
        "not_assessed_reason": row.not_assessed_reason,
        "evidence": row.evidence,
        "earlier": [_rating(before, names) for before in row.earlier],
    }


def _mark(mark: MarkFact) -> dict[str, Any]:
    return {"text": mark.text, "seen": mark.seen, "note": mark.note}


def _amendment(row: AmendmentFact, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "at": _moment(row.at),
        "reason": row.reason,
        "recommendation": row.recommendation,
        "summary": row.summary,
        "ratings": [_rating(rating, names) for rating in row.ratings],
    }


def _meeting(meeting: MeetingFact, row: ApplicationRecord) -> dict[str, Any]:
    names, by = row.dimension_names, {card.scorecard_id: card.interviewer_name for card in row.facts.cards}
    return {
        "opened_at": _moment(meeting.opened_at),
        "notes": [_meeting_note(note, names) for note in meeting.notes],
        "follow_ups": [_meeting_note(note, names) for note in meeting.follow_ups],
        "re_ratings": [
            {
                "by": by.get(each.scorecard_id, ""),
                "dimension": names.get(each.dimension, ""),
                "score": each.score,
                "not_assessed_reason": each.not_assessed_reason,
                "kind": each.kind,
                "source": each.source,
                "reason": each.reason,
                "at": _moment(each.at),
            }
            for each in meeting.re_ratings
        ],
    }


def _meeting_note(note: MeetingNoteFact, names: Mapping[str, str]) -> dict[str, Any]:
    return {"dimension": names.get(note.dimension or ""), "text": note.text, "at": _moment(note.at)}


def _decision(row: DecisionFact, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "outcome": row.outcome,
        "decided_at": _moment(row.decided_at),
        "rationale": row.rationale,
        "rationales": {names.get(key, key): text for key, text in row.rationales.items()},
        "conditions": row.conditions,
        "dissent": row.dissent,
        "reopened": row.reopened and {"at": _moment(row.reopened.at), "reason": row.reopened.reason},
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
