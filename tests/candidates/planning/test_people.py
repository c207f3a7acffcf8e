"""Who is found for a panel, with what they have to do in interviews that the reader runs."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.planning.people import Busy, busy
from candidates.services import plan_interview

MONDAY = datetime(2031, 3, 3, 9, tzinfo=UTC)


@pytest.fixture
def planned(unscored_application, person):
    """The first interviewer has an interview on Monday at nine, of one hour."""
    return plan_interview(
        unscored_application,
        round=unscored_application.opening.rounds.filter(minutes=60).first(),
        starts_at=MONDAY,
        due_at=MONDAY + timedelta(days=1),
        leads=[person("interviewer")],
        shadows=[],
        by=person("recruiter"),
    )


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (MONDAY + timedelta(minutes=30), Busy(1, elsewhere=True)),
        (MONDAY - timedelta(minutes=30), Busy(1, elsewhere=True)),
        (MONDAY + timedelta(minutes=60), Busy(1)),
        (MONDAY + timedelta(days=6), Busy(1)),
        (MONDAY + timedelta(days=7), None),
    ],
)
def test_a_week_and_a_moment(planned, person, at, found):
    assert busy(at, 60, by=person("recruiter")).get(person("interviewer").pk) == found


def test_the_interview_that_is_changed_is_no_other_one(planned, client_of, person):
    recruiter, interviewer = person("recruiter"), person("interviewer").pk
    asked = {"at": "2031-03-03T09:30", "interview": planned.pk}

    answer = client_of("recruiter").get(reverse("colleagues_found", args=[planned.application.opening_id]), asked)

    assert busy(MONDAY, 60, by=recruiter, but=planned.pk) == {}
    assert str(interviewer) not in answer.json()["words"]
    assert f'data-interview="{planned.pk}"' in client_of("recruiter").get(f"/interviews/{planned.pk}/").content.decode()


def test_interviews_that_the_reader_does_not_run_are_not_told(planned, confidential, person):
    planned.application.opening.members.all().delete()
    type(planned.application.opening).objects.filter(pk=planned.application.opening_id).update(confidential=True)

    assert busy(MONDAY, 60, by=person("recruiter")) == {}


@pytest.mark.parametrize("at", ["2031-03-03T09:30", "2031-03-30T02:30", "nonsense", "9999-12-31T23:59", ""])
def test_the_page_answers_whatever_is_asked(planned, client_of, opening, person, at):
    asked = {"q": "keler", "at": at, "round": planned.round_id}

    answer = client_of("recruiter").get(reverse("colleagues_found", args=[opening.pk]), asked)

    assert answer.status_code == 200
    found = answer.json()
    assert found["found"] == [person("interviewer").pk]
    said = found["words"].get(str(person("interviewer").pk))
    assert (said == "1 interview that week, has another one then") == (at == "2031-03-03T09:30")


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (Busy(), ""),
        (Busy(1), "1 interview that week"),
        (Busy(2), "2 interviews that week"),
        (Busy(0, elsewhere=True), "has another one then"),
        (Busy(2, elsewhere=True), "2 interviews that week, has another one then"),
    ],
)
def test_what_stands_beside_a_name(known, words):
    assert known.words == words


def test_whoever_left_the_panel_is_free_and_a_cancelled_interview_holds_nobody(planned, person):
    recruiter = person("recruiter")
    planned.panelists.update(ended_at=MONDAY)
    left = busy(MONDAY, 60, by=recruiter)
    planned.panelists.update(ended_at=None)
    type(planned).objects.filter(pk=planned.pk).update(cancelled_at=MONDAY)

    assert left == busy(MONDAY, 60, by=recruiter) == {}


def test_without_a_moment_the_week_is_this_one_and_nobody_is_elsewhere(planned, person):
    now = timezone.now()
    type(planned).objects.filter(pk=planned.pk).update(starts_at=now, due_at=now)

    known = busy(None, 60, by=person("recruiter"))[person("interviewer").pk]

    assert known.interviews >= 1
    assert not known.elsewhere
