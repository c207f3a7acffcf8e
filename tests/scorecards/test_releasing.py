"""Waiting no more for scorecards: for one or for many, all of them or none."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Event
from candidates.models import Interview, Panelist
from scorecards import drafts, services
from scorecards.models import PanelistRelease, Scorecard, owed
from scorecards.panels import BLIND
from scorecards.releasing import NOT_BEGUN, cancel_each, release_panelists


def owing(application):
    panelists = Panelist.objects.filter(owed(), interview__application=application)
    return list(panelists.select_related("interview").order_by("pk"))


@pytest.mark.parametrize("reason", ["", " \n "])
def test_a_release_says_why(interview, person, reason):
    with pytest.raises(ValidationError, match="Say why"):
        release_panelists([interview.panelists.get()], reason=reason, by=person("recruiter"))


def test_nobody_is_released_who_has_finished_or_gone(interview, person, hand_in):
    released = interview.panelists.get()
    release_panelists([released], reason="Fell ill", by=person("recruiter"))
    other = interview.application.interviews.last().panelists.get()
    hand_in(other)

    with pytest.raises(ValidationError, match="no longer on the panel"):
        release_panelists([released], reason="Twice", by=person("recruiter"))
    with pytest.raises(ValidationError, match="has finished"):
        release_panelists([other], reason="Too late", by=person("recruiter"))


def test_whoever_owes_a_scorecard_releases_nobody(interview, person):
    Panelist.objects.create(interview=interview, user=person("manager"))

    with pytest.raises(ValidationError, match="not submitted your own"):
        release_panelists([interview.panelists.first()], reason="Ill", by=person("manager"))


def test_several_are_released_for_one_reason(unscored_application, person):
    panelists = owing(unscored_application)

    release_panelists(panelists, reason="The round was dropped", by=person("recruiter"))

    assert len(panelists) == 2
    assert owing(unscored_application) == []
    assert set(PanelistRelease.objects.values_list("panelist", "reason")) == {
        (panelist.pk, "The round was dropped") for panelist in panelists
    }
    told = Event.objects.filter(kind="panelist.released").values_list("subject_id", "detail__user_id")
    assert set(told) == {(panelist.interview_id, panelist.user_id) for panelist in panelists}


def test_where_one_cannot_be_released_nobody_is(unscored_application, person, hand_in):
    first, second = owing(unscored_application)
    hand_in(second)

    with pytest.raises(ValidationError, match="has finished"):
        release_panelists([first, second], reason="Ill", by=person("recruiter"))

    assert not PanelistRelease.objects.exists()
    assert first in owing(unscored_application)


def test_more_people_of_one_interview_take_no_more_queries(unscored_application, person):
    interview = owing(unscored_application)[0].interview
    names = ("interviewer2", "admin", "manager")
    more = [Panelist.objects.create(interview=interview, user=person(name)) for name in names]
    by = person("recruiter")

    with CaptureQueriesContext(connection) as one:
        release_panelists(more[:1], reason="Ill", by=by)
    with CaptureQueriesContext(connection) as two:
        release_panelists(more[1:], reason="Ill", by=by)

    assert len(two) == len(one)


# --- interviews that did not take place --------------------------------------
def begin(interview):
    """It has begun an hour ago."""
    interview.starts_at = timezone.now() - timedelta(hours=1)
    interview.save(update_fields=["starts_at"])
    return interview


def test_an_interview_that_did_not_take_place_is_kept_as_cancelled_with_the_reason(interview, person):
    panelist = begin(interview).panelists.get()

    done = cancel_each([interview], reason="The candidate was ill", by=person("recruiter"))

    interview.refresh_from_db()
    assert (done.interviews, done.kept) == ([interview], [])
    assert interview.cancelled_at
    assert PanelistRelease.objects.get(panelist=panelist).reason == "The candidate was ill"
    kinds = Event.objects.filter(subject_id=interview.pk, kind__in=["panelist.released", "interview.cancelled"])
    assert set(kinds.values_list("kind", flat=True)) == {"panelist.released", "interview.cancelled"}


def test_an_interview_to_come_stays(interview, person):
    Interview.objects.filter(pk=interview.pk).update(starts_at=timezone.now() + timedelta(hours=1))

    done = cancel_each([interview], reason="Ill", by=person("recruiter"))

    assert [words for _, words in done.kept] == [NOT_BEGUN]
    assert not PanelistRelease.objects.exists()


def test_an_interview_stays_that_somebody_handed_in_for(interview, person, hand_in):
    panelist = begin(interview).panelists.get()
    hand_in(panelist)
    other = Panelist.objects.create(interview=interview, user=person("admin"))

    done = cancel_each([interview], reason="Ill", by=person("recruiter"))

    assert [words for _, words in done.kept] == [
        f"{panelist.user.display_name} has submitted a scorecard, so it took place."
    ]
    assert other in owing(interview.application)


def test_whoever_owes_a_scorecard_cancels_nothing_and_learns_nothing(interview, person, hand_in):
    hand_in(begin(interview).panelists.get())
    Panelist.objects.create(interview=interview, user=person("manager"))

    done = cancel_each([interview], reason="Ill", by=person("manager"))

    assert [words for _, words in done.kept] == [BLIND]


def test_what_was_declined_there_stays(interview, person):
    declined = begin(interview).panelists.get()
    services.decline_scorecard(drafts.open_scorecard(declined), reason="I know them", by=declined.user)
    Panelist.objects.create(interview=interview, user=person("admin"))

    cancel_each([interview], reason="Ill", by=person("recruiter"))

    assert Scorecard.objects.get(panelist=declined).state == Scorecard.State.DECLINED
    assert not interview.panelists.on_panel().exists()


def test_more_interviews_take_no_more_queries(unscored_application, person):
    waited_for, first = unscored_application.interviews.order_by("pk")
    others = [
        Interview.objects.create(
            application=unscored_application, round=first.round, starts_at=first.starts_at, due_at=first.due_at
        )
        for _ in range(2)
    ]
    for interview in (first, *others):
        begin(interview)
        Panelist.objects.get_or_create(interview=interview, user=person("admin"))
    by = person("recruiter")

    with CaptureQueriesContext(connection) as one:
        cancel_each([first], reason="Ill", by=by)
    with CaptureQueriesContext(connection) as two:
        cancel_each(others, reason="Ill", by=by)

    assert waited_for.panelists.filter(owed()).exists()
    assert len(two) == len(one)
