"""The revision of a debrief: another one after whatever its page shows, the same one after what it does not."""

import pytest

from candidates.models import Panelist
from debriefs import meetings
from debriefs.queries import debrief_revision
from scorecards import drafts
from scorecards.releasing import release_panelists
from scorecards.services import grant_override
from scorecards.withdrawing import withdraw_scorecard


@pytest.fixture
def manager(person):
    return person("manager")


def test_revision_counts_what_the_page_shows_of_the_meeting(scored_application, manager):
    meetings.open_debrief(scored_application, by=manager)
    meetings.note_attendance(scored_application, users=[manager], names=["Guest One"], by=manager)
    meetings.add_note(scored_application, text="Fine", kind="note", dimension=None, by=manager)
    meetings.record_decision(scored_application, by=manager, outcome="hire", rationale="Clear evidence.")

    decided = debrief_revision(scored_application)
    meetings.reopen_debrief(scored_application, reason="A reference came in.", by=manager)

    assert (decided, debrief_revision(scored_application)) == ("1.0.0.0.0.1.1.0.2.1.0", "1.0.0.0.0.1.1.1.2.1.0")


def test_revision_is_one_query(scored_application, django_assert_num_queries):
    with django_assert_num_queries(1):
        debrief_revision(scored_application)


def test_a_draft_is_no_news(scored_application, two_panelists):
    before = debrief_revision(scored_application)

    drafts.open_scorecard(two_panelists[1])

    assert debrief_revision(scored_application) == before


def test_a_submitted_scorecard_is_news_and_a_shadows_is_none(scored_application, two_panelists, hand_in):
    Panelist.objects.filter(pk=two_panelists[1].pk).update(role="shadow")
    two_panelists[1].refresh_from_db()
    before = debrief_revision(scored_application)

    hand_in(two_panelists[1])
    as_shadow = debrief_revision(scored_application)
    Panelist.objects.filter(pk=two_panelists[1].pk).update(role="lead")

    assert (before, as_shadow, debrief_revision(scored_application)) == (
        "1.0.0.0.0.0.0.0.0.0.0",
        "1.0.0.0.0.0.0.0.0.0.0",
        "2.0.0.0.0.0.0.0.0.0.0",
    )


def test_what_is_taken_back_is_news(scored_application, two_panelists, person):
    author, owing = two_panelists
    before = debrief_revision(scored_application)

    release_panelists([owing], reason="On leave", by=person("recruiter"))
    withdraw_scorecard(author.scorecard, reason="Another candidate", by=author.user)

    assert (before, debrief_revision(scored_application)) == ("1.0.0.0.0.0.0.0.0.0.0", "1.0.1.1.0.0.0.0.0.0.0")


def test_an_opened_meeting_is_news_and_so_is_an_access_before_submitting(scored_application, two_panelists, person):
    before = debrief_revision(scored_application)

    grant_override(scored_application, two_panelists[1].user, reason="They lead round two", by=person("recruiter"))
    let_in = debrief_revision(scored_application)
    meetings.open_debrief(scored_application, by=person("manager"))

    assert (before, let_in, debrief_revision(scored_application)) == (
        "1.0.0.0.0.0.0.0.0.0.0",
        "1.0.0.0.0.0.0.0.0.0.1",
        "1.0.0.0.0.0.0.0.0.1.1",
    )
