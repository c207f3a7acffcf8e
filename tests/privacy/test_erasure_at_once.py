"""Somebody writes, or places a hold, at the moment of an erasure: whoever is first, no word outlives it."""

import pytest
from django.db.models import F
from django.utils import timezone

from candidates.models import Application, Candidate, Interview, LegalHold
from debriefs import meetings
from debriefs.models import MeetingNote
from privacy.erasure import BLANK, erase_candidate
from privacy.legal_holds import impose_hold
from scorecards import drafts, services
from scorecards.models import HandoffNote, Scorecard
from tests.concurrently import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def erase(scored_application, person):
    admin = person("admin")
    return lambda: erase_candidate(scored_application.candidate, by=admin, reason="asked")


def test_a_save_and_an_erasure_at_once(scored_application, two_panelists, erase):
    draft, author = drafts.open_scorecard(two_panelists[1]), two_panelists[1].user

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


def test_a_late_save_and_an_erasure_at_once(scored_application, two_panelists, erase):
    Interview.objects.filter(application=scored_application).update(due_at=F("starts_at"))
    draft, author = drafts.open_scorecard(two_panelists[1]), two_panelists[1].user
    assert Application.objects.get(pk=scored_application.pk).active_at < timezone.now()

    outcomes = at_once(
        erase,
        lambda: drafts.save_draft(draft, {"summary": "late words"}, edit=0, by=author),
        behind=Application.objects.filter(pk=scored_application.pk),
    )

    assert outcomes[0] is None
    assert isinstance(outcomes[1], Scorecard | drafts.Finished)
    draft.refresh_from_db()
    assert draft.summary in {"", BLANK}


def test_notes_and_an_erasure_at_once(scored_application, two_panelists, person, erase):
    manager, author = person("manager"), two_panelists[1].user
    meetings.open_debrief(scored_application, by=manager)

    outcomes = at_once(
        erase,
        lambda: services.leave_note(two_panelists[1], kind="probe", text="late words", by=author),
        lambda: meetings.add_note(scored_application, text="late words", kind="note", dimension=None, by=manager),
        behind=Application.objects.filter(pk=scored_application.pk),
    )

    assert outcomes[0] is None
    assert set(HandoffNote.objects.values_list("text", flat=True)) <= {BLANK}
    assert set(MeetingNote.objects.values_list("text", flat=True)) <= {BLANK}


def test_a_hold_and_an_erasure_at_once(scored_application, person, erase):
    recruiter = person("recruiter")

    outcomes = at_once(
        erase,
        lambda: impose_hold(scored_application.candidate, reason="Case 12", by=recruiter),
        behind=Candidate.objects.filter(pk=scored_application.candidate_id),
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) in [
        ["LegalHold", "ValidationError"],
        ["NoneType", "ValidationError"],
    ]
    erased = Candidate.objects.get(pk=scored_application.candidate_id).erased_at is not None
    assert erased != LegalHold.objects.exists()
