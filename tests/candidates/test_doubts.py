"""What looks like a mistake in the plan of an interview, and what does not."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from candidates.doubts import Planned, doubts
from candidates.forms import InterviewForm
from candidates.models import Application, Candidate, Interview, Round
from candidates.services import plan_interview

NEXT_WEEK = (timezone.now() + timedelta(days=7)).replace(second=0, microsecond=0)


@pytest.fixture
def application(opening) -> Application:
    """Somebody with whom nothing is planned yet."""
    candidate = Candidate.objects.create(name="Iris Falk", email="iris@example.org")
    return Application.objects.create(candidate=candidate, opening=opening)


@pytest.fixture
def first(opening) -> Round:
    return opening.rounds.first()


@pytest.fixture
def recruiter(person) -> User:
    return person("recruiter")


def plan(application: Application, round_: Round, at: datetime, *people: User) -> Interview:
    due = at + timedelta(days=2)
    return plan_interview(application, round=round_, starts_at=at, due_at=due, leads=list(people), shadows=[], by=None)


def kinds(planned: Planned, by: User) -> list[str]:
    return [doubt.key.split("-")[0] for doubt in doubts(planned, by=by)]


@pytest.mark.parametrize(
    ("away", "found"),
    [
        (timedelta(days=-3650), ["past"]),
        (timedelta(days=-2), ["past"]),
        (timedelta(hours=-20), []),
        (timedelta(days=400), []),
        (timedelta(days=3000), ["far"]),
    ],
)
def test_a_date_long_past_or_far_away_is_asked_about(application, first, recruiter, person, away, found):
    planned = Planned(application, first, timezone.now() + away, [person("admin")])

    assert kinds(planned, recruiter) == found


def test_a_round_that_is_planned_already_is_asked_about(application, first, recruiter, person):
    plan(application, first, NEXT_WEEK, person("interviewer"))
    later = NEXT_WEEK + timedelta(days=1)
    other = application.opening.rounds.exclude(pk=first.pk).first()

    assert kinds(Planned(application, first, later, [person("admin")]), recruiter) == ["again"]
    assert kinds(Planned(application, other, later, [person("admin")]), recruiter) == []


@pytest.mark.parametrize(("minutes", "found"), [(-30, True), (0, True), (59, True), (60, False), (-60, False)])
def test_whoever_is_elsewhere_at_that_time_is_named(
    application, unscored_application, first, recruiter, person, minutes, found
):
    Round.objects.update(minutes=60)
    first.refresh_from_db()
    plan(unscored_application, first, NEXT_WEEK, person("interviewer"))
    moment = NEXT_WEEK + timedelta(minutes=minutes)

    asked = doubts(Planned(application, first, moment, [person("admin"), person("interviewer")]), by=recruiter)

    assert [person("interviewer").name in doubt.sentence for doubt in asked] == [True] * found


def test_the_candidate_cannot_be_in_two_rooms(application, first, recruiter, person):
    other = application.opening.rounds.exclude(pk=first.pk).first()
    plan(application, other, NEXT_WEEK, person("interviewer"))

    assert kinds(Planned(application, first, NEXT_WEEK, [person("admin")]), recruiter) == ["met"]


def test_an_interview_of_an_opening_that_one_does_not_see_tells_nothing(
    application, confidential, first, recruiter, person
):
    hidden = Round.objects.create(opening=confidential, name="Talk", minutes=60)
    plan(confidential.applications.get(), hidden, NEXT_WEEK, person("interviewer"))
    planned = Planned(application, first, NEXT_WEEK, [person("interviewer")])

    assert kinds(planned, recruiter) == []
    assert kinds(planned, person("manager")) == ["busy"]


def test_a_change_asks_only_about_what_it_changes(application, first, recruiter, person):
    stored = plan(application, first, NEXT_WEEK, person("interviewer"))
    Interview.objects.filter(pk=stored.pk).update(starts_at=NEXT_WEEK - timedelta(days=30))
    stored.refresh_from_db()
    same = Planned(application, first, stored.starts_at, [person("interviewer")], stored)
    moved = Planned(application, first, stored.starts_at - timedelta(hours=1), [person("interviewer")], stored)

    assert kinds(same, recruiter) == []
    assert kinds(moved, recruiter) == ["past"]


def test_somebody_who_joins_is_asked_about_though_the_time_stays(
    application, unscored_application, first, recruiter, person
):
    stored = plan(application, first, NEXT_WEEK, person("interviewer"))
    plan(unscored_application, first, NEXT_WEEK, person("admin"))

    joined = Planned(application, first, NEXT_WEEK, [person("interviewer"), person("admin")], stored)

    assert kinds(joined, recruiter) == ["busy"]


# --- on the form -------------------------------------------------------------
def test_a_tick_lets_through_what_it_stood_beside_and_nothing_else(application, first, recruiter, person):
    sent = {
        "round": first.pk,
        "starts_at": "2016-03-01T09:00",
        "hours_to_score": "24",
        "leads": [person("admin").pk],
    }

    asked = InterviewForm(sent, application=application, by=recruiter)
    ticked = InterviewForm(sent | {"meant": ["past-2016-03-01"]}, application=application, by=recruiter)
    elsewhen = InterviewForm(sent | {"meant": ["past-2017-03-01"]}, application=application, by=recruiter)

    assert set(asked.errors) == {"meant"}
    assert "1 March 2016 is in the past." in str(asked["meant"])
    assert ticked.is_valid()
    assert set(elsewhen.errors) == {"meant"}


def test_without_a_doubt_there_is_nothing_to_tick(application, first, recruiter):
    form = InterviewForm(application=application, by=recruiter)

    assert form["meant"].is_hidden
    assert str(form["meant"]) == ""
