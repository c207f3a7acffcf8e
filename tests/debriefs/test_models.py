"""The rows of a meeting and its decisions: what the database itself refuses, whoever writes."""

import pytest
from django.db import DatabaseError, transaction

from debriefs.models import Attendee, Decision, Meeting, MeetingNote, Reopening, ReRating
from scorecards.models import Scorecard
from tests.queries import saved


@pytest.fixture
def manager(person):
    return person("manager")


@pytest.fixture
def meeting(scored_application, manager) -> Meeting:
    """The scored application's, opened now."""
    scored_application.debrief_opened_at = "2026-05-04T10:00:00Z"
    scored_application.save(update_fields=["debrief_opened_at"])
    return Meeting.objects.create(application=scored_application, opened_by=manager)


@pytest.fixture
def re_rating(meeting):
    """A re-rating that holds, of the submitted scorecard's first dimension; not stored yet."""
    card = Scorecard.objects.get(panelist__interview__application=meeting.application, state="submitted")
    rating = card.ratings.first()
    return ReRating(
        meeting=meeting, scorecard=card, dimension=rating.dimension, score=2, kind="reread", reason="Read again"
    )


@pytest.fixture
def decide(scored_application, manager):
    """Stores a decision past every service."""

    def decide(**fields) -> Decision:
        said = {"outcome": "hold", "rationale": "Two rounds disagree", "decided_by": manager} | fields
        return Decision.objects.create(application=scored_application, **said)

    return decide


def test_a_meeting_needs_an_application_that_says_it_was_opened(scored_application, manager):
    with pytest.raises(DatabaseError, match="still counts as not opened"), transaction.atomic():
        Meeting.objects.create(application=scored_application, opened_by=manager)


@pytest.mark.parametrize(
    ("change", "holds"),
    [
        ({}, True),
        ({"score": None, "not_assessed_reason": "ran out of time"}, True),
        ({"kind": "new_evidence", "source": "The second round"}, True),
        ({"score": 0}, False),
        ({"score": 6}, False),
        ({"score": None}, False),
        ({"not_assessed_reason": "ran out of time"}, False),
        ({"reason": ""}, False),
        ({"source": "The second round"}, False),
        ({"kind": "new_evidence"}, False),
        ({"kind": "a hunch", "source": "The second round"}, False),
    ],
)
def test_a_re_rating_scores_or_says_why_not_and_new_evidence_has_a_source(re_rating, change, holds):
    for name, value in change.items():
        setattr(re_rating, name, value)

    assert saved(re_rating) is holds


def test_an_attendee_is_a_colleague_or_a_name_and_each_colleague_is_there_once(meeting, manager):
    assert saved(Attendee(meeting=meeting, user=manager))
    assert saved(Attendee(meeting=meeting, name="Iker Demir"))
    assert saved(Attendee(meeting=meeting, name="Iker Demir"))  # two people may have one name
    assert not saved(Attendee(meeting=meeting))
    assert not saved(Attendee(meeting=meeting, user=manager))
    assert not saved(Attendee(meeting=meeting, user=meeting.application.opening.members.first().user, name="Both"))


def test_an_attendee_is_called_by_the_name_of_the_day(meeting, manager):
    assert str(Attendee(meeting=meeting, user=manager)) == manager.display_name
    assert str(Attendee(meeting=meeting, name="Iker Demir")) == "Iker Demir"


def test_a_note_says_something(meeting, manager):
    assert not saved(MeetingNote(meeting=meeting, text="", by=manager))


def test_one_decision_is_current_and_a_reopening_with_a_reason_makes_room_for_the_next(
    decide, scored_application, manager
):
    first = decide()
    with pytest.raises(DatabaseError, match="a decision stands; reopen it first"), transaction.atomic():
        decide(outcome="hire")

    assert not saved(Reopening(decision=first, reason="", by=manager))
    Reopening.objects.create(decision=first, reason="The budget came", by=manager)
    second = decide(outcome="hire")

    assert list(scored_application.decisions.current()) == [second]
    assert list(scored_application.decisions.all()) == [second, first]


def test_a_decided_meeting_takes_nothing_more_until_it_is_reopened(meeting, re_rating, decide, manager):
    note = MeetingNote.objects.create(meeting=meeting, text="Agreed on the scope", by=manager)
    attendee = Attendee.objects.create(meeting=meeting, name="Iker Demir")
    decision = decide()
    late = [MeetingNote(meeting=meeting, text="x", by=manager), Attendee(meeting=meeting, name="x"), re_rating]

    for row in late:
        with pytest.raises(DatabaseError, match="this debrief was decided"), transaction.atomic():
            row.save()
    with pytest.raises(DatabaseError, match="this debrief was decided"), transaction.atomic():
        attendee.delete()
    Reopening.objects.create(decision=decision, reason="News", by=manager)

    assert all(saved(row) for row in late)
    attendee.delete()
    with pytest.raises(DatabaseError, match="not changed or deleted"), transaction.atomic():
        note.delete()
