"""The format evenhand-access/1: every part of the record under its name, moments in UTC, nothing that only we need."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from privacy.subject_access import answer_access
from privacy.subject_access_json import access_json


@pytest.fixture
def record(worded_application, person):
    """An application in which something is written wherever somebody can write."""
    return answer_access(worded_application.candidate, by=person("admin")).record


def test_a_record_says_its_format_and_whose_it_is(record):
    told = access_json(record)

    assert told["format"] == "evenhand-access/1"
    assert told["candidate"]["name"] == record.candidate_name
    assert told["candidate"]["since"].endswith("+00:00")
    assert told["kept_for_a_legal_hold"] is False
    assert len(told["applications"]) == 1


def test_an_application_has_all_its_parts(record):
    told = access_json(record)["applications"][0]

    assert list(told) == [
        "opening",
        "applied_at",
        "kept_until",
        "kept_by",
        "rubric",
        "status",
        "interviews",
        "scorecards",
        "scorecards_still_being_written",
        "notes",
        "files_and_links",
        "notes_for_those_who_ran_it",
        "let_see_before_submitting",
        "debrief",
        "decisions",
        "packets",
        "external_interviewers",
    ]
    assert len(told["interviews"]) == 3
    assert {note["kind"] for note in told["notes"]} >= {"Did not hold the interview"}
    assert len(told["let_see_before_submitting"]) == 1


def test_a_scorecard_has_its_ratings_marks_and_amendments(record):
    cards = access_json(record)["applications"][0]["scorecards"]
    amended = next(card for card in cards if card["amendments"])

    assert [len(card["ratings"]) > 0 for card in cards if card["state"] in {"submitted", "withdrawn"}] == [True, True]
    assert {rating["dimension"] for rating in amended["ratings"]} <= set(
        record.applications[0].dimension_names.values()
    )
    assert amended["first_summary"] != amended["summary"]
    assert amended["amendments"][0]["ratings"][0]["evidence"]
    marks = [mark for kind in ("strong_signals", "weak_signals", "red_flags") for mark in amended[kind]]
    assert [set(mark) for mark in marks] == [{"text", "seen", "note"}] * len(marks)


def test_a_debrief_has_notes_and_re_ratings_by_numbered_interviewers(record):
    debrief = access_json(record)["applications"][0]["debrief"]

    assert [note["dimension"] for note in debrief["notes"]] == [None]
    assert debrief["follow_ups"][0]["dimension"]
    (changed,) = debrief["re_ratings"]
    assert changed["by"].startswith("Interviewer ")
    assert (changed["score"], bool(changed["source"])) == (None, True)


def test_a_decision_that_was_reopened_says_why_and_when(record):
    (decision,) = access_json(record)["applications"][0]["decisions"]

    assert set(decision["reopened"]) == {"at", "reason"}
    assert set(decision["rationales"]) <= set(record.applications[0].dimension_names.values())


def test_what_is_not_there_is_null(record):
    facts = replace(record.applications[0].facts, meeting=None, decision=None, earlier_decisions=())
    bare = replace(record, applications=(replace(record.applications[0], facts=facts),))

    told = access_json(bare)["applications"][0]

    assert (told["debrief"], told["decisions"]) == (None, [])


def test_a_decision_for_a_dimension_that_is_gone_keeps_its_key(record):
    at = datetime(2026, 3, 2, 9, 30, 15, 999, tzinfo=UTC)
    fact = replace(record.applications[0].decisions[0], rationales={"gone": "words"}, decided_at=at, reopened=None)
    facts = replace(record.applications[0].facts, decision=fact, earlier_decisions=())
    changed = replace(record, applications=(replace(record.applications[0], facts=facts),))

    (told,) = access_json(changed)["applications"][0]["decisions"]

    assert told["rationales"] == {"gone": "words"}
    assert told["decided_at"] == "2026-03-02T09:30:15+00:00"
    assert told["reopened"] is None
