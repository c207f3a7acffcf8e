"""Waiting no more for scorecards: for one or for many, all of them or none."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from candidates.models import Panelist
from scorecards.models import SeatRelease, owed
from scorecards.releasing import release_seats


def owing(application):
    seats = Panelist.objects.filter(owed(), interview__application=application)
    return list(seats.select_related("interview").order_by("pk"))


@pytest.mark.parametrize("reason", ["", " \n "])
def test_a_release_says_why(interview, person, reason):
    with pytest.raises(ValidationError, match="Say why"):
        release_seats([interview.panelists.get()], reason=reason, by=person("recruiter"))


def test_nobody_is_released_who_has_finished_or_gone(interview, person, hand_in):
    released = interview.panelists.get()
    release_seats([released], reason="Fell ill", by=person("recruiter"))
    other = interview.application.interviews.last().panelists.get()
    hand_in(other)

    with pytest.raises(ValidationError, match="no longer on the panel"):
        release_seats([released], reason="Twice", by=person("recruiter"))
    with pytest.raises(ValidationError, match="has finished"):
        release_seats([other], reason="Too late", by=person("recruiter"))


def test_whoever_owes_a_scorecard_releases_nobody(interview, person):
    Panelist.objects.create(interview=interview, user=person("manager"))

    with pytest.raises(ValidationError, match="not submitted your own"):
        release_seats([interview.panelists.first()], reason="Ill", by=person("manager"))


def test_several_are_released_for_one_reason(unscored_application, person):
    seats = owing(unscored_application)

    release_seats(seats, reason="The round was dropped", by=person("recruiter"))

    assert len(seats) == 2
    assert owing(unscored_application) == []
    assert set(SeatRelease.objects.values_list("panelist", "reason")) == {
        (seat.pk, "The round was dropped") for seat in seats
    }
    told = Event.objects.filter(kind="panelist.released").values_list("subject_id", "detail__user_id")
    assert set(told) == {(seat.interview_id, seat.user_id) for seat in seats}


def test_where_one_cannot_be_released_nobody_is(unscored_application, person, hand_in):
    first, second = owing(unscored_application)
    hand_in(second)

    with pytest.raises(ValidationError, match="has finished"):
        release_seats([first, second], reason="Ill", by=person("recruiter"))

    assert not SeatRelease.objects.exists()
    assert first in owing(unscored_application)


def test_more_people_of_one_interview_take_no_more_queries(unscored_application, person):
    interview = owing(unscored_application)[0].interview
    names = ("interviewer2", "admin", "manager")
    more = [Panelist.objects.create(interview=interview, user=person(name)) for name in names]
    by = person("recruiter")

    with CaptureQueriesContext(connection) as one:
        release_seats(more[:1], reason="Ill", by=by)
    with CaptureQueriesContext(connection) as two:
        release_seats(more[1:], reason="Ill", by=by)

    assert len(two) == len(one)
