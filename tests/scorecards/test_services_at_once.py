"""Two people, or two clicks, at the same moment on two database connections: one wins and nothing is doubled."""

import pytest
from django.core.exceptions import ValidationError

from accounts.autosave import Stale
from audit.models import Event
from candidates.models import Application
from debriefs import meetings
from debriefs.models import Decision
from scorecards import drafts, services
from scorecards.models import Scorecard
from tests.concurrently import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(unscored_application, complete_answers):
    panelist = unscored_application.interviews.first().panelists.get()
    return drafts.save_draft(drafts.open_scorecard(panelist), complete_answers(panelist), edit=0, by=panelist.user)


def kinds(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


def test_two_submissions_at_once_give_one(draft):
    by = draft.panelist.user

    outcomes = at_once(
        lambda: services.submit_scorecard(draft, by=by),
        lambda: services.submit_scorecard(draft, by=by),
        behind=Scorecard.objects.filter(pk=draft.pk),
    )

    assert kinds(outcomes) == ["Finished", "Scorecard"]
    assert Event.objects.filter(kind="scorecard.submitted", subject_id=draft.pk).count() == 1


def test_submission_and_decline_at_once_give_one(draft):
    by = draft.panelist.user

    outcomes = at_once(
        lambda: services.submit_scorecard(draft, by=by),
        lambda: services.decline_scorecard(draft, reason="Not held", by=by),
        behind=Scorecard.objects.filter(pk=draft.pk),
    )

    assert kinds(outcomes) == ["Finished", "Scorecard"]
    ends = Event.objects.filter(kind__in=["scorecard.submitted", "scorecard.declined"], subject_id=draft.pk)
    assert ends.count() == 1


def test_the_last_two_to_submit_at_once_leave_nothing_owed(draft, complete_answers, person):
    interview = draft.panelist.interview
    other = interview.panelists.create(user=person("manager"))
    second = drafts.save_draft(drafts.open_scorecard(other), complete_answers(other), edit=0, by=other.user)
    applications = Application.objects.filter(pk=interview.application_id)
    interview.application.interviews.exclude(pk=interview.pk).delete()

    outcomes = at_once(
        lambda: services.submit_scorecard(draft, by=draft.panelist.user),
        lambda: services.submit_scorecard(second, by=other.user),
        behind=applications,
    )

    assert kinds(outcomes) == ["Scorecard", "Scorecard"]
    assert applications.get().owed_by is None


def test_two_devices_that_save_at_once_lose_no_text(draft):
    by, known = draft.panelist.user, draft.edit

    outcomes = at_once(
        lambda: drafts.save_draft(draft, {"summary": "from the laptop"}, edit=known, by=by),
        lambda: drafts.save_draft(draft, {"summary": "from the phone"}, edit=known, by=by),
        behind=Scorecard.objects.filter(pk=draft.pk),
    )

    assert kinds(outcomes) == ["Scorecard", "Stale"]
    stale = next(outcome for outcome in outcomes if isinstance(outcome, Stale))
    assert stale.theirs == {"summary": Scorecard.objects.get(pk=draft.pk).summary}


def test_two_decisions_at_once_give_one(scored_application, person):
    manager = person("manager")

    outcomes = at_once(
        lambda: meetings.record_decision(scored_application, by=manager, outcome="hire", rationale="Yes"),
        lambda: meetings.record_decision(scored_application, by=manager, outcome="no_hire", rationale="No"),
        behind=Application.objects.filter(pk=scored_application.pk),
    )

    assert kinds(outcomes) == ["Decision", "ValidationError"]
    refused = next(outcome for outcome in outcomes if isinstance(outcome, ValidationError))
    assert refused.messages == [meetings.DECIDED]
    assert Decision.objects.count() == Event.objects.filter(kind="decision.recorded").count() == 1
