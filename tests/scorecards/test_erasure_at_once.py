"""Somebody writes, or places a hold, at the moment of an erasure: whoever is first, no word outlives it."""

import pytest

from candidates.models import Application, Candidate, LegalHold
from scorecards import drafts, meetings, services
from scorecards.erasure import BLANK, erase_candidate
from scorecards.holds import place_hold
from scorecards.models import HandoffNote, MeetingNote, Scorecard
from tests.concurrently import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def erase(scored, person):
    admin = person("admin")
    return lambda: erase_candidate(scored.candidate, by=admin, reason="asked")


def test_a_save_and_an_erasure_at_once(scored, seats, erase):
    draft, author = drafts.open_scorecard(seats[1]), seats[1].user

    outcomes = at_once(
        erase,
        lambda: drafts.save_draft(draft, {"summary": "late words"}, edit=0, by=author),
        behind=Scorecard.objects.filter(pk=draft.pk),
    )

    assert outcomes[0] is None
    assert isinstance(outcomes[1], Scorecard | drafts.Finished)
    draft.refresh_from_db()
    assert draft.erased
    assert draft.summary in {"", BLANK}


def test_notes_and_an_erasure_at_once(scored, seats, person, erase):
    manager, author = person("manager"), seats[1].user
    meetings.open_debrief(scored, by=manager)

    outcomes = at_once(
        erase,
        lambda: services.leave_note(seats[1], kind="probe", text="late words", by=author),
        lambda: meetings.add_note(scored, text="late words", kind="note", dimension=None, by=manager),
        behind=Application.objects.filter(pk=scored.pk),
    )

    assert outcomes[0] is None
    assert set(HandoffNote.objects.values_list("text", flat=True)) <= {BLANK}
    assert set(MeetingNote.objects.values_list("text", flat=True)) <= {BLANK}


def test_a_hold_and_an_erasure_at_once(scored, person, erase):
    recruiter = person("recruiter")

    outcomes = at_once(
        erase,
        lambda: place_hold(scored.candidate, reason="Case 12", by=recruiter),
        behind=Candidate.objects.filter(pk=scored.candidate_id),
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) in [
        ["LegalHold", "ValidationError"],
        ["NoneType", "ValidationError"],
    ]
    erased = Candidate.objects.get(pk=scored.candidate_id).erased_at is not None
    assert erased != LegalHold.objects.exists()
